"""Sentences to the vocabulary's concepts: those that a sentence most likely states."""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from govkg.extract.scoring import ConceptScorer, Context, Encode
from govkg.extract.statements import Statement
from govkg.extract.typing import Typed, type_statements
from govkg.extract.weights import Matrix
from govkg.model.claim import Kind
from govkg.ontology.finding_labels import FINDING_KINDS
from govkg.ontology.vocabulary import Vocabulary

__all__ = ["Encode", "Link", "Linked", "Linker"]

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
    """A concept that a sentence states; `score` is the chance that it does, 0 to 1."""

    concept: str
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class Linked:
    """A statement with the kinds that it may be of and the concepts that it may state."""

    typed: Typed
    links: tuple[Link, ...]

    @property
    def statement(self) -> Statement:
        """The statement."""
        return self.typed.statement


class Linker:
    """Links sentences of both languages to the vocabulary's problems, causes, measures."""

    def __init__(self, vocabulary: Vocabulary, encoders: Mapping[str, Encode]) -> None:
        """Takes the encoder of each language."""
        self._encoders = encoders
        self._scorers = {
            language: ConceptScorer(vocabulary, language, encode)
            for language, encode in encoders.items()
        }
        self._read: Callable[[str], str] = str

    def reading(self, read: Callable[[str], str]) -> "Linker":
        """The same linker for texts that have to be put in other words before they are linked."""
        other = copy.copy(self)
        other._read = read
        return other

    def link(self, texts: Sequence[str], language: str) -> list[tuple[Link, ...]]:
        """The links of each text, likeliest first, if it is of the kind; at most four of a kind."""
        if not texts:
            return []
        scorer = self._scorers[language]
        read = [self.plain(text) for text in texts]
        chances = scorer.score(read, self._encoders[language](read))
        return [_likeliest(row, scorer) for row in chances]

    def link_statements(
        self, statements: Sequence[Statement], document_type: str, title: str = ""
    ) -> list[Linked]:
        """The statements of one language with the concepts that they state, in their order.

        `title` is that of their document.
        """
        if not statements:
            return []
        language = statements[0].language
        scorer = self._scorers[language]
        texts = [self.plain(statement.text) for statement in statements]
        context = Context(self.plain(title), scorer.domain(texts))
        vectors = self._encoders[language](texts)
        typed = type_statements(statements, vectors, document_type)
        kinds = {kind: np.array([one.chances[kind] for one in typed]) for kind in FINDING_KINDS}
        chances = scorer.score(texts, vectors, kinds, [context] * len(texts))
        return [
            Linked(one, _likeliest(row, scorer)) for one, row in zip(typed, chances, strict=True)
        ]

    def plain(self, text: str) -> str:
        """A text as it is linked: in the words of its reader, without titles of documents."""
        return _TITLES.sub(lambda title: " " * len(title.group()), self._read(text))


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
