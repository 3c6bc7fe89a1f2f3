"""The whole of an extraction: claims with evidence, stable ids, a codec that loses nothing."""

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from govkg.extract import codec
from govkg.extract.extraction import Extractor
from govkg.model.claim import (
    KINDS,
    PREDICATES,
    STATUSES,
    Candidate,
    Claim,
    Evidence,
    Extraction,
    Mention,
    Practice,
)
from govkg.model.identifiers import Minter

TEXT = """# 北岸院落治理

## 一、存在的问题

停车难是头号问题，业主意见很大。晚上停车难更突出，没有空位。居民缺乏公用的院灯。湖水很浅，鱼不够。

## 二、日本经验

日本社区设立了调解室，居民轮流值守。调解室化解了多数邻里矛盾。

## 三、对策

为解决停车难，应当推行错时停车。The committee should start shared parking.

## 参考文献

停车难是老问题，物业收支不透明，《院落》2012年版第十二章。
"""


def test_one_claim_holds_all_the_evidence_for_it(extract):
    claim = extract(TEXT).claims["document", "states", "pb-parking"]
    assert [piece.quote for piece in claim.evidence][:2] == [
        "停车难是头号问题，业主意见很大。",
        "晚上停车难更突出，没有空位。",
    ]


def test_every_claim_quotes_the_document_word_for_word(extract):
    found = extract(TEXT)
    passages = {passage.iri for passage in found.document.passages}
    pieces = [piece for claim in found.extraction.claims for piece in claim.evidence]
    assert pieces
    assert all(found.document.text[p.start : p.end] == p.quote for p in pieces)
    assert {piece.passage for piece in pieces} <= passages
    assert {piece.document for piece in pieces} == {found.document.iri}


def test_no_two_claims_say_the_same_and_no_two_pieces_share_an_iri(extract):
    claims = extract(TEXT).extraction.claims
    assert max(Counter((c.subject, c.predicate, c.object) for c in claims).values()) == 1
    assert max(Counter(e.iri for c in claims for e in c.evidence).values()) == 1
    assert [c.iri for c in claims] == sorted(c.iri for c in claims)


def test_the_reference_list_is_evidence_of_nothing(extract):
    found = extract(TEXT)
    start = found.document.text.index("参考文献")
    assert all(p.end <= start for c in found.extraction.claims for p in c.evidence)
    assert ("document", "states", "pb-opaque-accounts") not in found.claims


def test_a_finding_without_a_concept_is_a_candidate_if_it_names_something_known(extract):
    found = extract(TEXT)
    assert [(c.kind, c.label) for c in found.extraction.candidates] == [
        ("problem", "居民缺乏公用的院灯")
    ]
    piece = found.claims["document", "states", "candidate"].best
    assert (piece.quote, piece.confidence) == ("居民缺乏公用的院灯。", 0.5)


def test_a_practice_has_its_place_and_its_outcome(extract):
    claims = extract(TEXT).claims
    assert (
        claims["practice", "locatedIn", "Japan"].best.quote
        == "日本社区设立了调解室，居民轮流值守。"
    )
    assert ("practice", "reportedOutcome", "调解室化解了多数邻里矛盾。") in claims


def test_mentions_stand_where_they_say(extract, ontology):
    found = extract(TEXT)
    named = [
        (ontology.names[m.target], found.document.text[m.start : m.end])
        for m in found.extraction.mentions
    ]
    assert ("Japan", "日本") in named
    assert ("pb-parking", "停车难") in named
    assert ("resident", "居民") in named


def test_the_same_document_gives_the_same_extraction_from_a_new_extractor(
    extract, ontology, encoders
):
    found = extract(TEXT)
    other = Extractor(ontology.vocabulary, ontology.places, Minter(), encoders)
    again = other.extract(found.document)
    assert again == found.extraction
    claim = found.claims["document", "states", "pb-parking"]
    assert claim.iri == Minter()("claim", found.document.iri, "states", claim.object)


def test_an_extraction_survives_its_json(extract):
    extraction = extract(TEXT).extraction
    assert codec.from_json(json.loads(json.dumps(codec.to_json(extraction)))) == extraction


words = st.text(min_size=1).filter(str.strip)
evidence = st.builds(
    lambda quote, start, status, confidence: Evidence(
        "urn:e", "urn:d", "urn:p", quote, start, start + len(quote), "explicit", status, confidence
    ),
    words, st.integers(0, 10**9), st.sampled_from(STATUSES), st.floats(0, 1),
)  # fmt: skip
extractions = st.builds(
    Extraction,
    st.just("urn:d"),
    st.lists(st.builds(Mention, words, st.integers(0, 9), st.integers(10, 99))).map(tuple),
    st.lists(
        st.builds(
            Claim, words, words, st.sampled_from(PREDICATES), words,
            st.lists(evidence, min_size=1, max_size=3).map(tuple), words,
        )
    ).map(tuple),
    st.lists(
        st.builds(Practice, words, st.lists(st.tuples(words, words), min_size=1).map(tuple), words)
    ).map(tuple),
    st.lists(st.builds(Candidate, words, st.sampled_from(KINDS), words, words)).map(tuple),
)  # fmt: skip


@given(extractions)
def test_any_extraction_survives_its_json(extraction):
    assert codec.from_json(json.loads(json.dumps(codec.to_json(extraction)))) == extraction


def test_a_problem_that_no_label_names_is_found_by_what_it_means(extract):
    found = extract("# Yard\n\n## Problems\n\nOwners fail to find a place to park their cars.\n")
    assert ("document", "states", "pb-parking") in found.claims
