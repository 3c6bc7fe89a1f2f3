"""The labels of concepts and places, as they stand in a store."""

from dataclasses import dataclass
from typing import Literal, get_args

import pyoxigraph as ox

from govkg.ontology.namespaces import GOV, SKOS

LabelKind = Literal["pref", "alt", "hidden", "negative"]
LABEL_KINDS: tuple[LabelKind, ...] = get_args(LabelKind)
_PROPERTIES: dict[LabelKind, str] = {
    "pref": f"{SKOS}prefLabel",
    "alt": f"{SKOS}altLabel",
    "hidden": f"{SKOS}hiddenLabel",
    "negative": f"{GOV}negativeLabel",
}


@dataclass(frozen=True, slots=True)
class Label:
    """A wording that names a thing, or, if negative, that looks as if it did but does not."""

    text: str
    language: Literal["zh", "en"]
    kind: LabelKind = "pref"


LabelsByThing = dict[str, tuple[Label, ...]]


def preferred(labels: tuple[Label, ...], language: str) -> str:
    """The preferred label in a language, else in the other one, else an empty text."""
    other = ""
    for label in labels:
        if label.kind == "pref":
            if label.language == language:
                return label.text
            other = other or label.text
    return other


def objects_of(store: ox.Store, predicate: str) -> dict[str, list[ox.Literal | ox.NamedNode]]:
    """The IRIs and literals each subject has for a predicate in any graph, sorted, once each."""
    found: dict[str, set[ox.Literal | ox.NamedNode]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(
            quad.object, ox.Literal | ox.NamedNode
        ):
            found.setdefault(quad.subject.value, set()).add(quad.object)
    return {subject: sorted(values, key=str) for subject, values in found.items()}


def values_of(store: ox.Store, predicate: str) -> dict[str, tuple[str, ...]]:
    """The texts or IRIs that each subject has for a predicate in any graph, sorted."""
    return {
        subject: tuple(sorted({value.value for value in values}))
        for subject, values in objects_of(store, predicate).items()
    }


def read_labels(store: ox.Store) -> LabelsByThing:
    """Each thing's labels: by kind, zh before en, then by text; other languages are left out."""
    found: dict[str, list[Label]] = {}
    for kind in LABEL_KINDS:
        for subject, values in objects_of(store, _PROPERTIES[kind]).items():
            for value in values:
                language = value.language if isinstance(value, ox.Literal) else None
                if language == "zh":
                    found.setdefault(subject, []).append(Label(value.value, "zh", kind))
                elif language == "en":
                    found.setdefault(subject, []).append(Label(value.value, "en", kind))
    for labels in found.values():
        labels.sort(key=lambda one: (LABEL_KINDS.index(one.kind), one.language != "zh", one.text))
    return {subject: tuple(labels) for subject, labels in found.items()}
