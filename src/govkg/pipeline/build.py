"""A build from start to end, under a lock, published whole or not at all."""

import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from govkg import __version__
from govkg.corpus.reading import CorpusReading, ReadingContext, ReportRow, read_corpus
from govkg.errors import CorpusError
from govkg.extract.extraction import Extractor
from govkg.index.locking import BuildLock, build_lock
from govkg.index.manifest import Contents
from govkg.index.publication import publish, write_report
from govkg.model.document import Document
from govkg.model.identifiers import Minter
from govkg.ontology.finding_labels import finding_labels
from govkg.ontology.loading import Ontology, find_ontology, load_ontology
from govkg.ontology.places import Places, read_places
from govkg.ontology.vocabulary import Vocabulary, read_vocabulary
from govkg.pipeline.cache import cache_key
from govkg.pipeline.documents import DocumentPart, Part
from govkg.pipeline.encoding import Encoder, Matrix
from govkg.pipeline.version import (
    VersionContent,
    build_identifier,
    canonical_files,
    write_version,
)
from govkg.pipeline.whole import example_queries, whole_graph
from govkg.settings import Settings

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build from, and where to; `full` leaves every cache aside."""

    corpus: Path
    index: Path
    ontology: Path | None
    base_iri: str
    home: str
    full: bool = False

    @classmethod
    def from_settings(cls, settings: Settings, *, full: bool = False) -> "BuildRequest":
        """The request that the settings make."""
        return cls(
            settings.corpus,
            settings.index,
            settings.ontology,
            settings.base_iri,
            settings.home,
            full,
        )


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did: counts of what is in the version, and of what was made anew."""

    build: str
    documents: int
    passages: int
    claims: int
    practices: int
    read: int
    extracted: int
    encoded: int
    seconds: float
    rows: tuple[ReportRow, ...]

    def to_json(self) -> dict[str, Any]:
        """The result as JSON values."""
        return asdict(self)


def run_build(request: BuildRequest, progress: Progress) -> BuildResult:
    """Builds and publishes a version; what did not change is taken from the cache.

    Raises:
        CorpusError: the corpus is missing, or no file in it can be read; nothing is published.
        OntologyError: the ontology is malformed, or the graph breaks one of its rules.
        KnowledgeBaseError: another build is running, or the index cannot be written.
    """
    started = time.monotonic()
    ontology = load_ontology(find_ontology(request.ontology))
    if not request.corpus.is_dir():
        raise CorpusError(
            "no such folder", where=str(request.corpus), remedy="name a folder with --corpus"
        )
    with build_lock(request.index) as lock:
        cache = request.index / "cache"
        if request.full and cache.exists():
            shutil.rmtree(cache)
        return _Build(request, ontology, cache, progress).run(lock, started)


class _Build:
    """One build; holds what its steps share."""

    def __init__(
        self, request: BuildRequest, ontology: Ontology, cache: Path, progress: Progress
    ) -> None:
        self._request = request
        self._ontology = ontology
        self._cache = cache
        self._progress = progress
        self._minter = Minter(request.base_iri)
        self._vocabulary: Vocabulary = read_vocabulary(ontology.store)
        self._places: Places = read_places(ontology.store)

    def run(self, lock: BuildLock, started: float) -> BuildResult:
        """All steps in order."""
        reading = self._read()
        encoder = Encoder(self._cache, lambda line: self._progress("encoder", 0, 1))
        self._progress("encoder", 1, 1)
        labels = [label for label, _ in finding_labels(self._vocabulary, "en")]
        label_matrix = encoder.encode(labels)
        extractor = Extractor(
            self._vocabulary, self._places, self._minter, label_matrix, encoder.encode
        )
        stamp = cache_key(self._request.home, encoder.embedder.id)
        maker = DocumentPart(self._cache, self._ontology, extractor, stamp)
        parts, rows = self._parts(reading, maker)
        if not parts:
            self._refuse(rows)
        documents = [part.document for part in parts]
        build = self._publish(lock, parts, encoder, label_matrix)
        write_report(self._request.index, [asdict(row) for row in rows])
        maker.prune()
        encoder.prune()
        return BuildResult(
            build=build,
            documents=len(documents),
            passages=sum(len(document.passages) for document in documents),
            claims=len({claim.iri for part in parts for claim in part.extraction.claims}),
            practices=len({p.iri for part in parts for p in part.extraction.practices}),
            read=reading.read,
            extracted=maker.extracted,
            encoded=encoder.encoded,
            seconds=round(time.monotonic() - started, 2),
            rows=tuple(rows),
        )

    def _publish(
        self, lock: BuildLock, parts: list[Part], encoder: Encoder, label_matrix: Matrix
    ) -> str:
        documents = [part.document for part in parts]
        settings = {"base_iri": self._request.base_iri, "home": self._request.home}
        made_by = {"code": __version__, "encoder": encoder.embedder.id, **settings}
        vectors = self._vectors(documents, encoder)
        self._progress("graph", 0, 1)
        content = VersionContent(
            documents=documents,
            graph=whole_graph(parts, self._ontology, self._request.base_iri, made_by),
            vectors=vectors,
            labels=label_matrix,
            encoder=encoder.folder,
            questions=example_queries(self._ontology.directory),
            contents=Contents(
                encoders={"en": encoder.embedder.id},
                settings=settings,
                counts={
                    "documents": len(documents),
                    "passages": sum(len(d.passages) for d in documents),
                },
                code=__version__,
            ),
        )
        files = canonical_files(content)
        build = build_identifier(content, files)
        publish(lock, build, content.contents, lambda folder: write_version(folder, content, files))
        self._progress("graph", 1, 1)
        return build

    def _read(self) -> CorpusReading:
        done = 0

        def count(path: str) -> None:
            nonlocal done
            done += 1
            self._progress("read", done, done)

        context = ReadingContext(self._minter, self._places, self._cache / "reading")
        return read_corpus(self._request.corpus, context, count)

    def _parts(
        self, reading: CorpusReading, maker: DocumentPart
    ) -> tuple[list[Part], list[ReportRow]]:
        parts: list[Part] = []
        refused: dict[str, str] = {}
        for number, document in enumerate(reading.documents, start=1):
            try:
                parts.append(maker.make(document, self._request.base_iri))
            except CorpusError as error:
                refused[document.path] = error.problem + (
                    f" ({error.remedy})" if error.remedy else ""
                )
            self._progress("extract", number, len(reading.documents))
        parts = [part for part in parts if part.document.path not in refused]
        claims: dict[str, int] = {}
        for part in parts:
            path = part.document.path
            claims[path] = claims.get(path, 0) + len(part.extraction.claims)
        return parts, [_reported(row, claims, refused) for row in reading.rows]

    def _vectors(self, documents: list[Document], encoder: Encoder) -> list[Matrix]:
        matrices = []
        for number, document in enumerate(documents, start=1):
            texts = [p.text for p in document.passages if p.language in encoder.embedder.languages]
            if texts:
                matrices.append(encoder.encode(texts))
            self._progress("encode", number, len(documents))
        return matrices

    def _refuse(self, rows: list[ReportRow]) -> None:
        write_report(self._request.index, [asdict(row) for row in rows])
        bad = [row for row in rows if row.outcome == "error"]
        first = f"; the first: {bad[0].path}: {bad[0].message}" if bad else ""
        raise CorpusError(
            f"no file can be read: {len(rows)} found, {len(bad)} with errors{first}",
            where=str(self._request.corpus),
            remedy="nothing was published",
        )


def _reported(row: ReportRow, claims: dict[str, int], refused: dict[str, str]) -> ReportRow:
    if row.path in refused:
        return replace(
            row, outcome="error", message=refused[row.path], documents=0, passages=0, claims=0
        )
    return replace(row, claims=claims.get(row.path, 0))
