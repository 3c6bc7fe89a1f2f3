"""Practices: experiences tried somewhere, with their measures, actors and reported outcomes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govkg.extract.findings import Finding
from govkg.extract.linking import Linked
from govkg.extract.relations import Relation
from govkg.extract.roles import heading_role, section_roles
from govkg.extract.statements import Statement
from govkg.extract.typing import OFFICIAL_TYPES
from govkg.model.claim import Mention, Practice
from govkg.model.document import LAW_TYPES, VERIFICATIONS, Document
from govkg.model.identifiers import Minter

_PRACTICE_TYPES = frozenset({"practice", "case"})
# Fields by which a record says when something took place.
_WHEN = frozenset({"start_date", "end_date", "ongoing", "years"})
_NUMBERING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]+[章节部分]*[、.．\s]|[（(][一二三四五六七八九十\d]+[)）]|"
    r"\d+(?:\.\d+)*(?:[.、．]|\s))\s*"
)
# A court's case is no experience of a place.
_JUDGEMENT = re.compile(r"裁判|判决|基本案情|\bjudge?ments?\b|\bruling\b", re.IGNORECASE)
# Headings that say "what we did" without saying what; the document's title is needed with them.
_BARE = re.compile(
    r"^(how it works|what was done|examples?|cases?|case stud(?:y|ies)|overview|experiences?|"
    r"practices?|implementation|current situation|"
    r"(?:主要|具体|经验|典型|基本)*(?:做法|经验|案例|实践|现状|探索)+)(?:\s*[:：,，].*)?$",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"recommend|suggest|lesson|advice|solution|建议|对策|启示", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ACTOR_CERTAINTY = 0.8
# Who is named where nothing is told of the practice takes no part in it.
_LIKELY_PRACTICE = 0.5
_PLACE_CERTAINTY = 0.9
# A sentence that is likely to report an outcome does; one that may, if words or figures say so.
_LIKELY_OUTCOME, _POSSIBLE_OUTCOME, _CUED_OUTCOME = 0.5, 0.05, 0.55
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

    A document that says it is about one practice is one, and so is a record that says where and
    when something took place. Else each section on experience that has a place, in its heading
    or in its first sentence, is one; and a document about a place that has such sections without
    a place of their own is one as a whole.
    """
    front = document.front
    if front.get("practice") or _is_case(document) or _is_record_of_a_case(document):
        return [_whole_document(document, minter)]
    if document.type in LAW_TYPES:
        return []
    scopes, taken = [], set[int]()
    places = {i: _place_of(document, i, named.places) for i in _sections_on_practice(document)}
    for index, place in places.items():
        inside = _below(document, index)
        narrower = any(places.get(i) for i in inside - {index})
        if place and index not in taken and not narrower:
            taken |= inside
            scopes.append(_section_practice(document, index, inside, place, minter))
    if places and not scopes and document.place and document.type not in OFFICIAL_TYPES:
        return [_whole_document(document, minter)]
    return scopes


def _is_case(document: Document) -> bool:
    judged = any(_JUDGEMENT.search(section.title) for section in document.sections)
    return document.type in _PRACTICE_TYPES and not judged


def _is_record_of_a_case(document: Document) -> bool:
    front = document.front
    untyped = document.type == "document"
    return bool(untyped and document.place and "country" in front and _WHEN.intersection(front))


def _sections_on_practice(document: Document) -> list[int]:
    """Sections on experience: by their own heading, or below one and about a place by heading."""
    roles = section_roles(document)
    return [
        index
        for index, section in enumerate(document.sections)
        if section.path
        and section.title.strip() != document.title.strip()
        and roles[index] == "practice"
    ]


def _whole_document(document: Document, minter: Minter) -> PracticeScope:
    front = document.front
    key = str(front.get("practice") or document.work or document.key)
    titles = front.get("titles")
    labels = (
        tuple(sorted((str(k), str(v)) for k, v in titles.items() if k in {"zh", "en"} and v))
        if isinstance(titles, dict)
        else ()
    )
    practice = Practice(
        iri=minter("practice", key),
        labels=labels or ((document.language, document.title),),
        place=document.place,
        years=str(front.get("years") or _span_of_years(str(front.get("start_date") or ""))),
        results=str(front.get("results") or ""),
        conditions=str(front.get("conditions") or ""),
        verification=_verification(document),
    )
    return PracticeScope(practice, frozenset(range(len(document.sections))))


def _verification(document: Document) -> str:
    if not document.front.get("verification"):
        return "extracted"
    known = document.verification
    return known if known in VERIFICATIONS else "unverified"


def _span_of_years(text: str) -> str:
    years = sorted(set(_YEARS.findall(text)))
    return "-".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def _section_practice(
    document: Document, index: int, inside: set[int], place: str, minter: Minter
) -> PracticeScope:
    section = document.sections[index]
    parts = [_NUMBERING.sub("", heading).strip() for heading in section.path]
    # "Singapore" alone says too little: the heading above it says of what.
    own = heading_role(section.title) == "practice" or len(parts) < 2
    title = parts[-1] if own else f"{parts[-2]}: {parts[-1]}"
    if bare := _BARE.match(title):
        title = f"{document.title}: {bare[1]}"
    text = "".join(
        document.text[document.sections[i].start : document.sections[i].end] for i in sorted(inside)
    )
    # Language versions of one work tell of the same practice under two titles.
    key = (document.work,) if document.work else (document.key, title)
    practice = Practice(
        iri=minter("practice", *key, place),
        labels=((document.language, title),),
        place=place,
        years=_span_of_years(text),
    )
    return PracticeScope(practice, frozenset(inside))


def _below(document: Document, index: int) -> set[int]:
    path = document.sections[index].path
    return {i for i, s in enumerate(document.sections) if s.path[: len(path)] == path}


def _place_of(document: Document, index: int, places: Sequence[Mention]) -> str:
    """The place a section is about: in its heading, else of its opening the one it names most.

    Only a section that is headed as experience itself is about what its opening names, and only
    if it names no other places more often: a list of examples is about none of them.
    """
    section = document.sections[index]
    inside = [m for m in places if section.start <= m.start < section.end]
    first = next((p for p in document.passages if p.section == index), None)
    head = [m for m in inside if first is None or m.start < first.start]
    if head:
        return head[0].target
    if first is None or heading_role(section.title) != "practice":
        return ""
    opening = {m.target for m in inside if m.start < first.end}
    parts = [document.sections[i] for i in _below(document, index)]
    below = [m for m in places if any(part.start <= m.start < part.end for part in parts)]
    counts = Counter(m.target for m in below if m.target in opening)
    if not counts:
        return ""
    place = max(counts, key=lambda place: (counts[place], place))
    return place if 2 * counts[place] >= len(below) else ""


def told_as_practice(
    document: Document, statements: Sequence[Statement], scopes: Sequence[PracticeScope]
) -> tuple[Statement, ...]:
    """The statements, with those of a practice read as practice where no heading says more.

    The "measures" of a practice are what was done; only what is headed as advice stays a proposal.
    """
    inside = frozenset[int]().union(*(scope.sections for scope in scopes))
    done = {
        index
        for index in inside
        if not any(_ADVICE.search(heading) for heading in document.sections[index].path)
    }
    return tuple(
        replace(statement, role="practice")
        if (statement.role == "other" and statement.passage.section in inside)
        or (statement.role == "countermeasure" and statement.passage.section in done)
        else statement
        for statement in statements
    )


def practice_relations(
    scopes: Sequence[PracticeScope],
    linked: Sequence[Linked],
    findings: Sequence[Finding],
    named: Named,
) -> Iterator[Relation]:
    """implements, involves, locatedIn and reportedOutcome for each practice of the document."""
    for scope in scopes:
        inside = [one for one in linked if one.statement.passage.section in scope.sections]
        statements = [one.statement for one in inside]
        yield from _measures(scope, findings)
        told = [x.statement for x in inside if x.typed.chances["practice"] >= _LIKELY_PRACTICE]
        yield from _actors(scope, told, named.actors)
        yield from _outcomes(scope, inside)
        yield from _location(scope, statements, named.places)


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


def _outcomes(scope: PracticeScope, linked: Sequence[Linked]) -> Iterator[Relation]:
    for one in linked:
        statement, sure = one.statement, _reports(one)
        told = statement.role in {"outcome", "practice"}
        if not told or not sure or statement.has("intent", "advice"):
            continue
        if len(statement.text) <= _MAX_OUTCOME:
            yield Relation(
                scope.practice.iri,
                "reportedOutcome",
                " ".join(statement.text.split()),
                statement,
                "explicit",
                "outcome",
                sure,
            )


def _reports(linked: Linked) -> float:
    """How sure it is that a statement reports an outcome; 0 where it is not."""
    statement, chance = linked.statement, round(linked.typed.chances["outcome"], 2)
    figure = statement.has("amount") and any(c.isdigit() for c in statement.text)
    if chance >= _LIKELY_OUTCOME:
        return chance
    return (
        _CUED_OUTCOME
        if chance >= _POSSIBLE_OUTCOME and (figure or statement.has("result"))
        else 0.0
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
