"""Rankings of passages for a question, and their fusion."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from govkg.graph.queries import Graph
from govkg.index.lexical import Lexical
from govkg.index.lexicon import Lexicon
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.corpus import StoredCorpus
from govkg.search.dense import Dense, Matrix
from govkg.search.practices import is_within
from govkg.search.question import Question
from govkg.text.overlap import terms_of
from govkg.text.terms import english_terms

Ranking = list[tuple[int, float]]
# Each ranking is read this deep in each language: past it a passage cannot reach the first page.
DEPTH = 60
# Reciprocal rank fusion's constant. Sixty is usual (Cormack, Clarke and Büttcher 2009) where many
# rankings are fused; of two or three, what both put first should come first.
_RRF_K = 10
# What each ranking counts for passages in the question's language, and in the other one. All
# weights were set on the development questions, on one paper alone and among many documents.
_OWN = {"words": 1.0, "vector": 1.0, "concept": 0.1}
_OTHER = {"translated": 1.0, "vector": 1.0, "concept_words": 0.3, "concept": 0.1}
# Two languages share no scale. Each puts its passages in order, and both are merged by rank; of
# two as good, whoever asks would rather read the one in the language of the question.
_READ_RATHER = 1.05
# A word in the title or in a heading says what a passage is about, without standing in it.
_TITLE_WEIGHT = 0.3
# A heading's worth of text, a table of contents or a reference list answers nothing.
_KIND_WEIGHT = {"contents": 0.3, "reference": 0.3, "furniture": 0.3, "table": 0.9}
# What is no longer in force stands behind what is.
_REPEALED = 0.5
# A question that names a document is answered from it, wherever else its words stand.
_NAMED = 4.0
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
    """A ranking of passage rows for a question, best first; empty where it does not apply.

    Of passages in both languages, those of one come before those of the other.
    """

    def __call__(self, question: Question, vector: Matrix | None) -> Ranking:
        """Ranks at most `DEPTH` passages in each language."""
        ...


@dataclass(frozen=True, slots=True)
class Rankers:
    """The parts that rankings are made from."""

    corpus: StoredCorpus
    graph: Graph
    vocabulary: Vocabulary
    places: Places
    lexical: Lexical
    lexicon: Lexicon
    dense: Dense

    def retrievers(self) -> dict[str, Retriever]:
        """All rankings by name, in the order they are fused."""
        return {
            "words": self.words,
            "vector": self.vector,
            "translated": self.translated,
            "concept": self.concept,
            "concept_words": self.concept_words,
        }

    def words(self, question: Question, vector: Matrix | None) -> Ranking:
        """BM25 over the passages in the question's language."""
        return self._by_terms(question.language, dict.fromkeys(question.terms, 1.0))

    def vector(self, question: Question, vector: Matrix | None) -> Ranking:
        """Nearest passages by the question's embedding."""
        if vector is None:
            return []
        near = self.dense.near(vector, DEPTH)
        return [found for _, ranking in sorted(near.items()) for found in ranking]

    def translated(self, question: Question, vector: Matrix | None) -> Ranking:
        """BM25 over English passages by what a Chinese question's words are in English."""
        return self._by_terms("en", self.translation(question))

    def translation(self, question: Question) -> dict[str, float]:
        """The weighted English stems of a Chinese question's words; none of an English one."""
        stems: dict[str, float] = {}
        for words in self.translations(question).values():
            for word, weight in words.items():
                for stem in english_terms(word):
                    stems[stem] = stems.get(stem, 0.0) + weight
        return stems

    def translations(self, question: Question) -> dict[str, Mapping[str, float]]:
        """The Chinese terms of a question, each with its weighted English words."""
        if question.language != "zh" or not self.corpus.rows_in("en"):
            return {}
        return {
            term: self.lexicon.entry(term)
            for term in self.lexicon.terms(question.read_as or question.text)
        }

    def concept(self, question: Question, vector: Matrix | None) -> Ranking:
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
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:DEPTH]

    def concept_words(self, question: Question, vector: Matrix | None) -> Ranking:
        """BM25 over passages in the other language by the labels of the question's concepts.

        A place that it names counts as much as its best concept could.
        """
        other = "en" if question.language == "zh" else "zh"
        if not self.corpus.rows_in(other):
            return []
        weighted: dict[str, float] = {}
        for asked in question.concepts[:_CONCEPTS_USED]:
            concept = self.vocabulary.get(asked.iri)
            for label in concept.labels if concept else ():
                if label.language == other and label.kind != "negative":
                    for term in terms_of(label.text, other):
                        weighted[term] = max(weighted.get(term, 0.0), asked.score)
        for iri in question.places:
            place = self.places.get(iri)
            weighted.update(dict.fromkeys(terms_of(place.pref(other) if place else "", other), 1.0))
        return self.lexical.search(other, weighted, DEPTH)

    def term_share(self, question: Question, row: int) -> float:
        """How much of a question a passage in its language holds, by rarity of terms, 0 to 1."""
        passage = self.corpus.passages[row]
        asked = sorted(set(question.terms))
        if passage.language != question.language or not asked:
            return 0.0
        rarity = [self.lexical.rarity(question.language, term) for term in asked]
        held = set(terms_of(passage.text, passage.language))
        return sum(r for term, r in zip(asked, rarity, strict=True) if term in held) / sum(rarity)

    def weight(self, question: Question, row: int, named: Collection[str]) -> float:
        """What a passage counts, whatever brought it: by kind, validity, place and document."""
        passage = self.corpus.passages[row]
        document = self.corpus.document[passage.document]
        weight = _KIND_WEIGHT.get(passage.kind, 1.0)
        if document.validity == "repealed":
            weight *= _REPEALED
        if document.iri in named:
            weight *= _NAMED
        for place in question.places:
            if is_within(self.places, document.place, place):
                return weight * _FROM_THERE
        return weight

    def _by_terms(self, language: str, terms: Mapping[str, float]) -> Ranking:
        above = {term: _TITLE_WEIGHT * weight for term, weight in terms.items()}
        return self.lexical.search_fields({language: terms, f"{language}_title": above}, DEPTH)


def fuse(
    rankings: Mapping[str, Sequence[int]], weights: Mapping[str, float]
) -> list[tuple[int, float, tuple[str, ...]]]:
    """Reciprocal rank fusion: row, score and the rankings that brought it; ties go by row.

    A row that all rankings of `weights` put first scores 1 / (constant + 1).
    """
    total = sum(weights.values())
    scores: dict[int, float] = {}
    found_by: dict[int, list[str]] = {}
    for name, ranking in rankings.items():
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + weights[name] / total / (_RRF_K + rank)
            found_by.setdefault(row, []).append(name)
    fused = [(row, score, tuple(found_by[row])) for row, score in scores.items()]
    return sorted(fused, key=lambda one: (-one[1], one[0]))


def fuse_passages(
    rankers: Rankers,
    question: Question,
    rankings: Mapping[str, Ranking],
    named: Collection[str] = (),
) -> list[Ranked]:
    """The rankings fused, best first: each language by itself, then both by score.

    Documents that the question names, by IRI, come before others.
    """
    passages = rankers.corpus.passages
    by_language: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, ranking in rankings.items():
        for row, _ in ranking:
            by_language[passages[row].language][name].append(row)
    fused = []
    for language, own in by_language.items():
        spoken = language == question.language
        weights = _OWN if spoken else _OTHER
        rather = _READ_RATHER if spoken else 1.0
        for row, score, by in fuse({n: r for n, r in own.items() if n in weights}, weights):
            weight = rather * rankers.weight(question, row, named)
            fused.append(Ranked(row, round(weight * score, 6), by))
    return sorted(fused, key=lambda one: (-one.score, one.row))
