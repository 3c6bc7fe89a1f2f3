"""Rankings of passages for a question, and their fusion."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from govkg.graph.queries import Graph
from govkg.index.lexical import Lexical
from govkg.index.vectors import Vectors
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.corpus import StoredCorpus
from govkg.search.practices import is_within
from govkg.search.question import Question
from govkg.text.overlap import terms_of
from govkg.text.terms import english_terms

Ranking = list[tuple[int, float]]
# Each ranking is read this deep: past it a passage cannot reach the first page by fusion.
DEPTH = 60
# Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher 2009).
_RRF_K = 60
# The question's own words and meaning come first; the concept route brings what they miss. All
# weights were set on the development questions, on one paper alone and among many documents.
_WEIGHTS = {
    "words": 1.0,
    "vector": 1.0,
    "concept": 0.1,
    "concept_words": 0.8,
    "concept_vector": 0.6,
}
# A Chinese question ranks Chinese and English passages by different means that share no scale:
# each counts as far as it is sure of itself. Keyword search is sure of a passage that holds a
# quarter of the question, by rarity of its terms; concepts, of a concept scored one half.
_SURE_SHARE, _SHARE_POWER = 0.25, 2
_SURE_CONCEPT = 0.5
# A word in the title or in a heading says what a passage is about, without standing in it.
_TITLE_WEIGHT = 0.3
# A heading's worth of text, a table of contents or a reference list answers nothing.
_KIND_WEIGHT = {"contents": 0.3, "reference": 0.3, "furniture": 0.3, "table": 0.9}
# A question that names a place is answered first by documents from there.
_FROM_THERE = 1.5
_CONCEPTS_USED = 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage by its row, its fused score and the rankings that brought it."""

    row: int
    score: float
    found_by: tuple[str, ...]


class Retriever(Protocol):
    """A ranking of passage rows for a question, best first; empty where it does not apply."""

    def __call__(self, question: Question, vector: np.ndarray | None) -> Ranking:
        """Ranks at most `DEPTH` passages."""
        ...


@dataclass(frozen=True, slots=True)
class Rankers:
    """The parts that rankings are made from."""

    corpus: StoredCorpus
    graph: Graph
    vocabulary: Vocabulary
    places: Places
    lexical: Lexical
    vectors: Vectors
    vector_rows: Sequence[int]
    label_concepts: Sequence[str]
    label_matrix: np.ndarray

    def retrievers(self) -> dict[str, Retriever]:
        """All rankings by name, in the order they are fused."""
        return {
            "words": self.words,
            "vector": self.vector,
            "concept": self.concept,
            "concept_words": self.concept_words,
            "concept_vector": self.concept_vector,
        }

    def words(self, question: Question, vector: np.ndarray | None) -> Ranking:
        """BM25 over the passages in the question's language."""
        language = question.language
        fields = {
            language: dict.fromkeys(question.terms, 1.0),
            f"{language}_title": dict.fromkeys(question.terms, _TITLE_WEIGHT),
        }
        return self.lexical.search_fields(fields, DEPTH)

    def vector(self, question: Question, vector: np.ndarray | None) -> Ranking:
        """Nearest passages by the question's embedding."""
        return [] if vector is None else self._near(vector)

    def concept(self, question: Question, vector: np.ndarray | None) -> Ranking:
        """Passages that are evidence for what the question is about."""
        weight = {c.iri: c.score for c in question.concepts[:_CONCEPTS_USED]}
        claims = self.graph.claims_about(weight)
        evidence = self.graph.evidence_of(claim.iri for claim in claims)
        scores: dict[int, float] = {}
        for claim in claims:
            about = max(weight.get(claim.subject, 0.0), weight.get(claim.object, 0.0))
            for piece in evidence.get(claim.iri, ()):
                row = self.corpus.row.get(piece.passage)
                if row is not None:
                    scores[row] = max(scores.get(row, 0.0), about * piece.confidence)
        return _ranking(scores)

    def concept_words(self, question: Question, vector: np.ndarray | None) -> Ranking:
        """BM25 over English passages by the English labels of a Chinese question's concepts.

        A place that it names counts as much as its best concept could.
        """
        if question.language != "zh":
            return []
        weighted: dict[str, float] = {}
        for asked in question.concepts[:_CONCEPTS_USED]:
            concept = self.vocabulary.get(asked.iri)
            for label in concept.labels if concept else ():
                if label.language == "en":
                    for term in english_terms(label.text):
                        weighted[term] = max(weighted.get(term, 0.0), asked.score)
        for iri in question.places:
            place = self.places.get(iri)
            weighted.update(dict.fromkeys(english_terms(place.pref("en") if place else ""), 1.0))
        return self.lexical.search("en", weighted, DEPTH)

    def concept_vector(self, question: Question, vector: np.ndarray | None) -> Ranking:
        """Nearest passages to the English labels of a Chinese question's concepts."""
        weight = {c.iri: c.score for c in question.concepts[:_CONCEPTS_USED]}
        rows = [i for i, concept in enumerate(self.label_concepts) if concept in weight]
        if question.language != "zh" or not rows:
            return []
        shares = np.array([weight[self.label_concepts[i]] ** 2 for i in rows], dtype=np.float32)
        mean = shares @ self.label_matrix[rows]
        return self._near(mean / max(float(np.linalg.norm(mean)), 1e-9))

    def term_share(self, question: Question, row: int) -> float:
        """How much of a question a passage in its language holds, by rarity of terms, 0 to 1."""
        passage = self.corpus.passages[row]
        asked = sorted(set(question.terms))
        if passage.language != question.language or not asked:
            return 0.0
        rarity = [self.lexical.rarity(question.language, term) for term in asked]
        held = set(terms_of(passage.text, passage.language))
        return sum(r for term, r in zip(asked, rarity, strict=True) if term in held) / sum(rarity)

    def trust(self, question: Question, name: str, row: int) -> float:
        """How far a ranking is to be trusted with a passage; 1 where one scale rules them all."""
        if question.language != "zh":
            return 1.0
        if name == "words":
            return (self.term_share(question, row) / _SURE_SHARE) ** _SHARE_POWER
        named = _SURE_CONCEPT if question.places else 0.0
        return max(named, *(c.score for c in question.concepts[:1]), 0.0) / _SURE_CONCEPT

    def is_from(self, places: Sequence[str], row: int) -> bool:
        """Whether a passage's document is about one of the places, or one within it."""
        document = self.corpus.document[self.corpus.passages[row].document]
        return any(is_within(self.places, document.place, place) for place in places)

    def _near(self, vector: np.ndarray) -> Ranking:
        return [(self.vector_rows[i], score) for i, score in self.vectors.search(vector, DEPTH)]


def fuse(
    rankings: Mapping[str, Ranking], weigh: Callable[[str, int], float]
) -> list[tuple[int, float, tuple[str, ...]]]:
    """Reciprocal rank fusion: row, score and the rankings that brought it; ties go by row.

    `weigh` gives the weight of a ranking for a row.
    """
    scores: dict[int, float] = {}
    found_by: dict[int, list[str]] = {}
    for name, ranking in rankings.items():
        for rank, (row, _) in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + weigh(name, row) / (_RRF_K + rank)
            found_by.setdefault(row, []).append(name)
    fused = [(row, score, tuple(found_by[row])) for row, score in scores.items()]
    return sorted(fused, key=lambda one: (-one[1], one[0]))


def fuse_passages(
    rankers: Rankers, question: Question, rankings: Mapping[str, Ranking]
) -> list[Ranked]:
    """The rankings fused, best first, with passages that answer nothing moved down."""
    passages = rankers.corpus.passages

    def weigh(name: str, row: int) -> float:
        kind = _KIND_WEIGHT.get(passages[row].kind, 1.0)
        there = _FROM_THERE if rankers.is_from(question.places, row) else 1.0
        return _WEIGHTS[name] * kind * there * rankers.trust(question, name, row)

    return [Ranked(row, round(s, 6), by) for row, s, by in fuse(rankings, weigh)]


def _ranking(scores: Mapping[int, float]) -> Ranking:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:DEPTH]
