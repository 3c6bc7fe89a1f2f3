"""Our own fixed queries over the graph of one build; every list comes in a defined order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from govkg.model.identifiers import DEFINITIONS

_PREFIXES = f"""
PREFIX gov: <{DEFINITIONS}>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
_CLAIMS = """
SELECT DISTINCT ?claim ?subject ?predicate ?object ?basis ?status ?confidence WHERE {
  VALUES ?thing { %s }
  { ?claim rdf:subject ?thing } UNION { ?claim rdf:object ?thing }
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    gov:basis ?basis ; gov:status ?status ; gov:confidence ?confidence .
}"""
_EVIDENCE = """
SELECT ?claim ?evidence ?document ?passage ?start ?end ?confidence ?status WHERE {
  VALUES ?claim { %s }
  ?claim gov:evidence ?evidence .
  ?evidence prov:wasQuotedFrom ?document ; gov:inPassage ?passage ; oa:start ?start ;
    oa:end ?end ; gov:confidence ?confidence ; gov:status ?status .
}"""
_PRACTICES = """
SELECT ?practice ?property ?value WHERE {
  ?practice a gov:Practice ; ?property ?value .
  FILTER(?property IN (skos:prefLabel, rdfs:label, gov:locatedIn, gov:years, gov:results,
                       gov:conditions, gov:verification, gov:setting))
}"""

_MENTIONS = """
SELECT ?start ?end WHERE {
  ?mention oa:hasBody %s ; oa:start ?start ; oa:end ?end ; gov:inPassage ?passage .
  ?passage dcterms:isPartOf %s .
}"""

_COUNTS = {
    "claims_by_basis": "?thing a gov:Claim ; gov:basis ?value",
    "claims_by_status": "?thing a gov:Claim ; gov:status ?value",
    "claims_by_predicate": "?thing a gov:Claim ; rdf:predicate ?value",
    "practices_by_setting": "?thing a gov:Practice ; gov:setting ?value",
    "practices_by_verification": "?thing a gov:Practice ; gov:verification ?value",
    "concepts_by_kind": "?thing a skos:Concept, ?value FILTER(?value != skos:Concept)",
    "candidates_by_kind": "?thing gov:candidate true ; a ?value",
}


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with the values it has over all documents; all but `confidence` are strings."""

    iri: str
    subject: str
    predicate: str
    object: str
    basis: str
    status: str
    confidence: float


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One quotation of a claim, by document and offsets."""

    claim: str
    iri: str
    document: str
    passage: str
    start: int
    end: int
    confidence: float
    status: str


class Graph:
    """The graph of one build in memory, asked through its union of named graphs."""

    def __init__(self, store: ox.Store) -> None:
        """Takes a loaded store."""
        self.store = store

    @classmethod
    def open(cls, path: Path) -> "Graph":
        """Loads an N-Quads file into memory."""
        store = ox.Store()
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        return cls(store)

    def claims_about(self, things: Iterable[str]) -> list[ClaimRow]:
        """The claims that have one of the things as subject or object, surest first."""
        rows = [
            ClaimRow(
                iri=_text(row[0]),
                subject=_text(row[1]),
                predicate=_text(row[2]).removeprefix(DEFINITIONS),
                object=_text(row[3]),
                basis=_text(row[4]),
                status=_text(row[5]),
                confidence=float(_text(row[6])),
            )
            for row in self._select(_CLAIMS % _values(things))
        ]
        return sorted(rows, key=lambda claim: (-claim.confidence, claim.iri))

    def evidence_of(self, claims: Iterable[str]) -> dict[str, list[EvidenceRow]]:
        """The evidence of each claim, surest first, then in document order."""
        found: dict[str, list[EvidenceRow]] = {}
        for row in self._select(_EVIDENCE % _values(claims)):
            piece = EvidenceRow(
                claim=_text(row[0]),
                iri=_text(row[1]),
                document=_text(row[2]),
                passage=_text(row[3]),
                start=int(_text(row[4])),
                end=int(_text(row[5])),
                confidence=float(_text(row[6])),
                status=_text(row[7]),
            )
            found.setdefault(piece.claim, []).append(piece)
        for pieces in found.values():
            pieces.sort(key=lambda e: (-e.confidence, e.document, e.start, e.iri))
        return found

    def practices(self) -> dict[str, dict[str, list[tuple[str, str]]]]:
        """Each practice's properties: local name to (value, language) pairs, sorted."""
        found: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for row in self._select(_PRACTICES):
            name = _text(row[1]).rsplit("#", 1)[-1]
            language = getattr(row[2], "language", None) or ""
            found.setdefault(_text(row[0]), {}).setdefault(name, []).append(
                (_text(row[2]), language)
            )
        for properties in found.values():
            for values in properties.values():
                values.sort()
        return dict(sorted(found.items()))

    def responses_of(self, practice: str) -> list[str]:
        """The problems one practice responds to, as inferred, sorted."""
        predicate = ox.NamedNode(DEFINITIONS + "respondsTo")
        quads = self.store.quads_for_pattern(ox.NamedNode(practice), predicate, None, None)
        return sorted({_text(quad.object) for quad in quads})

    def label_of(self, thing: str) -> tuple[str, str]:
        """The preferred label of a thing and its language, Chinese first; empty if none."""
        predicate = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
        quads = self.store.quads_for_pattern(ox.NamedNode(thing), predicate, None, None)
        labels = {(getattr(q.object, "language", None) or "", _text(q.object)) for q in quads}
        language, text = max(labels, default=("", ""))
        return text, language

    def is_mentioned(self, thing: str) -> bool:
        """Whether any document names the thing."""
        predicate = ox.NamedNode("http://www.w3.org/ns/oa#hasBody")
        quads = self.store.quads_for_pattern(None, predicate, ox.NamedNode(thing), None)
        return next(iter(quads), None) is not None

    def mentions_in(self, document: str, thing: str) -> list[tuple[int, int]]:
        """Where a document names a thing: offsets, sorted."""
        rows = self._select(_MENTIONS % (f"<{thing}>", f"<{document}>"))
        return sorted((int(_text(row[0])), int(_text(row[1]))) for row in rows)

    def counts(self) -> dict[str, Any]:
        """Claims by basis and status, practices by setting, concepts by kind, all triples."""
        return {
            "triples": len(self.store),
            **{name: self._counted(pattern) for name, pattern in _COUNTS.items()},
        }

    def _counted(self, pattern: str) -> dict[str, int]:
        query = (
            f"SELECT ?value (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ {pattern} }} GROUP BY ?value"
        )
        rows = {_text(row[0]).rsplit("#", 1)[-1]: int(_text(row[1])) for row in self._select(query)}
        return dict(sorted(rows.items()))

    def describe(self, iri: str) -> list[ox.Quad]:
        """The quads that have the thing as subject, or as object of another, sorted."""
        thing = ox.NamedNode(iri)
        quads = [
            *self.store.quads_for_pattern(thing, None, None, None),
            *self.store.quads_for_pattern(None, None, thing, None),
        ]
        return sorted(set(quads), key=str)

    def _select(self, query: str) -> Iterator[ox.QuerySolution]:
        solutions = self.store.query(_PREFIXES + query, use_default_graph_as_union=True)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("a fixed query must be a SELECT")
        yield from solutions


def _text(term: object) -> str:
    value: str = getattr(term, "value", "")
    return value


def _values(things: Iterable[str]) -> str:
    return " ".join(f"<{thing}>" for thing in sorted(set(things)))
