"""Citations: each quotation gets one number, in the order in which the answer uses it."""

from collections.abc import Sequence

from govkg.graph.queries import ClaimRow, EvidenceRow
from govkg.model.answer import Citation, CitedClaim, CitedDocument
from govkg.search.corpus import StoredCorpus, StoredDocument, StoredPassage

# More quotations of one claim than this are for the graph, not for a page.
_EVIDENCE_SHOWN = 2


class Citer:
    """Numbers quotations from 1; the same words of the same document get the same number."""

    def __init__(self, corpus: StoredCorpus, language: str) -> None:
        """Takes the documents that are quoted, and the language that quotations should be in."""
        self._corpus = corpus
        self._language = language
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, by number."""
        return tuple(self._citations)

    def cite_passage(self, passage: StoredPassage) -> int:
        """The number of a whole passage as a quotation."""
        return self._cite(passage, passage.start, passage.end)

    def cite_evidence(self, piece: EvidenceRow) -> int | None:
        """The number of a claim's quotation; None where its passage is not in this build."""
        row = self._corpus.row.get(piece.passage)
        if row is None:
            return None
        return self._cite(self._corpus.passages[row], piece.start, piece.end)

    def cite_claim(self, claim: ClaimRow, evidence: Sequence[EvidenceRow]) -> CitedClaim | None:
        """The claim with the numbers of its surest quotations; None without any."""
        numbers: list[int] = []
        for piece in sorted(evidence, key=self._in_another_language):
            number = self.cite_evidence(piece) if len(numbers) < _EVIDENCE_SHOWN else None
            if number is not None and number not in numbers:
                numbers.append(number)
        if not numbers:
            return None
        return CitedClaim(
            subject=claim.subject,
            predicate=claim.predicate,
            object=claim.object,
            basis=claim.basis,
            status=claim.status,
            confidence=claim.confidence,
            citations=tuple(numbers),
        )

    def is_spoken(self, evidence: Sequence[EvidenceRow]) -> bool:
        """Whether one of the quotations is in the language that they should be in."""
        return not all(self._in_another_language(piece) for piece in evidence)

    def _in_another_language(self, piece: EvidenceRow) -> bool:
        row = self._corpus.row.get(piece.passage)
        return row is None or self._corpus.passages[row].language != self._language

    def _cite(self, passage: StoredPassage, start: int, end: int) -> int:
        key = (passage.document, start, end)
        if key not in self._numbers:
            document = self._corpus.document[passage.document]
            self._numbers[key] = len(self._citations) + 1
            self._citations.append(
                Citation(
                    n=self._numbers[key],
                    document=cited_document(document),
                    path=document.path,
                    section=" > ".join(passage.section),
                    page=document.page_of(start),
                    quote=document.text[start:end],
                    start=start,
                    end=end,
                    sha256=document.sha256,
                    language=passage.language,
                )
            )
        return self._numbers[key]


def cited_document(document: StoredDocument) -> CitedDocument:
    """What a citation says of its document."""
    return CitedDocument(
        iri=document.iri,
        title=document.title,
        type=document.type,
        issuer=document.issuer,
        date=document.date,
        number=document.number,
        validity=document.validity,
        effective=document.effective,
        superseded_by=document.superseded_by or None,
        verification=document.verification,
        sources=document.sources,
    )
