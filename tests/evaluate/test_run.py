"""The formats of gold files, on small files of our own over the index of the whole chain."""

import json
from pathlib import Path
from typing import Any

import pytest

from govkg.errors import GovkgError
from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.questions import Judged, names_missing
from govkg.evaluate.report_text import evaluation_text
from govkg.evaluate.run import BASELINES, baselines, evaluate
from govkg.knowledge_base import KnowledgeBase

CONCEPTS = """
problems:
  - {id: pb-poor-service, seed: [P1]}
  - {id: pb-low-participation, seed: [P2]}
countermeasures:
  - {id: cm-resources, seed: [M1]}
  - {id: cm-duty-list, seed: [M2]}
actors:
  - {id: ac-resident}
"""
EXTRACTION: dict[str, Any] = {
    "passages": [
        {"id": "S1", "start": "Property service in", "end": "same rules everywhere."},
        {"id": "S2", "start": "Residents, for their part", "end": "running it."},
        {"id": "S3", "start": "To improve the service", "end": "collect the service charges."},
        {"id": "S4", "start": "This makes a division", "end": "does not run them."},
    ],
    "problems": [{"id": "P1", "evidence": ["S1"]}, {"id": "P2", "evidence": ["S2"]}],
    "causes": [],
    "countermeasures": [{"id": "M1", "evidence": ["S3"]}, {"id": "M2", "evidence": ["S4"]}],
    "actors": [],
    "links": [
        {"type": "implements", "source": "X1", "target": "M1", "confidence": 0.9},
        {"type": "implements", "source": "X1", "target": "M2", "confidence": 0.9},
        {"type": "involves", "source": "X1", "target": "A1", "confidence": 0.9},
    ],
}
QUESTIONS = {
    "questions": [
        {
            "id": "Q1",
            "text": "Why was the property service of public housing poor?",
            "language": "en",
            "answerable": True,
            "relevant_passages": [{"passage": "S1", "grade": 2}],
            "expected": {"problems": ["P1"]},
        },
        {
            "id": "Q2",
            "text": "which shoes are good for running",
            "language": "en",
            "answerable": False,
            "relevant_passages": [],
        },
    ]
}
DOCUMENTS = {
    "questions": [
        {
            "id": "D1",
            "text": "小区车位能不能只卖不租",
            "language": "zh",
            "file": "sh-property-reg-zh.md",
            "anchor": "第六十二条",
            "also": [],
        }
    ]
}
REFUSALS = {
    "questions": [
        {
            "id": "R1",
            "text": "市镇理事会由谁管理",
            "language": "zh",
            "answerable": True,
            "kind": "problem",
            "missing": "",
        },
        {
            "id": "R2",
            "text": "红烧排骨怎么做才不腻",
            "language": "zh",
            "answerable": False,
            "kind": "far",
            "missing": "",
        },
        {
            "id": "R3",
            "text": "How do town councils in Iceland manage estates?",
            "language": "en",
            "answerable": False,
            "kind": "place",
            "missing": "Iceland",
        },
    ]
}
PAIRS = {
    "docs": {"SH": "sh-property-reg-zh.md"},
    "zh_en": [
        {
            "zh": "市镇理事会由谁管理",
            "en": "Who manages the common property of the estates?",
            "anchors": ["elected members of parliament and resident councillors"],
        },
        {"zh": "没有的句子", "en": "no such words", "anchors": ["words that stand nowhere"]},
    ],
    "zh_zh": [{"zh": "车位能不能卖给外人", "gold": ["SH62"]}],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder `gold` with a file of each format, and `concepts.yaml` beside it."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (tmp_path / "concepts.yaml").write_text(CONCEPTS, "utf-8")
    for name, content in (
        ("seed_extraction.json", EXTRACTION),
        ("questions.json", QUESTIONS),
        ("documents.json", DOCUMENTS),
        ("pairs.json", PAIRS),
        ("refusals.json", REFUSALS),
    ):
        (folder / name).write_text(json.dumps(content), "utf-8")
    return folder


def test_questions_with_graded_passages(base: KnowledgeBase, gold: Path) -> None:
    answered = {
        "ndcg10": 1.0,
        "ndcg10_interval": [1.0, 1.0],
        "r5": 1.0,
        "hit5": 1.0,
        "false_refusals": 0.0,
        "concept_hit3": 1.0,
    }
    assert evaluate(base, gold / "questions.json") == {
        "questions": {"en": {"n": 2, **answered, "refused": 1.0}},
        "by_kind": {"en": {"same": {"n": 1, **answered}}},
    }


def test_questions_on_a_document_and_an_article(base: KnowledgeBase, gold: Path) -> None:
    report = evaluate(base, gold / "documents.json")["questions"]
    assert set(report) == {"zh"}
    assert set(report["zh"]) == {"n", "ndcg10", "ndcg10_interval", "r5", "hit5", "false_refusals"}
    assert report["zh"]["r5"] == 1.0
    assert report["zh"]["hit5"] == 1.0


def test_pairs_of_questions_and_questions_on_articles(base: KnowledgeBase, gold: Path) -> None:
    report = evaluate(base, gold / "pairs.json")["questions"]
    assert (report["en"]["n"], report["zh"]["n"]) == (1, 2)
    assert report["en"]["ndcg10"] == 1.0
    assert report["zh"]["r5"] >= 0.5


def test_what_is_asked_in_the_language_of_its_passages_is_measured_apart(
    base: KnowledgeBase, gold: Path
) -> None:
    kinds = evaluate(base, gold / "pairs.json")["by_kind"]
    counted = {language: {k: own["n"] for k, own in of.items()} for language, of in kinds.items()}
    assert counted == {"en": {"same": 1}, "zh": {"across": 1, "same": 1}}


def test_answerable_and_unanswerable_questions_without_passages(
    base: KnowledgeBase, gold: Path
) -> None:
    assert evaluate(base, gold / "refusals.json") == {
        "questions": {
            "en": {"n": 1, "refused": 1.0, "names_missing": 1.0},
            "zh": {"n": 2, "false_refusals": 0.0, "refused": 1.0},
        },
        "by_kind": {
            "en": {"place": {"n": 1, "refused": 1.0, "names_missing": 1.0}},
            "zh": {
                "far": {"n": 1, "refused": 1.0},
                "problem": {"n": 1, "false_refusals": 0.0},
            },
        },
    }


def test_details_say_what_was_expected_to_be_missing(base: KnowledgeBase, gold: Path) -> None:
    report = evaluate(base, gold / "refusals.json", details=True)
    iceland = report["details"]["questions"][2]
    assert iceland["refused"] is True
    assert (iceland["expected_missing"], iceland["missing"]) == ("Iceland", ["Iceland"])
    assert "  missing Iceland  expected Iceland" in evaluation_text(report).splitlines()


def test_an_experts_extraction(base: KnowledgeBase, gold: Path) -> None:
    report = evaluate(base, gold / "seed_extraction.json")["extraction"]
    assert set(report) == {"problems", "causes", "countermeasures", "actors", "links"}
    assert report["problems"]["r"] == 1.0
    assert report["countermeasures"]["r"] == 1.0
    assert report["causes"] == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert report["links"]["recall_at_08"] == 1.0
    assert report["links"]["traps"] == 0


def test_baselines_ask_the_same_questions_by_one_ranking(base: KnowledgeBase, gold: Path) -> None:
    report = baselines(base, gold / "questions.json")
    assert list(report) == ["BM25 alone", "vectors alone"]
    for answered, unanswerable in report.values():
        assert answered is not None
        assert answered.r5 == 1.0
        assert unanswerable is None


@pytest.mark.parametrize(
    ("expected", "said", "named"),
    [
        ("內羅畢", "内罗毕", True),
        ("李明德教授", "李明德", True),
        ("Iceland", "town councils in iceland", True),
        ("冰岛", "新加坡", False),
    ],
)
def test_a_name_is_named_in_either_script_and_in_part(
    expected: str, said: str, named: bool
) -> None:
    question = GoldQuestion("R", "", "zh", False, (), kind="place", missing=expected)
    assert names_missing(Judged(question, None, None, True, missing=(said,))) is named
    assert not names_missing(Judged(question, None, None, True))


def test_a_chinese_question_has_keyword_search_in_both_languages(base: KnowledgeBase) -> None:
    keywords, vectors = BASELINES.values()
    found = base.rank("市镇理事会由谁管理", "zh", 20, keywords)
    assert {base.corpus.passages[one.row].language for one in found} == {"en", "zh"}
    assert {name for one in found for name in one.found_by} == {"words", "translated"}
    found = base.rank("市镇理事会由谁管理", "zh", 20, vectors)
    assert {name for one in found for name in one.found_by} == {"vector"}


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{}",
        '"text"',
        '{"questions": []}',
        '{"questions": [{"id": "Q1"}]}',
        '{"questions": [{"relevant_passages": []}]}',
        '{"zh_en": [{}], "zh_zh": []}',
    ],
)
def test_an_unknown_format_is_one_clear_error(
    base: KnowledgeBase, gold: Path, content: str
) -> None:
    path = gold / "other.json"
    path.write_text(content, "utf-8")
    with pytest.raises(GovkgError, match="not a gold file of a known format"):
        evaluate(base, path)


def test_an_extraction_without_its_parts_is_the_same_error(base: KnowledgeBase, gold: Path) -> None:
    whole = {name: part for name, part in EXTRACTION.items() if name != "problems"}
    (gold / "seed_extraction.json").write_text(json.dumps(whole), "utf-8")
    with pytest.raises(GovkgError, match="not a gold file of a known format"):
        evaluate(base, gold / "seed_extraction.json")


def test_a_file_that_is_not_json_or_not_there_is_one_clear_error(
    base: KnowledgeBase, gold: Path
) -> None:
    (gold / "broken.json").write_text("{", "utf-8")
    with pytest.raises(GovkgError, match="the gold file is not JSON"):
        evaluate(base, gold / "broken.json")
    with pytest.raises(GovkgError, match="the gold file cannot be read"):
        evaluate(base, gold / "missing.json")


@pytest.mark.parametrize("name", ["questions.json", "seed_extraction.json"])
def test_gold_without_its_concepts_is_one_clear_error(
    base: KnowledgeBase, gold: Path, name: str
) -> None:
    (gold.parent / "concepts.yaml").unlink()
    with pytest.raises(GovkgError, match=r"concepts\.yaml is missing beside the gold folder"):
        evaluate(base, gold / name)


def test_concepts_that_are_not_yaml_are_one_clear_error(base: KnowledgeBase, gold: Path) -> None:
    (gold.parent / "concepts.yaml").write_text("problems: [", "utf-8")
    with pytest.raises(GovkgError, match=r"concepts\.yaml is not YAML"):
        evaluate(base, gold / "questions.json")


def test_gold_on_a_paper_that_is_not_here_measures_no_passages(
    base: KnowledgeBase, gold: Path
) -> None:
    elsewhere = [{**p, "start": "words of another paper"} for p in EXTRACTION["passages"]]
    (gold / "seed_extraction.json").write_text(
        json.dumps({**EXTRACTION, "passages": elsewhere}), "utf-8"
    )
    assert evaluate(base, gold / "seed_extraction.json") == {"extraction": {}}
    assert evaluate(base, gold / "questions.json")["questions"]["en"]["ndcg10"] == 0.0
