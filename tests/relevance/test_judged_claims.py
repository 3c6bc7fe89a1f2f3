"""The judged claims and the full reading hold verdicts and places, and no word of a document."""

import json
from collections import Counter
from pathlib import Path

from tests.relevance.sample import KEPT

HERE = Path(__file__).parent


def records(name: str) -> list[dict]:
    return json.loads((HERE / name).read_text("utf-8"))["judgements"]


def test_every_claim_drawn_was_judged_and_the_figures_of_the_docs_are_these() -> None:
    judged = records("judged_claims.json")

    assert Counter(one["verdict"] for one in judged) == {"right": 171, "wrong": 87, "unclear": 2}
    assert len({one["path"] for one in judged}) == 12


def test_a_full_reading_lists_what_four_documents_state() -> None:
    stated = records("full_readings.json")

    assert len(stated) == 180
    assert {(one["predicate"], one["verdict"]) for one in stated} == {("states", "right")}
    assert len({one["path"] for one in stated}) == 4


def test_neither_holds_words_of_a_document() -> None:
    for one in records("judged_claims.json") + records("full_readings.json"):
        assert set(one) <= set(KEPT)
        assert one["predicate"] != "reportedOutcome" or one["object"].startswith("sha256:")
