"""Which decisions count: signed, understood, and not superseded by a later one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govkg.errors import CorpusError
from govkg.extract.identity import Triple, claim_iri
from govkg.extract.naming import Names
from govkg.model.claim import KINDS, Kind
from govkg.model.decision import Decision, Proposal, Ruling
from govkg.model.identifiers import Minter
from govkg.ontology.labels import LABEL_KINDS, Label
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Concept, Vocabulary

_NOTATION = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Order:
    """A decision that counts, in the IRIs of this build.

    `claim` is the IRI of the claim it is about, `adds` the claim that it vouches for (None if it
    only rejects), `candidate` the IRI of what it merges or promotes.
    """

    decision: Decision
    claim: str
    adds: Triple | None
    candidate: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The decisions that count, those that do not with the reason, and the concepts promoted.

    `promoted` are (decision name, concept) pairs; `vocabulary` holds these concepts too.
    """

    orders: tuple[Order, ...]
    others: tuple[Ruling, ...]
    promoted: tuple[tuple[str, Concept], ...]
    vocabulary: Vocabulary


def stand(
    decisions: Sequence[Decision],
    vocabulary: Vocabulary,
    places: Places,
    minter: Minter,
    signatures: int,
) -> Standing:
    """Sorts decisions into those that count and those that wait, are superseded, or are wrong.

    `signatures` is how many different authors a decision needs.
    """
    if not decisions:
        return Standing((), (), (), vocabulary)
    session = _Session(Names(vocabulary, places, minter), minter)
    by_thing: dict[object, list[Decision]] = {}
    for decision in _in_order(decisions):
        if session.repeats(decision):
            continue
        missing = signatures - len(decision.authors)
        if missing > 0:
            session.waits(decision, missing)
        else:
            by_thing.setdefault(decision.thing, []).append(decision)
    # Promoted concepts first: other decisions may name them.
    for promotes in (True, False):
        for chain in by_thing.values():
            if (chain[-1].action == "promote") == promotes:
                session.settle(chain)
    concepts = (*vocabulary.concepts, *(concept for _, concept in session.promoted))
    return Standing(
        tuple(sorted(session.orders, key=lambda order: order.decision.name)),
        tuple(session.others),
        tuple(session.promoted),
        Vocabulary(concepts) if session.promoted else vocabulary,
    )


def _in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """By date; on one day what supersedes another one after it; then by name."""
    named = {decision.name: decision for decision in decisions}

    def depth(decision: Decision) -> int:
        steps, seen = 0, {decision.name}
        earlier = named.get(decision.supersedes)
        while earlier is not None and earlier.name not in seen:
            seen.add(earlier.name)
            steps += 1
            earlier = named.get(earlier.supersedes)
        return steps

    return sorted(named.values(), key=lambda one: (one.date, depth(one), one.name))


@dataclass
class _Session:
    """What was found while going through the decisions."""

    names: Names
    minter: Minter
    orders: list[Order] = field(default_factory=list)
    others: list[Ruling] = field(default_factory=list)
    promoted: list[tuple[str, Concept]] = field(default_factory=list)
    _seen: dict[str, str] = field(default_factory=dict)

    def repeats(self, decision: Decision) -> bool:
        """Whether another file says just the same; it is noted as superseded."""
        first = self._seen.setdefault(decision.identity, decision.name)
        if first != decision.name:
            self.others.append(Ruling(decision, "superseded", f"says the same as {first}"))
        return first != decision.name

    def waits(self, decision: Decision, missing: int) -> None:
        """Notes a decision that lacks signatures."""
        message = f"waits for {missing} more signature{'s' if missing > 1 else ''}"
        # What it is about is shown too, if it can be understood already.
        try:
            claim = claim_iri(self.minter, self.names.triple(decision.claim))
        except CorpusError:
            claim = ""
        self.others.append(
            Ruling(decision, "waiting", f"{message} (govkg review sign {decision.name})", claim)
        )

    def settle(self, chain: list[Decision]) -> None:
        """Takes the last decision on a thing that can be understood; the others are noted."""
        left = list(chain)
        while left:
            decision = left.pop()
            try:
                order = self._order(decision, tuple(one.name for one in left))
            except CorpusError as error:
                remedy = f" ({error.remedy})" if error.remedy else ""
                self.others.append(Ruling(decision, "error", error.problem + remedy))
                continue
            self.orders.append(order)
            message = f"superseded by {decision.name}"
            self.others += [Ruling(one, "superseded", message, order.claim) for one in left]
            return

    def _order(self, decision: Decision, replaces: tuple[str, ...]) -> Order:
        triple = self.names.triple(decision.claim)
        claim, candidate = claim_iri(self.minter, triple), ""
        adds: Triple | None = None
        if decision.action == "accept":
            adds = triple
        elif decision.action == "correct":
            adds = self.names.corrected(decision)
        elif decision.action in {"merge", "promote"}:
            candidate = triple[2]
            adds = (triple[0], "states", self._concept(decision).iri)
        return Order(decision, claim, adds, candidate, replaces)

    def _concept(self, decision: Decision) -> Concept:
        """The concept that a candidate is merged into or becomes."""
        term = decision.claim.object
        if term.kind != "candidate" or not decision.quote:
            raise CorpusError(
                f"{decision.action} is for a candidate of a document",
                remedy="name it as object of the claim, with document and quote",
            )
        if decision.proposal is None:
            return self.names.concept(decision.into)
        kind = next(kind for kind in KINDS if kind == term.key[0])
        known = self.names.find(decision.proposal.notation)
        if known is not None and known.kind == kind:
            # Taken into the vocabulary since, or promoted from another candidate.
            return known
        concept = self._promoted(decision.proposal, kind, taken=known)
        self.names.add(concept)
        self.promoted.append((decision.name, concept))
        return concept

    def _promoted(self, proposal: Proposal, kind: Kind, taken: Concept | None) -> Concept:
        notation = proposal.notation
        if not _NOTATION.fullmatch(notation):
            raise CorpusError(
                f"{notation!r} is no notation", remedy="use lower-case letters, digits and hyphens"
            )
        if taken is not None:
            raise CorpusError(
                f"the notation {notation!r} is that of a {taken.kind}", remedy="choose another one"
            )
        for _, _, text in proposal.labels:
            if owner := self.names.labelled(kind, text):
                raise CorpusError(
                    f"the label {text!r} is already that of {owner.notation}",
                    remedy=f"choose another one, or merge into {owner.notation}",
                )
        above = self.names.concept(proposal.broader) if proposal.broader else None
        if above is not None and above.kind != kind:
            raise CorpusError(
                f"broader {above.notation!r} is a {above.kind}", remedy=f"name a {kind}"
            )
        # Minted as the vocabulary's own are, so that it may move there and keep its IRI.
        return Concept(
            iri=Minter()(kind, notation),
            kind=kind,
            notation=notation,
            labels=_labels(proposal),
            broader=(above.iri,) if above else (),
        )


def _labels(proposal: Proposal) -> tuple[Label, ...]:
    """The labels in the order in which a store gives them, each text once."""
    preferred = {(language, text) for kind, language, text in proposal.labels if kind == "pref"}
    labels = {
        Label(text, language, kind)
        for given, said, text in proposal.labels
        for language in ("zh", "en")
        for kind in LABEL_KINDS
        if (said, given) == (language, kind) and (kind == "pref" or (said, text) not in preferred)
    }
    return tuple(
        sorted(
            labels, key=lambda one: (LABEL_KINDS.index(one.kind), one.language != "zh", one.text)
        )
    )
