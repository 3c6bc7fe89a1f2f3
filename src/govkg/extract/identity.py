"""The IRIs of claims and evidence, minted alike for what is found and for what is decided."""

from govkg.model.claim import Predicate
from govkg.model.document import Document
from govkg.model.identifiers import Minter

Triple = tuple[str, Predicate, str]


def claim_iri(minter: Minter, triple: Triple) -> str:
    """The IRI of the claim with these parts."""
    return minter("claim", *triple)


def evidence_iri(minter: Minter, document: Document, span: tuple[int, int], triple: Triple) -> str:
    """The IRI of what a document quotes, from start to end, for a claim with these parts."""
    start, end = span
    subject, predicate, value = triple
    quote = document.text[start:end]
    return minter("evidence", document.key, quote, str(start), predicate, subject, value)
