"""What marks a line as a heading, an article or a list item, by its wording alone."""

import re
from dataclasses import dataclass

from govkg.corpus.source import PLAIN_RANK
from govkg.text.language import has_han

_NUMERAL = "一二三四五六七八九十百千零〇两0-9０-９"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

MARKDOWN = re.compile(r"(#{1,6})[ \t\u3000]+(\S.*?)[ \t]*#*$")
ARTICLE = re.compile(
    rf"(?:\*\*)?(?P<label>第\s*[{_NUMERAL}]+(?:\s*[-－]\s*\d+)?\s*[条條](?:\s*之\s*[{_NUMERAL}]+)?"
    r"|Article\s+\d+(?:[-.]\d+)?[A-Z]?\b)(?:\*\*)?(?P<gap>[\s\u3000:：.、]*)",
)
_DIVISION = re.compile(
    rf"第\s*[{_NUMERAL}]+\s*(?P<unit>分?编|分?編|部分|篇|章|节|節)(?=[\s\u3000：:]|[\u4e00-\u9fff]|$)"
)
_DIVISION_RANKS = {
    "编": 20,
    "編": 20,
    "部分": 20,
    "篇": 20,
    "分编": 22,
    "分編": 22,
    "章": 24,
    "节": 26,
    "節": 26,
}
_CHAPTER = re.compile(
    r"(?P<unit>Part|Chapter|Section|Annex|Appendix|Schedule)\s+(?:[IVXLC]+|\d+|[A-Z])\b", re.I
)
_CHAPTER_RANKS = {
    "part": 20,
    "annex": 20,
    "appendix": 20,
    "schedule": 20,
    "chapter": 24,
    "section": 26,
}
_FAMILIES = (
    ("一、", PLAIN_RANK, re.compile(r"(?P<n>[一二三四五六七八九十百]+)[、．.]\s*(?=\S)")),
    ("（一）", PLAIN_RANK + 4, re.compile(r"[（(](?P<n>[一二三四五六七八九十百]+)[）)]\s*(?=\S)")),
    ("（1）", PLAIN_RANK + 12, re.compile(r"[（(](?P<n>\d{1,3})[）)]\s*(?=\S)")),
    (
        "1.1",
        PLAIN_RANK,
        re.compile(r"(?P<n>\d{1,2}(?:[.．]\d{1,2})+)[.．、]?[\s\u3000]*(?=[^\d\s.%％])"),
    ),
    ("1.", PLAIN_RANK, re.compile(r"(?P<n>\d{1,3})(?:[.)．、](?!\d)\s*|\s{1,3}(?=[A-Z]))(?=\S)")),
)
_BULLET = re.compile(r"(?:[-*+•●◦▪■·○–]|[a-z][.)])[ \t\u3000]+(?=\S)|——(?=\S)")
ENDS_SENTENCE = re.compile(r"[.!?。！？;；:：…][\"'”’」』）)\]》*_]*(?:\[\d+\])*$")
_PUNCTUATION = re.compile(r"[,.;:!?，。；：！？…、“”\"|=<>]")
_SMALL_WORDS = re.compile("an?|and|as|at|but|by|for|from|in|into|of|on|or|per|the|to|vs|with|over")
_KNOWN_TITLES = re.compile(
    r"abstract|(?:executive )?summary|key ?words|introduction|background|methods?|methodology|"
    r"results|discussion|conclusions?|findings|recommendations|references|bibliography|notes|"
    r"acknowledge?ments?|funding|appendix|contents|table of contents|contacts|works cited|"
    r"further reading|conflicts? of interest|external links|see also|secondary sources|"
    r"摘\s*要|关键词|引言|前言|绪论|导言|结论|结语|参考文献|附录|致谢|目\s*[录次]|背景|总结|注\s*释"
)
# Longer lines are sentences that happen to lack a full stop.
_TITLE_WORDS, _TITLE_CHARACTERS, _HAN_TITLE_CHARACTERS = 14, 110, 40
_NUMBERED_CHARACTERS, _HAN_NUMBERED_CHARACTERS = 160, 60
# Share of a line's longer words that begin with a capital where the line is a title.
_CAPITAL_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering at the head of a line: its family, the rank as a heading, and its ordinal."""

    family: str
    rank: int
    ordinal: tuple[int, ...]
    length: int

    def precedes(self, other: "Marker | None") -> bool:
        """Whether the other marker is the next one of the same list."""
        return (
            other is not None
            and other.family == self.family
            and other.ordinal == (*self.ordinal[:-1], self.ordinal[-1] + 1)
        )


def number(numeral: str) -> int:
    """The value of a Chinese or Arabic numeral below 10,000; 0 where it is none."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character] if character in _DIGITS else 0
    return total + digit


def marker(line: str) -> Marker | None:
    """The numbering that a line begins with, such as 一、 or 3.2.1."""
    for family, rank, pattern in _FAMILIES:
        match = pattern.match(line)
        if match:
            ordinal = tuple(number(part) for part in re.split(r"[.．]", match["n"]))
            if family == "1.1":
                rank += 2 * (len(ordinal) - 1)
            elif family == "1." and has_han(line):
                rank += 8
            return Marker(family, rank, ordinal, match.end())
    return None


def division_rank(line: str) -> int:
    """The rank of a part, chapter or section heading (第一章, Chapter 2), else 0."""
    match = _DIVISION.match(line)
    if match and len(line) <= _HAN_NUMBERED_CHARACTERS and not ENDS_SENTENCE.search(line):
        return _DIVISION_RANKS[match["unit"]]
    match = _CHAPTER.match(line)
    if match and len(line) <= _TITLE_CHARACTERS and not ENDS_SENTENCE.search(line):
        return _CHAPTER_RANKS[match["unit"].lower()]
    return 0


def bullet_length(line: str) -> int:
    """The length of the bullet or dash that a list item begins with, else 0."""
    match = _BULLET.match(line)
    return match.end() if match else 0


def starts_block(line: str) -> bool:
    """Whether a line begins something new, whatever stands before it."""
    return bool(
        bullet_length(line)
        or marker(line)
        or division_rank(line)
        or MARKDOWN.match(line)
        or (ARTICLE.match(line) and is_article(line))
    )


def is_article(line: str) -> bool:
    """Whether a line begins an article rather than a sentence about one."""
    match = ARTICLE.match(line)
    return bool(match and (match["gap"] or match.end() == len(line)))


def numbered_title(line: str) -> bool:
    """Whether a numbered line is short and unpunctuated enough for a heading."""
    if has_han(line):
        short = len(line) <= _HAN_NUMBERED_CHARACTERS
        body = line.rstrip("。")
        return short and not ENDS_SENTENCE.search(body) and "。" not in body
    return len(line) <= _NUMBERED_CHARACTERS and not re.search(r"[.;:,][\"'”’)]*$", line)


def is_known_title(line: str) -> bool:
    """Whether a line is one of the usual headings of papers and reports."""
    return bool(_KNOWN_TITLES.fullmatch(line.rstrip(":：.").strip().lower()))


def is_title(line: str) -> bool:
    """Whether a line alone looks like a title: short, unpunctuated, capitals or Chinese."""
    if is_known_title(line):
        return True
    if has_han(line):
        return len(line) <= _HAN_TITLE_CHARACTERS and not _PUNCTUATION.search(line)
    words: list[str] = re.findall(r"[^\W\d_][\w'’-]*", line)
    if not words or len(words) > _TITLE_WORDS or len(line) > _TITLE_CHARACTERS:
        return False
    if re.search(r"[.,;:!?…|=<>/\\@]$|https?:|@|[|=<>]", line) or not line[0].isupper():
        return False
    long = [word for word in words if not _SMALL_WORDS.fullmatch(word.lower())]
    capitals = sum(word[0].isupper() for word in long)
    return capitals >= _CAPITAL_SHARE * len(long)
