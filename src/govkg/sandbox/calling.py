"""The caller's side: start a zygote, fork children, call them, kill them."""

import array
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from govkg.sandbox.frames import FAILED, FRAME, NO_MEMORY, NUMBER, OK, SEALED, read

_READY_SECONDS = 300.0  # loading the largest graph we know of takes far less
# One library call at a time: a thread pool would not survive the fork.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}


class ChildTimeout(Exception):  # noqa: N818 (the name is the shared word)
    """A child did not answer in time and was killed."""


class ChildDied(Exception):  # noqa: N818
    """A child or its zygote ended instead of answering; `reason` says how, in words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Child:
    """A limited process that answers calls, one at a time and from one thread at a time."""

    def __init__(self, connection: socket.socket, end: Callable[[bool], str]) -> None:
        self._connection = connection
        self._end = end
        self._alive = True

    @property
    def alive(self) -> bool:
        """Whether the child can be called."""
        return self._alive

    def call(self, payload: bytes, seconds: float, max_bytes: int) -> bytes:
        """The child's answer to one payload, whole.

        Raises ChildTimeout after `seconds`, and ChildDied if the child fails, dies, or answers
        with more than `max_bytes`; in each case the child is gone.
        """
        if not self._alive:
            raise ChildDied("the process has ended")
        deadline = time.monotonic() + seconds
        try:
            self._connection.settimeout(seconds)
            self._connection.sendall(FRAME.pack(OK, len(payload)) + payload)
            kind, size = FRAME.unpack(read(self._connection, FRAME.size, deadline))
            if size > max_bytes:
                self.kill()
                raise ChildDied(f"its answer is larger than {max_bytes} bytes")
            body = read(self._connection, size, deadline)
        except TimeoutError:
            self.kill()
            raise ChildTimeout(f"no answer within {seconds:g} s") from None
        except (OSError, EOFError):
            raise ChildDied(self._finish(killed=False)) from None
        if kind != OK:
            self._finish(killed=False)
            raise ChildDied(body.decode("utf-8", "replace"))
        return body

    def kill(self) -> None:
        """Ends the child at once; harmless when it is gone already."""
        if self._alive:
            self._finish(killed=True)

    def close(self) -> None:
        """The same as `kill`: an idle child has nothing to lose."""
        self.kill()

    def _finish(self, *, killed: bool) -> str:
        self._alive = False
        self._connection.close()
        return self._end(killed)


class Zygote:
    """A process that has loaded a module and forks limited children of it; safe for threads.

    Raises ChildDied if the module's `prepare` fails. A zygote that was killed from outside is
    started again by the next `fork`.
    """

    def __init__(self, module: str, *args: str) -> None:
        self._command = (module, *args)
        self._lock = threading.Lock()
        self._start()

    def fork(self) -> Child:
        """A new child, within milliseconds."""
        with self._lock:
            try:
                return self._fork()
            except (OSError, EOFError):
                self._stop()
                self._start()
                return self._fork()

    def close(self) -> None:
        """Ends the zygote and with it all its children."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        arguments = [sys.executable, "-I", "-m", "govkg.sandbox", str(theirs.fileno())]
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [*arguments, *self._command],
            pass_fds=[theirs.fileno()],
            env=os.environ | _ONE_THREAD,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C in a terminal is for the caller, who then closes this socket.
            start_new_session=True,
        )
        theirs.close()
        try:
            self.sealed = self._welcome() == SEALED
        except ChildDied:
            self._stop()
            raise

    def _welcome(self) -> int:
        deadline = time.monotonic() + _READY_SECONDS
        try:
            kind, size = FRAME.unpack(read(self._control, FRAME.size, deadline))
            message = read(self._control, size, deadline).decode("utf-8", "replace")
        except (OSError, EOFError):
            raise ChildDied(f"{self._command[0]} could not be started") from None
        if kind == FAILED:
            raise ChildDied(message)
        self._control.settimeout(None)
        return int(kind)

    def _fork(self) -> Child:
        ours, theirs = socket.socketpair()
        with theirs:
            handle = array.array("i", [theirs.fileno()])
            self._control.sendmsg(
                [NUMBER.pack(0)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handle)]
            )
        (pid,) = NUMBER.unpack(read(self._control, NUMBER.size))
        return Child(ours, lambda killed: self._end(pid, killed))

    def _end(self, pid: int, killed: bool) -> str:
        # The zygote is the only one who may signal a pid: until it reaps, the pid is not reused.
        with self._lock:
            try:
                self._control.sendall(NUMBER.pack(pid if killed else -pid))
                (status,) = NUMBER.unpack(read(self._control, NUMBER.size))
            except (OSError, EOFError):
                return "its parent process has ended"
        return _how_it_ended(status)

    def _stop(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()


def _how_it_ended(status: int) -> str:
    if status == NO_MEMORY:
        return "it ran out of memory"
    if status < 0:
        return f"it was ended by {signal.Signals(-status).name}"
    return f"it ended with exit code {status}"
