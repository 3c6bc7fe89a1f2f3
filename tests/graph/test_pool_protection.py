"""What the token scan sees in a query, and what it takes for text."""

import time

import pytest

from govkg.errors import QueryError
from govkg.graph.protection import inspect

DEEP = "{" * 200


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("base <http://e/> prefix from: <x> ask { ?from from:from <FROM> }", "ASK"),
        ("# FROM\nDESCRIBE ?x FROM <http://e/g> { ?x ?y 'z' }", "DESCRIBE"),
        ("CONSTRUCT { ?s ?p 'FROM' } FROM NAMED <g:x> { ?s ?p '''it's FROM''' }", "CONSTRUCT"),
        ("SELECT * { ?s ?p 'FROM' . ?s ?q <file:///a> }", "SELECT"),
        ("", ""),
    ],
)
def test_the_form_of_a_query_is_seen(query, form):
    assert inspect(query).form == form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <file:///etc/hosts> { ?s ?p ?o }",
        "SELECT * FROM NAMED <FILE:/etc/hosts> { ?s ?p ?o }",
        "ASK FROM # the network\n <ftp://127.0.0.1/x> {}",
    ],
)
def test_a_file_or_another_server_is_no_graph(query):
    with pytest.raises(QueryError, match="nothing is loaded from there"):
        inspect(query)


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT ("{DEEP}" AS ?x) {{}}',
        f"SELECT ('''{DEEP} it's ''' AS ?x) {{}}",
        f"ASK {{}} # {DEEP}",
        f"SELECT ('a\\'{DEEP}' AS ?x) {{}}",
        "ASK { ?s ?p 'SERVICE' . ?service <SERVICE> service:SERVICE } # SERVICE",
        "ASK { ?insert ?delete 'INSERT DATA' }",
        "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { ?s <http://e/p>/<http://e/q>* ?o FILTER(!!(?o = - - 1)) }",
    ],
)
def test_strings_comments_iris_and_names_do_not_count(query):
    inspect(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { sErViCe <http://e/> {} }",
        "SELECT * { ?s ?p ?o . SERVICE ?g { } }",
        'ASK { ?s ?p "x" SERVICE <http://e/> {} }',
        "ASK { ?s ?p 'a\\\\' SERVICE <http://e/> {} }",
        "delete where { ?s ?p ?o }",
        "PREFIX e: <http://e/> WITH e:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "ASK " + DEEP,
        "ASK { ?s " + "^" * 200 + "<http://e/p> ?o }",
        "SELECT (" + "- " * 200 + "1 AS ?x) {}",
        "SELECT ([({" * 60,
    ],
)
def test_service_updates_and_deep_nesting_are_refused(query):
    with pytest.raises(QueryError):
        inspect(query)


@pytest.mark.parametrize("piece", ['"""\\"', "'", "<a", "a.", "a:", "\\", '"\n', "a-", "?x "])
def test_a_long_run_of_anything_is_scanned_in_little_time(piece):
    start = time.monotonic()
    inspect("ASK " + piece * (300_000 // len(piece)))
    assert time.monotonic() - start < 3
