"""`/id/{name}`: what the knowledge base says of one thing, as a page or as RDF."""

import io

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import Response

from govkg.graph.formats import GRAPHS, accept_of, negotiate, write_graph
from govkg.serve.contract import Serving
from govkg.serve.pages import Pages
from govkg.serve.problems import Refusal

_HTML = "text/html"


def describe_routes(serving: Serving, pages: Pages, base_iri: str) -> APIRouter:
    """The route that makes identifiers under `base_iri` readable at `/id/`."""
    router = APIRouter()

    @router.get("/id/{name}", response_model=None)
    def describe(request: Request, name: str, format: str = "") -> Response:
        media_type = _media_type(request, format)
        with serving.current() as base:
            quads = list(base.describe(base_iri + name))
        if not quads:
            raise Refusal(404, "there is no such thing in this knowledge base")
        if media_type == _HTML:
            return pages.thing(request, base_iri + name, quads)
        return Response(
            _serialised(quads, media_type), media_type=media_type, headers={"Vary": "Accept"}
        )

    return router


def _media_type(request: Request, name: str) -> str:
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    if name:
        accept = _HTML if name == "html" else accept_of(name) or "none/none"
    media_type = negotiate(accept, (_HTML, *GRAPHS))
    if media_type is None:
        raise Refusal(406, f"accept one of {', '.join((_HTML, *GRAPHS))}")
    return media_type


def _serialised(quads: list[ox.Quad], media_type: str) -> bytes:
    output = io.BytesIO()
    if GRAPHS[media_type].supports_datasets:
        write_graph(quads, output, media_type)
    else:
        write_graph(dict.fromkeys(quad.triple for quad in quads), output, media_type)
    return output.getvalue()
