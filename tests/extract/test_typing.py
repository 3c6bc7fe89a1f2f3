"""What a sentence states depends on its words, its section, its cues and its document."""

import pytest

from govkg.extract.cues import find_cues
from govkg.extract.linking import Linker
from govkg.extract.statements import Statement
from govkg.extract.typing import STATED, signals
from govkg.model.document import Passage


@pytest.fixture(scope="module")
def linker(ontology, encoders):
    return Linker(ontology.vocabulary, encoders)


@pytest.fixture
def chances(linker):
    """The chance of each kind of statement, for a sentence in a section of some role."""

    def typing(text, role="other", language="en", document_type="paper"):
        passage = Passage("urn:p", 0, "", 0, len(text), text, language)
        statement = Statement(passage, 0, len(text), text, role, find_cues(text, language))
        return linker.link_statements([statement], document_type)[0].typed.chances

    return typing


def test_a_grievance_is_a_problem_in_both_languages(chances):
    assert (
        chances("Owners refuse to pay the property fee, and nobody collects it.")["problem"] > 0.5
    )
    assert chances("业主长期拖欠物业费，收缴十分困难。", language="zh")["problem"] > 0.7


def test_what_is_headed_as_causes_is_likelier_a_cause_than_elsewhere(chances):
    for text, language in (
        ("Members lack training and hardly know the rules.", "en"),
        ("业委会成员缺乏专业培训，年龄偏大。", "zh"),
    ):
        headed = chances(text, "cause", language)["cause"]
        assert headed > 0.7
        assert headed > chances(text, "other", language)["cause"] + 0.2


def test_a_measure_is_no_problem(chances):
    for text, language in (
        ("The city set up mediation rooms in every subdistrict.", "en"),
        ("全市各街道设立了物业纠纷调解室。", "zh"),
    ):
        found = chances(text, "practice", language)
        assert found["countermeasure"] > 0.7
        assert found["problem"] < 0.2
        assert found["practice"] > 0.7


def test_a_figure_of_what_came_of_it_is_an_outcome_and_a_plan_is_none(chances):
    reported = "Complaints fell by 40 per cent within a year."
    planned = "The city will build a mediation centre next year."
    assert chances(reported, "outcome")["outcome"] > 0.5 > chances(planned, "outcome")["outcome"]


def test_plain_description_states_nothing(chances):
    found = chances("The yard lies in the north of the town, by the river.")
    assert max(found["problem"], found["cause"], found["outcome"]) < 0.2


def test_signals_are_as_many_for_every_sentence_and_each_is_0_or_1():
    none = signals("They met.", (), "other", "document")
    much = signals("They met.", ("weakness", "because", "weakness"), "cause", "law")
    assert len(none) == len(much)
    assert (sum(none), sum(much)) == (1.0, 4.0)


def test_the_kinds_of_statements_are_named_in_the_order_of_the_weights():
    assert STATED == ("problem", "cause", "countermeasure", "practice", "outcome")
