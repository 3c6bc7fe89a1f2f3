"""Passages by the meaning of a question: one index of vectors for each language."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from govkg.index.files import LABELS_FILE, ROWS_FILE, VECTORS_FILE
from govkg.index.vectors import Vectors
from govkg.search.question import LabelVectors

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
# A passage stands in the index once for each of its clauses; more than this are seldom among the
# nearest.
_CLAUSES = 3


class Dense:
    """The passages of one build by vector, apart for each language that they are in.

    Cosines with passages in two languages share no scale, so each language has its own ranking.
    """

    def __init__(self, vectors: Mapping[str, Vectors], rows: Mapping[str, Sequence[int]]) -> None:
        """Takes, by language, the vectors and the row of the passage that each stands for."""
        self._vectors = vectors
        self._rows = rows

    @classmethod
    def open(cls, folder: Path, dimensions: Mapping[str, int]) -> "Dense":
        """Opens a version's vectors; `dimensions` are those of its encoders, by language.

        Raises:
            KnowledgeBaseError: a file is missing or is not what the others say.
        """
        vectors, rows = {}, {}
        for language, dimension in sorted(dimensions.items()):
            of = np.load(folder / ROWS_FILE.format(language=language), allow_pickle=False).tolist()
            path = folder / VECTORS_FILE.format(language=language)
            vectors[language] = Vectors.open(path, rows=len(of), dimension=dimension)
            rows[language] = of
        return cls(vectors, rows)

    def near(self, vector: Matrix, depth: int) -> dict[str, list[tuple[int, float]]]:
        """For each language the `depth` nearest passages by row with their cosines, best first.

        Of a passage of several clauses the score is the mean of its cosine and its best clause's.
        """
        found = {}
        for language, index in self._vectors.items():
            rows = self._rows[language]
            best: dict[int, float] = {}
            for i, score in index.search(vector, _CLAUSES * depth):
                best.setdefault(rows[i], score)
            found[language] = list(best.items())[:depth]
        return found


def open_labels(folder: Path, concepts: Mapping[str, Sequence[str]]) -> dict[str, LabelVectors]:
    """The label vectors of a version; `concepts` names the concept of each row, by language."""
    return {
        language: LabelVectors(
            of, np.load(folder / LABELS_FILE.format(language=language), allow_pickle=False)
        )
        for language, of in sorted(concepts.items())
    }
