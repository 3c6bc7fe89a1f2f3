"""Finds the files of a corpus and takes their bytes, never following a link out of it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from govkg.corpus.readers import READERS
from govkg.errors import CorpusError

MAX_BYTES = 50 << 20
_SIDECAR_ENDINGS = (".yaml", ".yml")
_MAX_SIDECAR_BYTES = 256 << 10
# Curators' decisions are replayed by the extraction, not read as documents.
_DECISIONS = "annotations"
_WORD_REMEDY = "save it as .docx"
_UNREAD = {
    ".csv": "a table, not a text",
    ".tsv": "a table, not a text",
    ".xlsx": "a spreadsheet, not a text",
    ".xls": "a spreadsheet, not a text",
    ".et": "a spreadsheet, not a text",
    ".doc": f"an old Word file: {_WORD_REMEDY}",
    ".wps": f"a WPS file: {_WORD_REMEDY}",
    ".rtf": f"a rich text file: {_WORD_REMEDY}",
    ".odt": f"an OpenDocument file: {_WORD_REMEDY}",
    ".ofd": "an OFD file: save it as PDF with text",
    ".png": "an image",
    ".jpg": "an image",
    ".jpeg": "an image",
    ".gif": "an image",
    ".zip": "an archive: unpack it",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file found: its path in the corpus, and why it is no document where it is none."""

    path: str
    ignored: str = ""
    sidecar: str = ""

    @property
    def suffix(self) -> str:
        """The file's ending in lower case, which chooses its reader."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def shown(self) -> str:
        """The path with undecodable bytes escaped, so that it can be written as UTF-8."""
        return self.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def find_files(directory: Path) -> list[Found]:
    """Every file of the corpus, sorted by path; links to folders are not entered.

    Raises:
        CorpusError: there is no such folder, or it cannot be listed.
    """
    if not directory.is_dir():
        raise CorpusError("no such folder", where=str(directory), remedy="name the corpus folder")
    paths = sorted(_walk(directory))
    names = set(paths)
    return [_found(directory, path, names) for path in paths]


def _walk(directory: Path) -> Iterator[str]:
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(directory / folder))
        except OSError as error:
            raise CorpusError(
                f"cannot be listed: {error.strerror}",
                where=folder or str(directory),
                remedy="check its permissions",
            ) from error
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                yield path


def _found(directory: Path, path: str, names: set[str]) -> Found:
    name = PurePosixPath(path)
    reason = _set_aside(directory, name)
    if reason:
        return Found(path, reason)
    stem, suffix = str(name.with_suffix("")), name.suffix.lower()
    if suffix in READERS:
        beside = [base + ending for base in (path, stem) for ending in _SIDECAR_ENDINGS]
        return Found(path, sidecar=next((other for other in beside if other in names), ""))
    if suffix in _SIDECAR_ENDINGS:
        described = sorted(other for other in names if other != path and _names(other, stem))
        return Found(path, f"describes {described[0]}" if described else "describes no document")
    return Found(path, _UNREAD.get(suffix, f"unknown type {suffix or 'without ending'}"))


def _set_aside(directory: Path, name: PurePosixPath) -> str:
    """Why a file is left alone whatever its type, or nothing."""
    if any(part.startswith((".", "~$")) for part in name.parts):
        return "hidden or temporary"
    if name.parts[0] == _DECISIONS:
        return "curators' decisions, not a document"
    if name.stem.lower() == "readme":
        return "describes the folder, not a document"
    return "a link to a folder is not followed" if (directory / name).is_dir() else ""


def _names(document: str, stem: str) -> bool:
    return document == stem or str(PurePosixPath(document).with_suffix("")) == stem


def take(directory: Path, found: Found) -> tuple[bytes, str]:
    """The bytes of a document and the text of its sidecar (empty where it has none).

    Raises:
        CorpusError: the file is no plain file in the corpus, too large, or unreadable.
    """
    data = _take(directory, found.path, MAX_BYTES)
    sidecar = _take(directory, found.sidecar, _MAX_SIDECAR_BYTES) if found.sidecar else b""
    return data, sidecar.decode("utf-8-sig", "replace")


def _take(directory: Path, path: str, most: int) -> bytes:
    full = directory / path
    try:
        status = os.lstat(full)
        if stat.S_ISLNK(status.st_mode):
            raise CorpusError("a link", remedy="put the file itself into the corpus")
        if not stat.S_ISREG(status.st_mode):
            raise CorpusError("not a plain file", remedy="remove it from the corpus")
        if not full.resolve().is_relative_to(directory.resolve()):
            raise CorpusError("lies outside the corpus", remedy="move it into the corpus")
        if status.st_size > most:
            raise CorpusError(
                f"too large: {status.st_size} bytes, at most {most} are read",
                remedy="split the file",
            )
        # The file may have been swapped since: links and pipes are refused again on opening.
        handle = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise CorpusError("not a plain file", remedy="remove it from the corpus")
            return file.read(most)
    except OSError as error:
        raise CorpusError(
            f"cannot be read: {error.strerror}", remedy="check that it exists and may be read"
        ) from error
