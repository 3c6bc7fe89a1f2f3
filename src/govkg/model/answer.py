"""A question's answer and its parts; the field names are the JSON keys of the public contract."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Setting = Literal["any", "domestic", "overseas"]
AskedLanguage = Literal["auto", "zh", "en"]
Outcome = Literal["answered", "partial", "not_found"]
Reason = Literal["no_countermeasure", "out_of_domain", "not_in_corpus"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A label in both languages; a language that is missing is filled from the other."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """What a citation says of its document; unknown values are empty or None.

    `verification` is verified, partly or unverified where an editor wrote the document from
    `sources`, and `original` where it is itself the source.
    """

    iri: str
    title: str
    type: str
    issuer: str
    date: str
    number: str
    validity: str = "unknown"
    effective: str = ""
    superseded_by: str | None = None
    verification: str = "original"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another place where nearly the same words stand."""

    document: str
    section: str
    passage: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quotation: `document text[start:end] == quote`, `sha256` is of that text.

    `duplicates` are the other places where nearly the same words stand.
    """

    n: int
    document: CitedDocument
    path: str
    section: str
    page: int | None
    quote: str
    start: int
    end: int
    sha256: str
    language: str
    duplicates: tuple[Duplicate, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim as shown in an answer; subject and object are IRIs.

    `corroboration` is how many independent documents surely state it.
    """

    subject: str
    predicate: str
    object: str
    basis: str
    status: str
    confidence: float
    citations: tuple[int, ...]
    corroboration: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A concept of the answer with the claims and citations it rests on.

    `corroboration` is how many independent documents surely state one of the claims that brought
    it, those included that are not shown.
    """

    iri: str
    notation: str
    label: Bilingual
    score: float
    claims: tuple[CitedClaim, ...]
    citations: tuple[int, ...]
    corroboration: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """Where a practice is: labels, ISO 3166-1 country and ISO 3166-2 region, empty if unknown."""

    zh: str
    en: str
    country: str
    region: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that is named, not shown: its IRI and label."""

    iri: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class FoundPractice(Found):
    """A practice of the answer."""

    place: PlaceLabel
    setting: str
    years: str
    actors: tuple[Reference, ...]
    measures: tuple[Reference, ...]
    results: str
    conditions: str
    responds_to: tuple[str, ...]
    verification: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage; `found_by` names the rankings that brought it; rank counts from 1."""

    rank: int
    score: float
    document: str
    path: str
    title: str
    section: str
    passage: str
    text: str
    language: str
    found_by: tuple[str, ...]
    duplicates: tuple[Duplicate, ...]
    citation: int


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read.

    `corrections` are its misspelt words, `translations` the English words by which its Chinese
    terms were looked for.
    """

    language: str
    facets: dict[str, Any]
    concepts: tuple[dict[str, Any], ...]
    corrections: tuple[dict[str, str], ...] = ()
    translations: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """What one side says: a value that a document gives, or a quotation, by its number."""

    document: str
    value: str
    citation: int | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where documents or curators contradict each other on something in the answer.

    `kind` is place, years, issued, effective, number, outcome or review; no side is preferred.
    """

    kind: str
    subject: Reference
    sides: tuple[ConflictSide, ...]


@dataclass(frozen=True, slots=True)
class Practices:
    """Practices by setting."""

    domestic: tuple[FoundPractice, ...] = ()
    overseas: tuple[FoundPractice, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison, with what was tried and proposed there."""

    iri: str
    label: Bilingual
    countermeasures: tuple[Found, ...] = ()
    practices: tuple[FoundPractice, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer; every list is in a defined order and every key is always present."""

    question: str
    language: str
    build: str
    outcome: Outcome
    reason: Reason | None
    missing: tuple[str, ...]
    summary: str
    understood: Understood
    problems: tuple[Found, ...] = ()
    causes: tuple[Found, ...] = ()
    countermeasures: tuple[Found, ...] = ()
    practices: Practices = field(default_factory=Practices)
    passages: tuple[Hit, ...] = ()
    related: tuple[Hit, ...] = ()
    citations: tuple[Citation, ...] = ()
    sparql: str = ""
    conflicts: tuple[Conflict, ...] = ()
    comparison: tuple[Side, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer as JSON values, keys as in the public contract."""
        return asdict(self)
