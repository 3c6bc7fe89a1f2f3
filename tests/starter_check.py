"""What every document of the starter corpus owes its reader: fields, quotations, prose of its own.

`python -m tests.starter_check [NAME ...]` prints each fault, of all works or of those named; the
suite asserts that there is none.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from govkg.corpus.front_matter import split
from govkg.ontology.loading import load_ontology
from govkg.ontology.vocabulary import Vocabulary, read_vocabulary
from tests.house import ROOT

DOCUMENTS = ROOT / "corpus" / "documents"
TYPES = ("practice", "law", "regulation", "policy", "paper-digest")
VERIFICATION = ("verified", "partly", "unverified")
KINDS = {"problems": "problem", "causes": "cause", "countermeasures": "countermeasure"}
# What both language versions of a work say in the same words.
SHARED = ("work", "practice", "titles", "type", "country", "region", "years", "level", *KINDS)
REQUIRED = (
    *("id", "work", "title", "language", "titles", "type", "place", "country", "years", "level"),
    *("actors", "problems", "countermeasures", "sources", "verification", "evidence"),
)
# A frame: so many English words, or Chinese characters, in a row.
FRAME = {"en": 8, "zh": 14}
_UNITS = {"en": re.compile(r"[\w'’-]+"), "zh": re.compile(r"[\u4e00-\u9fff0-9]")}
# What ends a run of words: punctuation, and names in quotation marks.
_BREAK = re.compile(r"《[^》]*》|“[^”]*”|[\n.,;:!?()\[\]。，、；：！？（）“”‘’《》—|*#]")


@dataclass(frozen=True)
class Written:
    """One document as its author wrote it."""

    path: Path
    front: dict[str, Any]
    body: str

    @property
    def language(self) -> str:
        return str(self.front.get("language"))

    @cached_property
    def names(self) -> list[str]:
        """Titles and names, longest first: what two documents may well share."""
        told = [self.front.get(field) for field in ("title", "issuer", "place", "number")]
        told += [*self.front.get("actors", ()), *self.front.get("titles", {}).values()]
        for source in [*self.front.get("sources", ()), *self.front.get("checked", ())]:
            told += [source.get(field) for field in ("title", "publisher", "author", "number")]
        return sorted({str(name) for name in told if name}, key=len, reverse=True)

    def frames(self) -> Iterator[str]:
        """Each run of FRAME words of the running text that holds no title and no name."""
        prose = "\n".join(line for line in self.body.splitlines() if not line.startswith("#"))
        for name in self.names:
            prose = prose.replace(name, "\n")
        size, unit = FRAME[self.language], _UNITS[self.language]
        for run in _BREAK.split(prose.lower()):
            words = unit.findall(run)
            for start in range(len(words) - size + 1):
                yield (" " if self.language == "en" else "").join(words[start : start + size])


@lru_cache(maxsize=1)
def starter_documents() -> tuple[Written, ...]:
    """All documents of the starter corpus, in the order of their paths."""
    written = []
    for path in sorted(DOCUMENTS.rglob("*.md")):
        front, body, note = split(path.read_text("utf-8"))
        if note:
            raise ValueError(f"{path}: {note}")
        written.append(Written(path, front, body))
    return tuple(written)


def faults(names: Collection[str] = ()) -> list[str]:
    """What is wrong, one line each; with names, only of works of these names."""
    vocabulary = read_vocabulary(load_ontology(ROOT / "ontology").store)
    found = [
        (one, fault)
        for one in starter_documents()
        for fault in (*_fields(one), *_quotations(one, vocabulary))
    ]
    found += [*_versions(), *_shared_frames()]
    return [
        f"{one.path.name}: {fault}"
        for one, fault in found
        if not names or one.front.get("work") in names
    ]


def _fields(one: Written) -> Iterator[str]:
    front = one.front
    yield from (f"no {name}" for name in REQUIRED if name not in front)
    if front.get("id") != one.path.stem or front.get("id") != f"{front['work']}-{one.language}":
        yield "id is not the file's name, or not the work's with the language"
    if front.get("type") not in TYPES or front.get("verification") not in VERIFICATION:
        yield f"type {front.get('type')!r} or verification {front.get('verification')!r}"
    if front.get("type") == "practice" and not front.get("practice"):
        yield "a practice without an id of its own"
    if not all(source.get("title") for source in front.get("sources") or [{}]):
        yield "no source, or one without title"
    if f"# {front.get('title')}\n" not in one.body:
        yield "the first heading is not the title"
    if front.get("title") != front.get("titles", {}).get(one.language):
        yield "title differs from titles"
    for check in front.get("checked", ()):
        yield from (f"checked without {name}" for name in ("title", "found") if name not in check)


def _quotations(one: Written, vocabulary: Vocabulary) -> Iterator[str]:
    listed = {str(name) for field in KINDS for name in one.front.get(field) or ()}
    prose = [line for line in one.body.splitlines() if line and not line.startswith("#")]
    quotes = [(name, str(text)) for name, text in (one.front.get("evidence") or {}).items()]
    for link in one.front.get("links", ()):
        ends = (str(link.get("from")), str(link.get("to")))
        kinds = tuple(getattr(vocabulary.by_notation(name), "kind", None) for name in ends)
        if kinds not in {("problem", "cause"), ("countermeasure", "problem")}:
            yield f"link {ends}: from a problem to its cause, or from a measure to its problem"
        if not set(ends) <= listed:
            yield f"link {ends}: not in the lists of concepts"
        quotes.append((" > ".join(ends), str(link.get("quote"))))
    yield from (
        f"{name}: not quoted word for word" for name, text in quotes if not _in(text, prose)
    )
    yield from (f"{name}: no evidence" for name in listed - {name for name, _ in quotes})
    for field, kind in KINDS.items():
        for name in one.front.get(field) or ():
            if getattr(vocabulary.by_notation(str(name)), "kind", None) != kind:
                yield f"{name}: no {kind} of the vocabulary"


def _in(quote: str, paragraphs: list[str]) -> bool:
    return bool(quote.strip()) and any(quote in paragraph for paragraph in paragraphs)


def _versions() -> Iterator[tuple[Written, str]]:
    works = defaultdict(list)
    for one in starter_documents():
        works[one.front.get("work")].append(one)
    for versions in works.values():
        first = versions[0]
        if sorted(one.language for one in versions) != ["en", "zh"]:
            yield first, "not one version in each language"
        for field in (*SHARED, "verification", "date", "effective"):
            if any(one.front.get(field) != first.front.get(field) for one in versions):
                yield first, f"{field} differs between the versions"


def _shared_frames() -> Iterator[tuple[Written, str]]:
    users: dict[str, list[Written]] = defaultdict(list)
    for one in starter_documents():
        for frame in set(one.frames()):
            users[frame].append(one)
    for frame, sharing in sorted(users.items()):
        if len(sharing) > 1:
            for one in sharing:
                others = ", ".join(other.path.stem for other in sharing if other is not one)
                yield one, f"shares {frame!r} with {others}"


def main() -> None:
    """Prints the faults; exit 1 where there are any."""
    found = faults(sys.argv[1:])
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
