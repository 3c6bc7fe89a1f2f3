"""The sandboxed side of the query pool: loads a graph once, answers queries in limited children."""

import csv
import io
import json
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from govkg.errors import QueryError, QueryLimitError
from govkg.graph.formats import GRAPHS, TABLES, negotiate, write_graph
from govkg.graph.protection import check_graph_name, inspect
from govkg.graph.rules import merge_graphs
from govkg.sandbox import Limits

_MEBIBYTE = 1 << 20
# A row of JSON results begins `{"name"`; a quote that ends a text is followed by , } or ].
_JSON_ROW = re.compile(rb'[\[,]\{"[^,}\]]')
_LONGEST_MESSAGE = 300  # characters; the engine lists every token that it would have accepted


@dataclass(frozen=True, slots=True)
class State:
    """What the children share: the graph and how large an answer may get."""

    store: ox.Store
    base_iri: str
    memory_mb: int
    max_rows: int
    max_bytes: int
    seconds: int


class _NotAcceptable(Exception):  # noqa: N818
    """The client accepts no media type that this form of query has."""


class _Sink(io.BytesIO):
    """A file in memory that refuses to grow past a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, part: Any) -> int:
        if self.tell() + len(part) > self._limit:
            raise QueryLimitError(
                f"the result is larger than {self._limit} bytes", remedy="add a LIMIT"
            )
        return super().write(part)


def prepare(graph: str, base_iri: str, *numbers: str) -> State:
    """Loads the graph; relative IRIs of queries belong to `base_iri`.

    The numbers are memory in MB, rows, bytes and seconds of one query.
    """
    memory_mb, max_rows, max_bytes, seconds = map(int, numbers)
    path = Path(graph)
    store = ox.Store()
    suffix = path.suffix.removeprefix(".").lower()
    store.bulk_load(path=str(path), format=ox.RdfFormat.from_extension(suffix))
    merge_graphs(store)
    return State(store, base_iri, memory_mb, max_rows, max_bytes, seconds)


def limits(state: State) -> Limits:
    """No files, and the processor time of the deadline and a little more."""
    return Limits(
        memory_bytes=state.memory_mb * _MEBIBYTE,
        open_files=0,
        cpu_seconds=state.seconds + 2,
        # Heavy queries give way to the process that serves everyone.
        niceness=5,
    )


def handle(state: State, payload: bytes) -> bytes:
    """A JSON line that says how it went, followed by the body of the result.

    The payload is JSON: query, accept, default_graphs and named_graphs.
    """
    request = json.loads(payload)
    try:
        media_type, rows, body = _answer(state, request)
    except (QueryError, _NotAcceptable) as error:
        return _refusal(error)
    except (SyntaxError, ValueError, RuntimeError, OSError, OverflowError) as error:
        return _refusal(QueryError(_in_short(str(error))))
    return json.dumps({"media_type": media_type, "rows": rows}).encode() + b"\n" + body


def _answer(state: State, request: dict[str, Any]) -> tuple[str, int, bytes]:
    outline = inspect(request["query"])
    # Said early where the form is plain, so that a long query is not run for nothing.
    wanted = negotiate(request["accept"], tuple(TABLES if _tabular(outline.form) else GRAPHS))
    if wanted is None:
        raise _NotAcceptable
    dataset = _dataset(request)
    result = state.store.query(request["query"], base_iri=state.base_iri, **dataset)
    if isinstance(result, ox.QueryTriples):
        return wanted, *_graph(state, result, wanted)
    sink = _Sink(state.max_bytes)
    result.serialize(sink, format=TABLES[wanted])
    body = sink.getvalue()
    rows = 1 if isinstance(result, ox.QueryBoolean) else _rows(body, TABLES[wanted])
    if rows > state.max_rows:
        raise _too_many_rows(state)
    return wanted, rows, body


def _tabular(form: str) -> bool:
    return form in {"SELECT", "ASK", ""}


def _dataset(request: dict[str, Any]) -> dict[str, Any]:
    default, named = request["default_graphs"], request["named_graphs"]
    for iri in (*default, *named):
        check_graph_name(iri)
    if default or named:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in default],
            "named_graphs": [ox.NamedNode(iri) for iri in named],
        }
    return {}


def _graph(state: State, result: ox.QueryTriples, media_type: str) -> tuple[int, bytes]:
    triples = list(islice(result, state.max_rows + 1))
    if len(triples) > state.max_rows:
        raise _too_many_rows(state)
    triples.sort(key=str)
    sink = _Sink(state.max_bytes)
    write_graph(triples, sink, media_type)
    return len(triples), sink.getvalue()


def _too_many_rows(state: State) -> QueryLimitError:
    return QueryLimitError(f"the result has more than {state.max_rows} rows", remedy="add a LIMIT")


def _rows(body: bytes, kind: ox.QueryResultsFormat) -> int:
    if kind == ox.QueryResultsFormat.XML:
        return body.count(b"<result>")
    if kind == ox.QueryResultsFormat.TSV:
        return body.count(b"\n") - 1
    if kind == ox.QueryResultsFormat.CSV:
        return sum(1 for _ in csv.reader(io.StringIO(body.decode(), newline=""))) - 1
    if b"{}" in body:  # perhaps a row without a value, perhaps a text that looks like one
        return len(json.loads(body)["results"]["bindings"])
    return len(_JSON_ROW.findall(body))


def _in_short(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_MESSAGE else line[:_LONGEST_MESSAGE] + " …"


def _refusal(error: QueryError | _NotAcceptable) -> bytes:
    said = {"refused": type(error).__name__.strip("_")}
    if isinstance(error, QueryError):
        said |= {"problem": error.problem, "remedy": error.remedy}
    return json.dumps(said).encode() + b"\n"
