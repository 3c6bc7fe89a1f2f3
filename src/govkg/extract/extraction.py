"""One document to one Extraction: mentions, findings, relations, practices, candidates."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from govkg.extract.editorial import editorial_relations
from govkg.extract.findings import (
    Finding,
    Unlinked,
    find_findings,
    find_unlinked,
)
from govkg.extract.identity import claim_iri, evidence_iri
from govkg.extract.linking import Encode, Linked, Linker
from govkg.extract.mentions import DocumentReader
from govkg.extract.norm_claims import LaidDown, laid_down
from govkg.extract.practices import practice_relations
from govkg.extract.relations import (
    Relation,
    causes_by_cue,
    causes_by_structure,
    measures_for_problems,
)
from govkg.extract.statements import Statement
from govkg.extract.translation import Translation
from govkg.model.claim import (
    Candidate,
    Claim,
    Evidence,
    Extraction,
    Mention,
    Predicate,
)
from govkg.model.document import LANGUAGES, LAW_TYPES, Document
from govkg.model.identifiers import Minter
from govkg.ontology.places import Places
from govkg.ontology.translationese import Reading
from govkg.ontology.vocabulary import Vocabulary


@dataclass
class Extractor:
    """Extracts documents against one vocabulary; `encoders` are those of "zh" and "en"."""

    vocabulary: Vocabulary
    places: Places
    minter: Minter
    encoders: Mapping[str, Encode]
    readings: Sequence[Reading] = ()
    _translation: Translation = field(init=False)
    _linker: Linker = field(init=False)
    _reader: DocumentReader = field(init=False)

    def __post_init__(self) -> None:
        self._translation = Translation(self.readings)
        self._linker = Linker(self.vocabulary, self.encoders)
        self._reader = DocumentReader(self.vocabulary, self.places, self.minter)

    def extract(self, document: Document) -> Extraction:
        """Everything found in the document, in a defined order.

        Raises:
            CorpusError: the document's front matter makes a claim it does not support.
        """
        told = self._reader.read(document)
        linker = self._linker
        if self._translation.is_translated(document):
            linker = linker.reading(self._translation.read)
        # A law finds and explains nothing: its articles are read for what they lay down.
        law = document.type in LAW_TYPES
        norms = laid_down(document, linker, self.vocabulary, self.minter) if law else LaidDown()
        linked = [] if law else _linked(document, told.statements, linker)
        findings, unlinked = self._findings(linked, told.mentions)
        relations = [
            *self._stated(document, findings),
            *_causes(document, linked, findings, linker),
            *measures_for_problems(findings, linker, self.vocabulary),
            *practice_relations(told.scopes, linked, findings, told.named),
            *editorial_relations(document, told.scopes, told.statements, self.vocabulary),
            *norms.relations,
        ]
        candidates = [self._candidate(document, one) for one in unlinked]
        relations += [
            Relation(
                document.iri, "states", candidate.iri, one.statement, "explicit", one.status, 0.5
            )
            for one, candidate in zip(unlinked, candidates, strict=True)
        ]
        return Extraction(
            document=document.iri,
            mentions=told.mentions,
            claims=_claims(document, relations, self.minter),
            practices=tuple(sorted((s.practice for s in told.scopes), key=lambda p: p.iri)),
            candidates=tuple(sorted({*candidates, *norms.candidates}, key=lambda c: c.iri)),
        )

    def _findings(
        self, linked: Iterable[Linked], mentions: Iterable[Mention]
    ) -> tuple[list[Finding], list[Unlinked]]:
        """What fits the vocabulary, and what does not but speaks of something in it."""
        concepts = [m.start for m in mentions if self.vocabulary.get(m.target)]
        findings: list[Finding] = []
        unlinked: list[Unlinked] = []
        for one in linked:
            findings += find_findings(one)
            statement = one.statement
            ours = bisect_left(concepts, statement.start) < bisect_left(concepts, statement.end)
            if ours and (candidate := find_unlinked(one)):
                unlinked.append(candidate)
        return findings, unlinked

    def _stated(self, document: Document, findings: Iterable[Finding]) -> list[Relation]:
        return [
            Relation(
                document.iri, "states", f.concept, f.statement, "explicit", f.status, f.confidence
            )
            for f in findings
        ]

    def _candidate(self, document: Document, one: Unlinked) -> Candidate:
        iri = self.minter(one.kind, document.key, one.statement.text)
        return Candidate(iri, one.kind, one.label, one.statement.language)


def _linked(document: Document, statements: Sequence[Statement], linker: Linker) -> list[Linked]:
    """The statements that assert something, with what they may state, in order."""
    found: list[Linked] = []
    for language in LANGUAGES:
        own = [s for s in statements if s.language == language and s.asserts]
        found += linker.link_statements(own, document.type, document.title)
    return sorted(found, key=lambda one: one.statement.start)


def _causes(
    document: Document,
    linked: Sequence[Linked],
    findings: Sequence[Finding],
    linker: Linker,
) -> list[Relation]:
    found: list[Relation] = []
    for language in LANGUAGES:
        own = [one.statement for one in linked if one.statement.language == language]
        found += causes_by_cue(own, linker, language)
    return found + list(causes_by_structure(document, findings, linker))


def _claims(document: Document, relations: Iterable[Relation], minter: Minter) -> tuple[Claim, ...]:
    """Relations with the same subject, predicate and object are one claim with their evidence."""
    evidence: dict[tuple[str, Predicate, str], dict[str, Evidence]] = {}
    for relation in relations:
        key = (relation.subject, relation.predicate, relation.object)
        piece = _evidence(document, relation, minter)
        kept = evidence.setdefault(key, {})
        if piece.iri not in kept or piece.confidence > kept[piece.iri].confidence:
            kept[piece.iri] = piece
    claims = [
        Claim(
            iri=claim_iri(minter, key),
            subject=key[0],
            predicate=key[1],
            object=key[2],
            evidence=tuple(sorted(pieces.values(), key=lambda e: (e.start, e.iri))),
            role="participant" if key[1] == "involves" else "",
        )
        for key, pieces in evidence.items()
    ]
    return tuple(sorted(claims, key=lambda claim: claim.iri))


def _evidence(document: Document, relation: Relation, minter: Minter) -> Evidence:
    statement = relation.statement
    quote = document.text[statement.start : statement.end]
    return Evidence(
        iri=evidence_iri(
            minter,
            document,
            (statement.start, statement.end),
            (relation.subject, relation.predicate, relation.object),
        ),
        document=document.iri,
        passage=statement.passage.iri,
        quote=quote,
        start=statement.start,
        end=statement.end,
        basis=relation.basis,
        status=relation.status,
        confidence=round(relation.confidence, 2),
    )
