"""The student: a static encoder whose word vectors are fitted so that texts meet their English.

The vector of word w is softplus(a_w) L (x_w + d_w): x is known from the company the word keeps
and stays, d is what the pairs correct, a is the word's weight, L carries all words into the
teacher's space. It is linear, and so folds into one vector for each word.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

_LOG = logging.getLogger(__name__)
_SEED = 0
_BATCH = 512
_LONGEST = 96
_TEMPERATURE = 0.05
# Texts whose English is this near to another's are not held to be different from it.
_SAME = 0.95
_PULL = 2.0
_STAY = 1e-2
_CORRECTION_RATE, _WEIGHT_RATE, _MAP_RATE = 2e-3, 5e-3, 1e-3
_WARM_STEPS = 100
_LEAST_RATE = 0.01
_LEAST_WEIGHT, _MOST_WEIGHT = 0.1, 6.0


@dataclass(frozen=True)
class Lessons:
    """Texts as ids of words, with the vectors they should have."""

    texts: list[list[int]]
    vectors: np.ndarray


class Student(torch.nn.Module):
    """Encodes lists of word ids as vectors of length one."""

    def __init__(self, vectors: np.ndarray, weights: np.ndarray, dimension: int) -> None:
        """Starts from vectors [words, any] and weights [words]; row 0 is the unknown word."""
        super().__init__()
        self.known = torch.from_numpy(vectors)
        # A batch holds few of the words: a sparse gradient spares the others.
        self.corrections = torch.nn.Embedding(*vectors.shape, sparse=True)
        torch.nn.init.zeros_(self.corrections.weight)
        start = np.log(np.expm1(np.clip(weights, _LEAST_WEIGHT, _MOST_WEIGHT)))
        self.weights = torch.nn.Parameter(torch.from_numpy(start.astype(np.float32)))
        torch.manual_seed(_SEED)
        self.map = torch.nn.Linear(vectors.shape[1], dimension, bias=False)

    def forward(self, texts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Vectors [texts, dimension], and the corrections of the words in them."""
        ids = torch.tensor([word for text in texts for word in text])
        starts = torch.tensor([0, *np.cumsum([len(text) for text in texts])[:-1]])
        words, places = torch.unique(ids, return_inverse=True)
        corrections = self.corrections(words)
        total = functional.embedding_bag(
            places,
            self.known[words] + corrections,
            starts,
            mode="sum",
            per_sample_weights=functional.softplus(self.weights[ids]),
        )
        return functional.normalize(self.map(total), dim=-1), corrections

    def folded(self) -> np.ndarray:
        """One vector for each word [words, dimension], of mean length one; zero for row 0."""
        with torch.no_grad():
            rows = functional.softplus(self.weights)[:, None] * self.map(
                self.known + self.corrections.weight
            )
        words: np.ndarray = rows.numpy()
        words[0] = 0
        return words / np.linalg.norm(words[1:], axis=1).mean()


def fit(student: Student, lessons: Lessons, epochs: int) -> None:
    """Fits a student to its lessons, in an order that a seed decides."""
    generator = torch.Generator().manual_seed(_SEED)
    targets = torch.from_numpy(lessons.vectors)
    optimizers = (
        torch.optim.SparseAdam(student.corrections.parameters(), lr=_CORRECTION_RATE),
        torch.optim.Adam([student.weights], lr=_WEIGHT_RATE),
        torch.optim.Adam(student.map.parameters(), lr=_MAP_RATE),
    )
    steps = epochs * (len(lessons.texts) // _BATCH)
    schedulers = [torch.optim.lr_scheduler.LambdaLR(one, _pace(steps)) for one in optimizers]
    for epoch in range(epochs):
        order = torch.randperm(len(lessons.texts), generator=generator)
        for start in range(0, len(order) - _BATCH + 1, _BATCH):
            rows = order[start : start + _BATCH]
            found, corrections = student([lessons.texts[int(row)][:_LONGEST] for row in rows])
            loss = _loss(found, targets[rows])
            loss = loss + _STAY * corrections.pow(2).sum(dim=1).mean()
            for one in optimizers:
                one.zero_grad()
            loss.backward()
            for one in (*optimizers, *schedulers):
                one.step()
        _LOG.info("epoch %d of %d: loss %.3f", epoch + 1, epochs, loss.item())


def _pace(steps: int) -> Callable[[int], float]:
    """The share of a rate at a step: it rises at first, then falls to almost nothing."""
    return lambda step: min(1, (step + 1) / _WARM_STEPS) * (1 - step / steps) + _LEAST_RATE


def _loss(found: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Each text should be nearer to its own English than to others', and near it; both ways."""
    scores = found @ targets.T / _TEMPERATURE
    own = torch.eye(len(found), dtype=torch.bool)
    same = (targets @ targets.T > _SAME) & ~own
    scores = scores.masked_fill(same, -1e4)
    places = torch.arange(len(found))
    told_apart = functional.cross_entropy(scores, places)
    told_apart = (told_apart + functional.cross_entropy(scores.T, places)) / 2
    return told_apart + _PULL * (1 - (found * targets).sum(dim=1).mean())
