"""Where documents, or curators, contradict each other: kept, and marked as `gov:Conflict`.

Only what cannot both be true is marked. Two acts with different time limits are both in force for
those whom they bind; one report that names a success and a failure is no contradiction; nor is a
date that one document gives more exactly than another.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pyoxigraph as ox

from govkg.graph.quads import Lines, gov, iri, text
from govkg.model.claim import ASSERTED_CONFIDENCE
from govkg.model.identifiers import Minter
from govkg.ontology.namespaces import DCTERMS, GOV, OA, PROV, RDF, graph_iri
from govkg.text.outcomes import denies_success

_TYPE = f"{RDF}type"
_YEAR = re.compile(r"(?:19|20)\d\d")
# What an act has once; a day may be given as a month or year by a document that is less exact.
_ACT_FACTS = {
    "issued": f"{DCTERMS}issued",
    "effective": f"{GOV}effective",
    "number": f"{GOV}documentNumber",
}


@dataclass(frozen=True, slots=True)
class _Side:
    """What one side says: a piece of evidence, or a value that a document gives."""

    document: str
    value: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class _Conflict:
    kind: str
    subject: str
    sides: tuple[_Side, ...]


def conflict_quads(store: ox.Store, base: str) -> list[str]:
    """All conflicts of a whole graph, for its graph `inferred`.

    A conflict has a `gov:conflictKind` (place, years, issued, effective, number, outcome or
    review), what it is about as `dcterms:subject`, and its `gov:side`s: evidence, or an entity
    with the value (`rdf:value`) that a document gives (`prov:wasDerivedFrom`).
    """
    lines = Lines(graph_iri(base, "inferred"))
    minter = Minter(base)
    reader = _Reader(store)
    found = (_practice_facts, _act_facts, _outcomes, _reviews)
    for conflict in (one for find in found for one in find(reader)):
        this = iri(minter("conflict", conflict.kind, conflict.subject))
        lines.add(this, iri(_TYPE), gov("Conflict"))
        lines.add(this, gov("conflictKind"), text(conflict.kind))
        lines.add(this, iri(f"{DCTERMS}subject"), iri(conflict.subject))
        for side in conflict.sides:
            lines.add(this, gov("side"), iri(_side(lines, conflict, side, minter)))
    return lines.sorted()


def _side(lines: Lines, conflict: _Conflict, side: _Side, minter: Minter) -> str:
    if side.evidence:
        return side.evidence
    name = minter("side", conflict.kind, conflict.subject, side.document, side.value)
    lines.add(iri(name), iri(_TYPE), iri(f"{PROV}Entity"))
    value = iri(side.value) if conflict.kind == "place" else text(side.value)
    lines.add(iri(name), iri(f"{RDF}value"), value)
    lines.add(iri(name), iri(f"{PROV}wasDerivedFrom"), iri(side.document))
    return name


class _Reader:
    """Looks up the store by single patterns, whose time grows with what they find only."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.document_of_graph = {
            str(quad.graph_name): _text(quad.subject)
            for quad in self._quads(None, _TYPE, ox.NamedNode(f"{GOV}Document"))
        }

    def said(self, predicate: str) -> Iterator[tuple[str, str, str]]:
        """Subject, object and document of each triple of a predicate in documents' graphs."""
        for quad in self._quads(None, predicate):
            document = self.document_of_graph.get(str(quad.graph_name))
            if document:
                yield _text(quad.subject), _text(quad.object), document

    def value(self, subject: str, predicate: str) -> str:
        """The first value in alphabetical order; empty if there is none."""
        found = self._quads(ox.NamedNode(subject), predicate)
        return min((_text(quad.object) for quad in found), default="")

    def values(self, subject: str, predicate: str) -> list[str]:
        """All values, each once, in alphabetical order."""
        found = self._quads(ox.NamedNode(subject), predicate)
        return sorted({_text(quad.object) for quad in found})

    def subjects(self, predicate: str, value: str | ox.NamedNode) -> list[str]:
        """All that have a value, in alphabetical order."""
        term = ox.Literal(value) if isinstance(value, str) else value
        return sorted({_text(quad.subject) for quad in self._quads(None, predicate, term)})

    def source(self, document: str) -> str:
        """The document that this one is not independent of, or itself."""
        return self.value(document, f"{PROV}alternateOf") or document

    def _quads(
        self,
        subject: ox.NamedNode | None,
        predicate: str,
        value: ox.NamedNode | ox.Literal | None = None,
    ) -> Iterator[ox.Quad]:
        return self._store.quads_for_pattern(subject, ox.NamedNode(predicate), value, None)


def _text(term: object) -> str:
    value: str = getattr(term, "value", "")
    return value


def _practice_facts(reader: _Reader) -> Iterator[_Conflict]:
    """One practice in two places, neither of which lies in the other, or in different years."""
    practices = set(reader.subjects(_TYPE, ox.NamedNode(f"{GOV}Practice")))

    def apart(one: str, other: str) -> bool:
        return other not in _within(reader, one) and one not in _within(reader, other)

    for kind, name, differ in (("place", "locatedIn", apart), ("years", "years", _other_years)):
        given: dict[str, set[_Side]] = defaultdict(set)
        for thing, value, document in reader.said(GOV + name):
            if thing in practices:
                given[thing].add(_Side(document, value))
        yield from _differing(kind, given, differ)


def _within(reader: _Reader, place: str) -> list[str]:
    """A place and all that it lies in."""
    found = [place]
    while (wider := reader.value(found[-1], f"{DCTERMS}isPartOf")) and wider not in found:
        found.append(wider)
    return found


def _other_years(one: str, other: str) -> bool:
    """Whether two periods begin, or both end, in different years."""
    first, second = _YEAR.findall(one), _YEAR.findall(other)
    return any(a != b for a, b in zip(first[:2], second[:2], strict=False))


def _act_facts(reader: _Reader) -> Iterator[_Conflict]:
    """One act with different numbers or dates; language versions of a work are one act."""
    numbers = {s for s, _, _ in reader.said(_ACT_FACTS["number"])}
    acts = numbers | {s for s, _, _ in reader.said(_ACT_FACTS["effective"])}
    subject: dict[str, str] = {}
    numbered: dict[tuple[str, str], str] = {}
    for document in sorted(acts):
        title = reader.value(document, f"{DCTERMS}title")
        number = reader.value(document, _ACT_FACTS["number"])
        work = reader.value(document, f"{DCTERMS}isVersionOf")
        same = numbered.setdefault((number, title), work or document) if number else document
        subject[document] = work or same
    for kind, predicate in _ACT_FACTS.items():
        given: dict[str, set[_Side]] = defaultdict(set)
        for document, value, _ in reader.said(predicate):
            if document in subject:
                given[subject[document]].add(_Side(document, value))
        yield from _differing(kind, given, _less_exact_at_most)


def _less_exact_at_most(one: str, other: str) -> bool:
    """Whether two values differ, other than by one being given more exactly."""
    return not one.startswith(other) and not other.startswith(one)


def _differing(
    kind: str, given: dict[str, set[_Side]], differ: Callable[[str, str], bool]
) -> Iterator[_Conflict]:
    """A conflict for each thing of which two documents give values that differ."""
    for subject, sides in sorted(given.items()):
        ordered = sorted(sides, key=lambda side: (side.value, side.document))
        against = [
            pair
            for pair in combinations(ordered, 2)
            if pair[0].document != pair[1].document and differ(pair[0].value, pair[1].value)
        ]
        if against:
            involved = {side for pair in against for side in pair}
            yield _Conflict(kind, subject, tuple(side for side in ordered if side in involved))


def _outcomes(reader: _Reader) -> Iterator[_Conflict]:
    """A practice, or a measure against a problem, that worked by one source and not by another."""
    denied: dict[str, set[_Side]] = defaultdict(set)
    affirmed: dict[str, set[_Side]] = defaultdict(set)
    for piece in reader.subjects(f"{GOV}status", "outcome"):
        sure = float(reader.value(piece, f"{GOV}confidence") or 0) >= ASSERTED_CONFIDENCE
        if not sure or reader.value(piece, f"{GOV}review") == "rejected":
            continue
        side = _Side(reader.value(piece, f"{PROV}wasQuotedFrom"), evidence=piece)
        denies = denies_success(reader.value(piece, f"{OA}exact"))
        for claim in reader.subjects(f"{GOV}evidence", ox.NamedNode(piece)):
            (denied if denies else affirmed)[_topic(reader, claim)].add(side)
    for topic in sorted(set(denied) & set(affirmed) - {""}):
        sources = [{reader.source(s.document) for s in x[topic]} for x in (denied, affirmed)]
        if len(sources[0] | sources[1]) > 1:
            yield _Conflict("outcome", topic, _in_order(denied[topic] | affirmed[topic]))


def _topic(reader: _Reader, claim: str) -> str:
    """What an outcome is about: a practice, or a claim on a measure; empty for other claims."""
    predicate = reader.value(claim, f"{RDF}predicate").removeprefix(GOV)
    if predicate == "reportedOutcome":
        return reader.value(claim, f"{RDF}subject")
    return claim if predicate == "addresses" else ""


def _reviews(reader: _Reader) -> Iterator[_Conflict]:
    """A claim that one curator accepted and another rejected, be it on other words of it."""
    judged: dict[str, dict[str, dict[str, set[str]]]] = {}
    for review in ("accepted", "rejected"):
        for piece in reader.subjects(f"{GOV}review", review):
            for claim in reader.subjects(f"{GOV}evidence", ox.NamedNode(piece)):
                by = judged.setdefault(claim, {"accepted": {}, "rejected": {}})
                by[review][piece] = _authors(reader, piece)
    for claim, by in sorted(judged.items()):
        pairs = [
            (one, other)
            for one, for_it in by["accepted"].items()
            for other, against in by["rejected"].items()
            if for_it and against and not for_it & against
        ]
        pieces = {piece for pair in pairs for piece in pair}
        sides = {_Side(reader.value(p, f"{PROV}wasQuotedFrom"), evidence=p) for p in pieces}
        if sides:
            yield _Conflict("review", claim, _in_order(sides))


def _authors(reader: _Reader, piece: str) -> set[str]:
    """Who signed the decisions in force on a piece of evidence."""
    decisions = [
        decision
        for decision in reader.subjects(f"{GOV}appliesTo", ox.NamedNode(piece))
        if reader.value(decision, f"{GOV}inForce") == "true"
    ]
    return {a for one in decisions for a in reader.values(one, f"{PROV}wasAssociatedWith")}


def _in_order(sides: Iterable[_Side]) -> tuple[_Side, ...]:
    return tuple(sorted(sides, key=lambda side: (side.document, side.evidence, side.value)))
