from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from govkg.graph.build import document_quads, merged_claim_quads, ontology_quads
from govkg.graph.rules import infer, merge_graphs
from govkg.model.identifiers import DEFAULT_BASE
from govkg.ontology.loading import load_ontology
from govkg.ontology.namespaces import GOV
from govkg.ontology.places import read_places
from govkg.ontology.vocabulary import read_vocabulary
from tests.graph import two_documents as two

ONTOLOGY = Path(__file__).parents[2] / "ontology"
INFERRED = f"<{DEFAULT_BASE}graph-inferred>"
BOTH = (two.chinese(), two.english())
ADDRESSES = f"<{two.MEASURE}> <{GOV}addresses> <{two.PROBLEM}> {INFERRED} ."
IMPLEMENTS = f"<{two.PRACTICE}> <{GOV}implements> <{two.MEASURE}> {INFERRED} ."


def _claims(zh: float, en: float, **changed: str):
    found = [
        claim
        for document, confidence in zip(BOTH, (zh, en), strict=True)
        for claim in two.extraction(document, confidence).claims
    ]
    return [
        replace(claim, evidence=tuple(replace(one, **changed) for one in claim.evidence))
        for claim in found
    ]


def _whole() -> ox.Store:
    lines = set(merged_claim_quads(_claims(0.9, 0.6), {two.PRACTICE}, DEFAULT_BASE))
    lines.update(ontology_quads(load_ontology(ONTOLOGY), DEFAULT_BASE))
    for document in BOTH:
        lines.update(document_quads(document, two.extraction(document), DEFAULT_BASE))
    store = ox.Store()
    store.bulk_load(input="\n".join(sorted(lines)), format=ox.RdfFormat.N_QUADS)
    return store


def _values(store: ox.Store, subject: str, name: str) -> list[str]:
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(GOV + name), None, None)
    return sorted({quad.object.value for quad in quads})


def test_a_claim_of_two_documents_gets_the_values_of_its_best_evidence_once() -> None:
    lines = merged_claim_quads(_claims(0.6, 0.75), {two.PRACTICE}, DEFAULT_BASE)
    values = [line for line in lines if line.startswith(f"<{two.ADDRESSES}>")]

    assert values == [
        f'<{two.ADDRESSES}> <{GOV}basis> "explicit" {INFERRED} .',
        f"<{two.ADDRESSES}> <{GOV}confidence> "
        f'"0.75"^^<http://www.w3.org/2001/XMLSchema#decimal> {INFERRED} .',
        f'<{two.ADDRESSES}> <{GOV}status> "diagnosis" {INFERRED} .',
    ]


def test_the_order_of_the_documents_does_not_matter() -> None:
    claims = _claims(0.6, 0.6)

    assert merged_claim_quads(claims, {two.PRACTICE}, DEFAULT_BASE) == merged_claim_quads(
        claims[::-1], {two.PRACTICE}, DEFAULT_BASE
    )


def test_a_plain_triple_is_asserted_from_half_confidence_on() -> None:
    assert ADDRESSES in merged_claim_quads(_claims(0.5, 0.2), {two.PRACTICE}, DEFAULT_BASE)
    assert ADDRESSES not in merged_claim_quads(_claims(0.49, 0.2), {two.PRACTICE}, DEFAULT_BASE)


@pytest.mark.parametrize(
    ("status", "asserted"),
    [("practice", True), ("outcome", True), ("recommendation", False), ("norm", False)],
)
def test_a_practice_is_asserted_only_as_tried(status: str, asserted: bool) -> None:
    lines = merged_claim_quads(_claims(0.9, 0.9, status=status), {two.PRACTICE}, DEFAULT_BASE)

    assert (IMPLEMENTS in lines) is asserted
    assert ADDRESSES in lines


def test_a_reported_outcome_is_asserted_as_a_text_with_its_language() -> None:
    claim = replace(
        two.extraction(two.chinese()).claims[1], predicate="reportedOutcome", object="投票人数翻番"
    )

    assert (
        f'<{two.PRACTICE}> <{GOV}reportedOutcome> "投票人数翻番"@zh {INFERRED} .'
        in merged_claim_quads([claim], {two.PRACTICE}, DEFAULT_BASE)
    )


def test_rules_infer_what_a_practice_responds_to_and_where_it_is() -> None:
    store = _whole()
    infer(store, DEFAULT_BASE)

    assert _values(store, two.PRACTICE, "respondsTo") == [two.PROBLEM]
    assert _values(store, two.PRACTICE, "country") == ["ES"]
    assert _values(store, two.PRACTICE, "region") == ["ES-CT"]
    assert _values(store, two.PRACTICE, "setting") == ["overseas"]


def test_rules_infer_nothing_new_when_run_again() -> None:
    store = _whole()
    infer(store, DEFAULT_BASE)
    once = len(store)
    infer(store, DEFAULT_BASE)

    assert len(store) == once


@pytest.mark.parametrize("home", ["CN", "ES", "ES-CT", "CN-HK", "GB"])
def test_rules_and_places_agree_on_the_setting(home: str) -> None:
    store = _whole()
    places = read_places(store)
    practices = {}
    for code in ("330200", "CN-HK", "CN-TW-taipei", "SG", "ES-CT-barcelona", "GB-ENG-london"):
        practice, place = f"{two.PRACTICE}-{code}", places.by_code(code)
        assert place is not None
        practices[practice] = place.iri
        store.update(
            f"INSERT DATA {{ GRAPH <{DEFAULT_BASE}g> "
            f"{{ <{practice}> a <{GOV}Practice> ; <{GOV}locatedIn> <{place.iri}> }} }}"
        )
    infer(store, DEFAULT_BASE, home)

    for practice, place_iri in practices.items():
        assert _values(store, practice, "setting") == [places.setting(place_iri, home)]


def test_a_home_that_is_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match="not an ISO 3166 code"):
        infer(ox.Store(), DEFAULT_BASE, 'CN" || true || "')


def test_a_merged_default_graph_counts_a_shared_claim_once() -> None:
    store = _whole()
    merge_graphs(store)
    rows = store.query(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT (COUNT(*) AS ?n) WHERE "
        f"{{ <{two.ADDRESSES}> rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }}"
    )

    assert [row["n"].value for row in rows] == ["1"]


def test_the_vocabulary_read_from_a_built_graph_is_the_one_in_turtle() -> None:
    built, turtle = _whole(), load_ontology(ONTOLOGY).store

    assert read_vocabulary(built) == read_vocabulary(turtle)
    assert read_places(built) == read_places(turtle)
