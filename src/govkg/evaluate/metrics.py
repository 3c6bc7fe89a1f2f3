"""Retrieval and extraction measures over plain values."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

CUTOFF = 10
RECALL_CUTOFF = 5
# Standard deviations either side of the mean that hold 95 % of a normal distribution.
_Z95 = 1.96
# Two thousand draws give an end of a 95 % interval to about a tenth of its width.
_DRAWS = 2000
_SEED = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A gold sentence: where it stands in its document, and its grade (1 context, 2 answer)."""

    document: str
    start: int
    end: int
    grade: int

    def overlaps(self, document: str, start: int, end: int) -> bool:
        """Whether a passage of a document shares at least one character with the sentence."""
        return self.document == document and self.start < end and start < self.end


def gains(covered: Sequence[frozenset[int]], grades: Mapping[int, int]) -> list[float]:
    """The gain of each hit: 2^grade - 1 of the best gold sentence that it is first to cover."""
    seen: set[int] = set()
    found = []
    for sentences in covered:
        new = sentences - seen
        seen |= sentences
        found.append(float(2 ** max((grades[s] for s in new), default=0) - 1))
    return found


def dcg(values: Sequence[float]) -> float:
    """Discounted cumulative gain of the first ten values."""
    return sum(value / math.log2(rank + 2) for rank, value in enumerate(values[:CUTOFF]))


def ndcg(
    ranked: Sequence[frozenset[int]],
    everything: Sequence[frozenset[int]],
    grades: Mapping[int, int],
) -> float:
    """nDCG@10 of a ranking, 0 to 1.

    `ranked` gives the gold sentences that each hit covers, `everything` those of each passage of
    the base; the ideal takes the base's passages greedily, best first.
    """
    ideal: list[float] = []
    seen: set[int] = set()
    for _ in range(CUTOFF):
        best = max(everything, default=frozenset(), key=lambda s: _worth(s - seen, grades))
        value = _worth(best - seen, grades)
        if not value:
            break
        ideal.append(value[0])
        seen |= best
    best_possible = dcg([float(2**grade - 1) for grade in ideal])
    return dcg(gains(ranked, grades)) / best_possible if best_possible else 0.0


def _worth(sentences: frozenset[int], grades: Mapping[int, int]) -> tuple[int, ...]:
    # Of two passages with the same best grade, the one that covers less leaves more to the next.
    if not sentences:
        return ()
    return (max(grades[s] for s in sentences), -len(sentences))


def recall(ranked: Sequence[frozenset[int]], grades: Mapping[int, int]) -> float:
    """The share of the gold sentences that the first five hits cover."""
    covered = frozenset[int]().union(*ranked[:RECALL_CUTOFF])
    return len(covered & set(grades)) / len(grades) if grades else 0.0


def hit(ranked: Sequence[frozenset[int]]) -> bool:
    """Whether one of the first five hits covers a gold sentence, whichever."""
    return any(ranked[:RECALL_CUTOFF])


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each 0 to 1."""

    p: float
    r: float
    f1: float


def score(correct: int, predicted: int, matched: int, expected: int) -> Score:
    """Precision over what was predicted, recall over what was expected."""
    p = correct / predicted if predicted else 0.0
    r = matched / expected if expected else 0.0
    return Score(round(p, 3), round(r, 3), round(2 * p * r / (p + r), 3) if p + r else 0.0)


def mean(values: Sequence[float]) -> float:
    """The mean to three decimals; 0 for none."""
    return round(sum(values) / len(values), 3) if values else 0.0


def wilson(right: int, n: int) -> tuple[float, float]:
    """The Wilson 95 % interval of a share, to three decimals (Wilson 1927); `n` is at least 1."""
    share, square = right / n, _Z95**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    reach = _Z95 * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return round(max(0.0, centre - reach), 3), round(min(1.0, centre + reach), 3)


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """The percentile bootstrap 95 % interval of the mean of at least one value, to three decimals.

    The draws are seeded, so that the same values have the same interval. Of differences between
    two methods on the same questions it is the paired interval.
    """
    drawn = np.random.default_rng(_SEED).choice(np.asarray(values), (_DRAWS, len(values)))
    low, high = np.quantile(drawn.mean(axis=1), [0.025, 0.975]).tolist()
    return round(low, 3), round(high, 3)
