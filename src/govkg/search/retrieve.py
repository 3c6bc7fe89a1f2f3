"""Rankings of passages for a question, and their fusion."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from govkg.graph.queries import Graph
from govkg.index.lexical import Lexical
from govkg.index.vectors import Vectors
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.corpus import StoredCorpus
from govkg.search.question import Question
from govkg.text.overlap import terms_of
from govkg.text.terms import english_terms

Ranking = list[tuple[int, float]]
# Each ranking is read this deep: past it a passage cannot reach the first page by fusion.
DEPTH = 60
# Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher 2009).
_RRF_K = 60
# The question's own words and meaning come first; the concept route brings what they miss.
_WEIGHTS = {
    "words": 1.0,
    "vector": 1.0,
    "concept": 0.8,
    "concept_words": 0.8,
    "concept_vector": 1.0,
}
# A heading's worth of text, a table of contents or a reference list answers nothing.
_KIND_WEIGHT = {"contents": 0.3, "reference": 0.3, "furniture": 0.3, "table": 0.9}
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
        return self.lexical.search(question.language, dict.fromkeys(question.terms, 1.0), DEPTH)

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
        """BM25 over English passages by the English labels of a Chinese question's concepts."""
        if question.language != "zh":
            return []
        weighted: dict[str, float] = {}
        for asked in question.concepts[:_CONCEPTS_USED]:
            concept = self.vocabulary.get(asked.iri)
            for label in concept.labels if concept else ():
                if label.language == "en":
                    for term in english_terms(label.text):
                        weighted[term] = max(weighted.get(term, 0.0), asked.score)
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
        """The share of the question's terms that a passage in its language holds, 0 to 1."""
        passage = self.corpus.passages[row]
        asked = set(question.terms)
        if passage.language != question.language or not asked:
            return 0.0
        return len(asked & set(terms_of(passage.text, passage.language))) / len(asked)

    def _near(self, vector: np.ndarray) -> Ranking:
        return [(self.vector_rows[i], score) for i, score in self.vectors.search(vector, DEPTH)]


def fuse(rankings: Mapping[str, Ranking], weigh: Callable[[int], float]) -> list[Ranked]:
    """Reciprocal rank fusion; `weigh` scales a row's score, ties go by row."""
    scores: dict[int, float] = {}
    found_by: dict[int, list[str]] = {}
    for name, ranking in rankings.items():
        for rank, (row, _) in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + _WEIGHTS[name] / (_RRF_K + rank)
            found_by.setdefault(row, []).append(name)
    fused = [
        Ranked(row, round(score * weigh(row), 6), tuple(found_by[row]))
        for row, score in scores.items()
    ]
    return sorted(fused, key=lambda ranked: (-ranked.score, ranked.row))


def fuse_passages(rankers: Rankers, rankings: Mapping[str, Ranking]) -> list[Ranked]:
    """The rankings fused, best first, with passages that answer nothing moved down."""
    passages = rankers.corpus.passages
    return fuse(rankings, lambda row: _KIND_WEIGHT.get(passages[row].kind, 1.0))


def _ranking(scores: Mapping[int, float]) -> Ranking:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:DEPTH]
