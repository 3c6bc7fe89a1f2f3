"""A sentence-transformers model of the operator's choice, in place of our own encoders."""

import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govkg.errors import KnowledgeBaseError
from govkg.index.durable import sha256_file
from govkg.index.encoder import EncoderCard

CHOSEN = "sentence-transformers"
Matrix = NDArray[np.float32]
_REMEDY = "set GOVKG_MODEL to the folder or name of a sentence-transformers model"
# One of these is in every folder that sentence-transformers can load.
_MARKS = ("modules.json", "config.json")
# The same model for other programs; never loaded here.
_OTHER_RUNTIMES = frozenset({"onnx", "openvino"})
_TEXT_FOR_READERS = ".md"
_LONGEST_REASON = 200
_PLAIN: dict[str, Any] = {
    "normalize_embeddings": True,
    "convert_to_numpy": True,
    "show_progress_bar": False,
}


def model_folder(model: str) -> Path:
    """The folder of a model: named itself, or that of this name in the hub's cache on this machine.

    Nothing is downloaded.

    Raises:
        KnowledgeBaseError: there is none, or it holds no model.
    """
    try:
        path = Path(model)
        folder = path if path.exists() else _in_hub_cache(model)
        if not folder.is_dir():
            raise KnowledgeBaseError("not a folder", where=model, remedy=_REMEDY)
        whole = any((folder / mark).exists() for mark in _MARKS)
    except OSError as error:
        raise _unreadable(error, model) from error
    if not whole:
        raise KnowledgeBaseError(
            f"holds no sentence-transformers model: neither {' nor '.join(_MARKS)} is there",
            where=model,
            remedy=_REMEDY,
        )
    return folder


def model_hash(model: str) -> str:
    """The SHA-256 over all files of a model by name, without loading it.

    Weights, tokenizer, prompts and configuration count; what is for readers, hidden or for other
    programs does not, nor does where the folder is.

    Raises:
        KnowledgeBaseError: there is no such model, or a file of it cannot be read.
    """
    folder = model_folder(model)
    digest = hashlib.sha256()
    try:
        for name, path in sorted((path.relative_to(folder), path) for path in _files(folder)):
            digest.update(os.fsencode(name.as_posix()) + f"\0{sha256_file(path)}\0".encode())
    except OSError as error:
        raise _unreadable(error, model) from error
    return digest.hexdigest()


class ChosenEncoder:
    """Encodes both languages by one model, named as sentence-transformers names it or by path.

    Prompts that the model's own configuration sets for queries and documents are used; weights of
    any precision are computed with as float32, on the CPU. Calls from several threads wait for
    each other. The last bits of a vector depend on the texts that it is encoded with.
    """

    languages = frozenset({"en", "zh"})

    def __init__(self, model: str, dimension: int = 0) -> None:
        """Hashes the files; without the known dimension also loads the model, to learn it.

        With a dimension, torch is imported when the first text is encoded.

        Raises:
            KnowledgeBaseError: the model is not there or cannot be loaded.
        """
        self._model = model
        self._folder = model_folder(model)
        self._using = Lock()
        weights = model_hash(model)
        # A folder's name is this machine's own: it is for people and no part of the id.
        name = self._folder.absolute().name if self._folder == Path(model) else model
        self.dimension = dimension or self._encoded("encode_document", ["a"]).shape[1]
        self.card = EncoderCard(CHOSEN, name, weights, self.dimension)
        self.id = f"{CHOSEN}@{weights}"

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors float32 [n, dimension] of length one.

        Raises:
            KnowledgeBaseError: the model cannot be loaded, or fails on a text.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._encoded("encode_document", texts)

    def encode_question(self, text: str) -> Matrix:
        """The vector [dimension] of a question, with the model's prompt for queries."""
        vector: Matrix = self._encoded("encode_query", [text])[0]
        return vector

    def _encoded(self, way: str, texts: Sequence[str]) -> Matrix:
        # A lone surrogate, possible in JSON, has no UTF-8 form.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        with self._using, _Foreign(self._model, "the model cannot encode a text"):
            vectors = getattr(self._loaded, way)(clean, **_PLAIN)
            matrix: Matrix = np.ascontiguousarray(vectors, dtype=np.float32)
            if not np.isfinite(matrix).all():
                raise ValueError("a vector has values that are no numbers")
        return matrix

    @cached_property
    def _loaded(self) -> Any:
        with _Foreign(self._model, "the model cannot be loaded"):
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            # Warnings and bars would stand among our own lines; errors come as exceptions.
            noise: Any = transformers_logging
            noise.set_verbosity_error()
            noise.disable_progress_bar()
            logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
            model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
            return model.float()


class _Foreign:
    """Turns whatever the libraries or a chosen model raise inside the block into one clear error.

    A model is files and code of others: damaged ones give errors of every kind, among them plain
    `Exception` by the tokenizer and `IndexError` by the unpickler.
    """

    def __init__(self, model: str, problem: str) -> None:
        self._model = model
        self._problem = problem

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not isinstance(error, Exception) or isinstance(error, KnowledgeBaseError):
            return
        reason = " ".join(str(error).split())[:_LONGEST_REASON]
        raise KnowledgeBaseError(
            f"{self._problem}: {type(error).__name__}: {reason}", where=self._model, remedy=_REMEDY
        ) from error


def _in_hub_cache(model: str) -> Path:
    """Where earlier downloads of a model lie on this machine; needs no network."""
    from huggingface_hub import snapshot_download

    cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    # As sentence-transformers does: its own models may be named without their owner.
    for name in (model,) if "/" in model else (f"{CHOSEN}/{model}", model):
        try:
            return Path(snapshot_download(name, local_files_only=True, cache_dir=cache))
        except (OSError, ValueError):
            continue
    raise KnowledgeBaseError(
        "neither a folder nor a model that was downloaded to this machine",
        where=model,
        remedy="set GOVKG_MODEL to a folder, or download the model with `hf download` first",
    )


def _files(folder: Path) -> Iterator[Path]:
    """The files that may decide vectors; links are followed, as those who load them do."""

    def refuse(error: OSError) -> None:
        raise error

    entered: set[str] = set()
    for root, folders, names in os.walk(folder, onerror=refuse, followlinks=True):
        real = os.path.realpath(root)
        if real in entered:
            folders.clear()
            continue
        entered.add(real)
        folders[:] = [x for x in folders if x[0] != "." and x not in _OTHER_RUNTIMES]
        kept = (Path(root) / x for x in names if x[0] != "." and not x.endswith(_TEXT_FOR_READERS))
        yield from (path for path in kept if path.is_file())


def _unreadable(error: OSError, model: str) -> KnowledgeBaseError:
    reason = error.strerror or str(error)
    return KnowledgeBaseError(
        f"the model cannot be read: {reason}",
        where=str(error.filename or model),
        remedy="check its permissions, or set GOVKG_MODEL to another model",
    )
