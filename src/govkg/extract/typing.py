"""Which kind of statement a sentence makes: a small classifier over its vector and its cues.

It was trained on sentences that people labelled and on sentences written for it (`training/`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from govkg.extract.cues import CueKind
from govkg.extract.roles import Role
from govkg.extract.statements import Statement
from govkg.extract.weights import Matrix, Weights, weights
from govkg.model.document import LAW_TYPES

# Papers by which a body instructs, reports or praises others: about many places, if any.
OFFICIAL_TYPES = frozenset({"circular", "notice", "opinion", "report", "policy", "plan"})
# What a sentence may state; the last two tell of an experience and of what came of it.
STATED = ("problem", "cause", "countermeasure", "practice", "outcome")
_CUES: tuple[CueKind, ...] = get_args(CueKind)
_ROLES: tuple[Role, ...] = ("problem", "cause", "countermeasure", "practice", "outcome", "other")
# A figure that is no year, nor the number of an article or a footnote.
_FIGURE = re.compile(
    r"(?<![\d第\[])(?!(?:19|20)\d\d(?!\d))\d[\d,.]*(?![\d\]]|条|款|\s*年)|"
    r"[一二三四五六七八九十百千万]{1,4}成|per cent|%"
)
# The length of a vector beside signals that are 0 or 1.
VECTOR_SCALE = 3.0


def signals(text: str, cues: Iterable[CueKind], role: Role, document_type: str) -> list[float]:
    """What a sentence's words, its section and its document say of it, each 0 or 1."""
    held = set(cues)
    figure = bool(_FIGURE.search(text))
    return [
        *(float(cue in held) for cue in _CUES),
        float(figure),
        float(figure and "amount" in held),
        *(float(role == other) for other in _ROLES),
        float(document_type in LAW_TYPES),
        float(document_type in OFFICIAL_TYPES),
    ]


@dataclass(frozen=True, slots=True)
class Typed:
    """A statement and the chance of each of STATED that it states it."""

    statement: Statement
    chances: Mapping[str, float]


def type_statements(
    statements: Sequence[Statement], vectors: Matrix, document_type: str
) -> list[Typed]:
    """The kinds of statements of one language, whose `vectors` are [n, d]."""
    if not statements:
        return []
    own = weights(statements[0].language)
    given = np.array(
        [signals(s.text, (c.kind for c in s.cues), s.role, document_type) for s in statements],
        np.float32,
    )
    chances = kind_chances(given, vectors, own)
    return [
        Typed(statement, dict(zip(STATED, map(float, row), strict=True)))
        for statement, row in zip(statements, chances, strict=True)
    ]


def kind_chances(given: Matrix, vectors: Matrix, own: Weights) -> Matrix:
    """The chance of each of STATED [n, kinds] by signals [n, signals] and vectors [n, d]."""
    inputs = np.hstack([given, VECTOR_SCALE * vectors])
    chances: Matrix = 1 / (1 + np.exp(-(inputs @ own.typing.T + own.typing_bias)))
    return chances
