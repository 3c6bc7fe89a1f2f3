"""One document through the build: extracted, written as RDF, checked against the shapes."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from govkg.errors import OntologyError
from govkg.extract import codec
from govkg.extract.extraction import EXTRACTION_VERSION, Extractor
from govkg.graph.build import GRAPH_VERSION, document_quads
from govkg.model.claim import Extraction
from govkg.model.document import Document
from govkg.ontology.loading import Ontology
from govkg.ontology.shapes import validate
from govkg.pipeline.cache import TextCache, cache_key


@dataclass(frozen=True, slots=True)
class Part:
    """What one document adds to the graph."""

    document: Document
    extraction: Extraction
    quads: tuple[str, ...]


class DocumentPart:
    """Makes the part of a document, from the caches where nothing it depends on changed."""

    def __init__(self, cache: Path, ontology: Ontology, extractor: Extractor, stamp: str) -> None:
        """`stamp` names all settings and models that an extraction depends on."""
        self._ontology = ontology
        self._extractor = extractor
        self._stamp = cache_key(stamp, ontology.fingerprint, EXTRACTION_VERSION, GRAPH_VERSION)
        self._extractions = TextCache(cache / "extractions", ".json")
        self._graphs = TextCache(cache / "graphs", ".nq")
        self.extracted = 0

    def make(self, document: Document, base: str) -> Part:
        """The document's part.

        Raises:
            CorpusError: its front matter claims what its text does not show.
            OntologyError: its triples violate the shapes, which is a fault of govkg.
        """
        key = cache_key(
            self._stamp, base, json.dumps(asdict(document), sort_keys=True, default=str)
        )
        text = self._extractions.get_or_make(key, lambda: self._extract(document))
        extraction = codec.from_json(json.loads(text))
        quads = self._graphs.get_or_make(key, lambda: self._graph(document, extraction, base))
        return Part(document, extraction, tuple(quads.splitlines()))

    def prune(self) -> None:
        """Drops what this build did not use."""
        self._extractions.prune()
        self._graphs.prune()

    def _extract(self, document: Document) -> str:
        self.extracted += 1
        extraction = self._extractor.extract(document)
        return json.dumps(codec.to_json(extraction), ensure_ascii=False, sort_keys=True)

    def _graph(self, document: Document, extraction: Extraction, base: str) -> str:
        quads = "\n".join(document_quads(document, extraction, base)) + "\n"
        violations = validate(quads, self._ontology.directory / "shapes.ttl")
        if violations:
            first = violations[0]
            raise OntologyError(
                f"{len(violations)} violations of the shapes, the first: {first.message} "
                f"({first.focus})",
                where=document.path,
            )
        return quads
