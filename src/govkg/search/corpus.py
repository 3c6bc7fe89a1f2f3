"""The documents and passages of one build, as search sees them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from govkg.index.files import DOCUMENTS_FILE, PASSAGES_FILE
from govkg.model.document import Document, Passage

_LISTS = ("sources", "pages")
_DOCUMENT_FIELDS = (
    "iri",
    "key",
    "path",
    "title",
    "language",
    "type",
    "issuer",
    "number",
    "date",
    "effective",
    "place",
    "work",
    "text",
    "verification",
    "validity",
    "superseded_by",
    "sha256",
    *_LISTS,
)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its heading path; offsets are code points of the document's text."""

    iri: str
    document: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as kept in the index."""

    iri: str
    key: str
    path: str
    title: str
    language: str
    type: str
    issuer: str
    number: str
    date: str
    effective: str
    place: str
    work: str
    verification: str
    sources: tuple[str, ...]
    sha256: str
    pages: tuple[int, ...]
    text: str
    validity: str = "unknown"
    superseded_by: str = ""

    def page_of(self, offset: int) -> int | None:
        """The 1-based page that holds an offset, or None where the format has no pages."""
        return sum(start <= offset for start in self.pages) or None


class StoredCorpus:
    """All documents and passages; the row of a passage is its place in `passages`."""

    def __init__(
        self, documents: tuple[StoredDocument, ...], passages: tuple[StoredPassage, ...]
    ) -> None:
        """Takes both in their defined order."""
        self.documents = documents
        self.passages = passages
        self.document = {document.iri: document for document in documents}
        self.row = {passage.iri: row for row, passage in enumerate(passages)}

    @classmethod
    def open(cls, folder: Path) -> "StoredCorpus":
        """Reads `documents.jsonl` and `passages.jsonl` of a version folder."""
        documents = tuple(
            StoredDocument(**{**record, **{name: tuple(record[name]) for name in _LISTS}})
            for record in _records(folder / DOCUMENTS_FILE)
        )
        passages = tuple(
            StoredPassage(**{**record, "section": tuple(record["section"])})
            for record in _records(folder / PASSAGES_FILE)
        )
        return cls(documents, passages)

    def rows_in(self, language: str) -> tuple[int, ...]:
        """The rows of the passages in a language, in order."""
        return self._rows_by_language.get(language, ())

    @cached_property
    def _rows_by_language(self) -> dict[str, tuple[int, ...]]:
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            rows.setdefault(passage.language, []).append(row)
        return {language: tuple(found) for language, found in rows.items()}

    @cached_property
    def passages_of(self) -> dict[str, tuple[int, ...]]:
        """The rows of each document's passages, in order."""
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            rows.setdefault(passage.document, []).append(row)
        return {document: tuple(found) for document, found in rows.items()}


def _records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def corpus_files(documents: Sequence[Document]) -> dict[str, str]:
    """Both files by name, for documents in their order; `StoredCorpus.open` reads them again."""
    passages = [_passage_record(d, passage) for d in documents for passage in d.passages]
    return {
        DOCUMENTS_FILE: "".join(_line(_document_record(document)) for document in documents),
        PASSAGES_FILE: "".join(_line(record) for record in passages),
    }


def _document_record(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in _DOCUMENT_FIELDS}


def _passage_record(document: Document, passage: Passage) -> dict[str, Any]:
    return {
        "iri": passage.iri,
        "document": document.iri,
        "section": list(document.section_path(passage)),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "language": passage.language,
        "kind": passage.kind,
    }


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n"
