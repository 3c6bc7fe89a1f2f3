"""A saved answer against the base as it is now: what still holds, and what became of the rest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.evaluate.quotations import At, QuotationCheck, Texts
from govkg.evaluate.saved import SavedAnswer, SavedCitation, SavedClaim, SavedThing
from govkg.graph.queries import ClaimRow
from govkg.knowledge_base import KnowledgeBase
from govkg.model.identifiers import Minter
from govkg.search.citing import cited_document

CheckKind = Literal["citation", "document", "claim", "concept", "practice"]
KINDS: tuple[CheckKind, ...] = ("citation", "document", "claim", "concept", "practice")
HOLDS = "holds"
_REJECTED = "rejected"
# Confidences are kept to four decimals or fewer.
_SAME_CONFIDENCE = 0.00005
_DOCUMENT_FACTS = ("validity", "superseded_by", "verification")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing of the answer: `holds`, or what became of it, and where its quote stands now.

    States of a citation: `changed` (the quote stands where it stood, the document has changed),
    `moved`, `elsewhere` (in another document), `gone`, `missing` (the document and the quote),
    `absent` (a claim rests on a number that the answer has no citation for). Of everything else:
    `changed`, `gone`, `rejected` (by a curator).
    """

    kind: CheckKind
    name: str
    state: str
    message: str = ""
    at: At | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks of an answer, by kind and in the answer's order; builds are build ids."""

    question: str
    answer_build: str
    build: str
    documents_from: str
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether everything does; another build alone breaks nothing."""
        return all(check.state == HOLDS for check in self.checks)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many things of each kind were checked, and how many hold."""
        return {
            kind: {
                "checked": len(own),
                "hold": sum(check.state == HOLDS for check in own),
            }
            for kind in KINDS
            for own in [[check for check in self.checks if check.kind == kind]]
        }

    def to_json(self) -> dict[str, Any]:
        """The verification as JSON values; every key is always present."""
        return {
            "holds": self.holds,
            "question": self.question,
            "build": {
                "answer": self.answer_build,
                "now": self.build,
                "same": self.answer_build == self.build,
            },
            "documents_from": self.documents_from,
            "counts": self.counts(),
            "checks": [asdict(check) for check in self.checks],
        }


def verify_answer(
    base: KnowledgeBase, answer: SavedAnswer, corpus: Path | None = None
) -> Verification:
    """Checks every citation, claim, concept and practice of an answer.

    Quotations are looked for in the kept texts of the index, or in the files of `corpus`, read
    as a build reads them; everything else is looked up in the base.

    Raises:
        CorpusError: `corpus` is no folder that can be listed.
    """
    if corpus is None:
        texts = Texts(base.corpus.documents)
    else:
        context = ReadingContext(Minter(base.base_iri), base.places)
        texts = Texts(read_corpus(corpus, context).documents)
    quoted = {citation.n: citation for citation in answer.citations}
    checks = (
        *(_citation(citation, texts) for citation in answer.citations),
        *_absent_citations(answer),
        *_documents(base, answer.citations),
        *(_claim(base, claim, quoted) for claim in _claims(answer)),
        *_things(base, "concept", answer.concepts),
        *_things(base, "practice", answer.tried),
    )
    source = "index" if corpus is None else "corpus"
    return Verification(answer.question, answer.build, base.build, source, checks)


def _citation(citation: SavedCitation, texts: Texts) -> Check:
    found: QuotationCheck = texts.check(citation)
    return Check("citation", str(citation.n), found.state, found.message, found.at)


def _absent_citations(answer: SavedAnswer) -> Iterator[Check]:
    """The numbers that things or claims rest on, and that no citation has."""
    there = {citation.n for citation in answer.citations}
    things = (*answer.concepts, *answer.tried)
    named = {n for thing in things for n in thing.citations}
    named |= {n for claim in _claims(answer) for n in claim.citations}
    for n in sorted(named - there):
        yield Check("citation", str(n), "absent", "the answer rests on it and does not have it")


def _documents(base: KnowledgeBase, citations: Iterable[SavedCitation]) -> Iterator[Check]:
    """What the base now says of each cited document that it still has."""
    by_path = {document.path: document for document in base.corpus.documents}
    for citation in {c.document.iri: c for c in citations}.values():
        said = citation.document
        document = base.corpus.document.get(said.iri) or by_path.get(citation.path)
        if document is None:
            continue
        now = asdict(cited_document(document))
        facts = {name: getattr(said, name) for name in _DOCUMENT_FACTS}
        # Who leaves out `superseded_by` or says null says the same.
        known = {k: v for k, v in facts.items() if v is not None or k == "superseded_by"}
        yield _compared("document", citation.path, known, now)


def _claims(answer: SavedAnswer) -> list[SavedClaim]:
    """Every claim of the answer once, in order."""
    things = (*answer.concepts, *answer.tried)
    claims = (claim for thing in things for claim in thing.claims)
    return list({(c.subject, c.predicate, c.object): c for c in claims}.values())


def _claim(base: KnowledgeBase, claim: SavedClaim, quoted: Mapping[int, SavedCitation]) -> Check:
    name = f"{claim.subject} {claim.predicate} {claim.object}"
    row = _row(base, claim)
    minted = Minter(base.base_iri)("claim", claim.subject, claim.predicate, claim.object)
    if _is_rejected(base, row.iri if row else minted):
        return Check("claim", name, _REJECTED, "a curator rejected it")
    if row is None:
        return Check("claim", name, "gone", "the base no longer makes this claim")
    own = [quoted[n] for n in claim.citations if n in quoted]
    rejected = [str(citation.n) for citation in own if _is_quote_rejected(base, row.iri, citation)]
    if rejected:
        message = f"a curator rejected what it is read from, citation {', '.join(rejected)}"
        return Check("claim", name, _REJECTED, message)
    said: dict[str, Any] = {"basis": claim.basis, "status": claim.status}
    if abs(claim.confidence - row.confidence) > _SAME_CONFIDENCE:
        said["confidence"] = claim.confidence
    return _compared("claim", name, said, asdict(row))


def _row(base: KnowledgeBase, claim: SavedClaim) -> ClaimRow | None:
    if not base.graph.values_of(claim.subject):
        return None
    wanted = (claim.subject, claim.predicate, claim.object)
    rows = base.graph.claims_about([claim.subject])
    return next((r for r in rows if (r.subject, r.predicate, r.object) == wanted), None)


def _things(base: KnowledgeBase, kind: CheckKind, things: Iterable[SavedThing]) -> Iterator[Check]:
    for thing in {thing.iri: thing for thing in things}.values():
        values = base.graph.values_of(thing.iri)
        if not values:
            yield Check(kind, thing.iri, "gone", "the base no longer has it")
        elif _is_rejected(base, thing.iri):
            yield Check(kind, thing.iri, _REJECTED, "a curator rejected it")
        else:
            record = base.practice_records.get(thing.iri)
            said = {"verification": thing.verification} if record and thing.verification else {}
            yield _compared(kind, thing.iri, said, asdict(record) if record else {})


def _is_rejected(base: KnowledgeBase, thing: str) -> bool:
    """Whether a curator's decision says so; where there are no decisions, nothing is."""
    return _REJECTED in base.graph.values_of(thing).get("review", ())


def _is_quote_rejected(base: KnowledgeBase, claim: str, citation: SavedCitation) -> bool:
    """Whether a curator rejected one quotation of a claim that stands by others."""
    wanted = ([citation.document.iri], [str(citation.start)], [str(citation.end)])
    for iri in base.graph.values_of(claim).get("evidence", ()):
        values = base.graph.values_of(iri)
        place = tuple(values.get(name) for name in ("wasQuotedFrom", "start", "end"))
        if place == wanted and _REJECTED in values.get("review", ()):
            return True
    return False


def _compared(kind: CheckKind, name: str, said: dict[str, Any], now: dict[str, Any]) -> Check:
    """Whether what the answer said of a thing is what the base says now."""
    changes = [
        f"{key} is {_shown(now[key])}, was {_shown(value)}"
        for key, value in said.items()
        if now[key] != value
    ]
    return Check(kind, name, "changed" if changes else HOLDS, "; ".join(changes))


def _shown(value: Any) -> str:
    return "none" if value in {None, ""} else str(value)
