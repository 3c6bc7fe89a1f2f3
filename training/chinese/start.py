"""What the student starts from: a vector and a weight for each word."""

import math
from collections.abc import Mapping

import numpy as np
from training.chinese.words import is_han

# What a Latin word counts for in texts that hold few of them.
LATIN_COUNT = 20
_COMMON = 3e-4
_RAREST = 1e-6
_UNKNOWN_WEIGHT = 0.1
# A word seen so seldom is better known by its parts than by its company.
_FEW = 20


def first_state(
    counts: Mapping[str, int], vectors: np.ndarray, general: Mapping[str, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Vectors [words + 1, any] about their mean and weights [words + 1]; row 0 is the unknown word.

    Args:
        counts: the words by id, from 1, with their counts.
        vectors: those of the first words, by id.
        general: how often a word stands among a million of general texts.
    """
    names = ["", *counts]
    place = {name: i for i, name in enumerate(names)}
    rows = np.zeros((len(names), vectors.shape[1]), dtype=np.float32)
    rows[: len(vectors)] = vectors
    for i, name in enumerate(names):
        seldom = i and counts[name] <= _FEW and len(name) > 1
        if is_han(name) and (seldom or not rows[i].any()):
            parts = [place[part] for part in _parts(name) if part in place]
            if parts:
                rows[i] = rows[parts].mean(axis=0)
    some = rows.any(axis=1)
    rows[some] -= rows[some].mean(axis=0)
    total = sum(counts.values())
    shares = [max(general.get(name, 0) / 1e6, counts[name] / total, _RAREST) for name in names[1:]]
    weights = [_UNKNOWN_WEIGHT, *(math.log(1 + _COMMON / share) + 0.2 for share in shares)]
    return rows, np.array(weights)


def _parts(name: str) -> list[str]:
    return [name[i : i + size] for size in range(1, len(name)) for i in range(len(name) - size + 1)]
