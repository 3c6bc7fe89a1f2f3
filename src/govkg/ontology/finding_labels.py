"""The labels by which problems, causes and countermeasures are recognised, in a fixed order."""

from govkg.model.claim import Kind
from govkg.ontology.vocabulary import Vocabulary

FINDING_KINDS: tuple[Kind, ...] = ("problem", "cause", "countermeasure")


def finding_labels(vocabulary: Vocabulary, language: str) -> list[tuple[str, str]]:
    """(label, concept IRI) pairs of a language; row n of the label vectors is pair n of English."""
    return [
        (label.text, concept.iri)
        for concept in vocabulary.concepts
        if concept.kind in FINDING_KINDS
        for label in concept.labels
        if label.language == language and label.kind != "negative"
    ]
