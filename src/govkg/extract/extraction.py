"""One document to one Extraction: mentions, findings, relations, practices, candidates."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from govkg.extract.editorial import editorial_relations
from govkg.extract.findings import (
    NORMATIVE_TYPES,
    Finding,
    Unlinked,
    find_findings,
    find_unlinked,
    statement_types,
)
from govkg.extract.identity import claim_iri, evidence_iri
from govkg.extract.linking import Encode, Link, Linker, Matrix
from govkg.extract.norm_claims import LaidDown, laid_down
from govkg.extract.practices import (
    Named,
    find_practices,
    practice_relations,
    told_as_practice,
)
from govkg.extract.relations import (
    Relation,
    causes_by_cue,
    causes_by_structure,
    measures_for_problems,
)
from govkg.extract.statements import Statement, read_statements
from govkg.extract.translation import Translation
from govkg.model.claim import (
    Candidate,
    Claim,
    Evidence,
    Extraction,
    Mention,
    Predicate,
    Status,
)
from govkg.model.document import Document
from govkg.model.identifiers import Minter
from govkg.ontology.matching import concept_matcher
from govkg.ontology.places import Places
from govkg.ontology.translationese import Reading
from govkg.ontology.vocabulary import Vocabulary
from govkg.text.labels import LabelMatcher


@dataclass
class Extractor:
    """Extracts documents against one vocabulary; `encode` may be missing (no dense linking)."""

    vocabulary: Vocabulary
    places: Places
    minter: Minter
    label_matrix: Matrix | None = None
    encode: Encode | None = None
    readings: Sequence[Reading] = ()
    _translation: Translation = field(init=False)
    _linker: Linker = field(init=False)
    _matcher: LabelMatcher = field(init=False)

    def __post_init__(self) -> None:
        self._translation = Translation(self.readings)
        self._linker = Linker(self.vocabulary, self.label_matrix, self.encode)
        self._matcher = concept_matcher(
            self.vocabulary,
            names=[(x.text, place.iri) for place in self.places.places for x in place.labels],
        )

    def extract(self, document: Document) -> Extraction:
        """Everything found in the document, in a defined order.

        Raises:
            CorpusError: the document's front matter makes a claim it does not support.
        """
        mentions = self._mentions(document)
        named = self._named(mentions)
        scopes = find_practices(document, named, self.minter)
        statements = told_as_practice(document, read_statements(document), scopes)
        linker = self._linker
        if self._translation.is_translated(document):
            linker = linker.reading(self._translation.read)
        # A law finds and explains nothing: its articles are read for what they lay down.
        law = document.type in NORMATIVE_TYPES
        norms = laid_down(document, linker, self.vocabulary, self.minter) if law else LaidDown()
        told = () if law else statements
        links = _links(document, told, linker)
        findings, unlinked = self._findings(document, told, links, mentions)
        relations = [
            *self._stated(document, findings),
            *_causes(document, told, findings, linker),
            *measures_for_problems(findings, links, self.vocabulary),
            *practice_relations(scopes, statements, findings, named),
            *editorial_relations(document, scopes, statements, self.vocabulary),
            *norms.relations,
        ]
        candidates = [self._candidate(document, one) for one in unlinked]
        relations += [
            Relation(
                document.iri, "states", candidate.iri, one.statement, "explicit", _status(one), 0.5
            )
            for one, candidate in zip(unlinked, candidates, strict=True)
        ]
        return Extraction(
            document=document.iri,
            mentions=mentions,
            claims=_claims(document, relations, self.minter),
            practices=tuple(sorted((s.practice for s in scopes), key=lambda p: p.iri)),
            candidates=tuple(sorted({*candidates, *norms.candidates}, key=lambda c: c.iri)),
        )

    def _findings(
        self,
        document: Document,
        statements: Iterable[Statement],
        links: Mapping[int, tuple[Link, ...]],
        mentions: Iterable[Mention],
    ) -> tuple[list[Finding], list[Unlinked]]:
        """What fits the vocabulary, and what does not but speaks of something in it."""
        concepts = [m.start for m in mentions if self.vocabulary.get(m.target)]
        findings: list[Finding] = []
        unlinked: list[Unlinked] = []
        for statement in statements:
            found = list(find_findings(statement, links[statement.start], document))
            findings += found
            ours = bisect_left(concepts, statement.start) < bisect_left(concepts, statement.end)
            if ours and (candidate := find_unlinked(statement, found, document)):
                unlinked.append(candidate)
        return findings, unlinked

    def _mentions(self, document: Document) -> tuple[Mention, ...]:
        spans = [(s.start, s.end) for s in document.sections] or [(0, len(document.text))]
        return tuple(
            Mention(target, start + match.start, start + match.end)
            for start, end in spans
            for match in self._matcher.find(document.text[start:end])
            for target in match.targets
        )

    def _named(self, mentions: Iterable[Mention]) -> Named:
        places, actors = [], []
        for mention in mentions:
            concept = self.vocabulary.get(mention.target)
            if concept is None:
                places.append(mention)
            elif concept.kind == "actor" and concept.broader:
                # The top of the scheme, "governance actor", names nobody.
                actors.append(mention)
        return Named(tuple(places), tuple(actors))

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


def _links(
    document: Document, statements: Sequence[Statement], linker: Linker
) -> dict[int, tuple[Link, ...]]:
    """The links of each statement by its start; none for one that can be no finding."""
    links: dict[int, tuple[Link, ...]] = {statement.start: () for statement in statements}
    for language in ("zh", "en"):
        own = [s for s in statements if s.language == language and statement_types(s, document)]
        for statement, found in zip(own, linker.link([s.text for s in own], language), strict=True):
            links[statement.start] = found
    return links


def _causes(
    document: Document,
    statements: Sequence[Statement],
    findings: Sequence[Finding],
    linker: Linker,
) -> list[Relation]:
    found: list[Relation] = []
    for language in ("zh", "en"):
        own = [s for s in statements if s.language == language]
        found += causes_by_cue(own, linker, language)
    return found + list(causes_by_structure(document, findings, linker))


def _status(one: Unlinked) -> Status:
    return "recommendation" if one.kind == "countermeasure" else "diagnosis"


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
