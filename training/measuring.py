"""How well kinds and concepts are told, on works that were not fitted to."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score

from govkg.extract.typing import STATED
from govkg.ontology.finding_labels import FINDING_KINDS

# From where a chance is a claim (.35), is asserted (.5), and on.
FLOORS = (0.35, 0.5, 0.6, 0.75)
BANDS = (0.35, 0.5, 0.6, 0.75, 0.9, 1.01)


def measured(
    kind_of: Sequence[str],
    stated: Sequence[frozenset[str]],
    kinds: np.ndarray,
    verdicts: np.ndarray,
    held: np.ndarray,
) -> dict[str, Any]:
    """Precision and recall by kind and by concept, and what the chances are worth.

    `kind_of` are the kinds of the concepts, `stated` those that each sentence states, `kinds` their
    chances; `verdicts` and `held` say which concepts are stated, and their chances.
    """
    report: dict[str, Any] = {"sentences": len(stated), "kinds": {}, "concepts": {}}
    for column, kind in enumerate(STATED):
        true = np.array([kind in own for own in stated])
        report["kinds"][kind] = scores(true, kinds[:, column], (0.5,))
    for kind in (*FINDING_KINDS, "all"):
        own = np.array([kind in (one, "all") for one in kind_of])
        report["concepts"][kind] = scores(verdicts[:, own].ravel(), held[:, own].ravel(), FLOORS)
    report["bands"] = bands(verdicts.ravel(), held.ravel())
    return report


def scores(true: np.ndarray, chance: np.ndarray, floors: Sequence[float]) -> dict[str, float]:
    """How many are true, average precision, and precision and recall from each chance on."""
    found = {"n": int(true.sum()), "ap": round(float(average_precision_score(true, chance)), 3)}
    for floor in floors:
        kept = chance >= floor
        found[f"p{floor}"] = round(float(true[kept].mean()), 3) if kept.any() else 0.0
        found[f"r{floor}"] = round(float(true[kept].sum() / true.sum()), 3)
    return found


def bands(true: np.ndarray, chance: np.ndarray) -> list[dict[str, float]]:
    """What was stated in each band of chances, and how much of it is true."""
    found = []
    for low, high in itertools.pairwise(BANDS):
        own = (chance >= low) & (chance < high)
        if own.any():
            means = {"stated": float(chance[own].mean()), "true": float(true[own].mean())}
            rounded = {name: round(value, 3) for name, value in means.items()}
            found.append({"from": low, "n": int(own.sum()), **rounded})
    return found
