"""An index folder seen by its one writer: a new version appears whole, or not at all."""

import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from govkg.errors import KnowledgeBaseError
from govkg.index.bundle import (
    CURRENT_FILE,
    HISTORY_FILE,
    VERSIONS_FOLDER,
    read_history,
    version_folders,
)
from govkg.index.durable import UNFINISHED, remove, rename_folder, replace_file, unfinished_in
from govkg.index.locking import BuildLock, removal_lock
from govkg.index.manifest import (
    LOCK_FILE,
    Contents,
    check_version,
    is_build_id,
    write_manifest,
)

REPORT_FILE = "report.json"
# The current version and the one before it, to fall back on.
_KEPT_VERSIONS = 2
# A version on its way out, for as long as a reader still holds it.
_REMOVED = ".old-"


def publish(lock: BuildLock, build: str, contents: Contents, write: Callable[[Path], None]) -> Path:
    """Makes a build the current version, and removes versions that nobody needs.

    `write` fills an empty folder; nothing is visible before all of it is on the disk. A build
    that is there already and whole is not written again.

    Args:
        lock: the held build lock of the index folder.
        build: its id, see `manifest.build_id`.
        contents: goes into the manifest.
        write: is given the folder to fill; its errors pass through, nothing is published.

    Returns:
        The folder of the version.

    Raises:
        KnowledgeBaseError: the index folder cannot be written.
        ValueError: the lock was let go, or the build id is not one.
    """
    if not lock.held or not is_build_id(build):
        raise ValueError(f"no lock, or not a build id: {build!r}")
    index = lock.index
    version = index / VERSIONS_FOLDER / build
    try:
        version.parent.mkdir(exist_ok=True)
        # Whoever left these is dead: a living builder would hold the lock.
        remove([*unfinished_in(version.parent), *unfinished_in(index)])
        if not _is_whole(version):
            _write_version(version, contents, write)
        _point_to(index, build)
        clean(lock)
    except OSError as error:
        raise KnowledgeBaseError(
            f"the index cannot be written: {error.strerror or error}",
            where=str(error.filename or index),
            remedy="make room or name another folder with --index, then build again",
        ) from error
    return version


def write_report(index: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replaces report.json by these rows, whole; KnowledgeBaseError if that is impossible."""
    text = json.dumps(list(rows), ensure_ascii=False, indent=1)
    try:
        index.mkdir(parents=True, exist_ok=True)
        replace_file(index / REPORT_FILE, f"{text}\n".encode())
    except OSError as error:
        raise KnowledgeBaseError(
            f"the report cannot be written: {error.strerror or error}", where=str(index)
        ) from error


def clean(lock: BuildLock) -> None:
    """Removes versions other than the last two that nobody reads; what resists stays."""
    index = lock.index
    kept = read_history(index)[-_KEPT_VERSIONS:]
    for version in version_folders(index):
        if version.name not in kept:
            _remove_unread(version)
    for version in sorted((index / VERSIONS_FOLDER).glob(f"{_REMOVED}*")):
        _remove_unread(version)


def _is_whole(version: Path) -> bool:
    try:
        check_version(version)
    except KnowledgeBaseError:
        return False
    return True


def _write_version(version: Path, contents: Contents, write: Callable[[Path], None]) -> None:
    unfinished = version.with_name(f"{UNFINISHED}{os.getpid()}")
    unfinished.mkdir()
    try:
        write(unfinished)
        write_manifest(unfinished, version.name, contents)
        (unfinished / LOCK_FILE).touch()
        if version.exists():
            version.rename(_aside(version))
        rename_folder(unfinished, version)
    finally:
        remove([unfinished])


def _point_to(index: Path, build: str) -> None:
    """Lets CURRENT name a build; the history comes first, so that it knows what CURRENT names."""
    present = {path.name for path in version_folders(index)}
    earlier = [name for name in read_history(index) if name in present and name != build]
    replace_file(index / HISTORY_FILE, "".join(f"{b}\n" for b in [*earlier, build]).encode())
    replace_file(index / CURRENT_FILE, f"{build}\n".encode())


def _remove_unread(version: Path) -> None:
    """Removes a version under a lock that keeps readers out, if there are none now."""
    held = removal_lock(version)
    if held is None:
        return
    with held:
        if not version.name.startswith(_REMOVED):
            # Half a version must never bear a version's name.
            version = version.rename(_aside(version))
        remove([version])


def _aside(version: Path) -> Path:
    """A name out of the readers' sight; random, because a reader may hold the last one still."""
    return version.with_name(f"{_REMOVED}{secrets.token_hex(8)}-{version.name}")
