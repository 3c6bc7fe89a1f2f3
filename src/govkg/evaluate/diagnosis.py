"""Where the expected passages of a question fell: in each ranking and in their fusion."""

from collections.abc import Iterable
from typing import Any

from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.metrics import Span
from govkg.evaluate.questions import Judged
from govkg.knowledge_base import KnowledgeBase


def diagnose(base: KnowledgeBase, question: GoldQuestion) -> list[dict[str, Any]]:
    """For each expected sentence, the rank of the first passage that holds a part of it.

    Ranks count from 1, in a ranking among its passages in the sentence's language, since the
    languages are fused apart; None is below the depth to which a ranking is read. A ranking that
    finds nothing in that language, such as `words` in the other one, is not among `ranks`.
    `fusion` is the rank on the page, among passages in both languages.
    """
    if not question.spans:
        return []
    passages, document = base.corpus.passages, base.corpus.document
    rankings = {
        name: [row for row, _ in ranking]
        for name, ranking in base.rankings(question.text, question.language).items()
    }
    fused = [one.row for one in base.rank(question.text, question.language, len(passages))]

    def spoken(span: Span, rows: Iterable[int]) -> list[int]:
        language = document[span.document].language
        return [row for row in rows if passages[row].language == language]

    return [
        {
            "path": document[span.document].path,
            "start": span.start,
            "end": span.end,
            "grade": span.grade,
            "ranks": {
                name: _rank(base, span, own)
                for name, rows in rankings.items()
                if (own := spoken(span, rows))
            },
            "fusion": _rank(base, span, fused),
        }
        for span in question.spans
    ]


def _rank(base: KnowledgeBase, span: Span, rows: Iterable[int]) -> int | None:
    """The place, from 1, of the first passage that holds a part of a sentence."""
    for number, row in enumerate(rows, start=1):
        passage = base.corpus.passages[row]
        if span.overlaps(passage.document, passage.start, passage.end):
            return number
    return None


def question_details(base: KnowledgeBase, judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Each question with its own measures, its concepts and where its passages fell."""
    return [_details(base, one) for one in judged]


def _details(base: KnowledgeBase, judged: Judged) -> dict[str, Any]:
    question, placed = judged.question, judged.placed
    details = {
        "id": question.id,
        "text": question.text,
        "language": question.language,
        "kind": judged.kind,
        "answerable": question.answerable,
        "refused": judged.refused,
        "ndcg10": round(placed.ndcg10, 3) if placed else None,
        "r5": round(placed.r5, 3) if placed else None,
        "hit5": placed.hit5 if placed else None,
        "expected_concepts": sorted(question.concepts),
        "understood_concepts": list(judged.understood),
        "passages": diagnose(base, question),
    }
    if question.kind:
        details |= {"expected_missing": question.missing, "missing": list(judged.missing)}
    return details
