"""What a cached thing depends on is in its key."""

import shutil
from pathlib import Path

from govkg.pipeline import documents
from govkg.pipeline.inputs import PART_MAKERS, VERSION_MAKERS, code_hash, inputs_hash, model_mark
from tests.index.tiny_models import change_weights

PACKAGE = Path(documents.__file__).parents[1]


def test_the_module_that_writes_a_cached_part_is_hashed_into_its_key() -> None:
    own = Path(documents.__file__).relative_to(PACKAGE).as_posix()
    assert own in PART_MAKERS
    others = [maker for maker in PART_MAKERS if maker != own]
    assert code_hash(PART_MAKERS) != code_hash(others)


def test_what_encodes_the_vectors_of_a_version_is_hashed_into_what_makes_it() -> None:
    assert {"index", "index/data/chinese", "pipeline"} <= set(VERSION_MAKERS)


def test_a_chosen_model_is_marked_by_its_files_and_no_model_by_nothing(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "modules.json").write_text("[]")
    (model / "model.safetensors").write_bytes(b"weights")
    copied = shutil.copytree(model, tmp_path / "copied")
    assert model_mark("") == ""
    assert model_mark(str(model)) == model_mark(str(copied))
    change_weights(copied)
    marks = [model_mark(str(folder)) for folder in (model, copied)]
    assert [len(mark) for mark in marks] == [64, 64]
    hashes = {inputs_hash(tmp_path, tmp_path, {"model": mark}) for mark in ("", *marks)}
    assert len(hashes) == 3
