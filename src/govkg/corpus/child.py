"""What a sandboxed child runs to parse one file; see `govkg.sandbox`."""

import json
import struct

from govkg.corpus.parsing import parse_to_json
from govkg.corpus.readers import READERS, warm_up
from govkg.sandbox import Limits

# No file can be opened and no socket made: the bytes come with the call.
LIMITS = Limits(memory_bytes=1 << 30, open_files=0, cpu_seconds=30)
_HEAD = struct.Struct("!I")


def prepare() -> dict[str, None]:
    """Loads everything the readers import or open late, so that children open no file."""
    for suffix in READERS:
        parse_to_json(suffix, b"x", "")
    warm_up()
    return {}


def pack(suffix: str, sidecar: str, data: bytes) -> bytes:
    """The payload for `handle`: how to read, what a curator said, and the bytes."""
    head = json.dumps([suffix, sidecar]).encode()
    return _HEAD.pack(len(head)) + head + data


def handle(state: dict[str, None], payload: bytes) -> bytes:
    """The answer of `parse_to_json` to a payload made by `pack`."""
    (length,) = _HEAD.unpack_from(payload)
    start = _HEAD.size + length
    suffix, sidecar = json.loads(payload[_HEAD.size : start])
    return parse_to_json(suffix, payload[start:], sidecar)
