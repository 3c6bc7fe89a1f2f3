"""Word vectors from the company that words keep: weighted counts, reduced by a seeded SVD."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

_WINDOW = 5
_SMOOTHING = 0.75
_ITERATIONS = 4
_SEED = 1


def company(lines: Sequence[Sequence[int]], words: int) -> sparse.csr_matrix:
    """How often words stand near each other, symmetric [words, words]; near counts more."""
    gap = [0] * _WINDOW
    stream = np.concatenate([np.array([*line, *gap], dtype=np.int32) for line in lines])
    total = sparse.csr_matrix((words, words), dtype=np.float32)
    for distance in range(1, _WINDOW + 1):
        first, second = stream[:-distance], stream[distance:]
        near = (first > 0) & (second > 0)
        weight = np.full(np.count_nonzero(near), 1 / distance, dtype=np.float32)
        total = total + sparse.csr_matrix(
            (weight, (first[near], second[near])), shape=(words, words)
        )
    return (total + total.T).tocsr()


def word_vectors(counts: sparse.csr_matrix, dimension: int) -> np.ndarray:
    """Vectors float32 [words, dimension] of length one, zero for a word that stands nowhere.

    Counts become positive pointwise mutual information, with the second word's share smoothed
    so that rare words do not stand out (Levy, Goldberg and Dagan 2015).
    """
    cells = counts.tocoo()
    single = np.asarray(counts.sum(axis=1)).ravel()
    smooth = single**_SMOOTHING
    information = np.log(
        cells.data * smooth.sum() / (single[cells.row] * smooth[cells.col])
    ).astype(np.float32)
    kept = information > 0
    positive = sparse.csr_matrix(
        (information[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape
    )
    left, sizes, _ = randomized_svd(
        positive, dimension, n_iter=_ITERATIONS, random_state=_SEED, flip_sign=True
    )
    vectors = (left * np.sqrt(sizes)).astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
