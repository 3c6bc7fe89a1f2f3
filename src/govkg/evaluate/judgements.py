"""Claims that people judged: how many are right, and whether confidence means what it says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from govkg.evaluate.json_file import Part, read_json
from govkg.evaluate.metrics import mean, wilson
from govkg.graph.queries import EvidenceRow
from govkg.knowledge_base import KnowledgeBase
from govkg.model.identifiers import sha256
from govkg.search.corpus import StoredDocument

# Five bands of confidence: below the first edge no plain triple is asserted, and the rules give
# most of their confidences between there and the last.
BANDS = (0.0, 0.5, 0.6, 0.75, 0.9, 1.0)
_UNKNOWN = "unknown"
# Stands for the words of a reported outcome where a file must hold no words of a document.
_HASHED = "sha256:"


class Judgement(Part):
    """A claim as stated at `path` between two offsets of the text that `sha256` is of.

    Subject and object are IRIs or notations; `verdict` is empty until somebody has judged.
    """

    path: str
    sha256: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    subject: str
    predicate: str
    object: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    verdict: Literal["right", "wrong", "unclear", ""]
    basis: str = ""
    note: str = ""


class Judgements(Part):
    """A file of judgements."""

    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A judgement and what the base says of the same claim at the same place, if it does."""

    given: Judgement
    language: str
    basis: str
    is_changed: bool
    confidence_now: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of verdicts, and precision with its Wilson 95 % interval; None where none is judged.

    Precision is right / (right + wrong): what is unclear or not judged yet is left aside.
    """

    n: int
    right: int
    wrong: int
    unclear: int
    unjudged: int
    precision: float | None
    low: float | None
    high: float | None


def measure_judgements(base: KnowledgeBase, path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The report on a file of judgements, and as details each claim judged wrong.

    Raises:
        GovkgError: it is no file of judgements.
    """
    problem, remedy = "not a file of judgements", "see docs/evaluation.md for the formats"
    placed = _place(base, read_json(Judgements, path, problem, remedy).judgements)
    kept = [one for one in placed if one.confidence_now is not None]
    now = [(one.given.verdict, one.confidence_now or 0.0) for one in kept]
    bands = calibration((one.given.verdict, one.given.confidence) for one in placed)
    report = {
        "all": asdict(figures(placed)),
        "in_base": asdict(figures(kept)),
        "changed_texts": sum(one.is_changed for one in placed),
        "by_predicate": _grouped(placed, lambda one: one.given.predicate),
        "by_basis": _grouped(placed, lambda one: one.basis),
        "by_language": _grouped(placed, lambda one: one.language),
        "calibration": bands,
        "calibration_error": calibration_error(bands),
        "calibration_now": calibration(now),
    }
    wrong = [_told(base, one) for one in placed if one.given.verdict == "wrong"]
    return {"judgements": report}, {"judgements": wrong}


def figures(placed: Iterable[_Placed]) -> Figures:
    """The figures over some judgements."""
    verdicts = [one.given.verdict for one in placed]
    right, wrong = verdicts.count("right"), verdicts.count("wrong")
    counts = (len(verdicts), right, wrong, verdicts.count("unclear"), verdicts.count(""))
    return Figures(*counts, *_precision(right, right + wrong))


def calibration(judged: Iterable[tuple[str, float]]) -> list[dict[str, Any]]:
    """Stated confidence beside measured precision in each band, over (verdict, confidence) pairs.

    A band holds its lower edge; the last one both. Only `right` and `wrong` count.
    """
    pairs = [(verdict, stated) for verdict, stated in judged if verdict in {"right", "wrong"}]
    table = []
    for low, high in pairwise(BANDS):
        own = [p for p in pairs if low <= p[1] < high or (p[1] == high == BANDS[-1])]
        precision, least, most = _precision(sum(v == "right" for v, _ in own), len(own))
        table.append(
            {
                "from": low,
                "to": high,
                "n": len(own),
                "confidence": mean([stated for _, stated in own]) if own else None,
                "precision": precision,
                "low": least,
                "high": most,
            }
        )
    return table


def calibration_error(table: Sequence[Mapping[str, Any]]) -> float | None:
    """The mean distance of stated from measured over the bands, by their n; None for nothing."""
    own = [band for band in table if band["n"]]
    n = sum(band["n"] for band in own)
    total = sum(band["n"] * abs(band["confidence"] - band["precision"]) for band in own)
    return round(total / n, 3) if n else None


def hashed(text: str) -> str:
    """What stands for a text that may not be kept, such as the words of a reported outcome."""
    return text if text.startswith(_HASHED) else _HASHED + sha256(text)


def _precision(right: int, n: int) -> tuple[float | None, float | None, float | None]:
    if not n:
        return None, None, None
    low, high = wilson(right, n)
    return round(right / n, 3), low, high


def _grouped(placed: Iterable[_Placed], key: Callable[[_Placed], str]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[_Placed]] = {}
    for one in placed:
        groups.setdefault(key(one), []).append(one)
    return {name: asdict(figures(own)) for name, own in sorted(groups.items())}


def _place(base: KnowledgeBase, given: Iterable[Judgement]) -> list[_Placed]:
    documents: dict[str, list[StoredDocument]] = {}
    for document in base.corpus.documents:
        documents.setdefault(document.path, []).append(document)
    return [_placed(base, one, documents.get(one.path, [])) for one in given]


def _placed(base: KnowledgeBase, one: Judgement, at_path: Sequence[StoredDocument]) -> _Placed:
    document = next((d for d in at_path if d.sha256 == one.sha256), None)
    language = next((d.language for d in (document, *at_path) if d), _UNKNOWN)
    piece = _evidence(base, one, document) if document else None
    if piece is None:
        return _Placed(one, language, one.basis or _UNKNOWN, document is None, None)
    basis = next(iter(base.graph.values_of(piece.iri).get("basis", ())), _UNKNOWN)
    return _Placed(one, language, basis, False, piece.confidence)


def _evidence(base: KnowledgeBase, one: Judgement, document: StoredDocument) -> EvidenceRow | None:
    """The quotation of the claim that shares most with the judged one; None if none does."""
    subject = _iri(base, one.subject)
    if not base.graph.values_of(subject):
        return None
    objects = {_iri(base, one.object), one.object}
    claims = [
        claim.iri
        for claim in base.graph.claims_about([subject])
        if (claim.subject, claim.predicate) == (subject, one.predicate)
        and objects & {claim.object, hashed(claim.object)}
    ]
    pieces = [
        piece
        for found in base.graph.evidence_of(claims).values()
        for piece in found
        if piece.document == document.iri and _shared(piece, one) > 0
    ]
    return max(pieces, key=lambda piece: (_shared(piece, one), piece.iri), default=None)


def _shared(piece: EvidenceRow, one: Judgement) -> int:
    return min(piece.end, one.end) - max(piece.start, one.start)


def _iri(base: KnowledgeBase, name: str) -> str:
    concept = base.vocabulary.by_notation(name)
    return concept.iri if concept else name


def _told(base: KnowledgeBase, one: _Placed) -> dict[str, Any]:
    given = one.given
    at_path = (d for d in base.corpus.documents if d.path == given.path)
    document = next((d for d in at_path if d.sha256 == given.sha256), None)
    return {
        "path": given.path,
        "start": given.start,
        "end": given.end,
        "subject": given.subject,
        "predicate": given.predicate,
        "object": given.object,
        "confidence": given.confidence,
        "confidence_now": one.confidence_now,
        "basis": one.basis,
        "note": given.note,
        "sentence": document.text[given.start : given.end] if document else "",
    }
