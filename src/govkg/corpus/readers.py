"""The readers by file ending: bytes of one file in, its documents out."""

import codecs
from typing import Protocol

from govkg.corpus.plain import read_markdown, read_text
from govkg.corpus.source import Source


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
}


def warm_up() -> None:
    """Imports what the readers' libraries and codecs would import at their first use."""
    for encoding in ("utf-16", "utf-32", "gb18030", "gb2312", "big5", "cp1252", "latin-1"):
        codecs.lookup(encoding)
        "x".encode(encoding).decode(encoding)
