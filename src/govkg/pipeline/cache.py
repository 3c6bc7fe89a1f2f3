"""What was derived from a document, kept by the hash of everything it depends on."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from govkg.index.durable import replace_file
from govkg.model.identifiers import sha256


def cache_key(*parts: str) -> str:
    """One key for all that a derived thing depends on."""
    return sha256("\x1f".join(parts))


class TextCache:
    """Texts by key in one folder, each with its checksum; a damaged one counts as absent."""

    def __init__(self, folder: Path, suffix: str) -> None:
        """Takes the folder, made if missing, and the ending of its files."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._suffix = suffix
        self._used: set[str] = set()

    def get_or_make(self, key: str, make: Callable[[], str]) -> str:
        """The text kept under a key, or the one made now and kept from now on."""
        path = self._folder / f"{key}{self._suffix}"
        self._used.add(path.name)
        kept = _whole(path)
        if kept is not None:
            return kept.decode("utf-8")
        text = make()
        body = text.encode("utf-8")
        replace_file(path, _checksum(body) + b"\n" + body, durable=False)
        return text

    def prune(self) -> None:
        """Drops every file that was not asked for since this cache was opened."""
        for path in _files(self._folder):
            if path.name not in self._used:
                path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _whole(path: Path) -> bytes | None:
    try:
        checksum, _, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    return body if checksum == _checksum(body) else None


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")
