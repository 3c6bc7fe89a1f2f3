"""The SPARQL 1.1 protocol, reading only: `GET` and `POST /sparql`."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Request
from starlette.responses import Response

from govkg.errors import GovkgError
from govkg.graph.formats import FORMAT_NAMES, GRAPHS, TABLES, accept_of, negotiate
from govkg.graph.pool import QueryAnswer
from govkg.serve.ask import content_type
from govkg.serve.pages import Pages
from govkg.serve.problems import Refusal

PATH = "/sparql"
Ask = Callable[[str, str, tuple[str, ...], tuple[str, ...]], QueryAnswer]
_MOST_PARAMETERS = 1_000
_HTML = "text/html"
# Stands for "the client does not care": first in an offer, it wins only against wildcards.
_ANYTHING = "application/x-anything"
_DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML,
    formats:SPARQL_Results_CSV, formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples,
    formats:RDF_XML, formats:JSON-LD, formats:N-Quads, formats:TriG .
"""
_VARY = {"Vary": "Accept"}
_PREFLIGHT = {
    "Allow": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query as sent: its text, the graphs it is put to, and the format named in the URL."""

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str


def sparql_routes(ask: Ask, pages: Pages, threads: int) -> APIRouter:
    """The endpoint; at most `threads` requests wait for query workers at once."""
    router = APIRouter()
    limiter: list[CapacityLimiter] = []

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        asked = await _read(request)
        if asked is None:
            return _nothing_asked(request, pages)
        if not limiter:  # belongs to the running event loop
            limiter.append(CapacityLimiter(threads))
        return await anyio.to_thread.run_sync(
            partial(_respond, ask, pages, request, asked), limiter=limiter[0]
        )

    router.add_api_route(PATH, answer, methods=["GET", "POST", "OPTIONS"], response_model=None)
    return router


def _respond(ask: Ask, pages: Pages, request: Request, asked: _Asked) -> Response:
    accept = _accept(request, asked.format)
    if accept != _HTML:
        found = ask(asked.text, accept, asked.default_graphs, asked.named_graphs)
        return _plain(found)
    machine = "application/sparql-results+json, text/turtle"
    try:
        found = ask(asked.text, machine, asked.default_graphs, asked.named_graphs)
    except GovkgError as error:
        return pages.workbench(request, asked.text, problem=error)
    if found.media_type == "text/turtle":
        return pages.workbench(request, asked.text, turtle=found.body.decode())
    return pages.workbench(request, asked.text, table=json.loads(found.body), rows=found.rows)


def _plain(found: QueryAnswer) -> Response:
    charset = "; charset=utf-8" if found.media_type.startswith("text/") else ""
    headers = {**_VARY, "Content-Type": found.media_type + charset}
    return Response(found.body, headers=headers)


def _accept(request: Request, name: str) -> str:
    """What the client accepts; exactly `text/html` where a page is what it likes best."""
    if name:
        accept = _HTML if name.strip().lower() in {"html", _HTML} else accept_of(name)
        if accept is None:
            raise Refusal(400, f"format is not one of {', '.join(('html', *FORMAT_NAMES))}")
        return accept
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    likes = negotiate(accept, (_ANYTHING, *TABLES, *GRAPHS, _HTML))
    return _HTML if likes == _HTML else accept


def _nothing_asked(request: Request, pages: Pages) -> Response:
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    likes = negotiate(accept, (_ANYTHING, _HTML, "text/turtle", "application/rdf+xml"))
    if likes == _HTML:
        return pages.workbench(request, "")
    if likes == "text/turtle":
        return Response(_DESCRIPTION, media_type=likes, headers=_VARY)
    raise Refusal(400, "the parameter query is missing")


async def _read(request: Request) -> _Asked | None:
    """The query of a request; None for a GET that asks nothing."""
    in_url = _parameters(request.url.query.encode())
    if request.method == "GET":
        if "query" not in in_url and "update" not in in_url:
            return None
        return _asked(in_url)
    media_type, charset = content_type(request)
    if charset not in {"", "utf-8", "utf8"}:
        raise Refusal(415, "only UTF-8 is understood")
    body = await request.body()
    if media_type == "application/x-www-form-urlencoded":
        format_name = {k: v for k, v in in_url.items() if k == "format"}
        return _asked(format_name | _parameters(body))
    if media_type == "application/sparql-query":
        sent = [*in_url.get("query", []), _text(body)]
        return _asked(in_url | {"query": sent})
    if media_type == "application/sparql-update":
        raise Refusal(403, "this endpoint only reads: updates are refused")
    raise Refusal(415, "send application/sparql-query or application/x-www-form-urlencoded")


def _asked(parameters: dict[str, list[str]]) -> _Asked:
    if "update" in parameters:
        raise Refusal(403, "this endpoint only reads: updates are refused")
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise Refusal(400, f"send one query, not {len(queries)}")
    return _Asked(
        queries[0],
        tuple(parameters.get("default-graph-uri", [])),
        tuple(parameters.get("named-graph-uri", [])),
        parameters.get("format", [""])[-1],
    )


def _parameters(form: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            _text(form),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise Refusal(400, "the parameters are not valid UTF-8") from None
    except ValueError:
        raise Refusal(400, f"there are more than {_MOST_PARAMETERS} parameters") from None
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "the request is not valid UTF-8") from None
