"""Index terms: stemmed English words and Chinese character bigrams, the same at build and ask."""

import re
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from govkg.text.script import simplify

_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
# Latin letters with any accent, and digits.
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")
# Question frames and particles say how something is asked, not what about; a bigram made
# of them alone would match every other question.
_FUNCTION_CHARACTERS = frozenset(
    "的了吗呢吧啊呀么怎何啥哪谁为什如是在有和与及或也都就被把让给对从以之其这那我你他她它们"
)
# An address says nothing about a passage that holds it; Markdown puts it behind its text.
_LINK = re.compile(r"\]\([^)\s]*\)|https?://\S+")
_QUESTION_WORDS = re.findall(
    r"\w+",
    "what|which|who|whom|whose|how|why|when|where|do|does|did|can|could|should|would|will|may|"
    "might|must|have|has|had|am|is|are|was|were|be|been|being|about|there|here|than|i|we|you|he|"
    "she|our|your|their|its|my|me|us|them",
)


@lru_cache(maxsize=1)
def _stemmer() -> TextAnalyzer:
    return (
        TextAnalyzerBuilder(Tokenizer.regex(_WORD.pattern))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stemmer("english"))
        .build()
    )


@lru_cache(maxsize=1)
def _analyzer() -> TextAnalyzer:
    return (
        TextAnalyzerBuilder(Tokenizer.regex(_WORD.pattern))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stopword("english"))
        .filter(Filter.custom_stopword(_QUESTION_WORDS))
        .filter(Filter.stemmer("english"))
        .build()
    )


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The lower-cased Snowball stem of one English word."""
    stems: list[str] = _stemmer().analyze(word)
    return stems[0] if stems else word.lower()


def words(text: str) -> list[tuple[int, int]]:
    """The offsets of the English words and numbers of a text."""
    return [match.span() for match in _WORD.finditer(text)]


def english_terms(text: str) -> list[str]:
    """The stems of a text's English words, in order, stop words and question words left out."""
    return [
        term
        for term in _analyzer().analyze(_LINK.sub(" ", text))
        if len(term) > 1 or term.isdigit()
    ]


def chinese_terms(text: str) -> list[str]:
    """The character bigrams of a text's Han runs, script-folded, bare function words left out.

    A run of a single character gives that character.
    """
    found: list[str] = []
    for run in _HAN_RUN.findall(simplify(text)):
        pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        found += [pair for pair in pairs if not _FUNCTION_CHARACTERS.issuperset(pair)]
    return found


def chinese_characters(text: str) -> list[str]:
    """The single Han characters of a text, script-folded, function words left out."""
    return [
        character
        for run in _HAN_RUN.findall(simplify(text))
        for character in run
        if character not in _FUNCTION_CHARACTERS
    ]
