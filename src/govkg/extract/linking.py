"""Sentences to the vocabulary's concepts: those that a sentence most likely speaks of."""

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from govkg.extract.scoring import ConceptScorer, Encode, Matrix
from govkg.model.claim import Kind
from govkg.ontology.finding_labels import FINDING_KINDS
from govkg.ontology.vocabulary import Vocabulary

__all__ = ["Encode", "Link", "Linker", "Matrix"]

# The document itself, and the titles of others, name no measure.
_TITLES = re.compile(
    r"本(?:条例|法|办法|规定|细则|章程)|《[^《》]{1,80}》|\bthis (?:act|law|regulation|charter)\b",
    re.IGNORECASE,
)
# Less likely links are noise; of one kind no sentence speaks of more than these.
_MIN_CHANCE = 0.3
_PER_KIND = 4


@dataclass(frozen=True, slots=True)
class Link:
    """A concept that a sentence speaks of; `score` is the chance that it does, 0 to 1."""

    concept: str
    kind: Kind
    score: float


class Linker:
    """Links sentences of both languages to the vocabulary's problems, causes, measures."""

    def __init__(
        self, vocabulary: Vocabulary, label_matrix: Matrix | None, encode: Encode | None
    ) -> None:
        """Takes the vectors of `finding_labels(vocabulary, "en")` and their encoder, or neither."""
        self._scorers = {
            "zh": ConceptScorer(vocabulary, "zh"),
            "en": ConceptScorer(vocabulary, "en", label_matrix, encode),
        }
        self._read: Callable[[str], str] = str

    def reading(self, read: Callable[[str], str]) -> "Linker":
        """The same linker for texts that have to be put in other words before they are linked."""
        other = copy.copy(self)
        other._read = read
        return other

    def link(self, texts: Sequence[str], language: str) -> list[tuple[Link, ...]]:
        """The links of each sentence, likeliest first; at most four concepts of a kind."""
        if not texts:
            return []
        scorer = self._scorers[language]
        chances = scorer.score([_without_titles(self._read(text)) for text in texts])
        return [_likeliest(row, scorer) for row in chances]


def _likeliest(chances: Matrix, scorer: ConceptScorer) -> tuple[Link, ...]:
    kept: list[Link] = []
    for kind in FINDING_KINDS:
        links = [
            # Two decimals: the last bits differ between machines, a claim must not.
            Link(concept.iri, kind, round(float(chance), 2))
            for concept, chance in zip(scorer.concepts, chances, strict=True)
            if concept.kind == kind and chance >= _MIN_CHANCE
        ]
        kept += sorted(links, key=lambda link: (-link.score, link.concept))[:_PER_KIND]
    return tuple(sorted(kept, key=lambda link: (-link.score, link.concept)))


def _without_titles(text: str) -> str:
    return _TITLES.sub(lambda title: " " * len(title.group()), text)
