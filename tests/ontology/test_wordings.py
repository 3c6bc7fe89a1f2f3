"""The wordings of the vocabulary: how many, in which languages, and that none misleads."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from govkg.ontology.labels import Label, read_labels
from govkg.ontology.loading import load_ontology
from govkg.ontology.matching import concept_matcher
from govkg.ontology.namespaces import SKOS
from govkg.ontology.vocabulary import Concept, Vocabulary, read_vocabulary
from govkg.text.labels import LabelMatcher
from govkg.text.language import has_han
from govkg.text.script import simplify
from govkg.text.terms import stem, words

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(load_ontology(ONTOLOGY).store)


def _naming(concept: Concept) -> list[Label]:
    return [label for label in concept.labels if label.kind != "negative"]


def _as_matched(text: str) -> str:
    """A label as the matcher sees it: script folded, English words as stems."""
    return simplify(text) if has_han(text) else " ".join(stem(text[a:b]) for a, b in words(text))


def test_there_are_enough_labels_in_both_languages(vocabulary: Vocabulary) -> None:
    languages = Counter(x.language for concept in vocabulary.concepts for x in _naming(concept))

    assert languages["zh"] + languages["en"] >= 1_800
    assert min(languages["zh"], languages["en"]) >= 850


def test_every_concept_has_other_wordings_in_both_languages(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts:
        languages = Counter(label.language for label in _naming(concept))
        assert min(languages["zh"], languages["en"]) >= 3, concept.notation


def test_every_concept_is_defined_in_one_sentence_in_each_language(vocabulary: Vocabulary) -> None:
    store = load_ontology(ONTOLOGY).store
    defined = defaultdict(dict)
    for quad in store:
        if quad.predicate.value == f"{SKOS}definition":
            defined[quad.subject.value][quad.object.language] = quad.object.value
    for concept in vocabulary.concepts:
        texts = defined[concept.iri]
        assert sorted(texts) == ["en", "zh"], concept.notation
        assert texts["zh"].endswith("。"), concept.notation
        assert texts["zh"].count("。") == 1, concept.notation
        assert texts["en"].endswith("."), concept.notation
        assert ". " not in texts["en"], concept.notation


def test_no_two_definitions_are_alike() -> None:
    store = load_ontology(ONTOLOGY).store
    texts = [q.object.value for q in store if q.predicate.value == f"{SKOS}definition"]

    assert len(texts) == len(set(texts))


def test_no_two_concepts_of_a_scheme_have_labels_that_the_matcher_takes_for_one(
    vocabulary: Vocabulary,
) -> None:
    holders = defaultdict(set)
    for concept in vocabulary.concepts:
        for label in _naming(concept):
            holders[concept.kind, _as_matched(label.text)].add(concept.notation)

    assert {label: found for label, found in holders.items() if len(found) > 1} == {}


def test_no_concept_has_two_labels_that_the_matcher_takes_for_one(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts:
        forms = Counter(_as_matched(label.text) for label in _naming(concept))
        assert [form for form, n in forms.items() if n > 1] == [], concept.notation


def test_a_label_is_written_in_its_language_without_stray_space(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts:
        for label in concept.labels:
            written = has_han(label.text) or label.text == "12345"
            assert written == (label.language == "zh"), label
            assert label.text == " ".join(label.text.split()), label


def test_words_that_mean_other_things_as_well_are_no_labels(vocabulary: Vocabulary) -> None:
    misleading = {
        "主体", "支部", "条例", "减负", "奖励", "评优", "垄断", "推脱", "志愿者队", "工作经费",
        "subject", "main body", "administration", "council", "business", "firm", "competition",
        "disclosure", "incentives", "partnership", "succession", "dependency", "mistrust",
        "petitions", "silos", "hotline", "blacklist", "rating system", "RC",
    }  # fmt: skip
    texts = {x.text for concept in vocabulary.concepts for x in _naming(concept)}

    assert misleading & texts == set()


def test_a_negative_label_holds_a_label_of_its_concept_and_is_none_itself(
    vocabulary: Vocabulary,
) -> None:
    named = {_as_matched(x.text) for concept in vocabulary.concepts for x in _naming(concept)}
    negative = 0
    for concept in vocabulary.concepts:
        own = LabelMatcher((label.text, concept.iri) for label in _naming(concept))
        for label in concept.labels:
            if label.kind == "negative":
                negative += 1
                assert own.find(label.text), label
                assert _as_matched(label.text) not in named, label
    assert negative >= 60


@pytest.mark.parametrize(
    "text",
    [
        "食堂改成自助餐",
        "市民政局发布通知",
        "行业主管部门加强指导",
        "组织部署下一步工作",
        "街道两侧种了树",
        "neighbouring countries did the same",
        "a basketball court was built",
        "power grid management",
    ],
)
def test_a_wording_that_only_looks_like_a_label_names_nothing_of_the_kind(
    vocabulary: Vocabulary, text: str
) -> None:
    wrong = {
        "cm-elder-child", "resident", "owner", "organisation-department", "subdistrict-office",
        "police-justice", "cm-grid",
    }  # fmt: skip
    names = {concept.iri: concept.notation for concept in vocabulary.concepts}
    matches = concept_matcher(vocabulary).find(text)

    assert {names[iri] for match in matches for iri in match.targets} & wrong == set()


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("我们小区车没处停", "pb-parking"),
        ("有人拖欠物业费", "pb-fee-arrears"),
        ("電動自行車飛線充電", "pb-e-bike"),
        ("業主投票率不夠", "pb-decision-deadlock"),
        ("Owners refused to pay fees.", "pb-fee-arrears"),
        ("lonely deaths among the old", "pb-isolation"),
        ("a court-appointed administrator runs the block", "cm-administrator"),
        ("Neighborhood watch groups were formed.", "cm-police-liaison"),
    ],
)
def test_people_find_a_concept_by_their_own_words(
    vocabulary: Vocabulary, text: str, notation: str
) -> None:
    names = {concept.iri: concept.notation for concept in vocabulary.concepts}
    found = [names[iri] for x in concept_matcher(vocabulary).find(text) for iri in x.targets]

    assert notation in found


def test_every_countermeasure_is_intended_for_some_problem(vocabulary: Vocabulary) -> None:
    measures = [concept for concept in vocabulary.concepts if concept.kind == "countermeasure"]

    assert [concept.notation for concept in measures if not concept.intended_for] == []


def test_labels_are_read_once_from_the_whole_ontology() -> None:
    labels = read_labels(load_ontology(ONTOLOGY).store)

    assert sum(len(own) for own in labels.values()) > 4_000
