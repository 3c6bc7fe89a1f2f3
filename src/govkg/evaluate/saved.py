"""A saved answer: the parts of it that can be checked again."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from govkg.evaluate.json_file import Part, read_json


class SavedDocument(Part):
    """What a citation said of its document; None where the answer is older than the field."""

    iri: str
    title: str
    validity: str | None = None
    superseded_by: str | None = None
    verification: str | None = None


class SavedCitation(Part):
    """A citation as saved; offsets are code points of the text that `sha256` is of."""

    n: int
    document: SavedDocument
    path: str
    quote: Annotated[str, Field(min_length=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    sha256: str

    @model_validator(mode="after")
    def _end_is_after_start(self) -> "SavedCitation":
        if self.end <= self.start:
            raise ValueError("end is not after start")
        return self


class SavedClaim(Part):
    """A claim as saved; subject and object are IRIs, the object of an outcome is a text."""

    subject: str
    predicate: str
    object: str
    basis: str
    status: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    citations: tuple[int, ...]


class SavedThing(Part):
    """A concept or practice of the answer; only a practice says how far it was verified."""

    iri: str
    notation: str
    verification: str | None = None
    claims: tuple[SavedClaim, ...]
    citations: tuple[int, ...]


class SavedPractices(Part):
    """Practices by setting."""

    domestic: tuple[SavedThing, ...]
    overseas: tuple[SavedThing, ...]


class SavedAnswer(Part):
    """An answer as `govkg ask --json` prints it and `/api/ask` returns it."""

    question: str
    build: str
    problems: tuple[SavedThing, ...]
    causes: tuple[SavedThing, ...]
    countermeasures: tuple[SavedThing, ...]
    practices: SavedPractices
    citations: tuple[SavedCitation, ...]

    @property
    def concepts(self) -> tuple[SavedThing, ...]:
        """Problems, causes and countermeasures, in the answer's order."""
        return (*self.problems, *self.causes, *self.countermeasures)

    @property
    def tried(self) -> tuple[SavedThing, ...]:
        """All practices, in the answer's order."""
        return (*self.practices.domestic, *self.practices.overseas)


def read_answer(path: Path) -> SavedAnswer:
    """The answer saved in a file; `-` is standard input.

    Raises:
        GovkgError: it cannot be read, is too large, or is no answer; one line says what is wrong.
    """
    return read_json(SavedAnswer, path, "not an answer", "give what `govkg ask --json` prints")
