"""Parses one file into plain JSON values; this is what runs in the limited child process."""

import json
from dataclasses import asdict, replace
from typing import Any

from govkg.corpus import front_matter
from govkg.corpus.layout import scan
from govkg.corpus.metadata import describe
from govkg.corpus.outline import outline
from govkg.corpus.readers import READERS
from govkg.corpus.source import Source
from govkg.corpus.structure import structure
from govkg.errors import CorpusError

# Characters of one kept text, about 20 books: beyond it a document has no structure to cite.
MAX_CHARACTERS = 5_000_000


def parse(suffix: str, data: bytes, sidecar: str) -> dict[str, Any]:
    """The documents of a file as JSON values, or why there are none.

    Gives `{"documents": [...]}`, `{"error": message}` or `{"ignored": message}`.
    """
    try:
        given = _sidecar(sidecar)
        sources = READERS[suffix](data)
        documents = [_document(_with(source, given)) for source in sources]
    except CorpusError as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        return {"error": "needs too much memory or is nested too deep (split or simplify the file)"}
    if not documents:
        return {"ignored": "catalogue"}
    return {"documents": documents}


def _sidecar(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        return front_matter.parse(text) or {}
    except CorpusError as error:
        raise CorpusError(str(error), where="sidecar", remedy="mend or remove it") from error


def _with(source: Source, given: dict[str, Any]) -> Source:
    return replace(source, given=front_matter.canonical(source.given | given))


def _document(source: Source) -> dict[str, Any]:
    text = source.text
    if not text.strip():
        raise CorpusError("no text", remedy="a scan needs text recognition first")
    if len(text) > MAX_CHARACTERS:
        raise CorpusError(f"longer than {MAX_CHARACTERS} characters", remedy="split the file")
    blocks = outline(text, scan(text) if source.blocks is None else source.blocks)
    description = describe(source, blocks)
    found = structure(text, blocks, description.title_blocks)
    if not found.passages:
        raise CorpusError("no text besides headings", remedy="add text or remove the file")
    return {
        "record": source.record,
        "text": text,
        "fields": description.fields,
        "front": front_matter.rest(source.fields | source.given),
        "key": str(source.given.get("id") or ""),
        "pages": list(source.pages),
        "sections": [[*_section(section)] for section in found.sections],
        "passages": [[section, *asdict(piece).values()][:-1] for section, piece in found.passages],
        "notes": list(source.notes),
    }


def _section(section: Any) -> tuple[list[str], int, int]:
    return list(section.path), section.start, section.end


def parse_to_json(suffix: str, data: bytes, sidecar: str) -> bytes:
    """The answer of `parse` as UTF-8 JSON with sorted keys."""
    return json.dumps(parse(suffix, data, sidecar), sort_keys=True).encode()
