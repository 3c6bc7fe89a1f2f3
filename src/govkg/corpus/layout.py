"""Finds paragraphs, items, table rows and marked-up headings in the lines of a plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govkg.corpus.headings import (
    ENDS_SENTENCE,
    MARKDOWN,
    bullet_length,
    is_article,
    is_known_title,
    is_title,
    marker,
    starts_block,
)
from govkg.corpus.source import BOLD_RANK, Block, BlockKind
from govkg.text.language import has_han
from govkg.text.segmentation import trim

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_SETEXT = re.compile(r"(=+|-+)\s*$")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}$|(?:[-=_—─]){5,}$|`{3,}.*$|~{3,}.*$")
_ROW = re.compile(r"\|.*\||[^|\n]+\|[^|\n]+\|[^|\n]+$")
_ROW_RULE = re.compile(r"[|:\-\s]+$")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)\s*$")
# "... in 1993.  Origins and Development  The project began": a title set off by blanks.
_RUN_IN = re.compile(
    r"(?:(?<=\A)|(?<=[.!?\])”\"]  )|(?<=[.!?\])”\"]\u00a0 ))[ \u00a0]*"
    r"(?P<title>[A-Z][^\n.!?;]{2,70}?)[ \u00a0]{2,}(?=[A-Z“‘•\[\u4e00-\u9fff])"
)
_BOLD = re.compile(r"(\*\*|__)(?P<title>[^*_\n]{2,100})\1$")
# A line shorter than this that ends a sentence is not wrapped text but a paragraph.
_MIN_WRAPPED = 40


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def scan(text: str) -> list[Block]:
    """The blocks of a plain or Markdown text, in order, with the offsets of their content."""
    blocks: list[Block] = []
    for group in _groups(text):
        blocks += _blocks_of(text, group)
    return blocks


def _groups(text: str) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line or comment between them."""
    group: list[_Line] = []
    for line in _lines(text):
        if line.text:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _lines(text: str) -> Iterator[_Line]:
    """The lines without the blanks around them; comments read as blank lines."""
    hidden = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    start = 0
    for raw in hidden.split("\n"):
        stripped = raw.strip()
        left = start + len(raw) - len(raw.lstrip())
        yield _Line(left, left + len(stripped), stripped)
        start += len(raw) + 1


def _blocks_of(text: str, group: list[_Line]) -> Iterator[Block]:
    if len(group) == 2 and _is_setext(group):
        line = group[0]
        yield Block(line.start, line.end, "heading", 1 if group[1].text[0] == "=" else 2, line.text)
        return
    paragraph: list[_Line] = []
    for line in group:
        single = _single(line)
        if single or not paragraph or _breaks(paragraph, line):
            yield from _paragraph(text, paragraph)
            paragraph = []
        if single:
            yield single
        else:
            paragraph.append(line)
    yield from _paragraph(text, paragraph)


def _is_setext(group: list[_Line]) -> bool:
    return bool(_SETEXT.match(group[1].text)) and len(group[0].text) <= len(group[1].text) * 4


def _single(line: _Line) -> Block | None:
    """The block of a line that is one by itself: heading, rule, image or table row."""
    match = MARKDOWN.match(line.text)
    if match:
        title = match[2].strip("*_ \u3000")
        return Block(line.start, line.end, "heading", len(match[1]), title)
    bold = _BOLD.match(line.text)
    if bold and not is_article(line.text) and not ENDS_SENTENCE.search(bold["title"].rstrip("?？")):
        return Block(line.start, line.end, "heading", BOLD_RANK, bold["title"].strip())
    if _RULE.match(line.text) or _IMAGE.match(line.text):
        return Block(line.start, line.end, "skip")
    if _ROW.match(line.text):
        kind: BlockKind = "skip" if _ROW_RULE.match(line.text) else "row"
        return Block(line.start, line.end, kind)
    return None


def _breaks(paragraph: list[_Line], line: _Line) -> bool:
    """Whether a line begins a new block within a run of lines."""
    last = paragraph[-1].text
    if starts_block(line.text):
        return True
    if len(paragraph) == 1 and _stands_alone(last):
        return True
    if not ENDS_SENTENCE.search(last):
        return False
    return has_han(last) or len(last) < _MIN_WRAPPED or _stands_alone(line.text)


def _is_run_in_title(title: str) -> bool:
    return is_known_title(title) or (is_title(title) and " " in title and "’" not in title)


def _stands_alone(line: str) -> bool:
    return not has_han(line) and marker(line) is None and is_title(line)


def _paragraph(text: str, lines: list[_Line]) -> Iterator[Block]:
    if not lines:
        return
    start, end, first = lines[0].start, lines[-1].end, lines[0].text
    kind: BlockKind = "item" if bullet_length(first) else "prose"
    for run_in in _RUN_IN.finditer(text[start:end]) if kind == "prose" else ():
        if _is_run_in_title(run_in["title"]):
            left, right = (lines[0].start + offset for offset in run_in.span("title"))
            if start < left:
                yield Block(*trim(text, start, left), "prose")
            yield Block(left, right, "prose")
            start = lines[0].start + run_in.end()
    yield Block(start, end, kind)
