"""What a child may use and do, and how the kernel is told."""

import ctypes
import math
import os
import platform
import resource
import signal
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_STEP = struct.Struct("=HBBI")  # one BPF instruction: code, jump if true, jump if false, value
# Audit architecture, then: socket, execve, execveat, ptrace, io_uring_setup.
_REFUSED_CALLS = {
    "x86_64": (0xC000003E, (41, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 425)),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use.

    `memory_bytes` comes on top of what the zygote holds already; `open_files` None leaves the
    system's limit and 0 forbids opening anything; `cpu_seconds` is the processor time of one call,
    a backstop behind the caller's deadline; `niceness` is added to the caller's.
    """

    memory_bytes: int
    open_files: int | None = None
    cpu_seconds: int = 600
    niceness: int = 0


def limit(limits: Limits) -> None:
    """Puts the limits on this process, for good; memory only where /proc tells its size."""
    held = _own_size()
    if held:
        _set_limit(resource.RLIMIT_AS, held + limits.memory_bytes)
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        _set_limit(what, 0)
    if limits.open_files is not None:
        _set_limit(resource.RLIMIT_NOFILE, limits.open_files)
    os.nice(limits.niceness)


def _set_limit(what: int, value: int) -> None:
    resource.setrlimit(what, (value, value))


def limit_time(seconds: int) -> None:
    """Lets the kernel end this process after this much more processor time."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = math.ceil(usage.ru_utime + usage.ru_stime)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = used + seconds if hard == resource.RLIM_INFINITY else min(used + seconds, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _own_size() -> int:
    """Address space in bytes, 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text("ascii").split()[0]) * resource.getpagesize()


def die_with(parent: int) -> None:
    """Lets the kernel kill this process when its (single-threaded) parent ends."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def seal() -> bool:
    """Forbids this process and its children sockets and new programs; False if impossible."""
    machine, calls = _REFUSED_CALLS.get(platform.machine(), (0, ()))
    if sys.platform != "linux" or not calls or _prctl(_PR_SET_NO_NEW_PRIVS, 1):
        return False
    code = _filter(machine, calls)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(code) // _STEP.size, ctypes.addressof(buffer))
    program = ctypes.create_string_buffer(header, len(header))
    return _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program)) == 0


def _filter(machine: int, calls: tuple[int, ...]) -> bytes:
    """A BPF program: another architecture or one of these calls is "not permitted"."""
    load, equal, not_less, leave = 0x20, 0x15, 0x35, 0x06
    allow, refuse = 0x7FFF0000, 0x00050001
    number_at, machine_at = 0, 4
    steps = [
        (load, 0, 0, machine_at),
        (equal, 1, 0, machine),
        (leave, 0, 0, refuse),
        (load, 0, 0, number_at),
        # From 2^30 on come the same calls under their x32 numbers.
        (not_less, len(calls) + 1, 0, 1 << 30),
        *((equal, len(calls) - i, 0, call) for i, call in enumerate(calls)),
        (leave, 0, 0, allow),
        (leave, 0, 0, refuse),
    ]
    return b"".join(_STEP.pack(*step) for step in steps)


def _prctl(option: int, *values: int) -> int:
    function = ctypes.CDLL(None).prctl
    function.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    padded = (*values, 0, 0, 0)[:4]
    return int(function(option, *padded))
