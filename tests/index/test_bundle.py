import os
import shutil
import tempfile
from pathlib import Path

import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.bundle import current_build, open_current
from govkg.index.locking import build_lock
from govkg.index.manifest import Contents
from govkg.index.publication import publish
from tests.index.building import flip_bit, publish_all


def test_the_latest_build_is_opened_whole_and_without_a_warning(tmp_path):
    publish_all(tmp_path, "a", "b")
    assert (tmp_path / "CURRENT").read_text() == "b\n"
    assert current_build(tmp_path) == "b"
    with open_current(tmp_path) as version:
        assert (version.build, version.warning) == ("b", "")
        assert version.path == tmp_path / "versions" / "b"
        assert version.manifest.contents.code == "test"
        assert (version.path / "lexical" / "meta.json").read_text() == '"b"'


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_without_an_index_names_the_command_to_run(tmp_path, exists):
    index = tmp_path if exists else tmp_path / "nowhere"
    assert current_build(index) is None
    with pytest.raises(KnowledgeBaseError, match="no knowledge base here") as caught:
        open_current(index)
    assert str(caught.value).endswith(f"(run `govkg build --index {index}` first)")


def test_a_file_in_the_place_of_the_index_is_no_index(tmp_path):
    (tmp_path / "file").write_text("hello")
    with pytest.raises(KnowledgeBaseError, match="no knowledge base here"):
        open_current(tmp_path / "file")


@pytest.mark.parametrize("name", ["graph.nq", "lexical/meta.json", "manifest.json"])
def test_a_damaged_version_gives_way_to_the_one_before_with_a_warning(tmp_path, name):
    publish_all(tmp_path, "b", "a")
    flip_bit(tmp_path / "versions" / "a" / name)
    with open_current(tmp_path) as version:
        assert version.build == "b"
        assert str(tmp_path / "versions" / "a" / name) in version.warning
        assert version.warning.endswith("build b is used instead")
    publish_all(tmp_path, "a")
    with open_current(tmp_path) as version:
        assert (version.build, version.warning) == ("a", "")


def test_a_version_that_is_gone_gives_way_to_the_one_before(tmp_path):
    publish_all(tmp_path, "a", "b")
    shutil.rmtree(tmp_path / "versions" / "b")
    with open_current(tmp_path) as version:
        assert version.build == "a"
        assert "the version's folder is missing" in version.warning


@pytest.mark.parametrize("text", ["", "../../etc", "a b", "\udcff\0", "nonsense"])
def test_a_pointer_that_names_nothing_gives_way_to_the_latest_published(tmp_path, text):
    publish_all(tmp_path, "b", "a")
    (tmp_path / "CURRENT").write_bytes(text.encode("utf-8", "surrogateescape"))
    with open_current(tmp_path) as version:
        assert version.build == "a"
        assert version.warning


def test_without_history_the_versions_are_tried_by_name(tmp_path):
    publish_all(tmp_path, "b", "a")
    (tmp_path / "HISTORY").write_bytes(b"\xff\xfe")
    (tmp_path / "CURRENT").unlink()
    with open_current(tmp_path) as version:
        assert version.build == "a"


def test_nothing_whole_says_what_is_damaged_and_how_to_rebuild(tmp_path):
    publish_all(tmp_path, "a", "b")
    flip_bit(tmp_path / "versions" / "a" / "graph.nq")
    flip_bit(tmp_path / "versions" / "b" / "graph.nq")
    with pytest.raises(KnowledgeBaseError) as caught:
        open_current(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}/versions/b/graph.nq: no version is whole; the content does not match its "
        f"SHA-256 (run `govkg build --index {tmp_path}`)"
    )


def test_a_copy_elsewhere_opens_with_and_without_its_hidden_files(tmp_path):
    publish_all(tmp_path / "index", "a", "b")
    shutil.copytree(tmp_path / "index", tmp_path / "copy")
    for hidden in (tmp_path / "copy").rglob(".*"):
        hidden.unlink()
    with open_current(tmp_path / "copy") as version:
        assert (version.build, version.warning, version.lock.held) == ("b", "", True)


def test_a_version_being_read_is_spared_until_it_is_closed(tmp_path):
    publish_all(tmp_path, "a")
    version = open_current(tmp_path)
    publish_all(tmp_path, "b", "c", "d")
    assert (version.path / "graph.nq").read_text().startswith("this is a")
    names = sorted(path.name for path in (tmp_path / "versions").iterdir())
    assert names == ["a", "c", "d"]
    version.close()
    version.close()
    publish_all(tmp_path, "d")
    assert sorted(path.name for path in (tmp_path / "versions").iterdir()) == ["c", "d"]


def test_a_build_published_while_an_older_one_is_opened_is_taken(tmp_path, monkeypatch):
    publish_all(tmp_path, "a")
    flip_bit(tmp_path / "versions" / "a" / "graph.nq")
    from govkg.index import bundle

    check = bundle.check_version

    def checked_while_another_is_published(folder):
        if folder.name == "a":
            publish_all(tmp_path, "b")
        return check(folder)

    monkeypatch.setattr(bundle, "check_version", checked_while_another_is_published)
    with open_current(tmp_path) as version:
        assert (version.build, version.warning) == ("b", "")


def as_nobody(work):
    """Runs work in a child without the superuser's right to write anywhere; what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setuid(65534)
        os.write(writing, repr(work()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return text


def test_a_folder_that_cannot_be_written_is_served_but_not_built_into():
    with tempfile.TemporaryDirectory() as name:
        index = Path(name)
        publish_all(index, "a")
        for path in [*index.rglob("*"), index]:
            path.chmod(0o555 if path.is_dir() else 0o444)

        def read_then_build():
            version = open_current(index)
            try:
                build_lock(index)
            except KnowledgeBaseError as error:
                return version.build, version.warning, version.lock.held, error.problem

        assert as_nobody(read_then_build) == repr(
            ("a", "", True, "the index cannot be written: Permission denied")
        )
        for path in [index, *index.rglob("*")]:
            path.chmod(0o755)


def test_publishing_the_same_build_again_only_points_to_it(tmp_path):
    publish_all(tmp_path, "a", "b")
    before = (tmp_path / "versions" / "a" / "graph.nq").stat()

    def never(folder: Path) -> None:
        raise AssertionError("written again")

    with build_lock(tmp_path) as lock:
        publish(lock, "a", Contents(code="test"), never)
    assert current_build(tmp_path) == "a"
    assert (tmp_path / "HISTORY").read_text() == "b\na\n"
    assert (tmp_path / "versions" / "a" / "graph.nq").stat() == before
    with open_current(tmp_path) as version:
        assert version.build == "a"
    publish_all(tmp_path, "c")
    assert sorted(path.name for path in (tmp_path / "versions").iterdir()) == ["a", "c"]
