"""Splits Chinese and English text into sentences with exact offsets."""

import re
from typing import Literal

_CLOSERS = "”’」』）)】》〉\"'\\]"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_ZH_END = re.compile(
    rf"(?:[。！？!?]|…{{2}})+[{_CLOSERS}]*|(?<=[\u4e00-\u9fff])\.(?=\s|[\u4e00-\u9fff]|$)"
)
# What goes on after a quoted question or exclamation: 解决“谁来管？”的问题.
_ZH_CONTINUES = re.compile(r"[，、；：,;:的等和与及或之]")
_EN_END = re.compile(
    r"(?P<stop>[.!?]+|…)(?P<close>[\"')\]”’*_]*)(?P<notes>(?:\[[\d,\s–-]{1,12}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)*)"
    r"(?P<gap>\s+|(?=[A-Z][a-z])|$)"
)
_EN_START = re.compile(r"[\"'(\[“‘*_#]*[A-Z0-9\u00c0-\u00de\u3400-\u9fff•–—-]")
_LAST_WORD = re.compile(r"[A-Za-z0-9.&’'\u00c0-\u024f/:-]+$")
# How far back the word before a full stop is looked for: longer than any abbreviation.
_LOOK_BACK = 40
_NEVER_LAST = re.compile(
    "mr|mrs|ms|dr|prof|st|messrs|rev|hon|gen|col|lt|sgt|capt|sen|rep|gov|figs?|eqs?|secs?|arts?|"
    "ch|chap|vols?|pp?|eds?|vs|cf|viz|e[.]g|i[.]e|approx|ca|al|paras?|cl|regs?|sch|ann|app|refs?|"
    "tab|dept|univ|est|resp|ff|ibid|op|cit|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
# These end a sentence only before a word that commonly begins one.
_SOMETIMES_LAST = re.compile("inc|ltd|co|corp|jr|sr|u[.][skn]|e[.]u|d[.]c|[ap][.]m|ph[.]d|[mb][.]a")
_STARTERS = re.compile(
    "The|This|That|These|Those|Its?|In|On|At|As|An?|If|When|While|Where|After|Before|Since|For|"
    "From|By|With|Without|However|Therefore|Thus|Hence|Moreover|Furthermore|Although|Because|But|"
    "And|Or|So|Yet|Such|There|Then|They|Their|We|Our|He|She|His|Her|You|Some|Many|Most|All|Each|"
    "Both|First|Second|Third|Firstly|Secondly|Finally|Under|During|Through|To|What|Why|How|Who"
)
_FIRST_WORD = re.compile(r"[A-Za-z]+")

Span = tuple[int, int]


def sentences(text: str, language: Literal["zh", "en"]) -> list[Span]:
    """The (start, end) offsets of the sentences, in order, without the blanks around them.

    Closing quotes and note marks belong to the sentence before them; a line break inside a
    paragraph ends no sentence, a blank line does.
    """
    found: list[Span] = []
    start = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        cuts = _zh_cuts(text, start, end) if language == "zh" else _en_cuts(text, start, end)
        for left, right in zip([start, *cuts], [*cuts, end], strict=True):
            span = trim(text, left, right)
            if span[0] < span[1]:
                found.append(span)
        start = gap.end() if gap else end
    return found


def trim(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _zh_cuts(text: str, start: int, end: int) -> list[int]:
    cuts = []
    for match in _ZH_END.finditer(text, start, end):
        after = text[match.end() : match.end() + 1]
        quoted = text[match.end() - 1] in "”’」』》"
        if quoted and (_ZH_CONTINUES.match(after) or _quotes_go_on(match.group(), after)):
            continue
        if match.group()[0] in "!?" and after.isascii() and after.isalnum():
            continue
        cuts.append(match.end())
    return cuts


def _quotes_go_on(stop: str, after: str) -> bool:
    return stop[0] in "？！?!" and after in {"“", "‘", "「", "『"}


def _en_cuts(text: str, start: int, end: int) -> list[int]:
    cuts = []
    sentence = start
    for match in _EN_END.finditer(text, start, end):
        if _en_sentence_ends(text, sentence, match):
            sentence = match.end()
            cuts.append(sentence)
    return cuts


def _en_sentence_ends(text: str, sentence: int, match: re.Match[str]) -> bool:
    rest = text[match.end() : match.end() + _LOOK_BACK]
    if rest and not _EN_START.match(rest):
        return False
    before = max(sentence, match.start() - _LOOK_BACK)
    found = _LAST_WORD.search(text[before : match.start()])
    word = found.group() if found else ""
    if not match["gap"]:
        return _glued_sentence_ends(word, match, rest)
    if match["stop"] != ".":
        return True
    first = _FIRST_WORD.search(rest)
    starter = first is not None and bool(_STARTERS.fullmatch(first.group()))
    numbered = word.isdigit() and not text[sentence : match.start() - len(word)].strip(" \n*#(")
    return not numbered and not _abbreviated(word, rest, starter)


def _abbreviated(word: str, rest: str, starter: bool) -> bool:
    lower = word.lower().strip("'’")
    if _NEVER_LAST.fullmatch(lower):
        return True
    if lower in ("no", "nos", "cap"):
        return rest[:1].isdigit()
    initial = len(word) == 1 and word.isupper() and word != "I"
    return (initial or bool(_SOMETIMES_LAST.fullmatch(lower)) or _initials(word)) and not starter


def _initials(word: str) -> bool:
    letters = word.split(".")
    return len(letters) > 1 and all(len(letter) == 1 for letter in letters)


def _glued_sentence_ends(word: str, match: re.Match[str], rest: str) -> bool:
    if not rest:
        return True
    # "interests.The" is a lost space; "www.Example" and "e.g.The" are not.
    plain = word.isalpha() and word.islower() and len(word) > 1 and word != "www"
    first = _FIRST_WORD.match(rest)
    return bool(plain and match["stop"] == "." and first and _STARTERS.fullmatch(first.group()))
