"""Files that are either wholly there or not there at all, also after a crash or a power cut."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# Folders under construction start with this; a reader never looks into them.
UNFINISHED = ".tmp-"


def sha256_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hexadecimal digits; OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Waits until a file's bytes, or a folder's list of names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Waits until a folder with everything in it is on the disk."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def replace_file(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Puts this content in the place of a file: a reader sees the old or the new, whole.

    The file's folder must exist; OSError if it cannot be written, and then the old file stays.
    With `durable=False` a power cut may spoil it: for what is checked and can be made again.
    """
    unfinished = path.with_name(f"{UNFINISHED}{os.getpid()}-{path.name}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
    if durable:
        sync(path.parent)


def rename_folder(unfinished: Path, finished: Path) -> None:
    """Gives a complete folder its final name, on the disk before the name is."""
    sync_tree(unfinished)
    unfinished.rename(finished)
    sync(finished.parent)


def unfinished_in(folder: Path) -> list[Path]:
    """What interrupted writers left directly in a folder, in order of name."""
    return sorted(folder.glob(f"{UNFINISHED}*"))


def remove(paths: Iterable[Path]) -> None:
    """Deletes files and folders; what cannot be deleted stays, for the next time."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
