"""What documents say: mentions, evidence, claims, practices and candidates."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from govkg.model.document import VERIFICATIONS

Review = Literal["", "accepted", "rejected"]
Kind = Literal["problem", "cause", "countermeasure", "actor"]
Basis = Literal["explicit", "structural", "editorial"]
Status = Literal["diagnosis", "practice", "outcome", "recommendation", "norm", "quotation"]
Predicate = Literal[
    "states", "hasCause", "addresses", "implements", "involves", "reportedOutcome", "locatedIn"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
# The strongest first: this order decides what is shown when several documents agree.
BASES: tuple[Basis, ...] = get_args(Basis)
STATUSES: tuple[Status, ...] = (
    "outcome",
    "practice",
    "norm",
    "diagnosis",
    "recommendation",
    "quotation",
)
REVIEWS: tuple[Review, ...] = get_args(Review)
PREDICATES: tuple[Predicate, ...] = get_args(Predicate)
# From this confidence on a claim is also asserted as a plain triple.
ASSERTED_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a concept, actor or place; offsets are code points of the document."""

    target: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"mention offsets out of order: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """An exact quotation and what this document claims by it.

    `quote == document.text[start:end]`; `confidence` is the chance, 0 to 1, that a reader of the
    quotation agrees with the claim; `review` is what a curator decided, if one did.
    """

    iri: str
    document: str
    passage: str
    quote: str
    start: int
    end: int
    basis: Basis
    status: Status
    confidence: float
    review: Review = ""

    def __post_init__(self) -> None:
        if not self.quote.strip() or self.end - self.start != len(self.quote):
            raise ValueError(f"quote does not fit its offsets {self.start}..{self.end}")
        if self.basis not in BASES or self.status not in STATUSES:
            raise ValueError(f"unknown basis or status: {self.basis}, {self.status}")
        if self.review not in REVIEWS:
            raise ValueError(f"unknown review: {self.review}")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence outside 0..1: {self.confidence}")


@dataclass(frozen=True, slots=True)
class Claim:
    """Subject, predicate and object, stated by one or more pieces of evidence.

    Subject and object are IRIs; the object of `reportedOutcome` is a text. `role` qualifies
    `involves`. Basis, status and confidence are those of the best evidence.
    """

    iri: str
    subject: str
    predicate: Predicate
    object: str
    evidence: tuple[Evidence, ...]
    role: str = ""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"claim without evidence: {self.iri}")
        if self.predicate not in PREDICATES:
            raise ValueError(f"unknown predicate: {self.predicate}")

    @property
    def best(self) -> Evidence:
        """The evidence that counts: not rejected, of highest confidence, basis and status."""
        return min(
            self.evidence,
            key=lambda e: (
                e.review == "rejected",
                -e.confidence,
                BASES.index(e.basis),
                STATUSES.index(e.status),
                e.iri,
            ),
        )

    @property
    def review(self) -> Review:
        """`rejected` if all evidence is, `accepted` if some of it is, else empty."""
        reviews = {piece.review for piece in self.evidence}
        if reviews == {"rejected"}:
            return "rejected"
        return "accepted" if "accepted" in reviews else ""


@dataclass(frozen=True, slots=True)
class Practice:
    """An experience tried somewhere; shared by the language versions that describe it.

    `place` is a place IRI or empty; `years` as written (`2019-`); `verification` is verified,
    partly, unverified (what an editor says) or extracted (found by the machine).
    """

    iri: str
    labels: tuple[tuple[str, str], ...]
    place: str = ""
    years: str = ""
    results: str = ""
    conditions: str = ""
    verification: str = "extracted"

    def __post_init__(self) -> None:
        if not self.labels or self.verification not in {*VERIFICATIONS, "extracted"}:
            raise ValueError(f"practice without label or with bad verification: {self.iri}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding that fits no concept of the vocabulary, kept for a curator to decide on.

    `match` is the concept, by IRI, that a curator merged or promoted it into.
    """

    iri: str
    kind: Kind
    label: str
    language: str
    broader: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was found in one document, in a defined order."""

    document: str
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    practices: tuple[Practice, ...] = ()
    candidates: tuple[Candidate, ...] = field(default=())
