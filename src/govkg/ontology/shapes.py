"""Checks RDF against the SHACL shapes; used by builds and curators, never while serving."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyshacl
from rdflib import RDF, SH, Dataset, Graph
from rdflib.exceptions import ParserError
from rdflib.term import Node

from govkg.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that breaks a shape: which one, at what property, and what is wrong.

    `message` is in English, `message_zh` says the same in Chinese; `path` may be empty.
    """

    focus: str
    path: str
    message: str
    message_zh: str = ""


def validate(triples: str | bytes, shapes_path: Path) -> list[Violation]:
    """What breaks the shapes in Turtle or N-Quads, sorted by focus, path and message.

    Named graphs are joined before they are checked, so one document's graph can stand alone.

    Raises:
        OntologyError: the triples or the shapes are not well-formed.
    """
    data = _read(triples)
    shapes = _shapes(shapes_path, shapes_path.stat().st_mtime_ns)
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if conforms or not isinstance(report, Graph):
        return []
    results = report.subjects(RDF.type, SH.ValidationResult)
    found = {_violation(report, result) for result in results}
    return sorted(found, key=lambda one: (one.focus, one.path, one.message))


def _read(triples: str | bytes) -> Graph:
    text = triples.decode("utf-8") if isinstance(triples, bytes) else triples
    try:
        return _read_quads(text) if _is_quads(text) else Graph().parse(data=text, format="turtle")
    except (SyntaxError, ValueError, ParserError) as error:
        raise OntologyError(f"not well-formed RDF: {str(error).splitlines()[0]}") from error


def _is_quads(text: str) -> bool:
    """Turtle of ours begins with a comment or a prefix; a line of N-Quads with an IRI."""
    first = text.lstrip().split("\n", 1)[0]
    return first.startswith("<") and first.rstrip().endswith(".")


def _read_quads(text: str) -> Graph:
    dataset = Dataset(default_union=True)
    dataset.parse(data=text, format="nquads")
    joined = Graph()
    for subject, predicate, value, _ in dataset.quads():
        joined.add((subject, predicate, value))
    return joined


@lru_cache(maxsize=4)
def _shapes(path: Path, _changed: int) -> Graph:
    try:
        return Graph().parse(path, format="turtle")
    except (SyntaxError, ValueError) as error:
        raise OntologyError(
            f"not well-formed Turtle: {str(error).splitlines()[0]}", where=str(path)
        ) from error


def _violation(report: Graph, result: Node) -> Violation:
    messages = {
        getattr(message, "language", None) or "en": str(message)
        for message in sorted(report.objects(result, SH.resultMessage), key=str)
    }
    return Violation(
        focus=str(report.value(result, SH.focusNode) or ""),
        path=str(report.value(result, SH.resultPath) or ""),
        message=messages.get("en", next(iter(messages.values()), "")),
        message_zh=messages.get("zh", ""),
    )
