"""The command line: exit codes, one clear line for every error, and the contract's JSON keys."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass

import pytest

from govkg.cli import main
from tests.house import ONTOLOGY, run

ANSWER = {
    "question", "language", "build", "outcome", "reason", "missing", "summary", "understood",
    "problems", "causes", "countermeasures", "practices", "passages", "related", "citations",
    "sparql", "conflicts", "comparison",
}  # fmt: skip
FOUND = {"iri", "notation", "label", "score", "claims", "citations", "corroboration"}
CLAIM = {
    "subject", "predicate", "object", "basis", "status", "confidence", "citations", "corroboration",
}  # fmt: skip
PRACTICE = FOUND | {
    "place", "setting", "years", "actors", "measures", "results", "conditions", "responds_to",
    "verification",
}  # fmt: skip
HIT = {
    "rank", "score", "document", "path", "title", "section", "passage", "text", "language",
    "found_by", "duplicates", "citation",
}  # fmt: skip
CITATION = {
    "n", "document", "path", "section", "page", "quote", "start", "end", "sha256", "language",
    "duplicates",
}  # fmt: skip
CITED_DOCUMENT = {
    "iri", "title", "type", "issuer", "date", "number", "validity", "effective", "superseded_by",
    "verification", "sources",
}  # fmt: skip
QUESTIONS = ["业主不交物业费怎么办", "What did Singapore do about poor property service?"]
SELECT = "SELECT ?p WHERE { ?p a <https://w3id.org/govkg/def#Problem> } ORDER BY ?p LIMIT 2"
DESCRIBE = "DESCRIBE <https://w3id.org/govkg/def#Problem>"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def govkg(capsys, monkeypatch, tmp_path):
    """Runs the command in this process, in an empty folder."""

    def command(*arguments: str | bytes) -> Done:
        monkeypatch.setattr(sys, "argv", ["govkg", *map(os.fsdecode, arguments)])
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.chdir(tmp_path)
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return command


def keys(records):
    """The sets of keys that records have, each once."""
    return {frozenset(record) for record in records}


def only(expected):
    return {frozenset(expected)}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_has_exactly_the_keys_of_the_contract(built, govkg, question):
    done = govkg("ask", question, "--json", "--index", str(built.index))
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert set(answer) == ANSWER
    understood = {"language", "facets", "concepts", "corrections", "translations"}
    assert set(answer["understood"]) == understood
    concepts = [*answer["problems"], *answer["causes"], *answer["countermeasures"]]
    practices = [*answer["practices"]["domestic"], *answer["practices"]["overseas"]]
    assert set(answer["practices"]) == {"domestic", "overseas"}
    assert keys(concepts) == only(FOUND)
    assert keys(practices) == only(PRACTICE)
    assert keys(x["label"] for x in [*concepts, *practices]) == only({"zh", "en"})
    assert keys(c for x in [*concepts, *practices] for c in x["claims"]) == only(CLAIM)
    assert keys(x["place"] for x in practices) == only({"zh", "en", "country", "region"})
    named = [x for p in practices for x in [*p["actors"], *p["measures"]]]
    assert keys(named) == only({"iri", "label"})
    assert keys([*answer["passages"], *answer["related"]]) == only(HIT)
    duplicates = [d for hit in answer["passages"] for d in hit["duplicates"]]
    assert keys(duplicates) <= only({"document", "section", "passage"})
    assert keys(answer["citations"]) == only(CITATION)
    assert keys(c["document"] for c in answer["citations"]) == only(CITED_DOCUMENT)


def test_a_question_that_nothing_answers_is_no_error(built, govkg):
    question = "How to bake bread with rye flour?"
    done = govkg("ask", question, "--json", "--index", str(built.index))
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert set(answer) == ANSWER
    assert (answer["outcome"], answer["reason"]) == ("not_found", "out_of_domain")
    assert (answer["problems"], answer["passages"], answer["citations"]) == ([], [], [])
    assert answer["practices"] == {"domestic": [], "overseas": []}


def test_an_answer_for_reading_quotes_its_sources(built, govkg):
    done = govkg("ask", QUESTIONS[0], "--index", str(built.index))
    assert done.returncode == 0
    assert "## 问题" in done.stdout
    assert "[1] " in done.stdout


def test_the_setting_and_the_limit_are_passed_on(built, govkg):
    options = ("--setting", "overseas", "--limit", "1", "--json", "--index", str(built.index))
    answer = json.loads(govkg("ask", QUESTIONS[1], *options).stdout)
    assert answer["practices"]["domestic"] == []
    assert len(answer["practices"]["overseas"]) == 1
    assert len(answer["passages"]) == 1


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("table", "┏"),
        ("json", '{"head":{"vars":["p"]}'),
        ("csv", "p\r\nhttps://"),
        ("tsv", "?p\n<https://"),
        ("xml", "<?xml"),
    ],
)
def test_a_query_answers_in_every_format_of_rows(built, govkg, form, start):
    done = govkg("query", "-q", SELECT, "--format", form, "--index", str(built.index))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(start)
    assert done.stdout.endswith("\n")
    assert not done.stdout.endswith("\n\n")


@pytest.mark.parametrize(
    ("form", "part"),
    [("table", "@prefix"), ("ttl", "@prefix"), ("json", '"@id"'), ("xml", "<rdf:RDF")],
)
def test_a_query_answers_in_every_format_of_triples(built, govkg, form, part):
    done = govkg("query", "-q", DESCRIBE, "--format", form, "--index", str(built.index))
    assert (done.returncode, done.stderr) == (0, "")
    assert part in done.stdout


def test_a_query_is_read_from_a_file(built, govkg, tmp_path):
    (tmp_path / "any.rq").write_text("ASK { ?s ?p ?o }", "utf-8")
    done = govkg("query", "any.rq", "--index", str(built.index))
    assert (done.returncode, done.stdout) == (0, "yes\n")


def test_brackets_in_a_value_are_shown_as_they_are(built, govkg):
    query = 'SELECT ?x WHERE { BIND("[/red] [1]" AS ?x) }'
    done = govkg("query", "-q", query, "--index", str(built.index))
    assert done.returncode == 0
    assert "[/red] [1]" in done.stdout


def test_the_status_counts_what_is_there(built, govkg):
    done = govkg("status", "--json", "--index", str(built.index))
    report = json.loads(done.stdout)
    assert (report["build"], report["documents"]) == (built.result.build, 8)
    assert report["passages"] == built.result.counts.passages
    assert report["documents_by_verification"] == {"verified": 8}
    parking = next(x for x in report["coverage"]["problems"] if x["notation"] == "pb-parking")
    assert parking["label"]["zh"] == "停车难"


def test_the_status_shows_for_each_problem_what_was_tried_where(built, govkg):
    done = govkg("status", "--index", str(built.index))
    assert "problems have a countermeasure and a practice" in done.stdout
    shown = next(
        line
        for line in done.stdout.splitlines()
        if "pb-slow-response" in line or "诉求回应不及时" in line
    )
    assert [cell.strip() for cell in shown.split("│")[2:5]] == ["1", "1", "–"]


def test_the_ontology_of_this_repository_is_sound(govkg):
    done = govkg("validate", "--ontology", str(ONTOLOGY))
    assert done.returncode == 0
    assert "concepts and" in done.stdout


def build_command(copy):
    corpus, index = str(copy.corpus), str(copy.index)
    return ("build", "--corpus", corpus, "--index", index, "--ontology", str(ONTOLOGY))


def test_a_build_shows_progress_on_standard_error_only(copy, govkg):
    (copy.corpus / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    (copy.corpus / "beijing-whistle-en.md").unlink()
    done = govkg(*build_command(copy))
    assert done.returncode == 0
    assert done.stdout.startswith("build ")
    assert "read 1 files, extracted 0 documents, encoded 0 texts" in done.stdout
    assert "1 files are not in it:\n  broken.pdf: " in done.stdout
    assert "8/8" not in done.stdout
    assert "8/8" in done.stderr


def test_a_quiet_build_says_nothing(copy, govkg):
    done = govkg(*build_command(copy), "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_build_tells_its_figures_as_json(copy, govkg):
    done = govkg(*build_command(copy), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert set(report) == {
        "build", "documents", "passages", "claims", "practices", "read", "extracted", "encoded",
        "seconds", "rows", "decisions",
    }  # fmt: skip
    assert report["documents"] == 8
    assert (report["build"], report["encoded"]) == (copy.result.build, 0)


WRONG_USAGE = [
    ("ask", "why", "--limit", "NaN"),
    ("ask", "why", "--setting", "mars"),
    ("ask", "why", "--language", "la"),
    ("ask",),
    ("query",),
    ("query", "-q", "ASK {}", "--format", "png"),
    ("serve", "--port", "99999"),
    ("frobnicate",),
]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_is_exit_2_with_the_reason(built, govkg, arguments):
    index = ("--index", str(built.index)) if arguments != ("frobnicate",) else ()
    done = govkg(*arguments, *index)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: govkg")
    assert "\nError: " in done.stderr
    assert "Traceback" not in done.stderr


ERRORS = [
    (("ask", ""), "the question is empty"),
    (("ask", "  \n "), "the question is empty"),
    (("ask", b"why \xff"), "half a character"),
    (("ask", b"\xed\xa0\x80"), "half a character"),
    (("ask", "why " * 30_000), "the question has 119,999 characters (at most 2,000)"),
    (("ask", "why", "--limit", "0"), "limit is 0 (choose 1 to 50)"),
    (("ask", "why", "--limit", "51"), "limit is 51 (choose 1 to 50)"),
    (("query", "missing.rq"), "missing.rq: the query cannot be read: No such file"),
    (("query", "latin.rq"), "latin.rq: the query is no UTF-8 text (save it as UTF-8)"),
    (("query", "-q", "SELECT WHERE"), "error at 1:"),
    (("query", "-q", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), "SERVICE"),
    (("query", "-q", SELECT, "--format", "ttl"), "no acceptable media type"),
    (("evaluate", "missing.json"), "missing.json: the gold file cannot be read"),
    (("evaluate", "latin.rq"), "latin.rq: "),
    (("evaluate", "five.json"), "five.json: not a gold file of a known format"),
    (("evaluate", "odd.json"), "odd.json: not a gold file of a known format"),
    (("serve", "--rdf", "missing.ttl"), "missing.ttl: no such file"),
    (("serve", "--rdf", "bad.ttl"), "bad.ttl"),
    (("build", "--corpus", "nowhere"), "nowhere: no such folder (name a folder with --corpus)"),
    (("build", "--corpus", "bad.ttl"), "bad.ttl: not a folder (name a folder with --corpus)"),
    (("build", "--ontology", "nowhere", "--corpus", "."), "nowhere: no vocabulary.ttl there"),
]


@pytest.mark.parametrize(("arguments", "message"), ERRORS)
def test_an_error_is_exit_1_and_one_clear_line(built, govkg, tmp_path, arguments, message):
    (tmp_path / "latin.rq").write_bytes(b"# caf\xe9\nASK {}")
    (tmp_path / "five.json").write_text("5")
    (tmp_path / "odd.json").write_text('{"questions": [5]}')
    (tmp_path / "bad.ttl").write_text("this is no Turtle")
    done = govkg(*arguments, "--index", str(built.index))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("govkg: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert message in done.stderr


@pytest.mark.parametrize(
    "command",
    [("ask", "why"), ("query", "-q", "ASK {}"), ("status",), ("serve",), ("evaluate", "x.json")],
    ids=" ".join,
)
def test_every_reader_says_how_to_make_a_missing_index(govkg, command):
    done = govkg(*command)
    assert (done.returncode, done.stdout) == (1, "")
    expected = "govkg: index: there is no knowledge base here (run `govkg build --index index`"
    assert done.stderr.startswith(expected)
    assert done.stderr.count("\n") == 1


def test_an_index_that_is_a_file_is_an_error(copy, govkg, tmp_path):
    (tmp_path / "file").write_text("")
    done = govkg("build", "--corpus", str(copy.corpus), "--index", "file")
    assert done.returncode == 1
    assert "file: the index cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_corpus_folder_that_may_not_be_listed_is_an_error(copy, govkg):
    locked = copy.corpus / "locked"
    locked.mkdir(mode=0o000)
    done = govkg(*build_command(copy))
    if os.geteuid() == 0:
        assert done.returncode == 0
    else:
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "cannot be listed: Permission denied" in done.stderr
    locked.chmod(0o700)


def test_a_port_in_use_is_an_error(built, govkg):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = govkg("serve", "--port", port, "--index", str(built.index))
    assert done.returncode == 1
    assert f"127.0.0.1:{port}: cannot listen" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_bad_setting_in_the_environment_is_an_error(govkg, monkeypatch):
    monkeypatch.setenv("GOVKG_QUERY_SECONDS", "NaN")
    done = govkg("status")
    assert done.returncode == 1
    assert "query_seconds" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_installed_command_ends_with_the_same_codes(tmp_path):
    assert run("ask", "why", cwd=tmp_path).returncode == 1
    assert run("ask", cwd=tmp_path).returncode == 2
    assert run("--help", cwd=tmp_path).returncode == 0


def test_a_reader_that_goes_away_causes_no_complaint(built):
    command = [sys.executable, "-m", "govkg", "status", "--index", str(built.index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1
