"""Typed findings: which sentences state a problem, a cause or a countermeasure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from govkg.extract.linking import Link
from govkg.extract.statements import Statement
from govkg.model.claim import Kind, Status
from govkg.model.document import Document
from govkg.ontology.finding_labels import FINDING_KINDS

# Document types whose sentences lay down what shall be done.
NORMATIVE_TYPES = frozenset({"law", "regulation", "rule", "judicial_interpretation", "norm"})
_QUOTED = re.compile(r"[“\"「『][^”\"」』]{15,}[”\"」』]")
# How sure the type of a sentence is: a section that says what it is about and a cue that fits,
# one of the two, or neither.
_SURE, _LIKELY, _POSSIBLE = 0.95, 0.8, 0.65
# Below this the finding is noise, not a doubtful finding.
_MIN_CONFIDENCE = 0.35
_LABEL_LENGTH = {"zh": 40, "en": 90}


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement that names a problem, cause or countermeasure; `concept` is an IRI.

    `confidence` is the certainty of the type times that of the link to the concept.
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


def statement_types(statement: Statement, document: Document) -> dict[Kind, tuple[Status, float]]:
    """The kinds of finding a sentence may hold, with the status and certainty of each."""
    if not statement.asserts:
        return {}
    if document.type in NORMATIVE_TYPES:
        sure = _LIKELY if statement.has("duty", "proposal") else 0.0
        types: dict[Kind, tuple[Status, float]] = {"countermeasure": ("norm", sure)}
    else:
        types = dict(_types_by_role(statement))
    if statement.has("says") and _QUOTED.search(statement.text):
        types = {kind: ("quotation", sure) for kind, (_, sure) in types.items()}
    return {kind: value for kind, value in types.items() if value[1] > 0}


def _types_by_role(statement: Statement) -> Mapping[Kind, tuple[Status, float]]:
    weak = statement.has("weakness")
    proposed = statement.has("proposal")
    causal = statement.has("because", "leads_to", "reason")
    match statement.role:
        case "problem":
            return {
                "problem": ("diagnosis", _SURE if weak else _POSSIBLE),
                "cause": ("diagnosis", _LIKELY if causal else 0.0),
                "countermeasure": ("recommendation", _POSSIBLE if proposed and not weak else 0.0),
            }
        case "cause":
            return {
                "cause": ("diagnosis", _SURE if weak or causal else _POSSIBLE),
                "problem": ("diagnosis", _LIKELY if weak else 0.0),
            }
        case "countermeasure":
            return {"countermeasure": ("recommendation", _SURE if proposed else _LIKELY)}
        case "practice" | "outcome":
            return {
                "countermeasure": _told(statement),
                "problem": ("diagnosis", _POSSIBLE if weak else 0.0),
            }
        case _:
            return {
                "problem": ("diagnosis", _LIKELY if weak and not proposed else 0.0),
                "cause": ("diagnosis", _POSSIBLE if causal and weak else 0.0),
                "countermeasure": ("recommendation", _LIKELY if proposed and not weak else 0.0),
            }


def _told(statement: Statement) -> tuple[Status, float]:
    """What an account of an experience says of a measure: done, or only advised."""
    if statement.has("advice"):
        return "recommendation", _POSSIBLE
    if statement.role == "practice" and statement.has("done"):
        return "practice", _SURE
    return "practice", _POSSIBLE if statement.has("intent") else _LIKELY


def find_findings(
    statement: Statement, links: tuple[Link, ...], document: Document
) -> Iterator[Finding]:
    """The findings of one statement, best first within each kind."""
    types = statement_types(statement, document)
    for kind in FINDING_KINDS:
        if kind not in types:
            continue
        status, sure = types[kind]
        for link in links:
            confidence = round(sure * link.score, 2)
            if link.kind == kind and confidence >= _MIN_CONFIDENCE:
                yield Finding(statement, kind, link.concept, status, confidence)


def find_unlinked(
    statement: Statement, findings: list[Finding], document: Document
) -> Unlinked | None:
    """The statement as a candidate, where its section and cues are sure and nothing fits."""
    role_kinds: dict[str, Kind] = {
        "problem": "problem",
        "cause": "cause",
        "countermeasure": "countermeasure",
    }
    kind = role_kinds.get(statement.role)
    types = statement_types(statement, document)
    if kind is None or types.get(kind, ("", 0.0))[1] < _SURE or types[kind][0] == "quotation":
        return None
    if any(finding.kind == kind for finding in findings):
        return None
    return Unlinked(statement, kind, _short_label(statement))


def _short_label(statement: Statement) -> str:
    limit = _LABEL_LENGTH[statement.language]
    text = " ".join(statement.text.split())
    if len(text) <= limit:
        return text.rstrip("。.;；")
    cut = text[:limit]
    end = max(cut.rfind(mark) for mark in ("，", ", ", "；", "; ", "、", " "))
    return (cut[:end] if end > limit // 2 else cut) + "…"
