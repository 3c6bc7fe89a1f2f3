"""The readers by file ending: bytes of one file in, its documents out."""

import io
from typing import Protocol

import docx

from govkg.corpus.html import read_html
from govkg.corpus.pdf import read_pdf
from govkg.corpus.plain import read_markdown, read_text
from govkg.corpus.records import read_json, read_json_lines
from govkg.corpus.source import Source
from govkg.corpus.word import read_word


class Reader(Protocol):
    """Reads the documents of one file.

    Raises:
        CorpusError: the bytes are not what the ending says, or hold no text.
    """

    def __call__(self, data: bytes) -> list[Source]:
        """The documents in the file, in its order."""


READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_word,
    ".pdf": read_pdf,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}


def warm_up() -> None:
    """Makes every reader's library import and open what it would at its first use."""
    for encoding in ("utf-16", "utf-32", "gb18030", "gb2312", "big5", "cp1252", "latin-1"):
        "x".encode(encoding).decode(encoding)
    file = io.BytesIO()
    sample = docx.Document()
    sample.add_heading("Sample", 1)
    sample.add_paragraph("A sentence.", style="List Number")
    sample.add_table(rows=2, cols=2)
    sample.save(file)
    read_word(file.getvalue())
    read_pdf(_PDF)
    read_html(b"<html><body><div><h2>Sample</h2><p>A short page.</p></div></body></html>")


_PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n"
    b"4 0 obj\n<</Length 33>>\nstream\nBT /F 9 Tf 9 9 Td (Sample) Tj ET  \nendstream\nendobj\n"
    b"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
    b"trailer\n<</Root 1 0 R>>\n%%EOF\n"
)
