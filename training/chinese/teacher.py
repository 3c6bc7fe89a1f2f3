"""The teacher: MiniLM, the English encoder of the index, whose space the student is placed in."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from training.chinese.cache import kept

from govkg.index.embedders import Embedder, load_embedder
from govkg.index.encoder import prepare_encoder

# A run that is cut off loses at most so many vectors.
_CHUNK = 2000
_THREADS = 2


class Teacher:
    """MiniLM with a memory: no chunk of texts is encoded twice."""

    def __init__(self, cache: Path) -> None:
        """Makes or finds the encoder in the cache folder of builds."""
        folder = prepare_encoder(cache, lambda line: None)
        self._embedder: Embedder = load_embedder(folder, _THREADS)
        self._kept = cache / "training" / "teacher"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors float32 [n, 384] of length one, to half precision."""
        parts = [self._chunk(texts[i : i + _CHUNK]) for i in range(0, len(texts), _CHUNK)]
        vectors = np.concatenate(parts).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _chunk(self, texts: Sequence[str]) -> np.ndarray:
        def make() -> dict[str, np.ndarray]:
            return {"vectors": self._embedder.encode(texts).astype(np.float16)}

        return kept(self._kept, "chunk", [self._embedder.id, *texts], make)["vectors"]
