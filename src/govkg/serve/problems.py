"""Errors as RFC 9457 problem documents; nothing that a client sent is repeated."""

import json
import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from govkg.errors import (
    BusyError,
    GovkgError,
    KnowledgeBaseError,
    QueryError,
    QueryLimitError,
    QuestionError,
)
from govkg.graph.pool import NotAcceptableError

MEDIA_TYPE = "application/problem+json"
# Seconds after which a client may try again: the deadline of a query.
RETRY_AFTER = {"Retry-After": "10"}
# The first class that an error belongs to decides.
_STATUS: tuple[tuple[type[GovkgError], int], ...] = (
    (NotAcceptableError, 406),
    (QueryLimitError, 503),
    (QueryError, 400),
    (QuestionError, 422),
    (BusyError, 503),
    (KnowledgeBaseError, 503),
)
_log = logging.getLogger(__name__)


class Refusal(HTTPException):
    """A request that is refused with a status and one clear sentence."""


def to_json(value: Any) -> bytes:
    """Compact UTF-8 JSON; a lone surrogate becomes a question mark, NaN is an error."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, remedy: str = ""
) -> Response:
    """A problem document; a 503 says when to try again."""
    body = {"type": "about:blank", "title": _title(status), "status": status, "detail": detail}
    if remedy:
        body["remedy"] = remedy
    retry = RETRY_AFTER if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    headers = {**retry, **(headers or {})}
    return Response(to_json(body), status, headers=headers, media_type=MEDIA_TYPE)


def explain(error: ValidationError | RequestValidationError) -> str:
    """The first thing that is wrong with a request, without its content."""
    first = error.errors()[0]
    where = [str(part) for part in first["loc"] if part not in {"query", "body", "path"}]
    message = str(first["msg"]).removeprefix("Value error, ").replace("Input should", "should")
    return f"{'.'.join(where) or 'the request'}: {message}"


def status_of(error: Exception) -> int:
    """The HTTP status of an error; 500 for one that nobody expected."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def add_handlers(app: FastAPI) -> None:
    """Makes every error of the application a problem document."""
    app.add_exception_handler(GovkgError, _known)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


async def _known(request: Request, error: Exception) -> Response:
    status = status_of(error)
    if not isinstance(error, GovkgError) or status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return await _unexpected(request, error)
    return problem(status, error.problem, remedy=error.remedy)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return await _unexpected(request, error)
    detail = str(error.detail)
    return problem(error.status_code, detail, dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        return await _unexpected(request, error)
    return problem(422, explain(error))


async def _unexpected(request: Request, error: Exception) -> Response:
    _log.error("%s %r failed: %r", request.method, request.url.path, error)
    return problem(500, "something went wrong here; the request can be tried again")
