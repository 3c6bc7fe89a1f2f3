"""The practices of one build with their labels, place and setting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govkg.graph.queries import Graph
from govkg.model.answer import Bilingual, PlaceLabel
from govkg.ontology.places import Places


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """What the graph says of a practice itself; `setting` is domestic, overseas or empty."""

    iri: str
    label: Bilingual
    place: str
    place_label: PlaceLabel
    setting: str
    years: str
    results: Bilingual
    conditions: Bilingual
    verification: str


def read_practices(graph: Graph, places: Places, home: str) -> dict[str, PracticeRecord]:
    """All practices by IRI, in IRI order; `home` is the ISO code of the base's country."""
    records = {}
    for iri, properties in graph.practices().items():
        labels = {
            language: text
            for name in ("label", "prefLabel")
            for text, language in properties.get(name, ())
        }
        place = _first(properties, "locatedIn")
        records[iri] = PracticeRecord(
            iri=iri,
            label=bilingual(labels),
            place=place,
            place_label=place_label(places, place),
            setting=places.setting(place, home) if place else "",
            years=_first(properties, "years"),
            results=_in_both(properties, "results"),
            conditions=_in_both(properties, "conditions"),
            verification=_first(properties, "verification") or "extracted",
        )
    return records


def bilingual(labels: Mapping[Any, str]) -> Bilingual:
    """Labels in both languages; the one that is missing is taken from the other."""
    known = labels.get("zh") or labels.get("en") or next(iter(labels.values()), "")
    return Bilingual(labels.get("zh") or known, labels.get("en") or known)


def place_label(places: Places, iri: str) -> PlaceLabel:
    """A place's labels and codes; empty strings where the place is unknown."""
    place = places.get(iri) if iri else None
    if place is None:
        return PlaceLabel("", "", "", "")
    labels = {
        label.language: label.text for label in reversed(place.labels) if label.kind == "pref"
    }
    both = bilingual(labels)
    return PlaceLabel(both.zh, both.en, place.country, place.region)


def is_within(places: Places, place: str, wider: str) -> bool:
    """Whether a place is another one or lies in it."""
    seen = set[str]()
    while place and place not in seen:
        if place == wider:
            return True
        seen.add(place)
        known = places.get(place)
        place = known.parent if known else ""
    return False


def spoken(both: Bilingual, language: str) -> str:
    """The text for readers of a language."""
    return both.zh if language == "zh" else both.en


def _in_both(properties: dict[str, list[tuple[str, str]]], name: str) -> Bilingual:
    return bilingual({language: text for text, language in properties.get(name, ())})


def _first(properties: dict[str, list[tuple[str, str]]], name: str) -> str:
    values = properties.get(name)
    return values[0][0] if values else ""
