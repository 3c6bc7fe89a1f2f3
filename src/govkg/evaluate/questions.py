"""Questions against the base: what their rankings are worth, and which of them are refused."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.metrics import bootstrap, hit, mean, ndcg, recall
from govkg.knowledge_base import KnowledgeBase
from govkg.text.script import simplify

_HIT_DEPTH = 50
_CONCEPTS_READ = 3
# A question's passages are in its own language, or all of them in the other.
SAME, ACROSS = "same", "across"


@dataclass(frozen=True, slots=True)
class Placed:
    """What one ranking of passages is worth to a question."""

    ndcg10: float
    r5: float
    hit5: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One question's measures; None where the question does not measure it.

    `understood` are the notations of the first concepts that the question was read as, `missing`
    what the answer says that no document has; `kind` is the question's own, else whether a right
    passage is in its language.
    """

    question: GoldQuestion
    placed: Placed | None
    concept_hit3: bool | None
    refused: bool
    understood: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    kind: str = ""


def judge(base: KnowledgeBase, question: GoldQuestion) -> Judged:
    """Asks one question."""
    answer = base.ask(question.text, question.language, "any", 10)
    concepts = answer.understood.concepts[:_CONCEPTS_READ]
    found = tuple(concept["notation"] for concept in concepts)
    return Judged(
        question,
        rank(base, question),
        bool(question.concepts & set(found)) if question.concepts else None,
        answer.outcome == "not_found",
        found,
        answer.missing,
        question.kind or spoken(base, question),
    )


def rank(
    base: KnowledgeBase, question: GoldQuestion, rankings: Sequence[str] = ()
) -> Placed | None:
    """What the fused ranking is worth to a question, or that of the rankings named alone.

    None where the question has no passages.
    """
    if not question.spans:
        return None
    ranked = base.rank(question.text, question.language, _HIT_DEPTH, rankings)
    return place(base, question, [one.row for one in ranked])


def place(base: KnowledgeBase, question: GoldQuestion, rows: Iterable[int]) -> Placed:
    """What a ranking of the base's passages, by row, is worth to a question with passages."""
    grades = {n: span.grade for n, span in enumerate(question.spans)}
    passages = base.corpus.passages
    covered = [_covered(question, passages[row]) for row in rows]
    everything = [c for p in passages if (c := _covered(question, p))]
    return Placed(ndcg(covered, everything, grades), recall(covered, grades), hit(covered))


def _covered(question: GoldQuestion, passage: Any) -> frozenset[int]:
    return frozenset(
        n
        for n, span in enumerate(question.spans)
        if span.overlaps(passage.document, passage.start, passage.end)
    )


def spoken(base: KnowledgeBase, question: GoldQuestion) -> str:
    """Whether a right passage is in the question's language; empty where it has none."""
    languages = {base.corpus.document[span.document].language for span in question.spans}
    if not languages:
        return ""
    return SAME if question.language in languages else ACROSS


def summarise(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """The measures by language, with only the keys that the questions measure."""
    return by_part(judged, lambda one: one.question.language, _measures)


def summarise_kinds(judged: Sequence[Judged]) -> dict[str, dict[str, dict[str, Any]]]:
    """The measures by language and kind of question."""

    def kinds(own: Sequence[Judged]) -> dict[str, dict[str, Any]]:
        return by_part(own, lambda one: one.kind, _measures)

    found = by_part(judged, lambda one: one.question.language, kinds)
    return {language: own for language, own in found.items() if own}


def by_part(
    judged: Sequence[Judged],
    part: Callable[[Judged], str],
    measure: Callable[[Sequence[Judged]], dict[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Measures by part, parts in order of name; what is of no part is left out."""
    parts: dict[str, list[Judged]] = {}
    for one in judged:
        if part(one):
            parts.setdefault(part(one), []).append(one)
    return {name: measure(own) for name, own in sorted(parts.items())}


def _measures(judged: Sequence[Judged]) -> dict[str, Any]:
    answerable = [j for j in judged if j.question.answerable]
    unanswerable = [j for j in judged if not j.question.answerable]
    hits = [float(j.concept_hit3) for j in answerable if j.concept_hit3 is not None]
    graded = not all(j.question.kind for j in judged)
    measures: dict[str, Any] = {"n": len(judged)}
    if graded:
        measures |= _ranked([j.placed for j in judged if j.placed is not None])
    if graded or answerable:
        measures["false_refusals"] = mean([float(j.refused) for j in answerable])
    if hits:
        measures["concept_hit3"] = mean(hits)
    if unanswerable:
        measures["refused"] = mean([float(j.refused) for j in unanswerable])
    naming = [j for j in unanswerable if j.question.missing and j.refused]
    if naming:
        measures["names_missing"] = mean([float(names_missing(j)) for j in naming])
    return measures


def _ranked(placed: Sequence[Placed]) -> dict[str, Any]:
    gained = [one.ndcg10 for one in placed]
    return {
        "ndcg10": mean(gained),
        "ndcg10_interval": list(bootstrap(gained)) if gained else None,
        "r5": mean([one.r5 for one in placed]),
        "hit5": mean([float(one.hit5) for one in placed]),
    }


def names_missing(judged: Judged) -> bool:
    """Whether the answer names what the question says is missing, or a part of it, as missing.

    Simplified and traditional characters are the same name.
    """
    expected = simplify(judged.question.missing.casefold())
    named = (simplify(name.casefold()) for name in judged.missing)
    return any(name in expected or expected in name for name in named)
