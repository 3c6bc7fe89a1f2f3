import json
import re
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.starter import starter_base

QUESTIONS = sorted((Path(__file__).parents[2] / "ontology" / "questions").glob("*.rq"))
HEAD = re.compile(
    r"# title-zh: (.+？)\n# title-en: (.+\?)\n"
    r"# expect-min-rows: (\d+)\n(?:# expect-includes: (.+)\n)?"
)


def test_there_are_enough_questions_to_show_what_the_graph_can_answer() -> None:
    assert len(QUESTIONS) >= 30


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_is_asked_in_both_languages_and_says_what_to_expect(question: Path) -> None:
    assert HEAD.match(question.read_text("utf-8"))


def test_every_question_is_listed_in_the_docs_in_both_languages() -> None:
    listed = (Path(__file__).parents[2] / "docs" / "questions.md").read_text("utf-8")

    for question in QUESTIONS:
        head = HEAD.match(question.read_text("utf-8"))
        assert head is not None
        assert f"{question.name}) | {head.group(2)} | {head.group(1)} |" in listed


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_is_well_formed_and_in_a_defined_order(question: Path) -> None:
    text = question.read_text("utf-8")

    assert isinstance(ox.Store().query(text), ox.QuerySolutions)
    assert "\nORDER BY " in text


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_has_its_answers_in_the_starter_corpus_within_two_seconds(
    question: Path,
) -> None:
    text = question.read_text("utf-8")
    head = HEAD.match(text)
    assert head is not None
    base = starter_base()
    base.query("ASK {}", "application/sparql-results+json")
    started = time.monotonic()

    answer = base.query(text, "application/sparql-results+json")

    assert time.monotonic() - started < 2
    rows = json.loads(answer.body)["results"]["bindings"]
    assert len(rows) >= int(head.group(3))
    if head.group(4):
        assert head.group(4) in {cell["value"] for row in rows for cell in row.values()}
