import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from govkg.errors import OntologyError
from govkg.ontology.loading import find_ontology, load_ontology

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ONTOLOGY, tmp_path / "ontology"))


@pytest.mark.parametrize("name", ["govkg.ttl", "places.ttl", "shapes.ttl", "vocabulary.ttl"])
def test_every_turtle_file_is_well_formed(name: str) -> None:
    assert list(ox.parse((ONTOLOGY / name).read_bytes(), format=ox.RdfFormat.TURTLE))


def test_the_store_holds_terms_vocabulary_and_places_but_no_shapes() -> None:
    store = load_ontology(ONTOLOGY).store

    assert len(store) > 10_000
    assert not any("shacl" in quad.predicate.value for quad in store)


def test_the_fingerprint_follows_the_content_and_not_the_folder(copy: Path) -> None:
    assert load_ontology(copy).fingerprint == load_ontology(ONTOLOGY).fingerprint

    with (copy / "vocabulary.ttl").open("a", encoding="utf-8") as vocabulary:
        vocabulary.write("# a remark\n")
    assert load_ontology(copy).fingerprint != load_ontology(ONTOLOGY).fingerprint


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "places.ttl").unlink()

    with pytest.raises(OntologyError, match=r"places\.ttl: the file is missing"):
        load_ontology(copy)


def test_a_malformed_file_is_named_with_its_line(copy: Path) -> None:
    (copy / "vocabulary.ttl").write_text("@prefix a: <urn:a> .\n\na:b a:c ;;; .. \n", "utf-8")

    with pytest.raises(OntologyError, match=r"vocabulary\.ttl, line 3: not well-formed Turtle"):
        load_ontology(copy)


def test_a_blank_node_is_refused(copy: Path) -> None:
    (copy / "more.ttl").write_text("<urn:a> <urn:b> [] .", "utf-8")

    with pytest.raises(OntologyError, match=r"more\.ttl: a blank node at urn:b"):
        load_ontology(copy)


def test_the_folder_given_wins(copy: Path) -> None:
    assert find_ontology(copy) == copy


def test_the_folder_given_must_hold_a_vocabulary(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"no vocabulary\.ttl there"):
        find_ontology(tmp_path)


def test_the_folder_of_the_working_directory_comes_next(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.parent)

    assert find_ontology() == Path("ontology")


def test_elsewhere_the_copy_of_the_package_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert load_ontology(find_ontology()).fingerprint == load_ontology(ONTOLOGY).fingerprint
