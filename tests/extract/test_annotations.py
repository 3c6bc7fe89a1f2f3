"""Decisions replayed on one document: by content, wherever its words stand."""

import pytest

from govkg.extract.annotations import Annotations, spans_of
from govkg.extract.standing import stand
from govkg.model.decision import ClaimName, Correction, Decision, Proposal, Signature, Term
from govkg.model.identifiers import Minter

TEXT = """---
id: yard
---

# 北岸院落治理

## 一、存在的问题

停车难是头号问题，业主意见很大。居民缺乏公用的院灯。
"""
PARKING = "停车难是头号问题，业主意见很大。"
LIGHTS = "居民缺乏公用的院灯。"
YARD = Term("document", ("yard",))
CANDIDATE = Term("candidate", ("problem", "yard", LIGHTS))


def states(value):
    return ClaimName(
        YARD, "states", value if isinstance(value, Term) else Term("concept", (value,))
    )


def decision(name, action, value, quote="", **more):
    document = "yard" if quote else ""
    fields = {"reason": "因为", "author": "Curator One", "date": "2026-03-02"} | more
    return Decision(
        name=name, action=action, claim=states(value), document=document, quote=quote, **fields
    )


@pytest.fixture
def standing(ontology):
    def sorting(*decisions, signatures=1):
        return stand(decisions, ontology.vocabulary, ontology.places, Minter(), signatures)

    return sorting


@pytest.fixture
def replay(extract, ontology, standing):
    def replaying(*decisions, text=TEXT):
        found = extract(text)
        sorted_out = standing(*decisions)
        annotations = Annotations(
            sorted_out.orders, sorted_out.vocabulary, ontology.places, Minter()
        )
        return found, annotations.replay(found.document, found.extraction)

    return replaying


def said(extraction, ontology):
    """(object, quote, review) of everything that documents state."""
    return {
        (ontology.names.get(c.object, "other"), e.quote, e.review)
        for c in extraction.claims
        for e in c.evidence
        if c.predicate == "states"
    }


def test_without_decisions_nothing_is_touched(replay):
    found, replayed = replay()
    assert replayed.extraction is found.extraction
    found, replayed = replay(decision("a", "reject", "pb-opaque-accounts"))
    assert replayed.extraction is found.extraction


def test_accepting_makes_sure_and_rejecting_keeps_the_claim(replay, ontology):
    _, replayed = replay(decision("a", "accept", "pb-parking", PARKING))
    piece = next(e for c in replayed.extraction.claims for e in c.evidence if e.quote == PARKING)
    assert (piece.review, piece.confidence) == ("accepted", 0.99)
    _, replayed = replay(decision("a", "reject", "pb-parking", PARKING))
    assert ("pb-parking", PARKING, "rejected") in said(replayed.extraction, ontology)
    assert len(replayed.applied) == 1


def test_evidence_that_is_made_has_the_iri_that_finding_it_would_give(replay):
    found, replayed = replay(
        decision("a", "correct", "pb-parking", PARKING, correction=Correction(status="quotation"))
    )
    before = {e.iri for c in found.extraction.claims for e in c.evidence}
    after = {e.iri for c in replayed.extraction.claims for e in c.evidence}
    assert after == before


def test_a_claim_that_is_found_no_more_is_vouched_for_while_its_words_stand(replay, ontology):
    _, replayed = replay(decision("a", "accept", "pb-opaque-accounts", LIGHTS))
    assert ("pb-opaque-accounts", LIGHTS, "accepted") in said(replayed.extraction, ontology)
    _, replayed = replay(decision("a", "accept", "pb-opaque-accounts", "没有这句话。"))
    assert replayed.applied == ()


def test_a_decision_on_evidence_counts_before_one_on_the_whole_claim(replay, ontology):
    _, replayed = replay(
        decision("a", "accept", "pb-parking", PARKING), decision("b", "reject", "pb-parking")
    )
    assert ("pb-parking", PARKING, "accepted") in said(replayed.extraction, ontology)


def test_words_that_moved_are_the_same_words(replay, ontology):
    moved = TEXT.replace(PARKING, "院里人多。").rstrip() + f"居民都知道。{PARKING}\n"
    _, replayed = replay(decision("a", "reject", "pb-parking", PARKING), text=moved)
    assert ("pb-parking", PARKING, "rejected") in said(replayed.extraction, ontology)


def test_every_place_of_a_quotation_is_found():
    assert spans_of("甲乙甲乙甲", "甲乙") == ((0, 2), (2, 4))
    assert spans_of("甲", "乙") == ()


def test_what_names_the_unknown_is_an_error_and_supersedes_nothing(standing):
    good = decision("a", "reject", "pb-parking", PARKING)
    bad = decision("b", "merge", "pb-parking", PARKING, into="pb-nothing", date="2026-03-03")
    found = standing(good, bad)
    assert [order.decision.name for order in found.orders] == ["a"]
    assert [(r.decision.name, r.state) for r in found.others] == [("b", "error")]
    assert "merge is for a candidate" in found.others[0].message


@pytest.mark.parametrize(
    ("proposal", "message"),
    [
        (Proposal("PB", (("pref", "zh", "院灯"), ("pref", "en", "Lights"))), "is no notation"),
        (
            Proposal("pb-x", (("pref", "zh", "停车难"), ("pref", "en", "Lights"))),
            "the label '停车难' is already that of pb-parking",
        ),
        (
            Proposal("cm-parking", (("pref", "zh", "院灯"), ("pref", "en", "Lights"))),
            "the notation 'cm-parking' is that of a countermeasure",
        ),
        (
            Proposal("pb-x", (("pref", "zh", "院灯"), ("pref", "en", "L")), "cm-parking"),
            "broader 'cm-parking' is a countermeasure",
        ),
        (
            Proposal("pb-x", (("pref", "zh", "院灯"), ("pref", "en", "L")), "pb-nothing"),
            "unknown notation 'pb-nothing'",
        ),
    ],
)
def test_a_concept_that_would_break_the_vocabulary_is_not_promoted(standing, proposal, message):
    found = standing(decision("a", "promote", CANDIDATE, LIGHTS, proposal=proposal))
    assert found.promoted == ()
    assert message in found.others[0].message


def test_a_promoted_concept_can_be_merged_into(standing):
    proposal = Proposal("pb-lights", (("pref", "zh", "院灯缺乏"), ("pref", "en", "No lights")))
    other = Term("candidate", ("problem", "yard", "院里没有灯。"))
    found = standing(
        decision("a", "merge", other, "院里没有灯。", into="pb-lights"),
        decision("b", "promote", CANDIDATE, LIGHTS, proposal=proposal),
    )
    assert [order.decision.name for order in found.orders] == ["a", "b"]
    assert found.vocabulary.by_notation("pb-lights") is not None


def test_signatures_of_different_authors_count(standing):
    one = decision("a", "reject", "pb-parking")
    twice = decision("b", "accept", "pb-parking", signed=(Signature("Curator One", "2026-03-03"),))
    both = decision("c", "reject", "pb-opaque-accounts")
    signed = decision(
        "d", "accept", "pb-opaque-accounts", signed=(Signature("Curator Two", "2026-03-03"),)
    )
    found = standing(one, twice, both, signed, signatures=2)
    assert [order.decision.name for order in found.orders] == ["d"]
    assert {r.decision.name: r.state for r in found.others} == dict.fromkeys("abc", "waiting")


def test_a_correction_must_join_what_its_predicate_joins(standing):
    found = standing(
        decision(
            "a",
            "correct",
            "pb-parking",
            PARKING,
            correction=Correction(object=Term("place", ("CN-31",))),
        )
    )
    assert found.others[0].message.startswith("states does not join document and place")
