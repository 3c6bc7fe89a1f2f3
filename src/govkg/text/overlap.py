"""How much of a label a text says in other words: shared index terms, weighted by rarity."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from govkg.text.terms import chinese_characters, chinese_terms, english_terms


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shared term weight of a text and a label: as a share of the label, and as a cosine."""

    target: str
    label: str
    coverage: float
    cosine: float
    shared: int


def terms_of(text: str, language: str) -> list[str]:
    """The index terms of a text; a Chinese text keeps its English words and numbers too."""
    if language == "en":
        return english_terms(text)
    return chinese_terms(text) + english_terms(text)


# Chinese labels are four to eight characters long: a single shared character says something,
# half as much as a pair. A pair that no label has is mostly two words' border, and says little;
# an English word that no label has says what else the text is about.
_CHARACTER_WEIGHT = 0.5
# So many shared terms could hardly mean anything else.
_FULL_SHARED = 4
_UNSEEN_WEIGHT = {"zh": 0.1, "en": 1.0}


def _label_terms(text: str, language: str) -> list[str]:
    return terms_of(text, language) + (chinese_characters(text) if language == "zh" else [])


def _is_character(term: str) -> bool:
    return len(term) == 1 and not term.isascii()


class LabelOverlap:
    """Scores labels of one language by the terms they share with a text."""

    def __init__(self, entries: Iterable[tuple[str, str]], language: str) -> None:
        """Takes (label, target) pairs; a term's weight is its inverse label frequency."""
        self._language = language
        self.labels = sorted(set(entries))
        terms = [frozenset(_label_terms(label, language)) for label, _ in self.labels]
        frequency = Counter(term for own in terms for term in own)
        count = len(self.labels) + 1
        self._weight = {
            term: math.log(count / n) * (_CHARACTER_WEIGHT if _is_character(term) else 1.0)
            for term, n in frequency.items()
        }
        self._unseen = math.log(count) * _UNSEEN_WEIGHT[language]
        rows: dict[str, list[int]] = defaultdict(list)
        for row, own in enumerate(terms):
            for term in own:
                rows[term].append(row)
        self._rows = {term: np.array(found) for term, found in rows.items()}
        self._mass = np.array([sum(self._weight[t] for t in sorted(own)) for own in terms])

    def find(self, text: str, least: float = 0.0) -> list[Overlap]:
        """The labels that share a term with the text, the largest cosine first.

        Those with a smaller cosine than `least` are left out.
        """
        shared, count, text_mass = self._shared(text)
        rows = np.flatnonzero(shared > 0)
        cosines = shared[rows] / np.sqrt(self._mass[rows] * text_mass)
        found = []
        for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True):
            if cosine >= least:
                label, target = self.labels[row]
                coverage = float(shared[row] / self._mass[row])
                found.append(Overlap(target, label, coverage, cosine, int(count[row])))
        return sorted(found, key=lambda o: (-o.cosine, o.label, o.target))

    def best(self, text: str, columns: np.ndarray, n: int) -> dict[str, np.ndarray]:
        """Of each of n targets the label that the text says most of: three values, each [n].

        `columns` are the targets of `labels`, in their order. A label that shares single characters
        only counts for nothing; `shared` is 1 from four shared terms on.
        """
        shared, count, text_mass = self._shared(text)
        rows = np.flatnonzero(count > 0)
        mass = self._mass[rows]
        coverage = shared[rows] / mass
        cosine = shared[rows] / np.sqrt(mass * text_mass)
        found = {name: np.zeros(n, np.float32) for name in ("coverage", "cosine", "shared")}
        # The last that is written to a target stays there: the one covered most.
        order = np.lexsort((cosine, coverage))
        targets = columns[rows[order]]
        found["coverage"][targets] = coverage[order]
        found["cosine"][targets] = cosine[order]
        found["shared"][targets] = np.minimum(count[rows[order]], _FULL_SHARED) / _FULL_SHARED
        return found

    def _shared(self, text: str) -> tuple[np.ndarray, np.ndarray, float]:
        """Per label the weight and the number of the terms it shares; the weight of the text."""
        asked = sorted(set(_label_terms(text, self._language)))
        shared, count = np.zeros(len(self.labels)), np.zeros(len(self.labels), dtype=int)
        for term in asked:
            rows = self._rows.get(term)
            if rows is not None:
                shared[rows] += self._weight[term]
                count[rows] += not _is_character(term)
        return shared, count, sum(self._weight.get(term, self._unseen) for term in asked)
