"""How likely a sentence speaks of a concept: labels, other words, meaning and examples, weighed.

The weights are those of a logistic regression over the features named in FEATURES. They were
fitted to sentences that editors quote for a concept in the starter corpus (`training/linking.py`,
which also says how well they do), and lie in `data/linking.json`; the examples are such sentences
too and lie in `data/examples.jsonl`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from govkg.extract.clauses import clauses
from govkg.ontology.finding_labels import FINDING_KINDS, finding_labels
from govkg.ontology.matching import concept_matcher
from govkg.ontology.vocabulary import Vocabulary
from govkg.text.labels import LabelMatch
from govkg.text.overlap import LabelOverlap

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Encode = Callable[[Sequence[str]], Matrix]

# `label`: a label stands in the sentence, by its length. `coverage`, `cosine`, `shared`: how much
# of a label it says in other words. `example`, `second`: how near the nearest two sentences are
# that editors quote for the concept. `meaning`, `clause`: MiniLM's cosine of the sentence, and of
# its nearest clause, to the nearest label. `margin`: how far the concept is ahead of the next of
# its kind, or behind the first.
LEXICAL = ("label", "coverage", "cosine", "shared", "example", "second", "margin")
VECTORS = ("meaning", "clause")
FEATURES = (*LEXICAL, *VECTORS)
# A label of so many words, or twice as many characters, could hardly mean anything else.
_FULL_LABEL = 3
_FULL_SHARED = 4
# Editors quote one of the sentences that say a thing and list what matters of all that is said; the
# regression takes the rest for misses. So much is added to its log odds. It was set by what became
# of answers over the trial documents; judged claims should replace it.
UNQUOTED = 1.5
# An example with the very words of the sentence is the sentence itself.
_SAME = 0.98


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that an editor quoted for a concept; `work` is the work that it stands in."""

    text: str
    language: str
    notation: str
    work: str


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """The examples that come with the package."""
    lines = (files("govkg.extract") / "data" / "examples.jsonl").read_text("utf-8").splitlines()
    return tuple(Example(**json.loads(line)) for line in lines)


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    text = (files("govkg.extract") / "data" / "linking.json").read_text("utf-8")
    weights: Mapping[str, Mapping[str, float]] = json.loads(text)["weights"]
    return weights


@dataclass(frozen=True)
class _Vectors:
    """What encodes a text, and the vectors of the labels [labels, d] and examples [examples, d]."""

    encode: Encode
    labels: Matrix
    examples: Matrix


class ConceptScorer:
    """Scores sentences of one language against the problems, causes and countermeasures."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        language: str,
        label_matrix: Matrix | None = None,
        encode: Encode | None = None,
    ) -> None:
        """Takes the vectors of `finding_labels(vocabulary, "en")` and their encoder, or neither."""
        self.concepts = tuple(c for c in vocabulary.concepts if c.kind in FINDING_KINDS)
        self._column = {concept.iri: n for n, concept in enumerate(self.concepts)}
        self._language = language
        self._matcher = concept_matcher(vocabulary, FINDING_KINDS)
        labels = finding_labels(vocabulary, language)
        self._overlap = LabelOverlap(labels, language)
        self._label_columns = np.array([self._column[iri] for _, iri in labels])
        column = {concept.notation: n for n, concept in enumerate(self.concepts)}
        own = [x for x in examples() if x.language == language and x.notation in column]
        self.examples = tuple(own)
        self._example_columns = np.array([column[x.notation] for x in own], dtype=int)
        self._vectors: _Vectors | None = None
        if language == "en" and label_matrix is not None and encode is not None:
            self._vectors = _Vectors(encode, label_matrix, encode([x.text for x in own]))
        else:
            self._example_overlap = LabelOverlap([(x.text, x.notation) for x in own], language)
        self._kinds = [
            np.array([n for n, c in enumerate(self.concepts) if c.kind == kind], dtype=int)
            for kind in FINDING_KINDS
        ]

    def score(self, texts: Sequence[str]) -> Matrix:
        """The chance that each text speaks of each concept [n, concepts]."""
        name = self._language if self._vectors is None else f"{self._language}-vectors"
        weights = _weights()[name]
        total = np.full(
            (len(texts), len(self.concepts)), weights["intercept"] + UNQUOTED, np.float32
        )
        for feature, values in self.features(texts).items():
            total += weights[feature] * values
        for kind, columns in zip(FINDING_KINDS, self._kinds, strict=True):
            total[:, columns] += weights[kind]
        chance: Matrix = (1 / (1 + np.exp(-total))).astype(np.float32)
        return chance

    def features(
        self, texts: Sequence[str], works: Sequence[str] | None = None
    ) -> dict[str, Matrix]:
        """The features by name, each [n, concepts].

        With `works`, the examples of a text's own work are left out, as in training.
        """
        found = self._lexical(texts)
        if self._vectors is None:
            near = self._near_examples(texts)
            base = found["coverage"] + found["cosine"]
        else:
            vectors = self._vectors.encode(texts)
            near = vectors @ self._vectors.examples.T
            found |= self._meaning(texts, vectors, self._vectors)
            base = found["meaning"] + found["clause"]
        found["example"], found["second"] = self._examples(near, works)
        found["margin"] = self._margins(base + found["example"])
        return found

    def _lexical(self, texts: Sequence[str]) -> dict[str, Matrix]:
        found = {
            name: self._empty(len(texts)) for name in ("label", "coverage", "cosine", "shared")
        }
        for row, text in enumerate(texts):
            for match in self._matcher.find(text):
                for target in match.targets:
                    cell = row, self._column[target]
                    found["label"][cell] = max(found["label"][cell], _label_share(match))
            for near in self._overlap.find(text):
                cell = row, self._column[near.target]
                if near.shared and near.coverage > found["coverage"][cell]:
                    found["coverage"][cell] = near.coverage
                    found["cosine"][cell] = near.cosine
                    found["shared"][cell] = min(near.shared, _FULL_SHARED) / _FULL_SHARED
        return found

    def _meaning(
        self, texts: Sequence[str], whole_vectors: Matrix, vectors: _Vectors
    ) -> dict[str, Matrix]:
        pieces = [(row, piece) for row, t in enumerate(texts) for piece in clauses(t, "en")]
        whole = self._by_label(whole_vectors @ vectors.labels.T)
        nearest = whole.copy()
        if pieces:
            parts = vectors.encode([piece for _, piece in pieces])
            cosines = self._by_label(parts @ vectors.labels.T)
            for (row, _), values in zip(pieces, cosines, strict=True):
                nearest[row] = np.maximum(nearest[row], values)
        return {"meaning": whole, "clause": nearest}

    def _by_label(self, cosines: Matrix) -> Matrix:
        """Of cosines to labels [n, labels] the best of each concept [n, concepts]."""
        found = np.full((len(cosines), len(self.concepts)), -1.0, np.float32)
        np.maximum.at(found.T, self._label_columns, cosines.T)
        return found

    def _examples(self, near: Matrix, works: Sequence[str] | None) -> tuple[Matrix, Matrix]:
        """Of each concept how near its nearest and its second nearest example are."""
        best, second = self._empty(len(near)), self._empty(len(near))
        near = np.where(near > _SAME, 0.0, near)
        if works is not None:
            own = np.array([x.work for x in self.examples])
            near[np.array(works)[:, None] == own[None, :]] = 0.0
        for number, column in enumerate(self._example_columns):
            values = near[:, number]
            second[:, column] = np.maximum(second[:, column], np.minimum(best[:, column], values))
            best[:, column] = np.maximum(best[:, column], values)
        return best, second

    def _near_examples(self, texts: Sequence[str]) -> Matrix:
        """Nearness to the examples [n, examples] by shared terms, where there are no vectors."""
        overlap = self._example_overlap
        place = {pair: n for n, pair in enumerate(overlap.labels)}
        columns = np.array([place[x.text, x.notation] for x in self.examples], dtype=int)
        rows = [np.minimum(overlap.cosines(text)[columns], 1.0) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), len(columns))

    def _margins(self, base: Matrix) -> Matrix:
        found = self._empty(len(base))
        for columns in self._kinds:
            if len(columns) < 2:
                continue
            values = base[:, columns]
            ordered = np.sort(values, axis=1)[:, ::-1]
            first, next_ = ordered[:, :1], ordered[:, 1:2]
            found[:, columns] = np.where(values >= first, first - next_, values - first)
        return found

    def _empty(self, rows: int) -> Matrix:
        return np.zeros((rows, len(self.concepts)), np.float32)


def _label_share(match: LabelMatch) -> float:
    length = len(match.label.split()) if match.label.isascii() else len(match.label) / 2
    return min(1.0, length / _FULL_LABEL)
