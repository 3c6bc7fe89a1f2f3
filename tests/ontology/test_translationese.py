"""The table of English phrases that a machine made out of Chinese ones."""

from collections import Counter
from pathlib import Path

import pytest

from govkg.ontology.loading import find_ontology, load_ontology
from govkg.ontology.vocabulary import read_vocabulary
from govkg.text.language import has_han

ONTOLOGY = Path(__file__).parents[2] / "ontology"
TABLE = ONTOLOGY / "translationese.tsv"
COLUMNS = ["pattern", "context", "reading", "concept", "note"]
CONTEXT_SEPARATOR = ";"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return TABLE.read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def rows(lines: list[str]) -> list[dict[str, str]]:
    table = [line.split("\t") for line in lines if not line.startswith("#")]
    assert table[0] == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in table[1:]]


def test_it_says_at_its_head_what_its_columns_are(lines: list[str]) -> None:
    head = [line for line in lines if line.startswith("#")]

    assert head == lines[: len(head)]
    assert all(any(line.startswith(f"# {name} ") for line in head) for name in COLUMNS)


def test_it_has_enough_rows_in_order(rows: list[dict[str, str]]) -> None:
    keys = [(row["pattern"], row["context"]) for row in rows]

    assert len(rows) >= 60
    assert keys == sorted(keys)


def test_no_pattern_stands_twice_with_one_context(rows: list[dict[str, str]]) -> None:
    keys = Counter((row["pattern"], row["context"]) for row in rows)

    assert [key for key, n in keys.items() if n > 1] == []


def test_a_concept_is_known(rows: list[dict[str, str]]) -> None:
    vocabulary = read_vocabulary(load_ontology(ONTOLOGY).store)
    known = {"", *(concept.notation for concept in vocabulary.concepts)}

    assert {row["concept"] for row in rows} <= known


def test_pattern_context_and_reading_are_english_and_the_note_names_the_chinese(
    rows: list[dict[str, str]],
) -> None:
    for row in rows:
        assert row["pattern"] == row["pattern"].lower().strip() != "", row
        assert row["reading"].strip(), row
        assert not has_han(row["pattern"] + row["context"] + row["reading"]), row
        assert has_han(row["note"]), row
        words = row["context"].split(CONTEXT_SEPARATOR) if row["context"] else []
        assert words == [word.strip() for word in words], row
        assert len(words) == len(set(words)), row
        assert all(words), row


def test_a_phrase_that_other_english_uses_too_needs_a_context(rows: list[dict[str, str]]) -> None:
    bare = {row["pattern"] for row in rows if not row["context"]}
    everyday = {"district", "positions", "property", "street", "plot", "cell", "masses", "subject"}

    assert bare & everyday == set()


def test_it_comes_with_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert (find_ontology() / TABLE.name).read_bytes() == TABLE.read_bytes()
