"""The Chinese encoder: one vector for each word, in the space of the English encoder.

The folder `data/chinese` holds our own artefact; `training/chinese` makes it. The same folder loads
in sentence-transformers; here numpy and the tokenizer are enough, and torch is not imported.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govkg.errors import KnowledgeBaseError
from govkg.index.encoder import TOKENIZER_FILE, read_card
from govkg.text.script import simplify

CHINESE_FOLDER = Path(__file__).parent / "data" / "chinese"
WEIGHTS_FILE = "model.safetensors"
# The name that sentence-transformers gives to the weights of a `StaticEmbedding`.
WEIGHTS_NAME = "embedding.weight"

Matrix = NDArray[np.float32]


class StaticEncoder:
    """Encodes Chinese text, with Latin words in it, as the mean of the vectors of its words.

    Its vectors may be compared with those of the English encoder. Cosines between languages are
    lower than within one: rank by them, and set no one threshold for both.
    """

    languages = frozenset({"zh"})

    def __init__(self, folder: Path = CHINESE_FOLDER, threads: int = 1) -> None:
        """Reads the card only; the words are loaded when the first text is encoded."""
        card = read_card(folder)
        self.id = card.id
        self.dimension = card.dimension
        self._folder = folder

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors float32 [n, dimension] of length one; zero for a text without a known word.

        A text's vector is the same to the last bit alone and among others; traditional
        characters count as their simplified forms.

        Raises:
            KnowledgeBaseError: the weights or the tokenizer cannot be read.
        """
        matrix = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokenizer, words = self._loaded
        # A lone surrogate, possible in JSON, has no UTF-8 form and so no tokens.
        clean = [simplify(text.encode("utf-8", "replace").decode("utf-8")) for text in texts]
        encodings = tokenizer.encode_batch_fast(clean, add_special_tokens=False)
        for row, encoding in zip(matrix, encodings, strict=True):
            total = words[encoding.ids].sum(axis=0, dtype=np.float32)
            length = float(np.linalg.norm(total))
            if length:
                row[:] = total / np.float32(length)
        return matrix

    def encode_question(self, text: str) -> Matrix:
        """The vector [dimension] of a question, made like that of any text."""
        vector: Matrix = self.encode([text])[0]
        return vector

    @cached_property
    def _loaded(self) -> tuple[Any, NDArray[np.float16]]:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            text = (self._folder / TOKENIZER_FILE).read_text(encoding="utf-8")
            words = load_file(self._folder / WEIGHTS_FILE)[WEIGHTS_NAME]
        except (OSError, KeyError, SafetensorError) as error:
            raise KnowledgeBaseError(
                f"the Chinese encoder cannot be loaded: {error}",
                where=str(self._folder),
                remedy="install govkg again",
            ) from error
        return Tokenizer.from_str(text), words
