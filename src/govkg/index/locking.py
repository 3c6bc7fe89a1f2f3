"""Who is building, and who is reading: advisory locks that end with the process that holds them."""

import errno
import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

from govkg.errors import KnowledgeBaseError
from govkg.index.manifest import LOCK_FILE

BUILD_LOCK_FILE = ".build.lock"


class Lock:
    """A held lock; closing it, or the end of the process, lets go."""

    def __init__(self, descriptor: int | None) -> None:
        """Takes over an open, locked file descriptor, or None where no lock was possible."""
        self._descriptor = descriptor

    @property
    def held(self) -> bool:
        """Whether the lock still keeps others out."""
        return self._descriptor is not None

    def close(self) -> None:
        """Lets go; more than once does no harm."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "Lock":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class BuildLock(Lock):
    """The right to change an index folder; made by `build_lock`, asked for by `publish`."""

    def __init__(self, descriptor: int, index: Path) -> None:
        """Takes over the locked descriptor of an index folder's build lock."""
        super().__init__(descriptor)
        self.index = index

    def __enter__(self) -> "BuildLock":
        return self


def build_lock(index: Path) -> BuildLock:
    """Takes the build lock of an index folder, which is made if missing.

    The kernel lets go of it when its process ends, however that happens, so a lock file that
    was left behind locks nobody out.

    Raises:
        KnowledgeBaseError: another process is building, or the folder cannot be written.
    """
    path = index / BUILD_LOCK_FILE
    try:
        index.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise KnowledgeBaseError(
            f"the index cannot be written: {error.strerror}",
            where=str(index),
            remedy="name a folder that can be written with --index",
        ) from error
    if not _lock(descriptor, fcntl.LOCK_EX):
        holder = os.read(descriptor, 200).decode("utf-8", "replace").strip()
        os.close(descriptor)
        raise KnowledgeBaseError(
            f"a build by {holder or 'another process'} is running",
            where=str(index),
            remedy="wait until it has ended",
        )
    since = time.strftime("%Y-%m-%d %H:%M:%S")
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"process {os.getpid()} since {since}\n".encode(), 0)
    return BuildLock(descriptor, index)


def read_lock(version: Path) -> Lock | None:
    """A reader's shared lock on a version folder; None if the version is not there any more.

    Where no lock is possible the reader goes without: a folder that cannot be written cannot
    be cleaned either. A version that was copied without its lock file gets a new one.
    """
    path = version / LOCK_FILE
    try:
        descriptor = _opened(path)
    except FileNotFoundError:
        return None
    except OSError:
        return Lock(None)
    if _lock(descriptor, fcntl.LOCK_SH) and _is_still_at(descriptor, path):
        return Lock(descriptor)
    os.close(descriptor)
    return None


def removal_lock(version: Path) -> Lock | None:
    """An exclusive lock on a version folder, or None while someone reads it."""
    try:
        descriptor = os.open(version / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        return None
    if _lock(descriptor, fcntl.LOCK_EX):
        return Lock(descriptor)
    os.close(descriptor)
    return None


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _lock(descriptor: int, kind: int) -> bool:
    """Whether the lock was to be had; also where the file system knows no locks at all."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        return error.errno in {errno.ENOLCK, errno.EOPNOTSUPP}
    return True


def _is_still_at(descriptor: int, path: Path) -> bool:
    """Whether the locked file is still the one at this path, not one that was moved away."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
