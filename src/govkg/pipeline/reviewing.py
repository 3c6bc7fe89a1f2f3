"""What a curator may look at, by the current build, and the files in which decisions are kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from govkg.errors import CorpusError, GovkgError
from govkg.extract.decision_file import write_decision
from govkg.extract.standing import stand
from govkg.graph.curation import decision_iri
from govkg.graph.queries import select
from govkg.index.bundle import open_current
from govkg.index.durable import replace_file
from govkg.index.files import STORE_FOLDER
from govkg.model.claim import PREDICATES
from govkg.model.decision import ClaimName, Decision, Signature, Term
from govkg.model.identifiers import Minter
from govkg.ontology.namespaces import GOV
from govkg.ontology.places import Places, read_places
from govkg.ontology.vocabulary import KIND_CLASSES, Vocabulary, read_vocabulary
from govkg.pipeline.curation import ANNOTATIONS_FOLDER, read_annotations

_PIECES = """
SELECT ?e ?claim ?s ?p ?o ?confidence ?basis ?status ?review ?d ?quote ?start WHERE {
  GRAPH ?g {
    ?claim gov:evidence ?e ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
    ?e oa:exact ?quote ; oa:start ?start ; prov:wasQuotedFrom ?d ; gov:confidence ?confidence ;
      gov:basis ?basis ; gov:status ?status .
    OPTIONAL { ?e gov:review ?review }
  }
}"""
_DOCUMENTS = "SELECT ?d ?key WHERE { ?d a gov:Document ; dcterms:identifier ?key }"
_PRACTICES = """
SELECT ?p ?id ?label ?place WHERE {
  ?p a gov:Practice ; skos:prefLabel ?label .
  OPTIONAL { ?p dcterms:identifier ?id } OPTIONAL { ?p gov:locatedIn ?place }
}"""
_CANDIDATES = "SELECT ?c ?kind WHERE { ?c gov:candidate ?waits ; a ?kind }"
_DECISIONS = """
SELECT ?name ?message ?stale ?inForce ?d WHERE {
  ?d a gov:Decision ; dcterms:identifier ?name ; dcterms:description ?message ;
    gov:stale ?stale ; gov:inForce ?inForce .
  FILTER NOT EXISTS { ?later dcterms:replaces ?d }
}"""
_ID_CHARACTERS = 8
_NAME_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One quotation with what is claimed by it; `kind` is claim or candidate.

    `id` is short and names the evidence; `claim` names the claim as a whole.
    """

    id: str
    kind: str
    claim: str
    subject: str
    predicate: str
    object: str
    document: str
    quote: str
    confidence: float
    basis: str
    status: str
    review: str
    named: ClaimName
    start: int

    def to_json(self) -> dict[str, Any]:
        """The item as JSON values."""
        shown = asdict(self)
        del shown["named"], shown["start"]
        return shown


@dataclass(frozen=True, slots=True)
class Notice:
    """A decision that needs someone: its file, whether it is stale, waiting or wrong, and why."""

    decision: str
    state: str
    message: str


class Review:
    """The current build beside the decisions of a corpus, which may be newer."""

    def __init__(self, index: Path, corpus: Path) -> None:
        """Opens both.

        Raises:
            KnowledgeBaseError: there is no whole build.
        """
        version = open_current(index)
        try:
            self._store = ox.Store.read_only(str(version.path / STORE_FOLDER))
            self._base = str(version.manifest.contents.settings["base_iri"])
            self._vocabulary = read_vocabulary(self._store)
            self._places = read_places(self._store)
            self._all = self._read_items()
        finally:
            version.close()
        self._corpus = corpus
        self._files = read_annotations(corpus)

    def items(self, kind: str = "", document: str = "", *, everything: bool = False) -> list[Item]:
        """What nobody decided on, not even in a decision that is not built yet; least sure first.

        With `everything` all that there is.
        """
        decided = set() if everything else {decision.thing for decision in self._unbuilt()}
        return [
            item
            for item in self._all
            if (everything or not item.review)
            and kind in {"", item.kind}
            and document in {"", item.document}
            and not decided & {(item.document, item.quote, item.named), ("", "", item.named)}
        ]

    def notices(self) -> list[Notice]:
        """The decisions that are stale, wait for a signature or are wrong, by name."""
        notices = [Notice(path, "error", message) for path, message in self._files.faults]
        for name, message, stale, in_force, _ in self._rows(_DECISIONS):
            if stale == "true":
                notices.append(Notice(name, "stale", message))
            elif in_force != "true":
                state = "waiting" if message.startswith("waits") else "error"
                notices.append(Notice(name, state, message))
        return sorted(notices, key=lambda notice: (notice.state, notice.decision))

    def unbuilt(self) -> list[str]:
        """The decisions that the current build does not know, by name."""
        return sorted(decision.name for decision in self._unbuilt())

    def find(self, name: str) -> Item:
        """The item of a short id; of `claim-…` the claim as a whole, without a quotation.

        Raises:
            GovkgError: there is none, or there are several.
        """
        whole = name.startswith("claim-")
        found = {
            (item.claim if whole else item.id): item
            for item in self._all
            if (item.claim if whole else item.id).startswith(name.removeprefix("evidence-"))
        }
        if len(found) != 1:
            problem = f"{len(found)} things have" if found else "nothing has"
            raise GovkgError(f"{problem} the id {name!r}", remedy="see `govkg review`")
        item = next(iter(found.values()))
        return replace(item, document="", quote="") if whole else item

    def add(self, decision: Decision) -> Path:
        """Writes a decision's file; the name given to it is set here.

        Raises:
            CorpusError: it names something unknown, was made already, or cannot be written.
        """
        earlier = [one for one in self._files.decisions if one.thing == decision.thing]
        latest = max(earlier, key=lambda one: (one.date, one.name), default=None)
        decision = replace(decision, supersedes=latest.name if latest else "")
        decision = replace(decision, name=f"{decision.date}-{decision.identity[:_NAME_CHARACTERS]}")
        minter = Minter(self._base)
        others = [one for one in self._files.decisions if one.identity != decision.identity]
        standing = stand([*others, decision], self._vocabulary, self._places, minter, 1)
        for ruling in standing.others:
            if ruling.decision == decision and ruling.state == "error":
                raise CorpusError(ruling.message)
        path = self._corpus / ANNOTATIONS_FOLDER / f"{decision.name}.yaml"
        if path.exists():
            raise CorpusError("this was decided already", where=str(path))
        _write(path, decision)
        return path

    def sign(self, name: str, signature: Signature) -> tuple[Path, Decision]:
        """Adds a signature to the decision whose name begins or ends so.

        Raises:
            CorpusError: there is no such decision, or this author signed it already.
        """
        found = [
            decision
            for decision in self._files.decisions
            if decision.name.startswith(name) or decision.name.endswith(name)
        ]
        if len(found) != 1:
            problem = f"{len(found)} decisions are called" if found else "no decision is called"
            raise CorpusError(f"{problem} {name!r}", remedy="give the name of its file")
        decision = found[0]
        if signature.author in decision.authors:
            raise CorpusError(f"{signature.author} signed {decision.name} already")
        signed = replace(decision, signed=(*decision.signed, signature))
        path = self._corpus / dict(self._files.paths)[decision.name]
        _write(path, signed)
        return path, signed

    def _unbuilt(self) -> list[Decision]:
        known = {row[4] for row in self._rows(_DECISIONS)}
        superseded = {one.supersedes for one in self._files.decisions}
        return [
            decision
            for decision in self._files.decisions
            if decision_iri(decision, self._base) not in known and decision.name not in superseded
        ]

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        found = select(self._store, query)
        rows = (tuple(getattr(value, "value", "") for value in row) for row in found)
        return sorted(set(rows))

    def _read_items(self) -> list[Item]:
        names = _Names(self._vocabulary, self._places, Minter(self._base))
        names.documents = {row[0]: row[1] for row in self._rows(_DOCUMENTS)}
        for practice, *known in self._rows(_PRACTICES):
            names.practices.setdefault(practice, []).append(tuple(known))
        names.candidates = {row[0]: row[1] for row in self._rows(_CANDIDATES)}
        items = [names.item(row) for row in self._rows(_PIECES)]
        return sorted(items, key=lambda one: (one.confidence, one.document, one.start, one.id))


def _write(path: Path, decision: Decision) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, write_decision(decision))
    except OSError as error:
        raise CorpusError(f"cannot be written: {error.strerror}", where=str(path)) from error


class _Names:
    """From the IRIs of a build to names by content; what has none keeps its IRI."""

    def __init__(self, vocabulary: Vocabulary, places: Places, minter: Minter) -> None:
        self._vocabulary = vocabulary
        self._places = places
        self._minter = minter
        self.documents: dict[str, str] = {}
        self.practices: dict[str, list[tuple[str, ...]]] = {}
        self.candidates: dict[str, str] = {}

    def item(self, row: tuple[str, ...]) -> Item:
        """A row of the query for evidence as an item."""
        evidence, claim, subject, predicate, value, confidence, basis, status = row[:8]
        review, document, quote, start = row[8:]
        name = predicate.removeprefix(GOV)
        key = self.documents.get(document, "")
        found = (
            Term("text", (value,)) if name == "reportedOutcome" else self._term(value, key, quote)
        )
        named = ClaimName(self._term(subject, key, quote), name, found)
        return Item(
            id=evidence.rpartition("evidence-")[2][:_ID_CHARACTERS],
            kind="candidate" if named.object.kind == "candidate" else "claim",
            claim=claim.rpartition("/")[2],
            subject=self._shown(named.subject, subject),
            predicate=name,
            object=self._shown(named.object, value),
            document=key,
            quote=quote,
            confidence=float(confidence),
            basis=basis,
            status=status,
            review=review,
            named=named,
            start=int(start),
        )

    def _term(self, iri: str, document: str, quote: str) -> Term:
        if concept := self._vocabulary.get(iri):
            return Term("concept", (concept.notation,))
        if iri in self.documents:
            return Term("document", (self.documents[iri],))
        if place := self._places.get(iri):
            return Term("place", (place.code,))
        if iri in self.candidates:
            kinds = (kind for kind, name in KIND_CLASSES.items() if name == self.candidates[iri])
            kind = next(kinds, "problem")
            if self._minter(kind, document, quote) == iri:
                return Term("candidate", (kind, document, quote))
        if iri in self.practices:
            return self._practice(iri, document)
        return Term("iri", (iri,))

    def _practice(self, iri: str, document: str) -> Term:
        """A practice by the identity key that its IRI was minted from, as far as it shows."""
        for given, label, place in self.practices[iri]:
            code = known.code if (known := self._places.get(place)) else ""
            keys: Sequence[tuple[str, ...]] = ((given,), (document,), (document, label, place))
            for key in keys:
                if key[0] and self._minter("practice", *key) == iri:
                    return Term("practice", (*key[:-1], code) if len(key) > 1 else key)
        return Term("iri", (iri,))

    def _shown(self, term: Term, iri: str) -> str:
        """A name for reading: notation with label, else the words."""
        if concept := self._vocabulary.get(iri):
            return f"{concept.notation} {concept.pref('zh')} / {concept.pref('en')}"
        if term.kind == "iri" and iri in self.practices:
            return self.practices[iri][0][1]
        return term.key[2] if term.kind == "candidate" else "/".join(term.key)


def object_term(predicate: str, given: str) -> Term:
    """The object that a curator gives: a notation, of `locatedIn` a place code, or a text."""
    if predicate not in PREDICATES:
        raise GovkgError(
            f"unknown predicate {predicate!r}", remedy=f"known are {', '.join(PREDICATES)}"
        )
    if predicate == "reportedOutcome":
        return Term("text", (given,))
    return Term("place" if predicate == "locatedIn" else "concept", (given,))
