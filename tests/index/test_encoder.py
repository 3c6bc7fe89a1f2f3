import json
import shutil

import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index import encoder as module
from govkg.index.encoder import is_whole, prepare_encoder, read_card
from govkg.index.onnx_export import check_weights, main, weights_folder


def test_the_export_says_what_it_is(encoder):
    card = read_card(encoder)
    assert (card.model, card.dimension, card.max_tokens) == ("all-MiniLM-L6-v2", 384, 256)
    assert sorted(card.files) == ["encoder.onnx", "tokenizer.json"]
    assert sorted(path.name for path in encoder.iterdir()) == ["encoder.json", *sorted(card.files)]


def test_a_whole_export_is_used_again_without_a_word(encoder):
    said: list[str] = []
    assert prepare_encoder(encoder.parent, said.append) == encoder
    assert said == []


def test_a_damaged_export_is_noticed(encoder, tmp_path):
    copy = tmp_path / encoder.name
    shutil.copytree(encoder, copy)
    assert is_whole(copy)
    damaged = bytearray((copy / "tokenizer.json").read_bytes())
    damaged[1000] ^= 1
    (copy / "tokenizer.json").write_bytes(damaged)
    assert not is_whole(copy)
    (copy / "tokenizer.json").unlink()
    assert not is_whole(copy)
    (copy / "encoder.json").write_text("{")
    assert not is_whole(copy)


def test_a_failed_export_is_one_clear_error_and_leaves_nothing(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "first"))
    (tmp_path / "first").mkdir()
    broken = "import warnings; warnings.warn('noise'); raise ImportError('no such library here')"
    (tmp_path / "first" / "sentence_transformers.py").write_text(broken)
    cache = tmp_path / "cache"
    with pytest.raises(
        KnowledgeBaseError, match=r"export of the encoder failed: .*no such library"
    ):
        prepare_encoder(cache, lambda line: None)
    assert list(cache.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_an_export_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "EXPORT_SECONDS", 0.05)
    with pytest.raises(KnowledgeBaseError, match=r"did not end within 0\.05 s"):
        prepare_encoder(tmp_path, lambda line: None)


def test_a_cache_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(KnowledgeBaseError, match="encoder cannot be written"):
        prepare_encoder(tmp_path / "file", lambda line: None)


@pytest.fixture
def model(tmp_path):
    """The installed model's folder with its weights linked, free to be spoilt."""
    folder = tmp_path / "model"
    folder.mkdir()
    installed = weights_folder()
    (folder / "model.safetensors").symlink_to(installed / "model.safetensors")
    shutil.copyfile(installed / "modules.json", folder / "modules.json")
    check_weights(folder)
    return folder


def test_formats_that_can_run_code_are_refused(model):
    for name in ("pytorch_model.bin", "extra.pt", "extra.PKL"):
        (model / name).write_bytes(b"")
        with pytest.raises(KnowledgeBaseError, match="can run code"):
            check_weights(model)
        (model / name).unlink()


def test_other_weights_are_refused(model):
    (model / "model.safetensors").unlink()
    (model / "model.safetensors").write_bytes(b"other")
    with pytest.raises(KnowledgeBaseError, match=r"instead of 53aa5117.*d9db"):
        check_weights(model)
    (model / "model.safetensors").unlink()
    with pytest.raises(KnowledgeBaseError, match="model cannot be read"):
        check_weights(model)


def test_a_model_that_names_foreign_code_is_refused(model):
    (model / "modules.json").write_text(json.dumps([{"type": "somewhere.Custom"}]))
    with pytest.raises(KnowledgeBaseError, match=r"foreign code: somewhere\.Custom"):
        check_weights(model)


def test_the_exporting_process_says_why_it_refuses(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("govkg.index.onnx_export._PACKAGE", "not_an_installed_package")
    assert main([str(tmp_path)]) == 1
    assert "are not installed" in capsys.readouterr().err
