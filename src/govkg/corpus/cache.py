"""Keeps what was parsed, by content, so that an unchanged or renamed file is not parsed again."""

import hashlib
import os
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

_DIGEST = 64
_ENTRY = re.compile(rf"[0-9a-f]{{{_DIGEST}}}\.json$")


@lru_cache(maxsize=1)
def reader_version() -> str:
    """A hash over the source of everything that decides how a file is parsed."""
    digest = hashlib.sha256()
    for package in ("govkg.corpus", "govkg.text"):
        for source in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if source.name.endswith(".py"):
                digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def content_key(suffix: str, data: bytes, sidecar: str) -> str:
    """The SHA-256 that stands for a file's bytes, its sidecar and the reader's version."""
    digest = hashlib.sha256(f"{reader_version()}\0{suffix}\0{len(data)}\0".encode())
    digest.update(data)
    digest.update(sidecar.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


class ReadingCache:
    """Parsed files under `directory`/reading, each with a checksum; None keeps nothing."""

    def __init__(self, directory: Path | None) -> None:
        self._folder = directory / "reading" if directory else None
        self._used: set[str] = set()
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, or None where nothing whole is."""
        self._used.add(f"{key}.json")
        path = self._folder / f"{key}.json" if self._folder else None
        if path is None or not path.is_file():
            return None
        kept = path.read_bytes()
        checksum, body = kept[:_DIGEST], kept[_DIGEST + 1 :]
        return body if hashlib.sha256(body).hexdigest().encode() == checksum else None

    def put(self, key: str, body: bytes) -> None:
        """Keeps a body under a key; a reader sees the whole of it or nothing."""
        if self._folder is None:
            return
        temporary = self._folder / f"{key}.{os.getpid()}.tmp"
        temporary.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        temporary.replace(self._folder / f"{key}.json")

    def prune(self) -> None:
        """Removes what this reading did not ask for: files that changed or are gone."""
        if self._folder is None:
            return
        for path in self._folder.iterdir():
            if _ENTRY.match(path.name) and path.name not in self._used:
                path.unlink(missing_ok=True)
