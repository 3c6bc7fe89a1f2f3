"""Reads a folder of files into Documents, with one report row for every file found."""

import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from govkg.corpus import child
from govkg.corpus.cache import ReadingCache, content_key
from govkg.corpus.dates import dated_name
from govkg.corpus.files import Found, find_files, take
from govkg.corpus.place import PlaceFinder
from govkg.errors import CorpusError
from govkg.model.document import ACT_TYPES, Document, Passage, Section
from govkg.model.identifiers import Minter, sha256
from govkg.ontology.places import Places
from govkg.sandbox import ChildDied, ChildTimeout, Zygote

# Seconds that parsing one file may take, and bytes that its documents may come to.
PARSE_SECONDS = 30.0
_MAX_ANSWER_BYTES = 256 << 20
_MAX_WORKERS = 4

Outcome = Literal["ingested", "error", "ignored"]


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What reading needs: IRIs, the gazetteer, and where parsed files are kept (or None)."""

    minter: Minter
    places: Places
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What became of one file; `path` is as `os.fsdecode` gives it, relative to the corpus."""

    path: str
    outcome: Outcome
    message: str = ""
    documents: int = 0
    passages: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class CorpusReading:
    """The documents by key, one row per file by path, and how many files were parsed anew."""

    documents: tuple[Document, ...]
    rows: tuple[ReportRow, ...]
    read: int


def read_corpus(
    directory: Path, context: ReadingContext, progress: Callable[[str], None] = lambda path: None
) -> CorpusReading:
    """Reads every file of the folder; a file that cannot be read becomes an error row.

    `progress` is called with each file's path, in order, when it is done.

    Raises:
        CorpusError: the folder does not exist or cannot be listed.
    """
    found = find_files(directory)
    cache = ReadingCache(context.cache)
    assembly = _Assembly(context)
    with _Parser(directory, cache) as parser:
        for file, answer in zip(found, parser.parse(found), strict=True):
            assembly.add(file, answer)
            progress(file.path)
    cache.prune()
    return assembly.reading(parser.parsed)


class _Parser:
    """Parses files in sandboxed children, several at once, the answers in the files' order."""

    def __init__(self, directory: Path, cache: ReadingCache) -> None:
        self._directory = directory
        self._cache = cache
        self._zygote: Zygote | None = None
        self._starting = Lock()
        self.parsed = 0

    def __enter__(self) -> "_Parser":
        return self

    def __exit__(self, *failure: object) -> None:
        if self._zygote:
            self._zygote.close()

    def parse(self, found: list[Found]) -> Iterable[dict[str, Any]]:
        """The answer for each file, in order: documents, an error, or why it is ignored."""
        workers = min(_MAX_WORKERS, os.cpu_count() or 1)
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(self._answer, found)

    def _answer(self, found: Found) -> dict[str, Any]:
        if found.ignored:
            return {"ignored": found.ignored}
        try:
            data, sidecar = take(self._directory, found)
        except CorpusError as error:
            return {"error": str(error)}
        key = content_key(found.suffix, data, sidecar)
        kept = self._cache.get(key)
        if kept is None:
            try:
                kept = self._parse(child.pack(found.suffix, sidecar, data))
            except ChildTimeout:
                return {"error": f"took longer than {PARSE_SECONDS:g} seconds (split the file)"}
            except ChildDied as died:
                return {"error": f"could not be parsed: {died.reason} (repair or convert the file)"}
            self._cache.put(key, kept)
        answer: dict[str, Any] = json.loads(kept)
        return answer

    def _parse(self, payload: bytes) -> bytes:
        with self._starting:
            self.parsed += 1
            if self._zygote is None:
                self._zygote = Zygote("govkg.corpus.child")
        parsing = self._zygote.fork()
        try:
            return parsing.call(payload, PARSE_SECONDS, _MAX_ANSWER_BYTES)
        finally:
            parsing.close()


class _Assembly:
    """Turns the answers into Documents, and refuses a second document of the same key."""

    def __init__(self, context: ReadingContext) -> None:
        self._mint = context.minter
        self._places = PlaceFinder(context.places)
        self._documents: dict[str, Document] = {}
        self._owners: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._rows: list[ReportRow] = []

    def add(self, found: Found, answer: dict[str, Any]) -> None:
        """Takes the answer for a file, its documents and its row."""
        if "documents" not in answer:
            outcome: Outcome = "error" if "error" in answer else "ignored"
            self._rows.append(ReportRow(found.path, outcome, str(answer[outcome])))
            return
        documents = [self._document(found, parsed) for parsed in answer["documents"]]
        notes = [note for parsed in answer["documents"] for note in parsed["notes"]]
        accepted = []
        for document in documents:
            owner = self._owners.setdefault(document.key, found.path)
            if document.key in self._documents:
                notes.append(f"id {document.key!r} is already that of {owner} (give it its own id)")
                continue
            self._documents[document.key] = document
            accepted.append(document)
            twin = self._texts.setdefault(document.sha256, found.shown)
            if twin != found.shown:
                notes.append(f"same text as {twin}")
        self._rows.append(
            ReportRow(
                found.path,
                "ingested" if accepted else "error",
                "; ".join(dict.fromkeys(notes)),
                len(accepted),
                sum(len(document.passages) for document in accepted),
            )
        )

    def reading(self, read: int) -> CorpusReading:
        """Everything added, sorted."""
        documents = tuple(self._documents[key] for key in sorted(self._documents))
        return CorpusReading(documents, tuple(self._rows), read)

    def _document(self, found: Found, parsed: dict[str, Any]) -> Document:
        key = parsed["key"] or found.shown + (f"#{parsed['record']}" if parsed["record"] else "")
        fields, text = parsed["fields"], parsed["text"]
        version = sha256(text)
        document = Document(
            iri=self._mint("document", key),
            key=key,
            path=found.shown,
            title=fields["title"] or Path(found.shown).stem,
            language=fields["language"],
            text=text,
            sections=tuple(Section(tuple(p), len(p), s, e) for p, s, e in parsed["sections"]),
            passages=tuple(
                Passage(
                    self._mint("passage", key, version, str(start), str(end)),
                    section,
                    label,
                    start,
                    end,
                    text[start:end],
                    language,
                    kind,
                )
                for section, start, end, label, language, kind in parsed["passages"]
            ),
            pages=tuple(parsed["pages"]),
            front=parsed["front"],
        )
        return replace(
            document,
            type=fields["type"],
            issuer=fields["issuer"],
            number=fields["number"],
            date=_dated(fields["date"], fields["type"], found.shown),
            effective=fields["effective"],
            work=fields.get("work", ""),
            translated_from=fields.get("translated_from", ""),
            place=self._places.find(fields | {"title": document.title}, parsed["front"]),
        )


def _dated(date: str, kind: str, path: str) -> str:
    """The date of a law, from its file's name where that tells of a later version."""
    return max(date, dated_name(path)) if kind in ACT_TYPES else date
