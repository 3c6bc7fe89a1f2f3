"""Misspelt words of a question, read as words that the base knows."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.text.script import simplify
from govkg.text.sounds import sounds_alike
from govkg.text.terms import chinese_terms, english_terms, stem

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_ENGLISH = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+(?:['’][A-Za-z]+)*(?![A-Za-z0-9])")
_SHORTEST_TERM, _LONGEST_TERM = 3, 12
# So long a term is told by its other characters; a shorter one must sound alike as well.
_TOLD_BY_THE_REST = 5
# A short word with another letter in it is another word (smell, small; prince, price).
_SHORTEST_WORD, _ANY_SLIP_FROM, _TWO_SLIPS_FROM = 5, 7, 8
# The ways to leave two letters out grow with the square of a word's length.
_LONGEST_WORD = 20
# Two slips are believed towards words of several terms alone; of two words as near the one that
# is in far more terms.
_OFTEN, _CLEARLY = 3, 5
_VOWELS = frozenset("aeiouy")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_PAIRS = frozenset(map(frozenset, ("cs", "ck", "fv", "sz", "mn", "dt", "bp", "gj")))


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text as it is read, and its corrections as (written, read) pairs, in order."""

    text: str
    corrections: tuple[tuple[str, str], ...] = ()


class Speller:
    """Corrects what a base does not know to the one known term that it is nearest to.

    A question whose words the base knows stays as it is; where two terms are as near, none is
    taken.
    """

    def __init__(
        self,
        known_terms: Iterable[str],
        is_known: Callable[[str], bool],
        other_terms: Iterable[str] = (),
        english: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        """Takes the terms to correct to, and what else is known.

        `other_terms` are right as they are, but nothing is corrected to them (names of places).
        `is_known` is asked for pairs of Chinese characters (simplified), for English stems and
        for English words in small letters. `english` gives common English words, which are right
        whatever the base knows; if it gives none, English is left as it is.
        """
        self._english = english
        self._is_known = is_known
        self._terms = tuple(dict.fromkeys(known_terms))
        self._others = tuple(other_terms)
        self._lengths = range(_SHORTEST_TERM, _LONGEST_TERM + 1)

    # What follows is made when the first word is met that the base does not know.
    @cached_property
    def _patterns(self) -> dict[tuple[str, str], set[str]]:
        """The characters that stand between a beginning and an end in Chinese terms."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for term in map(simplify, self._terms):
            if _SHORTEST_TERM <= len(term) <= _LONGEST_TERM and _HAN_RUN.fullmatch(term):
                for i, character in enumerate(term):
                    found[term[:i], term[i + 1 :]].add(character)
        return found

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """The characters that stand side by side in any term."""
        terms = (simplify(term) for term in (*self._terms, *self._others))
        runs = [run for term in terms for run in _HAN_RUN.findall(term)]
        return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))

    @cached_property
    def _frequency(self) -> Counter[str]:
        """The English words of the terms to correct to, and how many have them."""
        return Counter(m[0].lower() for term in self._terms for m in _ENGLISH.finditer(term))

    @cached_property
    def _stems(self) -> frozenset[str]:
        """The stems of the English words of any term."""
        others = (m[0] for term in self._others for m in _ENGLISH.finditer(term))
        return frozenset(stem(word) for word in (*self._frequency, *others))

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """English words by what is left of them without a letter or two."""
        found: dict[str, set[str]] = defaultdict(set)
        for word in self._frequency:
            if _SHORTEST_WORD <= len(word) <= _LONGEST_WORD and word.isalpha():
                for shorter in _shortened(word):
                    found[shorter].add(word)
        return found

    def read(self, text: str) -> Spelled:
        """The text with its misspelt words corrected, as long as it was in Chinese."""
        text, chinese = self._read_chinese(text)
        text, english = self._read_english(text)
        return Spelled(text, (*chinese, *english))

    def _read_chinese(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        folded, characters = simplify(text), list(text)
        corrections: list[tuple[str, str]] = []
        for run in _HAN_RUN.finditer(folded):
            start, end = run.span()
            pairs = [self._knows_pair(folded[i : i + 2]) for i in range(start, end - 1)]
            for i in range(start, end):
                beside = pairs[max(0, i - 1 - start) : i - start + 1]
                if not beside or all(beside):
                    continue
                found = self._right_character(folded[start:end], i - start, not any(beside))
                if found:
                    right, left, term = found
                    characters[i] = right
                    corrections.append((text[start + left : start + left + len(term)], term))
        return "".join(characters), corrections

    def _right_character(self, run: str, i: int, odd: bool) -> tuple[str, int, str] | None:
        """The one character that makes a known term of those around it, where and which.

        `odd` where the character is in no pair that is known: otherwise it must sound alike and
        stand within a term of some length.
        """
        found: dict[tuple[bool, str], tuple[int, int, str]] = {}
        for length in self._lengths:
            for left in range(max(0, i - length + 1), min(i, len(run) - length) + 1):
                before, after = run[left:i], run[i + 1 : left + length]
                for right in self._patterns.get((before, after), ()):
                    alike = sounds_alike(run[i], right)
                    told = bool(before and after) and length >= _TOLD_BY_THE_REST - alike
                    if (odd and (alike or told)) or (alike and told):
                        found[alike, right] = (length, left, before + right + after)
        for alike in (True, False):
            rights = [right for sound, right in found if sound == alike]
            if len(rights) == 1:
                _, left, term = found[alike, rights[0]]
                return rights[0], left, term
            if rights:
                return None
        return None

    def _knows_pair(self, pair: str) -> bool:
        return not _says_something(pair) or self._is_known(pair) or pair in self._pairs

    def _read_english(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        corrections: list[tuple[str, str]] = []
        pieces, done = [], 0
        for match in _ENGLISH.finditer(text):
            word = match[0]
            begins = not re.search(r"[^\s“\"'(]", text[: match.start()])
            if not word.isalpha() or not (word.islower() or (begins and word.istitle())):
                continue
            right = self._right_word(word.lower())
            if right:
                right = right.capitalize() if word[0].isupper() else right
                pieces += [text[done : match.start()], right]
                done = match.end()
                corrections.append((word, right))
        return "".join([*pieces, text[done:]]), corrections

    def _right_word(self, word: str) -> str:
        """The one known word nearest to an unknown one, or empty."""
        if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD or self._knows_word(word):
            return ""
        near = {known for short in _shortened(word) for known in self._words.get(short, ())}
        slips = {known: count for known in near if (count := _slips(word, known)) is not None}
        least = min(slips.values(), default=0)
        weight: Counter[str] = Counter()
        for known in sorted(known for known, count in slips.items() if count == least):
            weight[stem(known)] += self._frequency[known]
        if least > 1:
            weight = Counter({k: n for k, n in weight.items() if n >= _OFTEN})
        (best, times), (_, second) = [*weight.most_common(2), ("", 0), ("", 0)][:2]
        if times < _CLEARLY * second or not times:
            return ""
        return min(
            (known for known in slips if stem(known) == best and slips[known] == least),
            key=lambda known: (-self._frequency[known], known),
        )

    def _knows_word(self, word: str) -> bool:
        root = stem(word)
        if not english_terms(word):
            return True
        if self._common is not None and (word in self._common or not self._common):
            return True
        return self._is_known(root) or self._is_known(word) or root in self._stems

    @cached_property
    def _common(self) -> frozenset[str] | None:
        return self._english() if self._english else None


def speller_of(
    vocabulary: Vocabulary,
    places: Places,
    is_known: Callable[[str], bool],
    english: Callable[[], frozenset[str]] | None = None,
) -> Speller:
    """Corrects to the labels of a vocabulary; names of places are right as they are.

    `english` gives common English words, which are right as they are; see `Speller`.
    """
    labels = [label for concept in vocabulary.concepts for label in concept.labels]
    return Speller(
        (label.text for label in labels if label.kind != "negative"),
        is_known,
        [
            *(label.text for label in labels if label.kind == "negative"),
            *(label.text for place in places.places for label in place.labels),
        ],
        english,
    )


def distance(one: str, other: str) -> int:
    """The Damerau-Levenshtein distance: letters left out, added, changed or swapped.

    It is the restricted form: no letter is changed twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row, older = row, [i], before
        for j, right in enumerate(other, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != right))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == right
            row.append(min(best, older[j - 2] + 1) if swapped else best)
        before = above
    return row[-1]


def _allowed(word: str) -> int:
    return 2 if len(word) >= _TWO_SLIPS_FROM else 1


def _slips(word: str, known: str) -> int | None:
    """How many slips make the one word of the other; None where it is simply another word."""
    if word[0] != known[0] and word[:2] != known[1::-1]:
        return None
    # Another ending makes another word: identify, identity; delivered, delivery.
    if word[-1] != known[-1] and word[-2:] != known[:-3:-1]:
        return None
    slips = distance(word, known)
    if not 0 < slips <= _allowed(word):
        return None
    return slips if _is_likely(word, known, slips) else None


def _is_likely(word: str, known: str, slips: int) -> bool:
    if len(word) != len(known):
        return len(word) >= _ANY_SLIP_FROM or _is_soft(*sorted((word, known), key=len))
    changed = [(a, b) for a, b in zip(word, known, strict=True) if a != b]
    if len(changed) > slips:
        # Two letters were swapped.
        return True
    return len(word) >= _ANY_SLIP_FROM and all(_easily_changed(a, b) for a, b in changed)


def _is_soft(shorter: str, longer: str) -> bool:
    """Whether the one letter that is too much or too few is doubled or a vowel."""
    at = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    return longer[at] in _VOWELS or longer[at] == longer[at - 1]


def _easily_changed(one: str, other: str) -> bool:
    beside = any(one + other in row or other + one in row for row in _KEYBOARD)
    return beside or {one, other} <= _VOWELS or frozenset((one, other)) in _SOUND_PAIRS


def _shortened(word: str) -> Iterator[str]:
    """The word, and it with one letter left out or, of a long one, two."""
    for count in range(_allowed(word) + 1):
        for left_out in combinations(range(len(word)), count):
            yield "".join(letter for i, letter in enumerate(word) if i not in left_out)


@lru_cache(maxsize=10_000)
def _says_something(pair: str) -> bool:
    return bool(chinese_terms(pair))
