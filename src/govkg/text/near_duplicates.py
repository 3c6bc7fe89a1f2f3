"""Texts that say the same in nearly the same words: reprints, versions of an act, quotations.

Two texts of one language are near duplicates if they share most of their shingles (runs of five
characters in Chinese, of three words in English), and no number, negation, word of duty or level
of government differs: "within 30 days" and "within 60 days", "may" and "must not" are different
statements, however much else they share. In a short text, where any word may be the one that
matters ("mortgaged", "pledged"), words may be added or missing but none replaced.

The comparison is exact. An inverted index over the rarest shingles of each text (the prefix filter
of Bayardo, Ma and Srikant 2007) finds the pairs to compare, so that time grows with the number of
texts and not with its square.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from govkg.text.script import simplify

# Share of all their shingles that two texts must have in common (Jaccard).
SIMILARITY = 0.8
# A text shorter than this, in letters or words, may be said twice without being copied.
TELLING = {"zh": 12, "en": 6}
# In a text shorter than this, in letters or words, a word replaced is another statement.
_SHORT = {"zh": 40, "en": 20}
_SHINGLE = {"zh": 5, "en": 3}
# An odd multiplier without pattern, to hash a shingle into 64 bits: 2^64 over the golden ratio.
_MULTIPLIER = 0x9E3779B97F4A7C15
_WORD = re.compile(r"[^\W_]+")
# The number of an article says where a rule stands, which changes when an act is amended.
_ARTICLE = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?|article\s+\d+(?:-\d+)?\b)"
)
# Words that turn a statement into another: numbers, negations, duties, levels of government.
_DECISIVE = {
    "zh": re.compile(
        r"\d+|[〇零一二三四五六七八九十百千万亿两半]+|[不未没无非否勿增减升降国省市区县镇乡村]"
        r"|禁止|停止|必须|应当|应该|可以"
    ),
    "en": re.compile(
        r"\d+|\b(?:no|not|never|nor|none|without|cannot|must|shall|should|may|can|more|less|"
        r"fewer|increased?|decreased?|reduced?|rose|fell|half|one|two|three|four|five|six|seven|"
        r"eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
        r"hundred|thousand|million|billion|first|second|third)\b"
    ),
}


def folded(text: str, language: str) -> str:
    """What remains of a text for comparison: letters and digits, folded in width, case, script.

    Chinese as one run; English as words with single spaces. A leading article number is left out.
    """
    words = _WORD.findall(_plain(text, language))
    return (" " if language == "en" else "").join(words)


def is_telling(text: str, language: str) -> bool:
    """Whether a text is long enough that its being said twice means that it was copied."""
    same = folded(text, language)
    return (same.count(" ") + 1 if language == "en" else len(same)) >= TELLING[language]


def first_of_each(texts: Sequence[tuple[str, str]]) -> list[int]:
    """For each (text, language) the index of the first text that it is a near duplicate of.

    A text that repeats none before it gets its own index. One that is close to several gets the
    closest, then the first; that one repeats none itself, so groups do not grow into chains.
    """
    kept: dict[tuple[str, str], int] = {}
    same = [folded(text, language) for text, language in texts]
    first = [
        kept.setdefault((language, same[number]), number)
        for number, (_, language) in enumerate(texts)
    ]
    leader = dict(zip(first, first, strict=True))
    for language in _SHINGLE:
        rows = [row for row in leader if texts[row][1] == language]
        if rows:
            shingles = _shingles([same[row] for row in rows], language)
            group = _Group([texts[row][0] for row in rows], language, shingles)
            leader.update((rows[one], rows[other]) for one, other in group.repeats())
    return [leader[row] for row in first]


class _Group:
    """Different texts of one language with their shingles, each a sorted array of hashes."""

    def __init__(self, texts: Sequence[str], language: str, shingles: list[np.ndarray]) -> None:
        self._texts = texts
        self._language = language
        self._shingles = shingles

    def repeats(self) -> list[tuple[int, int]]:
        """Pairs of a text and the leader that it repeats, in order."""
        leaders: dict[int, list[int]] = defaultdict(list)
        found: list[tuple[int, int]] = []
        for number, prefix in _shared_prefixes(self._shingles):
            near = {leader for one in prefix for leader in leaders[one]}
            best = max(((self._similarity(number, x), -x) for x in near), default=(0.0, 0))
            if best[0] >= SIMILARITY:
                found.append((number, -best[1]))
            else:
                for one in prefix:
                    leaders[one].append(number)
        return found

    def _similarity(self, one: int, other: int) -> float:
        left, right = self._shingles[one], self._shingles[other]
        shared = len(np.intersect1d(left, right, assume_unique=True))
        similarity = shared / (len(left) + len(right) - shared)
        if similarity < SIMILARITY or self._decisive(one) != self._decisive(other):
            return 0.0
        return 0.0 if self._is_reworded(one, other) else similarity

    def _is_reworded(self, one: int, other: int) -> bool:
        """Whether the texts are short, and have different words in the same place."""
        same = (folded(self._texts[number], self._language) for number in (one, other))
        left, right = (text.split(" ") if self._language == "en" else list(text) for text in same)
        if min(len(left), len(right)) >= _SHORT[self._language]:
            return False
        steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        return any(name == "replace" for name, *_ in steps)

    def _decisive(self, number: int) -> Counter[str]:
        plain = _plain(self._texts[number], self._language).replace("n't", " not")
        return Counter(_DECISIVE[self._language].findall(plain))


def _shared_prefixes(shingles: list[np.ndarray]) -> list[tuple[int, list[int]]]:
    """For each text, in order, those of its first shingles that another text has too.

    Of two sets with a Jaccard of SIMILARITY at least one element is among the first fifth of
    each, whatever the order; in the order of rarity few others meet there.
    """
    values = np.concatenate(shingles)
    owners = np.repeat(np.arange(len(shingles)), [len(own) for own in shingles])
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    frequency = counts[place]
    order = np.lexsort((values, frequency, owners))
    start = np.searchsorted(owners, np.arange(len(shingles)))
    size = np.array([len(own) for own in shingles])
    # Rounded so that a set of five may lack one: .8 of 5 is 4, whatever the float says.
    needed = np.ceil(SIMILARITY * size - 1e-9).astype(int)
    among_first = np.arange(len(values)) - start[owners] < (size - needed + 1)[owners]
    chosen = order[among_first & (frequency[order] > 1)]
    found: dict[int, list[int]] = defaultdict(list)
    for owner, value in zip(owners[chosen].tolist(), values[chosen].tolist(), strict=True):
        found[owner].append(value)
    return list(found.items())


def _shingles(same: Sequence[str], language: str) -> list[np.ndarray]:
    """The hashed shingles of folded texts, each sorted; a text too short for any has one."""
    size = _SHINGLE[language]
    numbers: dict[str, int] = {}
    units: list[int] = []
    starts: list[int] = []
    for text in same:
        starts.append(len(units))
        parts = text.split(" ") if language == "en" else text
        units.extend(numbers.setdefault(part, len(numbers) + 1) for part in parts)
        # Nothing runs on into the next text, and the shortest text fills a shingle.
        units.extend([0] * (size - 1))
    codes = np.array([*units, *([0] * size)], dtype=np.uint64)
    hashes = np.zeros(len(units) + 1, dtype=np.uint64)
    for offset in range(size):
        hashes = hashes * np.uint64(_MULTIPLIER) + codes[offset : offset + len(hashes)]
    ends = [*starts[1:], len(units)]
    return [
        np.unique(hashes[start : max(start + 1, end - 2 * (size - 1))])
        for start, end in zip(starts, ends, strict=True)
    ]


def _plain(text: str, language: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    plain = simplify(plain) if language == "zh" else plain
    head = _ARTICLE.match(plain)
    return plain[head.end() :] if head else plain
