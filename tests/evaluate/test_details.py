"""What lies behind the figures: each miss and false claim, and where expected passages fell."""

import json
from pathlib import Path
from typing import Any

import pytest

from govkg.evaluate.report_text import evaluation_text
from govkg.evaluate.run import evaluate
from govkg.knowledge_base import KnowledgeBase
from tests.conftest import Built
from tests.evaluate.answers import REPORT, stand_in
from tests.evaluate.graphs import ACCOUNTS, CARS, NIGHT, REASON, REFUSE, claim
from tests.house import run

CONCEPTS = """
problems:
  - {id: pb-fee-arrears, seed: [P1]}
  - {id: pb-parking, seed: [P2]}
  - {id: pb-safety, seed: [P3]}
causes:
  - {id: ca-property-awareness, seed: [C1]}
countermeasures:
  - {id: cm-transparency, seed: [M1]}
  - {id: cm-parking, seed: [M2]}
"""
EXTRACTION: dict[str, Any] = {
    "passages": [
        {"id": "S1", "start": "The first problem", "end": "property service fee."},
        {"id": "S2", "start": "The main reason", "end": "of the property service."},
        {"id": "S3", "start": "Cars block", "end": "fire lanes."},
        {"id": "S4", "start": "The owners' committee", "end": "every quarter."},
        {"id": "S5", "start": "Parking spaces", "end": "shortage of parking."},
    ],
    "problems": [
        {"id": "P1", "evidence": ["S1"]},
        {"id": "P2", "evidence": ["S3"], "label_zh": "停车难", "label_en": "Parking"},
        {"id": "P9", "evidence": ["S1"]},
    ],
    "causes": [],
    "countermeasures": [{"id": "M2", "evidence": ["S5"]}],
    "actors": [],
    "links": [
        {
            "type": "has_cause", "source": "P1", "target": "C1", "basis": "explicit",
            "confidence": 0.9, "evidence": ["S2"],
        },
        {"type": "addresses", "source": "M2", "target": "P2", "confidence": 0.9},
        {"type": "addresses", "source": "M1", "target": "P3", "confidence": 0.2},
    ],
}  # fmt: skip
QUESTIONS = {
    "questions": [
        {
            "id": "Q1",
            "text": "Why do owners refuse to pay the property service fee?",
            "language": "en",
            "answerable": True,
            "relevant_passages": [{"passage": "S2", "grade": 2}],
            "expected": {"problems": ["P1"]},
        },
        {
            "id": "Q2",
            "text": "小区停车难怎么办",
            "language": "zh",
            "answerable": True,
            "relevant_passages": [],
        },
    ]
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with a gold extraction and questions on the report, `concepts.yaml` beside it."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (tmp_path / "concepts.yaml").write_text(CONCEPTS, "utf-8")
    (folder / "seed_extraction.json").write_text(json.dumps(EXTRACTION), "utf-8")
    (folder / "questions.json").write_text(json.dumps(QUESTIONS), "utf-8")
    return folder


@pytest.fixture
def found(small_base: KnowledgeBase) -> Any:
    """A base that finds one problem rightly, one in the wrong place, and one of three links."""
    return stand_in(
        small_base,
        claim(small_base, (REPORT, "states", "pb-fee-arrears"), "explicit", 0.8, REFUSE)
        + claim(small_base, (REPORT, "states", "pb-parking"), "explicit", 0.6, NIGHT)
        + claim(small_base, (REPORT, "states", "pb-safety"), "explicit", 0.6, CARS)
        + claim(small_base, ("cm-parking", "addresses", "pb-parking"), "explicit", 0.7, NIGHT)
        + claim(small_base, ("cm-transparency", "addresses", "pb-safety"), "editorial", 0.5,
                ACCOUNTS)
        + claim(small_base, ("pb-safety", "hasCause", "ca-property-awareness"), "structural", 0.6,
                REASON)
        + claim(small_base, ("pb-parking", "hasCause", "ca-property-awareness"), "editorial", 0.4,
                REASON)
    )  # fmt: skip


def test_the_figures_are_the_same_with_and_without_details(found: Any, gold: Path) -> None:
    plain = evaluate(found, gold / "seed_extraction.json")
    assert plain == {
        "extraction": {
            "problems": {"p": 0.333, "r": 0.333, "f1": 0.333},
            "causes": {"p": 0.0, "r": 0.0, "f1": 0.0},
            "countermeasures": {"p": 0.0, "r": 0.0, "f1": 0.0},
            "actors": {"p": 0.0, "r": 0.0, "f1": 0.0},
            "links": {"recall_at_08": 0.5, "precision_at_06": 0.333, "traps": 1},
        }
    }
    detailed = evaluate(found, gold / "seed_extraction.json", details=True)
    assert set(detailed) == {"extraction", "details"}
    assert detailed["extraction"] == plain["extraction"]


def test_each_miss_says_why_and_quotes_the_sentence(found: Any, gold: Path) -> None:
    details = evaluate(found, gold / "seed_extraction.json", details=True)["details"]
    missed = details["extraction"]["missed"]
    assert [(one["kind"], one["id"], one["notations"], one["why"]) for one in missed] == [
        ("problems", "P2", ["pb-parking"], "other sentences"),
        ("problems", "P9", [], "no concept"),
        ("countermeasures", "M2", ["cm-parking"], "not found"),
    ]
    assert missed[0]["label"] == {"zh": "停车难", "en": "Parking"}
    assert missed[0]["sentences"] == ["Cars block the fire lanes."]


def test_each_false_finding_says_why_and_quotes_the_sentence(found: Any, gold: Path) -> None:
    details = evaluate(found, gold / "seed_extraction.json", details=True)["details"]
    false = details["extraction"]["false"]
    assert [(one["kind"], one["notation"], one["why"]) for one in false] == [
        ("problems", "pb-parking", "other sentences"),
        ("problems", "pb-safety", "not in the gold"),
    ]
    assert false[0]["label"]["zh"] == "停车难"
    assert false[1]["sentences"] == ["Cars block the fire lanes."]


def test_links_are_scored_by_relation_and_by_basis(found: Any, gold: Path) -> None:
    details = evaluate(found, gold / "seed_extraction.json", details=True)["details"]
    links = details["extraction"]["links"]
    assert links["by_relation"] == {
        "addresses": {
            "found": 2, "precision_at_06": 0.5, "traps": 1, "core": 1, "recall_at_08": 1.0,
        },
        "hasCause": {
            "found": 1, "precision_at_06": 0.0, "traps": 0, "core": 1, "recall_at_08": 0.0,
        },
    }  # fmt: skip
    assert links["by_basis"] == {
        "editorial": {"found": 1, "precision_at_06": 0.0, "traps": 1},
        "explicit": {"found": 1, "precision_at_06": 1.0, "traps": 0},
        "structural": {"found": 1, "precision_at_06": 0.0, "traps": 0},
    }


def test_missed_and_false_links_are_told_with_their_confidences(found: Any, gold: Path) -> None:
    details = evaluate(found, gold / "seed_extraction.json", details=True)["details"]
    links = details["extraction"]["links"]
    assert links["missed"] == [
        {
            "subject": ["pb-fee-arrears"],
            "predicate": "has_cause",
            "object": ["ca-property-awareness"],
            "basis": "explicit",
            "gold_confidence": 0.9,
            "why": "not found",
            "sentences": [
                "The main reason why owners refuse to pay is the poor quality of the "
                "property service."
            ],
        }
    ]
    false = [
        (one["subject"], one["predicate"], one["object"], one["basis"], one["confidence"],
         one["gold_confidence"])
        for one in links["false"]
    ]  # fmt: skip
    assert false == [
        ("cm-transparency", "addresses", "pb-safety", "editorial", 0.5, 0.2),
        ("pb-safety", "hasCause", "ca-property-awareness", "structural", 0.6, 0.0),
    ]


def test_the_details_are_printed_a_line_for_each_thing(found: Any, gold: Path) -> None:
    lines = evaluation_text(evaluate(found, gold / "seed_extraction.json", details=True))
    assert "missed problems P2 停车难 / Parking pb-parking (other sentences)\n" in lines
    assert "    “Cars block the fire lanes.”\n" in lines
    assert "false link cm-transparency addresses pb-safety  editorial 0.5, gold 0.2\n" in lines
    assert evaluation_text(evaluate(found, gold / "seed_extraction.json")).splitlines() == [
        "extraction",
        "  problems         p 0.333  r 0.333  f1 0.333",
        "  causes           p 0.0  r 0.0  f1 0.0",
        "  countermeasures  p 0.0  r 0.0  f1 0.0",
        "  actors           p 0.0  r 0.0  f1 0.0",
        "  links            recall_at_08 0.5  precision_at_06 0.333  traps 1",
    ]


def test_a_question_tells_where_its_passages_fell(small_base: KnowledgeBase, gold: Path) -> None:
    report = evaluate(small_base, gold / "questions.json", details=True)
    assert set(report) == {"questions", "by_kind", "details"}
    first, second = report["details"]["questions"]
    assert (first["id"], first["expected_concepts"], first["r5"]) == ("Q1", ["pb-fee-arrears"], 1.0)
    (passage,) = first["passages"]
    assert (passage["path"], passage["start"], passage["end"]) == ("report.md", 119, 204)
    assert (passage["grade"], passage["fusion"]) == (2, 1)
    assert (passage["ranks"]["words"], passage["ranks"]["vector"]) == (1, 1)
    assert (second["language"], second["passages"], second["ndcg10"]) == ("zh", [], None)
    text = evaluation_text(report)
    assert "\nQ1 Why do owners refuse to pay the property service fee?\n" in text
    assert "  grade 2  fusion 1  words 1  vector 1" in text


def test_a_paper_that_is_not_here_has_no_details(small_base: KnowledgeBase, gold: Path) -> None:
    elsewhere = [{**p, "start": "words of another paper"} for p in EXTRACTION["passages"]]
    content = json.dumps({**EXTRACTION, "passages": elsewhere})
    (gold / "seed_extraction.json").write_text(content, "utf-8")
    report = evaluate(small_base, gold / "seed_extraction.json", details=True)
    assert report == {"extraction": {}, "details": {}}
    assert evaluation_text(report) == "extraction"


def test_the_command_prints_details_only_where_asked(small: Built, gold: Path) -> None:
    command = ("evaluate", "questions.json", "--index", str(small.index), "--json")
    plain = json.loads(run(*command, cwd=gold).stdout)
    detailed = json.loads(run(*command, "--details", cwd=gold).stdout)
    assert set(plain) == {"questions", "by_kind"}
    assert set(detailed) == {"questions", "by_kind", "details"}
    assert [one["id"] for one in detailed["details"]["questions"]] == ["Q1", "Q2"]
