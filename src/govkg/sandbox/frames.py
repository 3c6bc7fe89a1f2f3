"""How the caller, the zygote and the children speak over their sockets."""

import socket
import struct
import time

FRAME = struct.Struct("!BQ")  # kind, length of what follows
NUMBER = struct.Struct("!q")  # an order to the zygote, or its reply
OK, FAILED, SEALED = 0, 1, 2
NO_MEMORY = 77  # a child's exit code when Python itself could not allocate
_PART = 1 << 20  # bytes asked for in one read


def read(connection: socket.socket, size: int, deadline: float | None = None) -> bytes:
    """Exactly `size` bytes; raises EOFError at an early end, TimeoutError at the deadline."""
    data = bytearray()
    while len(data) < size:
        if deadline is not None:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
        part = connection.recv(min(size - len(data), _PART))
        if not part:
            raise EOFError
        data += part
    return bytes(data)
