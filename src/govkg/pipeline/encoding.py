"""Texts to vectors at build time: encoded once, kept by content."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from govkg.index.cache import VectorCache
from govkg.index.embedders import Embedder, load_embedder
from govkg.index.encoder import prepare_encoder
from govkg.pipeline.cache import cache_key

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


class Encoder:
    """The build's encoder: opened only when a text was never encoded before."""

    def __init__(self, cache: Path, report: Callable[[str], None]) -> None:
        """Prepares the encoder's folder under the cache, exporting the model if it is not there."""
        self.folder = prepare_encoder(cache, report)
        self.embedder: Embedder = load_embedder(self.folder, threads=os.cpu_count() or 1)
        self._vectors = VectorCache(cache / "vectors")
        self._used: set[str] = set()
        self._recorded: set[str] = set()
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One normalised row per text [n, d], from the cache where this very list was encoded."""
        key = cache_key(self.embedder.id, *texts)
        self._used.add(key)
        self._recorded.add(key)
        kept = self._vectors.get(key)
        if kept is not None:
            return kept
        matrix = self.embedder.encode(texts)
        self.encoded += len(texts)
        self._vectors.put(key, matrix)
        return matrix

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
