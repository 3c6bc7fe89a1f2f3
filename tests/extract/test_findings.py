"""What a sentence states depends on its section, its cues and the type of its document."""

import pytest

from govkg.extract.cues import find_cues
from govkg.extract.findings import find_unlinked, statement_types
from govkg.extract.statements import Statement
from govkg.model.document import Document, Passage


def types(text, role="other", language="en", document_type="paper"):
    passage = Passage("urn:p", 0, "", 0, len(text), text, language)
    statement = Statement(passage, 0, len(text), text, role, find_cues(text, language))
    document = Document("urn:d", "d", "d.md", "D", language, text, (), (), document_type)
    return statement_types(statement, document)


def test_a_weakness_in_a_section_on_problems_is_surely_a_problem():
    assert types("Owners refuse to pay.", "problem") == {"problem": ("diagnosis", 0.95)}
    assert types("业主不愿交费。", "problem", "zh") == {"problem": ("diagnosis", 0.95)}


def test_a_weakness_in_a_section_on_causes_is_first_a_cause():
    found = types("Members lack training.", "cause")
    assert found["cause"] == ("diagnosis", 0.95)
    assert found["problem"] == ("diagnosis", 0.8)


def test_a_proposal_without_a_section_of_its_own_is_a_recommendation():
    assert types("The branch should open its accounts.") == {
        "countermeasure": ("recommendation", 0.8)
    }
    assert types("应当公开账目。", language="zh") == {"countermeasure": ("recommendation", 0.8)}


def test_a_recommendation_is_never_practice():
    for role in ("other", "problem", "countermeasure", "practice", "outcome"):
        for text in ("We recommend mediation.", "It is necessary to mediate."):
            status = types(text, role).get("countermeasure", ("recommendation", 0))[0]
            assert status == "recommendation"
        status = types("建议开展调解。", role, "zh").get("countermeasure", ("recommendation", 0))[0]
        assert status == "recommendation"


def test_a_duty_in_an_account_of_practice_is_part_of_the_practice():
    found = types("Every household must sort its waste.", "practice")
    assert found["countermeasure"] == ("practice", 0.8)
    found = types("居民应当分类投放垃圾。", "practice", "zh")
    assert found["countermeasure"][0] == "practice"


def test_what_was_done_is_surer_than_what_was_meant():
    done = types("The city set up mediation rooms.", "practice")["countermeasure"]
    meant = types("The city hopes for mediation rooms.", "practice")["countermeasure"]
    assert (done, meant) == (("practice", 0.95), ("practice", 0.65))


@pytest.mark.parametrize("kind", ["law", "regulation", "judicial_interpretation"])
def test_a_duty_of_a_law_is_a_norm_and_nothing_else(kind):
    found = types("业主委员会应当公开账目，不得挪用。", "problem", "zh", kind)
    assert found == {"countermeasure": ("norm", 0.8)}
    assert types("Owners are the people who own a flat.", "other", "en", kind) == {}


def test_a_long_quotation_of_somebody_is_a_quotation():
    text = "The mayor said: “We should open every account to every owner of the yard.”"
    assert types(text)["countermeasure"][0] == "quotation"


def test_a_question_states_nothing():
    assert types("Should the branch open its accounts?") == {}


def test_plain_description_states_nothing():
    assert types("The yard lies in the north.") == {}


def unlinked(text, role):
    passage = Passage("urn:p", 0, "", 0, len(text), text, "en")
    statement = Statement(passage, 0, len(text), text, role, find_cues(text, "en"))
    document = Document("urn:d", "d", "d.md", "D", "en", text, (), ())
    return find_unlinked(statement, [], document)


def test_a_sure_statement_that_fits_nothing_is_kept_for_a_curator():
    found = unlinked("The gardens lack water.", "problem")
    assert (found.kind, found.label) == ("problem", "The gardens lack water")
    assert unlinked("The gardens lie in the north.", "problem") is None
    assert unlinked("The gardens lack water.", "other") is None


def test_a_long_label_is_cut_at_a_mark():
    found = unlinked("The gardens lack water, " + "and the old wells are dry, " * 8, "problem")
    assert found.label.endswith("…")
    assert len(found.label) <= 91
