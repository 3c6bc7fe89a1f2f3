"""Users' SPARQL in killable workers: a whole answer within the limits, or one clear error."""

import json
import queue
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from govkg.errors import BusyError, KnowledgeBaseError, QueryError, QueryLimitError
from govkg.graph.formats import GRAPHS, TABLES
from govkg.model.identifiers import DEFAULT_BASE
from govkg.sandbox import Child, ChildDied, ChildTimeout, Zygote

_MODULE = "govkg.graph.worker"
_HEADER_BYTES = 4096  # the JSON line before the body, refusals included
_RETRY = "try again in a moment"


class NotAcceptableError(QueryError):
    """The client accepts none of the media types that the result can be written in."""


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """What queries may use.

    `seconds` and `memory_mb` are for one query, `memory_mb` on top of the shared graph; `waiting`
    is how many queries may queue for a worker.
    """

    workers: int = 2
    seconds: float = 10.0
    memory_mb: int = 512
    max_rows: int = 100_000
    max_bytes: int = 16 << 20
    waiting: int = 16


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """A serialised result: its media type, and its rows (triples for a graph, 1 for ASK)."""

    body: bytes
    media_type: str
    rows: int


class QueryPool:
    """Answers read-only SPARQL 1.1 over one RDF file; safe for threads.

    The default graph is the union of all graphs, unless the query or the caller names graphs;
    relative IRIs in queries belong to `base_iri`.
    Raises KnowledgeBaseError if the file cannot be loaded.
    """

    def __init__(
        self, graph: Path, limits: PoolLimits | None = None, base_iri: str = DEFAULT_BASE
    ) -> None:
        self.limits = limits or PoolLimits()
        self._free: queue.LifoQueue[Child | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._waiting = 0
        sizes = (self.limits.memory_mb, self.limits.max_rows, self.limits.max_bytes)
        numbers = [str(int(n)) for n in (*sizes, -(-self.limits.seconds // 1))]
        try:
            self._zygote = Zygote(_MODULE, str(graph.resolve()), base_iri, *numbers)
        except ChildDied as death:
            raise KnowledgeBaseError(
                f"the graph cannot be loaded: {death.reason}",
                where=str(graph),
                remedy="it must be a whole RDF file such as .nq, .nt, .ttl or .rdf",
            ) from None
        for _ in range(self.limits.workers):
            self._free.put(None)

    def query(
        self,
        text: str,
        accept: str = "*/*",
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> QueryAnswer:
        """The whole result in the media type that the Accept header likes best.

        Raises QueryError for a malformed or forbidden query, NotAcceptableError where no media
        type suits, QueryLimitError when time, memory, rows or bytes run out, and BusyError when
        too many queries wait already.
        """
        request = {
            "query": text,
            "accept": accept,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
        }
        worker = self._worker()
        try:
            worker = worker or self._zygote.fork()
            reply = self._call(worker, json.dumps(request).encode())
        except ChildDied as death:
            raise _broken(death, self.limits) from None
        finally:
            # A dead worker leaves its place to a new one.
            self._free.put(worker if worker and worker.alive else None)
        return _read(reply)

    def close(self) -> None:
        """Ends all workers; queries that still run fail."""
        self._zygote.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _worker(self) -> Child | None:
        with self._lock:
            if self._waiting >= self.limits.waiting:
                raise BusyError("too many queries are waiting", remedy=_RETRY)
            self._waiting += 1
        try:
            return self._free.get(timeout=self.limits.seconds)
        except queue.Empty:
            raise BusyError("no query worker became free in time", remedy=_RETRY) from None
        finally:
            with self._lock:
                self._waiting -= 1

    def _call(self, worker: Child, payload: bytes) -> bytes:
        try:
            return worker.call(payload, self.limits.seconds, self.limits.max_bytes + _HEADER_BYTES)
        except ChildTimeout:
            raise QueryLimitError(
                f"the query took longer than {self.limits.seconds:g} s",
                remedy="narrow it down or add a LIMIT",
            ) from None


def _broken(death: ChildDied, limits: PoolLimits) -> QueryError:
    if "SIGSEGV" in death.reason:  # the stack of a parser or planner that recurses
        return QueryError(
            "the query is too long or too deep for the engine",
            remedy="use VALUES instead of many alternatives",
        )
    problem = f"the query needed more than {limits.memory_mb} MB of memory"
    if "SIGXCPU" in death.reason:
        problem = f"the query took longer than {limits.seconds:g} s"
    return QueryLimitError(problem, remedy="narrow it down or add a LIMIT")


def _read(reply: bytes) -> QueryAnswer:
    line, _, body = reply.partition(b"\n")
    said: dict[str, Any] = json.loads(line)
    refused = said.get("refused")
    if refused is None:
        return QueryAnswer(body, said["media_type"], said["rows"])
    if refused == "NotAcceptable":
        offer = ", ".join([*TABLES, *GRAPHS])
        raise NotAcceptableError("no acceptable media type", remedy=f"accept one of {offer}")
    kind = QueryLimitError if refused == QueryLimitError.__name__ else QueryError
    raise kind(said["problem"], remedy=said["remedy"])
