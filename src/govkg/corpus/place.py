"""Finds the place that a document is about from its own fields, title and issuer."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from govkg.corpus.metadata import national
from govkg.ontology.places import Places
from govkg.text.labels import LabelMatcher

_MATCHED_KINDS = frozenset({"pref", "alt", "hidden"})
# Longer titles and issuers are cut: labels stand at the head of both.
_MAX_CHARACTERS = 300
# Official sites that say where they belong.
_OFFICIAL = re.compile(r"(?:^|\.)(?:gov|gob|gouv|go|govt)\.(?P<country>[a-z]{2})$")
_COUNTRY_CODES = {"tw": "CN-TW", "hk": "CN-HK", "mo": "CN-MO", "uk": "GB"}


class PlaceFinder:
    """Turns place names and codes into the IRIs of known places."""

    def __init__(self, places: Places) -> None:
        """Takes the gazetteer; labels that name several places match none of them."""
        self._places = {place.iri: place for place in places.places}
        self._by_code = {place.code: place.iri for place in places.places if place.code}
        self._matcher = LabelMatcher(
            (label.text, place.iri)
            for place in places.places
            for label in place.labels
            if label.kind in _MATCHED_KINDS
        )

    def find(self, fields: Mapping[str, str], front: Mapping[str, object]) -> str:
        """The IRI of the document's place, or nothing; a given place wins over a guessed one.

        Guessed from title, then issuer, then national issuers, then an official web address;
        never from the body.
        """
        given = fields.get("place", "").strip()
        if given in self._by_code or given in self._places:
            return self._by_code.get(given, given)
        title, issuer = fields.get("title", ""), fields.get("issuer", "")
        for text in (given, title, issuer):
            found = self._named(text[:_MAX_CHARACTERS])
            if found:
                return found
        if national(title, issuer):
            return self._by_code.get("CN", "")
        return self._by_address(str(front.get("source") or ""))

    def _named(self, text: str) -> str:
        """The one place that a text names; of a place and its region the smaller one."""
        named = {match.targets[0] for match in self._matcher.find(text) if len(match.targets) == 1}
        smallest = [iri for iri in named if not any(self._within(other, iri) for other in named)]
        return smallest[0] if len(smallest) == 1 else ""

    def _within(self, inner: str, outer: str) -> bool:
        """Whether the inner place lies in the outer one and is not the same."""
        parent = self._places[inner].parent if inner in self._places else ""
        while parent in self._places:
            if parent == outer:
                return True
            parent = self._places[parent].parent
        return False

    def _by_address(self, source: str) -> str:
        match = _OFFICIAL.search(urlsplit(source).hostname or "") if "://" in source else None
        if not match:
            return ""
        country = match["country"]
        return self._by_code.get(_COUNTRY_CODES.get(country, country.upper()), "")
