"""The places: countries, regions, cities and counties, and which of them are at home."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

import pyoxigraph as ox

from govkg.ontology.labels import Label, LabelsByThing, preferred, read_labels, values_of
from govkg.ontology.namespaces import DCTERMS, GOV

PlaceKind = Literal["country", "region", "city", "county"]
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
PlaceSetting = Literal["domestic", "overseas", ""]
# Regions of China that its mainland lists under 国（境）外, though they are no countries.
_OUTSIDE_THE_MAINLAND = frozenset({"CN-HK", "CN-MO", "CN-TW"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `country` is an ISO 3166-1 code, `region` an ISO 3166-2 code or empty.

    `code` is the ISO 3166 or GB/T 2260 code where there is one, else a name of our own; `parent`
    is the IRI of the place it lies in, or empty.
    """

    iri: str
    code: str
    labels: tuple[Label, ...]
    kind: PlaceKind
    country: str
    region: str = ""
    parent: str = ""

    def pref(self, language: str) -> str:
        """The preferred label in `zh` or `en`, else in the other one."""
        return preferred(self.labels, language)


@dataclass(frozen=True)
class Places:
    """All places, sorted by IRI."""

    places: tuple[Place, ...]
    _by_iri: dict[str, Place] = field(init=False, repr=False, compare=False)
    _by_code: dict[str, Place] = field(init=False, repr=False, compare=False)

    def __init__(self, places: Iterable[Place] = ()) -> None:
        """Takes places in any order."""
        ordered = tuple(sorted(places, key=lambda place: place.iri))
        object.__setattr__(self, "places", ordered)
        object.__setattr__(self, "_by_iri", {place.iri: place for place in ordered})
        object.__setattr__(self, "_by_code", {place.code: place for place in ordered})

    def get(self, iri: str) -> Place | None:
        """The place of an IRI, or None."""
        return self._by_iri.get(iri)

    def by_code(self, code: str) -> Place | None:
        """The place of a code such as `CN-ZJ`, or None."""
        return self._by_code.get(code)

    def setting(self, place: str, home: str = "CN") -> PlaceSetting:
        """Whether a place, by IRI, is in the home country or region; empty if it is not known.

        For the home CN that is the mainland: Hong Kong, Macao and Taiwan are `overseas`.
        """
        known = self.get(place)
        if known is None:
            return ""
        if known.region == home:
            return "domestic"
        at_home = known.country == home and known.region not in _OUTSIDE_THE_MAINLAND
        return "domestic" if at_home else "overseas"


def read_places(store: ox.Store, labels: LabelsByThing | None = None) -> Places:
    """The places of a store, in whatever graph they are; one of no known kind is left out.

    `labels` are those of `read_labels(store)`, if they were read already.
    """
    labels = read_labels(store) if labels is None else labels
    codes = values_of(store, f"{DCTERMS}identifier")
    countries = values_of(store, f"{GOV}country")
    regions = values_of(store, f"{GOV}region")
    kinds = {kind: kind for kind in PLACE_KINDS}
    return Places(
        Place(
            iri=iri,
            code=_first(codes, iri),
            labels=labels.get(iri, ()),
            kind=kinds[kind],
            country=_first(countries, iri),
            region=_first(regions, iri),
            parent=_parent(store, iri),
        )
        for iri, (kind, *_) in values_of(store, f"{GOV}placeKind").items()
        if kind in kinds
    )


def _parent(store: ox.Store, iri: str) -> str:
    # Asked for each place: every passage of a build has a dcterms:isPartOf as well.
    is_part_of = ox.NamedNode(f"{DCTERMS}isPartOf")
    found = store.quads_for_pattern(ox.NamedNode(iri), is_part_of, None, None)
    wholes = sorted(quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode))
    return wholes[0] if wholes else ""


def _first(values: dict[str, tuple[str, ...]], iri: str) -> str:
    return next(iter(values.get(iri, ())), "")
