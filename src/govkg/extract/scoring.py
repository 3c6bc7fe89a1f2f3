"""How likely a sentence states a concept: labels, other words, meaning and its kind, weighed.

The weights of this regression were fitted to sentences that people labelled; the directions of the
concepts among the sentences' vectors were fitted to these, to what editors quote in the starter
corpus and to sentences written for each concept (`training/`, which says how well they do).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from govkg.extract.clauses import clauses
from govkg.extract.weights import Calibration, Matrix, Weights, weights
from govkg.model.claim import Kind
from govkg.ontology.finding_labels import FINDING_KINDS, finding_labels
from govkg.ontology.matching import concept_matcher
from govkg.ontology.vocabulary import Vocabulary
from govkg.text.labels import LabelMatch
from govkg.text.overlap import LabelOverlap

Encode = Callable[[Sequence[str]], Matrix]
Rows = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

# A label of so many words, or twice as many characters, could hardly mean anything else.
_FULL_LABEL = 3
# Below this log chance of its kind a sentence is as unlikely as can be.
_LEAST_LOG = -8.0


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the document of a text.

    What the `title` names is the subject: much of the text is about it, and yet few of the
    sentences that name it state it. `domain`
    is the share of the document's sentences that name somebody who takes part in governance: where
    few do, a measure is mostly one of some other field.
    """

    title: str = ""
    domain: float = 0.5


class ConceptScorer:
    """Scores sentences of one language against the problems, causes and countermeasures."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        language: str,
        encode: Encode,
        own: Weights | None = None,
    ) -> None:
        """Takes the encoder of the language, whose vectors have length one.

        The weights are those that come with the package, unless others are given, as in training.
        """
        self.concepts = tuple(c for c in vocabulary.concepts if c.kind in FINDING_KINDS)
        self._column = {concept.iri: n for n, concept in enumerate(self.concepts)}
        self._language, self._encode = language, encode
        self._matcher = concept_matcher(vocabulary, FINDING_KINDS)
        self._actors = concept_matcher(vocabulary, frozenset({"actor"}))
        labels = finding_labels(vocabulary, language)
        self._overlap = LabelOverlap(labels, language)
        self._overlap_columns = np.array([self._column[iri] for _, iri in self._overlap.labels])
        self._label_columns = np.array([self._column[iri] for _, iri in labels], dtype=int)
        self._label_vectors = encode([label for label, _ in labels])
        self._kinds: dict[Kind, Rows] = {
            kind: np.array([n for n, c in enumerate(self.concepts) if c.kind == kind], dtype=int)
            for kind in FINDING_KINDS
        }
        self._own = own or weights(language)
        column = {notation: n for n, notation in enumerate(self._own.notations)}
        # A concept that was not learnt, such as one of a curator's, has no direction of its own.
        known = [column.get(concept.notation, -1) for concept in self.concepts]
        self._probe = np.where(np.array(known) >= 0, self._own.probe[:, known], 0.0)
        self._probe_bias = np.where(np.array(known) >= 0, self._own.probe_bias[known], 0.0)

    def score(
        self,
        texts: Sequence[str],
        vectors: Matrix,
        kinds: Mapping[Kind, Matrix] | None = None,
        contexts: Sequence[Context] = (),
    ) -> Matrix:
        """The chance that each text states each concept [n, concepts].

        `kinds` are the chances that the texts are of each kind [n]; without them, as for a heading
        or a clause, they are taken to be. `contexts` are those of the texts [n], if known.
        """
        features = self.features(texts, vectors, kinds, contexts)
        total = np.full((len(texts), len(self.concepts)), self._own.linking["intercept"])
        for name, values in features.items():
            total += self._own.linking[name] * values
        return calibrated(total, self._own.calibration)

    def features(
        self,
        texts: Sequence[str],
        vectors: Matrix,
        kinds: Mapping[Kind, Matrix] | None = None,
        contexts: Sequence[Context] = (),
    ) -> dict[str, Matrix]:
        """What the regression weighs, by name, each [n, concepts]."""
        found = self._lexical(texts)
        contexts = contexts or [Context()] * len(texts)
        found["subject"] = self._subjects([context.title for context in contexts])
        found["label_subject"] = found["label"] * found["subject"]
        found["domain"] = self._empty(len(texts)) + _column([c.domain for c in contexts])
        found["local"] = self._empty(len(texts)) + _column(
            [float(self._names_actor(text)) for text in texts]
        )
        rows, parts = self._clauses(texts)
        found["meaning"] = self._by_label(vectors @ self._label_vectors.T)
        found["clause"] = _nearest(
            found["meaning"], rows, self._by_label(parts @ self._label_vectors.T)
        )
        found["probe"] = self._probes(vectors)
        found["clause_probe"] = _nearest(found["probe"], rows, self._probes(parts))
        both = found["probe"] + found["clause_probe"]
        found["margin"] = self._margins(found["meaning"] + found["clause"])
        found["probe_margin"] = self._margins(both)
        found["rank"] = self._ranks(both)
        return found | self._typed(found, self._log_kinds(len(texts), kinds))

    def _probes(self, vectors: Matrix) -> Matrix:
        found: Matrix = (vectors - self._own.centre) @ self._probe + self._probe_bias
        return found

    def _log_kinds(self, n: int, kinds: Mapping[Kind, Matrix] | None) -> Matrix:
        """The log chance that each text is of the kind of each concept [n, concepts]."""
        found = self._empty(n)
        for kind, chances in (kinds or {}).items():
            logs = np.maximum(np.log(np.maximum(chances, 1e-9)), _LEAST_LOG)
            found[:, self._kinds[kind]] = logs[:, None]
        return found

    def _typed(self, found: dict[str, Matrix], log_kind: Matrix) -> dict[str, Matrix]:
        """The kind of the text, by itself and with the features that it bears on."""
        measure = self._empty(len(log_kind))
        measure[:, self._kinds["countermeasure"]] = 1.0
        return {
            "measure": measure,
            "measure_type": measure * log_kind,
            "type": log_kind,
            "label_type": found["label"] * log_kind,
            "probe_type": found["clause_probe"] * log_kind,
            # What points further in a direction is likelier, but ever less so.
            "probe_root": np.sqrt(np.maximum(found["clause_probe"], 0.0)),
        }

    def _lexical(self, texts: Sequence[str]) -> dict[str, Matrix]:
        found = {
            name: self._empty(len(texts)) for name in ("label", "coverage", "cosine", "shared")
        }
        for row, text in enumerate(texts):
            for match in self._matcher.find(text):
                for target in match.targets:
                    cell = row, self._column[target]
                    found["label"][cell] = max(found["label"][cell], _label_share(match))
            for name, values in self._overlap.best(
                text, self._overlap_columns, len(self.concepts)
            ).items():
                found[name][row] = values
        return found

    def domain(self, texts: Sequence[str]) -> float:
        """The share of the texts that name somebody who takes part in governance, 0 to 1."""
        return sum(map(self._names_actor, texts)) / len(texts) if texts else 0.0

    def _names_actor(self, text: str) -> bool:
        return any(True for _ in self._actors.find(text))

    def _subjects(self, titles: Sequence[str]) -> Matrix:
        """Whether the title of each text's document names each concept, 0 or 1 [n, concepts]."""
        found = self._empty(len(titles))
        named: dict[str, list[int]] = {}
        for row, title in enumerate(titles):
            if title not in named:
                matches = self._matcher.find(title)
                named[title] = [self._column[target] for m in matches for target in m.targets]
            found[row, named[title]] = 1.0
        return found

    def _clauses(self, texts: Sequence[str]) -> tuple[Rows, Matrix]:
        """The clauses of texts that are parted: the rows [m] that they are of, and vectors."""
        pieces = [
            (row, piece)
            for row, text in enumerate(texts)
            for piece in clauses(text, self._language)
        ]
        vectors = self._encode([piece for _, piece in pieces])
        return np.array([row for row, _ in pieces], dtype=int), vectors

    def _by_label(self, cosines: Matrix) -> Matrix:
        """Of cosines to labels [n, labels] the best of each concept [n, concepts]."""
        found = np.full((len(cosines), len(self.concepts)), -1.0, np.float32)
        np.maximum.at(found.T, self._label_columns, cosines.T)
        return found

    def _margins(self, base: Matrix) -> Matrix:
        """How far each concept is ahead of the next of its kind, or behind the first."""
        found = self._empty(len(base))
        for columns in self._kinds.values():
            if len(columns) < 2:
                continue
            values = base[:, columns]
            ordered = np.sort(values, axis=1)[:, ::-1]
            first, next_ = ordered[:, :1], ordered[:, 1:2]
            found[:, columns] = np.where(values >= first, first - next_, values - first)
        return found

    def _ranks(self, base: Matrix) -> Matrix:
        """The logarithm of each concept's place among those of its kind, 0 for the first."""
        found = self._empty(len(base))
        for columns in self._kinds.values():
            order = np.argsort(-base[:, columns], axis=1, kind="stable")
            found[:, columns] = np.log1p(np.argsort(order, axis=1, kind="stable"))
        return found

    def _empty(self, rows: int) -> Matrix:
        return np.zeros((rows, len(self.concepts)), np.float32)


def calibrated(log_odds: Matrix, calibration: Calibration) -> Matrix:
    """Chances that came true as often as they say, from the log odds of a regression.

    A regression over features that repeat one another is too sure where they agree: above even
    odds its log odds count less.
    """
    slope, above, shift = calibration
    total = slope * log_odds + above * np.maximum(log_odds, 0.0) + shift
    chance: Matrix = (1 / (1 + np.exp(-total))).astype(np.float32)
    return chance


def _column(values: Sequence[float]) -> Matrix:
    return np.array(values, np.float32)[:, None]


def _nearest(whole: Matrix, rows: Rows, parts: Matrix) -> Matrix:
    """The larger of a text's own value and those of its clauses [n, concepts]."""
    found = whole.copy()
    np.maximum.at(found, rows, parts)
    return found


def _label_share(match: LabelMatch) -> float:
    length = len(match.label.split()) if match.label.isascii() else len(match.label) / 2
    return min(1.0, length / _FULL_LABEL)
