"""Questions against the base: nDCG@10, R@5, concept hit@3, refusals; and baselines beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.metrics import mean, ndcg, recall
from govkg.knowledge_base import KnowledgeBase

_HIT_DEPTH = 50
_CONCEPTS_READ = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """One question's measures; None where the question does not measure it.

    `understood` are the notations of the first concepts that the question was read as.
    """

    question: GoldQuestion
    ndcg10: float | None
    r5: float | None
    concept_hit3: bool | None
    refused: bool
    understood: tuple[str, ...] = ()


def judge(base: KnowledgeBase, question: GoldQuestion, rankings: Sequence[str] = ()) -> Judged:
    """Asks one question; `rankings` restricts retrieval to those named (for baselines)."""
    answer = base.ask(question.text, question.language, "any", 10)
    concepts = answer.understood.concepts[:_CONCEPTS_READ]
    found = tuple(concept["notation"] for concept in concepts)
    hit = bool(question.concepts & set(found)) if question.concepts else None
    refused = answer.outcome == "not_found"
    if not question.spans:
        return Judged(question, None, None, hit, refused, found)
    grades = {n: span.grade for n, span in enumerate(question.spans)}
    ranked = base.rank(question.text, question.language, _HIT_DEPTH, rankings)
    passages = base.corpus.passages
    covered = [_covered(question, passages[one.row]) for one in ranked]
    everything = [c for p in passages if (c := _covered(question, p))]
    gained, recalled = ndcg(covered, everything, grades), recall(covered, grades)
    return Judged(question, gained, recalled, hit, refused, found)


def _covered(question: GoldQuestion, passage: Any) -> frozenset[int]:
    return frozenset(
        n
        for n, span in enumerate(question.spans)
        if span.overlaps(passage.document, passage.start, passage.end)
    )


def summarise(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """The measures by language, with only the keys that the questions measure."""
    report: dict[str, dict[str, Any]] = {}
    for language in ("en", "zh"):
        own = [j for j in judged if j.question.language == language]
        if own:
            report[language] = _measures(own)
    return report


def _measures(judged: Sequence[Judged]) -> dict[str, Any]:
    answerable = [j for j in judged if j.question.answerable]
    unanswerable = [j for j in judged if not j.question.answerable]
    hits = [float(j.concept_hit3) for j in answerable if j.concept_hit3 is not None]
    measures: dict[str, Any] = {
        "n": len(judged),
        "ndcg10": mean([j.ndcg10 for j in judged if j.ndcg10 is not None]),
        "r5": mean([j.r5 for j in judged if j.r5 is not None]),
        "false_refusals": mean([float(j.refused) for j in answerable]),
    }
    if hits:
        measures["concept_hit3"] = mean(hits)
    if unanswerable:
        measures["refused"] = mean([float(j.refused) for j in unanswerable])
    return measures
