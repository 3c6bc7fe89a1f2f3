"""Our own fixed queries over the graph of one build; every list comes in a defined order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from govkg.errors import KnowledgeBaseError
from govkg.model.identifiers import DEFINITIONS
from govkg.ontology.namespaces import prefix_header

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SUBJECT, _OBJECT = ox.NamedNode(f"{_RDF}subject"), ox.NamedNode(f"{_RDF}object")
_NAMES = ox.NamedNode("http://www.w3.org/ns/oa#hasBody")
_RESPONDS = ox.NamedNode(DEFINITIONS + "respondsTo")
_REJECTED = "rejected"
_LOCAL_NAME = re.compile(r"[#/]")
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
    "conflicts_by_kind": "?thing a gov:Conflict ; gov:conflictKind ?value",
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
    corroboration: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One quotation of a claim, by document and offsets.

    `statement` is the first evidence that says the same in nearly the same words, or its own IRI.
    """

    claim: str
    iri: str
    document: str
    passage: str
    start: int
    end: int
    confidence: float
    status: str
    statement: str = ""


@dataclass(frozen=True, slots=True)
class SideRow:
    """What one side of a conflict says: a value that a document gives, or a quotation."""

    document: str
    value: str
    evidence: EvidenceRow | None


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Where documents, or curators, contradict each other on a thing or a claim."""

    iri: str
    kind: str
    subject: str
    sides: tuple[SideRow, ...]


class Graph:
    """The graph of one build, asked through its union of named graphs; safe for threads.

    Claims and evidence are looked up by subject and kept once seen: the answers of a build never
    change, and a lookup on disk costs as much as a hundred from memory.
    """

    def __init__(self, store: ox.Store) -> None:
        """Takes a loaded store."""
        self.store = store
        self._claims: dict[str, tuple[ClaimRow, ...]] = {}
        self._evidence: dict[str, tuple[EvidenceRow, ...]] = {}

    @classmethod
    def open(cls, folder: Path) -> "Graph":
        """Opens a folder that `write_store` made; nothing is written into it.

        Raises:
            KnowledgeBaseError: it is not one.
        """
        try:
            return cls(ox.Store.read_only(str(folder)))
        except (OSError, ValueError) as error:
            raise KnowledgeBaseError(
                f"the graph cannot be opened: {error}",
                where=str(folder),
                remedy="run `govkg build` again",
            ) from error

    def claims_about(self, things: Iterable[str]) -> list[ClaimRow]:
        """The claims that have one of the things as subject or object, surest first.

        What curators rejected is left out, claims and evidence alike.
        """
        found = {claim.iri: claim for thing in set(things) for claim in self._claims_of(thing)}
        return sorted(found.values(), key=lambda claim: (-claim.confidence, claim.iri))

    def _claims_of(self, thing: str) -> tuple[ClaimRow, ...]:
        if thing not in self._claims:
            node = ox.NamedNode(thing)
            iris = {
                _text(quad.subject)
                for predicate in (_SUBJECT, _OBJECT)
                for quad in self.store.quads_for_pattern(None, predicate, node, None)
            }
            rows = [row for iri in sorted(iris) if (row := self._claim(iri))]
            self._claims[thing] = tuple(rows)
        return self._claims[thing]

    def _claim(self, iri: str) -> ClaimRow | None:
        values = self._values(iri)
        if "confidence" not in values or _REJECTED in values.get("review", ()):
            return None
        return ClaimRow(
            iri=iri,
            subject=values["subject"][0],
            predicate=values["predicate"][0].removeprefix(DEFINITIONS),
            object=values["object"][0],
            basis=values["basis"][0],
            status=values["status"][0],
            confidence=float(values["confidence"][0]),
            corroboration=int(values.get("corroboration", ["0"])[0]),
        )

    def evidence_of(self, claims: Iterable[str]) -> dict[str, list[EvidenceRow]]:
        """The evidence of each claim, surest first, then in document order."""
        return {claim: list(self._evidence_of(claim)) for claim in sorted(set(claims))}

    def _evidence_of(self, claim: str) -> tuple[EvidenceRow, ...]:
        if claim not in self._evidence:
            pieces = [
                _piece(claim, iri, values)
                for iri in self._values(claim).get("evidence", ())
                if _REJECTED not in (values := self._values(iri)).get("review", ())
            ]
            pieces.sort(key=lambda e: (-e.confidence, e.document, e.start, e.iri))
            self._evidence[claim] = tuple(pieces)
        return self._evidence[claim]

    def _values(self, iri: str) -> dict[str, list[str]]:
        """A thing's values by the local names of its properties, each list sorted."""
        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
            name = _LOCAL_NAME.split(quad.predicate.value)[-1]
            found.setdefault(name, set()).add(_text(quad.object))
        return {name: sorted(values) for name, values in found.items()}

    def values_of(self, thing: str) -> dict[str, list[str]]:
        """A thing's values by the local names of its properties, each list sorted.

        Empty where the base does not know the thing, or it is no IRI at all.
        """
        try:
            return self._values(thing)
        except ValueError:
            return {}

    def practices(self) -> dict[str, dict[str, list[tuple[str, str]]]]:
        """Each practice's properties: local name to (value, language) pairs, sorted."""
        found: dict[str, dict[str, set[tuple[str, str]]]] = {}
        for row in self._select(_PRACTICES):
            name = _text(row[1]).rsplit("#", 1)[-1]
            language = getattr(row[2], "language", None) or ""
            values = found.setdefault(_text(row[0]), {}).setdefault(name, set())
            values.add((_text(row[2]), language))
        return {
            practice: {name: sorted(values) for name, values in properties.items()}
            for practice, properties in sorted(found.items())
        }

    def responses_of(self, practice: str) -> list[str]:
        """The problems one practice responds to, as inferred, sorted."""
        quads = self.store.quads_for_pattern(ox.NamedNode(practice), _RESPONDS, None, None)
        return sorted({_text(quad.object) for quad in quads})

    def responders(self, problem: str) -> list[str]:
        """The practices that respond to a problem, as inferred, sorted."""
        quads = self.store.quads_for_pattern(None, _RESPONDS, ox.NamedNode(problem), None)
        return sorted({_text(quad.subject) for quad in quads})

    def label_of(self, thing: str) -> tuple[str, str]:
        """The preferred label of a thing and its language, Chinese first; empty if none."""
        predicate = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
        quads = self.store.quads_for_pattern(ox.NamedNode(thing), predicate, None, None)
        labels = {(getattr(q.object, "language", None) or "", _text(q.object)) for q in quads}
        language, text = max(labels, default=("", ""))
        return text, language

    def same_words(self, passage: str) -> list[str]:
        """The passages that say nearly the same, this one left out, the first of them first."""
        leader = self._repeats.get(passage, passage)
        return [one for one in (leader, *self._repeated.get(leader, ())) if one != passage]

    def source_of(self, document: str) -> str:
        """The document that this one is not independent of, or itself."""
        return self._sources.get(document, document)

    @cached_property
    def _sources(self) -> dict[str, str]:
        return self._first_objects("http://www.w3.org/ns/prov#alternateOf")

    @cached_property
    def conflicts(self) -> tuple[ConflictRow, ...]:
        """All conflicts, by kind and IRI; their sides by document."""
        found = []
        for (iri,) in self._select("SELECT ?conflict WHERE { ?conflict a gov:Conflict }"):
            values = self._values(_text(iri))
            sides = [self._side(side) for side in values.get("side", ())]
            sides.sort(key=lambda side: (side.document, side.value))
            kind, subject = values["conflictKind"][0], values["subject"][0]
            found.append(ConflictRow(_text(iri), kind, subject, tuple(sides)))
        return tuple(sorted(found, key=lambda conflict: (conflict.kind, conflict.iri)))

    def _side(self, side: str) -> SideRow:
        values = self._values(side)
        if "value" in values:
            return SideRow(values["wasDerivedFrom"][0], values["value"][0], None)
        piece = _piece("", side, values)
        return SideRow(piece.document, "", piece)

    @cached_property
    def _repeats(self) -> dict[str, str]:
        return self._first_objects(DEFINITIONS + "repeats")

    def _first_objects(self, predicate: str) -> dict[str, str]:
        """The object that each subject has for a predicate, of several the first in order."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)
        pairs = sorted(((_text(q.subject), _text(q.object)) for q in quads), reverse=True)
        return dict(pairs)

    @cached_property
    def _repeated(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for repeating, first in sorted(self._repeats.items()):
            found.setdefault(first, []).append(repeating)
        return found

    def is_mentioned(self, thing: str) -> bool:
        """Whether any document names the thing."""
        quads = self.store.quads_for_pattern(None, _NAMES, ox.NamedNode(thing), None)
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
        """The quads that have the thing as subject, or as object of another, sorted.

        What is no IRI at all names nothing.
        """
        try:
            thing = ox.NamedNode(iri)
        except ValueError:
            return []
        quads = self.store.quads_for_pattern
        return sorted({*quads(thing, None, None, None), *quads(None, None, thing, None)}, key=str)

    def _select(self, query: str) -> ox.QuerySolutions:
        return select(self.store, query)


def select(store: ox.Store, query: str) -> ox.QuerySolutions:
    """The rows of one of our own queries, without its prefixes, over all named graphs."""
    solutions = store.query(prefix_header() + query, use_default_graph_as_union=True)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("a fixed query must be a SELECT")
    return solutions


def _piece(claim: str, iri: str, values: dict[str, list[str]]) -> EvidenceRow:
    return EvidenceRow(
        claim=claim,
        iri=iri,
        document=values["wasQuotedFrom"][0],
        passage=values["inPassage"][0],
        start=int(values["start"][0]),
        end=int(values["end"][0]),
        confidence=float(values["confidence"][0]),
        status=values["status"][0],
        statement=values.get("repeats", [iri])[0],
    )


def _text(term: object) -> str:
    value: str = getattr(term, "value", "")
    return value


def write_store(folder: Path, quads: Path) -> None:
    """Makes the folder that `Graph.open` opens, from an N-Quads file; the folder must be new."""
    store = ox.Store(str(folder))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    del store
    # The engine's diary: it names the folder and the time, and nobody reads it.
    for diary in folder.glob("LOG*"):
        diary.unlink()
