"""What is read: documents, their headed sections, and the passages that are retrieved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from govkg.model.identifiers import sha256

Language = Literal["zh", "en"]
PassageKind = Literal["prose", "article", "list", "table", "contents", "reference", "furniture"]
Validity = Literal["in_force", "amended", "repealed", "unknown"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
# Documents that lay down what shall be done.
LAW_TYPES = frozenset({"judicial_interpretation", "law", "regulation", "rule"})
# These, and all else that a body sends out, which may be amended or repealed.
ACT_TYPES = LAW_TYPES | {
    "announcement",
    "circular",
    "decision",
    "notice",
    "opinion",
    "plan",
    "policy",
    "reply",
}
# What an editor says of how far a document was checked against sources.
VERIFICATIONS = ("verified", "partly", "unverified")
_SOURCE_FIELDS = ("title", "author", "publisher", "date", "number", "url")
PASSAGE_KINDS: tuple[PassageKind, ...] = get_args(PassageKind)


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a document; offsets are code points of the document's text.

    `path` holds the headings from the top down to this one, and is empty for what stands before
    the first heading; the section ends where the next heading of any level begins.
    """

    path: tuple[str, ...]
    level: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"section offsets out of order: {self.start}..{self.end}")

    @property
    def title(self) -> str:
        """The section's own heading, without those above it."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit retrieved: one to three sentences, or an article or clause, never overlapping.

    `section` is the index of its section in the document; `label` is an article number such as
    第四十四条 or Article 3, empty elsewhere; `text == document.text[start:end]`.
    """

    iri: str
    section: int
    label: str
    start: int
    end: int
    text: str
    language: Language
    kind: PassageKind = "prose"

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or not self.text.strip():
            raise ValueError(f"passage {self.start}..{self.end} does not fit its text")
        if self.language not in LANGUAGES or self.kind not in PASSAGE_KINDS:
            raise ValueError(f"unknown passage language or kind: {self.language}, {self.kind}")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as kept: text, structure and what is known about it.

    `key` is the front-matter id, else the path (plus `#record` in a file of many records); `path`
    is relative to the corpus; `date` is ISO 8601, as precise as known; `place` is the IRI of a
    place; `work` is shared by the language versions of one work; `front` keeps every other
    field that a sidecar or front matter gave, unchanged (JSON values only). `validity` and
    `superseded_by`, the IRI of a document, are what the base as a whole shows.
    """

    iri: str
    key: str
    path: str
    title: str
    language: Language
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    type: str = "document"
    issuer: str = ""
    number: str = ""
    date: str = ""
    effective: str = ""
    place: str = ""
    work: str = ""
    translated_from: str = ""
    pages: tuple[int, ...] = ()
    front: Mapping[str, Any] = field(default_factory=dict)
    validity: Validity = "unknown"
    superseded_by: str = ""

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"unknown language: {self.language!r}")
        end = 0
        for passage in self.passages:
            if self.text[passage.start : passage.end] != passage.text or passage.start < end:
                raise ValueError(f"passage {passage.iri} is not where it says, or overlaps")
            end = passage.end

    @property
    def verification(self) -> str:
        """How far an editor checked it, or `original` where the document is itself the source."""
        given = str(self.front.get("verification") or "")
        return given if given in VERIFICATIONS else "original"

    @property
    def sources(self) -> tuple[str, ...]:
        """What it says it was made from, each in one line."""
        given = [self.front.get("sources"), self.front.get("source")]
        listed = [one for value in given for one in (value if isinstance(value, list) else [value])]
        return tuple(line for one in listed if one and (line := _described(one)))

    @property
    def sha256(self) -> str:
        """The SHA-256 of the kept text."""
        return sha256(self.text)

    def page_of(self, offset: int) -> int | None:
        """The 1-based page that holds an offset, or None where the format has no pages."""
        count = sum(start <= offset for start in self.pages)
        return count or None

    def section_path(self, passage: Passage) -> tuple[str, ...]:
        """The headings above a passage, followed by its article number where it has one."""
        path = self.sections[passage.section].path
        return (*path, passage.label) if passage.label else path


def _described(source: Any) -> str:
    """A source in one line, be it a text or a description by fields."""
    if not isinstance(source, Mapping):
        return str(source)
    return ", ".join(str(source[name]) for name in _SOURCE_FIELDS if source.get(name))
