"""What Chinese words are in English: a lexicon induced from aligned texts, and our labels above it.

Each line of `data/lexicon.tsv.gz` is a Chinese term in simplified characters, a tab, and its
English words with weights: `property:1 fee:1`. `training/chinese` makes it.
"""

import gzip
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from govkg.errors import KnowledgeBaseError
from govkg.text.script import simplify

LEXICON_FILE = Path(__file__).parent / "data" / "lexicon.tsv.gz"


class Lexicon:
    """Gives English words for Chinese terms; it is read when it is first asked."""

    def __init__(self, path: Path = LEXICON_FILE) -> None:
        """Takes a file in the form of the packaged one."""
        self._path = path

    def terms(self, text: str) -> list[str]:
        """The lexicon's terms that a text is made of, in order, from the left the longest first.

        Terms are in simplified characters; what the lexicon does not know is passed over.
        """
        # A lone surrogate, possible in JSON, has no UTF-8 form.
        folded = simplify(text.encode("utf-8", "replace").decode("utf-8"))
        found, start = [], 0
        while start < len(folded):
            sizes = range(min(self._longest, len(folded) - start), 0, -1)
            known = (folded[start : start + size] for size in sizes)
            term = next((one for one in known if one in self._entries), "")
            if term:
                found.append(term)
            start += len(term) or 1
        return found

    def translate(self, terms: Iterable[str]) -> dict[str, float]:
        """English words in lower case with weights above 0; words of several terms add up.

        They are whole words: whoever looks them up in an index of stems stems them first.
        Terms that the lexicon does not know add nothing.
        """
        total: dict[str, float] = {}
        for term in terms:
            for word, weight in self.entry(term).items():
                total[word] = total.get(word, 0.0) + weight
        return total

    def entry(self, term: str) -> Mapping[str, float]:
        """The English words of one term with weights from 0 to 1, the likeliest first."""
        return self._entries.get(simplify(term), {})

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._entries), default=0)

    @cached_property
    def _entries(self) -> dict[str, dict[str, float]]:
        try:
            with gzip.open(self._path, "rt", encoding="utf-8") as lines:
                return dict(_parsed(line) for line in lines)
        except (OSError, EOFError, ValueError) as error:
            raise KnowledgeBaseError(
                f"the lexicon cannot be read: {error}",
                where=str(self._path),
                remedy="install govkg again",
            ) from error


def _parsed(line: str) -> tuple[str, dict[str, float]]:
    term, words = line.rstrip("\n").split("\t")
    pairs = (word.rsplit(":", 1) for word in words.split(" "))
    return term, {word: float(weight) for word, weight in pairs}
