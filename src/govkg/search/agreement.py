"""How far documents agree on what an answer shows: who bears it out, and who contradicts it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from govkg.graph.queries import ConflictRow, EvidenceRow, Graph
from govkg.model.answer import Bilingual, Conflict, ConflictSide, Reference
from govkg.model.claim import ASSERTED_CONFIDENCE
from govkg.model.grouping import independent
from govkg.search.citing import Citer
from govkg.search.corpus import StoredCorpus
from govkg.text.near_duplicates import folded, is_telling

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts independent documents and finds conflicts, in one build.

    What a piece of evidence says and who says it is kept once seen: it never changes.
    """

    graph: Graph
    corpus: StoredCorpus
    _said: dict[str, Pairs] = field(default_factory=dict)

    def corroboration(self, evidence: Iterable[Sequence[EvidenceRow]]) -> int:
        """How many independent documents surely state what all this evidence is of."""
        sure = (
            piece
            for pieces in evidence
            for piece in pieces
            if piece.confidence >= ASSERTED_CONFIDENCE
        )
        return independent([pair for piece in sure for pair in self._pairs(piece)])

    def _pairs(self, piece: EvidenceRow) -> Pairs:
        """The source of a piece of evidence with its statement, and with its words if telling."""
        if piece.iri not in self._said:
            source = self.graph.source_of(piece.document)
            pairs = [(source, piece.statement)]
            row = self.corpus.row.get(piece.passage)
            if row is not None:
                language = self.corpus.passages[row].language
                quote = self.corpus.document[piece.document].text[piece.start : piece.end]
                if is_telling(quote, language):
                    pairs.append((source, folded(quote, language)))
            self._said[piece.iri] = tuple(pairs)
        return self._said[piece.iri]

    def conflicts(
        self, shown: Collection[str], label: Callable[[str], Bilingual], citer: Citer
    ) -> tuple[Conflict, ...]:
        """The conflicts on what is shown: things, claims, and acts that are cited, by IRI.

        Quotations of the sides are cited, so ask last.
        """
        return tuple(
            Conflict(
                kind=conflict.kind,
                subject=Reference(conflict.subject, self._subject(conflict.subject, label)),
                sides=tuple(
                    ConflictSide(
                        document=side.document,
                        value=self._value(side.value, label),
                        citation=citer.cite_evidence(side.evidence) if side.evidence else None,
                    )
                    for side in conflict.sides
                ),
            )
            for conflict in self.graph.conflicts
            if conflict.subject in shown or self._is_cited(conflict, shown)
        )

    def _is_cited(self, conflict: ConflictRow, shown: Collection[str]) -> bool:
        """Whether the conflict is on an act, which is shown as a document, not as a thing."""
        on_act = conflict.kind in {"issued", "effective", "number"}
        return on_act and any(side.document in shown for side in conflict.sides)

    def _value(self, value: str, label: Callable[[str], Bilingual]) -> str:
        """A value as written; of a place its label in Chinese and in English."""
        if "://" not in value:
            return value
        both = label(value)
        return " / ".join(dict.fromkeys((both.zh, both.en)))

    def _subject(self, subject: str, label: Callable[[str], Bilingual]) -> Bilingual:
        values = self.graph.values_of(subject)
        if "predicate" in values:
            ends = [label(values[end][0]) for end in ("subject", "object")]
            return Bilingual(" → ".join(x.zh for x in ends), " → ".join(x.en for x in ends))
        document = self.corpus.document.get(subject)
        if document:
            return Bilingual(document.title, document.title)
        return label(subject)
