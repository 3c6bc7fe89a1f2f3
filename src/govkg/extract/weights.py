"""What extraction learnt: weights as JSON and safetensors, made by `training/linking.py`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from safetensors.numpy import load

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
# The slope of log odds, what is added to it above even odds, and a shift.
Calibration = tuple[float, float, float]
LINKING_FILE, PROBES_FILE = "linking.json", "linking.safetensors"


@dataclass(frozen=True)
class Weights:
    """The weights of one language.

    `linking` are those of the regression over the features of `scoring`, with an `intercept`, and
    `calibration` is what makes its log odds a chance that means what it says;
    `typing` are those of the kinds of sentences [kinds, signals + d], and `typing_bias` [kinds].
    `probe` are the directions of the concepts named by `notations` [d, concepts], from the vector
    `centre` [d] on, and `probe_bias` [concepts] is what a sentence in the centre gets.
    """

    linking: Mapping[str, float]
    typing: Matrix
    typing_bias: Matrix
    probe: Matrix
    probe_bias: Matrix
    centre: Matrix
    notations: tuple[str, ...]
    calibration: Calibration = (1.0, 0.0, 0.0)


@lru_cache(maxsize=2)
def weights(language: str) -> Weights:
    """The weights of "zh" or "en" that come with the package."""
    folder = files("govkg.extract") / "data"
    record = json.loads((folder / LINKING_FILE).read_text("utf-8"))[language]
    tensors = load((folder / PROBES_FILE).read_bytes())
    own = {
        name: tensors[f"{language}.{name}"].astype(np.float32)
        for name in ("typing", "typing_bias", "probe", "probe_bias", "centre")
    }
    return Weights(
        linking=record["weights"],
        notations=tuple(record["notations"]),
        calibration=tuple(record["calibration"]),
        **own,
    )
