"""The zygote and its children: run by `govkg.sandbox.Zygote`, not by hand."""

import gc
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from govkg.sandbox.frames import FAILED, FRAME, NO_MEMORY, NUMBER, OK, SEALED, read
from govkg.sandbox.limits import Limits, die_with, limit, limit_time, seal

_LAST_WORDS = 2000  # characters kept of the message of a failing child
_FAREWELL_SECONDS = 0.5  # between a child's socket closing and its exit status


def _main(number: str, name: str, *args: str) -> None:
    control = socket.socket(fileno=int(number))
    control.set_inheritable(False)
    try:
        module = importlib.import_module(name)
        state = module.prepare(*args)
    finally:
        _last_words(control)
    sealed = seal()
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, every shared page
    control.sendall(FRAME.pack(SEALED if sealed else OK, 0))
    _take_orders(control, lambda connection: _live(connection, module, state))


def _take_orders(control: socket.socket, live: Callable[[socket.socket], None]) -> None:
    zygote = os.getpid()
    while True:
        message, handles, _, _ = socket.recv_fds(control, NUMBER.size, 1)
        if not message:
            return
        (order,) = NUMBER.unpack(message)
        if order:
            control.sendall(NUMBER.pack(_reap(abs(order), wait=order < 0)))
            continue
        pid = os.fork()
        if not pid:
            control.close()
            die_with(zygote)
            live(socket.socket(fileno=handles[0]))
        os.close(handles[0])
        control.sendall(NUMBER.pack(pid))


def _reap(pid: int, *, wait: bool) -> int:
    handle = os.pidfd_open(pid) if wait else None
    if handle is not None:
        select.select([handle], [], [], _FAREWELL_SECONDS)
        os.close(handle)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _live(connection: socket.socket, module: Any, state: Any) -> None:
    """Answers calls until the caller hangs up; never returns."""
    code = 1
    try:
        limits: Limits = module.limits(state) if hasattr(module, "limits") else module.LIMITS
        limit(limits)
        while header := connection.recv(FRAME.size, socket.MSG_WAITALL):
            _, size = FRAME.unpack(header)
            payload = read(connection, size)
            limit_time(limits.cpu_seconds)
            body = module.handle(state, payload)
            connection.sendall(FRAME.pack(OK, len(body)) + body)
        code = 0
    except MemoryError:
        code = NO_MEMORY
    finally:
        _last_words(connection)
        os._exit(code)


def _last_words(connection: socket.socket) -> None:
    """Sends the exception in flight, if there is one, as the reason of the end."""
    error = sys.exception()
    if error is None:
        return
    words = f"{type(error).__name__}: {error}"[:_LAST_WORDS].encode("utf-8", "replace")
    with suppress(OSError):
        connection.sendall(FRAME.pack(FAILED, len(words)) + words)


if __name__ == "__main__":
    _main(*sys.argv[1:])
