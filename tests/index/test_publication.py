import errno
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from govkg.errors import CorpusError, KnowledgeBaseError
from govkg.index.bundle import current_build, open_current
from govkg.index.locking import build_lock
from govkg.index.manifest import Contents
from govkg.index.publication import publish, write_report
from tests.index.building import flip_bit, publish_all, shown, writer

WHOLE = [".build.lock", "CURRENT", "HISTORY", "versions/a", "versions/b"]


def test_an_index_folder_holds_what_the_design_says(tmp_path):
    publish_all(tmp_path / "new" / "index", "a", "b")
    assert shown(tmp_path / "new" / "index") == WHOLE
    version = tmp_path / "new" / "index" / "versions" / "b"
    names = sorted(p.relative_to(version).as_posix() for p in version.rglob("*") if p.is_file())
    assert names == [".lock", "graph.nq", "lexical/meta.json", "manifest.json"]


def test_a_failed_writer_publishes_nothing_and_leaves_nothing(tmp_path):
    publish_all(tmp_path, "a")

    def fail(folder):
        (folder / "graph.nq").write_text("half")
        raise CorpusError("nothing to read")

    with build_lock(tmp_path) as lock, pytest.raises(CorpusError, match="nothing to read"):
        publish(lock, "b", Contents(), fail)
    assert current_build(tmp_path) == "a"
    assert shown(tmp_path) == [".build.lock", "CURRENT", "HISTORY", "versions/a"]


def test_a_full_disk_is_one_clear_error_and_the_old_version_stays(tmp_path):
    publish_all(tmp_path, "a")

    def fill(folder):
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "vectors.faiss"))

    with (
        build_lock(tmp_path) as lock,
        pytest.raises(KnowledgeBaseError, match=r"vectors\.faiss: .*No space left on device"),
    ):
        publish(lock, "b", Contents(), fill)
    with open_current(tmp_path) as version:
        assert (version.build, version.warning) == ("a", "")


def test_a_damaged_version_is_written_again_under_its_name(tmp_path):
    publish_all(tmp_path, "a")
    flip_bit(tmp_path / "versions" / "a" / "graph.nq")
    publish_all(tmp_path, "a")
    with open_current(tmp_path) as version:
        assert (version.build, version.warning) == ("a", "")
    assert shown(tmp_path) == [".build.lock", "CURRENT", "HISTORY", "versions/a"]


def test_a_damaged_version_that_is_read_stays_readable_while_it_is_replaced(tmp_path):
    publish_all(tmp_path, "a")
    reader = open_current(tmp_path)
    flip_bit(tmp_path / "versions" / "a" / "graph.nq")
    publish_all(tmp_path, "a")
    assert any(name.startswith("versions/.old-") for name in shown(tmp_path))
    reader.close()
    publish_all(tmp_path, "a")
    assert shown(tmp_path) == [".build.lock", "CURRENT", "HISTORY", "versions/a"]


def test_publishing_needs_the_lock_and_a_plain_name(tmp_path):
    lock = build_lock(tmp_path)
    with pytest.raises(ValueError, match="not a build id"):
        publish(lock, "../a", Contents(), writer("a"))
    lock.close()
    with pytest.raises(ValueError, match="no lock"):
        publish(lock, "a", Contents(), writer("a"))


def test_a_second_builder_is_told_who_is_building(tmp_path):
    with (
        build_lock(tmp_path),
        pytest.raises(KnowledgeBaseError) as caught,
    ):
        build_lock(tmp_path)
    assert f"a build by process {os.getpid()} since 20" in str(caught.value)
    assert "is running" in str(caught.value)
    build_lock(tmp_path).close()


def test_a_lock_file_left_behind_locks_nobody_out(tmp_path):
    (tmp_path / ".build.lock").write_text("process 1 since 2020-01-01 00:00:00\n")
    publish_all(tmp_path, "a")
    assert current_build(tmp_path) == "a"


def test_an_index_that_cannot_be_made_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(KnowledgeBaseError, match="index cannot be written"):
        build_lock(tmp_path / "file" / "index")
    with pytest.raises(KnowledgeBaseError, match="report cannot be written"):
        write_report(tmp_path / "file" / "index", [])


def test_the_report_is_replaced_whole(tmp_path):
    write_report(tmp_path / "index", [{"path": "a.md", "outcome": "ingested"}])
    write_report(tmp_path / "index", [{"path": "规定.md", "outcome": "error"}])
    text = (tmp_path / "index" / "report.json").read_text(encoding="utf-8")
    assert json.loads(text) == [{"path": "规定.md", "outcome": "error"}]
    assert "规定" in text
    assert [path.name for path in (tmp_path / "index").iterdir()] == ["report.json"]


def test_a_builder_killed_in_the_middle_changes_nothing(tmp_path):
    publish_all(tmp_path, "a")
    program = (
        "import sys, time; from pathlib import Path\n"
        "from govkg.index.locking import build_lock\n"
        "from govkg.index.manifest import Contents\n"
        "from govkg.index.publication import publish\n"
        "def write(folder):\n"
        "    (folder / 'graph.nq').write_text('half of it')\n"
        "    print('writing', flush=True); time.sleep(60)\n"
        "publish(build_lock(Path(sys.argv[1])), 'b', Contents(), write)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as builder:
        assert builder.stdout.readline() == b"writing\n"
        with pytest.raises(KnowledgeBaseError, match=f"build by process {builder.pid} since"):
            build_lock(tmp_path)
        builder.kill()
    assert f"versions/.tmp-{builder.pid}" in shown(tmp_path)
    with open_current(tmp_path) as version:
        assert (version.build, version.warning) == ("a", "")
    publish_all(tmp_path, "b")
    assert shown(tmp_path) == WHOLE


def killed_at(step, work):
    """Runs work in a child that is killed at its n-th call that changes files; whether it was."""
    child = os.fork()
    if child == 0:
        seen = 0
        changing = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}

        def hook(event, arguments):
            nonlocal seen
            if event in changing and (event != "open" or arguments[2] & (os.O_WRONLY | os.O_RDWR)):
                seen += 1
                if seen == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def test_a_kill_at_any_step_leaves_a_whole_version_and_the_next_build_heals(tmp_path):
    step, killed = 0, True
    while killed:
        step += 1
        index = tmp_path / str(step)
        publish_all(index, "x", "a")
        killed = killed_at(step, lambda index=index: publish_all(index, "b"))
        with open_current(index) as version:
            assert version.warning == ""
            assert version.build in ("a", "b")
        publish_all(index, "b")
        assert shown(index) == WHOLE, step
        with open_current(index) as version:
            assert (version.build, version.warning) == ("b", "")
    assert step > 15


def test_a_kill_at_any_step_of_replacing_a_damaged_version_leaves_the_one_before(tmp_path):
    step, killed = 0, True
    while killed:
        step += 1
        index = tmp_path / str(step)
        publish_all(index, "a", "b")
        flip_bit(index / "versions" / "b" / "graph.nq")
        killed = killed_at(step, lambda index=index: publish_all(index, "b"))
        with open_current(index) as version:
            assert version.build == ("b" if version.warning == "" else "a")
        publish_all(index, "b")
        assert shown(index) == WHOLE, step
    assert step > 10


def test_readers_see_only_whole_versions_while_builds_go_by(tmp_path):
    publish_all(tmp_path, "n0")
    child = os.fork()
    if child == 0:
        for number in range(1, 40):
            publish_all(tmp_path, f"n{number}")
        os._exit(0)
    seen = set()
    deadline = time.monotonic() + 60
    while os.waitpid(child, os.WNOHANG)[0] == 0 and time.monotonic() < deadline:
        with open_current(tmp_path) as version:
            assert version.warning == ""
            text = (version.path / "graph.nq").read_text()
            assert text == f"this is {version.build}\n" * 1000
            seen.add(version.build)
    assert len(seen) > 3
