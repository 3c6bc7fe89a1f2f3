"""The knowledge base in service, and its replacement by a newer build without a lost request."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from govkg.errors import KnowledgeBaseError
from govkg.index.bundle import CURRENT_FILE, current_build
from govkg.knowledge_base import KnowledgeBase
from govkg.settings import Settings

_LOG = logging.getLogger(__name__)
# How often a newer build is looked for, in seconds; the contract is to notice within two, and
# loading it takes its time as well.
POLL_SECONDS = 0.5


class _Open:
    """An open base and how many requests use it; closed when it is retired and unused."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.users = 0
        self.retired = False


class CurrentBase:
    """Holds the current base; a new build is loaded beside it and takes its place at once.

    A build that cannot be opened is refused, once, with a warning, and the last whole one serves
    on. Raises KnowledgeBaseError where there is nothing to serve at the start.
    """

    def __init__(self, settings: Settings, poll_seconds: float = POLL_SECONDS) -> None:
        self._settings = settings
        self._poll_seconds = poll_seconds
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._seen = self._published()
        self._open = _Open(self._load())
        self._watcher = threading.Thread(target=self._watch, name="new-build-watcher", daemon=True)
        self._watcher.start()

    @contextmanager
    def current(self) -> Iterator[KnowledgeBase]:
        """The current base, kept open for as long as the block runs."""
        with self._lock:
            held = self._open
            held.users += 1
        try:
            yield held.base
        finally:
            with self._lock:
                held.users -= 1
                unused = held.retired and not held.users
            if unused:
                held.base.close()

    def close(self) -> None:
        """Stops looking for new builds and closes the base once no request uses it."""
        self._stopping.set()
        self._watcher.join()
        self._retire(self._open)

    def _watch(self) -> None:
        while not self._stopping.wait(self._poll_seconds):
            self.look()

    def look(self) -> None:
        """Looks for a newer build now, and puts it in service if there is one."""
        published = self._published()
        if published is None or published == self._seen:
            return
        self._seen = published
        try:
            base = self._load()
        except KnowledgeBaseError as error:
            _LOG.warning("build %s is not put in service: %s", published[0], error)
            return
        if base.build == self._open.base.build:
            base.close()
            return
        with self._lock:
            old, self._open = self._open, _Open(base)
        self._retire(old)
        _LOG.info("build %s is in service", base.build)

    def _published(self) -> tuple[str, int] | None:
        """The current build and when it was published: one that was damaged may come again."""
        build = current_build(self._settings.index)
        try:
            changed = (self._settings.index / CURRENT_FILE).stat().st_mtime_ns
        except OSError:
            return None
        return (build, changed) if build else None

    def _load(self) -> KnowledgeBase:
        base = KnowledgeBase.open(self._settings.index, self._settings)
        base.warm_up()
        if base.warning:
            _LOG.warning("%s", base.warning)
        return base

    def _retire(self, held: _Open) -> None:
        with self._lock:
            held.retired = True
            unused = not held.users
        if unused:
            held.base.close()
