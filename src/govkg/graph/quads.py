"""N-Quads as sorted lines of text: the terms, and the lines of one graph."""

import re
from functools import lru_cache

import pyoxigraph as ox

from govkg.ontology.namespaces import GOV, XSD

_NOT_IN_IRIS = re.compile(r'[\x00-\x20<>"{}|^`\\]')
# Legal inside a literal, but taken for the end of a line by what splits text into lines.
_LINE_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DATE_TYPES = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "date"),
    (re.compile(r"\d{4}-\d{2}"), "gYearMonth"),
    (re.compile(r"\d{4}"), "gYear"),
)
# Decimals of a confidence: more would only show the noise of a computation.
_PLACES = 4


def iri(value: str) -> str:
    """An IRI as a term.

    Raises:
        ValueError: it holds a character that an IRI must not hold.
    """
    if not value or _NOT_IN_IRIS.search(value):
        raise ValueError(f"not an IRI: {value!r}")
    return f"<{value}>"


@lru_cache(maxsize=256)
def gov(name: str) -> str:
    """One of govkg's own terms, by local name."""
    return iri(GOV + name)


def text(value: str, language: str = "") -> str:
    """A text as a literal, with a language where one is given."""
    literal = str(ox.Literal(value, language=language) if language else ox.Literal(value))
    return _LINE_BREAKS.sub(lambda match: f"\\u{ord(match[0]):04X}", literal)


def integer(value: int) -> str:
    """A whole number as an `xsd:integer`."""
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: float) -> str:
    """A number of up to four decimals as a canonical `xsd:decimal`."""
    digits = f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")
    return f'"{digits}"^^<{XSD}decimal>'


def boolean(value: bool) -> str:
    """A truth value as an `xsd:boolean`."""
    return f'"{str(value).lower()}"^^<{XSD}boolean>'


def date(value: str) -> str:
    """A date as precise as it is written: a day, a month, a year, else a plain text."""
    for pattern, name in _DATE_TYPES:
        if pattern.fullmatch(value):
            return f'"{value}"^^<{XSD}{name}>'
    return text(value)


class Lines:
    """Collects the N-Quads lines of one graph, each once."""

    def __init__(self, graph: str) -> None:
        """Takes the IRI of the graph."""
        self._end = f" {iri(graph)} ."
        self._lines: set[str] = set()

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """Adds one line for each object; subject, predicate and objects are terms."""
        for value in objects:
            self._lines.add(f"{subject} {predicate} {value}{self._end}")

    def sorted(self) -> list[str]:
        """The lines in the order of their characters."""
        return sorted(self._lines)
