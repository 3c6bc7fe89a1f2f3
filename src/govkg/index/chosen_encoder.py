"""A sentence-transformers model of the operator's choice, in place of our own encoders."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govkg.errors import KnowledgeBaseError
from govkg.index.encoder import EncoderCard

CHOSEN = "sentence-transformers"
Matrix = NDArray[np.float32]


class ChosenEncoder:
    """Encodes both languages by one model, named as sentence-transformers names it or by path.

    Prompts that the model's own configuration sets for queries and documents are used. Torch is
    imported when the first text is encoded or the identity is asked for.
    """

    languages = frozenset({"en", "zh"})

    def __init__(self, model: str) -> None:
        """Takes the name or path; nothing is loaded yet."""
        self._model = model

    @cached_property
    def card(self) -> EncoderCard:
        """What an index keeps of the model: its name, its dimension and a hash of its weights."""
        digest = hashlib.sha256()
        for name, tensor in sorted(self._loaded.state_dict().items()):
            digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\0".encode())
            digest.update(tensor.detach().cpu().contiguous().view(-1).numpy().tobytes())
        digest.update(repr(sorted(self._loaded.prompts.items())).encode())
        # A path is this machine's own and must not decide the id of a build.
        name = Path(self._model).name
        return EncoderCard(CHOSEN, name, digest.hexdigest(), self._dimension)

    @property
    def id(self) -> str:
        """The model's name and weight hash."""
        return self.card.id

    @property
    def dimension(self) -> int:
        """The length of the vectors."""
        return self.card.dimension

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors float32 [n, dimension] of length one.

        Raises:
            KnowledgeBaseError: the model cannot be loaded.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._array(self._loaded.encode_document(_clean(texts), **_PLAIN))

    def encode_question(self, text: str) -> Matrix:
        """The vector [dimension] of a question, with the model's prompt for queries."""
        vector: Matrix = self._array(self._loaded.encode_query(_clean([text]), **_PLAIN))[0]
        return vector

    @property
    def _dimension(self) -> int:
        return int(self._loaded.encode_document([""], **_PLAIN).shape[1])

    @staticmethod
    def _array(vectors: Any) -> Matrix:
        matrix: Matrix = np.ascontiguousarray(vectors, dtype=np.float32)
        return matrix

    @cached_property
    def _loaded(self) -> Any:
        from sentence_transformers import SentenceTransformer

        remedy = "set GOVKG_MODEL to the folder or name of a sentence-transformers model"
        try:
            return SentenceTransformer(self._model, device="cpu")
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError) as error:
            reason = str(error).strip().split("\n")[0]
            raise KnowledgeBaseError(
                f"the model cannot be loaded: {reason}", where=self._model, remedy=remedy
            ) from error


_PLAIN: dict[str, Any] = {
    "normalize_embeddings": True,
    "convert_to_numpy": True,
    "show_progress_bar": False,
}


def _clean(texts: Sequence[str]) -> list[str]:
    # A lone surrogate, possible in JSON, has no UTF-8 form.
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
