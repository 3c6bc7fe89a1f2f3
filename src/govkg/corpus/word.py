"""Reads Word files (.docx): paragraphs and tables in order, with their automatic numbers."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from govkg.corpus.source import Source, TextBuilder
from govkg.corpus.word_numbers import Numbering
from govkg.errors import CorpusError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 << 20
# Text compresses to a tenth; a large part that shrinks more than this is a bomb.
_MAX_RATIO, _LARGE = 100, 10 << 20
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.I)
_DAMAGED = "save it again in Word"


def read_word(data: bytes) -> list[Source]:
    """The one document of a Word file; headers, footers, notes and images are left out."""
    _check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise CorpusError("not a Word document, or damaged", remedy=_DAMAGED) from error
    except etree.LxmlError as error:
        said = str(error).splitlines()[0] if str(error) else "malformed XML"
        raise CorpusError(f"damaged inside: {said}", remedy=_DAMAGED) from error
    builder = TextBuilder()
    # Without a part of styles the library would open its own from disk, which a child may not.
    styled = any(relation.reltype.endswith("/styles") for relation in document.part.rels.values())
    numbering = Numbering(document, styled)
    for content in document.iter_inner_content():
        if isinstance(content, Table):
            _add_table(builder, content, numbering)
        else:
            _add_paragraph(builder, content, numbering)
    if not builder.blocks:
        raise CorpusError("no text", remedy="text in images needs recognition first")
    return [Source(builder.text, tuple(builder.blocks))]


def _check_archive(data: bytes) -> None:
    if data.startswith(_OLE):
        raise CorpusError(
            "an old .doc file or an encrypted one", remedy="save it as .docx without a password"
        )
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise CorpusError("not a Word document", remedy="give it its right ending") from error
    unpacked = sum(entry.file_size for entry in entries)
    bomb = any(entry.file_size > max(_LARGE, _MAX_RATIO * entry.compress_size) for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or bomb:
        raise CorpusError(
            f"too large inside: {len(entries)} parts, {unpacked} bytes unpacked",
            remedy="remove images and attachments, or split it",
        )


def _add_paragraph(builder: TextBuilder, paragraph: Paragraph, numbering: Numbering) -> None:
    text = paragraph.text.strip()
    if not text:
        return
    number, bullet = numbering.of(paragraph)
    level = _level(paragraph) if numbering.styled else 0
    if level:
        builder.add(number + text, "heading", level)
    elif bullet:
        builder.add(text, "item")
    else:
        builder.add(number + text, "prose")


def _level(paragraph: Paragraph) -> int:
    """The heading's level, 1 for a title and its subtitles, 0 where it is none."""
    style: Any = paragraph.style
    while style is not None:
        name = style.name or ""
        if name.lower() in {"title", "标题"}:
            return 1
        match = _HEADING.match(name)
        if match:
            # One below the title, which has a level of its own.
            return min(6, int(match[1]) + 1)
        style = style.base_style
    return 0


def _add_table(builder: TextBuilder, table: Table, numbering: Numbering) -> None:
    rows = [list(_cells(row)) for row in table.rows]
    if max(map(len, rows), default=0) == 1:
        # A frame around text, not a table.
        for cells in rows:
            for paragraph in cells[0].paragraphs:
                _add_paragraph(builder, paragraph, numbering)
        return
    for cells in rows:
        texts = [" ".join(cell.text.split()) for cell in cells]
        if any(texts):
            builder.add(" | ".join(texts), "row")


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, each merged one once."""
    last = None
    for cell in row.cells:
        if cell._tc is not last:
            yield cell
        last = cell._tc
