"""What a reader hands on: the kept text, its blocks, and the fields it found beside the text."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any, Literal

BlockKind = Literal[
    "heading", "prose", "item", "row", "article", "contents", "reference", "furniture", "skip"
]
# Rank of the first heading family that is recognised by its wording; marked-up headings
# (h1 to h6, # to ######) have the ranks 1 to 6 and stand above all of these.
PLAIN_RANK = 30
# Headings that only bold letters show stand just above those.
BOLD_RANK = 28

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls are illegal in XML results; zero-width and direction marks hide words from search
# and can reorder what is shown.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text as it is kept: NFC, line feeds only, no control, zero-width or direction marks."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _BREAKS.sub("\n", text)))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row at `text[start:end]`.

    `rank` orders headings: a heading stands under the nearest one before it of a lower rank;
    a rank of 0 is no heading. `title` is the heading without its markup, `label` the number of
    the article that the block belongs to.
    """

    start: int
    end: int
    kind: BlockKind = "prose"
    rank: int = 0
    title: str = ""
    label: str = ""

    def as_kind(self, kind: BlockKind) -> "Block":
        """The same block as one of another kind that is no heading."""
        return replace(self, kind=kind, rank=0, title="")


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read; `fields` are named as in front matter, `given` were set by a person.

    `blocks` is None where the layout has to be found in the text; `record` tells the documents
    of one file apart and is empty where the file is one document; `notes` are for the curator.
    """

    text: str
    blocks: tuple[Block, ...] | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    record: str = ""
    notes: tuple[str, ...] = ()


class TextBuilder:
    """Builds a kept text from parts, and the blocks that say where each part stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    @property
    def length(self) -> int:
        """The length of the text so far, in code points."""
        return self._length

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def add(self, part: str, kind: BlockKind = "prose", rank: int = 0, label: str = "") -> None:
        """Adds a cleaned part as a block of its own; blank parts are left out."""
        part = clean(part).strip()
        if not part:
            return
        tight = kind in {"item", "row"} and self.blocks and self.blocks[-1].kind == kind
        self._append(("\n" if tight else "\n\n") if self._length else "")
        start = self._length
        self._append(part)
        title = " ".join(part.split()) if rank else ""
        self.blocks.append(Block(start, self._length, kind, rank, title, label))

    def _append(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)
