"""A saved answer holds until a document, a claim or a decision changes, and then says which."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from govkg.evaluate import verification
from govkg.evaluate.quotations import At
from govkg.evaluate.report_text import verification_text
from govkg.evaluate.saved import SavedAnswer
from govkg.evaluate.verification import verify_answer
from govkg.knowledge_base import KnowledgeBase
from govkg.model.answer import CitedDocument
from tests.conftest import Built
from tests.evaluate.answers import CLAIMS, NAME, REJECTED, REPORT, RULE, saved, stand_in, with_claim
from tests.evaluate.graphs import CARS, GOV, claim, iri
from tests.house import edit, run


def states(base: Any, answer: dict[str, Any], corpus: Path | None = None) -> dict[str, str]:
    """The state of each thing by kind and name."""
    found = verify_answer(base, SavedAnswer.model_validate_json(json.dumps(answer)), corpus)
    return {f"{check.kind} {check.name}": check.state for check in found.checks}


def the_quote(base: KnowledgeBase, answer: dict[str, Any], corpus: Path | None = None) -> Any:
    """The first check, which is on the first citation."""
    parsed = SavedAnswer.model_validate_json(json.dumps(answer))
    return verify_answer(base, parsed, corpus).checks[0]


def test_what_was_asked_just_now_holds(small_base: KnowledgeBase, small: Built) -> None:
    answer = small_base.ask("Why do owners refuse to pay the property service fee?").to_json()
    assert len(answer["citations"]) >= 2
    parsed = SavedAnswer.model_validate_json(json.dumps(answer))
    for corpus in (None, small.corpus):
        found = verify_answer(small_base, parsed, corpus)
        assert found.holds
        counts = found.counts()
        assert counts["citation"]["hold"] == len(answer["citations"])
        cited = {citation["document"]["iri"] for citation in answer["citations"]}
        assert counts["document"]["checked"] == len(cited)
        assert counts["claim"]["checked"] >= 1
        assert verification_text(found).startswith("All holds: ")


def test_a_text_added_below_the_quote_is_a_changed_document(
    small_base: KnowledgeBase, small_copy: Built
) -> None:
    edit(small_copy.corpus / "report.md", lambda text: text + "\nOne more line.\n")
    answer = saved(small_base, 1, 2)
    assert the_quote(small_base, answer).state == "holds"
    found = the_quote(small_base, answer, small_copy.corpus)
    assert (found.state, found.at) == ("changed", At(REPORT, "report.md", 205, 231))
    assert found.message == "report.md has changed, the quote stands where it stood"
    assert states(small_base, answer, small_copy.corpus)["citation 2"] == "holds"


def test_a_text_added_above_the_quote_moves_it(
    small_base: KnowledgeBase, small_copy: Built
) -> None:
    edit(small_copy.corpus / "rule.md", lambda text: text.replace("第二条", "新增一句。第二条"))
    found = the_quote(small_base, saved(small_base, 2), small_copy.corpus)
    assert (found.state, found.at) == ("moved", At(RULE, "rule.md", 69, 92))
    assert found.message == (
        "the quote moved in rule.md from 64..87 to 69..92; the document has changed"
    )


def test_a_quote_that_was_rewritten_is_gone(small_base: KnowledgeBase, small_copy: Built) -> None:
    edit(small_copy.corpus / "rule.md", lambda text: text.replace("不得", "可以"))
    found = the_quote(small_base, saved(small_base, 2), small_copy.corpus)
    assert (found.state, found.at) == ("gone", None)
    assert found.message == ("the quote no longer stands in rule.md; the document has changed")


def test_a_file_under_a_new_name_is_the_same_document_by_its_id(
    small_base: KnowledgeBase, small_copy: Built
) -> None:
    (small_copy.corpus / "rule.md").rename(small_copy.corpus / "renamed.md")
    assert the_quote(small_base, saved(small_base, 2), small_copy.corpus).state == "holds"


def test_a_file_under_a_new_id_is_the_same_document_by_its_path(
    small_base: KnowledgeBase, small_copy: Built
) -> None:
    edit(small_copy.corpus / "rule.md", lambda text: text.replace("id: parking-rule", "id: other"))
    found = the_quote(small_base, saved(small_base, 2), small_copy.corpus)
    assert (found.state, found.at.path) == ("holds", "rule.md")


def test_a_file_with_a_new_name_and_id_is_another_document(
    small_base: KnowledgeBase, small_copy: Built
) -> None:
    edit(small_copy.corpus / "rule.md", lambda text: text.replace("id: parking-rule", "id: other"))
    (small_copy.corpus / "rule.md").rename(small_copy.corpus / "new.md")
    found = the_quote(small_base, saved(small_base, 2), small_copy.corpus)
    assert (found.state, found.at.path, found.at.start) == ("elsewhere", "new.md", 64)
    assert found.message == (
        "the quote stands no longer in rule.md, but in new.md, which has the same text"
    )


def test_a_document_that_was_removed_is_missing_with_its_quote(
    small_base: KnowledgeBase, small_copy: Built
) -> None:
    (small_copy.corpus / "rule.md").unlink()
    found = the_quote(small_base, saved(small_base, 2), small_copy.corpus)
    assert (found.state, found.at) == ("missing", None)


def test_offsets_that_were_changed_in_the_answer_are_told_from_a_changed_document(
    small_base: KnowledgeBase,
) -> None:
    answer = saved(small_base, 1)
    answer["citations"][0] |= {"start": 200, "end": 226}
    found = the_quote(small_base, answer)
    assert found.state == "moved"
    assert found.message == (
        "the quote moved in report.md from 200..226 to 205..231; "
        "the text is unchanged, so the answer has changed"
    )


def test_of_two_places_the_nearest_counts(small_base: KnowledgeBase, small_copy: Built) -> None:
    twice = "Cars block the fire lanes."
    edit(
        small_copy.corpus / "report.md",
        lambda text: text.replace("The first", f"{twice} The first") + f"\n\n{twice}\n",
    )
    found = the_quote(small_base, saved(small_base, 1), small_copy.corpus)
    assert (found.state, found.at.start) == ("moved", 232)


def test_a_number_without_a_citation_is_absent(small_base: KnowledgeBase) -> None:
    concept = small_base.vocabulary.by_notation("pb-parking")
    assert concept is not None
    thing = {"iri": concept.iri, "notation": "pb-parking", "claims": [], "citations": [1, 7]}
    found = states(small_base, saved(small_base, 1, problems=[thing]))
    assert found["citation 7"] == "absent"
    assert found[f"concept {concept.iri}"] == "holds"


def test_a_concept_or_practice_that_is_not_in_the_base_is_gone(small_base: KnowledgeBase) -> None:
    thing = {"iri": "no IRI at all", "notation": "", "claims": [], "citations": []}
    practice = {**thing, "iri": "https://w3id.org/govkg/id/practice-0000000000000000"}
    answer = saved(small_base, causes=[thing], practices={"domestic": [practice], "overseas": []})
    assert states(small_base, answer) == {
        "concept no IRI at all": "gone",
        "practice https://w3id.org/govkg/id/practice-0000000000000000": "gone",
    }


@pytest.mark.parametrize(
    ("changes", "state", "message"),
    [
        ({}, "holds", ""),
        ({"basis": "editorial"}, "changed", "basis is explicit, was editorial"),
        (
            {"status": "recommendation", "confidence": 0.45},
            "changed",
            "status is practice, was recommendation; confidence is 0.8, was 0.45",
        ),
        ({"object": "urn:other"}, "gone", "the base no longer makes this claim"),
        ({"subject": "no IRI"}, "gone", "the base no longer makes this claim"),
    ],
)
def test_a_claim_is_compared_with_what_the_base_says_now(
    small_base: KnowledgeBase, changes: dict[str, Any], state: str, message: str
) -> None:
    answer = with_claim(small_base, **changes)
    parsed = SavedAnswer.model_validate_json(json.dumps(answer))
    found = verify_answer(stand_in(small_base, CLAIMS), parsed)
    check = next(check for check in found.checks if check.kind == "claim")
    assert (check.state, check.message) == (state, message)


def test_a_claim_that_a_curator_rejected_is_said_to_be(small_base: KnowledgeBase) -> None:
    found = states(stand_in(small_base, CLAIMS + REJECTED), with_claim(small_base))
    assert found[NAME] == "rejected"


def test_a_quote_that_a_curator_rejected_takes_its_claim_along(small_base: KnowledgeBase) -> None:
    triple = ("cm-parking", "addresses", "pb-parking")
    ends = {"subject": iri(small_base, triple[0]), "object": iri(small_base, triple[2])}
    answer = with_claim(small_base, status="diagnosis", **ends)
    quads = claim(small_base, triple, "explicit", 0.8, CARS)
    name = f"claim {ends['subject']} addresses {ends['object']}"
    assert states(stand_in(small_base, quads), answer)[name] == "holds"
    evidence = re.search(r"<(\S+:205)>", quads)
    assert evidence is not None
    quads += f'<{evidence[1]}> <{GOV}review> "rejected" <urn:curation> .\n'
    assert states(stand_in(small_base, quads), answer)[name] == "rejected"


def test_a_law_that_was_superseded_since_is_said_to_be(
    small_base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = CitedDocument(RULE, "", "regulation", "", "", "", "repealed", "", "parking-rule-2025")
    monkeypatch.setattr(verification, "cited_document", lambda document: now)
    found = verify_answer(
        small_base, SavedAnswer.model_validate_json(json.dumps(saved(small_base, 2)))
    )
    assert [check.state for check in found.checks] == ["holds", "changed"]
    assert found.checks[1].message == (
        "validity is repealed, was unknown; superseded_by is parking-rule-2025, was none"
    )
    assert verification_text(found).splitlines() == [
        "document rule.md: changed: validity is repealed, was unknown; "
        "superseded_by is parking-rule-2025, was none",
        "Not all holds: 1 of 1 citations, 0 of 1 documents.",
    ]


def test_another_build_is_said_and_breaks_nothing(small_base: KnowledgeBase) -> None:
    answer = saved(small_base, 1, build="0123456789abcdef")
    found = verify_answer(small_base, SavedAnswer.model_validate_json(json.dumps(answer)))
    assert found.holds
    assert found.to_json()["build"] == {
        "answer": "0123456789abcdef",
        "now": small_base.build,
        "same": False,
    }
    assert f"The answer is of build 0123456789abcdef, the base is {small_base.build}." in (
        verification_text(found)
    )


def test_control_characters_of_an_answer_are_not_printed(small_base: KnowledgeBase) -> None:
    answer = saved(small_base, 1)
    answer["citations"][0] |= {
        "path": "a\x1b[2J\u202e\nb.md",
        "quote": "words that stand nowhere",
        "document": {"iri": "x", "title": ""},
    }
    lines = verification_text(
        verify_answer(small_base, SavedAnswer.model_validate_json(json.dumps(answer)))
    ).splitlines()
    assert lines[0] == "citation 1: missing: a [2J  b.md is not there, and the quote stands nowhere"


def test_the_command_says_by_its_exit_whether_an_answer_holds(
    small: Built, small_copy: Built, small_base: KnowledgeBase, tmp_path: Path
) -> None:
    text = json.dumps(saved(small_base, 1, 2))
    (tmp_path / "answer.json").write_text(text, "utf-8")
    index = ("--index", str(small.index))
    good = run("verify", "answer.json", *index, cwd=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout == "All holds: 2 of 2 citations, 2 of 2 documents.\n"
    edit(small_copy.corpus / "rule.md", lambda text: text.replace("不得", "可以"))
    options = ("--corpus", str(small_copy.corpus))
    bad = run("verify", "-", *options, *index, cwd=tmp_path, stdin=text)
    assert (bad.returncode, bad.stderr) == (1, "")
    assert bad.stdout.splitlines() == [
        "citation 2: gone: the quote no longer stands in rule.md; the document has changed",
        "Not all holds: 1 of 2 citations, 2 of 2 documents.",
    ]
    report = json.loads(
        run("verify", "-", "--json", *options, *index, cwd=tmp_path, stdin=text).stdout
    )
    assert (report["holds"], report["documents_from"]) == (False, "corpus")
    assert [check["state"] for check in report["checks"]] == ["holds", "gone", "holds", "holds"]
    assert report["checks"][1]["at"] is None
