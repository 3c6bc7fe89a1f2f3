"""One matcher for all labels, used on documents at build time and on questions alike."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from govkg.text.script import simplify
from govkg.text.terms import stem, words

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# An all-capitals label this short (US, HDB) is only that name when written in capitals.
_ACRONYM_LENGTH = 4


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label found at `text[start:end]`, and the targets that carry it, in order."""

    start: int
    end: int
    label: str
    targets: tuple[str, ...]


_WordTable = dict[str, list[tuple[tuple[str, ...], str, tuple[str, ...]]]]


class LabelMatcher:
    """Finds labels, longest first and without overlap.

    Chinese labels match by characters in either script. English labels match whole words by
    their stems, so that case, plurals and endings do not matter; English names match letter for
    letter, with a capital. Where a negative label stands, no shorter label is found in it.
    """

    def __init__(
        self,
        labels: Iterable[tuple[str, str]],
        names: Iterable[tuple[str, str]] = (),
        negative: Iterable[str] = (),
    ) -> None:
        """Takes (label, target) and (name, target) pairs; a label may have several targets.

        A negative label (自助餐, of 助餐) names nothing, unless it is also the label of a target.
        """
        self._han: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        self._stems: _WordTable = {}
        self._names: _WordTable = {}
        for entries, table, form in ((labels, self._stems, stem), (names, self._names, str)):
            # Labels that name nothing take part in the match and are then left out.
            targets: dict[str, set[str]] = (
                {label: set() for label in negative} if table is self._stems else {}
            )
            for label, target in entries:
                targets.setdefault(label, set()).add(target)
            for label in sorted(targets):
                self._add(label, tuple(sorted(targets[label])), table, form)
        for han in self._han.values():
            han.sort(key=lambda entry: (-len(entry[0]), entry[0]))
        for table in (self._stems, self._names):
            for latin in table.values():
                latin.sort(key=lambda entry: (-len(entry[0]), entry[0], entry[1]))

    def _add(
        self, label: str, targets: tuple[str, ...], table: _WordTable, form: Callable[[str], str]
    ) -> None:
        if _HAN.search(label):
            folded = simplify(label)
            self._han.setdefault(folded[0], []).append((folded, label, targets))
            return
        forms = tuple(form(label[start:end]) for start, end in words(label))
        if forms:
            table.setdefault(forms[0], []).append((forms, label, targets))

    def find(self, text: str) -> list[LabelMatch]:
        """All labels in the text, in order; of two that overlap the longer, then the earlier."""
        spans = words(text)
        found = self._find_han(text)
        found += _find_words(text, spans, self._stems, stem)
        found += _find_words(text, spans, self._names, str)
        found.sort(key=lambda match: (match.start - match.end, match.start))
        taken = bytearray(len(text))
        kept = []
        for match in found:
            if not any(taken[match.start : match.end]):
                taken[match.start : match.end] = b"\1" * (match.end - match.start)
                kept.append(match)
        return sorted((match for match in kept if match.targets), key=lambda match: match.start)

    def _find_han(self, text: str) -> list[LabelMatch]:
        folded = simplify(text)
        found, taken_to = [], 0
        for start, character in enumerate(folded):
            for label, written, targets in self._han.get(character, ()):
                end = start + len(label)
                if end > taken_to and folded.startswith(label, start):
                    found.append(LabelMatch(start, end, written, targets))
                    taken_to = end
                    break
        return found


def _find_words(
    text: str, spans: list[tuple[int, int]], table: _WordTable, form: Callable[[str], str]
) -> list[LabelMatch]:
    forms = [form(text[start:end]) for start, end in spans]
    found = []
    for i, first in enumerate(forms):
        for label_forms, label, targets in table.get(first, ()):
            if tuple(forms[i : i + len(label_forms)]) != label_forms:
                continue
            start, end = spans[i][0], spans[i + len(label_forms) - 1][1]
            if _same_acronym(label, text[start:end]):
                found.append(LabelMatch(start, end, label, targets))
                break
    return found


def _same_acronym(label: str, written: str) -> bool:
    short = label.isupper() and len(label) <= _ACRONYM_LENGTH
    return not short or written == label
