from pathlib import Path

import pyoxigraph as ox
import pytest

from govkg.ontology.loading import load_ontology

ONTOLOGY = Path(__file__).parents[2] / "ontology"
CHECKS = sorted((ONTOLOGY / "checks").glob("*.rq"))
PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix gov: <https://w3id.org/govkg/def#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
# For each check a graph that it must find, and that is otherwise as small as can be.
FAULTS = {
    "broad-match-dangling": "<urn:a> skos:broadMatch <urn:b> .",
    "broader-dangling": "<urn:a> skos:inScheme <urn:s> ; skos:broader <urn:b> . "
    "<urn:b> skos:inScheme <urn:other> .",
    "claim-ambiguous": "<urn:c> a gov:Claim ; rdf:subject <urn:a>, <urn:b> .",
    "claim-unknown": "<urn:c> rdf:object <urn:a> .",
    "claim-values": "<urn:c> a gov:Claim ; gov:basis 'explicit' ; gov:status 'norm' ; "
    "gov:confidence 0.5, 0.6 .",
    "concept-unlabelled": "<urn:a> skos:inScheme <urn:s> ; skos:prefLabel '原因'@zh .",
    "evidence-dangling": "<urn:c> a gov:Claim ; gov:evidence <urn:e> .",
    "evidence-elsewhere": "<urn:e> a gov:Evidence ; gov:inPassage <urn:p> ; oa:start 3 ; "
    "oa:end 9 ; prov:wasQuotedFrom <urn:d> . <urn:p> dcterms:isPartOf <urn:d> ; "
    "oa:start 0 ; oa:end 8 .",
    "hierarchy-cycle": "<urn:a> skos:broader <urn:b> . <urn:b> skos:broader <urn:a> .",
    "intended-for-dangling": "<urn:a> a gov:Countermeasure ; gov:intendedFor <urn:b> . "
    "<urn:b> a gov:Cause .",
    "label-shared": "<urn:a> skos:inScheme <urn:s> ; skos:prefLabel 'Fund'@en . "
    "<urn:b> skos:inScheme <urn:s> ; skos:altLabel 'fund'@en .",
    "notation-shared": "<urn:a> skos:inScheme <urn:s> ; skos:notation 'x' . "
    "<urn:b> skos:inScheme <urn:t> ; skos:notation 'x' .",
    "passage-dangling": "<urn:m> gov:inPassage <urn:p> .",
    "place-dangling": "<urn:d> gov:locatedIn <urn:a> .",
    "place-label-shared": "<urn:a> a gov:Place ; skos:prefLabel '朝阳区'@zh . "
    "<urn:b> a gov:Place ; skos:altLabel '朝阳区'@zh .",
    "triple-unclaimed": "<urn:a> gov:addresses <urn:b> . "
    "<urn:c> rdf:subject <urn:a> ; rdf:predicate gov:hasCause ; rdf:object <urn:b> .",
}


def _rows(query: Path, store: ox.Store) -> list[ox.QuerySolution]:
    rows = store.query(query.read_text("utf-8"), use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return list(rows)


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_a_check_has_a_title_and_finds_nothing_in_the_ontology(check: Path) -> None:
    assert check.read_text("utf-8").startswith("# title: ")
    assert _rows(check, load_ontology(ONTOLOGY).store) == []


def test_every_check_has_a_fault_to_find() -> None:
    assert {check.stem for check in CHECKS} == set(FAULTS)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_check_finds_its_fault(name: str) -> None:
    store = ox.Store()
    store.bulk_load(input=PREFIXES + FAULTS[name], format=ox.RdfFormat.TURTLE)

    assert len(_rows(ONTOLOGY / "checks" / f"{name}.rq", store)) >= 1


@pytest.mark.parametrize(("within", "found"), [("", 1), ("<urn:x> dcterms:isPartOf <urn:y> .", 0)])
def test_documents_may_put_a_practice_into_a_place_and_into_one_around_it(
    within: str, found: int
) -> None:
    store = ox.Store()
    trig = f"""{PREFIXES}
      GRAPH <urn:1> {{ <urn:p> a gov:Practice ; gov:locatedIn <urn:x> }}
      GRAPH <urn:2> {{ <urn:p> a gov:Practice ; gov:locatedIn <urn:y> . {within} }}
    """
    store.bulk_load(input=trig, format=ox.RdfFormat.TRIG)

    assert len(_rows(ONTOLOGY / "questions" / "15-practices-in-two-places.rq", store)) == found
