"""Killed builds and damaged files: what is answered comes from a whole version, or not at all."""

import json
import random
import subprocess
import sys
import threading
import time

import pytest

from govkg.errors import KnowledgeBaseError
from govkg.knowledge_base import KnowledgeBase
from govkg.serve.current import CurrentBase
from tests.conftest import with_encoder
from tests.house import (
    ONTOLOGY,
    Served,
    build,
    copy_corpus,
    copy_index,
    edit,
    settings_for,
    truncate,
    version,
)

QUESTION = "What did Singapore do about poor property service?"
CHANGED = "singapore-town-councils-en.md"
FILES = [
    "vectors-en.faiss",
    "vectors-zh.faiss",
    "graph.nq",
    "passages.jsonl",
    "documents.jsonl",
    "rows-zh.npy",
    "labels-en.npy",
    "lexical/meta.json",
    "encoders/minilm/encoder.onnx",
    "encoders/minilm/encoder.json",
    "encoders/chinese/model.safetensors",
    "manifest.json",
    "store",
]
KILLS = 20
# A build of the small corpus takes two seconds, a full one six; some are killed after their end.
LONGEST_SECONDS = 6.0
# The contract says two, on a machine that does nothing else at the time.
SERVED_WITHIN_SECONDS = 5
# Between two questions, so that the server's other work gets its share of two cores.
PAUSE_SECONDS = 0.05


def change(text):
    return text + "\nThe councils publish their accounts every year.\n"


def answer_of(index):
    """What an index answers, as JSON values."""
    base = KnowledgeBase.open(index, settings_for(index))
    answer = json.loads(json.dumps(base.ask(QUESTION).to_json()))
    base.close()
    return answer


def damage(index, name):
    """Cuts one file of the current version short; of the store the largest."""
    path = version(index) / name
    if path.is_dir():
        path = max(sorted(path.iterdir()), key=lambda one: one.stat().st_size)
    truncate(path)


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_of_the_only_version_is_a_clear_error(copy, name):
    damage(copy.index, name)
    with pytest.raises(KnowledgeBaseError, match=r"no version is whole; .*\(run `govkg build"):
        KnowledgeBase.open(copy.index, settings_for(copy.index))


@pytest.fixture(scope="module")
def two_versions(built, tmp_path_factory):
    """An index with a version of the small corpus and a newer one."""
    folder = tmp_path_factory.mktemp("two")
    corpus, index = copy_corpus(folder / "corpus"), copy_index(built.index, folder / "index")
    edit(corpus / CHANGED, change)
    build(corpus, index)
    return index


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_lets_the_version_before_answer(base, two_versions, tmp_path, name):
    index = copy_index(two_versions, tmp_path / "index")
    damage(index, name)
    fallback = KnowledgeBase.open(index, settings_for(index))
    assert fallback.build == base.build != version(index).name
    assert f"build {base.build} is used instead" in fallback.warning
    assert fallback.ask(QUESTION) == base.ask(QUESTION)
    fallback.close()


@pytest.mark.slow
def test_a_damaged_version_is_not_put_in_service_until_it_is_mended(copy):
    # It looks when it is told to, not between the publication and the damage.
    serving = CurrentBase(settings_for(copy.index), poll_seconds=3600)
    edit(copy.corpus / CHANGED, change)
    newer = build(copy.corpus, copy.index).build
    damage(copy.index, "graph.nq")
    serving.look()
    with serving.current() as base:
        assert base.build == copy.result.build
    assert build(copy.corpus, copy.index).build == newer
    serving.look()
    with serving.current() as base:
        assert base.build == newer
        assert base.ask(QUESTION).build == newer
    serving.close()


class Asking(threading.Thread):
    """Asks a server one question again and again, and keeps every answer with its time."""

    def __init__(self, served):
        super().__init__()
        self.served = served
        self.answers = []
        self.failure = None
        self.ended = threading.Event()

    def run(self):
        while not self.ended.is_set():
            try:
                self.answers.append((time.monotonic(), self.served.ask(QUESTION)))
            except (AssertionError, OSError) as failure:
                self.failure = failure
                return
            self.ended.wait(PAUSE_SECONDS)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *failure):
        self.ended.set()
        self.join()


@pytest.mark.slow
def test_a_new_build_is_soon_served_and_no_request_fails(copy):
    edit(copy.corpus / CHANGED, change)
    with Served(copy.index) as served, Asking(served) as asking:
        newer = build(copy.corpus, copy.index).build
        published = time.monotonic()
        while asking.is_alive() and time.monotonic() < published + SERVED_WITHIN_SECONDS:
            if asking.answers and asking.answers[-1][1]["build"] == newer:
                break
            time.sleep(0.05)
    assert asking.failure is None
    assert asking.answers[0][1]["build"] == copy.result.build
    first = next(moment for moment, answer in asking.answers if answer["build"] == newer)
    assert first - published < SERVED_WITHIN_SECONDS
    builds = [answer["build"] for _, answer in asking.answers]
    assert builds == sorted(builds, key=[copy.result.build, newer].index)


def start_build(copy, *options):
    command = [
        sys.executable, "-m", "govkg", "build", "--quiet", "--corpus", str(copy.corpus),
        "--index", str(copy.index), "--ontology", str(ONTOLOGY), *options,
    ]  # fmt: skip
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def leftovers(index):
    """Unfinished files and folders, wherever they lie in an index."""
    return [path.relative_to(index) for path in index.rglob("*") if ".tmp-" in path.name]


@pytest.mark.slow
def test_killed_builds_leave_a_server_and_the_next_build_unharmed(copy, tmp_path):
    chance = random.Random(2)
    texts = [(copy.corpus / CHANGED).read_text("utf-8")]
    texts.append(change(texts[0]))
    known = {copy.result.build: answer_of(copy.index)}
    (copy.corpus / CHANGED).write_text(texts[1], "utf-8")
    other = with_encoder(tmp_path / "other")
    changed = build(copy.corpus, other).build
    known[changed] = answer_of(other)
    assert len(known) == 2
    killed = 0
    with Served(copy.index) as served, Asking(served) as asking:
        for number in range(KILLS):
            (copy.corpus / CHANGED).write_text(texts[number % 2], "utf-8")
            building = start_build(copy, *(["--full"] if number % 3 == 0 else []))
            time.sleep(chance.uniform(0.1, LONGEST_SECONDS))
            killed += building.poll() is None
            building.kill()
            assert building.communicate(timeout=20)[1] == ""
            # Whatever the moment, the index can be opened and its answer is a known one.
            answer = answer_of(copy.index)
            assert answer == known[answer["build"]]
        last = start_build(copy)
        assert last.communicate(timeout=120)[1] == ""
        assert last.returncode == 0
        time.sleep(2)
    assert asking.failure is None
    assert killed > KILLS // 4
    assert len(asking.answers) > KILLS
    for _, answer in asking.answers:
        assert answer == known[answer["build"]]
    assert asking.answers[-1][1]["build"] == (copy.index / "CURRENT").read_text().strip()
    assert leftovers(copy.index) == []
    assert len(list((copy.index / "versions").iterdir())) <= 3
