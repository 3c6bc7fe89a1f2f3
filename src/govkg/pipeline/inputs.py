"""Everything that decides a build, as one hash, without reading or loading any of it twice."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from govkg.errors import CorpusError
from govkg.index.chosen_encoder import model_hash

# What one document's part of the graph is made by.
PART_MAKERS = (
    "extract",
    "extract/data",
    "graph",
    "model",
    "ontology",
    "text",
    "pipeline/documents.py",
)
# What the files of a version are made by; the rest of the package only reads them.
VERSION_MAKERS = (
    *PART_MAKERS,
    "corpus",
    "index",
    "index/data/chinese",
    "pipeline",
    "search/corpus.py",
)
# Source, and what was learnt.
_DECIDING = (".py", ".json", ".safetensors")
_CODE_CHARACTERS = 12


def code_hash(makers: Sequence[str] = VERSION_MAKERS) -> str:
    """12 hexadecimal digits over the source of these packages and modules of govkg."""
    package = files("govkg")
    digest = hashlib.sha256()
    for source in (source for maker in makers for source in _sources(package / maker)):
        content = source.read_bytes()
        digest.update(f"{source.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:_CODE_CHARACTERS]


def inputs_hash(corpus: Path, ontology: Path, made_by: Mapping[str, str]) -> str:
    """The SHA-256 over every file of corpus and ontology, by path, and what builds them.

    Raises:
        CorpusError: a folder cannot be listed.
    """
    digest = hashlib.sha256()
    for name, value in sorted(made_by.items()):
        digest.update(f"{name}\0{value}\0".encode())
    for folder in (corpus, ontology):
        digest.update(_folder_digest(folder) + b"\0")
    return digest.hexdigest()


def model_mark(model: str) -> str:
    """What decides the vectors of a chosen model: the hash of its files; empty without one.

    Raises:
        KnowledgeBaseError: there is no such model, or it cannot be read.
    """
    return model_hash(model) if model else ""


def _folder_digest(folder: Path) -> bytes:
    digest = hashlib.sha256()
    for path in sorted(_walk(folder)):
        digest.update(os.fsencode(path.relative_to(folder)) + b"\0" + _content(path) + b"\0")
    return digest.digest()


def _sources(part: Traversable) -> list[Traversable]:
    if part.is_file():
        return [part]
    found = [source for source in part.iterdir() if source.name.endswith(_DECIDING)]
    return sorted(found, key=lambda source: source.name)


def _walk(folder: Path) -> Iterator[Path]:
    """All that is not a folder; links to folders are not entered, as the reader does not."""
    for root, folders, names in os.walk(folder, onerror=_refuse):
        entered = Path(root)
        yield from (entered / name for name in names)
        yield from (entered / name for name in folders if (entered / name).is_symlink())


def _refuse(error: OSError) -> None:
    raise CorpusError(
        f"cannot be listed: {error.strerror}",
        where=str(error.filename),
        remedy="check its permissions",
    ) from error


def _content(path: Path) -> bytes:
    """The hash of a plain file's bytes, or what else stands there: a link, a pipe, no access."""
    try:
        if path.is_symlink():
            return b"link " + os.fsencode(path.readlink()) + str(path.is_dir()).encode()
        if not path.is_file():
            return b"no plain file"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        return f"unreadable {error.errno}".encode()
