"""The concepts: problems, causes, countermeasures and actor types, with their labels."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from govkg.model.claim import Kind
from govkg.ontology.labels import Label, LabelsByThing, preferred, read_labels, values_of
from govkg.ontology.namespaces import GOV, RDF, SKOS

__all__ = ["KIND_CLASSES", "Concept", "Label", "Vocabulary", "read_vocabulary"]

KIND_CLASSES: dict[Kind, str] = {
    "problem": f"{GOV}Problem",
    "cause": f"{GOV}Cause",
    "countermeasure": f"{GOV}Countermeasure",
    "actor": f"{GOV}ActorType",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme; `broader` and `intended_for` hold IRIs, sorted.

    `intended_for` are the problems an editor means a countermeasure to answer: a judgement, no
    claim of a document.
    """

    iri: str
    kind: Kind
    notation: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...] = ()
    intended_for: tuple[str, ...] = ()

    def pref(self, language: str) -> str:
        """The preferred label in `zh` or `en`, else in the other one."""
        return preferred(self.labels, language)


@dataclass(frozen=True)
class Vocabulary:
    """All concepts, sorted by IRI, with their hierarchy."""

    concepts: tuple[Concept, ...]
    _by_iri: dict[str, Concept] = field(init=False, repr=False, compare=False)
    _narrower: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Takes concepts in any order."""
        ordered = tuple(sorted(concepts, key=lambda concept: concept.iri))
        narrower: dict[str, list[str]] = {}
        for concept in ordered:
            for parent in concept.broader:
                narrower.setdefault(parent, []).append(concept.iri)
        object.__setattr__(self, "concepts", ordered)
        object.__setattr__(self, "_by_iri", {concept.iri: concept for concept in ordered})
        object.__setattr__(self, "_narrower", narrower)

    def get(self, iri: str) -> Concept | None:
        """The concept of an IRI, or None."""
        return self._by_iri.get(iri)

    def by_notation(self, notation: str, kind: Kind | None = None) -> Concept | None:
        """The concept of a notation, of that kind if one is given, or None."""
        for concept in self.concepts:
            if concept.notation == notation and kind in {None, concept.kind}:
                return concept
        return None

    def narrower(self, iri: str) -> tuple[str, ...]:
        """The IRIs of the concepts directly below one, sorted."""
        return tuple(self._narrower.get(iri, ()))

    def ancestors(self, iri: str) -> tuple[str, ...]:
        """The IRIs of the concepts above one, the nearest first, each level sorted.

        A cycle in the hierarchy does not trap it; the concept itself is never among them.
        """
        found: list[str] = []
        level = [iri]
        while level:
            above = {up for one in level if (known := self.get(one)) for up in known.broader}
            level = sorted(above - set(found) - {iri})
            found += level
        return tuple(found)


def read_vocabulary(store: ox.Store, labels: LabelsByThing | None = None) -> Vocabulary:
    """The concepts of a store, in whatever graph they are; those without a scheme are left out.

    It reads the store made from the Turtle files and the store made from a build alike. `labels`
    are those of `read_labels(store)`, if they were read already.
    """
    labels = read_labels(store) if labels is None else labels
    notations = values_of(store, f"{SKOS}notation")
    broader = values_of(store, f"{SKOS}broader")
    intended_for = values_of(store, f"{GOV}intendedFor")
    kinds = _kinds(store)
    return Vocabulary(
        Concept(
            iri=iri,
            kind=kinds[iri],
            notation=next(iter(notations.get(iri, ())), ""),
            labels=labels.get(iri, ()),
            broader=broader.get(iri, ()),
            intended_for=intended_for.get(iri, ()),
        )
        for iri in sorted(values_of(store, f"{SKOS}inScheme"))
        if iri in kinds
    )


def _kinds(store: ox.Store) -> dict[str, Kind]:
    return {
        quad.subject.value: kind
        for kind, name in KIND_CLASSES.items()
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(f"{RDF}type"), ox.NamedNode(name), None
        )
        if isinstance(quad.subject, ox.NamedNode)
    }
