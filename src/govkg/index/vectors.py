"""Nearest vectors by inner product; the only module that knows FAISS."""

import math
from pathlib import Path
from threading import Lock
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from govkg.errors import KnowledgeBaseError

Matrix = NDArray[np.float32]
Mask = NDArray[np.bool_]
EXACT = "exact-fp16"
INVERTED = "ivf-fp16"
# Up to here a scan of everything costs less than half of encoding the query.
EXACT_ROWS = 50_000
# Lists grow with the root of the rows; 16 of them held .98 of the true ten on 60,000 vectors.
_LISTS_PER_ROOT = 4
_PROBED_LISTS = 16
_SEED = 20_231_127
# FAISS may allocate what a file claims to hold; a sound file never claims twice its own size.
_ALLOCATION_FACTOR = 2
_LEAST_ALLOCATION = 1 << 20
# That limit belongs to the whole process, so two files must not be read at once.
_reading = Lock()


def kind_for(rows: int) -> str:
    """Which index a number of rows gets: exact up to 50,000, inverted lists above."""
    return EXACT if rows <= EXACT_ROWS else INVERTED


def write_vectors(path: Path, matrix: Matrix) -> str:
    """Writes a matrix of vectors as an index file; row numbers are its ids.

    Args:
        path: the file to write, in a folder that exists.
        matrix: float32 [n, d], n may be 0; kept as 16-bit floats.

    Returns:
        The kind chosen by `kind_for(n)`.

    Raises:
        ValueError: not a float32 matrix, or a value that is not finite.
    """
    if matrix.ndim != 2 or matrix.dtype != np.float32 or not np.isfinite(matrix).all():
        raise ValueError(f"not a finite float32 matrix: {matrix.dtype} {matrix.shape}")
    rows, dimension = matrix.shape
    kind = kind_for(rows)
    index: Any = faiss.index_factory(dimension, _factory(rows), faiss.METRIC_INNER_PRODUCT)
    if kind == INVERTED:
        index.cp.seed = _SEED
        index.nprobe = _PROBED_LISTS
    contiguous = np.ascontiguousarray(matrix)
    index.train(contiguous)
    index.add(contiguous)
    faiss.write_index(index, str(path))
    return kind


def _factory(rows: int) -> str:
    if kind_for(rows) == EXACT:
        return "SQfp16"
    return f"IVF{round(_LISTS_PER_ROOT * math.sqrt(rows))},SQfp16"


class Vectors:
    """An opened index of vectors; searches may run in several threads at once."""

    def __init__(self, index: Any) -> None:
        """Wraps a FAISS index; use `Vectors.open`.

        One question is searched by one thread: to wake others costs more than they save, and on a
        busy machine they wait for each other.
        """
        faiss.omp_set_num_threads(1)
        self._index = index
        self.rows = int(index.ntotal)
        self.dimension = int(index.d)
        self.kind = INVERTED if hasattr(index, "nprobe") else EXACT

    @classmethod
    def open(cls, path: Path, *, rows: int, dimension: int) -> "Vectors":
        """Reads an index file, whose SHA-256 must have been checked, wholly into memory.

        Raises:
            KnowledgeBaseError: missing, malformed, or not `rows` vectors of `dimension`.
        """
        remedy = "run `govkg build` again"
        try:
            vectors = cls(_read(path))
        except (OSError, RuntimeError, MemoryError) as error:
            raise KnowledgeBaseError(
                "the vectors cannot be read", where=str(path), remedy=remedy
            ) from error
        if (vectors.rows, vectors.dimension) != (rows, dimension):
            raise KnowledgeBaseError(
                f"{vectors.rows} vectors of {vectors.dimension} values instead of "
                f"{rows} of {dimension}",
                where=str(path),
                remedy=remedy,
            )
        return vectors

    def search(
        self, query: NDArray[np.float32], k: int, rows: Mask | None = None
    ) -> list[tuple[int, float]]:
        """The k rows with the highest inner product, best first, equal scores by row.

        Args:
            query: float32 [d], of length one for cosines.
            k: how many; fewer come back when there are fewer.
            rows: bool [n], which rows may be found; all when None.

        Raises:
            ValueError: the query or the mask has another length than the index.
        """
        if query.shape != (self.dimension,):
            raise ValueError(f"query of shape {query.shape} for vectors of {self.dimension}")
        if rows is not None and rows.shape != (self.rows,):
            raise ValueError(f"mask of shape {rows.shape} for {self.rows} rows")
        allowed = self.rows if rows is None else int(rows.sum())
        k = min(k, allowed)
        if k < 1:
            return []
        # FAISS keeps any of the rows that tie for the last place, so look past the tie.
        wanted = min(k + 1, allowed)
        while True:
            found = self._search(query, wanted, rows)
            if wanted == allowed or len(found) < wanted or found[-1][1] < found[k - 1][1]:
                return found[:k]
            wanted = min(2 * wanted, allowed)

    def _search(
        self, query: NDArray[np.float32], k: int, rows: Mask | None
    ) -> list[tuple[int, float]]:
        parameters: Any = None
        if rows is not None:
            inverted = self.kind == INVERTED
            parameters = faiss.SearchParametersIVF() if inverted else faiss.SearchParameters()
            if inverted:
                parameters.nprobe = self._index.nprobe
            # FAISS reads the bits while it searches: both names must live until then.
            bits = np.packbits(rows, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
            parameters.sel = selector
        single = np.ascontiguousarray(query[None, :], dtype=np.float32)
        scores, ids = self._index.search(single, k, params=parameters)
        pairs = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
        return sorted(((i, s) for i, s in pairs if i >= 0), key=lambda pair: (-pair[1], pair[0]))


def _read(path: Path) -> Any:
    limit = max(path.stat().st_size * _ALLOCATION_FACTOR, _LEAST_ALLOCATION)
    with _reading:
        faiss.set_deserialization_vector_byte_limit(limit)
        return faiss.read_index(str(path))
