"""The matcher of a vocabulary's labels, in both languages, negative labels honoured."""

from collections.abc import Collection, Iterable

from govkg.model.claim import Kind
from govkg.ontology.vocabulary import KIND_CLASSES, Vocabulary
from govkg.text.labels import LabelMatcher


def concept_matcher(
    vocabulary: Vocabulary,
    kinds: Collection[Kind] = tuple(KIND_CLASSES),
    names: Iterable[tuple[str, str]] = (),
) -> LabelMatcher:
    """Finds the concepts of these kinds by their labels, and other things by their names.

    `names` are (name, IRI) pairs, matched letter for letter.
    """
    labels = [
        (label, concept.iri)
        for concept in vocabulary.concepts
        if concept.kind in kinds
        for label in concept.labels
    ]
    return LabelMatcher(
        labels=[(label.text, iri) for label, iri in labels if label.kind != "negative"],
        names=names,
        negative=[label.text for label, _ in labels if label.kind == "negative"],
    )
