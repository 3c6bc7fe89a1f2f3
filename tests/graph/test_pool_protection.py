"""What the token scan sees in a query, and what it takes for text."""

import time

import pytest

from govkg.errors import QueryError
from govkg.graph.protection import inspect

DEEP = "{" * 200


@pytest.mark.parametrize(
    ("query", "form", "names_graphs"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT", False),
        ("base <http://e/> prefix from: <x> ask { ?from from:from <FROM> }", "ASK", False),
        ("# FROM\nDESCRIBE ?x FROM <http://e/g> { ?x ?y 'z' }", "DESCRIBE", True),
        (
            "CONSTRUCT { ?s ?p 'FROM' } FROM NAMED <g:x> { ?s ?p '''it's FROM''' }",
            "CONSTRUCT",
            True,
        ),
        ("", "", False),
    ],
)
def test_form_and_named_graphs_are_seen(query, form, names_graphs):
    outline = inspect(query)
    assert (outline.form, outline.names_graphs) == (form, names_graphs)


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
