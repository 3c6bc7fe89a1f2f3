"""Writes the encoder into the package, in the form that sentence-transformers reads."""

import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, StaticEmbedding
from tokenizers import Tokenizer

from govkg.index.durable import sha256_file
from govkg.index.encoder import TOKENIZER_FILE, EncoderCard
from govkg.index.static_encoder import CHINESE_FOLDER, WEIGHTS_FILE

MODEL = "govkg-chinese"


def write(tokenizer: Tokenizer, rows: np.ndarray) -> None:
    """Writes weights, tokenizer and card beside the model card, which is written by hand."""
    words = StaticEmbedding(tokenizer, embedding_weights=rows.astype(np.float32))
    model = SentenceTransformer(modules=[words, Normalize()], device="cpu").half()
    model.save(str(CHINESE_FOLDER), create_model_card=False)
    # The library writes weights that only their owner may read.
    (CHINESE_FOLDER / WEIGHTS_FILE).chmod(0o644)
    files = {name: sha256_file(CHINESE_FOLDER / name) for name in (TOKENIZER_FILE, WEIGHTS_FILE)}
    card = EncoderCard("static", MODEL, files[WEIGHTS_FILE], rows.shape[1], files=files)
    card.write(CHINESE_FOLDER)
