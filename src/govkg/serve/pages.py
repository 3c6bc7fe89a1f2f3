"""Pages made on the server: they need no script and nothing from elsewhere."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from pydantic import ValidationError
from starlette.responses import HTMLResponse, Response

from govkg.errors import GovkgError, QuestionError
from govkg.serve.ask import AskRequest, ListRequest
from govkg.serve.contract import Serving
from govkg.serve.problems import RETRY_AFTER, Refusal, explain, status_of
from govkg.serve.texts import TEXTS, page_language

_FOLDER = Path(__file__).parent
_STYLE = "style.css"
_VARY = {"Vary": "Accept, Accept-Language"}
_LIST_LENGTH = 20  # documents shown on one page
_MOST_ROWS = 1_000  # of a result shown on a page; a browser struggles with more
_NUMBER = re.compile(r"\[(\d{1,4})\]")
_LABELS = {
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
}


class Pages:
    """Renders the templates; `examples` are titles and texts of SPARQL queries."""

    def __init__(self, base_iri: str, examples: Sequence[tuple[str, str]] = ()) -> None:
        self._base_iri = base_iri
        self._examples = examples
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["local"] = self.local
        self._environment.filters["last"] = _last_part
        self._environment.filters["cited"] = _with_links

    def local(self, iri: str) -> str:
        """The path of this service that describes an IRI; an IRI of another base unchanged."""
        if iri.startswith(self._base_iri):
            return "/id/" + quote(iri.removeprefix(self._base_iri), safe="")
        return iri

    def render(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """A page in the language that the request asks for."""
        language = page_language(request)
        other = "en" if language == "zh" else "zh"
        page = self._environment.get_template(template).render(
            t=TEXTS[language],
            lang=language,
            other=str(request.url.include_query_params(lang=other).query),
            path=request.url.path,
            **values,
        )
        headers = _VARY | {"Content-Language": language}
        return HTMLResponse(page, status, headers=headers | (RETRY_AFTER if status == 503 else {}))

    def workbench(
        self,
        request: Request,
        query: str,
        *,
        table: Mapping[str, Any] | None = None,
        rows: int = 0,
        turtle: str = "",
        problem: GovkgError | None = None,
    ) -> Response:
        """The SPARQL page with a query and, if it was run, its result or what went wrong."""
        return self.render(
            request,
            "sparql.html",
            status=status_of(problem) if problem else 200,
            query=query,
            examples=self._examples,
            table=table,
            rows=rows,
            most_rows=_MOST_ROWS,
            turtle=turtle,
            problem=problem,
        )

    def thing(self, request: Request, iri: str, quads: Sequence[ox.Quad]) -> Response:
        """What is stated about one thing, and what is stated of others about it."""
        outgoing = [quad for quad in quads if _value(quad.subject) == iri]
        labels = {
            getattr(quad.object, "language", None) or "": _value(quad.object)
            for quad in outgoing
            if quad.predicate.value in _LABELS
        }
        language = page_language(request)
        title = labels.get(language) or next(iter(labels.values()), _last_part(iri))
        return self.render(
            request,
            "thing.html",
            iri=iri,
            title=title,
            outgoing=[_statement(quad.predicate, quad.object) for quad in outgoing],
            incoming=[
                _statement(quad.predicate, quad.subject)
                for quad in quads
                if _value(quad.object) == iri
            ],
        )


def page_routes(serving: Serving, pages: Pages) -> APIRouter:
    """The question page, the documents and the style sheet."""
    router = APIRouter(include_in_schema=False)
    style = (_FOLDER / "static" / _STYLE).read_bytes()

    @router.get("/static/" + _STYLE)
    async def style_sheet() -> Response:
        return Response(style, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    @router.get("/")
    def home(request: Request) -> Response:
        return _question(request, serving, pages)

    @router.get("/documents")
    def documents(request: Request) -> Response:
        return _document_list(request, serving, pages)

    @router.get("/documents/{name}")
    def document(request: Request, name: str, mark: str = "") -> Response:
        with serving.current() as base:
            found = base.document(name)
        if found is None:
            raise Refusal(404, "there is no such document")
        parts = _parts(found["text"], found["passages"], _span(mark))
        return pages.render(request, "document.html", document=found, parts=parts)

    return router


def _question(request: Request, serving: Serving, pages: Pages) -> Response:
    given = {
        "question": request.query_params.get("q", ""),
        "language": request.query_params.get("language", "auto"),
        "setting": request.query_params.get("setting", "any"),
    }
    if not given["question"].strip():
        return pages.render(request, "ask.html", given=given, answer=None, problem="")
    try:
        asked = AskRequest.model_validate(given)
        with serving.current() as base:
            answer = base.ask(asked.question, asked.language, asked.setting, asked.limit)
    except ValidationError as error:
        problem = explain(error)
    except QuestionError as error:
        problem = str(error)
    else:
        return pages.render(
            request,
            "ask.html",
            given=given,
            answer=answer.to_json(),
            quotes={citation.n: citation for citation in answer.citations},
            problem="",
        )
    return pages.render(request, "ask.html", status=422, given=given, answer=None, problem=problem)


def _document_list(request: Request, serving: Serving, pages: Pages) -> Response:
    given = {"q": request.query_params.get("q", ""), "limit": _LIST_LENGTH}
    offset = request.query_params.get("offset", "0")
    try:
        asked = ListRequest.model_validate(given | {"offset": offset})
    except ValidationError as error:
        raise Refusal(422, explain(error)) from None
    with serving.current() as base:
        page = base.documents(asked.q, "auto", "any", asked.limit, asked.offset)
    return pages.render(
        request,
        "documents.html",
        q=asked.q,
        page=page,
        offset=asked.offset,
        before=max(0, asked.offset - _LIST_LENGTH),
        after=asked.offset + _LIST_LENGTH,
    )


def _with_links(summary: str) -> Markup:
    """The summary with its citation numbers as links to the quotations."""
    safe = str(escape(summary))
    return Markup(_NUMBER.sub(r'<a class="cite" href="#c-\1">[\1]</a>', safe))  # noqa: S704


def _span(mark: str) -> tuple[int, int] | None:
    """The offsets in `mark=START-END`, None for anything else."""
    start, dash, end = mark.partition("-")
    if not dash or not start.isdecimal() or not end.isdecimal() or len(mark) > len("9" * 20):
        return None
    return (int(start), int(end)) if int(start) < int(end) else None


def _parts(
    text: str, passages: Sequence[Mapping[str, Any]], mark: tuple[int, int] | None
) -> list[dict[str, Any]]:
    """The text cut where a passage or the mark begins or ends, in order and without a gap."""
    cuts = {0, len(text)} | {p["start"] for p in passages} | {p["end"] for p in passages}
    start, end = mark or (0, 0)
    cuts |= {min(start, len(text)), min(end, len(text))}
    anchors = {p["start"]: "p-" + _last_part(p["iri"]).removeprefix("passage-") for p in passages}
    inside = sorted(cuts)
    return [
        {
            "text": text[a:b],
            "anchor": anchors.get(a, ""),
            "marked": start <= a < end,
            "first": a == start,
        }
        for a, b in pairwise(inside)
    ]


def _statement(predicate: ox.NamedNode, other: Any) -> dict[str, Any]:
    return {
        "property": predicate.value,
        "value": _value(other),
        "linked": isinstance(other, ox.NamedNode),
        "language": getattr(other, "language", None) or "",
    }


def _value(term: Any) -> str:
    return str(getattr(term, "value", term))


def _last_part(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
