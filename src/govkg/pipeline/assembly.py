"""All steps of a build in order: read, extract, graph, validate, index, publish."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from govkg.corpus.reading import CorpusReading, ReadingContext, ReportRow, read_corpus
from govkg.corpus.validity import settled
from govkg.errors import CorpusError
from govkg.extract.extraction import Extractor
from govkg.index.locking import BuildLock
from govkg.index.manifest import Contents
from govkg.index.publication import publish, write_report
from govkg.model.decision import Ruling
from govkg.model.document import Document
from govkg.model.identifiers import Minter
from govkg.ontology.finding_labels import finding_labels
from govkg.ontology.loading import find_ontology, load_ontology
from govkg.ontology.places import read_places
from govkg.ontology.translationese import read_translationese
from govkg.ontology.vocabulary import read_vocabulary
from govkg.pipeline.curation import Curation, Known, read_annotations, with_decisions
from govkg.pipeline.documents import DocumentPart, Makers, Part
from govkg.pipeline.encoding import Encoder
from govkg.pipeline.result import BuildRequest, Counts, Work
from govkg.pipeline.version import (
    Searched,
    VersionContent,
    build_identifier,
    canonical_files,
    write_version,
)
from govkg.pipeline.whole import example_queries, whole_graph


@dataclass(frozen=True, slots=True)
class Made:
    """A published version: its id, what is in it, what was made anew, and the report's rows."""

    build: str
    counts: Counts
    work: Work
    rows: tuple[dict[str, Any], ...]
    decisions: tuple[dict[str, str], ...] = ()


class Assembly:
    """One build; holds what its steps share."""

    def __init__(
        self,
        request: BuildRequest,
        made_by: dict[str, str],
        progress: Callable[[str, int, int], None],
    ) -> None:
        """Loads the ontology; `made_by` names code version and settings.

        Raises:
            OntologyError: a file of it is missing or malformed.
        """
        self._request = request
        self._progress = progress
        self._ontology = load_ontology(find_ontology(request.ontology))
        self._minter = Minter(request.base_iri)
        self._places = read_places(self._ontology.store)
        self._curation = Curation(
            read_annotations(request.corpus),
            Known(read_vocabulary(self._ontology.store), self._places, self._minter),
            request.signatures,
        )
        # With the concepts that curators promoted.
        self._vocabulary = self._curation.vocabulary
        progress("encoder", 0, 1)
        self._encoder = Encoder(request.cache, request.model, lambda line: None)
        progress("encoder", 1, 1)
        own = self._encoder.own
        self._made_by = {**made_by, "encoder": own["en"].id, "chinese": own["zh"].id}

    def run(self, lock: BuildLock) -> Made:
        """All steps in order.

        Raises:
            CorpusError: no file can be read; the report is written, nothing is published.
            OntologyError: the graph breaks a rule.
            KnowledgeBaseError: the index cannot be written.
        """
        reading = self._read()
        maker = self._maker()
        parts, rows = self._parts(reading, maker)
        if not parts:
            self._refuse(rows)
        # Only what is published can repeal or replace what is published.
        standing = settled([part.document for part in parts])
        parts = [replace(x, document=known) for x, known in zip(parts, standing, strict=True)]
        counts = Counts(
            documents=len(parts),
            passages=sum(len(part.document.passages) for part in parts),
            claims=len({claim.iri for part in parts for claim in part.extraction.claims}),
            practices=len({p.iri for part in parts for p in part.extraction.practices}),
        )
        rulings = self._curation.rulings(parts)
        decisions = self._curation.report(rulings)
        build = self._publish(lock, parts, rulings)
        maker.prune()
        self._encoder.prune()
        work = Work(reading.read, maker.extracted, self._encoder.encoded)
        return Made(build, counts, work, tuple(with_decisions(rows, decisions)), decisions)

    def _read(self) -> CorpusReading:
        done = 0

        def count(path: str) -> None:
            nonlocal done
            done += 1
            self._progress("read", done, done)

        context = ReadingContext(self._minter, self._places, self._request.cache)
        return read_corpus(self._request.corpus, context, count)

    def _maker(self) -> DocumentPart:
        extractor = Extractor(
            self._vocabulary,
            self._places,
            self._minter,
            {"en": self._encoder.encode, "zh": self._encoder.own["zh"].encode},
            read_translationese(self._ontology.directory),
        )
        makers = Makers(extractor, self._curation, self._encoder)
        return DocumentPart(self._request.cache, self._ontology, makers, self._made_by)

    def _parts(
        self, reading: CorpusReading, maker: DocumentPart
    ) -> tuple[list[Part], list[dict[str, Any]]]:
        parts: list[Part] = []
        refused: dict[str, str] = {}
        for number, document in enumerate(reading.documents, start=1):
            try:
                parts.append(maker.make(document))
            except CorpusError as error:
                remedy = f" ({error.remedy})" if error.remedy else ""
                refused.setdefault(document.path, error.problem + remedy)
            self._progress("extract", number, len(reading.documents))
        # A file is published whole or not at all, so that its row says what became of it.
        parts = [part for part in parts if part.document.path not in refused]
        claims: dict[str, int] = {}
        for part in parts:
            path = part.document.path
            claims[path] = claims.get(path, 0) + len(part.extraction.claims)
        rows = [_row(row, claims, refused) for row in reading.rows]
        return parts, sorted(rows, key=lambda row: str(row["path"]))

    def _publish(self, lock: BuildLock, parts: list[Part], rulings: Sequence[Ruling]) -> str:
        documents = [part.document for part in parts]
        searched = self._searched(documents)
        self._progress("graph", 0, 1)
        made_by = self._made_by
        content = VersionContent(
            documents=documents,
            graph=whole_graph(
                parts,
                self._ontology,
                made_by,
                self._curation.quads(rulings, made_by["base_iri"]),
            ),
            searched=searched,
            save_encoders=self._encoder.save,
            questions=example_queries(self._ontology.directory),
            contents=Contents(
                encoders={
                    language: one.id for language, one in sorted(self._encoder.asked.items())
                },
                settings={name: made_by[name] for name in ("base_iri", "home")},
                counts={
                    "documents": len(documents),
                    "passages": sum(len(d.passages) for d in documents),
                },
                code=made_by["code"],
            ),
        )
        files = canonical_files(content)
        build = build_identifier(content, files)
        self._progress("graph", 1, 1)
        self._progress("publish", 0, 1)
        publish(lock, build, content.contents, lambda folder: write_version(folder, content, files))
        self._progress("publish", 1, 1)
        return build

    def _searched(self, documents: list[Document]) -> dict[str, Searched]:
        """What questions are compared with, by language."""
        found = {}
        languages = sorted(self._encoder.asked)
        for nth, language in enumerate(languages):
            labels = [label for label, _ in finding_labels(self._vocabulary, language)]
            vectors = self._encoder.label_vectors(language, labels)
            passages = self._encoder.passage_vectors(language, documents)
            found[language] = Searched(vectors, passages)
            self._progress("encode", nth + 1, len(languages))
        return found

    def _refuse(self, rows: list[dict[str, Any]]) -> None:
        write_report(self._request.index, rows)
        bad = [row for row in rows if row["outcome"] == "error"]
        first = f"; the first: {bad[0]['path']}: {bad[0]['message']}" if bad else ""
        raise CorpusError(
            f"no file can be read: {len(rows)} found, {len(bad)} with errors{first}",
            where=str(self._request.corpus),
            remedy="nothing was published",
        )


def _row(row: ReportRow, claims: dict[str, int], refused: dict[str, str]) -> dict[str, Any]:
    """The report's row of a file, with a path that can be written as UTF-8."""
    path = row.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    if path in refused:
        outcome, message, documents, passages = "error", refused[path], 0, 0
    else:
        outcome, message = row.outcome, row.message
        documents, passages = row.documents, row.passages
    return {
        "path": path,
        "outcome": outcome,
        "message": message,
        "documents": documents,
        "passages": passages,
        "claims": claims.get(path, 0),
    }
