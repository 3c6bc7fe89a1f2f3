"""English that was machine-translated from Chinese: recognised, and read as it was meant."""

import re
from collections.abc import Sequence

from govkg.model.document import Document
from govkg.ontology.translationese import Reading
from govkg.text.terms import stem, words

# So many different phrases of the table, and so many in a thousand words, show a translation.
# Plain English on the same matters has up to five of them ("district", "common part"), not more.
_DIFFERENT, _PER_THOUSAND = 8, 4.0
# How far around a phrase, in characters, the words of its context are looked for.
_NEARBY = 200


class Translation:
    """Reads translated English; other English stays as it is."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Takes the table of phrases."""
        ordered = sorted(readings, key=lambda one: (-len(one.pattern.split()), one.pattern))
        self._readings = [(_stems(one.pattern), one) for one in ordered]

    def is_translated(self, document: Document) -> bool:
        """Whether an English document says that it was translated from Chinese, or reads so."""
        if document.language != "en":
            return False
        if document.translated_from:
            return document.translated_from == "zh"
        different, rate = self.density(document.text)
        return different >= _DIFFERENT and rate >= _PER_THOUSAND

    def density(self, text: str) -> tuple[int, float]:
        """How many different phrases of the table a text has, and how many in 1,000 words."""
        found = self._find(text)
        count = max(1, len(words(text)))
        return len({one.pattern for _, _, one in found}), 1000 * len(found) / count

    def read(self, text: str) -> str:
        """The text with each phrase of the table put as it was meant."""
        for start, end, one in reversed(self._find(text)):
            text = text[:start] + one.reading + text[end:]
        return text

    def _find(self, text: str) -> list[tuple[int, int, Reading]]:
        spans = words(text)
        stems = [stem(text[start:end]) for start, end in spans]
        lower = text.lower()
        found, taken = [], [False] * len(spans)
        for pattern, one in self._readings:
            size = len(pattern)
            for n in range(len(stems) - size + 1):
                if stems[n : n + size] != pattern or any(taken[n : n + size]):
                    continue
                start, end = spans[n][0], spans[n + size - 1][1]
                if _is_name(text, start, n) or not _fits(one, lower, start, end):
                    continue
                taken[n : n + size] = [True] * size
                found.append((start, end, one))
        return sorted(found, key=lambda item: item[0])


def _stems(text: str) -> list[str]:
    return [stem(text[start:end]) for start, end in words(text)]


def _is_name(text: str, start: int, position: int) -> bool:
    """A capital within a sentence is a name: Bishan District, not a district."""
    return position > 0 and text[start].isupper() and not re.search(r"[.!?]\s*$", text[:start])


def _fits(one: Reading, lower: str, start: int, end: int) -> bool:
    around = lower[max(0, start - _NEARBY) : start] + " " + lower[end : end + _NEARBY]
    return not one.context or any(word in around for word in one.context)
