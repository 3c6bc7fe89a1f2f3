"""Reads Markdown and plain text."""

import re
from typing import Any

from govkg.corpus import front_matter
from govkg.corpus.decoding import decode
from govkg.corpus.layout import scan
from govkg.corpus.source import Block, Source, clean

_PROPERTY = re.compile(r"[-*][ \t]+(?P<key>[A-Za-z_ ]{2,20}):[ \t]+(?P<value>\S.*)$")
_PROPERTIES = re.compile(
    "source|url|updated|date|published|type|authors?|issuer|publisher|place|location|country|"
    "language|number|licen[cs]e"
)


def read_text(data: bytes) -> list[Source]:
    """The one document of a plain text file."""
    text, note = decode(data)
    return [Source(clean(text), notes=(note,) if note else ())]


def read_markdown(data: bytes) -> list[Source]:
    """The one document of a Markdown file: the body as it is written, and its front matter."""
    decoded, note = decode(data)
    given, body, trouble = front_matter.split(clean(decoded))
    blocks, fields = _properties(body, scan(body))
    notes = tuple(said for said in (note, trouble) if said)
    return [Source(body, tuple(blocks), fields, given, notes=notes)]


def _properties(text: str, blocks: list[Block]) -> tuple[list[Block], dict[str, Any]]:
    """Fields written as a list under the title: `- updated: 2021-02-21`."""
    fields: dict[str, Any] = {}
    for i, block in enumerate(blocks):
        match = _PROPERTY.match(text, block.start, block.end)
        if match and _PROPERTIES.fullmatch(match["key"].strip().lower()):
            fields[match["key"].strip().lower()] = match["value"]
            blocks[i] = block.as_kind("furniture")
        elif block.kind not in {"heading", "skip"}:
            break
    return blocks, front_matter.canonical(fields)
