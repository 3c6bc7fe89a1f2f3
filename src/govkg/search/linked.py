"""What a walk along the graph collects: things with a score and the claims that brought them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from govkg.graph.queries import ClaimRow, Graph

# From this confidence on a claim may take part in an answer. It lies a little below that of plain
# triples: a doubtful practice that fits the question, shown as doubtful, helps more than silence.
SHOWN_CONFIDENCE = 0.45
# One step up or down the hierarchy, or from a cause or measure back to its problem.
STEP = 0.8
_BASIS_WEIGHT = {"explicit": 1.0, "structural": 0.9, "editorial": 0.75}
_STATUS_WEIGHT = {
    "outcome": 1.0,
    "practice": 1.0,
    "norm": 0.95,
    "diagnosis": 0.95,
    "recommendation": 0.8,
    "quotation": 0.6,
}


@dataclass(slots=True)
class Linked:
    """A thing of the answer before it is cited: its score and the claims that brought it."""

    iri: str
    score: float
    claims: list[ClaimRow] = field(default_factory=list)

    def add(self, score: float, claim: ClaimRow) -> None:
        """Takes a further claim; the score is that of the best one."""
        self.score = max(self.score, score)
        if all(claim.iri != known.iri for known in self.claims):
            self.claims.append(claim)

    def strengthen(self, share: float) -> None:
        """Raises the score by a share (0 to 1) of itself, less the nearer it is to 1."""
        self.score += share * self.score * (1 - self.score)


Found = dict[str, Linked]


@dataclass(frozen=True, slots=True)
class Links:
    """What the graph says about a question, each list best first."""

    problems: list[Linked]
    causes: list[Linked]
    countermeasures: list[Linked]
    practices: list[Linked]


def note(found: Found, iri: str, score: float, claim: ClaimRow) -> Linked:
    """Adds a claim to a thing, which is found now if it was not before."""
    linked = found.setdefault(iri, Linked(iri, 0.0))
    linked.add(score, claim)
    return linked


def claims_about(graph: Graph, things: Iterable[str]) -> list[ClaimRow]:
    """The claims about things that are sure enough to be shown, surest first.

    A thing that has no sure claim is shown with its doubtful ones rather than not at all:
    each carries its confidence.
    """
    found: dict[str, ClaimRow] = {}
    for thing in sorted(set(things)):
        claims = graph.claims_about([thing])
        sure = [claim for claim in claims if claim.confidence >= SHOWN_CONFIDENCE]
        found.update((claim.iri, claim) for claim in sure or claims)
    return sorted(found.values(), key=lambda claim: (-claim.confidence, claim.iri))


def weight(claim: ClaimRow) -> float:
    """How much of a score a claim passes on: its confidence, less for a weaker basis or status."""
    return (
        claim.confidence
        * _BASIS_WEIGHT.get(claim.basis, 0.5)
        * _STATUS_WEIGHT.get(claim.status, 0.5)
    )


def ranked(found: Found) -> list[Linked]:
    """The things by score, best first; ties by IRI."""
    return sorted(found.values(), key=lambda linked: (-linked.score, linked.iri))
