import subprocess
import sys

import numpy as np
import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.embedders import HashingEmbedder, OnnxEmbedder, load_embedder
from govkg.index.encoder import MINILM_SHA256, EncoderCard

SENTENCES = [
    "Fees.",
    "Why do residents not take part?",
    "The owners' committee could not be formed because fewer than half of the owners voted.",
    "A volunteer team visits every household on Saturday mornings.",
    "业主不交物业费怎么办？",
    "社区协商平台让居民、物业和街道坐在一起讨论停车位。",
    "Parking: 120 spaces, 400 cars, no rules.",
    "The street office paid for the lift; the residents chose the contractor.",
    "Nobody knew who was in charge of the drains.",
    "居民自治不等于放任不管，The rules still apply.",
    "Participatory budgeting lets neighbours decide how a share of public money is spent. " * 3,
    "Rubbish sorting failed at first: the bins were far away, and nobody said why it mattered.",
    "In 2019 the township opened a shared kitchen.",
    "Trust grows slowly. " * 40,
    "老旧小区加装电梯，低层住户反对，高层住户着急，社区干部上门十几次才谈拢。",
    "Mediation is free of charge.",
    "A hotline without answers is worse than none, said the head of the residents' association.",
    "The council publishes every complaint, with the name of the office that has to answer it, "
    "and the number of days it has taken so far; offices that are late have to say why.",
    "网格员每天走访，问题当天上报。",
    "Long texts are cut after the first two hundred and fifty-six tokens. " * 30,
]


def test_equal_in_meaning_is_nearer_than_equal_in_words(encoder):
    embedder = OnnxEmbedder(encoder)
    asked, near, far = embedder.encode(
        [
            "How can we get more residents to join in?",
            "Ways of encouraging citizen participation",
            "How can we get more parking?",
        ]
    )
    assert asked @ near > asked @ far


def test_vectors_are_float32_of_length_one(encoder):
    embedder = OnnxEmbedder(encoder)
    matrix = embedder.encode(["Trust grows slowly.", "", "物业费", "bad \ud800 surrogate \0"])
    assert matrix.shape == (4, 384)
    assert matrix.dtype == np.float32
    assert np.linalg.norm(matrix, axis=1) == pytest.approx([1, 1, 1, 1], abs=1e-5)
    assert embedder.encode([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_company_or_threads(encoder):
    one, two = OnnxEmbedder(encoder), OnnxEmbedder(encoder, threads=2)
    alone = np.concatenate([one.encode([text]) for text in SENTENCES[:8]])
    assert np.array_equal(one.encode(SENTENCES[:8]), alone)
    assert np.array_equal(two.encode(SENTENCES)[:8], alone)


def test_text_beyond_the_token_limit_changes_nothing(encoder):
    long = "The residents met again. " * 100
    first, second = OnnxEmbedder(encoder).encode([long, long + "They built a spaceship."])
    assert np.array_equal(first, second)


def test_the_id_names_the_model_and_its_weights(encoder):
    embedder = load_embedder(encoder)
    assert isinstance(embedder, OnnxEmbedder)
    assert embedder.id == f"all-MiniLM-L6-v2@{MINILM_SHA256}"
    assert embedder.dimension == 384


def test_encoding_imports_no_torch(encoder):
    program = (
        "import sys; from pathlib import Path; from govkg.index.embedders import load_embedder;"
        f"load_embedder(Path({str(encoder)!r})).encode(['a', 'b']);"
        "sys.exit(any(m in sys.modules for m in ('torch', 'transformers', 'spacy', 'faiss')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.slow
def test_vectors_agree_with_sentence_transformers(encoder):
    from sentence_transformers import SentenceTransformer

    from govkg.index.onnx_export import weights_folder

    reference = SentenceTransformer(str(weights_folder()), device="cpu", local_files_only=True)
    expected = reference.encode(SENTENCES, normalize_embeddings=True)
    found = OnnxEmbedder(encoder).encode(SENTENCES)
    assert (found * expected).sum(axis=1).min() >= 0.9999


def test_hashed_words_are_near_when_they_are_shared(tmp_path):
    embedder = HashingEmbedder()
    asked, near, far, nothing = embedder.encode(
        ["物业费怎么收", "小区物业费", "Street lamps and lifts", "！？"]
    )
    assert asked @ near > 0.4 > abs(asked @ far)
    assert asked @ asked == pytest.approx(1)
    assert not nothing.any()
    embedder.save(tmp_path)
    assert load_embedder(tmp_path).id == embedder.id == "hashing@1"


def test_missing_foreign_and_unknown_cards_are_one_clear_error(tmp_path):
    with pytest.raises(KnowledgeBaseError, match=r"encoder\.json.*card cannot be read"):
        load_embedder(tmp_path)
    EncoderCard("astrology", "stars", "1", 12).write(tmp_path)
    with pytest.raises(KnowledgeBaseError, match="unknown kind of encoder 'astrology'"):
        load_embedder(tmp_path)
    (tmp_path / "encoder.json").write_text('{"colour": "blue"}')
    with pytest.raises(KnowledgeBaseError, match="card cannot be read"):
        load_embedder(tmp_path)


def test_a_folder_without_its_model_is_one_clear_error(tmp_path):
    EncoderCard("minilm", "m", "1", 384, 256).write(tmp_path)
    with pytest.raises(KnowledgeBaseError, match="encoder cannot be loaded"):
        OnnxEmbedder(tmp_path).encode(["a"])
