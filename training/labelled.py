"""What extraction is trained on: labelled sentences, editors' quotes and written sentences.

Labels are kept by path, SHA-256 of the text and offsets (`labels/`); a label whose text is not at
hand, or has changed, is left out and counted. `guidelines.md` says how sentences were labelled.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from govkg.corpus.front_matter import split
from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.extract.mentions import DocumentReader
from govkg.extract.statements import Statement
from govkg.model.document import Document
from govkg.model.identifiers import Minter
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.text.segmentation import sentences

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus" / "documents"
# The digest of the paper on which extraction is measured.
LEFT_OUT = frozenset({"seed-paper"})
LISTS = ("problems", "causes", "countermeasures")


@dataclass(frozen=True)
class Labelled:
    """A statement of a document with what people say that it states.

    `around` are all statements of the document in the same language.
    """

    statement: Statement
    document_type: str
    title: str
    work: str
    around: tuple[str, ...]
    kinds: frozenset[str]
    concepts: frozenset[str]


@dataclass(frozen=True)
class Quoted:
    """A sentence that an editor quotes for concepts; `work` is the work that it stands in."""

    text: str
    work: str
    concepts: frozenset[str]


@dataclass(frozen=True)
class Written:
    """A sentence written for a concept: it states it, or only seems to."""

    text: str
    notation: str
    states: bool
    style: str


def labelled(
    language: str, trials: Path, vocabulary: Vocabulary, places: Places, cache: Path
) -> tuple[list[Labelled], int]:
    """The labelled statements of a language in a fixed order, and how many labels were left out."""
    lines = (HERE / "labels" / f"{language}.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    context = ReadingContext(Minter(), places, cache)
    reader = DocumentReader(vocabulary, places, context.minter)
    documents: dict[tuple[str, str], Document] = {}
    for folder in (CORPUS, trials / "documents"):
        if folder.is_dir():
            for document in read_corpus(folder, context).documents:
                documents[document.path, document.sha256] = document
    statements: dict[tuple[str, str], dict[int, Statement]] = {}
    found = []
    for record in records:
        key = record["path"], record["sha256"]
        document = documents.get(key)
        if document is None:
            continue
        if key not in statements:
            statements[key] = {s.start: s for s in reader.read(document).statements}
        statement = statements[key].get(record["start"])
        if statement is None or statement.end != record["end"]:
            continue
        kinds, concepts = frozenset(record["kinds"]), frozenset(record["concepts"])
        work = document.work or document.key
        around = tuple(
            s.text for s in statements[key].values() if s.language == language and s.asserts
        )
        found.append(
            Labelled(statement, document.type, document.title, work, around, kinds, concepts)
        )
    return found, len(records) - len(found)


def quoted(language: str) -> Iterator[Quoted]:
    """The sentences of the starter corpus that editors quote, but those of LEFT_OUT."""
    for path in sorted(CORPUS.rglob("*.md")):
        front, body, _ = split(path.read_text("utf-8"))
        if front["work"] in LEFT_OUT or front["language"] != language:
            continue
        evidence = {name: str(quote) for name, quote in (front.get("evidence") or {}).items()}
        for line in body.splitlines():
            if not line or line.startswith("#"):
                continue
            for start, end in sentences(line, language):
                text = line[start:end]
                for_ = {n for n, quote in evidence.items() if quote in text or text in quote}
                if for_:
                    yield Quoted(text, front["work"], frozenset(for_))


def written(language: str) -> list[Written]:
    """The sentences written for the concepts, in a fixed order."""
    lines = (HERE / "sentences" / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [Written(**json.loads(line)) for line in lines]
