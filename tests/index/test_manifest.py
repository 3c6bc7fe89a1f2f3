import json

import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.manifest import (
    Contents,
    File,
    build_id,
    check_version,
    is_build_id,
    read_manifest,
    write_manifest,
)

CONTENTS = Contents({"en": "hashing@1"}, {"home": "CN"}, {"documents": 2}, "0.1.0")


@pytest.fixture
def version(tmp_path):
    folder = tmp_path / "b1"
    (folder / "lexical").mkdir(parents=True)
    (folder / "graph.nq").write_text("<a> <b> <c> .\n")
    (folder / "lexical" / "meta.json").write_text("{}")
    write_manifest(folder, "b1", CONTENTS)
    (folder / ".lock").touch()
    return folder


def test_a_manifest_names_every_file_with_its_hash_and_size(version):
    manifest = check_version(version)
    assert manifest.build == "b1"
    assert manifest.contents == CONTENTS
    assert manifest.files == {
        "graph.nq": File("8ee5b532f48cee4cd73c4f4e9dbaf7e26b8d494f5f9fb64d8d460b1c85e4bc1d", 14),
        "lexical/meta.json": File(
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", 2
        ),
    }


def test_every_flipped_byte_of_every_file_is_noticed(version):
    for path in sorted(version.rglob("*")):
        if not path.is_file() or path.name == ".lock":
            continue
        whole = path.read_bytes()
        for place in range(len(whole)):
            damaged = bytearray(whole)
            damaged[place] ^= 1
            path.write_bytes(damaged)
            with pytest.raises(KnowledgeBaseError, match="govkg build"):
                check_version(version)
        path.write_bytes(whole)
    check_version(version)


def test_missing_cut_and_longer_files_say_which_and_what(version):
    graph = version / "graph.nq"
    graph.write_text("<a> <b> ")
    with pytest.raises(KnowledgeBaseError, match=r"graph\.nq: 8 bytes instead of 14"):
        check_version(version)
    graph.write_text("<a> <b> <d> .\n")
    with pytest.raises(KnowledgeBaseError, match=r"graph\.nq: the content does not match"):
        check_version(version)
    graph.unlink()
    with pytest.raises(KnowledgeBaseError, match=r"graph\.nq: the file is missing"):
        check_version(version)


def test_a_manifest_that_is_not_one_is_one_clear_error(version):
    path = version / "manifest.json"
    whole = json.loads(path.read_text())
    for text in ("", "[]", "null", "{}", "\0\0", json.dumps(whole)[:-20], '{"checksum": 1}'):
        path.write_text(text)
        with pytest.raises(KnowledgeBaseError, match="manifest cannot be read"):
            read_manifest(version)
    path.write_text(json.dumps(whole | {"format": 99}))
    with pytest.raises(KnowledgeBaseError, match="format 99 instead of 3"):
        read_manifest(version)
    path.unlink()
    with pytest.raises(KnowledgeBaseError, match="manifest is missing"):
        read_manifest(version)


def test_a_version_under_another_name_is_refused(version):
    with pytest.raises(KnowledgeBaseError, match="that of build b1"):
        check_version(version.rename(version.with_name("b2")))


def test_files_beside_the_manifest_do_no_harm(version):
    (version / ".DS_Store").write_bytes(b"desktop")
    assert check_version(version).build == "b1"


def test_the_build_id_follows_content_not_place_or_order_of_keys(tmp_path):
    for name, text in (("a", "one"), ("b", "one"), ("c", "two")):
        (tmp_path / name).write_text(text)
    first = build_id([("graph.nq", tmp_path / "a")], CONTENTS)
    assert is_build_id(first)
    assert len(first) == 64
    assert build_id([("graph.nq", tmp_path / "b")], CONTENTS) == first
    assert build_id([("graph.nq", tmp_path / "c")], CONTENTS) != first
    assert build_id([("passages", tmp_path / "a")], CONTENTS) != first
    other = Contents({"en": "hashing@2"}, {"home": "CN"}, {"documents": 2}, "0.1.0")
    assert build_id([("graph.nq", tmp_path / "a")], other) != first


def test_a_build_id_is_a_plain_name():
    assert is_build_id("0a1b-c_D")
    for text in ("", "..", ".tmp-1", "a/b", "a\n", "a" * 129, "数"):
        assert not is_build_id(text)
