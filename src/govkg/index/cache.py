"""Vectors kept between builds, so that a text that did not change is not encoded again."""

import hashlib
import io
import re
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from govkg.index.durable import remove, replace_file

Matrix = NDArray[np.float32]
_SUFFIX = ".npy"
# Keys are file names: hashes, or names joined to hashes by - . _ or @.
_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z._@-]{0,200}")
# A file is a NumPy array followed by the SHA-256 of its bytes; NumPy ignores what follows.
_DIGEST_BYTES = 32


class VectorCache:
    """A folder of float32 matrices by key; a damaged or unreadable entry counts as absent."""

    def __init__(self, folder: Path) -> None:
        """Names the folder, which is made when the first matrix is put."""
        self._folder = folder

    def get(self, key: str) -> Matrix | None:
        """The matrix put under this key, float32 [n, d], or None."""
        try:
            content = self._path(key).read_bytes()
        except OSError:
            return None
        array, digest = content[:-_DIGEST_BYTES], content[-_DIGEST_BYTES:]
        if hashlib.sha256(array).digest() != digest:
            return None
        matrix: Matrix = np.load(io.BytesIO(array), allow_pickle=False)
        return matrix

    def put(self, key: str, matrix: Matrix) -> None:
        """Keeps a matrix under a key, in place of any other; OSError if it cannot be written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        np.save(buffer, matrix.astype(np.float32, copy=False), allow_pickle=False)
        array = buffer.getvalue()
        content = array + hashlib.sha256(array).digest()
        replace_file(self._path(key), content, durable=False)

    def prune(self, keys: Collection[str]) -> int:
        """Deletes every entry whose key is not among these, and leftovers; how many entries."""
        kept = {self._path(key).name for key in keys}
        paths = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        superfluous = [path for path in paths if path.name not in kept]
        remove(superfluous)
        return sum(_KEY.fullmatch(path.stem) is not None for path in superfluous)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a cache key: {key!r}")
        return self._folder / f"{key}{_SUFFIX}"
