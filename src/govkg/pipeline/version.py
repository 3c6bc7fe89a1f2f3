"""The files of one version, and the id that names it."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from govkg.graph.queries import write_store
from govkg.index.files import (
    CANONICAL_FILES,
    ENCODERS_FOLDER,
    GRAPH_FILE,
    LABELS_FILE,
    LAYOUT,
    LEXICAL_FOLDER,
    QUESTIONS_FILE,
    ROWS_FILE,
    STORE_FOLDER,
    VECTORS_FILE,
)
from govkg.index.lexical import write_lexical
from govkg.index.manifest import Contents
from govkg.index.vectors import write_vectors
from govkg.model.document import Document, Passage
from govkg.pipeline.encoding import Matrix, PassageVectors
from govkg.search.corpus import corpus_files
from govkg.text.overlap import terms_of

_ID_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Searched:
    """What a question in one language is compared with: finding labels [n, d] and passages."""

    labels: Matrix
    passages: PassageVectors


@dataclass(frozen=True, slots=True)
class VersionContent:
    """Everything a version is written from; `searched` is by language.

    `save_encoders` writes the encoders of questions into a folder that does not exist.
    """

    documents: Sequence[Document]
    graph: Sequence[str]
    searched: Mapping[str, Searched]
    save_encoders: Callable[[Path], None]
    questions: Sequence[dict[str, str]]
    contents: Contents


def canonical_files(content: VersionContent) -> dict[str, bytes]:
    """The canonical files by name: the same content gives the same bytes everywhere."""
    graph = "".join(line + "\n" for line in content.graph)
    files = {GRAPH_FILE: graph, **corpus_files(content.documents)}
    return {name: files[name].encode("utf-8") for name in CANONICAL_FILES}


def build_identifier(content: VersionContent, files: dict[str, bytes]) -> str:
    """16 hexadecimal digits over the canonical files, the settings, the encoder and the code."""
    contents = content.contents
    identity = {
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in CANONICAL_FILES},
        "encoders": dict(contents.encoders),
        "settings": dict(contents.settings),
        "code": contents.code,
        "layout": LAYOUT,
    }
    digest = hashlib.sha256(json.dumps(identity, sort_keys=True).encode())
    return digest.hexdigest()[:_ID_CHARACTERS]


def write_version(folder: Path, content: VersionContent, files: dict[str, bytes]) -> None:
    """Writes every file of a version into an empty folder."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    write_store(folder / STORE_FOLDER, folder / GRAPH_FILE)
    for language, searched in sorted(content.searched.items()):
        write_vectors(folder / VECTORS_FILE.format(language=language), searched.passages.matrix)
        for name, array in ((ROWS_FILE, searched.passages.rows), (LABELS_FILE, searched.labels)):
            np.save(folder / name.format(language=language), array, allow_pickle=False)
    write_lexical(
        folder / LEXICAL_FOLDER, [_terms(d, p) for d in content.documents for p in d.passages]
    )
    questions = json.dumps(list(content.questions), ensure_ascii=False, indent=1)
    (folder / QUESTIONS_FILE).write_text(questions, "utf-8")
    content.save_encoders(folder / ENCODERS_FOLDER)


def _terms(document: Document, passage: Passage) -> dict[str, list[str]]:
    """A passage's index terms under its language, and those of the title and headings above it."""
    language = passage.language
    above = " ".join((document.title, *document.section_path(passage)))
    return {
        language: terms_of(passage.text, language),
        f"{language}_title": terms_of(above, language),
    }
