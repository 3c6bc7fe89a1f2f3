"""A user without a clone gets a folder to work in."""

import tomllib
from pathlib import Path

import pytest

from govkg.errors import CorpusError
from govkg.pipeline.starting import start_folder
from tests.house import ROOT


def names(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_folder_holds_the_starter_corpus_and_ontology(tmp_path: Path) -> None:
    made = start_folder(tmp_path / "new" / "governance")

    assert names(made.directory / "corpus") == names(ROOT / "corpus")
    assert names(made.directory / "ontology") == names(ROOT / "ontology")
    assert made.documents == len(list((ROOT / "corpus" / "documents").rglob("*.md")))
    assert {path.name for path in made.directory.iterdir()} == {"corpus", "ontology", "README.md"}


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(CorpusError, match="corpus is there already"):
        start_folder(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {"corpus", "notes.txt"}
    assert list((tmp_path / "corpus").iterdir()) == []


def test_a_folder_that_is_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CorpusError, match="that is a file"):
        start_folder(tmp_path / "file")


def test_every_file_of_the_starter_goes_into_the_package() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = declared["tool"]["setuptools"]["package-data"]["govkg"]
    package = ROOT / "src" / "govkg"
    packed = {path.resolve() for pattern in patterns for path in package.glob(pattern)}

    kept = [*(ROOT / "ontology").rglob("*"), *(ROOT / "corpus").rglob("*")]
    left_out = {path.name for path in kept if path.is_file() and path not in packed}

    # The empty folder's keeper: `init` makes the folder itself.
    assert left_out <= {".gitkeep"}
