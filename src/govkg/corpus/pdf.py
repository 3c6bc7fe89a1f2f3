"""Reads PDF files that hold text: lines become paragraphs again, and pages keep their offsets."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from govkg.corpus.headings import ENDS_SENTENCE, is_title, marker, starts_block
from govkg.corpus.source import BOLD_RANK, Block, Source, clean
from govkg.errors import CorpusError

MAX_PAGES = 2_000
_MAX_CHARACTERS = 5_000_000
# Header and footer: the same first or last lines on at least half of three pages or more.
_EDGE_LINES, _EDGE_SHARE, _EDGE_PAGES = 2, 0.5, 3
# A line this much shorter than the widest ones ends its paragraph, if it ends a sentence.
_SHORT = 0.85
# Letters this much larger than the body's are a heading's; a heading is no longer than this.
_LARGER, _HEADING_CHARACTERS = 1.12, 150
# So are bold letters where the body's are not; such headings stand under the larger ones.
_BOLD_WEIGHT = 600
_SAME_SIZE = 0.5
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HAN_GAP = re.compile(rf"(?<=[{_HAN}〔〕（）]) +(?=[\d〔（{_HAN}])|(?<=[\d〕）]) +(?=[{_HAN}〔（])")
_HAN_JOIN = re.compile(rf"[{_HAN}，。、；：！？“”‘’（）《》〔〕]$")
# First parts of words that keep their hyphen when a line breaks there.
_COMPOUND = re.compile(r"(?:^|\W)(?:self|non|well|co|cross|long|short|multi|semi|inter|pre|post)$")
_HYPHEN = "\ufffe"


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    size: float
    bold: bool


def read_pdf(data: bytes) -> list[Source]:
    """The one document of a PDF file, with the offset at which each page begins."""
    if b"%PDF-" not in data[:1024]:
        raise CorpusError("not a PDF", remedy="give it its right ending")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CorpusError("needs a password", remedy="save it without one") from error
        raise CorpusError("damaged PDF", remedy="save or print it to PDF again") from error
    if len(document) > MAX_PAGES:
        raise CorpusError(f"{len(document)} pages, at most {MAX_PAGES} are read", remedy="split it")
    pages = [_lines(document, number) for number in range(len(document))]
    lines = _without_edges(pages)
    if not any(line.text for line in lines):
        raise CorpusError("no text", remedy="a scan needs text recognition (OCR) first")
    return [_source(lines, len(document))]


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    try:
        page = document[number].get_textpage()
    except pypdfium2.PdfiumError as error:
        raise CorpusError(f"page {number + 1} is damaged", remedy="save it again") from error
    count = page.count_chars()
    if count > _MAX_CHARACTERS:
        raise CorpusError(f"page {number + 1} holds {count} characters", remedy="split it")
    found = []
    position = 0
    for written in page.get_text_range().split("\n"):
        text = _HAN_GAP.sub("", " ".join(written.split()))
        if text:
            middle = min(count - 1, position + len(written) // 2)
            found.append(_Line(text, number, *_letters(page.raw, middle)))
        position += len(written) + 1
    return found


def _letters(page: Any, position: int) -> tuple[float, bool]:
    """The size of the letter at a position, in points, and whether it is bold."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(page, position, ctypes.byref(matrix))
    size = raw.FPDFText_GetFontSize(page, position) * (abs(matrix.d) or abs(matrix.b) or 1)
    return round(size, 1), raw.FPDFText_GetFontWeight(page, position) >= _BOLD_WEIGHT


def _without_edges(pages: list[list[_Line]]) -> list[_Line]:
    """The lines of all pages without running headers, footers and page numbers."""
    seen = Counter(mask for lines in pages for mask in {_mask(line) for line in _edges(lines)})
    needed = max(_EDGE_PAGES, _EDGE_SHARE * len(pages))
    running = {mask for mask, count in seen.items() if count >= needed}
    kept: list[_Line] = []
    for lines in pages:
        edges = {id(line) for line in _edges(lines) if _mask(line) in running}
        kept += [line for line in lines if id(line) not in edges]
    return kept


def _edges(lines: list[_Line]) -> list[_Line]:
    return lines[:_EDGE_LINES] + lines[_EDGE_LINES:][-_EDGE_LINES:]


def _mask(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _source(lines: list[_Line], count: int) -> Source:
    whole = " ".join(line.text for line in lines)
    ranks = _sizes(lines)
    bold = 2 * sum(len(line.text) for line in lines if line.bold) < len(whole)
    parts: list[str] = []
    blocks: list[Block] = []
    starts: dict[int, int] = {}
    length = 0
    for paragraph in _paragraphs(lines):
        if parts:
            parts.append("\n\n")
            length += 2
        start = length
        for i, line in enumerate(paragraph):
            starts.setdefault(line.page, length)
            text = _joined(
                line.text, paragraph[i + 1].text if i + 1 < len(paragraph) else "", whole
            )
            parts.append(text)
            length += len(text)
        rank = _rank(paragraph, ranks, bold)
        text = "".join(parts)[start:] if rank else ""
        blocks.append(Block(start, length, "heading" if rank else "prose", rank, text))
    pages: list[int] = []
    for number in reversed(range(count)):
        pages.append(starts.get(number, pages[-1] if pages else length))
    return Source("".join(parts), tuple(blocks), pages=tuple(reversed(pages)))


def _sizes(lines: list[_Line]) -> dict[float, int]:
    """The ranks of the sizes of letters that are larger than the body's, largest first."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    body = weights.most_common(1)[0][0] if weights else 0.0
    larger = sorted((size for size in weights if size > body * _LARGER), reverse=True)
    return {size: min(6, i + 1) for i, size in enumerate(larger)}


def _rank(paragraph: list[_Line], ranks: dict[float, int], bold: bool) -> int:
    """The rank of a heading by its letters, or 0; `bold` says whether bold ones stand out."""
    text = " ".join(line.text for line in paragraph)
    if len(text) > _HEADING_CHARACTERS or ENDS_SENTENCE.search(text):
        return 0
    stands_out = bold and all(line.bold for line in paragraph) and marker(text) is None
    return ranks.get(paragraph[0].size, BOLD_RANK if stands_out else 0)


def _paragraphs(lines: list[_Line]) -> Iterator[list[_Line]]:
    widths = sorted(len(line.text) for line in lines)
    width = widths[len(widths) * 9 // 10] if widths else 0
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and _ends(paragraph, line, width):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _ends(paragraph: list[_Line], line: _Line, width: int) -> bool:
    """Whether a paragraph ends before a line."""
    last = paragraph[-1]
    if abs(last.size - line.size) > _SAME_SIZE or last.bold != line.bold:
        return True
    short = len(last.text) < _SHORT * width
    if ENDS_SENTENCE.search(last.text):
        return short or starts_block(line.text)
    if starts_block(line.text) and short:
        return True
    title = len(paragraph) == 1 and is_title(last.text) and short
    return title and not line.text[0].islower()


def _joined(text: str, following: str, whole: str) -> str:
    """A line as it stands before the next one of its paragraph."""
    text = re.sub(_HYPHEN, "-" if _COMPOUND.search(text.split(_HYPHEN)[0]) else "", text)
    if not following:
        return clean(text)
    if text.endswith("-") and following[:1].islower():
        head = re.split(r"\s", text)[-1]
        kept = _COMPOUND.search(text[:-1]) or f"{head}{re.split(r'[^a-z]', following)[0]}" in whole
        return clean(text if kept else text[:-1])
    return clean(text) + ("" if _HAN_JOIN.search(text) else " ")
