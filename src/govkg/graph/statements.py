"""What was found in one document as RDF: mentions, practices, candidates, claims, evidence."""

from bisect import bisect_right

from govkg.graph.quads import Lines, boolean, decimal, gov, integer, iri, text
from govkg.model.claim import Candidate, Claim, Evidence, Extraction, Mention, Practice
from govkg.model.document import Document
from govkg.model.identifiers import Minter
from govkg.ontology.namespaces import DCTERMS, OA, PROV, RDF, SKOS
from govkg.ontology.vocabulary import KIND_CLASSES
from govkg.text.language import detect

_TYPE = iri(f"{RDF}type")
_SUBJECT = iri(f"{RDF}subject")
_PREDICATE = iri(f"{RDF}predicate")
_OBJECT = iri(f"{RDF}object")
_PREF_LABEL = iri(f"{SKOS}prefLabel")
_BROAD_MATCH = iri(f"{SKOS}broadMatch")
_EXACT_MATCH = iri(f"{SKOS}exactMatch")
_IDENTIFIER = iri(f"{DCTERMS}identifier")
_HAS_BODY = iri(f"{OA}hasBody")
_EXACT = iri(f"{OA}exact")
_START = iri(f"{OA}start")
_END = iri(f"{OA}end")
_QUOTED_FROM = iri(f"{PROV}wasQuotedFrom")


def add_extraction(
    lines: Lines, document: Document, extraction: Extraction, version: str, minter: Minter
) -> None:
    """Adds everything that was found in the document."""
    _add_mentions(lines, document, extraction, version, minter)
    for practice in extraction.practices:
        _add_practice(lines, practice)
        named = str(document.front.get("practice") or "")
        if named and minter("practice", named) == practice.iri:
            lines.add(iri(practice.iri), _IDENTIFIER, text(named))
    for candidate in extraction.candidates:
        _add_candidate(lines, candidate)
    languages = {passage.iri: passage.language for passage in document.passages}
    for claim in extraction.claims:
        _add_claim(lines, claim)
        for evidence in claim.evidence:
            language = languages.get(evidence.passage, document.language)
            _add_evidence(lines, claim, evidence, language)


def object_term(claim: Claim) -> str:
    """A claim's object as a term: the reported outcome is a text, all others are IRIs."""
    if claim.predicate == "reportedOutcome":
        return text(claim.object, detect(claim.object))
    return iri(claim.object)


def _add_mentions(
    lines: Lines, document: Document, extraction: Extraction, version: str, minter: Minter
) -> None:
    starts = [passage.start for passage in document.passages]
    for mention in extraction.mentions:
        key = (str(mention.start), str(mention.end), mention.target)
        this = iri(minter("mention", version, *key))
        lines.add(this, _TYPE, gov("Mention"))
        lines.add(this, _HAS_BODY, iri(mention.target))
        lines.add(this, _START, integer(mention.start))
        lines.add(this, _END, integer(mention.end))
        passage = _passage_of(document, starts, mention)
        if passage:
            lines.add(this, gov("inPassage"), iri(passage))


def _passage_of(document: Document, starts: list[int], mention: Mention) -> str:
    """The passage that holds the whole mention; empty in a heading, for instance."""
    index = bisect_right(starts, mention.start) - 1
    if index >= 0 and mention.end <= document.passages[index].end:
        return document.passages[index].iri
    return ""


def _add_practice(lines: Lines, practice: Practice) -> None:
    this = iri(practice.iri)
    lines.add(this, _TYPE, gov("Practice"))
    lines.add(this, gov("verification"), text(practice.verification))
    for language, label in practice.labels:
        lines.add(this, _PREF_LABEL, text(label, language))
    if practice.place:
        lines.add(this, gov("locatedIn"), iri(practice.place))
    if practice.years:
        lines.add(this, gov("years"), text(practice.years))
    for name, value in (("results", practice.results), ("conditions", practice.conditions)):
        if value:
            lines.add(this, gov(name), text(value, detect(value)))


def _add_candidate(lines: Lines, candidate: Candidate) -> None:
    this = iri(candidate.iri)
    lines.add(this, _TYPE, iri(KIND_CLASSES[candidate.kind]))
    # One that a curator settled stays, but waits for nobody.
    lines.add(this, gov("candidate"), boolean(not candidate.match))
    lines.add(this, _PREF_LABEL, text(candidate.label, candidate.language))
    if candidate.match:
        lines.add(this, _EXACT_MATCH, iri(candidate.match))
    if candidate.broader:
        lines.add(this, _BROAD_MATCH, iri(candidate.broader))


def _add_claim(lines: Lines, claim: Claim) -> None:
    this = iri(claim.iri)
    lines.add(this, _TYPE, gov("Claim"))
    lines.add(this, _SUBJECT, iri(claim.subject))
    lines.add(this, _PREDICATE, gov(claim.predicate))
    lines.add(this, _OBJECT, object_term(claim))
    if claim.role:
        lines.add(this, gov("role"), text(claim.role))


def _add_evidence(lines: Lines, claim: Claim, evidence: Evidence, language: str) -> None:
    this = iri(evidence.iri)
    lines.add(iri(claim.iri), gov("evidence"), this)
    lines.add(this, _TYPE, gov("Evidence"))
    lines.add(this, gov("basis"), text(evidence.basis))
    lines.add(this, gov("status"), text(evidence.status))
    lines.add(this, gov("confidence"), decimal(evidence.confidence))
    if evidence.review:
        lines.add(this, gov("review"), text(evidence.review))
    lines.add(this, gov("inPassage"), iri(evidence.passage))
    lines.add(this, _QUOTED_FROM, iri(evidence.document))
    lines.add(this, _EXACT, text(evidence.quote, language))
    lines.add(this, _START, integer(evidence.start))
    lines.add(this, _END, integer(evidence.end))
