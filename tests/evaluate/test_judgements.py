"""Judged claims: precision, and whether a confidence means what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from govkg.errors import GovkgError
from govkg.evaluate.judgements import calibration, calibration_error, hashed
from govkg.evaluate.metrics import wilson
from govkg.evaluate.report_text import evaluation_text
from govkg.evaluate.run import evaluate
from govkg.knowledge_base import KnowledgeBase
from tests.evaluate.answers import REPORT, RULE, stand_in
from tests.evaluate.graphs import CARS, NIGHT, REFUSE, claim

RULE_END = (64, 87)
OUTCOME = "Fees were paid again."


@pytest.fixture
def found(small_base: KnowledgeBase) -> Any:
    """A base that makes four claims, one of them of the Chinese rule."""
    return stand_in(
        small_base,
        claim(small_base, (REPORT, "states", "pb-fee-arrears"), "explicit", 0.8, REFUSE)
        + claim(small_base, ("cm-parking", "addresses", "pb-parking"), "editorial", 0.65, NIGHT)
        + claim(small_base, (RULE, "states", "pb-parking"), "explicit", 0.4, RULE_END, RULE)
        + claim(small_base, ("urn:practice", "reportedOutcome", OUTCOME), "structural", 0.7, CARS),
    )


def judged(base: KnowledgeBase, claimed: tuple[str, str, str], **values: Any) -> dict[str, Any]:
    """A judgement on a claim of the report, right unless said otherwise."""
    document = values.pop("document", REPORT)
    start, end = values.pop("span", REFUSE)
    stored = base.corpus.document[document]
    return {
        "path": stored.path,
        "sha256": stored.sha256,
        "start": start,
        "end": end,
        "subject": claimed[0],
        "predicate": claimed[1],
        "object": claimed[2],
        "confidence": 0.8,
        "verdict": "right",
        "note": "",
        **values,
    }


@pytest.fixture
def file(small_base: KnowledgeBase, tmp_path: Path) -> Path:
    """Seven judgements: four on claims of the base, one of a text that changed, two on no claim."""
    parking = small_base.vocabulary.by_notation("pb-parking")
    assert parking is not None
    path = tmp_path / "judgements.json"
    records = [
        judged(small_base, (REPORT, "states", "pb-fee-arrears")),
        judged(small_base, ("cm-parking", "addresses", parking.iri), span=NIGHT, confidence=0.9,
               verdict="wrong"),
        judged(small_base, (RULE, "states", "pb-parking"), document=RULE, span=RULE_END,
               confidence=0.4),
        judged(small_base, ("urn:practice", "reportedOutcome", hashed(OUTCOME)), span=CARS,
               confidence=0.7, verdict="unclear"),
        judged(small_base, (REPORT, "states", "pb-fee-arrears"), sha256="0" * 64,
               basis="structural", confidence=0.55, verdict="wrong"),
        judged(small_base, (REPORT, "states", "pb-safety"), verdict=""),
        judged(small_base, ("no IRI", "hasCause", "ca-none"), path="other.md", confidence=0.95),
    ]  # fmt: skip
    path.write_text(json.dumps({"judgements": records}, ensure_ascii=False), "utf-8")
    return path


def test_precision_leaves_out_what_is_unclear_or_not_judged(found: Any, file: Path) -> None:
    report = evaluate(found, file)["judgements"]
    assert report["all"] == {
        "n": 7, "right": 3, "wrong": 2, "unclear": 1, "unjudged": 1,
        "precision": 0.6, "low": 0.231, "high": 0.882,
    }  # fmt: skip
    assert report["in_base"] == {
        "n": 4, "right": 2, "wrong": 1, "unclear": 1, "unjudged": 0,
        "precision": 0.667, "low": 0.208, "high": 0.939,
    }  # fmt: skip
    assert report["changed_texts"] == 2


def test_figures_are_given_by_predicate_basis_and_language(found: Any, file: Path) -> None:
    report = evaluate(found, file)["judgements"]

    def counts(name: str) -> dict[str, tuple[int, float | None]]:
        return {key: (one["n"], one["precision"]) for key, one in report[name].items()}

    assert counts("by_predicate") == {
        "addresses": (1, 0.0),
        "hasCause": (1, 1.0),
        "reportedOutcome": (1, None),
        "states": (4, 0.667),
    }
    # The basis is the base's where it makes the claim there, else the file's, if it has one.
    assert counts("by_basis") == {
        "editorial": (1, 0.0),
        "explicit": (2, 1.0),
        "structural": (2, 0.0),
        "unknown": (2, 1.0),
    }
    assert counts("by_language") == {"en": (5, 0.333), "unknown": (1, 1.0), "zh": (1, 1.0)}


def test_the_calibration_table_sets_stated_beside_measured(found: Any, file: Path) -> None:
    report = evaluate(found, file)["judgements"]
    rows = [
        (band["from"], band["to"], band["n"], band["confidence"], band["precision"])
        for band in report["calibration"]
    ]
    assert rows == [
        (0.0, 0.5, 1, 0.4, 1.0),
        (0.5, 0.6, 1, 0.55, 0.0),
        (0.6, 0.75, 0, None, None),
        (0.75, 0.9, 1, 0.8, 1.0),
        (0.9, 1.0, 2, 0.925, 0.5),
    ]
    # The distances are .6, .55, .2 and, twice, .425.
    assert report["calibration_error"] == 0.44
    # By what the base states today: 0.4 right, 0.65 wrong, 0.8 right.
    assert [band["n"] for band in report["calibration_now"]] == [1, 0, 1, 1, 0]


def test_an_edge_belongs_to_the_band_above_it_and_certainty_to_the_last() -> None:
    table = calibration([("right", 0.5), ("right", 0.9), ("wrong", 1.0), ("unclear", 0.2)])
    assert [band["n"] for band in table] == [0, 1, 0, 0, 2]
    assert table[4]["precision"] == 0.5
    assert calibration_error(calibration([])) is None


def test_the_interval_is_wilsons() -> None:
    assert wilson(8, 10) == (0.49, 0.943)
    assert wilson(0, 10) == (0.0, 0.278)
    assert wilson(10, 10) == (0.722, 1.0)


def test_the_details_are_what_was_judged_wrong(found: Any, file: Path) -> None:
    report = evaluate(found, file, details=True)
    wrong = report["details"]["judgements"]
    assert [(one["object"][-10:], one["confidence_now"], one["sentence"]) for one in wrong] == [
        (wrong[0]["object"][-10:], 0.65, wrong[0]["sentence"]),
        ("ee-arrears", None, ""),
    ]
    assert wrong[0]["sentence"].startswith("Parking\nspaces should be opened")
    text = evaluation_text(report)
    assert "  all              n 7  right 3  wrong 2  unclear 1  unjudged 1" in text
    assert "  calibration      from 0.6  to 0.75  n 0  confidence –  precision –" in text
    assert "    “Parking spaces should be opened to neighbours at night" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"judgements": {}}, "judgements: Input should be a valid array"),
        ({"judgements": [{}]}, "judgements.0.path: Field required"),
        ({"judgements": ["text"]}, "judgements.0: Input should be an object"),
    ],
)
def test_a_file_of_another_shape_is_one_clear_error(
    found: Any, tmp_path: Path, content: Any, said: str
) -> None:
    path = tmp_path / "judgements.json"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(GovkgError, match="not a file of judgements") as caught:
        evaluate(found, path)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verdict": "maybe"}, "verdict: Input should be 'right', 'wrong', 'unclear' or ''"),
        ({"confidence": 1.2}, "confidence: Input should be less than or equal to 1"),
        ({"start": "46"}, "start: Input should be a valid integer"),
    ],
)
def test_a_bad_value_is_named_by_its_place(
    small_base: KnowledgeBase, found: Any, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    record = judged(small_base, (REPORT, "states", "pb-fee-arrears"), **changes)
    path = tmp_path / "judgements.json"
    path.write_text(json.dumps({"judgements": [record]}), "utf-8")
    with pytest.raises(GovkgError, match="not a file of judgements") as caught:
        evaluate(found, path)
    assert f"judgements.0.{said}" in str(caught.value)
