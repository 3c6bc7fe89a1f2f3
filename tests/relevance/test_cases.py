"""Questions by kind over the starter corpus: what must be found, and what must not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govkg.evaluate.diagnosis import diagnose
from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.metrics import Span
from govkg.model.answer import Answer
from govkg.model.identifiers import Minter
from tests.starter import starter_base

CASES = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))["cases"]
PAGE, TOP = 10, 5
# Of two ways to ask the same, the first pages share at least this part of the shorter one's works.
SHARED = 0.4
Case = dict[str, Any]


def marked(case: Case) -> Any:
    """A case as a parameter; one with a known gap may fail, for the reason that it gives."""
    reason = case.get("gap")
    marks = [pytest.mark.xfail(reason=reason, strict=False)] if reason else []
    return pytest.param(case, id=case["id"], marks=marks)


def works(answer: Answer, first: int) -> list[str]:
    """The works of the first passages, in order, each once."""
    documents = starter_base().corpus.document
    found = (documents[hit.document].work for hit in answer.passages[:first])
    return list(dict.fromkeys(work.rpartition("/")[2] for work in found))


def told(answer: Answer, names: list[str]) -> set[str]:
    """Those of the works named whose practice is on a shelf."""
    shelves = (*answer.practices.domestic, *answer.practices.overseas)
    shown = {practice.iri for practice in shelves}
    return {name for name in names if Minter()("practice", name) in shown}


def why(case: Case) -> str:
    """Where the expected works fell in each ranking, a line for each document."""
    base = starter_base()
    spans = tuple(
        Span(document.iri, 0, len(document.text), 2)
        for document in base.corpus.documents
        if document.work.rpartition("/")[2] in case["expected"]
    )
    question = GoldQuestion(case["id"], case["text"], case["language"], True, spans)
    return "\n".join(
        f"{one['path']}: fusion {one['fusion']}, {one['ranks']}" for one in diagnose(base, question)
    )


def finds(case: Case) -> Answer:
    """The answer, after checking that one of the first passages is of an expected work."""
    answer = starter_base().ask(case["text"], case["language"], limit=PAGE)
    found = works(answer, TOP)
    assert set(found) & set(case["expected"]), f"{answer.outcome}: {found}\n{why(case)}"
    return answer


def paraphrase(case: Case) -> None:
    answers = [starter_base().ask(text, limit=PAGE) for text in case["texts"]]
    one, other = (set(works(answer, PAGE)) for answer in answers)
    assert one and other, [answer.outcome for answer in answers]
    shared = len(one & other) / min(len(one), len(other))
    assert shared >= SHARED, f"{shared:.2f}: {sorted(one)} {sorted(other)}"


def colloquial(case: Case) -> None:
    finds(case)


def setting(case: Case) -> None:
    answer = starter_base().ask(case["text"], case["language"], limit=PAGE)
    shelves = {"domestic": answer.practices.domestic, "overseas": answer.practices.overseas}
    asked = [case["setting"]] if case["setting"] in shelves else list(shelves)
    assert answer.understood.facets["setting"] == case["setting"]
    assert [name for name, shelf in shelves.items() if shelf] == asked
    shown = [practice.label.en for shelf in shelves.values() for practice in shelf]
    assert told(answer, case["expected"]), shown


def place(case: Case) -> None:
    answer = finds(case)
    assert case["place"] in [one["en"] for one in answer.understood.facets["places"]]
    assert works(answer, 1)[0] in case["expected"], works(answer, TOP)


def actor(case: Case) -> None:
    answer = finds(case)
    found = [one["notation"] for one in answer.understood.concepts]
    found += [
        concept.notation
        for facet in answer.understood.facets["actors"]
        if (concept := starter_base().vocabulary.get(facet["iri"]))
    ]
    assert case["actor"] in found, found


def forbidden(case: Case) -> None:
    answer = finds(case)
    shown = set(works(answer, TOP)) & set(case["forbidden"])
    shown |= told(answer, case["forbidden"])
    assert not shown, f"{sorted(shown)} in {works(answer, TOP)}"


CHECKS: dict[str, Callable[[Case], None]] = {
    check.__name__: check for check in (paraphrase, colloquial, setting, place, actor, forbidden)
}


@pytest.mark.slow
@pytest.mark.parametrize("case", map(marked, CASES))
def test_a_question_finds_what_it_should_and_nothing_that_it_should_not(case: Case) -> None:
    CHECKS[case["kind"]](case)


def test_there_are_cases_of_every_kind_in_both_languages() -> None:
    asked = {(case["kind"], case.get("language")) for case in CASES}
    spoken = {(kind, language) for kind in CHECKS for language in ("zh", "en")}
    assert {kind for kind, _ in asked} == set(CHECKS)
    assert asked - {("paraphrase", None)} == {one for one in spoken if one[0] != "paraphrase"}
    assert len({case["id"] for case in CASES}) == len(CASES)
