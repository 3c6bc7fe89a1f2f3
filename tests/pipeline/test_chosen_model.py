"""An index of a chosen model: built, asked in both languages, and refused to any other model."""

import json
import shutil

import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.chosen_encoder import ChosenEncoder
from govkg.knowledge_base import KnowledgeBase
from govkg.pipeline.build import BuildRequest, run_build
from govkg.pipeline.result import Work
from tests.conftest import Built, with_encoder
from tests.house import copy_corpus, copy_index, rows, run, settings_for, version
from tests.index.tiny_models import change_weights, save_model


def settings_with(index, model, corpus=None):
    return settings_for(index, corpus).model_copy(update={"model": str(model)})


def build_with(model, corpus, index):
    request = BuildRequest.from_settings(settings_with(index, model, corpus))
    return run_build(request, lambda stage, done, total: None)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A saved model; nobody may change it."""
    return save_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def chosen(tiny, tmp_path_factory):
    """The small corpus and its index by the tiny model; nobody may change either."""
    folder = tmp_path_factory.mktemp("chosen")
    corpus = copy_corpus(folder / "corpus")
    index = with_encoder(folder / "index")
    return Built(corpus, index, build_with(tiny, corpus, index))


@pytest.fixture(scope="module")
def base(chosen, tiny):
    opened = KnowledgeBase.open(chosen.index, settings_with(chosen.index, tiny))
    yield opened
    opened.close()


@pytest.fixture
def model(tiny, tmp_path):
    """A copy of the tiny model that may be changed."""
    return shutil.copytree(tiny, tmp_path / "copied-model")


@pytest.fixture
def copied(chosen, tmp_path):
    """A copy of the corpus and its index by the tiny model that may be changed."""
    corpus = copy_corpus(tmp_path / "corpus")
    return Built(corpus, copy_index(chosen.index, tmp_path / "index"), chosen.result)


def manifest(index):
    return json.loads((version(index) / "manifest.json").read_text("utf-8"))


def refusal(index, model=""):
    """What the knowledge base and the command line say to a model that is not the index's."""
    with pytest.raises(KnowledgeBaseError) as caught:
        KnowledgeBase.open(index, settings_with(index, model))
    environment = {"GOVKG_MODEL": str(model)} if model else {}
    done = run("ask", "物业费", "--index", str(index), cwd=index.parent, **environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"govkg: {caught.value}\n"
    return str(caught.value).partition(": ")[2]


def test_the_manifest_names_the_model_by_its_hash_for_both_languages(chosen, tiny):
    expected = ChosenEncoder(str(tiny)).id
    assert manifest(chosen.index)["contents"]["encoders"] == {"en": expected, "zh": expected}
    assert chosen.result.counts.documents == 8


def test_an_index_by_a_chosen_model_holds_its_card_and_no_encoder_of_ours(chosen):
    names = sorted(manifest(chosen.index)["files"])
    assert [name for name in names if name.startswith("encoders/")] == [
        "encoders/chosen/encoder.json"
    ]
    assert [name for name in names if name.endswith((".faiss", ".npy"))] == [
        "labels-en.npy",
        "labels-zh.npy",
        "rows-en.npy",
        "rows-zh.npy",
        "vectors-en.faiss",
        "vectors-zh.faiss",
    ]


def test_no_file_of_the_version_holds_a_path_of_the_model(chosen, tiny):
    for path in version(chosen.index).rglob("*"):
        assert path.is_dir() or str(tiny.parent).encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("电梯", {"en": ("lift",), "zh": ("梯",)}),
        ("lifts", {"en": ("lift",), "zh": ("梯",)}),
        ("complaints", {"en": ("complaint",), "zh": ("诉",)}),
    ],
)
def test_passages_in_both_languages_are_found_by_the_models_vectors(base, question, words):
    near = base.rankings(question)["vector"]
    for language, expected in words.items():
        rows_of = [r for r, _ in near if base.corpus.passages[r].language == language]
        best = base.corpus.passages[rows_of[0]].text.lower()
        assert any(word in best for word in expected), (language, best)


def test_a_question_is_answered_in_the_language_that_it_is_asked_in(base):
    for question, language in (("业主不交物业费怎么办", "zh"), ("owners do not pay fees", "en")):
        answer = base.ask(question)
        assert (answer.outcome, answer.language) == ("answered", language)
        assert any("vector" in one.found_by for one in base.rank(question, depth=10))


def test_the_command_line_answers_with_the_model_and_says_nothing_else(chosen, tiny, tmp_path):
    command = ("ask", "业主不交物业费怎么办", "--json", "--index", str(chosen.index))
    done = run(*command, cwd=tmp_path, GOVKG_MODEL=str(tiny))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["outcome"] == "answered"


def test_the_model_may_be_set_in_the_file_of_settings(chosen, tiny, tmp_path):
    (tmp_path / "govkg.toml").write_text(f'model = "{tiny}"\n', "utf-8")
    done = run("status", "--index", str(chosen.index), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_index_by_a_model_is_refused_without_it(chosen):
    assert refusal(chosen.index) == (
        "the index was built with the model tiny, but GOVKG_MODEL names no model "
        "(set GOVKG_MODEL as it was for the build, or run `govkg build` again)"
    )


def test_an_index_by_a_model_is_refused_with_another_one(chosen, tmp_path):
    other = save_model(tmp_path / "other", [("query",), ("fees", "费")])
    assert refusal(chosen.index, other) == (
        f"the index was built with the model tiny, but GOVKG_MODEL names {other}, whose files are "
        "not the same (set GOVKG_MODEL as it was for the build, or run `govkg build` again)"
    )


def test_an_index_by_a_model_is_refused_once_the_weights_in_its_folder_changed(copied, model):
    base = KnowledgeBase.open(copied.index, settings_with(copied.index, model))
    base.close()
    change_weights(model)
    assert f"GOVKG_MODEL names {model}, whose files are not the same" in refusal(
        copied.index, model
    )


def test_an_index_by_our_own_encoders_is_refused_with_a_model(built, tiny):
    assert refusal(built.index, tiny) == (
        f"the index was built with our own encoders, but GOVKG_MODEL names {tiny} "
        "(set GOVKG_MODEL as it was for the build, or run `govkg build` again)"
    )


def test_nothing_is_built_again_while_the_model_is_the_same(copied, model):
    again = build_with(model, copied.corpus, copied.index)
    assert (again.build, again.work) == (copied.result.build, Work(0, 0, 0))


def test_changed_weights_give_another_build_in_which_nothing_is_read_or_extracted_again(
    copied, model
):
    change_weights(model)
    changed = build_with(model, copied.corpus, copied.index)
    assert changed.build != copied.result.build
    assert (changed.work.read, changed.work.extracted) == (0, 0)
    assert changed.work.encoded > 0
    base = KnowledgeBase.open(copied.index, settings_with(copied.index, model))
    assert base.ask("业主不交物业费怎么办").outcome == "answered"
    base.close()


def test_one_model_in_two_folders_gives_one_build_id(chosen, model, tmp_path):
    corpus = copy_corpus(tmp_path / "corpus")
    index = with_encoder(tmp_path / "index")
    assert build_with(model, corpus, index).build == chosen.result.build


def test_a_model_changes_no_claim(chosen, built):
    assert chosen.result.counts == built.result.counts
    assert chosen.result.build != built.result.build
    claims = [{path: row["claims"] for path, row in rows(x.index).items()} for x in (chosen, built)]
    assert claims[0] == claims[1]


def test_a_build_with_a_model_that_is_not_there_is_one_line_at_once(copied, tmp_path):
    command = ("build", "--corpus", str(copied.corpus), "--index", str(copied.index))
    done = run(*command, cwd=tmp_path, GOVKG_MODEL="maker/none")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "govkg: maker/none: neither a folder nor a model that was downloaded to this machine "
        "(set GOVKG_MODEL to a folder, or download the model with `hf download` first)\n"
    )


def test_a_build_with_a_damaged_model_leaves_the_index_as_it_was(copied, model):
    (model / "tokenizer.json").write_text("{")
    with pytest.raises(KnowledgeBaseError, match="the model cannot be loaded"):
        build_with(model, copied.corpus, copied.index)
    assert (copied.index / "CURRENT").read_text().strip() == copied.result.build


def test_queries_run_beside_a_loaded_model(chosen, tiny):
    base = KnowledgeBase.open(chosen.index, settings_with(chosen.index, tiny))
    base.warm_up()
    answer = base.query("ASK { ?s ?p ?o }", "application/sparql-results+json")
    base.close()
    assert json.loads(answer.body)["boolean"] is True
