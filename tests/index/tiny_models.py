"""A sentence-transformers model of sixteen values, made on the spot: one value for one meaning."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

# Words of either language that share a value mean the same; the first value is the prompt's.
MEANINGS = (
    ("query",),
    ("fee", "fees", "费"),
    ("council", "councils", "镇"),
    ("lift", "lifts", "梯"),
    ("parking", "车"),
    ("complaint", "complaints", "诉"),
    ("owner", "owners", "主"),
)
DIMENSION = 16


def save_model(folder: Path, meanings: Sequence[Sequence[str]] = MEANINGS) -> Path:
    """Saves the model into a folder; a word's vector is one where its meaning stands.

    The prompt of a question is `query: `, that of a text is empty.
    """
    # Torch takes seconds to import: only tests that make a model pay for it.
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    rows = [(word, place) for place, words in enumerate(meanings) for word in words]
    weights = np.zeros((1 + len(rows), DIMENSION), dtype=np.float32)
    vocabulary = {"[UNK]": 0}
    for row, (word, place) in enumerate(rows, start=1):
        vocabulary[word] = row
        weights[row, place] = 1.0
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    prompts = {"query": "query: ", "document": ""}
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], prompts=prompts
    )
    model.save(str(folder))
    return folder


def change_weights(folder: Path) -> None:
    """Turns the last bit of the weights of a saved model."""
    path = folder / "model.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
