"""Typed findings: which sentences state a problem, a cause or a countermeasure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govkg.extract.linking import Linked
from govkg.extract.statements import Statement
from govkg.model.claim import Kind, Status
from govkg.ontology.finding_labels import FINDING_KINDS

_QUOTED = re.compile(r"[“\"「『][^”\"」』]{15,}[”\"」』]")
# A less certain finding is noise, not a doubtful finding.
_MIN_CONFIDENCE = 0.35
# A sentence that is less likely of a kind states nothing of that kind, whatever it names.
_POSSIBLE_KIND = 0.25
# A sentence is a candidate only where it is so likely of its kind.
_SURELY_OF_A_KIND = 0.6
_LABEL_LENGTH = {"zh": 40, "en": 90}


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement that names a problem, cause or countermeasure; `concept` is an IRI.

    `confidence` is the chance that the sentence states the concept.
    """

    statement: Statement
    kind: Kind
    concept: str
    status: Status
    confidence: float


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A statement that is surely of a kind but fits no concept of the vocabulary."""

    statement: Statement
    kind: Kind
    label: str
    status: Status


def _status(statement: Statement, kind: Kind) -> Status:
    """As what a sentence states something: by its words and by what its section is for."""
    if statement.has("says") and _QUOTED.search(statement.text):
        return "quotation"
    if kind != "countermeasure":
        return "diagnosis"
    told = statement.role in {"practice", "outcome"} and not statement.has("advice")
    return "practice" if told else "recommendation"


def find_findings(linked: Linked) -> Iterator[Finding]:
    """The findings of one statement, best first within each kind."""
    statement = linked.statement
    for kind in FINDING_KINDS:
        for link in linked.links:
            likely = linked.typed.chances[kind] >= _POSSIBLE_KIND
            if link.kind == kind and likely and link.score >= _MIN_CONFIDENCE:
                yield Finding(statement, kind, link.concept, _status(statement, kind), link.score)


def find_unlinked(linked: Linked) -> Unlinked | None:
    """The statement as a candidate, where its section and its words are sure and nothing fits."""
    statement = linked.statement
    for kind in FINDING_KINDS:
        fits = any(link.kind == kind for link in linked.links)
        sure = linked.typed.chances[kind] >= _SURELY_OF_A_KIND
        if statement.role == kind and sure and not fits:
            status = _status(statement, kind)
            if status != "quotation":
                return Unlinked(statement, kind, _short_label(statement), status)
    return None


def _short_label(statement: Statement) -> str:
    limit = _LABEL_LENGTH[statement.language]
    text = " ".join(statement.text.split())
    if len(text) <= limit:
        return text.rstrip("。.;；")
    cut = text[:limit]
    end = max(cut.rfind(mark) for mark in ("，", ", ", "；", "; ", "、", " "))
    return (cut[:end] if end > limit // 2 else cut) + "…"
