"""What all documents together say: each claim's values, and the plain triples it asserts."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from govkg.graph.quads import Lines, decimal, gov, iri, text
from govkg.graph.statements import object_term
from govkg.model.claim import ASSERTED_CONFIDENCE, Claim, Evidence
from govkg.ontology.namespaces import graph_iri

# A practice was tried: what is only proposed or laid down is no triple of it.
_TRIED = frozenset({"practice", "outcome"})


def merged_claim_quads(claims: Iterable[Claim], practices: Collection[str], base: str) -> list[str]:
    """Basis, status and confidence of each claim over all documents, and its plain triple.

    Claims with one IRI are merged: their evidence is united and the best of it gives the values,
    so that each is single. The plain triple is written from ASSERTED_CONFIDENCE on; if the
    subject is one of `practices` (IRIs) the status must be practice or outcome as well. A claim
    of which curators rejected all evidence is marked so and has no plain triple. All goes into
    the graph `inferred`.
    """
    lines = Lines(graph_iri(base, "inferred"))
    for claim in _merged(claims):
        this, best = iri(claim.iri), claim.best
        lines.add(this, gov("basis"), text(best.basis))
        lines.add(this, gov("status"), text(best.status))
        lines.add(this, gov("confidence"), decimal(best.confidence))
        if claim.review:
            lines.add(this, gov("review"), text(claim.review))
        tried = claim.subject not in practices or best.status in _TRIED
        sure = best.confidence >= ASSERTED_CONFIDENCE and claim.review != "rejected"
        if sure and tried:
            lines.add(iri(claim.subject), gov(claim.predicate), object_term(claim))
    return lines.sorted()


def _merged(claims: Iterable[Claim]) -> list[Claim]:
    """One claim for each IRI, with the evidence of all, both in the order of their IRIs."""
    kept: dict[str, Claim] = {}
    evidence: dict[str, dict[str, Evidence]] = {}
    for claim in claims:
        kept.setdefault(claim.iri, claim)
        evidence.setdefault(claim.iri, {}).update((piece.iri, piece) for piece in claim.evidence)
    return [
        replace(kept[name], evidence=tuple(pieces[one] for one in sorted(pieces)))
        for name, pieces in sorted(evidence.items())
    ]
