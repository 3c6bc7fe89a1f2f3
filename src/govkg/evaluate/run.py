"""A gold file to a report, and the report beside its baselines."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from govkg.errors import GovkgError
from govkg.evaluate.diagnosis import question_details
from govkg.evaluate.extraction import compare, measure
from govkg.evaluate.extraction_details import extraction_details
from govkg.evaluate.gold import (
    GoldQuestion,
    crosslingual_questions,
    document_questions,
    read_gold,
    refusal_questions,
    seed_questions,
)
from govkg.evaluate.judgements import measure_judgements
from govkg.evaluate.questions import Judged, Placed, judge, rank, summarise, summarise_kinds
from govkg.knowledge_base import KnowledgeBase
from govkg.search.corpus import StoredCorpus

# Rankings of the baselines by their retrievers' names. Keyword search has one list of passages in
# either language: by the question's words, and of English ones by a Chinese question's translated.
BASELINES: dict[str, tuple[str, ...]] = {
    "BM25 alone": ("words", "translated"),
    "vectors alone": ("vector",),
}
_Reader = Callable[[Path, StoredCorpus], list[GoldQuestion]]


def evaluate(base: KnowledgeBase, path: Path, *, details: bool = False) -> dict[str, Any]:
    """The report on one gold file: `questions` by language, `extraction` or `judgements`.

    Beside `questions` stands `by_kind`: the same by language and kind of question.

    With `details` it has a key of that name besides: each question, or each miss and each false
    claim of extraction, or each judgement that was `wrong`.

    Raises:
        GovkgError: the file is none of the known formats.
    """
    gold = read_gold(path)
    if isinstance(gold, dict) and "judgements" in gold:
        report, more = measure_judgements(base, path)
    elif isinstance(gold, dict) and {"links", "passages"} <= set(gold):
        report, more = _extraction(base, path, details)
    else:
        judged = judge_all(base, path)
        report = {"questions": summarise(judged), "by_kind": summarise_kinds(judged)}
        more = {"questions": question_details(base, judged)} if details else {}
    return {**report, "details": more} if details else report


def baselines(base: KnowledgeBase, path: Path) -> dict[str, list[Placed | None]]:
    """What each baseline's rankings alone are worth to the questions of a file, in their order."""
    questions = questions_of(base, path)
    return {
        name: [rank(base, question, rankings) for question in questions]
        for name, rankings in BASELINES.items()
    }


def _extraction(
    base: KnowledgeBase, path: Path, details: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        comparison = compare(base, path)
        if comparison is None:
            return {"extraction": {}}, {}
        more = {"extraction": extraction_details(base, comparison)} if details else {}
        return {"extraction": measure(comparison)}, more
    except (AttributeError, KeyError, TypeError) as error:
        raise _unknown(path) from error


def judge_all(base: KnowledgeBase, path: Path) -> list[Judged]:
    """Each question of a gold file, asked.

    Raises:
        GovkgError: the file is no file of questions.
    """
    return [judge(base, question) for question in questions_of(base, path)]


def questions_of(base: KnowledgeBase, path: Path) -> list[GoldQuestion]:
    """The questions of a gold file, with their passages in the base.

    Raises:
        GovkgError: the file is no file of questions.
    """
    try:
        return _reader(path, read_gold(path))(path, base.corpus)
    except (AttributeError, KeyError, TypeError) as error:
        raise _unknown(path) from error


def _reader(path: Path, gold: Any) -> _Reader:
    if isinstance(gold, dict) and "zh_en" in gold:
        return crosslingual_questions
    questions = gold.get("questions") if isinstance(gold, dict) else None
    if questions and "relevant_passages" in questions[0]:
        return seed_questions
    if questions and "anchor" in questions[0]:
        return document_questions
    if questions and "missing" in questions[0]:
        return refusal_questions
    raise _unknown(path)


def _unknown(path: Path) -> GovkgError:
    return GovkgError(
        "not a gold file of a known format",
        where=str(path),
        remedy="see docs/evaluation.md for the formats",
    )
