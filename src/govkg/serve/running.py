"""Runs an application until SIGTERM or Ctrl-C; what has begun is finished first."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from govkg.errors import GovkgError

# Requests that still run after this are cut off, so that a stop takes less than ten seconds.
_FINISH_SECONDS = 8
_IDLE_SECONDS = 15
_BACKLOG = 512
_MOST_PORTS = 65_535


def run(
    app: FastAPI,
    host: str,
    port: int,
    *,
    log_level: str = "warning",
    started: Callable[[str], None] | None = None,
) -> None:
    """Serves on host and port (0 for any free one) with one worker process.

    `started` is given the address once it is bound. Returns after SIGTERM or Ctrl-C; raises
    GovkgError where the address cannot be bound.
    """
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        log_level=log_level,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_FINISH_SECONDS,
        timeout_keep_alive=_IDLE_SECONDS,
    )
    with closing(_bound(host, port)) as listener, _signals_end_quietly():
        if started is not None:
            started(_address(listener))
        uvicorn.Server(config).run(sockets=[listener])


def _bound(host: str, port: int) -> socket.socket:
    where = f"{host}:{port}"
    if not 0 <= port <= _MOST_PORTS:
        raise GovkgError("no such port", where=where, remedy="choose another with --port")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        problem = f"cannot listen: {error.strerror or error}"
        raise GovkgError(problem, where=where, remedy="choose another with --port") from None


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@contextmanager
def _signals_end_quietly() -> Iterator[None]:
    """The server raises the signal that stopped it once more when all is done: that is no error."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ignore(_: int, __: FrameType | None) -> None:
        return

    before = {one: signal.signal(one, ignore) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
