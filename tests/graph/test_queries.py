"""Our own queries over a small world give rows in a defined order."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from govkg.errors import KnowledgeBaseError
from govkg.graph.queries import Graph, write_store
from tests.search.world import BASE, World, iri, littered


def graph(world: World) -> Graph:
    return Graph(world.store)


def short(rows: list[str]) -> list[str]:
    return [row.removeprefix(BASE) for row in rows]


def test_claims_come_surest_first_then_by_iri() -> None:
    claims = graph(littered()).claims_about([iri("cm-bins")])
    assert [(short([c.subject, c.object]), c.predicate, c.confidence) for c in claims] == [
        (["chengdu-bins", "cm-bins"], "implements", 0.9),
        (["cm-bins", "pb-litter"], "addresses", 0.9),
        (["osaka-bins", "cm-bins"], "implements", 0.8),
        (["hongkong-bins", "cm-bins"], "implements", 0.7),
    ]


def test_a_claim_between_two_things_asked_about_comes_once() -> None:
    claims = graph(littered()).claims_about([iri("ca-no-bins"), iri("pb-litter")])
    assert len({claim.iri for claim in claims}) == len(claims) == 4


def test_evidence_carries_its_document_and_offsets() -> None:
    claim = iri("claim-cm-bins-addresses-pb-litter")
    pieces = graph(littered()).evidence_of([claim])[claim]
    assert [(short([p.document, p.passage]), p.start, p.end) for p in pieces] == [
        (["record", "record-1"], 19, 42),
        (["report", "report-2"], 23, 34),
    ]


def test_what_nothing_is_known_of_has_no_claims_and_no_evidence() -> None:
    assert graph(littered()).claims_about([iri("pb-noise")]) == []
    assert graph(littered()).evidence_of([iri("claim-none")]) == {iri("claim-none"): []}


def test_practices_answer_problems_both_ways() -> None:
    known = graph(littered())
    assert short(known.responders(iri("pb-litter"))) == [
        "chengdu-bins",
        "hongkong-bins",
        "osaka-bins",
    ]
    assert short(known.responses_of(iri("osaka-bins"))) == ["pb-litter"]


def test_practices_have_their_labels_with_languages() -> None:
    properties = graph(littered()).practices()[iri("hongkong-bins")]
    assert properties["prefLabel"] == [("Bins in Hong Kong", "en"), ("香港添桶", "zh")]
    assert properties["locatedIn"] == [(iri("hongkong"), "")]


def test_a_chinese_label_is_preferred_and_a_thing_without_one_has_none() -> None:
    known = graph(littered())
    assert known.label_of(iri("hongkong-bins")) == ("香港添桶", "zh")
    assert known.label_of(iri("pb-noise")) == ("", "")


def test_a_thing_is_mentioned_where_a_document_names_it() -> None:
    world = littered()
    world.mention("osaka", "record-1")
    known = graph(world)
    assert known.is_mentioned(iri("osaka"))
    assert not known.is_mentioned(iri("iceland"))
    assert known.mentions_in(iri("record"), iri("osaka")) == [(0, 1)]


def test_counts_are_of_things_not_of_rows() -> None:
    counts = graph(littered()).counts()
    assert counts["claims_by_predicate"] == {
        "addresses": 2,
        "hasCause": 1,
        "implements": 3,
        "states": 1,
    }
    assert counts["claims_by_status"] == {"diagnosis": 2, "practice": 4, "recommendation": 1}


def test_a_description_has_what_points_at_a_thing_too() -> None:
    quads = graph(littered()).describe(iri("ca-no-bins"))
    assert [quad.subject.value for quad in quads] == [iri("claim-pb-litter-hasCause-ca-no-bins")]
    assert graph(littered()).describe(iri("nothing")) == []


def test_a_written_store_opens_and_names_no_time(tmp_path: Path) -> None:
    quads = tmp_path / "graph.nq"
    quads.write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n")
    write_store(tmp_path / "store", quads)
    assert len(Graph.open(tmp_path / "store").store) == 1
    assert list((tmp_path / "store").glob("LOG*")) == []


def test_a_folder_that_is_no_store_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="the graph cannot be opened"):
        Graph.open(tmp_path / "nothing")


def test_only_solutions_come_from_our_own_queries() -> None:
    with pytest.raises(TypeError):
        list(Graph(ox.Store())._select("ASK {}"))


def test_what_is_no_iri_names_nothing() -> None:
    for junk in ("", "\0", "http://e/<x>", "http://e/a b", "http://e/{x}", "no scheme"):
        assert graph(World()).describe(junk) == []
