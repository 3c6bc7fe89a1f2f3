"""A model of the operator's choice: read as it says itself, known by its files, never fetched."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.chosen_encoder import ChosenEncoder, model_folder, model_hash
from tests.index.tiny_models import change_weights, save_model

WRONG = "set GOVKG_MODEL to the folder or name of a sentence-transformers model"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A saved model; nobody may change it."""
    return save_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def chosen(folder):
    return ChosenEncoder(str(folder))


@pytest.fixture
def copied(folder, tmp_path):
    """A copy of the model that may be damaged."""
    return shutil.copytree(folder, tmp_path / "copy")


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """A transformer of one layer whose weights are bfloat16."""
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("models")
    words = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "fees", "lifts"]
    tokenizer = Tokenizer(
        models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder / "plain")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=6,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
    )
    BertModel(config).to(torch.bfloat16).save_pretrained(folder / "plain")
    SentenceTransformer(str(folder / "plain"), device="cpu").save(str(folder / "half"))
    return folder / "half"


def problem_of(model):
    """The one line that a model which cannot be used gives."""
    with pytest.raises(KnowledgeBaseError) as caught:
        ChosenEncoder(str(model))
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_a_text_is_encoded_plainly_and_a_question_with_the_models_own_prompt(chosen):
    texts = chosen.encode(["fees", "物业费", "lifts fees", "nothing known"])
    assert texts.dtype == np.float32
    half = np.float32(0.5**0.5)
    expected = [[0, 1, 0, 0], [0, 1, 0, 0], [0, half, 0, half], [0, 0, 0, 0]]
    assert np.abs(texts[:, :4] - expected).max() < 1e-6
    question = chosen.encode_question("fees")
    assert np.abs(question[:4] - [half, half, 0, 0]).max() < 1e-6


def test_it_is_one_encoder_for_both_languages_of_the_dimension_that_the_model_has(chosen):
    assert sorted(chosen.languages) == ["en", "zh"]
    assert chosen.dimension == chosen.card.dimension == 16
    assert chosen.encode([]).shape == (0, 16)


def test_a_lone_surrogate_is_no_error(chosen):
    assert chosen.encode(["fees\ud800"])[0].any()


def test_questions_from_several_threads_get_the_vectors_that_they_get_alone(chosen):
    asked = ["fees", "lifts", "parking", "owners"] * 25
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(chosen.encode_question, asked))
    alone = {text: chosen.encode_question(text) for text in asked[:4]}
    assert all((vector == alone[text]).all() for text, vector in zip(asked, found, strict=True))


def test_the_id_holds_neither_the_path_nor_the_name_of_the_folder(chosen, folder, tmp_path):
    elsewhere = shutil.copytree(folder, tmp_path / "another-name")
    name, _, digest = chosen.id.partition("@")
    assert (name, len(digest)) == ("sentence-transformers", 64)
    assert ChosenEncoder(str(elsewhere)).id == chosen.id
    # For people, the card says what the folder was called.
    assert (chosen.card.model, chosen.card.weights) == ("tiny", digest)


def test_what_decides_no_vector_does_not_count(copied, folder):
    (copied / "README.md").write_text("Another card.")
    (copied / ".cache").mkdir()
    (copied / ".cache" / "download.json").write_text("{}")
    (copied / "onnx").mkdir()
    (copied / "onnx" / "model.onnx").write_bytes(b"for another program")
    assert model_hash(str(copied)) == model_hash(str(folder))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tokenizer.json", '"fees"', '"dues"'),
        ("config_sentence_transformers.json", "query: ", "ask: "),
        ("modules.json", '"name": "0"', '"name": "1"'),
    ],
)
def test_a_changed_tokenizer_prompt_or_configuration_is_another_model(
    copied, folder, name, old, new
):
    text = (copied / name).read_text("utf-8")
    assert old in text
    (copied / name).write_text(text.replace(old, new), "utf-8")
    assert model_hash(str(copied)) != model_hash(str(folder))


def test_one_bit_of_the_weights_makes_another_model(copied, folder):
    change_weights(copied)
    assert model_hash(str(copied)) != model_hash(str(folder))


def test_files_and_folders_behind_links_count_and_a_circle_of_links_ends(copied, tmp_path):
    linked = tmp_path / "linked"
    linked.mkdir()
    for path in copied.iterdir():
        (linked / path.name).symlink_to(path)
    assert model_hash(str(linked)) == model_hash(str(copied))
    (linked / "circle").symlink_to(linked, target_is_directory=True)
    assert model_hash(str(linked)) == model_hash(str(copied))
    change_weights(copied)
    assert ChosenEncoder(str(linked)).id == ChosenEncoder(str(copied)).id


def test_weights_of_half_precision_are_computed_with_in_full(half):
    encoder = ChosenEncoder(str(half))
    vectors = encoder.encode(["fees", "lifts fees", "fees " * 600])
    assert (vectors.dtype, vectors.shape) == (np.float32, (3, 8))
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-6


def test_loading_says_nothing_and_torch_waits_for_the_first_text(half, folder):
    code = (
        "import sys; from govkg.index.chosen_encoder import ChosenEncoder\n"
        "encoder = ChosenEncoder(sys.argv[1], 8)\n"
        "assert 'torch' not in sys.modules and encoder.dimension == 8\n"
        "print(encoder.encode_question('fees').shape)"
    )
    command = [sys.executable, "-c", code, str(half)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("(8,)\n", "")


def test_a_model_named_as_on_the_hub_is_found_where_it_was_downloaded(
    folder, chosen, tmp_path, monkeypatch
):
    commit = "0123456789abcdef0123456789abcdef01234567"
    kept = tmp_path / "models--maker--tiny"
    (kept / "refs").mkdir(parents=True)
    (kept / "refs" / "main").write_text(commit)
    shutil.copytree(folder, kept / "snapshots" / commit)
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    assert model_folder("maker/tiny") == kept / "snapshots" / commit
    named = ChosenEncoder("maker/tiny")
    assert (named.id, named.card.model) == (chosen.id, "maker/tiny")


@pytest.mark.parametrize(
    "name", ["maker/none", "none", "no such name!", "/no/such/folder", "a/b/c"]
)
def test_a_model_that_was_never_downloaded_is_an_error_at_once(name):
    began = time.monotonic()
    line = problem_of(name)
    assert line == (
        f"{name}: neither a folder nor a model that was downloaded to this machine "
        "(set GOVKG_MODEL to a folder, or download the model with `hf download` first)"
    )
    # The first name imports the hub's client.
    assert time.monotonic() - began < 10


def test_a_folder_without_a_model_is_an_error(tmp_path):
    assert problem_of(tmp_path) == (
        f"{tmp_path}: holds no sentence-transformers model: neither modules.json nor config.json "
        f"is there ({WRONG})"
    )


def test_a_file_is_an_error(folder):
    path = folder / "modules.json"
    assert problem_of(path) == f"{path}: not a folder ({WRONG})"


def test_a_name_longer_than_names_can_be_is_an_error():
    assert "the model cannot be read: File name too long" in problem_of("x" * 5000)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error(copied):
    (copied / "model.safetensors").chmod(0)
    weights = copied / "model.safetensors"
    assert problem_of(copied).startswith(f"{weights}: the model cannot be read: Permission denied")


def test_a_file_that_cannot_be_read_is_an_error(copied, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("govkg.index.chosen_encoder.sha256_file", refuse)
    assert f"{copied}/" in problem_of(copied)
    assert "the model cannot be read: Permission denied (check its permissions" in problem_of(
        copied
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tokenizer.json", b"{", "Exception: EOF while parsing"),
        ("modules.json", b"{", "JSONDecodeError: "),
        ("modules.json", b"[{}]", "KeyError: "),
        ("model.safetensors", b"too short", "SafetensorError: "),
    ],
)
def test_a_damaged_model_is_one_clear_error(copied, name, content, reason):
    (copied / name).write_bytes(content)
    line = problem_of(copied)
    assert line.startswith(f"{copied}: the model cannot be loaded: {reason}")
    assert line.endswith(f"({WRONG})")


def test_a_model_without_weights_is_one_clear_error(copied):
    (copied / "model.safetensors").unlink()
    assert "the model cannot be loaded: ValueError: Could not find" in problem_of(copied)


def test_a_tokenizer_with_more_words_than_the_weights_is_one_clear_error(copied):
    path = copied / "tokenizer.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"query": 1', '"query": 99'), "utf-8")
    encoder = ChosenEncoder(str(copied))
    with pytest.raises(KnowledgeBaseError, match=r"the model cannot encode a text: \w+Error: "):
        encoder.encode_question("fees")


def test_weights_that_are_no_numbers_are_one_clear_error(copied):
    from safetensors.numpy import load_file, save_file

    path = copied / "model.safetensors"
    weights = load_file(path)
    save_file({name: np.full_like(matrix, np.nan) for name, matrix in weights.items()}, path)
    encoder = ChosenEncoder(str(copied), 16)
    with pytest.raises(KnowledgeBaseError, match="a vector has values that are no numbers"):
        encoder.encode(["fees"])
