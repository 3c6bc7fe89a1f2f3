"""What a version of the base consists of, and whether its files still are what they were."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from govkg.errors import KnowledgeBaseError
from govkg.index.durable import sha256_file

MANIFEST_FILE = "manifest.json"
LOCK_FILE = ".lock"
# Raise this when a base of the old kind can no longer be read.
FORMAT = 3
REBUILD = "run `govkg build` to make it again"
# A build id is a folder's name and comes from a file that anyone may have edited.
_BUILD_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,127}")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a build says of itself: encoder ids by role, settings, counts, code version.

    All values are JSON values. Nothing here may depend on the clock or on a folder's place.
    """

    encoders: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a version: the SHA-256 of its bytes and how many there are."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A version's build id, contents and files, by name relative to its folder."""

    build: str
    contents: Contents
    files: Mapping[str, File]
    format: int = FORMAT


def is_build_id(text: str) -> bool:
    """Whether a text can be a build id: 1 to 128 letters, digits, hyphens and underscores."""
    return _BUILD_ID.fullmatch(text) is not None


def build_id(canonical: Iterable[tuple[str, Path]], contents: Contents) -> str:
    """The id of what a build would publish: SHA-256 over canonical files and contents.

    Args:
        canonical: name and path of each file that is the same for the same corpus.
        contents: what else decides the answers; its counts follow from the files.

    Raises:
        OSError: a file cannot be read.
    """
    identity = {
        "format": FORMAT,
        "files": {name: sha256_file(path) for name, path in canonical},
        "encoders": dict(contents.encoders),
        "settings": dict(contents.settings),
        "code": contents.code,
    }
    return hashlib.sha256(_canonical(identity)).hexdigest()


def write_manifest(folder: Path, build: str, contents: Contents) -> None:
    """Writes the manifest of everything in a folder; OSError if that cannot be done."""
    files = {
        path.relative_to(folder).as_posix(): File(sha256_file(path), path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path not in {folder / MANIFEST_FILE, folder / LOCK_FILE}
    }
    record = asdict(Manifest(build, contents, files))
    record["checksum"] = hashlib.sha256(_canonical(record)).hexdigest()
    text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Reads the manifest of the version in a folder, checked against its own checksum.

    Raises:
        KnowledgeBaseError: missing, damaged, of another format, or another build's.
    """
    path = folder / MANIFEST_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        checksum = record.pop("checksum")
        if record["format"] != FORMAT:
            raise _damaged(f"format {record['format']} instead of {FORMAT}", path)
        if checksum != hashlib.sha256(_canonical(record)).hexdigest():
            raise _damaged("the manifest does not match its own checksum", path)
        record["contents"] = Contents(**record["contents"])
        record["files"] = {name: File(**file) for name, file in record["files"].items()}
        manifest = Manifest(**record)
    except FileNotFoundError as error:
        raise _damaged("the manifest is missing", path) from error
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise _damaged("the manifest cannot be read", path) from error
    if manifest.build != folder.name:
        raise _damaged(f"the manifest is that of build {manifest.build}", path)
    return manifest


def check_version(folder: Path) -> Manifest:
    """The manifest of the version in a folder, after every file matched its SHA-256.

    Raises:
        KnowledgeBaseError: the first thing found missing or different, and where.
    """
    manifest = read_manifest(folder)
    for name, file in sorted(manifest.files.items()):
        path = folder / PurePosixPath(name)
        try:
            size = path.stat().st_size
            if size != file.bytes:
                raise _damaged(f"{size} bytes instead of {file.bytes}", path)
            if sha256_file(path) != file.sha256:
                raise _damaged("the content does not match its SHA-256", path)
        except FileNotFoundError as error:
            raise _damaged("the file is missing", path) from error
        except OSError as error:
            raise _damaged(f"the file cannot be read ({error.strerror})", path) from error
    return manifest


def _canonical(record: Mapping[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def _damaged(problem: str, path: Path) -> KnowledgeBaseError:
    return KnowledgeBaseError(problem, where=str(path), remedy=REBUILD)
