"""How much of a label a text says in other words: shared index terms, weighted by rarity."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

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
        self._labels = sorted(set(entries))
        self._terms = [frozenset(_label_terms(label, language)) for label, _ in self._labels]
        frequency = Counter(term for terms in self._terms for term in terms)
        count = len(self._labels) + 1
        self._weight = {
            term: math.log(count / n) * (_CHARACTER_WEIGHT if _is_character(term) else 1.0)
            for term, n in frequency.items()
        }
        self._unseen = math.log(count) * _UNSEEN_WEIGHT[language]
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, terms in enumerate(self._terms):
            for term in sorted(terms):
                self._rows[term].append(row)
        self._mass = [sum(self._weight[t] for t in sorted(terms)) for terms in self._terms]

    def find(self, text: str) -> list[Overlap]:
        """All labels that share a term with the text, the largest cosine first."""
        asked = sorted(set(_label_terms(text, self._language)))
        text_mass = sum(self._weight.get(term, self._unseen) for term in asked)
        shared: dict[int, float] = defaultdict(float)
        count: Counter[int] = Counter()
        for term in asked:
            for row in self._rows.get(term, ()):
                shared[row] += self._weight[term]
                count[row] += not _is_character(term)
        found = []
        for row, mass in shared.items():
            if mass <= 0:
                continue
            label, target = self._labels[row]
            cosine = mass / math.sqrt(self._mass[row] * text_mass)
            found.append(Overlap(target, label, mass / self._mass[row], cosine, count[row]))
        return sorted(found, key=lambda o: (-o.cosine, o.label, o.target))
