"""Results of costly steps, kept in files named by what they were made from."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np

Arrays = dict[str, np.ndarray]
_HASH_CHARACTERS = 16


def digest(parts: Iterable[str | bytes]) -> str:
    """The SHA-256 of a sequence of parts; the borders between parts count."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.hexdigest()


def kept(
    folder: Path, name: str, inputs: Iterable[str | bytes], make: Callable[[], Mapping]
) -> Arrays:
    """The arrays of a step: read if they were made from the same inputs, else made and written.

    A step that is cut off leaves nothing behind that a later run would take for whole.
    """
    path = folder / f"{name}-{digest(inputs)[:_HASH_CHARACTERS]}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.tmp")
        with unfinished.open("wb") as file:
            np.savez(file, **make())
        unfinished.replace(path)
    with np.load(path, allow_pickle=False) as found:
        return dict(found)
