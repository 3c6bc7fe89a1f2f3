"""The query pool: whole answers, one clear error, and nothing that a query can break."""

import csv
import http.server
import io
import json
import threading
import time

import pyoxigraph as ox
import pytest

from govkg.errors import BusyError, KnowledgeBaseError, QueryError, QueryLimitError
from govkg.graph.pool import NotAcceptableError, PoolLimits, QueryPool

GRAPH = """\
<http://e/a> <http://e/label> "物业费收缴难"@zh <http://e/one> .
<http://e/a> <http://e/label> "unpaid property fees"@en <http://e/one> .
<http://e/b> <http://e/label> "居民参与不足"@zh <http://e/two> .
<http://e/b> <http://e/note> "first line\\nsecond, },{ \\"line\\" {}" <http://e/two> .
"""
BIG = "".join(f'<http://e/s{i}> <http://e/n> "{i}" <http://e/three> .\n' for i in range(5000))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    graph = tmp_path_factory.mktemp("graph") / "graph.nq"
    graph.write_text(GRAPH, "utf-8")
    with QueryPool(graph, PoolLimits(workers=1, max_rows=50, max_bytes=20_000)) as pool:
        yield pool


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    graph = tmp_path_factory.mktemp("graph") / "graph.nq"
    graph.write_text(GRAPH + BIG, "utf-8")
    limits = PoolLimits(workers=2, seconds=0.6, memory_mb=256, waiting=3)
    with QueryPool(graph, limits) as pool:
        yield pool


def rows(answer):
    return [
        {name: cell["value"] for name, cell in row.items()}
        for row in json.loads(answer.body)["results"]["bindings"]
    ]


def test_the_default_graph_is_the_union_of_all_graphs(small):
    answer = small.query("SELECT ?l { ?s <http://e/label> ?l FILTER(LANG(?l) = 'zh') } ORDER BY ?l")
    assert rows(answer) == [{"l": "居民参与不足"}, {"l": "物业费收缴难"}]
    assert (answer.rows, answer.media_type) == (2, "application/sparql-results+json")


@pytest.mark.parametrize(
    ("query", "default", "named", "count"),
    [
        ("SELECT ?s { ?s <http://e/label> ?l }", (), (), 3),
        ("SELECT ?s FROM <http://e/one> { ?s <http://e/label> ?l }", (), (), 2),
        ("SELECT ?s FROM NAMED <http://e/one> { ?s <http://e/label> ?l }", (), (), 0),
        ("SELECT ?s FROM NAMED <http://e/one> { GRAPH ?g { ?s <http://e/label> ?l } }", (), (), 2),
        ("SELECT ?s { ?s <http://e/label> ?l }", ("http://e/two",), (), 1),
        ("SELECT ?s FROM <http://e/one> { ?s <http://e/label> ?l }", ("http://e/two",), (), 1),
        ("SELECT ?s { GRAPH ?g { ?s <http://e/label> ?l } }", (), ("http://e/two",), 1),
        ("SELECT ?s { ?s <http://e/label> ?l }", (), ("http://e/two",), 0),
        ("SELECT ?s { ?s <http://e/label> ?l }", ("http://e/none",), (), 0),
        ("SELECT ?from { ?from <http://e/label> 'FROM'@en }", (), (), 0),
    ],
)
def test_graphs_are_chosen_by_the_query_or_the_caller(small, query, default, named, count):
    assert small.query(query, "*/*", default, named).rows == count


@pytest.mark.parametrize(
    ("accept", "media_type", "start"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv", b"s,l\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values", b"?s\t?l\n"),
        ("application/json", "application/json", b'{"head"'),
    ],
)
def test_tables_come_in_four_formats_and_their_rows_are_counted(small, accept, media_type, start):
    answer = small.query("SELECT ?s ?l { ?s ?p ?l }", accept)
    assert (answer.media_type, answer.rows) == (media_type, 4)
    assert answer.body.startswith(start)


def test_a_text_with_line_breaks_stays_one_row_of_csv(small):
    answer = small.query("SELECT ?n { ?s <http://e/note> ?n }", "text/csv")
    table = list(csv.reader(io.StringIO(answer.body.decode(), newline="")))
    assert table == [["n"], ['first line\nsecond, },{ "line" {}']]
    assert answer.rows == 1


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
    ],
)
def test_graphs_come_in_six_formats_with_the_same_triples(small, accept, kind):
    answer = small.query("CONSTRUCT WHERE { ?s <http://e/label> ?l }", accept)
    read = sorted(quad.object.value for quad in ox.parse(answer.body, format=kind))
    assert read == ["unpaid property fees", "居民参与不足", "物业费收缴难"]
    assert (answer.media_type, answer.rows) == (accept, 3)


def test_a_graph_is_turtle_and_a_question_json_unless_asked_otherwise(small):
    assert small.query("DESCRIBE <http://e/a>").media_type == "text/turtle"
    assert small.query("ASK { ?s ?p ?o }").body == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("SELECT * {}", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"),
        ("ASK {}", "image/png"),
    ],
)
def test_a_media_type_that_does_not_suit_the_form_is_refused(small, query, accept):
    with pytest.raises(NotAcceptableError, match="no acceptable media type"):
        small.query(query, accept)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {", "error at 1:11"),
        ("SELECT * { ?s no:such ?o }", "error at 1:"),
        ("", "error at 1:1"),
        ("INSERT DATA { <http://e/x> <http://e/p> 1 }", "updates are not allowed"),
        ("PREFIX e: <http://e/> DROP ALL", "updates are not allowed"),
        ("LOAD <file:///etc/passwd>", "updates are not allowed"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> {} }", "SERVICE is not allowed"),
        ("SELECT (<http://e/f>(1) AS ?x) {}", "custom function"),
        ("ASK { ?s ?p '\ud800' }", "surrogates"),
        ("ASK " + "{" * 5000 + "}" * 5000, "nested more than 128 levels"),
        ("SELECT (" + "(" * 5000 + "1" + ")" * 5000 + " AS ?x) {}", "nested more than 128"),
        ("SELECT (" + "!" * 20_000 + "1 AS ?x) {}", "nested more than 128"),
    ],
)
def test_a_bad_query_is_one_clear_error(small, query, message):
    with pytest.raises(QueryError, match=message) as caught:
        small.query(query)
    assert not isinstance(caught.value, QueryLimitError)
    assert len(str(caught.value)) < 500 and "\n" not in str(caught.value)


def test_a_relative_or_broken_graph_name_is_an_error(small):
    with pytest.raises(QueryError, match="No scheme"):
        small.query("ASK {}", "*/*", ("none",))
    with pytest.raises(QueryError, match="nothing is loaded from there"):
        small.query("ASK {}", "*/*", (), ("file:///etc/hosts",))
    with pytest.raises(QueryError, match="Invalid IRI"):
        small.query("ASK {}", "*/*", ("http://e/ <x>",))


def test_an_answer_over_the_row_or_byte_limit_is_refused_whole(small):
    values = " ".join(map(str, range(51)))
    with pytest.raises(QueryLimitError, match=r"more than 50 rows .add a LIMIT"):
        small.query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    with pytest.raises(QueryLimitError, match="more than 50 rows"):
        small.query(f"CONSTRUCT {{ <http://e/x> <http://e/p> ?x }} {{ VALUES ?x {{ {values} }} }}")
    with pytest.raises(QueryLimitError, match="larger than 20000 bytes"):
        small.query("SELECT ?x { VALUES ?x { '" + "x" * 20_000 + "' } }")
    assert small.query("SELECT ?x { VALUES ?x { " + values[:-3] + " } }").rows == 50


PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GROWTH = "SELECT (STRLEN({}) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?x) }}"


def growing():
    term = "?x"
    for _ in range(9):
        term = f"REPLACE({term}, 'a', 'aaaaaaaaaaaaaaaa')"
    return GROWTH.format(term)


HOSTILE = {
    "cartesian count": "SELECT (COUNT(*) AS ?n) " + PRODUCT,
    "cartesian rows": "SELECT * " + PRODUCT,
    "order of a product": f"SELECT * {PRODUCT} ORDER BY ?a ?l",
    "far offset": f"SELECT * {PRODUCT} OFFSET 1000000000 LIMIT 1",
    "growing text": growing(),
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (<http://e/n>|!<http://e/n>)* ?b . ?c (!<x:y>)* ?d }",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends_soon_and_the_next_one_is_answered(strict, name):
    start = time.monotonic()
    with pytest.raises(QueryLimitError):
        strict.query(HOSTILE[name])
    assert time.monotonic() - start < 0.6 + 0.5
    assert strict.query("ASK { <http://e/s1> ?p ?o }").body == b'{"head":{},"boolean":true}'


def test_a_query_that_overflows_the_engine_is_a_bad_query_and_the_next_one_is_answered(strict):
    with pytest.raises(QueryError, match="too long or too deep") as caught:
        strict.query("SELECT (" + "+".join(["1"] * 100_000) + " AS ?x) {}")
    assert not isinstance(caught.value, QueryLimitError)
    assert strict.query("ASK {}").rows == 1


def test_nothing_is_fetched_and_no_file_is_read(strict, tmp_path):
    seen = []

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)

    secret = tmp_path / "secret.ttl"
    secret.write_text('<http://e/s> <http://e/p> "secret" .')
    server = http.server.HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/x"
    with pytest.raises(QueryError):
        strict.query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
    assert strict.query(f"SELECT * FROM <{url}> {{ ?s ?p ?o }}").rows == 0
    assert strict.query("SELECT * { ?s ?p ?o }", "*/*", (url,)).rows == 0
    with pytest.raises(QueryError, match="nothing is loaded"):
        strict.query(f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p ?o }}")
    with pytest.raises(QueryError, match="nothing is loaded"):
        strict.query("SELECT * { ?s ?p ?o }", "*/*", (secret.as_uri(),))
    server.shutdown()
    server.server_close()
    assert seen == []


def test_more_queries_than_may_wait_are_turned_away_at_once(strict):
    outcomes = []

    def heavy():
        try:
            strict.query(HOSTILE["cartesian count"])
        except (BusyError, QueryLimitError) as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=heavy) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 12
    assert outcomes.count("BusyError") >= 7
    assert strict.query("ASK {}").rows == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("graph.ttl", "<http://e/a> <http://e/p> 1 ."),
        ("graph.nt", "<http://e/a> <http://e/p> <http://e/b> ."),
    ],
)
def test_other_rdf_files_are_read_by_their_extension(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with QueryPool(tmp_path / name, PoolLimits(workers=1)) as pool:
        assert pool.query("SELECT * { ?s ?p ?o }").rows == 1


def test_a_missing_or_damaged_graph_says_what_to_do(tmp_path):
    (tmp_path / "bad.nq").write_text("<http://e/a> <http://e/p> .")
    for name in ("bad.nq", "missing.nq", "graph.what"):
        with pytest.raises(KnowledgeBaseError, match=r"cannot be loaded.*whole RDF file"):
            QueryPool(tmp_path / name)


def test_a_relative_iri_in_a_query_belongs_to_the_base(small):
    answer = small.query("CONSTRUCT { <problem-1> <x:p> 1 } {}", "application/n-triples")
    assert answer.body.startswith(b"<https://w3id.org/govkg/id/problem-1> <x:p> ")
