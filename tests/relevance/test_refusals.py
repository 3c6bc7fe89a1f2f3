"""What the starter corpus cannot answer is refused, and what it can answer is not.

The figures are in docs/evaluation.md; the floors here only guard against a fall.
"""

import json
from functools import lru_cache
from pathlib import Path

import pytest

from govkg.evaluate.questions import Judged, names_missing
from govkg.evaluate.run import judge_all
from tests.starter import starter_base

FILE = Path(__file__).parent / "refusals.json"
TRIAL = Path(__file__).parent / "refusals_trial.json"
LEAST_REFUSED, MOST_FALSE = 0.75, 0.08


@lru_cache(maxsize=1)
def judged() -> tuple[Judged, ...]:
    return tuple(judge_all(starter_base(), FILE))


def share(of: list[Judged]) -> float:
    return sum(one.refused for one in of) / len(of)


@pytest.mark.slow
def test_most_unanswerable_questions_are_refused() -> None:
    unanswerable = [one for one in judged() if not one.question.answerable]

    assert len(unanswerable) == 119
    answered = [one.question.id for one in unanswerable if not one.refused]
    assert share(unanswerable) >= LEAST_REFUSED, answered


@pytest.mark.slow
def test_few_answerable_questions_are_refused() -> None:
    answerable = [one for one in judged() if one.question.answerable]

    assert len(answerable) == 200
    refused = [one.question.id for one in answerable if one.refused]
    assert share(answerable) <= MOST_FALSE, refused


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["person", "place"])
def test_who_asks_about_an_unknown_person_or_place_is_told_its_name(kind: str) -> None:
    refused = [
        one
        for one in judged()
        if one.question.kind == kind and not one.question.answerable and one.refused
    ]

    unnamed = [(one.question.id, one.missing) for one in refused if not names_missing(one)]
    assert len(refused) >= 15
    assert unnamed == []


@pytest.mark.parametrize("path", [FILE, TRIAL], ids=lambda path: path.name)
def test_each_question_is_asked_once_and_says_what_is_missing(path: Path) -> None:
    questions = json.loads(path.read_text("utf-8"))["questions"]
    keys = {"id", "text", "language", "answerable", "kind", "split", "missing"}

    assert {frozenset(question) for question in questions} == {frozenset(keys)}
    assert len({question["text"] for question in questions}) == len(questions)
    for question in questions:
        named = question["kind"] in {"place", "person", "practice"} and not question["answerable"]
        assert bool(question["missing"]) == named, question["id"]
