"""Decisions are written so that they are read alike; what is wrong is said in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkg.errors import CorpusError
from govkg.extract.decision_file import read_decision, write_decision
from govkg.model.decision import ClaimName, Correction, Decision, Proposal, Signature, Term

STATES = ClaimName(Term("document", ("yard",)), "states", Term("concept", ("pb-parking",)))
WORDS = "居民缺乏公用的院灯。"
CANDIDATE = Term("candidate", ("problem", "yard", WORDS))
FILE = """\
decision: reject
claim:
  subject: {document: yard}
  predicate: states
  object: {concept: pb-parking}
reason: no such thing
author: Curator One
date: 2026-03-02
"""
texts = st.text(min_size=1).filter(lambda text: text.strip() and text.isprintable())
quotes = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def decision(**more):
    fields = {
        "name": "n",
        "action": "accept",
        "claim": STATES,
        "reason": "因为",
        "author": "Curator One",
        "date": "2026-03-02",
    }
    return Decision(**{**fields, **more})


@pytest.mark.parametrize(
    "made",
    [
        decision(),
        decision(action="reject", document="yard", quote="停车难：\n“晚上”更突出。 # no comment"),
        decision(
            action="correct",
            correction=Correction(Term("place", ("CN-31",)), "", Term("text", ("12%",)), "outcome"),
        ),
        decision(
            action="merge",
            claim=ClaimName(Term("document", ("yard",)), "states", CANDIDATE),
            document="yard",
            quote=WORDS,
            into="pb-parking",
        ),
        decision(
            action="promote",
            claim=ClaimName(Term("document", ("yard",)), "states", CANDIDATE),
            document="yard",
            quote=WORDS,
            proposal=Proposal(
                "pb-no-lights",
                (("pref", "zh", "院灯缺乏"), ("alt", "zh", "没有院灯"), ("pref", "en", "No")),
                "pb-parking",
                (("en", "There are no lights."),),
            ),
        ),
        decision(
            claim=ClaimName(
                Term("practice", ("yard", "议事", "CN-31")), "locatedIn", Term("place", ("CN-31",))
            ),
            signed=(Signature("Curator Two", "2026-03-04"),),
            supersedes="2026-03-01-abc",
        ),
    ],
)
def test_a_decision_is_read_as_it_was_written(made):
    assert read_decision("n", write_decision(made)) == made


@given(quotes, texts)
def test_any_quotation_and_reason_survives(quote, reason):
    made = decision(document="yard", quote=quote, reason=reason)
    assert read_decision("n", write_decision(made)) == made


def test_a_signature_leaves_the_identity_as_it_is():
    signed = decision(signed=(Signature("Curator Two", "2026-03-04"),))
    assert signed.identity == decision().identity
    assert signed.authors == ("Curator One", "Curator Two")
    assert decision(reason="other").identity != decision().identity


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("decision: reject", "decision: burn", "unknown decision 'burn'"),
        ("decision: reject", "decision: merge", "into is missing"),
        ("decision: reject", "decision: correct", "corrected is no list of fields"),
        ("predicate: states", "predicate: likes", "unknown predicate 'likes'"),
        ("{concept: pb-parking}", "pb-parking", "a subject or object is no list of fields"),
        ("{concept: pb-parking}", "{idea: x}", "a subject or object is named by one of"),
        ("reason: no such thing", "", "reason is missing"),
        ("author: Curator One", "author: ' '", "author is missing"),
        ("date: 2026-03-02", "date: yesterday", "'yesterday' is no day such as 2026-03-31"),
        ("date: 2026-03-02", "date: 2026-03-02\ndocument: yard", "needs both document and quote"),
        ("date: 2026-03-02", "date: 2026-03-02\nwhy: so", "unknown field 'why'"),
        ("author: Curator One", "author: [a", "not well-formed YAML, line"),
    ],
)
def test_what_is_wrong_is_said(written, instead, message):
    assert FILE.count(written) == 1
    with pytest.raises(CorpusError) as raised:
        read_decision("n", FILE.replace(written, instead).encode())
    assert message in str(raised.value)
    assert "docs/curation.md" in str(raised.value)


def test_a_file_that_is_no_text_or_too_long_or_too_deep_is_refused():
    for data in (b"\xff\xfe", b"a: " + b"x" * 70_000, b"[" * 20_000):
        with pytest.raises(CorpusError):
            read_decision("n", data)
