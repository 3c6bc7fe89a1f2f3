"""Texts to vectors at build time: encoded once, kept by content."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from govkg.index.cache import VectorCache
from govkg.index.chosen_encoder import ChosenEncoder
from govkg.index.embedders import Embedder
from govkg.index.encoder import prepare_encoder
from govkg.index.encoders import Encoders, own_encoders, save_encoders
from govkg.index.static_encoder import CHINESE_FOLDER
from govkg.model.document import Document
from govkg.pipeline.cache import cache_key

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
# A question mostly meets one clause of an article. Chinese clauses cost next to nothing to encode;
# the sentences of English passages would cost as much as the passages again.
_PARTED = frozenset({"zh"})
_PART_END = re.compile(r"(?<=[；。;！？])|\n")
_SHORTEST_PART = 8


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of the passages in one language, and the row of the passage of each.

    A passage of several clauses has one vector for each, the mean of the clause's and its own:
    the inner product with a question is the mean of both cosines.
    """

    matrix: Matrix
    rows: np.ndarray[tuple[int], np.dtype[np.int32]]


class Encoder:
    """The build's encoders: opened only when a text was never encoded before.

    Sentences are always read by our own, in whose space extraction was learnt; the vectors that
    questions are compared with are those of the chosen model, if there is one.
    """

    def __init__(self, cache: Path, model: str, report: Callable[[str], None]) -> None:
        """Prepares the English encoder's folder under the cache, if it is not there."""
        self._folders = {"minilm": prepare_encoder(cache, report), "chinese": CHINESE_FOLDER}
        self.own: Encoders = own_encoders(self._folders, threads=os.cpu_count() or 1)
        self._chosen = ChosenEncoder(model) if model else None
        self._vectors = VectorCache(cache / "vectors")
        self._used: set[str] = set()
        self._recorded: set[str] = set()
        self.encoded = 0

    @property
    def asked(self) -> Encoders:
        """The encoders by which an index is asked, by language."""
        if self._chosen is not None:
            return dict.fromkeys(sorted(self._chosen.languages), self._chosen)
        return self.own

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One normalised row per English text [n, d], kept under this very list."""
        return self._kept(self.own["en"], texts)

    def label_vectors(self, language: str, labels: Sequence[str]) -> Matrix:
        """One normalised row per label [n, d], in the space of the language's questions."""
        return self._kept(self.asked[language], labels)

    def passage_vectors(self, language: str, documents: Sequence[Document]) -> PassageVectors:
        """The vectors of all passages in a language; rows count all passages of the documents."""
        embedder = self.asked[language]
        matrices: list[Matrix] = [np.zeros((0, embedder.dimension), np.float32)]
        rows: list[int] = []
        first = 0
        for document in documents:
            own = [i for i, p in enumerate(document.passages) if p.language == language]
            if own:
                texts = [document.passages[i].text for i in own]
                matrix, of = self._parted(embedder, language, texts)
                matrices.append(matrix)
                rows += [first + own[i] for i in of]
            first += len(document.passages)
        return PassageVectors(np.concatenate(matrices), np.array(rows, dtype=np.int32))

    def save(self, folder: Path) -> None:
        """Writes what questions are encoded by into a folder that does not exist."""
        save_encoders(folder, self._folders, self._chosen)

    def recorded(self) -> list[str]:
        """The keys of all vectors asked for since this was last called, sorted."""
        keys, self._recorded = sorted(self._recorded), set()
        return keys

    def keep(self, keys: Iterable[str]) -> None:
        """Keeps vectors that were asked for by what is now taken from another cache."""
        self._used.update(keys)

    def prune(self) -> None:
        """Drops vectors that this build did not use."""
        self._vectors.prune(self._used)

    def _parted(
        self, embedder: Embedder, language: str, texts: Sequence[str]
    ) -> tuple[Matrix, list[int]]:
        whole = self._kept(embedder, texts)
        if language not in _PARTED:
            return whole, list(range(len(texts)))
        parts = [(i, part) for i, text in enumerate(texts) for part in _parts(text)]
        of = [i for i, _ in parts]
        apart = self._kept(embedder, [part for _, part in parts])
        return (whole[of] + apart) / np.float32(2), of

    def _kept(self, embedder: Embedder, texts: Sequence[str]) -> Matrix:
        key = cache_key(embedder.id, *texts)
        self._used.add(key)
        self._recorded.add(key)
        kept = self._vectors.get(key)
        if kept is not None:
            return kept
        matrix = embedder.encode(texts)
        self.encoded += len(texts)
        self._vectors.put(key, matrix)
        return matrix


def _parts(text: str) -> list[str]:
    """The clauses of a Chinese passage; the passage itself where it has not several."""
    found = [part.strip() for part in _PART_END.split(text)]
    found = [part for part in found if len(part) >= _SHORTEST_PART]
    return found if len(found) > 1 else [text]
