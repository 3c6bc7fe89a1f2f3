"""Practices: experiences tried somewhere, with their measures, actors and reported outcomes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govkg.extract.findings import NORMATIVE_TYPES, Finding
from govkg.extract.relations import Relation
from govkg.extract.roles import heading_role
from govkg.extract.statements import Statement
from govkg.model.claim import Mention, Practice
from govkg.model.document import Document
from govkg.model.identifiers import Minter

_PRACTICE_TYPES = frozenset({"practice", "case"})
_NUMBERING = re.compile(r"^[\d.、()（）一二三四五六七八九十]+\s*")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ACTOR_CERTAINTY = 0.8
_OUTCOME_CERTAINTY = 0.7
_PLACE_CERTAINTY = 0.9
# An outcome is a figure or a plain statement of effect, so it must be short enough to quote.
_MAX_OUTCOME = 400


@dataclass(frozen=True, slots=True)
class PracticeScope:
    """A practice and the sections, by index, in which the document tells of it."""

    practice: Practice
    sections: frozenset[int]


@dataclass(frozen=True, slots=True)
class Named:
    """The mentions of a document by what they name, for asking what a statement names."""

    places: tuple[Mention, ...]
    actors: tuple[Mention, ...]


def find_practices(document: Document, named: Named, minter: Minter) -> list[PracticeScope]:
    """The practices a document tells of.

    A document that says it is about one practice is one; else each section headed as experience
    or practice that has a place, in its heading or in its first sentence, is one.
    """
    if document.front.get("practice") or document.type in _PRACTICE_TYPES:
        return [_whole_document(document, minter)]
    if document.type in NORMATIVE_TYPES:
        return []
    scopes, taken = [], set[int]()
    for index, section in enumerate(document.sections):
        if index in taken or section.title.strip() == document.title.strip():
            continue
        if heading_role(section.title) != "practice" or not section.path:
            continue
        inside = _below(document, index)
        if any(_has_practice_below(document, i) for i in inside - {index}):
            continue
        place = _place_of(document, index, named.places)
        if place:
            taken |= inside
            scopes.append(_section_practice(document, index, inside, place, minter))
    return scopes


def _whole_document(document: Document, minter: Minter) -> PracticeScope:
    front = document.front
    key = str(front.get("practice") or document.work or document.key)
    titles = front.get("titles")
    labels = (
        tuple(sorted((str(k), str(v)) for k, v in titles.items() if k in {"zh", "en"} and v))
        if isinstance(titles, dict)
        else ()
    )
    verification = str(front.get("verification") or "extracted")
    practice = Practice(
        iri=minter("practice", key),
        labels=labels or ((document.language, document.title),),
        place=document.place,
        years=str(front.get("years") or ""),
        results=str(front.get("results") or ""),
        conditions=str(front.get("conditions") or ""),
        verification=verification if verification in _VERIFICATIONS else "unverified",
    )
    return PracticeScope(practice, frozenset(range(len(document.sections))))


_VERIFICATIONS = frozenset({"verified", "partly", "unverified", "extracted"})


def _section_practice(
    document: Document, index: int, inside: set[int], place: str, minter: Minter
) -> PracticeScope:
    title = _NUMBERING.sub("", document.sections[index].title).strip()
    text = "".join(
        document.text[document.sections[i].start : document.sections[i].end] for i in sorted(inside)
    )
    years = sorted(set(_YEARS.findall(text)))
    practice = Practice(
        iri=minter("practice", document.key, title, place),
        labels=((document.language, title),),
        place=place,
        years=years[0] + ("-" + years[-1] if len(years) > 1 else "") if years else "",
    )
    return PracticeScope(practice, frozenset(inside))


def _below(document: Document, index: int) -> set[int]:
    path = document.sections[index].path
    return {i for i, s in enumerate(document.sections) if s.path[: len(path)] == path}


def _has_practice_below(document: Document, index: int) -> bool:
    return heading_role(document.sections[index].title) == "practice"


def _place_of(document: Document, index: int, places: Sequence[Mention]) -> str:
    """The place the section is about: in its heading, else the first one its body names most."""
    section = document.sections[index]
    inside = [m for m in places if section.start <= m.start < section.end]
    first = next((p for p in document.passages if p.section == index), None)
    head = [m for m in inside if first is None or m.start < first.start]
    if head:
        return head[0].target
    if first is None:
        return ""
    opening = {m.target for m in inside if m.start < first.end}
    counts = Counter(m.target for m in inside if m.target in opening)
    return max(counts, key=lambda place: (counts[place], place)) if counts else ""


def practice_relations(
    scopes: Sequence[PracticeScope],
    statements: Sequence[Statement],
    findings: Sequence[Finding],
    named: Named,
) -> Iterator[Relation]:
    """implements, involves, locatedIn and reportedOutcome for each practice of the document."""
    for scope in scopes:
        inside = [s for s in statements if s.passage.section in scope.sections]
        yield from _measures(scope, findings)
        yield from _actors(scope, inside, named.actors)
        yield from _outcomes(scope, inside)
        yield from _location(scope, inside, named.places)


def _measures(scope: PracticeScope, findings: Sequence[Finding]) -> Iterator[Relation]:
    for finding in findings:
        statement = finding.statement
        if finding.kind != "countermeasure" or statement.passage.section not in scope.sections:
            continue
        if finding.status != "practice":
            continue
        yield Relation(
            scope.practice.iri,
            "implements",
            finding.concept,
            statement,
            "explicit",
            "practice",
            finding.confidence,
        )


def _actors(
    scope: PracticeScope, statements: Sequence[Statement], actors: Sequence[Mention]
) -> Iterator[Relation]:
    for statement in statements:
        if statement.role not in {"practice", "outcome", "other"} and not statement.has("done"):
            continue
        for mention in actors:
            if statement.start <= mention.start < statement.end:
                yield Relation(
                    scope.practice.iri,
                    "involves",
                    mention.target,
                    statement,
                    "explicit",
                    "practice",
                    _ACTOR_CERTAINTY,
                )


def _outcomes(scope: PracticeScope, statements: Sequence[Statement]) -> Iterator[Relation]:
    for statement in statements:
        told = statement.role == "outcome" or statement.role == "practice"
        if not told or not statement.has("result") or statement.has("intent", "proposal"):
            continue
        if len(statement.text) <= _MAX_OUTCOME:
            yield Relation(
                scope.practice.iri,
                "reportedOutcome",
                " ".join(statement.text.split()),
                statement,
                "explicit",
                "outcome",
                _OUTCOME_CERTAINTY,
            )


def _location(
    scope: PracticeScope, statements: Sequence[Statement], places: Sequence[Mention]
) -> Iterator[Relation]:
    for statement in statements:
        for mention in places:
            here = statement.start <= mention.start < statement.end
            if here and mention.target == scope.practice.place:
                yield Relation(
                    scope.practice.iri,
                    "locatedIn",
                    mention.target,
                    statement,
                    "explicit",
                    "practice",
                    _PLACE_CERTAINTY,
                )
                return
