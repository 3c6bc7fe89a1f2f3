"""Finds the ontology folder and loads its Turtle files, with errors that name file and line."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from govkg.errors import OntologyError

SHAPES_FILE = "shapes.ttl"
REQUIRED_FILES = ("govkg.ttl", "places.ttl", SHAPES_FILE, "vocabulary.ttl")
# Inside an installed package the copy lies beside this module.
PACKAGED_ONTOLOGY = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Ontology:
    """The ontology folder, its triples in a store's default graph, and what it was made of.

    `fingerprint` is the SHA-256 over the names and bytes of the files that a build depends on:
    all Turtle and all tables (`*.ttl`, `*.tsv`).
    """

    store: ox.Store
    directory: Path
    fingerprint: str


def find_ontology(explicit: Path | None = None) -> Path:
    """The folder given, else `./ontology`, else the copy that comes with the package.

    Raises:
        OntologyError: the folder given, or every one of them, lacks the vocabulary.
    """
    candidates = [explicit] if explicit else [Path("ontology"), PACKAGED_ONTOLOGY]
    for folder in candidates:
        if (folder / "vocabulary.ttl").is_file():
            return folder
    raise OntologyError(
        "no vocabulary.ttl there",
        where=str(candidates[0]),
        remedy="name the folder that holds govkg.ttl and vocabulary.ttl with --ontology",
    )


def load_ontology(directory: Path) -> Ontology:
    """Loads every Turtle file of the folder; the shapes are only checked to be well-formed.

    Raises:
        OntologyError: a file is missing, cannot be read, is malformed, or has a blank node.
    """
    for name in REQUIRED_FILES:
        if not (directory / name).is_file():
            raise OntologyError(
                "the file is missing",
                where=str(directory / name),
                remedy="restore it, or name another folder with --ontology",
            )
    store = ox.Store()
    for path in sorted(directory.glob("*.ttl")):
        quads = _parse(path)
        if path.name != SHAPES_FILE:
            _refuse_blank_nodes(path, quads)
            store.bulk_extend(quads)
    return Ontology(store, directory, _fingerprint(directory))


def _parse(path: Path) -> list[ox.Quad]:
    try:
        return list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise OntologyError(
            f"not well-formed Turtle: {error.msg}",
            where=f"{path}, line {error.lineno or 1}",
            remedy="correct the file",
        ) from error
    except OSError as error:
        raise OntologyError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _refuse_blank_nodes(path: Path, quads: list[ox.Quad]) -> None:
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise OntologyError(
                f"a blank node at {quad.predicate.value}",
                where=str(path),
                remedy="give the thing an IRI, so that every build names it alike",
            )


def _fingerprint(directory: Path) -> str:
    digest = hashlib.sha256()
    files = [*directory.glob("*.ttl"), *directory.glob("*.tsv")]
    for path in sorted(files, key=lambda one: one.name):
        content = path.read_bytes()
        digest.update(f"{path.name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
