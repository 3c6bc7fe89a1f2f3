"""Sentences to vocabulary concepts: by label, by shared words, by vector."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from govkg.model.claim import Kind
from govkg.ontology.finding_labels import FINDING_KINDS, finding_labels
from govkg.ontology.matching import concept_matcher
from govkg.ontology.vocabulary import Vocabulary
from govkg.text.labels import LabelMatch
from govkg.text.overlap import LabelOverlap

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Encode = Callable[[Sequence[str]], Matrix]

# What the sentence calls by name is what it is about, unless the name is an everyday word: one
# English word or two Han characters say less (competition, 奖励).
_LABEL_SCORE = 0.85
_EVERYDAY_SCORE = 0.6
_EVERYDAY_CHARACTERS = 2
# One English word may end otherwise than its label, but be no other word of the same stem:
# "volunteers" is "volunteer", "success" is not "succession".
_ENDING = r"(?:s|es|d|ed|ing|y|ies|e|(?<=at)ions?)?"
# The document itself, and the titles of others, name no measure.
_TITLES = re.compile(
    r"本(?:条例|法|办法|规定|细则|章程)|《[^《》]{1,80}》|\bthis (?:act|law|regulation|charter)\b",
    re.IGNORECASE,
)
# Share of a label's words that must stand in the sentence to take it as said in other words,
# and how many words at least: two bigrams of a four-character label prove little.
_WORDS_COVERAGE = 0.72
_WORDS_SHARED = 3
_WORDS_SCORE = 0.6
# MiniLM's cosine between a statement and the label of what it states: below the first figure
# most links are wrong, at the second most are right (read off random sentences, not the gold).
_VECTOR_LOW, _VECTOR_HIGH = 0.48, 0.75
_VECTOR_SCORE_LOW, _VECTOR_SCORE_HIGH = 0.5, 0.9
# Of one kind only the best and those nearly as good are kept.
_MARGIN = 0.06
_PER_KIND = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A concept that a sentence is about; `score` is 0 to 1, `how` is label, words or vector."""

    concept: str
    kind: Kind
    score: float
    how: str


class Linker:
    """Links sentences of both languages to the vocabulary's problems, causes, measures."""

    def __init__(
        self, vocabulary: Vocabulary, label_matrix: Matrix | None, encode: Encode | None
    ) -> None:
        """Takes the vectors of `finding_labels(vocabulary, "en")` and their encoder, or neither."""
        self._kind = {concept.iri: concept.kind for concept in vocabulary.concepts}
        both = [finding_labels(vocabulary, language) for language in ("zh", "en")]
        self._labels = concept_matcher(vocabulary, FINDING_KINDS)
        self._words = {"zh": LabelOverlap(both[0], "zh"), "en": LabelOverlap(both[1], "en")}
        self._label_concepts = [concept for _, concept in both[1]]
        self._label_matrix = label_matrix
        self._encode = encode

    def link(self, texts: Sequence[str], language: str) -> list[tuple[Link, ...]]:
        """The links of each sentence, best first; at most two concepts of a kind."""
        vectors: list[list[Link]] = [[] for _ in texts]
        if self._label_matrix is not None and self._encode and language == "en" and texts:
            vectors = self._by_vector(self._encode(texts) @ self._label_matrix.T)
        return [
            _best([*self._by_label(own), *self._by_words(own, language), *near])
            for own, near in zip(map(_without_titles, texts), vectors, strict=True)
        ]

    def _by_label(self, text: str) -> list[Link]:
        return [
            Link(target, self._kind[target], _label_score(match), "label")
            for match in self._labels.find(text)
            if _is_inflection(match.label, text[match.start : match.end])
            for target in match.targets
        ]

    def _by_words(self, text: str, language: str) -> list[Link]:
        return [
            Link(near.target, self._kind[near.target], _WORDS_SCORE * near.coverage, "words")
            for near in self._words[language].find(text)
            if near.coverage >= _WORDS_COVERAGE and near.shared >= _WORDS_SHARED
        ]

    def _by_vector(self, cosines: Matrix) -> list[list[Link]]:
        links = []
        for row in cosines:
            best: dict[str, float] = {}
            for column in np.flatnonzero(row >= _VECTOR_LOW):
                concept = self._label_concepts[column]
                best[concept] = max(best.get(concept, 0.0), float(row[column]))
            links.append(
                [
                    Link(iri, self._kind[iri], _vector_score(cos), "vector")
                    for iri, cos in best.items()
                ]
            )
        return links


def _without_titles(text: str) -> str:
    return _TITLES.sub(lambda title: " " * len(title.group()), text)


def _label_score(match: LabelMatch) -> float:
    label = match.label
    everyday = " " not in label if label.isascii() else len(label) <= _EVERYDAY_CHARACTERS
    return _EVERYDAY_SCORE if everyday else _LABEL_SCORE


def _is_inflection(label: str, written: str) -> bool:
    """Whether a one-word English label and what is written are forms of one word."""
    if not label.isascii() or " " in label:
        return True
    forms = label.lower(), written.lower()
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*forms, strict=False)))
    ending = re.compile(re.escape(forms[0][:same]) + _ENDING)
    return all(ending.fullmatch(form) for form in forms)


def _vector_score(cosine: float) -> float:
    share = (min(cosine, _VECTOR_HIGH) - _VECTOR_LOW) / (_VECTOR_HIGH - _VECTOR_LOW)
    # Two decimals: the last bits of a cosine differ between machines, a claim must not.
    return round(_VECTOR_SCORE_LOW + share * (_VECTOR_SCORE_HIGH - _VECTOR_SCORE_LOW), 2)


def _best(links: list[Link]) -> tuple[Link, ...]:
    strongest: dict[str, Link] = {}
    for link in links:
        if link.concept not in strongest or link.score > strongest[link.concept].score:
            strongest[link.concept] = link
    kept: list[Link] = []
    for kind in FINDING_KINDS:
        ranked = sorted(
            (link for link in strongest.values() if link.kind == kind),
            key=lambda link: (-link.score, link.concept),
        )[:_PER_KIND]
        kept += [link for link in ranked if link.score >= ranked[0].score - _MARGIN]
    return tuple(sorted(kept, key=lambda link: (-link.score, link.concept)))
