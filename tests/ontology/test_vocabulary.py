from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from govkg.model.identifiers import Minter
from govkg.ontology.loading import load_ontology
from govkg.ontology.vocabulary import Concept, Label, Vocabulary, read_vocabulary

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(load_ontology(ONTOLOGY).store)


def test_the_schemes_have_as_many_concepts_as_were_drafted(vocabulary: Vocabulary) -> None:
    kinds = Counter(concept.kind for concept in vocabulary.concepts)

    assert kinds == {"actor": 43, "problem": 72, "cause": 41, "countermeasure": 73}


def test_every_concept_is_named_once_in_each_language(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts:
        preferred = [label.language for label in concept.labels if label.kind == "pref"]
        assert preferred == ["zh", "en"], concept.notation


def test_no_two_concepts_of_a_scheme_share_a_label(vocabulary: Vocabulary) -> None:
    holders = defaultdict(set)
    for concept in vocabulary.concepts:
        for label in concept.labels:
            holders[concept.kind, label.text.casefold()].add(concept.notation)

    assert {label: found for label, found in holders.items() if len(found) > 1} == {}


def test_no_label_is_repeated_within_a_concept(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts:
        texts = [label.text.casefold() for label in concept.labels]
        assert len(texts) == len(set(texts)), concept.notation


def test_an_iri_is_minted_from_kind_and_notation(vocabulary: Vocabulary) -> None:
    mint = Minter()

    for concept in vocabulary.concepts:
        assert concept.iri == mint(concept.kind, concept.notation), concept.notation


def test_a_wording_of_two_drafts_stays_where_it_fits_best(vocabulary: Vocabulary) -> None:
    carrying = {
        text: [c.notation for c in vocabulary.concepts if text in {x.text for x in c.labels}]
        for text in ("多头管理", "持证上岗")
    }

    assert carrying == {"多头管理": ["ca-fragmentation"], "持证上岗": ["cm-licensing"]}


def test_a_concept_reads_as_it_is_written(vocabulary: Vocabulary) -> None:
    concept = vocabulary.by_notation("pb-fee-arrears")

    assert concept is not None
    assert (concept.kind, concept.pref("zh")) == ("problem", "物业费收缴难")
    assert concept.pref("en") == "Property fees are hard to collect"
    assert Label("欠物业费", "zh", "alt") in concept.labels
    assert vocabulary.get(concept.iri) is concept


def test_the_hierarchy_can_be_walked_both_ways(vocabulary: Vocabulary) -> None:
    branch = vocabulary.by_notation("compound-party-branch", "actor")
    parent = vocabulary.by_notation("grassroots-party-organisation", "actor")
    assert branch is not None
    assert parent is not None

    names = [
        found.notation for iri in vocabulary.ancestors(branch.iri) if (found := vocabulary.get(iri))
    ]
    assert names == ["grassroots-party-organisation", "party-organisation", "actor"]
    assert branch.iri in vocabulary.narrower(parent.iri)


def test_what_is_intended_and_what_is_broader_exists_and_is_of_the_right_kind(
    vocabulary: Vocabulary,
) -> None:
    for concept in vocabulary.concepts:
        for iri in concept.broader:
            above = vocabulary.get(iri)
            assert above is not None
            assert above.kind == concept.kind
        for iri in concept.intended_for:
            problem = vocabulary.get(iri)
            assert problem is not None
            assert (concept.kind, problem.kind) == ("countermeasure", "problem")


def test_a_cycle_does_not_trap_the_walk() -> None:
    labels = (Label("甲", "zh"), Label("one", "en"))
    loop = Vocabulary(
        [
            Concept("urn:b", "cause", "b", labels, ("urn:a",)),
            Concept("urn:a", "cause", "a", labels, ("urn:b",)),
        ]
    )

    assert [concept.iri for concept in loop.concepts] == ["urn:a", "urn:b"]
    assert loop.ancestors("urn:a") == ("urn:b",)


def test_a_notation_or_kind_that_is_not_there_gives_none(vocabulary: Vocabulary) -> None:
    assert vocabulary.by_notation("pb-nothing") is None
    assert vocabulary.by_notation("pb-fee-arrears", "cause") is None
    assert vocabulary.get("urn:nothing") is None


def test_candidates_and_other_languages_are_left_out_and_hidden_and_negative_labels_read() -> None:
    store = ox.Store()
    store.bulk_load(
        input="""
        @prefix gov: <https://w3id.org/govkg/def#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:a> a gov:Cause ; skos:inScheme <urn:s> ; skos:notation "ca-a" ;
          skos:prefLabel "原因"@zh, "cause"@en, "cause"@fr ; skos:hiddenLabel "缘因"@zh ;
          gov:negativeLabel "原因不明"@zh .
        <urn:b> a gov:Cause ; gov:candidate true ; skos:prefLabel "候选"@zh .
        """,
        format=ox.RdfFormat.TURTLE,
    )

    assert read_vocabulary(store).concepts == (
        Concept(
            "urn:a",
            "cause",
            "ca-a",
            (
                Label("原因", "zh", "pref"),
                Label("cause", "en", "pref"),
                Label("缘因", "zh", "hidden"),
                Label("原因不明", "zh", "negative"),
            ),
        ),
    )
