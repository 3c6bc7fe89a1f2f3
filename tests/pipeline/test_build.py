"""A build reads, extracts and encodes what changed, and publishes it whole or not at all."""

import json
import os
import shutil
from pathlib import Path

import pytest

import govkg
from govkg.errors import CorpusError, KnowledgeBaseError, OntologyError
from govkg.index.lexical import Lexical
from govkg.index.locking import build_lock
from govkg.knowledge_base import KnowledgeBase
from govkg.pipeline.build import BuildRequest, run_build
from govkg.pipeline.result import Work
from tests.conftest import Built
from tests.house import (
    ONTOLOGY,
    build,
    copy_corpus,
    copy_index,
    edit,
    python,
    rows,
    run,
    settings_for,
    truncate,
    version,
)

ROW_KEYS = {"path", "outcome", "message", "documents", "passages", "claims"}
SAME_EVERYWHERE = (
    "graph.nq",
    "passages.jsonl",
    "documents.jsonl",
    *(f"{name}-{language}.npy" for name in ("rows", "labels") for language in ("en", "zh")),
    "vectors-en.faiss",
    "vectors-zh.faiss",
)
NOTICE = """---
id: notice-{key}
title: Notice on the shared garden
language: en
type: policy
problems: [{problem}]
evidence:
  {problem}: {quote}
---

# Notice on the shared garden

## Problem

Few residents take part in the care of the shared garden. The beds stand empty.
"""
AGAIN = """
import json, sys
from pathlib import Path
from govkg.pipeline.build import run_build
from govkg.pipeline.result import BuildRequest
corpus, index, ontology = map(Path, sys.argv[1:])
request = BuildRequest(corpus, index, ontology, "https://w3id.org/govkg/id/", "CN")
result = run_build(request, lambda *stage: None).to_json()
loaded = {"torch", "spacy", "rdflib", "faiss", "onnxruntime"} & set(sys.modules)
print(json.dumps({**result, "loaded": sorted(loaded)}))
"""


def words_of(index, word):
    """The files of the current version in which a word stands, in order."""
    paths = [path for path in version(index).rglob("*") if path.is_file()]
    return sorted(p.name for p in paths if word.encode() in p.read_bytes())


def test_a_first_build_reads_extracts_and_encodes_everything(built):
    assert built.result.work.read == 8
    assert built.result.work.extracted == 8
    assert built.result.work.encoded > 0
    assert built.result.counts.documents == 8


def test_a_second_build_does_nothing_and_loads_no_model(copy):
    answer = python(AGAIN, str(copy.corpus), str(copy.index), str(ONTOLOGY), cwd=copy.corpus)
    again = json.loads(answer)
    assert again["build"] == copy.result.build
    assert (again["read"], again["extracted"], again["encoded"]) == (0, 0, 0)
    assert again["passages"] == copy.result.counts.passages
    assert again["loaded"] == []
    assert again["rows"] == list(map(dict, copy.result.rows))


@pytest.mark.slow
def test_a_full_build_and_one_elsewhere_give_the_same_id(copy, new_index):
    full = build(copy.corpus, copy.index, full=True)
    assert (full.build, full.work) == (copy.result.build, copy.result.work)
    assert build(copy.corpus, new_index).build == copy.result.build


def test_only_the_document_that_changed_is_read_extracted_and_encoded(copy):
    name = "singapore-town-councils-en.md"
    edit(copy.corpus / name, lambda text: text + "\nThe councils publish their accounts.\n")
    changed = build(copy.corpus, copy.index)
    assert changed.build != copy.result.build
    assert (changed.work.read, changed.work.extracted) == (1, 1)
    assert 0 < changed.work.encoded < 60
    assert changed.counts.documents == 8
    assert "passages.jsonl" in words_of(copy.index, "publish their accounts")


@pytest.mark.slow
def test_a_build_after_a_change_is_what_a_first_build_would_be(copy, new_index):
    edit(copy.corpus / "beijing-whistle-zh.md", lambda text: text + "\n街道还公布了办理结果。\n")
    changed = build(copy.corpus, copy.index)
    assert build(copy.corpus, new_index).build == changed.build
    for name in SAME_EVERYWHERE:
        ours, theirs = version(copy.index) / name, version(new_index) / name
        assert ours.read_bytes() == theirs.read_bytes(), name


@pytest.mark.slow
def test_an_undone_change_gives_the_former_build(copy):
    path = copy.corpus / "beijing-whistle-en.md"
    before = path.read_text("utf-8")
    edit(path, lambda text: text + "\nThe results are made public.\n")
    assert build(copy.corpus, copy.index).build != copy.result.build
    path.write_text(before, "utf-8")
    assert build(copy.corpus, copy.index).build == copy.result.build


def test_a_deleted_document_leaves_no_triple_passage_vector_or_term_behind(copy):
    assert words_of(copy.index, "singapore-town-councils-en.md")
    (copy.corpus / "singapore-town-councils-en.md").unlink()
    smaller = build(copy.corpus, copy.index)
    assert smaller.work == Work(0, 0, 0)
    assert smaller.counts.documents == 7
    assert words_of(copy.index, "singapore-town-councils-en") == []
    assert words_of(copy.index, "Ang Mo Kio") == []
    assert "singapore-town-councils-en.md" not in rows(copy.index)
    base = KnowledgeBase.open(copy.index, settings_for(copy.index))
    passages = base.corpus.passages
    assert len(passages) == smaller.counts.passages
    lexical = Lexical.open(version(copy.index) / "lexical", rows=len(passages))
    assert lexical.search("en", {"kio": 1.0}, 5) == []
    base.close()


def test_a_renamed_document_is_neither_parsed_nor_encoded_again_builds_later(copy):
    # A build in between takes all documents but the changed one from the cache.
    changed = copy.corpus / "beijing-whistle-zh.md"
    changed.write_text(changed.read_text("utf-8") + "\n街道办事处每月通报一次办理情况。\n", "utf-8")
    between = build(copy.corpus, copy.index)
    (copy.corpus / "beijing-whistle-en.md").rename(copy.corpus / "renamed.md")
    renamed = build(copy.corpus, copy.index)
    assert (renamed.work.read, renamed.work.encoded) == (0, 0)
    assert renamed.counts == between.counts
    assert "renamed.md" in rows(copy.index)
    assert "beijing-whistle-en.md" not in rows(copy.index)


def test_an_index_that_was_moved_answers_the_same_without_its_corpus(copy, tmp_path):
    question = ("ask", "业主不交物业费怎么办", "--json", "--index")
    before = run(*question, str(copy.index), cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere" / "the index"
    elsewhere.parent.mkdir()
    copy.index.rename(elsewhere)
    shutil.rmtree(copy.corpus)
    after = run(*question, str(elsewhere), cwd=elsewhere.parent)
    assert (before.returncode, after.returncode, after.stderr) == (0, 0, "")
    assert after.stdout == before.stdout


def test_an_index_is_asked_without_the_encoders_of_the_package(copy, tmp_path):
    package = shutil.copytree(
        Path(govkg.__file__).parent,
        tmp_path / "site" / "govkg",
        ignore=shutil.ignore_patterns("chinese", "starter", "__pycache__"),
    )
    assert not (package / "index" / "data" / "chinese").exists()
    ask = ("ask", "业主不交物业费怎么办", "--json", "--index", str(copy.index))
    here = run(*ask, cwd=tmp_path)
    there = run(*ask, cwd=tmp_path, PYTHONPATH=str(package.parent))
    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout
    # The copy of the package is what was run.
    building = ("build", "--full", "--corpus", str(copy.corpus), "--index", str(copy.index))
    failed = run(*building, cwd=ONTOLOGY.parent, PYTHONPATH=str(package.parent))
    assert f"{package}/index/data/chinese" in failed.stderr


@pytest.fixture(scope="module")
def odd(built, tmp_path_factory):
    """The small corpus and its index after all kinds of odd files came in, by one build."""
    folder = tmp_path_factory.mktemp("odd")
    corpus = copy_corpus(folder / "corpus")
    index = copy_index(built.index, folder / "index")
    (corpus / "table.csv").write_text("a,b\n1,2\n")
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    name = os.fsencode(corpus) + b"/\xd6\xd0.txt"
    with Path(os.fsdecode(name)).open("w", encoding="utf-8") as file:
        file.write("小区的花园由居民一起照看，因为物业没有人手。\n")
    (corpus / "lines.txt").write_text("The first half\u2028and the second half.\n", "utf-8")
    few, empty = (
        "Few residents take part in the care of the shared garden.",
        "The beds stand empty.",
    )
    for key, problem, quote in (
        ("signed", "pb-low-participation", few),
        ("unknown", "pb-no-such-thing", empty),
        ("unsaid", "pb-low-participation", "Nobody came to the garden."),
    ):
        text = NOTICE.format(key=key, problem=problem, quote=quote)
        (corpus / f"{key}.md").write_text(text, "utf-8")
    return Built(corpus, index, build(corpus, index))


def test_the_report_has_a_row_for_every_file(odd):
    report = rows(odd.index)
    assert len(report) == 8 + 7
    assert all(set(row) == ROW_KEYS for row in report.values())
    assert list(report) == sorted(report)
    assert report["table.csv"]["outcome"] == "ignored"
    assert report["broken.pdf"]["outcome"] == "error"
    assert report["beijing-whistle-en.md"]["outcome"] == "ingested"
    assert report["beijing-whistle-en.md"]["claims"] > 0


def test_a_file_name_that_is_no_utf_8_is_reported_escaped(odd):
    assert rows(odd.index)["\\xd6\\xd0.txt"]["outcome"] == "ingested"


def test_an_unusual_line_end_inside_a_text_is_kept(odd):
    base = KnowledgeBase.open(odd.index, settings_for(odd.index))
    assert base.document("lines.txt") is not None
    base.close()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("unknown.md", "unknown concept id 'pb-no-such-thing'"),
        (
            "unsaid.md",
            "the evidence quoted for pb-low-participation does not stand in the text",
        ),
    ],
)
def test_a_signed_claim_without_support_costs_its_document_only(odd, name, message):
    row = rows(odd.index)[name]
    assert row["outcome"] == "error"
    assert message in row["message"]
    assert (row["documents"], row["passages"], row["claims"]) == (0, 0, 0)
    assert words_of(odd.index, name) == []
    assert odd.result.counts.documents == 8 + 3


def test_a_signed_claim_that_its_text_supports_is_published(odd):
    row = rows(odd.index)["signed.md"]
    assert row["outcome"] == "ingested"
    assert row["claims"] > 0
    assert words_of(odd.index, "signed.md") != []


def test_nothing_is_published_when_no_file_can_be_read(copy, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    current = (copy.index / "CURRENT").read_text()
    with pytest.raises(CorpusError, match="no file can be read: 1 found, 1 with errors"):
        build(empty, copy.index)
    assert (copy.index / "CURRENT").read_text() == current
    assert rows(copy.index)["broken.pdf"]["outcome"] == "error"
    assert build(copy.corpus, copy.index).build == copy.result.build


def test_half_written_cache_files_are_made_again(copy):
    for folder in ("reading", "extractions", "graphs", "vectors", "."):
        kept = [path for path in (copy.index / "cache" / folder).iterdir() if path.is_file()]
        assert kept, folder
        for path in kept:
            truncate(path)
    again = build(copy.corpus, copy.index)
    assert (again.build, again.work.read) == (copy.result.build, 8)


def test_a_damaged_version_is_made_again(copy):
    truncate(version(copy.index) / "graph.nq")
    again = build(copy.corpus, copy.index)
    assert (again.build, again.work) == (copy.result.build, Work(0, 0, 0))
    assert (version(copy.index) / "graph.nq").stat().st_size > 1_000_000


def test_a_changed_ontology_is_noticed(copy, tmp_path):
    ontology = tmp_path / "ontology"
    shutil.copytree(ONTOLOGY, ontology)
    edit(ontology / "vocabulary.ttl", lambda text: text + "\n# A comment.\n")
    settings = settings_for(copy.index, copy.corpus).model_copy(update={"ontology": ontology})
    result = run_build(BuildRequest.from_settings(settings), lambda *stage: None)
    assert result.work.extracted == 8
    assert result.build == copy.result.build
    edit(ontology / "vocabulary.ttl", lambda text: text + "\nthis is no Turtle\n")
    with pytest.raises(OntologyError, match=r"vocabulary\.ttl, line"):
        run_build(BuildRequest.from_settings(settings), lambda *stage: None)


def test_a_build_while_another_one_runs_is_refused(copy):
    edit(copy.corpus / "beijing-whistle-en.md", lambda text: text + "\nMore is to come.\n")
    with build_lock(copy.index):
        with pytest.raises(KnowledgeBaseError, match=r"a build by process \d+ since"):
            build(copy.corpus, copy.index)
        refused = run(
            "build", "--corpus", str(copy.corpus), "--index", str(copy.index), cwd=copy.corpus
        )
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "wait until it has ended" in refused.stderr
    assert (copy.index / "CURRENT").read_text().strip() == copy.result.build
