"""One document through the build: extracted, written as RDF, checked against the shapes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from govkg.errors import CorpusError
from govkg.extract import codec
from govkg.extract.annotations import Applied
from govkg.extract.extraction import Extractor
from govkg.graph.build import document_quads
from govkg.model.claim import Extraction
from govkg.model.document import Document
from govkg.ontology.loading import SHAPES_FILE, Ontology
from govkg.pipeline.cache import TextCache, cache_key
from govkg.pipeline.curation import Curation
from govkg.pipeline.encoding import Encoder
from govkg.pipeline.inputs import PART_MAKERS, code_hash


@dataclass(frozen=True, slots=True)
class Part:
    """What one document adds to the graph; `applied` is what curators decided on it."""

    document: Document
    extraction: Extraction
    quads: tuple[str, ...]
    applied: tuple[Applied, ...] = ()


@dataclass(frozen=True, slots=True)
class Makers:
    """What finds claims in documents, what decides on them, and what encodes sentences."""

    extractor: Extractor
    curation: Curation
    encoder: Encoder


class DocumentPart:
    """Makes the part of a document, from the caches where nothing it depends on changed."""

    def __init__(
        self,
        cache: Path,
        ontology: Ontology,
        makers: Makers,
        made_by: Mapping[str, str],
    ) -> None:
        """`made_by` names the base IRI and all settings and models that a part depends on.

        The vectors of a document's sentences stay in the encoder's cache as long as the document
        does, so that the same text under another path is not encoded again.
        """
        self._encoder = makers.encoder
        self._ontology = ontology
        self._extractor = makers.extractor
        self._curation = makers.curation
        self._base = made_by["base_iri"]
        self._stamp = cache_key(
            ontology.fingerprint,
            code_hash(PART_MAKERS),
            *(made_by[name] for name in ("base_iri", "home", "encoder", "chinese")),
            makers.curation.mark,
        )
        self._extractions = TextCache(cache / "extractions", ".json")
        self._graphs = TextCache(cache / "graphs", ".nq")
        self.extracted = 0

    def make(self, document: Document) -> Part:
        """The document's part.

        Raises:
            CorpusError: its front matter claims what its text does not show, or what was found
                in it breaks the shapes.
        """
        key = cache_key(self._stamp, _identity(document))
        text = self._extractions.get_or_make(key, lambda: self._extract(document))
        record = json.loads(text)
        self._encoder.keep(record["vectors"])
        found = codec.from_json(record["extraction"])
        # What is kept holds no decision: they are replayed on it at every build.
        replayed = self._curation.annotations.replay(document, found)
        extraction = replayed.extraction
        if extraction is not found:
            decided = json.dumps(codec.to_json(extraction), ensure_ascii=False, sort_keys=True)
            key = cache_key(key, decided)
        quads = self._graphs.get_or_make(key, lambda: self._graph(document, extraction))
        # Not splitlines(): a literal may hold one of the other line ends of Unicode.
        return Part(document, extraction, tuple(quads.split("\n")), replayed.applied)

    def prune(self) -> None:
        """Drops what this build did not use."""
        self._extractions.prune()
        self._graphs.prune()

    def _extract(self, document: Document) -> str:
        self.extracted += 1
        self._encoder.recorded()
        extraction = codec.to_json(self._extractor.extract(document))
        record = {"extraction": extraction, "vectors": self._encoder.recorded()}
        return json.dumps(record, ensure_ascii=False, sort_keys=True)

    def _graph(self, document: Document, extraction: Extraction) -> str:
        # Loads rdflib, which takes as long as the rest of an unchanged build.
        from govkg.ontology.shapes import validate

        quads = "\n".join(document_quads(document, extraction, self._base))
        violations = validate(quads + "\n", self._ontology.directory / SHAPES_FILE)
        if violations:
            first = violations[0]
            raise CorpusError(
                f"breaks {len(violations)} rules of the shapes, the first: {first.message} "
                f"({first.focus} {first.path})",
                where=document.path,
            )
        return quads


def _identity(document: Document) -> str:
    """Everything a document is, as text; several times faster than `asdict`."""
    sections = [(s.path, s.start, s.end) for s in document.sections]
    passages = [
        (p.iri, p.section, p.label, p.start, p.end, p.language, p.kind) for p in document.passages
    ]
    plain = [
        getattr(document, one.name)
        for one in fields(document)
        if one.name not in {"sections", "passages", "front"}
    ]
    front = json.dumps(dict(document.front), sort_keys=True, default=str)
    return repr((plain, sections, passages, front))
