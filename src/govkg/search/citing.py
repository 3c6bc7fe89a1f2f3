"""Citations: each quotation gets one number, in the order in which the answer uses it."""

from collections.abc import Sequence
from dataclasses import replace

from govkg.graph.queries import ClaimRow, EvidenceRow, Graph
from govkg.model.answer import Citation, CitedClaim, CitedDocument, Duplicate
from govkg.search.corpus import StoredCorpus, StoredDocument, StoredPassage
from govkg.text.near_duplicates import folded, is_telling

# More quotations of one claim than this are for the graph, not for a page.
_EVIDENCE_SHOWN = 2


class Citer:
    """Numbers quotations from 1; the same words get the same number, wherever they stand."""

    def __init__(self, corpus: StoredCorpus, graph: Graph, language: str) -> None:
        """Takes the documents that are quoted, and the language that quotations should be in."""
        self._corpus = corpus
        self._graph = graph
        self._language = language
        self._numbers: dict[tuple[str, ...], int] = {}
        self._citations: list[Citation] = []
        self._passages: list[str] = []
        self._places: dict[int, dict[str, Duplicate]] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, by number, each with the other places of its words."""
        return tuple(
            replace(citation, duplicates=tuple(self._places[citation.n].values()))
            for citation in self._citations
        )

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
        """The claim with the numbers of its surest quotations; None without any.

        What repeats a quotation is one of its places and takes no number of its own.
        """
        numbers: list[int] = []
        cited: dict[str, int] = {}
        for piece in sorted(evidence, key=self._in_another_language):
            statement = piece.statement or piece.iri
            if statement in cited:
                self._add_place(cited[statement], piece.passage)
                continue
            number = self.cite_evidence(piece) if len(numbers) < _EVIDENCE_SHOWN else None
            if number is not None:
                cited[statement] = number
                numbers.extend([number] if number not in numbers else [])
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
            corroboration=claim.corroboration,
        )

    def is_spoken(self, evidence: Sequence[EvidenceRow]) -> bool:
        """Whether one of the quotations is in the language that they should be in."""
        return not all(self._in_another_language(piece) for piece in evidence)

    def _in_another_language(self, piece: EvidenceRow) -> bool:
        row = self._corpus.row.get(piece.passage)
        return row is None or self._corpus.passages[row].language != self._language

    def _cite(self, passage: StoredPassage, start: int, end: int) -> int:
        document = self._corpus.document[passage.document]
        quote = document.text[start:end]
        key: tuple[str, ...] = (passage.document, str(start), str(end))
        if is_telling(quote, passage.language):
            key = (passage.language, folded(quote, passage.language))
        number = self._numbers.setdefault(key, len(self._citations) + 1)
        if number <= len(self._citations):
            self._add_place(number, passage.iri)
            return number
        self._citations.append(
            Citation(
                n=number,
                document=cited_document(document),
                path=document.path,
                section=" > ".join(passage.section),
                page=document.page_of(start),
                quote=quote,
                start=start,
                end=end,
                sha256=document.sha256,
                language=passage.language,
            )
        )
        self._passages.append(passage.iri)
        self._places[number] = {}
        for again in self._graph.same_words(passage.iri):
            self._add_place(number, again)
        return number

    def _add_place(self, number: int, passage: str) -> None:
        """A further place of a quotation, unless that is where it was cited from."""
        if passage != self._passages[number - 1] and (place := self.place(passage)):
            self._places[number].setdefault(passage, place)

    def place(self, passage: str) -> Duplicate | None:
        """Where a passage stands; None if it is not in this build."""
        row = self._corpus.row.get(passage)
        if row is None:
            return None
        found = self._corpus.passages[row]
        return Duplicate(found.document, " > ".join(found.section), passage)


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
