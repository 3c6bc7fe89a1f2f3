"""How the phrases of English that was machine-translated from Chinese are to be read."""

from dataclasses import dataclass
from pathlib import Path

from govkg.errors import OntologyError

TRANSLATIONESE_FILE = "translationese.tsv"
_HEADER = ["pattern", "context", "reading", "concept", "note"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase, the words of which one must stand nearby (none: always), and what is meant."""

    pattern: str
    context: tuple[str, ...]
    reading: str


def read_translationese(directory: Path) -> tuple[Reading, ...]:
    """The table of an ontology folder, in its order; empty where the folder has none.

    Raises:
        OntologyError: a line has another number of columns, or no pattern.
    """
    path = directory / TRANSLATIONESE_FILE
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if line.startswith("#") or not line.strip() or cells == _HEADER:
            continue
        if len(cells) != len(_HEADER) or not cells[0].strip():
            raise OntologyError(
                f"{len(cells)} columns instead of {len(_HEADER)}, or no pattern",
                where=f"{path}, line {number}",
                remedy="separate pattern, context, reading, concept and note by tabs",
            )
        context = tuple(word.strip() for word in cells[1].split(";") if word.strip())
        found.append(Reading(cells[0].strip(), context, cells[2].strip()))
    return tuple(found)
