"""Limited child processes: whatever a hostile file or query does to one, the caller goes on.

A zygote (`python -I -m govkg.sandbox FD MODULE ARGS...`) imports a module, calls its `prepare` once
and then forks children on request; the children share the prepared state's memory and cost
milliseconds. A module run like this defines `prepare(*args) -> state`, `handle(state, payload:
bytes) -> bytes`, and `LIMITS: Limits` or, where they depend on the arguments, `limits(state)`.

What holds a child: the memory, file and process limits of `Limits` (setrlimit), a deadline kept by
the caller, who kills, and, on Linux on x86-64 and ARM64, a kernel filter (seccomp) that refuses to
open sockets or start programs; `Zygote.sealed` says whether that filter is in force. A child dies
with its zygote, and the zygote ends when the caller's end of its socket closes, even by kill -9.
"""

from govkg.sandbox.calling import Child, ChildDied, ChildTimeout, Zygote
from govkg.sandbox.limits import Limits

__all__ = ["Child", "ChildDied", "ChildTimeout", "Limits", "Zygote"]
