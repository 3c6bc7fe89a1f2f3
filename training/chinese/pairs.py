"""The aligned Chinese and English segments of bilingual statutes."""

import gzip
import random
from dataclasses import dataclass
from pathlib import Path

PAIRS_FILE = Path("data") / "zh_en_pairs.tsv.gz"
# The teacher reads so many: longer segments cost it more and mix more subjects in one vector.
_LONGEST_ENGLISH = 220
_LONGEST_CHINESE = 90
_SHORTEST_CHINESE = 4
_SEED = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in simplified Chinese and in English; `kind` is title, art or par."""

    kind: str
    zh: str
    en: str


def statute_pairs(trials: Path) -> list[Pair]:
    """All pairs of the collection, in its order, each once."""
    with gzip.open(trials / PAIRS_FILE, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return list(dict.fromkeys(Pair(kind, zh, en) for kind, _, zh, en in rows))


def taught(pairs: list[Pair], count: int) -> list[Pair]:
    """The titles, then at most `count` other pairs drawn by a fixed seed from the shorter ones."""
    titles = [pair for pair in pairs if pair.kind == "title"]
    others = [
        pair
        for pair in pairs
        if pair.kind != "title"
        and len(pair.en) <= _LONGEST_ENGLISH
        and _SHORTEST_CHINESE <= len(pair.zh) <= _LONGEST_CHINESE
    ]
    random.Random(_SEED).shuffle(others)  # noqa: S311 - a draw that can be repeated
    return titles + others[:count]
