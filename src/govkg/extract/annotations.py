"""Curators' decisions replayed on what was found in a document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from govkg.extract.identity import Triple, claim_iri, evidence_iri
from govkg.extract.standing import Order
from govkg.model.claim import STATUSES, Claim, Evidence, Extraction, Status
from govkg.model.decision import REVIEWED_CONFIDENCE, Correction
from govkg.model.document import Document
from govkg.model.identifiers import Minter
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Applied:
    """What one decision did in one document: the evidence it judged and what it made, as IRIs."""

    decision: str
    judged: tuple[str, ...]
    made: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """An extraction after the decisions, and what each of them did; in the order of their names."""

    extraction: Extraction
    applied: tuple[Applied, ...] = ()


class Annotations:
    """The decisions that count, ready to be replayed on one document after another."""

    def __init__(
        self,
        orders: Iterable[Order],
        vocabulary: Vocabulary,
        places: Places,
        minter: Minter,
    ) -> None:
        """Takes the decisions, and what the build knows, to add no claim on the unknown."""
        self._by_document: dict[str, list[Order]] = {}
        self._whole: dict[str, Order] = {}
        for order in orders:
            if order.decision.quote:
                self._by_document.setdefault(order.decision.document, []).append(order)
            else:
                self._whole[order.claim] = order
        self._vocabulary = vocabulary
        self._places = places
        self._minter = minter

    def replay(self, document: Document, extraction: Extraction) -> Replayed:
        """The extraction as the curators want it; the same object where they decided nothing.

        A decision on evidence counts before one on the whole claim. It applies wherever its
        quotation stands in the document now, however far it moved.
        """
        orders = self._by_document.get(document.key, [])
        whole = {
            claim.iri: self._whole[claim.iri]
            for claim in (extraction.claims if self._whole else ())
            if claim.iri in self._whole
        }
        if not orders and not whole:
            return Replayed(extraction)
        known = self._known(document, extraction)
        desk = _Desk(document, extraction, self._minter, known)
        for order in orders:
            desk.take(order, spans_of(document.text, order.decision.quote))
        for claim in extraction.claims:
            if claim.iri in whole:
                desk.take_whole(whole[claim.iri], claim)
        return desk.settled()

    def _known(self, document: Document, extraction: Extraction) -> "_Known":
        own = {document.iri, *(p.iri for p in extraction.practices)}
        own |= {candidate.iri for candidate in extraction.candidates}
        return _Known(frozenset(own), self._vocabulary, self._places)


def spans_of(text: str, quote: str) -> tuple[Span, ...]:
    """Where a quotation stands in a text, in order."""
    found, start = [], text.find(quote)
    while start >= 0:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Known:
    own: frozenset[str]
    vocabulary: Vocabulary
    places: Places

    def has(self, triple: Triple) -> bool:
        """Whether something describes both ends of a claim."""
        subject, predicate, value = triple
        ends = (subject,) if predicate == "reportedOutcome" else (subject, value)
        return all(
            end in self.own or self.vocabulary.get(end) or self.places.get(end) for end in ends
        )


@dataclass
class _Desk:
    """One document's claims while decisions are laid on them."""

    document: Document
    extraction: Extraction
    minter: Minter
    known: _Known
    _orders: list[tuple[Order, tuple[Span, ...]]] = field(default_factory=list)
    _verdicts: dict[str, Order] = field(default_factory=dict)
    _judged: dict[str, list[str]] = field(default_factory=dict)
    _made: dict[str, list[str]] = field(default_factory=dict)
    _evidence: dict[Triple, dict[str, Evidence]] = field(default_factory=dict)

    def take(self, order: Order, spans: tuple[Span, ...]) -> None:
        """Lays a decision on the evidence of its claim that its quotation covers or stands in."""
        self._orders.append((order, spans))
        claim = next((c for c in self.extraction.claims if c.iri == order.claim), None)
        for piece in claim.evidence if claim else ():
            if any(_covers(span, (piece.start, piece.end)) for span in spans):
                self._verdicts[piece.iri] = order

    def take_whole(self, order: Order, claim: Claim) -> None:
        """Lays a decision on all evidence of a claim that has none of its own."""
        self._orders.append((order, ()))
        for piece in claim.evidence:
            self._verdicts.setdefault(piece.iri, order)

    def settled(self) -> Replayed:
        """The extraction after all decisions."""
        additions: list[tuple[Order, Evidence]] = []
        for claim in self.extraction.claims:
            for piece in claim.evidence:
                order = self._verdicts.get(piece.iri)
                if order is None:
                    self._keep(_triple(claim), piece)
                else:
                    additions += self._judge(order, claim, piece)
        for order, spans in self._orders:
            if not self._judged.get(order.decision.name):
                additions += self._vouched(order, spans)
        for order, piece in additions:
            if order.adds is not None:
                self._keep(order.adds, piece)
                self._made.setdefault(order.decision.name, []).append(piece.iri)
        return Replayed(self._extraction(), tuple(self._applied()))

    def _judge(
        self, order: Order, claim: Claim, piece: Evidence
    ) -> Iterator[tuple[Order, Evidence]]:
        """Keeps the piece as the decision wants it, and gives what is to be said instead."""
        action = order.decision.action
        self._judged.setdefault(order.decision.name, [])
        if action == "accept":
            self._keep(_triple(claim), _accepted(piece))
        elif action == "reject":
            self._keep(_triple(claim), replace(piece, review="rejected"))
        elif order.adds is None or not self.known.has(order.adds):
            # Without something to say instead the claim stays as it was found.
            self._keep(_triple(claim), piece)
            return
        else:
            if action == "correct" and order.adds != _triple(claim):
                self._keep(_triple(claim), replace(piece, review="rejected"))
            span = (piece.start, piece.end)
            iri = evidence_iri(self.minter, self.document, span, order.adds)
            status = _status(order, piece.status)
            yield order, _accepted(replace(piece, iri=iri, basis="editorial", status=status))
        self._judged[order.decision.name].append(piece.iri)

    def _vouched(self, order: Order, spans: Sequence[Span]) -> Iterator[tuple[Order, Evidence]]:
        """What a curator vouches for and is not found (any more), on the quotation itself."""
        if order.adds is None or not self.known.has(order.adds):
            return
        for start, end in spans:
            for passage in self.document.passages:
                if passage.start <= start and end <= passage.end:
                    yield (
                        order,
                        Evidence(
                            iri=evidence_iri(self.minter, self.document, (start, end), order.adds),
                            document=self.document.iri,
                            passage=passage.iri,
                            quote=self.document.text[start:end],
                            start=start,
                            end=end,
                            basis="editorial",
                            status=_status(order, _usual_status(order, self.known.vocabulary)),
                            confidence=REVIEWED_CONFIDENCE,
                            review="accepted",
                        ),
                    )
                    return

    def _keep(self, triple: Triple, piece: Evidence) -> None:
        self._evidence.setdefault(triple, {})[piece.iri] = piece

    def _extraction(self) -> Extraction:
        claims = [
            Claim(
                iri=claim_iri(self.minter, triple),
                subject=triple[0],
                predicate=triple[1],
                object=triple[2],
                evidence=tuple(sorted(pieces.values(), key=lambda e: (e.start, e.iri))),
                role="participant" if triple[1] == "involves" else "",
            )
            for triple, pieces in self._evidence.items()
        ]
        into = {
            order.candidate: order.adds[2]
            for order, _ in self._orders
            if order.candidate and order.adds and self._made.get(order.decision.name)
        }
        candidates = tuple(
            replace(one, match=into[one.iri]) if one.iri in into else one
            for one in self.extraction.candidates
        )
        ordered = tuple(sorted(claims, key=lambda claim: claim.iri))
        return replace(self.extraction, claims=ordered, candidates=candidates)

    def _applied(self) -> Iterator[Applied]:
        for name in sorted({order.decision.name for order, _ in self._orders}):
            judged, made = self._judged.get(name, []), self._made.get(name, [])
            if judged or made:
                yield Applied(name, tuple(sorted(judged)), tuple(sorted(set(made))))


def _covers(one: Span, other: Span) -> bool:
    """Whether one of two spans holds the other."""
    starts, ends = one[0] - other[0], one[1] - other[1]
    return (starts <= 0 <= ends) or (ends <= 0 <= starts)


def _triple(claim: Claim) -> Triple:
    return (claim.subject, claim.predicate, claim.object)


def _accepted(piece: Evidence) -> Evidence:
    return replace(piece, confidence=REVIEWED_CONFIDENCE, review="accepted")


def _status(order: Order, found: Status) -> Status:
    """The status that a correction gives, else the one found."""
    given = (order.decision.correction or Correction()).status
    return next((status for status in STATUSES if status == given), found)


def _usual_status(order: Order, vocabulary: Vocabulary) -> Status:
    """What a claim is where nothing says more: measures are proposed, all else is diagnosed."""
    if order.adds is None or order.adds[1] in {"implements", "involves", "locatedIn"}:
        return "practice"
    if order.adds[1] == "reportedOutcome":
        return "outcome"
    ends = (vocabulary.get(order.adds[0]), vocabulary.get(order.adds[2]))
    measure = any(end is not None and end.kind == "countermeasure" for end in ends)
    return "recommendation" if measure else "diagnosis"
