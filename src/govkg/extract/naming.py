"""From the names that a decision uses to the IRIs of one build."""

from govkg.errors import CorpusError
from govkg.extract.identity import Triple
from govkg.model.claim import PREDICATES, Predicate
from govkg.model.decision import ClaimName, Correction, Decision, Term
from govkg.model.identifiers import Minter
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Concept, Vocabulary

# What each predicate joins; a concept or candidate goes by its kind.
_JOINS: dict[str, tuple[str, frozenset[str]]] = {
    "states": ("document", frozenset({"problem", "cause", "countermeasure"})),
    "hasCause": ("problem", frozenset({"cause"})),
    "addresses": ("countermeasure", frozenset({"problem"})),
    "implements": ("practice", frozenset({"countermeasure"})),
    "involves": ("practice", frozenset({"actor"})),
    "locatedIn": ("practice", frozenset({"place"})),
    "reportedOutcome": ("practice", frozenset({"text"})),
}


class Names:
    """Resolves names against a vocabulary, which promoted concepts may join later."""

    def __init__(self, vocabulary: Vocabulary, places: Places, minter: Minter) -> None:
        """Takes what the build knows."""
        self._concepts = {concept.notation: concept for concept in vocabulary.concepts}
        self._places = places
        self._minter = minter

    def add(self, concept: Concept) -> None:
        """Lets a promoted concept be named too."""
        self._concepts[concept.notation] = concept

    def concept(self, notation: str) -> Concept:
        """The concept of a notation.

        Raises:
            CorpusError: there is none.
        """
        known = self._concepts.get(notation)
        if known is None:
            raise CorpusError(
                f"unknown notation {notation!r}",
                remedy="use a skos:notation of ontology/vocabulary.ttl or of a promoted concept",
            )
        return known

    def find(self, notation: str) -> Concept | None:
        """The concept of a notation, or None."""
        return self._concepts.get(notation)

    def labelled(self, kind: str, text: str) -> Concept | None:
        """The concept of a kind that a label belongs to, whatever its case, or None."""
        folded = text.lower()
        for concept in self._concepts.values():
            own = (label for label in concept.labels if label.kind != "negative")
            if concept.kind == kind and any(label.text.lower() == folded for label in own):
                return concept
        return None

    def iri(self, term: Term) -> str:
        """The IRI of a named thing, or the text itself.

        Raises:
            CorpusError: a notation or a place code is unknown.
        """
        if term.kind == "concept":
            return self.concept(term.key[0]).iri
        if term.kind == "place":
            return self._place(term.key[0])
        if term.kind == "practice":
            head, *rest = term.key
            last = [self._place(rest[-1])] if rest and rest[-1] else rest[-1:]
            return self._minter("practice", head, *rest[:-1], *last)
        if term.kind == "candidate":
            kind, document, words = term.key
            return self._minter(kind, document, words)
        if term.kind == "document":
            return self._minter("document", term.key[0])
        return term.key[0]

    def triple(self, claim: ClaimName) -> Triple:
        """The parts of a claim as IRIs.

        Raises:
            CorpusError: one of them is unknown.
        """
        return (self.iri(claim.subject), _predicate(claim.predicate), self.iri(claim.object))

    def corrected(self, decision: Decision) -> Triple:
        """The parts of the claim that a correction puts in the place of another.

        Raises:
            CorpusError: one of them is unknown, or the predicate does not join such things.
        """
        correction, claim = decision.correction or Correction(), decision.claim
        changed = ClaimName(
            correction.subject or claim.subject,
            correction.predicate or claim.predicate,
            correction.object or claim.object,
        )
        subject, objects = _JOINS[changed.predicate]
        kinds = self._kind(changed.subject), self._kind(changed.object)
        if kinds[0] not in {subject, ""} or kinds[1] not in {*objects, ""}:
            raise CorpusError(
                f"{changed.predicate} does not join {kinds[0]} and {kinds[1]}",
                remedy=f"it joins {subject} and {' or '.join(sorted(objects))}",
            )
        return self.triple(changed)

    def _kind(self, term: Term) -> str:
        if term.kind == "concept":
            return self.concept(term.key[0]).kind
        if term.kind == "candidate":
            return term.key[0]
        return "" if term.kind == "iri" else term.kind

    def _place(self, code: str) -> str:
        place = self._places.by_code(code)
        if place is None:
            raise CorpusError(
                f"unknown place code {code!r}",
                remedy="use a dcterms:identifier of ontology/places.ttl",
            )
        return place.iri


def _predicate(name: str) -> Predicate:
    return next(predicate for predicate in PREDICATES if predicate == name)
