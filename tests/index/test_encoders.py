"""The encoders of an index: our own, whole in its folder, or the model that it was built with."""

import shutil

import numpy as np
import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.chosen_encoder import ChosenEncoder
from govkg.index.embedders import HashingEmbedder
from govkg.index.encoders import open_encoders, own_encoders, save_encoders
from govkg.index.static_encoder import CHINESE_FOLDER, StaticEncoder
from tests.index.tiny_models import change_weights, save_model

REMEDY = "(set GOVKG_MODEL as it was for the build, or run `govkg build` again)"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A saved model; nobody may change it."""
    return save_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def own(encoder, tmp_path):
    """The encoders' folder of an index that was built without a chosen model."""
    save_encoders(tmp_path / "own", {"minilm": encoder, "chinese": CHINESE_FOLDER}, None)
    return tmp_path / "own"


@pytest.fixture
def built(tiny, tmp_path):
    """The encoders' folder of an index that was built with the tiny model."""
    save_encoders(tmp_path / "built", {}, ChosenEncoder(str(tiny)))
    return tmp_path / "built"


def problem_of(folder, model):
    with pytest.raises(KnowledgeBaseError) as caught:
        open_encoders(folder, model)
    return str(caught.value)


def test_our_own_encoders_are_kept_whole_one_for_each_language(own, encoder):
    kept = sorted(path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file())
    assert kept == [
        "chinese/encoder.json",
        "chinese/model.safetensors",
        "chinese/tokenizer.json",
        "minilm/encoder.json",
        "minilm/encoder.onnx",
        "minilm/tokenizer.json",
    ]
    opened = open_encoders(own, "")
    assert sorted(opened) == ["en", "zh"]
    assert opened["en"].id == own_encoders({"minilm": encoder})["en"].id
    assert opened["zh"].id == StaticEncoder().id
    text = "业主不交物业费怎么办？"
    assert (opened["zh"].encode_question(text) == StaticEncoder().encode([text])[0]).all()


def test_the_chinese_encoder_is_read_from_the_index_and_not_from_the_package(own, monkeypatch):
    read = []

    def load_file(path):
        from safetensors.numpy import load

        read.append(path)
        return load(path.read_bytes())

    monkeypatch.setattr("safetensors.numpy.load_file", load_file)
    open_encoders(own, "")["zh"].encode_question("停车难")
    assert read == [own / "chinese" / "model.safetensors"]


def test_of_a_chosen_model_only_the_card_is_kept(built):
    kept = [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()]
    assert kept == ["chosen/encoder.json"]
    # No path of this machine.
    assert str(built.parent.parent) not in (built / "chosen" / "encoder.json").read_text("utf-8")


def test_the_model_of_the_build_is_one_encoder_for_both_languages(built, tiny):
    opened = open_encoders(built, str(tiny))
    assert sorted(opened) == ["en", "zh"]
    assert opened["en"] is opened["zh"]
    assert opened["en"].dimension == 16
    meant = np.nonzero(opened["zh"].encode_question("加装电梯"))[0].tolist()
    assert meant == [0, 3]


def test_the_same_model_in_another_folder_will_do(built, tiny, tmp_path):
    elsewhere = shutil.copytree(tiny, tmp_path / "elsewhere")
    assert open_encoders(built, str(elsewhere))["zh"].dimension == 16


def test_our_own_index_refuses_a_chosen_model_without_looking_at_it(own):
    assert problem_of(own, "maker/model") == (
        f"{own}: the index was built with our own encoders, but GOVKG_MODEL names maker/model "
        + REMEDY
    )


def test_an_index_built_with_a_model_refuses_to_be_asked_without_it(built):
    assert problem_of(built, "") == (
        f"{built}: the index was built with the model tiny, but GOVKG_MODEL names no model "
        + REMEDY
    )


def test_an_index_built_with_a_model_refuses_another_and_the_same_with_changed_weights(
    built, tiny, tmp_path
):
    other = save_model(tmp_path / "other", [("query",), ("fees", "费")])
    changed = shutil.copytree(tiny, tmp_path / "changed")
    change_weights(changed)
    for model in (other, changed):
        assert problem_of(built, str(model)) == (
            f"{built}: the index was built with the model tiny, but GOVKG_MODEL names {model}, "
            f"whose files are not the same {REMEDY}"
        )


def test_an_index_without_an_encoder_for_each_language_is_to_be_built_again(tmp_path, encoder):
    expected = (
        "the index has no encoders: another version of govkg built it (run `govkg build` again)"
    )
    assert problem_of(tmp_path / "none", "") == f"{tmp_path / 'none'}: {expected}"
    save_encoders(tmp_path / "half", {"minilm": encoder}, None)
    assert problem_of(tmp_path / "half", "") == f"{tmp_path / 'half'}: {expected}"


def test_one_encoder_of_both_languages_will_do_as_well(tmp_path):
    (tmp_path / "encoders" / "hashing").mkdir(parents=True)
    HashingEmbedder().save(tmp_path / "encoders" / "hashing")
    opened = open_encoders(tmp_path / "encoders", "")
    assert opened["en"].id == opened["zh"].id == "hashing@1"
