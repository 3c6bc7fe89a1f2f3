"""What speaks for an answer, and the outcomes that follow."""

from dataclasses import replace

import pytest

from govkg.search.linked import Linked, Links
from govkg.search.refusal import Missing, Support, decide
from tests.search.world import asked, iri

NOTHING = Links([], [], [], [])
PROBLEM = Links([Linked(iri("pb-litter"), 1.0)], [], [], [])
MEASURE = Links(PROBLEM.problems, [], [Linked(iri("cm-bins"), 1.0)], [])
SURE = Support(concept=1.0, own=0.7, other=0.5, unknown=0.2)
LITTER = replace(asked(("pb-litter", 1.0)), intent="general")


@pytest.mark.parametrize(
    ("support", "language", "holds"),
    [
        (Support(concept=0.5, own=0.6, other=0.4, unknown=0.4), "zh", True),
        (Support(concept=0.4, own=0.45, other=0.37, unknown=0.8), "zh", False),
        (Support(concept=0.6, own=0.0, other=0.45), "zh", True),
        (Support(concept=0.5, own=0.55, other=0.5), "en", True),
        (Support(concept=0.3, own=0.2, other=0.2), "en", False),
    ],
)
def test_meaning_and_concepts_speak_for_an_answer_and_unknown_words_against(
    support: Support, language: str, holds: bool
) -> None:
    assert support.holds(language) == holds


@pytest.mark.parametrize(
    ("links", "missing", "outcome", "reason"),
    [
        (MEASURE, Missing(), "answered", None),
        (PROBLEM, Missing(), "partial", "no_countermeasure"),
        (MEASURE, Missing(names=("Lima",)), "not_found", "not_in_corpus"),
        (MEASURE, Missing(doubtful=("Right to Buy",)), "partial", None),
        (NOTHING, Missing(), "answered", None),
    ],
)
def test_what_is_missing_decides_the_outcome(
    links: Links, missing: Missing, outcome: str, reason: str | None
) -> None:
    verdict = decide(LITTER, links, SURE, missing)
    assert (verdict.outcome, verdict.reason) == (outcome, reason)


def test_who_asks_what_to_do_in_a_place_unheard_of_is_helped_all_the_same() -> None:
    question = replace(LITTER, intent="what_to_do")
    assert decide(question, MEASURE, SURE, Missing(names=("阳光花园",))).outcome == "partial"
    assert decide(question, MEASURE, SURE, Missing(names=("王建国",))).outcome == "partial"
    assert decide(question, MEASURE, SURE, Missing(subjects=("赵文斌",))).outcome == "not_found"


def test_a_question_all_of_whose_places_are_missing_is_refused() -> None:
    both = replace(LITTER, places=(iri("iceland"), iri("japan")))
    one, two = Missing(places=("冰岛",)), Missing(places=("冰岛", "日本"))
    assert decide(both, MEASURE, SURE, one).outcome == "partial"
    assert decide(both, MEASURE, SURE, two).reason == "not_in_corpus"


def test_a_question_outside_the_field_or_without_a_letter_is_refused() -> None:
    little = Support(concept=0.1, own=0.1, other=0.1, unknown=1.0)
    assert decide(LITTER, MEASURE, little, Missing()).reason == "out_of_domain"
    person = Missing(subjects=("赵文斌",))
    assert decide(LITTER, MEASURE, little, person).reason == "not_in_corpus"
    law = Missing(documents=("反家庭暴力法",))
    assert decide(LITTER, MEASURE, little, law).reason == "not_in_corpus"
    assert decide(replace(LITTER, text="？！"), MEASURE, SURE, Missing()).reason == "out_of_domain"


def test_everything_missing_is_named_once() -> None:
    missing = Missing(("冰岛",), ("物权法",), ("赵文斌",), ("冰岛",), ("Lima",))
    assert missing.all == ("冰岛", "物权法", "赵文斌", "Lima")
