"""Which media type a client gets."""

import pytest

from govkg.graph.formats import GRAPHS, TABLES, accept_of, negotiate

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/*", "text/csv"),
        (f"{XML};q=0.2, {JSON};q=0.9", JSON),
        (f"{XML}, {JSON};q=0.9", XML),
        (f"{JSON};q=0, */*;q=0.1", XML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("TEXT/CSV ; q=1", "text/csv"),
        ("application/json;charset=utf-8", "application/json"),
        ("image/png", None),
        ("image/png, */*;q=0", None),
        (";;;q=abc,,/*", JSON),
        ("text/csv;q=high, text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=2", JSON),
        ("text/csv;q=nan", JSON),
    ],
)
def test_the_best_liked_table_format_is_chosen(accept, chosen):
    assert negotiate(accept, tuple(TABLES)) == chosen


def test_turtle_is_the_first_choice_for_graphs():
    assert negotiate("*/*", tuple(GRAPHS)) == "text/turtle"
    assert negotiate("application/rdf+xml, text/turtle;q=.5", tuple(GRAPHS)) == (
        "application/rdf+xml"
    )


def test_short_names_stand_for_a_table_and_a_graph_format():
    assert negotiate(accept_of("xml"), tuple(TABLES)) == XML
    assert negotiate(accept_of("XML"), tuple(GRAPHS)) == "application/rdf+xml"
    assert negotiate(accept_of("csv"), tuple(GRAPHS)) is None
    assert accept_of("text/csv") == "text/csv"
    assert accept_of("docx") is None
