"""The shipped weights and examples fit the corpus and the vocabulary that they came from."""

import pytest

from govkg.extract.scoring import FEATURES, LEXICAL, ConceptScorer, examples
from govkg.ontology.finding_labels import FINDING_KINDS
from tests.starter_check import starter_documents


def test_every_example_stands_in_the_work_that_it_came_from() -> None:
    bodies: dict[str, str] = {}
    for one in starter_documents():
        bodies[one.front["work"]] = bodies.get(one.front["work"], "") + one.body

    strays = {x.work for x in examples() if x.text not in bodies.get(x.work, "")}

    assert strays == set(), "run `make train-linking`"


def test_no_example_comes_from_the_digest_of_the_seed_paper() -> None:
    assert "seed-paper" not in {example.work for example in examples()}


def test_every_example_is_of_a_concept_of_the_vocabulary(ontology) -> None:
    kinds = {c.notation: c.kind for c in ontology.vocabulary.concepts}

    assert {kinds.get(example.notation) for example in examples()} == set(FINDING_KINDS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_features_are_named_and_leave_out_the_text_s_own_work(ontology, language) -> None:
    scorer = ConceptScorer(ontology.vocabulary, language)
    example = next(x for x in scorer.examples if len(x.text) > 20)
    column = next(
        n for n, concept in enumerate(scorer.concepts) if concept.notation == example.notation
    )

    found = scorer.features([example.text + " "], [example.work])

    assert set(found) == set(LEXICAL)
    assert set(LEXICAL) < set(FEATURES)
    assert found["example"][0, column] < 0.98


def test_a_vocabulary_of_other_concepts_has_no_examples_and_still_scores(ontology) -> None:
    from govkg.ontology.labels import Label
    from govkg.ontology.vocabulary import Concept, Vocabulary

    other = Vocabulary(
        [Concept("urn:a", "problem", "pb-of-our-own", (Label("漏水", "zh", "pref"),))]
    )
    scorer = ConceptScorer(other, "zh")

    assert scorer.examples == ()
    assert scorer.score(["楼上漏水三年没人修。"]).shape == (1, 1)
