"""From blocks to the sections and passages of a document."""

from collections.abc import Sequence
from dataclasses import dataclass

from govkg.corpus.passages import Piece, pieces
from govkg.corpus.source import Block
from govkg.model.document import Section


@dataclass(frozen=True, slots=True)
class Structure:
    """Sections in order, and passages, each with the index of its section."""

    sections: tuple[Section, ...]
    passages: tuple[tuple[int, Piece], ...]


def structure(text: str, blocks: Sequence[Block], title: Sequence[Block] = ()) -> Structure:
    """Nests the headings of outlined blocks into sections, and packs the rest into passages.

    `title` are the blocks that are the document's own title: they open no section and are no
    passage.
    """
    own = set(title)
    blocks = [block.as_kind("skip") if block in own else block for block in blocks]
    sections, section_of = _sections(text, blocks)
    passages = tuple((section_of[piece.block], piece) for piece in pieces(text, blocks))
    return Structure(tuple(sections), passages)


def _sections(text: str, blocks: Sequence[Block]) -> tuple[list[Section], list[int]]:
    stack: list[tuple[int, str]] = []
    starts: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    section_of = []
    for block in blocks:
        if block.rank:
            while stack and stack[-1][0] >= block.rank:
                stack.pop()
            stack.append((block.rank, block.title))
            starts.append((block.start, tuple(heading for _, heading in stack)))
        section_of.append(len(starts) - 1)
    ends = [start for start, _ in starts[1:]] + [len(text)]
    sections = [
        Section(path, len(path), start, end)
        for (start, path), end in zip(starts, ends, strict=True)
    ]
    return sections, section_of
