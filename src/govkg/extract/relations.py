"""Relations between findings: by cue, by parallel sections, by the editors' mapping."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govkg.extract.cues import Cue
from govkg.extract.findings import Finding
from govkg.extract.linking import Link, Linker
from govkg.extract.roles import heading_role
from govkg.extract.statements import Statement
from govkg.model.claim import Basis, Predicate, Status
from govkg.model.document import LANGUAGES, Document
from govkg.ontology.vocabulary import Vocabulary

# A cue between the two is strong but not proof; parallel numbering is weaker; an editor's
# general mapping of a measure to a problem says least about this document.
_CUE_CERTAINTY = 0.9
_PARALLEL_HEADINGS = 0.75
_PARALLEL_CERTAINTY = 0.8
_SAME_SENTENCE = 0.85
# A problem linked more weakly than this is not named by the sentence.
_NAMED = 0.6
_EDITORIAL = 0.6


@dataclass(frozen=True, slots=True)
class Relation:
    """Subject, predicate and object IRIs with the statement that is the evidence."""

    subject: str
    predicate: Predicate
    object: str
    statement: Statement
    basis: Basis
    status: Status
    confidence: float


def causes_by_cue(
    statements: Sequence[Statement], linker: Linker, language: str
) -> Iterator[Relation]:
    """Causes: where a connective joins a problem to a cause within one sentence."""
    split = [(s, parts) for s in statements if (parts := _effect_and_cause(s))]
    texts = [part for _, parts in split for part in parts]
    links = linker.link(texts, language)
    for i, (statement, _) in enumerate(split):
        effects = [link for link in links[2 * i] if link.kind == "problem"]
        causes = [link for link in links[2 * i + 1] if link.kind == "cause"]
        for effect in effects[:1]:
            for cause in causes[:1]:
                sure = round(_CUE_CERTAINTY * min(effect.score, cause.score), 2)
                yield Relation(
                    effect.concept,
                    "hasCause",
                    cause.concept,
                    statement,
                    "explicit",
                    "diagnosis",
                    sure,
                )


def _effect_and_cause(statement: Statement) -> tuple[str, str] | None:
    if not statement.asserts:
        return None
    for cue in statement.cues:
        before, after = statement.text[: cue.start], statement.text[cue.end :]
        if cue.kind == "because" and (split := _because_then(statement, cue)):
            return split
        if cue.kind == "leads_to" and before.strip() and after.strip():
            return after, before
        if cue.kind == "because" and after.strip():
            if before.strip():
                return before, after
            # "Because X, Y": the cause ends at the first comma.
            comma = min((i for i in (after.find("，"), after.find(", ")) if i > 0), default=-1)
            if comma > 0:
                return after[comma + 1 :], after[:comma]
    return None


def _because_then(statement: Statement, because: Cue) -> tuple[str, str] | None:
    """Effect and cause of "because of X, Y results in Z": what the later cue parts."""
    for cue in statement.cues:
        cause = statement.text[because.end : cue.start]
        effect = statement.text[cue.end :]
        if cue.kind == "leads_to" and cue.start > because.end and cause.strip() and effect.strip():
            return effect, cause
    return None


def causes_by_structure(
    document: Document, findings: Sequence[Finding], linker: Linker
) -> Iterator[Relation]:
    """Causes: where the sections on causes run parallel to those on problems.

    The n-th cause section explains the n-th problem section only if both parts have the same
    number of subsections, at least two, and the causes come after the problems.
    """
    for problem_section, cause_section in _parallel_sections(document):
        problem = _topic(document, problem_section, "problem", findings, linker)
        inside = [f for f in findings if f.statement.passage.section == cause_section]
        if problem is None or not inside:
            continue
        head = _topic(document, cause_section, "cause", findings, linker)
        for finding in inside:
            if finding.kind == "cause":
                sure = (
                    _PARALLEL_HEADINGS
                    if finding.concept == head
                    else (_PARALLEL_CERTAINTY * finding.confidence)
                )
                yield Relation(
                    problem,
                    "hasCause",
                    finding.concept,
                    finding.statement,
                    "structural",
                    "diagnosis",
                    round(sure, 2),
                )


def _parallel_sections(document: Document) -> list[tuple[int, int]]:
    """The n-th subsection on problems with the n-th on causes, where there are as many of both."""
    for problem in _parts_with_role(document, "problem"):
        for cause in _parts_with_role(document, "cause"):
            apart = not set(problem) & set(cause)
            if apart and len(problem) == len(cause) and problem[-1] < cause[0]:
                return list(zip(problem, cause, strict=True))
    return []


def _parts_with_role(document: Document, role: str) -> list[list[int]]:
    """For each heading of a role, the sections directly below it, where there are several."""
    found = []
    for parent in document.sections:
        if heading_role(parent.title) == role:
            below = [
                i
                for i, section in enumerate(document.sections)
                if section.path and section.path[:-1] == parent.path
            ]
            found += [below] if len(below) > 1 else []
    return found


def _topic(
    document: Document, section: int, kind: str, findings: Sequence[Finding], linker: Linker
) -> str | None:
    """The concept a section is about: its heading's, else that of its surest finding."""
    heading: tuple[Link, ...] = linker.link([document.sections[section].title], document.language)[
        0
    ]
    for link in heading:
        if link.kind == kind:
            return link.concept
    inside = [f for f in findings if f.statement.passage.section == section and f.kind == kind]
    return max(inside, key=lambda f: (f.confidence, f.concept)).concept if inside else None


def measures_for_problems(
    findings: Sequence[Finding], linker: Linker, vocabulary: Vocabulary
) -> Iterator[Relation]:
    """What a measure addresses: a problem of its sentence, or one that the document states.

    The latter only by the editors' mapping of measures to problems.
    """
    stated = {finding.concept for finding in findings if finding.kind == "problem"}
    measures = [finding for finding in findings if finding.kind == "countermeasure"]
    named_in = _named_problems([measure.statement for measure in measures], linker)
    for finding in measures:
        statement = finding.statement
        named = named_in.get(statement.start, {})
        for problem in sorted(named):
            sure = round(_SAME_SENTENCE * min(finding.confidence, named[problem]), 2)
            yield Relation(
                finding.concept, "addresses", problem, statement, "explicit", finding.status, sure
            )
        meant = vocabulary.get(finding.concept)
        for problem in sorted(stated & set(meant.intended_for if meant else ()) - set(named)):
            # The mapping holds as far as the measure is really there.
            sure = round(min(_EDITORIAL, finding.confidence), 2)
            yield Relation(
                finding.concept, "addresses", problem, statement, "editorial", finding.status, sure
            )


def _named_problems(statements: Sequence[Statement], linker: Linker) -> dict[int, dict[str, float]]:
    """The problems that sentences name as what something is for, by the sentence's start.

    Such a sentence need not say that there is the problem: "to end the parking shortage, ...".
    """
    found: dict[int, dict[str, float]] = {}
    told = {s.start: s for s in statements if s.has("purpose", "weakness")}
    for language in LANGUAGES:
        own = [s for _, s in sorted(told.items()) if s.language == language]
        links = linker.link([statement.text for statement in own], language)
        for statement, row in zip(own, links, strict=True):
            found[statement.start] = {
                link.concept: link.score
                for link in row
                if link.kind == "problem" and link.score >= _NAMED
            }
    return found
