"""Where the expected passages of a question fell: in each ranking and in their fusion."""

from collections.abc import Iterable
from typing import Any

from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.metrics import Span
from govkg.evaluate.questions import Judged
from govkg.knowledge_base import KnowledgeBase


def diagnose(base: KnowledgeBase, question: GoldQuestion) -> list[dict[str, Any]]:
    """For each expected sentence, the rank of the first passage that holds a part of it.

    Ranks count from 1; None is below the depth to which a ranking is read. A ranking that does
    not apply to the question, such as vectors to a Chinese one, is not among `ranks`.
    """
    if not question.spans:
        return []
    passages = base.corpus.passages
    rankings = {
        name: [row for row, _ in ranking]
        for name, ranking in base.rankings(question.text, question.language).items()
    }
    fused = [one.row for one in base.rank(question.text, question.language, len(passages))]

    def rank(span: Span, rows: Iterable[int]) -> int | None:
        for number, row in enumerate(rows, start=1):
            passage = passages[row]
            if span.overlaps(passage.document, passage.start, passage.end):
                return number
        return None

    return [
        {
            "path": base.corpus.document[span.document].path,
            "start": span.start,
            "end": span.end,
            "grade": span.grade,
            "ranks": {name: rank(span, rows) for name, rows in rankings.items()},
            "fusion": rank(span, fused),
        }
        for span in question.spans
    ]


def question_details(base: KnowledgeBase, judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Each question with its own measures, its concepts and where its passages fell."""
    return [
        {
            "id": one.question.id,
            "text": one.question.text,
            "language": one.question.language,
            "answerable": one.question.answerable,
            "refused": one.refused,
            "ndcg10": one.ndcg10 if one.ndcg10 is None else round(one.ndcg10, 3),
            "r5": one.r5 if one.r5 is None else round(one.r5, 3),
            "expected_concepts": sorted(one.question.concepts),
            "understood_concepts": list(one.understood),
            "passages": diagnose(base, one.question),
        }
        for one in judged
    ]
