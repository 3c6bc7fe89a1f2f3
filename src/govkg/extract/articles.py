"""The articles of a law as provisions: sentences, and items under what leads in to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from govkg.model.document import Document, Passage
from govkg.text.segmentation import Span, sentences, trim

_KINDS = frozenset({"article", "prose", "list"})
_ITEM = re.compile(
    r"(?:[（(][一二三四五六七八九十百]+[）)]|[（(]?\d{1,2}[）).、．](?!\d)|\([a-z]{1,4}\)|"
    r"[一二三四五六七八九十]+、)\s*"
)
# An item, or a line after the end of a sentence; other line ends stand within a sentence. Items
# may follow their lead-in and one another without any.
_LINE_ENDS = re.compile(
    rf"(?<=[。；;：:.！？!?])\s*\n\s*|\s*\n\s*(?={_ITEM.pattern})|"
    r"(?<=[：；])(?=[（(][一二三四五六七八九十]+[）)])"
)
_LABEL = re.compile(
    r"\s*(?:\*\*)?(?:第[^条條\n]{1,12}[条條](?:之[一二三四五]+)?|Article\s+[\w.-]+)"
)


@dataclass(frozen=True, slots=True)
class Provision:
    """A sentence or a list item of an article; offsets are those of the document.

    `paragraph` counts the paragraphs of the article from 0, a list belonging to the one that
    leads in to it; `lead` is the sentence that leads in to an item, None for any other sentence.
    """

    passage: Passage
    start: int
    end: int
    text: str
    paragraph: int
    lead: "Provision | None" = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article, or what stands under one heading of a text that has no articles."""

    label: str
    provisions: tuple[Provision, ...]

    def paragraph(self, number: int) -> tuple[Provision, ...]:
        """The provisions of one paragraph, in order."""
        return tuple(one for one in self.provisions if one.paragraph == number)


def read_articles(document: Document) -> Iterator[Article]:
    """The articles in order; contents, tables and page furniture are none."""
    kept = [passage for passage in document.passages if passage.kind in _KINDS]
    for (section, label), passages in groupby(kept, key=lambda p: (p.section, p.label)):
        heading = document.sections[section].title
        yield Article(label or heading, tuple(_provisions(list(passages))))


def _provisions(passages: list[Passage]) -> Iterator[Provision]:
    paragraph = -1
    lead: Provision | None = None
    for passage in passages:
        for start, end in _lines(passage):
            item = _ITEM.match(passage.text, start, end)
            inside = item is not None and lead is not None
            if not inside:
                paragraph, lead = paragraph + 1, None
            if inside:
                # The whole item: what its sentences say depends on the lead-in alike.
                yield _provision(passage, (start, end), paragraph, lead)
                continue
            for left, right in sentences(passage.text[start:end], passage.language):
                lead = _provision(passage, (start + left, start + right), paragraph, None)
                yield lead
            if lead is not None and not lead.text.endswith(("：", ":")):
                lead = None


def _provision(passage: Passage, span: Span, paragraph: int, lead: Provision | None) -> Provision:
    start, end = span
    offset = passage.start
    return Provision(
        passage, offset + start, offset + end, passage.text[start:end], paragraph, lead
    )


def _lines(passage: Passage) -> Iterator[Span]:
    """The lines of a passage without the number of its article."""
    text = passage.text
    label = _LABEL.match(text) if passage.label else None
    begin = label.end() if label else 0
    cuts = [(match.start(), match.end()) for match in _LINE_ENDS.finditer(text, begin)]
    starts, ends = [begin, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    for start, end in zip(starts, ends, strict=True):
        left, right = trim(text, start, end)
        if left < right:
            yield left, right


def without_number(text: str) -> str:
    """An item's text without its number."""
    return _ITEM.sub("", text, count=1) if _ITEM.match(text) else text
