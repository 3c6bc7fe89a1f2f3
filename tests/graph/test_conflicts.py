"""What cannot both be true is marked, all sides kept; what only differs is not."""

import pyoxigraph as ox
import pytest

from govkg.graph.conflicts import conflict_quads
from govkg.graph.queries import Graph
from govkg.model.identifiers import DEFAULT_BASE
from govkg.ontology.namespaces import prefix_header

ID = DEFAULT_BASE


def store_of(*graphs: str) -> ox.Store:
    """A store with a named graph for each Turtle text, after the place hierarchy."""
    store = ox.Store()
    places = "id:gulou dcterms:isPartOf id:nanjing . id:nanjing dcterms:isPartOf id:jiangsu ."
    for number, turtle in enumerate([places, *graphs]):
        header = "".join(
            line.replace("PREFIX", "@prefix") + " .\n" for line in prefix_header().splitlines()
        )
        store.load(
            input=f"{header}@prefix id: <{ID}> .\n{turtle}",
            format=ox.RdfFormat.TURTLE,
            to_graph=ox.NamedNode(f"{ID}version-{number}"),
        )
    return store


def conflicts(*graphs: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Kind, subject and sides (document with value, or with the quotation's name)."""
    store = store_of(*graphs)
    store.bulk_load(input="\n".join(conflict_quads(store, ID)), format=ox.RdfFormat.N_QUADS)
    return [
        (
            one.kind,
            one.subject.removeprefix(ID),
            [
                (
                    side.document.removeprefix(ID),
                    side.evidence.iri.removeprefix(ID) if side.evidence else side.value,
                )
                for side in one.sides
            ],
        )
        for one in Graph(store).conflicts
    ]


def practice(document: str, facts: str) -> str:
    return f"id:{document} a gov:Document . id:gulou-talks a gov:Practice ; {facts} ."


def piece(
    document: str, quote: str, claim: str = "id:claim-1", status: str = "outcome", more: str = ""
) -> str:
    """A document with one piece of evidence of a claim."""
    return (
        f"id:{document} a gov:Document . {claim} gov:evidence id:e-{document} . "
        f'id:e-{document} prov:wasQuotedFrom id:{document} ; oa:exact "{quote}" ; '
        f"gov:inPassage id:p-{document} ; oa:start 0 ; oa:end {len(quote)} ; "
        f'gov:status "{status}" ; gov:confidence 0.9 {more} .'
    )


def test_a_practice_in_two_places_apart_is_a_conflict_with_both_sides() -> None:
    found = conflicts(
        practice("one", "gov:locatedIn id:gulou"), practice("other", "gov:locatedIn id:chengdu")
    )

    assert found == [("place", "gulou-talks", [("one", f"{ID}gulou"), ("other", f"{ID}chengdu")])]


def test_a_place_and_a_wider_one_are_both_true() -> None:
    assert not conflicts(
        practice("one", "gov:locatedIn id:gulou"), practice("other", "gov:locatedIn id:jiangsu")
    )


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2016-", "2014-", True),
        ("2015-2018", "2015-2019", True),
        ("2016-", "2016", False),
        ("2016-", "2016-2021", False),
        ("2016年起", "2016-", False),
    ],
)
def test_years_conflict_where_they_begin_or_end_otherwise(
    one: str, other: str, differ: bool
) -> None:
    found = conflicts(
        practice("one", f'gov:years "{one}"'), practice("other", f'gov:years "{other}"')
    )

    assert found == ([("years", "gulou-talks", [("one", one), ("other", other)])] * differ)


def act(document: str, facts: str) -> str:
    return f"id:{document} a gov:Document ; {facts} ."


def test_one_act_has_one_day_of_entry_into_force() -> None:
    same = 'gov:documentNumber "国务院令第379号" ; dcterms:title "物业管理条例"@zh'
    first = act("one", f'{same} ; gov:effective "2003-09-01"^^xsd:date')
    second = act("other", f'{same} ; gov:effective "2003-10-01"^^xsd:date')

    assert conflicts(first, second) == [
        ("effective", "one", [("one", "2003-09-01"), ("other", "2003-10-01")])
    ]


def test_language_versions_of_an_act_must_agree_on_its_number() -> None:
    zh = act("zh", 'dcterms:isVersionOf id:work ; gov:documentNumber "国务院令第379号"')
    en = act("en", 'dcterms:isVersionOf id:work ; gov:documentNumber "国务院令第504号"')

    assert conflicts(zh, en) == [
        ("number", "work", [("en", "国务院令第504号"), ("zh", "国务院令第379号")])
    ]


def test_two_acts_and_a_less_exact_date_are_no_conflict() -> None:
    beijing = act(
        "bj", 'dcterms:title "北京市物业管理条例"@zh ; gov:effective "2020-05-01"^^xsd:date'
    )
    shanghai = act(
        "sh", 'dcterms:title "上海市物业管理规定"@zh ; gov:effective "2011-04-01"^^xsd:date'
    )
    same = 'gov:documentNumber "中发〔2022〕8号" ; dcterms:title "信访工作条例"@zh'
    day = act("day", f'{same} ; dcterms:issued "2022-02-25"^^xsd:date')
    year = act("year", f'{same} ; dcterms:issued "2022"^^xsd:gYear')

    assert conflicts(beijing, shanghai, day, year) == []


OUTCOME = "id:claim-1 rdf:subject id:gulou-talks ; rdf:predicate gov:reportedOutcome ."
WORKED, FAILED = "物业费收缴率提高了。", "试点一年，收缴率未见改善。"


def test_sources_that_differ_on_whether_a_practice_worked_are_in_conflict() -> None:
    assert conflicts(OUTCOME, piece("one", WORKED), piece("other", FAILED)) == [
        ("outcome", "gulou-talks", [("one", "e-one"), ("other", "e-other")])
    ]


def test_a_measure_against_a_problem_is_judged_by_its_claim() -> None:
    addresses = "id:claim-1 rdf:subject id:cm ; rdf:predicate gov:addresses ; rdf:object id:pb ."
    found = conflicts(
        addresses,
        piece("one", "Fines cut littering by half."),
        piece("other", "The fines did not reduce littering."),
    )

    assert found == [("outcome", "claim-1", [("one", "e-one"), ("other", "e-other")])]


@pytest.mark.parametrize(
    "other",
    [
        piece("other", WORKED),
        piece("other", FAILED, status="recommendation"),
        piece("other", FAILED, more='; gov:review "rejected"'),
        piece("other", FAILED) + " id:other prov:alternateOf id:one .",
    ],
    ids=["both worked", "no outcome", "rejected", "one source"],
)
def test_no_conflict_without_two_sources_that_report_otherwise(other: str) -> None:
    assert conflicts(OUTCOME, piece("one", WORKED), other) == []


def decision(name: str, author: str, evidence: str, in_force: str = "true") -> str:
    return (
        f"id:{name} a gov:Decision ; gov:inForce {in_force} ; gov:appliesTo id:{evidence} ; "
        f"prov:wasAssociatedWith id:{author} ."
    )


def test_a_claim_that_one_curator_accepted_and_another_rejected_is_in_conflict() -> None:
    yes = piece("one", WORKED, status="practice", more='; gov:review "accepted"')
    no = piece("other", WORKED, status="practice", more='; gov:review "rejected"')
    by_two = decision("d1", "wang", "e-one") + decision("d2", "li", "e-other")
    by_one = decision("d1", "wang", "e-one") + decision("d2", "wang", "e-other")

    assert conflicts(yes, no, by_two) == [
        ("review", "claim-1", [("one", "e-one"), ("other", "e-other")])
    ]
    assert conflicts(yes, no, by_one) == []
    stale = decision("d1", "wang", "e-one") + decision("d2", "li", "e-other", "false")
    assert conflicts(yes, no, stale) == []
