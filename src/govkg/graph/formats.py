"""Media types of query results, and which of them a client gets."""

from collections.abc import Iterable
from functools import lru_cache
from typing import IO, NamedTuple

import pyoxigraph as ox

# In order of preference: the first is sent where the client does not care.
TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
# Short names, as in `format=csv`, and the Accept header that each stands for.
_NAMES = {
    "json": "application/sparql-results+json, application/ld+json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "ntriples": "application/n-triples",
    "n-triples": "application/n-triples",
    "rdf": "application/rdf+xml",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "json-ld": "application/ld+json",
    "nq": "application/n-quads",
    "nquads": "application/n-quads",
    "trig": "application/trig",
}
# Those that people know; in every Turtle answer.
PREFIXES = {
    "gov": "https://w3id.org/govkg/def#",
    "id": "https://w3id.org/govkg/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FORMAT_NAMES = tuple(sorted(_NAMES))


class _Range(NamedTuple):
    type: str
    subtype: str
    quality: float

    def fits(self, media_type: str) -> int:
        """How specifically this range names the media type; 0 not at all, 3 by its full name."""
        main, _, sub = media_type.partition("/")
        if (self.type, self.subtype) == (main, sub):
            return 3
        if (self.type, self.subtype) == (main, "*"):
            return 2
        return 1 if (self.type, self.subtype) == ("*", "*") else 0


def accept_of(name: str) -> str | None:
    """The Accept header for a short format name or a media type; None for an unknown name."""
    key = name.strip().lower()
    if key in TABLES or key in GRAPHS:
        return key
    return _NAMES.get(key)


def write_graph(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple], output: IO[bytes], media_type: str
) -> None:
    """Writes triples or quads in one of the `GRAPHS` formats, in the order given."""
    kind = GRAPHS[media_type]
    prefixes = None
    if kind in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        # The engine would write its own list in another order each time.
        for name, iri in sorted(PREFIXES.items()):
            output.write(f"@prefix {name}: <{iri}> .\n".encode())
        prefixes = PREFIXES
    body = ox.serialize(statements, format=kind, prefixes=prefixes) or b""
    output.write(_without_prefixes(body) if prefixes else body)


def _without_prefixes(body: bytes) -> bytes:
    lines = body.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), 0)
    return b"".join(lines[start:])


@lru_cache(maxsize=256)
def negotiate(accept: str, offered: tuple[str, ...]) -> str | None:
    """The offered media type that an Accept header likes best, None if it likes none.

    The most specific range decides a type's quality; equal qualities are settled by the order of
    the offer. A header without one readable range means that the client does not care.
    """
    ranges = _ranges(accept) or [_Range("*", "*", 1.0)]
    best, best_quality = None, 0.0
    for media_type in offered:
        fits, quality = max((r.fits(media_type), r.quality) for r in ranges)
        if fits and quality > best_quality:
            best, best_quality = media_type, quality
    return best


def _ranges(accept: str) -> list[_Range]:
    ranges = []
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        main, slash, sub = name.partition("/")
        quality = _quality(parameters)
        if main and slash and sub and quality is not None:
            ranges.append(_Range(main, sub, quality))
    return ranges


def _quality(parameters: list[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0
