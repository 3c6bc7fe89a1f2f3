"""What becomes of a sentence that may state concepts: a finding, a candidate or nothing."""

from govkg.extract.cues import find_cues
from govkg.extract.findings import find_findings, find_unlinked
from govkg.extract.linking import Link, Linked
from govkg.extract.statements import Statement
from govkg.extract.typing import Typed
from govkg.model.document import Passage

KINDS = ("problem", "cause", "countermeasure", "practice", "outcome")


def linked(text, role="other", links=(), language="en", **chances):
    passage = Passage("urn:p", 0, "", 0, len(text), text, language)
    statement = Statement(passage, 0, len(text), text, role, find_cues(text, language))
    likely = {link.kind: 0.9 for link in links}
    return Linked(Typed(statement, dict.fromkeys(KINDS, 0.0) | likely | chances), tuple(links))


def status(text, role="other", kind="countermeasure", language="en"):
    found = find_findings(linked(text, role, [Link("urn:c", kind, 0.9)], language))
    return next(found).status


def test_the_confidence_of_a_finding_is_the_chance_of_its_concept():
    links = [Link("urn:likely", "problem", 0.8), Link("urn:hardly", "problem", 0.3)]
    found = list(find_findings(linked("Owners refuse to pay.", links=links)))
    assert [(one.concept, one.confidence) for one in found] == [("urn:likely", 0.8)]


def test_a_sentence_that_is_hardly_of_a_kind_states_nothing_of_that_kind():
    links = [Link("urn:named", "problem", 0.8)]
    assert list(find_findings(linked("Unpaid fees: see below.", links=links, problem=0.1))) == []


def test_a_problem_and_a_cause_are_diagnoses_wherever_they_stand():
    assert status("Owners refuse to pay.", "practice", "problem") == "diagnosis"
    assert status("业主不愿交费。", "other", "cause", "zh") == "diagnosis"


def test_a_measure_is_practice_only_in_an_account_of_experience():
    assert status("Accounts are open to all.", "practice") == "practice"
    assert status("Every household must sort its waste.", "practice") == "practice"
    assert status("Accounts are open to all.", "other") == "recommendation"


def test_a_recommendation_is_never_practice():
    for role in ("other", "problem", "countermeasure", "practice", "outcome"):
        assert status("We recommend mediation.", role) == "recommendation"
        assert status("It is necessary to mediate.", role) == "recommendation"
        assert status("建议开展调解。", role, language="zh") == "recommendation"


def test_a_long_quotation_of_somebody_is_a_quotation():
    text = "The mayor said: “We should open every account to every owner of the yard.”"
    assert status(text, "practice") == "quotation"


def test_a_sure_statement_that_fits_nothing_is_kept_for_a_curator():
    found = find_unlinked(linked("The gardens lack water.", "problem", problem=0.9))
    assert (found.kind, found.label, found.status) == (
        "problem",
        "The gardens lack water",
        "diagnosis",
    )


def test_what_is_not_sure_or_fits_a_concept_or_is_headed_otherwise_is_no_candidate():
    text = "The gardens lack water."
    fits = [Link("urn:c", "problem", 0.4)]
    assert find_unlinked(linked(text, "problem", problem=0.5)) is None
    assert find_unlinked(linked(text, "problem", fits, problem=0.9)) is None
    assert find_unlinked(linked(text, "other", problem=0.9)) is None


def test_a_long_label_is_cut_at_a_mark():
    text = "The gardens lack water, " + "and the old wells are dry, " * 8
    found = find_unlinked(linked(text, "problem", problem=0.9))
    assert found.label.endswith("…")
    assert len(found.label) <= 91
