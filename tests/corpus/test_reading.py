import os
import shutil
from dataclasses import asdict

import pytest

from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.errors import CorpusError
from govkg.model.identifiers import Minter
from govkg.ontology.places import Places

TEXT = "Neighbours met on the stairs. They agreed to share the key."


def outcomes(reading):
    return {row.path: row.outcome for row in reading.rows}


def test_every_file_gets_a_row_and_only_documents_are_read(read):
    reading = read(
        {
            "a.txt": TEXT,
            ".hidden.txt": TEXT,
            "~$a.docx": TEXT,
            "annotations/a.yaml": "x: 1",
            "README.md": TEXT,
            "table.csv": "a,b",
            "thing.xyz": "?",
            "note.yaml": "x: 1",
            "d.txt/inside.txt": TEXT + " Then they left.",
        }
    )
    assert outcomes(reading) == {
        ".hidden.txt": "ignored",
        "README.md": "ignored",
        "a.txt": "ingested",
        "annotations/a.yaml": "ignored",
        "d.txt/inside.txt": "ingested",
        "note.yaml": "ignored",
        "table.csv": "ignored",
        "thing.xyz": "ignored",
        "~$a.docx": "ignored",
    }
    assert [row.path for row in reading.rows] == sorted(row.path for row in reading.rows)
    assert all(row.message for row in reading.rows if row.outcome == "ignored")


def test_links_pipes_and_huge_files_are_refused_unread(read, tmp_path):
    (tmp_path / "secret.txt").write_text("hidden words")
    folder = read.folder
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "nowhere.txt").symlink_to("missing")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(1 << 30)
    reading = read({"a.txt": TEXT})
    assert outcomes(reading) == {
        "a.txt": "ingested",
        "huge.txt": "error",
        "loop": "ignored",
        "nowhere.txt": "error",
        "out.txt": "error",
        "pipe.txt": "error",
    }


def test_names_that_are_no_utf8_are_kept_in_rows_and_escaped_in_documents(read):
    name = os.fsdecode(b"bytes_\xff.txt")
    (read.folder / name).write_text(TEXT)
    reading = read()
    assert reading.rows[0].path == name
    assert reading.documents[0].path == "bytes_\\xff.txt"


def test_a_second_document_of_an_id_is_an_error_that_names_the_first(read):
    front = "---\nid: yard\n---\n"
    reading = read({"a.md": front + TEXT, "b.md": front + "Other words were said there."})
    assert outcomes(reading) == {"a.md": "ingested", "b.md": "error"}
    assert "a.md" in reading.rows[1].message


def test_an_unchanged_or_renamed_file_is_not_parsed_again(read, tmp_path):
    cache = tmp_path / "cache"
    assert read({"a.txt": TEXT, "b.txt": TEXT + " It rained."}, cache).read == 2
    again = read((), cache)
    assert again.read == 0
    (read.folder / "a.txt").rename(read.folder / "c.txt")
    renamed = read((), cache)
    assert (renamed.read, [d.key for d in renamed.documents]) == (0, ["b.txt", "c.txt"])
    assert read({"b.txt": TEXT + " It snowed."}, cache).read == 1
    assert len(list((cache / "reading").iterdir())) == 2


def test_a_damaged_cache_entry_is_read_again(read, tmp_path):
    cache = tmp_path / "cache"
    first = read({"a.txt": TEXT}, cache)
    (entry,) = (cache / "reading").iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"stairs", b"chairs"))
    again = read((), cache)
    assert (again.read, again.documents) == (1, first.documents)


def test_the_same_corpus_gives_the_same_reading_wherever_it_lies(read, tmp_path):
    here = read({"b/x.txt": TEXT, "a.md": "# Title\n\n" + TEXT})
    shutil.copytree(read.folder, tmp_path / "elsewhere")
    there = read_corpus(tmp_path / "elsewhere", ReadingContext(Minter(), Places()))
    assert [asdict(d) for d in here.documents] == [asdict(d) for d in there.documents]


def test_progress_names_each_file_in_order_and_a_missing_folder_is_an_error(tmp_path, read):
    (read.folder / "b.txt").write_text(TEXT)
    (read.folder / "a.txt").write_text(TEXT)
    named = []
    read_corpus(read.folder, ReadingContext(Minter(), Places()), named.append)
    assert named == ["a.txt", "b.txt"]
    with pytest.raises(CorpusError, match="no such folder"):
        read_corpus(tmp_path / "missing", ReadingContext(Minter(), Places()))
