"""Questions and lists as JSON: the routes under `/api`."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from starlette.responses import Response

from govkg.model.answer import Answer, AskedLanguage, Setting
from govkg.search.question import MAX_CHARACTERS
from govkg.serve.contract import Base, Listing, Serving
from govkg.serve.problems import Refusal, explain, to_json

MOST_ITEMS = 50
_DEEPEST_OFFSET = 100_000
_Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS)
]
_Limit = Annotated[int, Field(ge=1, le=MOST_ITEMS)]
_PROBLEM = {
    "description": "A problem document",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}
_ERRORS: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 404, 413, 415, 422, 503), _PROBLEM)


class AskRequest(BaseModel):
    """A question and how it should be answered; unknown keys are ignored."""

    model_config = ConfigDict(strict=True)

    question: _Text
    language: AskedLanguage = "auto"
    setting: Setting = "any"
    limit: _Limit = 10


class ListRequest(BaseModel):
    """Which part of a list is wanted."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_CHARACTERS)] = ""
    language: AskedLanguage = "auto"
    setting: Setting = "any"
    limit: _Limit = 10
    offset: Annotated[int, Field(ge=0, le=_DEEPEST_OFFSET)] = 0


class ListResponse(BaseModel):
    """One page of a list and the number of items in all."""

    total: int
    items: Sequence[dict[str, Any]]


class PassageResponse(BaseModel):
    """A passage of a document; `document text[start:end] == text`."""

    model_config = ConfigDict(extra="allow")

    iri: str
    section: str
    start: int
    end: int
    text: str


class DocumentResponse(BaseModel):
    """A document with its whole text."""

    model_config = ConfigDict(extra="allow")

    iri: str
    path: str
    text: str
    sha256: str
    passages: Sequence[PassageResponse]


async def _ask_request(request: Request) -> AskRequest:
    """The question in a JSON body; refuses other media types, encodings and malformed bodies."""
    media_type, charset = content_type(request)
    if media_type not in {"", "application/json"} or charset not in {"", "utf-8", "utf8"}:
        raise Refusal(415, "the body must be application/json in UTF-8")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refusal(415, "the body must not be compressed")
    try:
        return AskRequest.model_validate_json(await request.body())
    except ValidationError as error:
        malformed = error.errors()[0]["type"] == "json_invalid"
        raise Refusal(400 if malformed else 422, explain(error)) from None


def content_type(request: Request) -> tuple[str, str]:
    """Media type and charset of a request's body, lower case, empty where not given."""
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    charsets = [p.partition("=")[2] for p in parameters if p.strip().startswith("charset=")]
    return media_type.strip(), (charsets or [""])[0].strip(' "')


def api_routes(serving: Serving) -> APIRouter:
    """All routes under `/api`; the knowledge base works in the thread pool, not in the loop."""
    router = APIRouter(prefix="/api", responses=_ERRORS)
    _add_ask(router, serving)
    for name in ("search", "concepts", "practices", "documents"):
        _add_list(router, serving, name)

    @router.get("/documents/{name}", response_model=DocumentResponse)
    def document(name: str) -> Response:
        with serving.current() as base:
            found = base.document(name)
        if found is None:
            raise Refusal(404, "there is no such document")
        return _json(found)

    return router


def _add_ask(router: APIRouter, serving: Serving) -> None:
    body = {"content": {"application/json": {"schema": AskRequest.model_json_schema()}}}
    extra = {"requestBody": {**body, "required": True}}

    @router.post("/ask", response_model=Answer, openapi_extra=extra)
    def ask(request: Annotated[AskRequest, Depends(_ask_request)]) -> Response:
        return _answer(serving, request)

    @router.get("/ask", response_model=Answer)
    def ask_by_url(
        q: Annotated[_Text, Query()],
        language: AskedLanguage = "auto",
        setting: Setting = "any",
        limit: _Limit = 10,
    ) -> Response:
        asked = AskRequest(question=q, language=language, setting=setting, limit=limit)
        return _answer(serving, asked)


def _answer(serving: Serving, request: AskRequest) -> Response:
    with serving.current() as base:
        answer = base.ask(request.question, request.language, request.setting, request.limit)
    return _json(answer.to_json())


def _add_list(router: APIRouter, serving: Serving, name: str) -> None:
    @router.get(f"/{name}", response_model=ListResponse, name=name)
    def listing(request: Annotated[ListRequest, Query()]) -> Response:
        if name == "search" and not request.q:
            raise Refusal(422, "q: a search needs words to look for")
        with serving.current() as base:
            page = _method(base, name)(
                request.q, request.language, request.setting, request.limit, request.offset
            )
        return _json({"total": page.total, "items": list(page.items)})


def _method(base: Base, name: str) -> Callable[[str, str, str, int, int], Listing]:
    return {
        "search": base.search,
        "concepts": base.concepts,
        "practices": base.practices,
        "documents": base.documents,
    }[name]


def _json(value: Any) -> Response:
    return Response(to_json(value), media_type="application/json")
