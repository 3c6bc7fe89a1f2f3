"""English that was machine-translated from Chinese is recognised, and read as it was meant."""

from pathlib import Path

import pytest

from govkg.extract.translation import Translation
from govkg.ontology.translationese import Reading, read_translationese
from tests.house import DOCUMENTS, ONTOLOGY

TABLE = Translation(
    [
        Reading("industry committee", (), "owners' committee"),
        Reading("district", ("residents", "owners"), "residential compound"),
        Reading("no positions", ("party", "activity"), "no premises"),
    ]
)


@pytest.fixture(scope="module")
def ours():
    return Translation(read_translationese(ONTOLOGY))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The industry committees met.", "The owners' committee met."),
        (
            "Owners of the district complained.",
            "Owners of the residential compound complained.",
        ),
        ("The district was founded in 1952.", "The district was founded in 1952."),
        ("Owners in Haidian District complained.", "Owners in Haidian District complained."),
        ("The party branch has no positions.", "The party branch has no premises."),
    ],
)
def test_a_phrase_is_read_as_it_was_meant_where_its_context_stands_nearby(text, read):
    assert TABLE.read(text) == read


def test_translated_english_has_many_phrases_of_the_table(ours):
    text = (
        "The industry committee and the grid members work under party building. In the district "
        "there are no positions for the activity of the party branch, and the masses have "
        "contradictions with the property. Five-society linkage and double report were tried, "
        "letters and visits fell, and the floor manager of the unit building lights up identity "
        "for residents."
    )
    different, rate = ours.density(text)
    assert different >= 8
    assert rate > 50


@pytest.mark.parametrize("path", sorted(DOCUMENTS.rglob("*-en.md")), ids=lambda path: path.stem)
def test_our_own_english_is_never_taken_for_a_translation(path: Path, read, ours):
    document = read(paper=path.read_text("utf-8"))["paper"]
    assert not ours.is_translated(document)


def test_a_document_that_says_that_it_was_translated_is(read, ours):
    text = "---\ntranslated_from: zh\nlanguage: en\n---\n# A short note\n\nThe committee met.\n"
    assert ours.is_translated(read(paper=text)["paper"])


def test_chinese_is_never_a_translation_into_english(read, ours):
    assert not ours.is_translated(read(paper="# 会议\n\n业委会开会讨论停车。\n")["paper"])
