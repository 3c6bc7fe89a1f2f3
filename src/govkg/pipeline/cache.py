"""What was derived from a document, kept by the hash of everything it depends on."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from govkg.model.identifiers import sha256


def cache_key(*parts: str) -> str:
    """One key for all that a derived thing depends on."""
    return sha256("\x1f".join(parts))


class TextCache:
    """Text files by key in one folder; files no build used are dropped by `prune`."""

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
        try:
            return path.read_text("utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            text = make()
            # Renamed into place, so that a build killed here leaves no half file behind.
            temporary = path.with_suffix(f".tmp-{os.getpid()}")
            temporary.write_text(text, "utf-8")
            temporary.replace(path)
            return text

    def prune(self) -> None:
        """Drops every file that was not asked for since this cache was opened."""
        for path in _files(self._folder):
            if path.name not in self._used:
                path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())
