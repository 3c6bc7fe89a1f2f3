"""Encoders: a text becomes a vector, and texts of one meaning become neighbours."""

import hashlib
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from govkg.errors import KnowledgeBaseError
from govkg.index.encoder import GRAPH_FILE, TOKENIZER_FILE, EncoderCard, read_card
from govkg.index.static_encoder import StaticEncoder

Matrix = NDArray[np.float32]
HASHING = "hashing"


class Embedder(Protocol):
    """Turns texts into vectors of one space.

    `id` is the model's name and weight hash; `languages` are those it was made for; vectors of
    two embedders with different ids must never be compared.
    """

    languages: frozenset[str]

    @property
    def id(self) -> str:
        """The model's name and weight hash."""
        ...

    @property
    def dimension(self) -> int:
        """The length of the vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors float32 [len(texts), dimension] of length one; zero where nothing is known."""
        ...

    def encode_question(self, text: str) -> Matrix:
        """The vector [dimension] by which a question finds texts."""
        ...


class OnnxEmbedder:
    """An encoder folder run by onnxruntime, without torch.

    Each text is run by itself: its vector is the same to the last bit alone, among others and
    with any number of threads, and on a CPU that is also faster than padded batches.
    """

    languages = frozenset({"en"})

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Reads the card only; the model is loaded when the first text is encoded.

        Args:
            folder: made by `encoder.prepare_encoder`; its hashes are taken as checked.
            threads: how many texts are encoded at once.
        """
        card = read_card(folder)
        self.id = card.id
        self.dimension = card.dimension
        self._folder = folder
        self._max_tokens = card.max_tokens
        self._threads = threads
        self._loading = Lock()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors float32 [n, dimension] of length one, from the first `max_tokens` tokens.

        Raises:
            KnowledgeBaseError: the model cannot be loaded.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._loading:
            tokenizer, session = self._loaded
        # A lone surrogate, possible in JSON, has no UTF-8 form and so no tokens.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        tokens = [encoding.ids for encoding in tokenizer.encode_batch(clean)]

        def run(ids: list[int]) -> Matrix:
            row = np.asarray([ids], dtype=np.int64)
            inputs = {"input_ids": row, "attention_mask": np.ones_like(row)}
            vector: Matrix = session.run(None, inputs)[0]
            return vector

        if self._threads == 1 or len(tokens) == 1:
            return np.concatenate([run(ids) for ids in tokens])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.concatenate(list(pool.map(run, tokens)))

    def encode_question(self, text: str) -> Matrix:
        """The vector [dimension] of a question, made like that of any text."""
        vector: Matrix = self.encode([text])[0]
        return vector

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph was optimised when it was exported.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            tokenizer = Tokenizer.from_str(
                (self._folder / TOKENIZER_FILE).read_text(encoding="utf-8")
            )
            tokenizer.no_padding()
            tokenizer.enable_truncation(self._max_tokens)
            graph = str((self._folder / GRAPH_FILE).resolve(strict=True))
        except OSError as error:
            raise KnowledgeBaseError(
                f"the encoder cannot be loaded: {error}",
                where=str(self._folder),
                remedy="run `govkg build` again",
            ) from error
        # Given the path, not the bytes: that would take the size of the file once more.
        providers = ["CPUExecutionProvider"]
        return tokenizer, onnxruntime.InferenceSession(graph, options, providers=providers)


class HashingEmbedder:
    """A bag of hashed words and Chinese bigrams: for tests and machines without the model.

    It knows nothing of meaning: texts are neighbours when they share words.
    """

    languages = frozenset({"en", "zh"})
    _DIMENSION = 384
    _TERM = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+")

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Takes the arguments of every embedder; needs neither."""
        self.dimension = self._DIMENSION
        self._card = EncoderCard(HASHING, HASHING, "1", self._DIMENSION)
        self.id = self._card.id

    def save(self, folder: Path) -> None:
        """Writes an encoder folder that `load_embedder` turns back into this embedder."""
        self._card.write(folder)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors float32 [n, dimension] of length one; zero for a text without words."""
        matrix = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(matrix, texts, strict=True):
            for term in self._terms(text):
                digest = hashlib.blake2b(term.encode(), digest_size=8).digest()
                place = int.from_bytes(digest[:4], "big") % self.dimension
                row[place] += 1.0 if digest[4] % 2 else -1.0
            length = float(np.linalg.norm(row))
            if length:
                row /= np.float32(length)
        return matrix

    def encode_question(self, text: str) -> Matrix:
        """The vector [dimension] of a question, made like that of any text."""
        vector: Matrix = self.encode([text])[0]
        return vector

    def _terms(self, text: str) -> list[str]:
        terms: list[str] = []
        for match in self._TERM.findall(text.lower()):
            if match.isascii() or len(match) == 1:
                terms.append(match)
            else:
                terms += [match[i : i + 2] for i in range(len(match) - 1)]
        return terms


EMBEDDERS: dict[str, Callable[[Path, int], Embedder]] = {
    "minilm": OnnxEmbedder,
    "static": StaticEncoder,
    HASHING: HashingEmbedder,
}


def load_embedder(folder: Path, threads: int = 1) -> Embedder:
    """The embedder that an encoder folder's card names; KnowledgeBaseError if none is known."""
    name = read_card(folder).embedder
    if name not in EMBEDDERS:
        raise KnowledgeBaseError(
            f"unknown kind of encoder {name!r}",
            where=str(folder),
            remedy="run `govkg build` with this version",
        )
    return EMBEDDERS[name](folder, threads)
