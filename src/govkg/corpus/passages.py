"""Packs sentences, items, rows and clauses into passages that are never too long."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govkg.corpus.headings import ENDS_SENTENCE
from govkg.corpus.source import Block, BlockKind
from govkg.model.document import Language, PassageKind
from govkg.text.language import detect, han_count
from govkg.text.segmentation import Span, sentences, trim

# The size of a passage that can be read at a glance, and what none may exceed.
MAX_WORDS, MAX_HAN = 120, 200
_HARD = 1.5
# Items shorter than this on average are words, not sentences: any number may share a passage.
_BRIEF = 0.1
# What is neither words nor Han (a long string of signs) is measured by its characters.
_MAX_CHARACTERS = 1_500
MAX_SENTENCES = 3
_WORD = re.compile(r"[^\s\u3400-\u9fff]+")
_CLAUSE = {"zh": re.compile(r"[；;，,：:、]"), "en": re.compile(r"[;:,—–)]\s|\s(?=\()|\s")}
_STRONG = {"zh": re.compile(r"[；;]"), "en": re.compile(r"[;:]\s")}
_PASSAGE_KINDS: dict[BlockKind, PassageKind] = {
    "prose": "prose",
    "item": "list",
    "row": "table",
    "article": "article",
    "contents": "contents",
    "reference": "reference",
    "furniture": "furniture",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it has an IRI; `block` is the index of the block that it begins in."""

    start: int
    end: int
    label: str
    language: Language
    kind: PassageKind
    block: int


@dataclass(slots=True)
class _Group:
    """Blocks whose units may share passages: a paragraph, a list, an article or a table."""

    kind: BlockKind
    label: str
    block: int
    spans: list[Span]
    joined: bool = False


def size(text: str) -> float:
    """The length as a share of the longest passage: 1 is 120 words or 200 Han characters."""
    counted = han_count(text) / MAX_HAN + len(_WORD.findall(text)) / MAX_WORDS
    return max(counted, len(text) / _MAX_CHARACTERS)


def pieces(text: str, blocks: Sequence[Block]) -> Iterator[Piece]:
    """The passages of the blocks, in order, without overlap; headings give none."""
    for group in _grouped(text, blocks):
        whole = text[group.spans[0][0] : group.spans[-1][1]]
        language: Language = detect(whole)
        for start, end in _packed(text, group, language):
            kind = _PASSAGE_KINDS[group.kind]
            yield Piece(start, end, group.label, detect(text[start:end]), kind, group.block)


def _grouped(text: str, blocks: Sequence[Block]) -> Iterator[_Group]:
    group: _Group | None = None
    for i, block in enumerate(blocks):
        if block.kind in {"heading", "skip"}:
            # A ruled line between the head and the rows of a table does not end it.
            if group and (block.kind == "heading" or group.kind != "row"):
                yield group
                group = None
            continue
        if group and _continues(text, group, block):
            _extend(text, group, block)
            continue
        if group:
            yield group
        group = _Group(block.kind, block.label, i, [(block.start, block.end)])
    if group:
        yield group


def _continues(text: str, group: _Group, block: Block) -> bool:
    if block.rank:
        return False
    if group.kind == "prose":
        if block.kind == "item":
            return text[group.spans[-1][1] - 1] in ":："
        return block.kind == "prose" and _goes_on(text, group.spans[-1], block)
    if group.kind == "article":
        return block.label == group.label
    return group.kind == block.kind and block.kind in {"item", "row", "contents", "furniture"}


def _goes_on(text: str, before: Span, block: Block) -> bool:
    """Whether a page break or a short lead-in, not a paragraph's end, stands before a block."""
    if text[before[1] - 1] in ":：":
        return size(text[before[0] : before[1]]) < _LONG_LINE
    if ENDS_SENTENCE.search(text, *before):
        return False
    goes_on = text[block.start].islower() or text[block.start] in "，。、；："
    # A line this long that ends without a stop is no title or label.
    return goes_on or size(text[before[0] : before[1]]) >= _LONG_LINE


_LONG_LINE = 0.2


def _extend(text: str, group: _Group, block: Block) -> None:
    if group.kind == "prose" and block.kind == "item":
        # The lead-in and its items make a list; sentences before the lead-in stay apart.
        group.kind, group.joined = "item", True
    if group.kind == "prose":
        group.spans[-1] = (group.spans[-1][0], block.end)
    else:
        group.spans.append((block.start, block.end))


def _packed(text: str, group: _Group, language: Language) -> Iterator[Span]:
    whole = group.spans[0][0], group.spans[-1][1]
    fits = _HARD if group.kind in {"article", "item", "row"} else 1.0
    if group.kind in {"article", "reference", "row"} and size(text[slice(*whole)]) <= fits:
        yield whole
        return
    units = _units(text, group, language)
    brief = group.kind != "prose" and size(text[slice(*whole)]) < _BRIEF * len(units)
    listing = group.kind in {"prose", "item"} and not brief
    yield from _pack(text, units, MAX_SENTENCES if listing else len(text))


def _units(text: str, group: _Group, language: Language) -> list[Span]:
    """What is never cut unless it is too long by itself: sentences, items, lines, rows."""
    if group.kind in {"prose", "reference"}:
        parts = [part for span in group.spans for part in _sentences(text, span, language)]
    elif group.kind == "item" and group.joined:
        parts = _sentences(text, group.spans[0], language) + group.spans[1:]
    else:
        parts = [line for span in group.spans for line in _paragraph_lines(text, span)]
    return [unit for part in parts for unit in _short(text, part, language)]


def _sentences(text: str, span: Span, language: Language) -> list[Span]:
    start, end = span
    # A paragraph continued over a page break holds a blank line that ends no sentence.
    paragraph = re.sub(r"\n(?=\s*\n)|(?<=\n)\n", " ", text[start:end])
    return [(start + left, start + right) for left, right in sentences(paragraph, language)]


def _paragraph_lines(text: str, span: Span) -> Iterator[Span]:
    """The lines of a block, joined where a line breaks off within a sentence."""
    start, end = span
    left = start
    for match in re.finditer(r"\n", text[start:end]):
        right = start + match.start()
        if ENDS_SENTENCE.search(text, left, right):
            yield trim(text, left, right)
            left = right + 1
    if trim(text, left, end)[0] < end:
        yield trim(text, left, end)


def _short(text: str, span: Span, language: Language) -> list[Span]:
    """The span, or where it is longer than a passage its sentences, or their clauses."""
    if size(text[slice(*span)]) <= 1:
        return [span]
    parts = _sentences(text, span, language)
    if len(parts) > 1:
        return [unit for part in parts for unit in _short(text, part, language)]
    if size(text[slice(*span)]) <= _HARD and not _STRONG[language].search(text, *span):
        return [span]
    return _clauses(text, span)


def _clauses(text: str, span: Span) -> list[Span]:
    """A long sentence cut at its semicolons, else its commas, else anywhere that is needed."""
    language: Language = detect(text[slice(*span)])
    parts = [span]
    for pattern in (_STRONG[language], _CLAUSE[language]):
        cuts = [match.end() for match in pattern.finditer(text, *span)]
        parts = list(_pack(text, _between(text, span, cuts), len(text)))
        if len(parts) > 1 and all(size(text[slice(*part)]) <= _HARD for part in parts):
            return parts
    return [
        chopped
        for part in parts
        for chopped in ([part] if size(text[slice(*part)]) <= _HARD else _chopped(text, part))
    ]


def _chopped(text: str, span: Span) -> list[Span]:
    """Text without any punctuation, cut at equal steps."""
    return _between(text, span, list(range(span[0] + MAX_HAN, span[1], MAX_HAN)))


def _between(text: str, span: Span, cuts: list[int]) -> list[Span]:
    ends = [trim(text, *pair) for pair in zip([span[0], *cuts], [*cuts, span[1]], strict=True)]
    return [(start, end) for start, end in ends if start < end]


def _pack(text: str, units: list[Span], most: int) -> Iterator[Span]:
    """Neighbouring units together while they fit; the last passage is not left with one unit."""
    runs: list[list[Span]] = []
    for unit in units:
        if runs and len(runs[-1]) < most and _share(text, (runs[-1][0][0], runs[-1][-1][1]), unit):
            runs[-1].append(unit)
        else:
            runs.append([unit])
    if len(runs) > 1 and len(runs[-1]) == 1 and len(runs[-2]) == most > 2:
        moved, last = runs[-2][-1], runs[-1][0]
        if size(text[moved[0] : last[1]]) <= 1:
            runs[-1].insert(0, runs[-2].pop())
    for run in runs:
        yield run[0][0], run[-1][1]


def _share(text: str, run: Span, unit: Span) -> bool:
    """Whether a unit fits into the passage before it."""
    together = size(text[run[0] : unit[1]])
    if together <= 1:
        return True
    # A few words are not left alone because what follows is nearly a passage by itself.
    return together <= _HARD and min(size(text[slice(*run)]), size(text[slice(*unit)])) < _BRIEF
