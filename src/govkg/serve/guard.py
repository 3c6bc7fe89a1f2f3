"""What stands before the application: size limits, a gate against overload, security headers."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govkg.serve.problems import problem

_Value = TypeVar("_Value")
LONGEST_URL = 16_000  # bytes of path and query string
_LONGEST_LENGTH = 20  # digits of a Content-Length
_BODY_SECONDS = 15.0  # in which a body must have arrived
_BODYLESS = {"GET", "HEAD", "OPTIONS"}
_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
_ANY_ORIGIN = (b"access-control-allow-origin", b"*")


@dataclass(slots=True)
class Gate:
    """Lets a number of requests in at a time; the others are told to come back."""

    limit: int
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """Body limits in bytes and gates, by path; the first prefix that fits decides.

    Pages of other sites may read what stands under the `open_paths`.
    """

    bodies: Mapping[str, int] = field(default_factory=dict)
    gates: Mapping[str, Gate] = field(default_factory=dict)
    default_body: int = 64_000
    open_paths: tuple[str, ...] = ()


class Guard:
    """An ASGI wrapper; it reads the whole body first, so a slow sender holds no place inside."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request, or passes on what is not HTTP."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        extra: tuple[tuple[bytes, bytes], ...] = _HEADERS
        if scope["path"].startswith(self._rules.open_paths):
            extra = (*_HEADERS, _ANY_ORIGIN)
        send = _with_headers(send, extra)
        if scope["method"] == "HEAD":  # the server leaves out the body
            scope = {**scope, "method": "GET"}
        refusal, body = await self._admit(scope, receive)
        gate = _fitting(self._rules.gates, scope["path"])
        if refusal is None and gate and gate.inside >= gate.limit:
            refusal = problem(503, "too many requests at once; try again in a moment")
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        if gate is None:
            await self._app(scope, _replay(body, receive), send)
            return
        gate.inside += 1
        try:
            await self._app(scope, _replay(body, receive), send)
        finally:
            gate.inside -= 1

    async def _admit(self, scope: Scope, receive: Receive) -> tuple[Response | None, bytes]:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_URL:
            return _closing(414, f"the URL is longer than {LONGEST_URL} bytes"), b""
        limit = _fitting(self._rules.bodies, scope["path"]) or self._rules.default_body
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and len(declared) < _LONGEST_LENGTH and int(declared) <= limit:
            return await self._read(scope, receive, limit)
        return _closing(413, f"the body is larger than {limit} bytes"), b""

    async def _read(
        self, scope: Scope, receive: Receive, limit: int
    ) -> tuple[Response | None, bytes]:
        names = {name for name, _ in scope["headers"]}
        if scope["method"] in _BODYLESS and not names & {b"content-length", b"transfer-encoding"}:
            return None, b""
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                body = await _body(receive, limit)
        except TimeoutError:
            return _closing(408, f"the body did not arrive within {_BODY_SECONDS:g} s"), b""
        if body is None:
            return _closing(413, f"the body is larger than {limit} bytes"), b""
        return None, body


async def _body(receive: Receive, limit: int) -> bytes | None:
    """The whole body, or None if it is larger than the limit."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            return None
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = [body]

    async def replayed() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replayed


def _with_headers(send: Send, extra: Iterable[tuple[bytes, bytes]]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            have = {name for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *(header for header in extra if header[0] not in have),
            ]
        await send(message)

    return sending


def _fitting(by_prefix: Mapping[str, _Value], path: str) -> _Value | None:
    return next((value for prefix, value in by_prefix.items() if path.startswith(prefix)), None)


def _closing(status: int, detail: str) -> Response:
    return problem(status, detail, {"Connection": "close"})


def gates(prefixes: Iterable[str], gate: Gate) -> dict[str, Gate]:
    """One gate shared by several paths."""
    return dict.fromkeys(prefixes, gate)
