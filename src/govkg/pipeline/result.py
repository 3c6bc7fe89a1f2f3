"""What a build is asked for, what it did, and the record by which the next one knows it again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govkg.errors import KnowledgeBaseError
from govkg.index.bundle import VERSIONS_FOLDER, current_build
from govkg.index.durable import replace_file
from govkg.index.manifest import check_version
from govkg.settings import Settings

Row = Mapping[str, Any]
RECORD_FILE = "last-build.json"


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build from, and where to; `full` leaves every cache aside.

    `signatures` is how many different authors a curator's decision needs to take effect; `model`
    names the sentence-transformers model that questions are compared by, if not our own.
    """

    corpus: Path
    index: Path
    ontology: Path | None
    base_iri: str
    home: str
    full: bool = False
    signatures: int = 1
    model: str = ""

    @classmethod
    def from_settings(cls, settings: Settings, *, full: bool = False) -> "BuildRequest":
        """The request that the settings make."""
        return cls(
            settings.corpus,
            settings.index,
            settings.ontology,
            settings.base_iri,
            settings.home,
            full,
            settings.signatures,
            settings.model,
        )

    @property
    def cache(self) -> Path:
        """The folder of what is kept between builds."""
        return self.index / "cache"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in a version."""

    documents: int
    passages: int
    claims: int
    practices: int


@dataclass(frozen=True, slots=True)
class Work:
    """How much a build made anew: files read, documents extracted, texts encoded."""

    read: int = 0
    extracted: int = 0
    encoded: int = 0


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did; `rows` are those of report.json.

    `decisions` has a row for each file of a curator's decision: file, state and message.
    """

    build: str
    counts: Counts
    work: Work
    seconds: float
    rows: tuple[Row, ...]
    decisions: tuple[Row, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The result as JSON values in one object."""
        return {
            "build": self.build,
            **asdict(self.counts),
            **asdict(self.work),
            "seconds": self.seconds,
            "rows": [dict(row) for row in self.rows],
            "decisions": [dict(row) for row in self.decisions],
        }


@dataclass(frozen=True, slots=True)
class Record:
    """The last build and the hash of everything it was made from."""

    inputs: str
    build: str
    counts: Counts
    rows: tuple[Row, ...]
    decisions: tuple[Row, ...] = ()

    def write(self, cache: Path) -> None:
        """Keeps the record, with its own checksum, in place of the one before."""
        body = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()
        replace_file(cache / RECORD_FILE, _checksum(body) + b"\n" + body)

    def holds(self, index: Path) -> bool:
        """Whether its build is still the current one of the index, and every file of it whole."""
        if current_build(index) != self.build:
            return False
        try:
            check_version(index / VERSIONS_FOLDER / self.build)
        except KnowledgeBaseError:
            return False
        return True


def read_record(cache: Path) -> Record | None:
    """The record kept in the cache; None where there is no whole one."""
    try:
        checksum, _, body = (cache / RECORD_FILE).read_bytes().partition(b"\n")
    except OSError:
        return None
    if checksum != _checksum(body):
        return None
    record = json.loads(body)
    counts = Counts(**record["counts"])
    return Record(
        record["inputs"],
        record["build"],
        counts,
        tuple(record["rows"]),
        tuple(record.get("decisions", ())),
    )


def forget_record(cache: Path) -> None:
    """Removes the record."""
    (cache / RECORD_FILE).unlink(missing_ok=True)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
