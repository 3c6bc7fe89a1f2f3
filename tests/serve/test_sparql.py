"""The SPARQL protocol over a real pool."""

import pytest

ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s ?l { ?s <http://e/label> ?l } ORDER BY ?s"
DIRECT = {"content-type": "application/sparql-query"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json", "application/json"),
    ],
)
def test_a_table_comes_as_the_client_likes_it(endpoint, accept, media_type):
    response = endpoint.get("/sparql", params={"query": SELECT}, headers={"accept": accept})
    assert response.headers["content-type"] == media_type
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["vary"] == "Accept"
    assert "邻里互助" in response.text


def test_the_three_ways_to_ask_agree(endpoint):
    answers = [
        endpoint.get("/sparql", params={"query": SELECT}),
        endpoint.post("/sparql", data={"query": SELECT}),
        endpoint.post("/sparql", content=SELECT, headers=DIRECT),
    ]
    assert [a.status_code for a in answers] == [200, 200, 200]
    assert len({a.content for a in answers}) == 1


def test_graphs_named_by_the_protocol_are_the_only_ones(endpoint):
    one = {"query": SELECT, "default-graph-uri": "http://e/one", "format": "csv"}
    assert endpoint.get("/sparql", params=one).text == "s,l\r\nhttp://e/a,邻里互助\r\n"
    both = {**one, "default-graph-uri": ["http://e/one", "http://e/two"]}
    assert len(endpoint.post("/sparql", data=both).text.splitlines()) == 3
    named = {
        "query": "SELECT ?g { GRAPH ?g { ?s ?p ?o } }",
        "named-graph-uri": "http://e/two",
        "format": "tsv",
    }
    assert endpoint.get("/sparql", params=named).text == "?g\n<http://e/two>\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"params": {"query": ["ASK {}", "ASK {}"]}}, 400),
        ({"params": {"query": ""}}, 400),
        ({"params": {"query": "SELECT {"}}, 400),
        ({"params": {"foo": "bar"}}, 400),
        ({"params": {"query": ASK, "format": "docx"}}, 400),
        ({"params": {"query": ASK, "default-graph-uri": "none"}}, 400),
        ({"params": {"update": "DROP ALL"}}, 403),
        ({"params": {"query": "DROP ALL"}}, 400),
        ({"params": {"query": ASK}, "headers": {"accept": "image/png"}}, 406),
        ({"params": {"query": ASK, "format": "ttl"}}, 406),
    ],
)
def test_a_get_that_cannot_be_answered_is_a_clear_4xx(endpoint, request_, status):
    response = endpoint.get("/sparql", **request_)
    assert response.status_code == status
    assert response.json()["status"] == status


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"update=DROP+ALL", FORM, 403),
        (b"DROP ALL", {"content-type": "application/sparql-update"}, 403),
        (b"foo=bar", FORM, 400),
        (b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        (b"query=%ff", FORM, 400),
        (b"a&" * 1001, FORM, 400),
        (b"", DIRECT, 400),
        (b"ASK { <http://e/\xff> ?p ?o }", DIRECT, 400),
        (ASK.encode("utf-16"), {"content-type": "application/sparql-query; charset=utf-16"}, 415),
        (ASK.encode(), {"content-type": "text/plain"}, 415),
        (ASK.encode(), {}, 415),
        (b"#" * 1_000_001, DIRECT, 413),
    ],
)
def test_a_post_that_cannot_be_answered_is_a_clear_4xx(endpoint, body, headers, status):
    response = endpoint.post("/sparql", content=body, headers=headers)
    assert response.status_code == status
    assert response.headers["access-control-allow-origin"] == "*"


def test_invalid_utf_8_in_the_url_is_400(endpoint):
    assert endpoint.get("/sparql?query=ASK%20%7B%20%22%FF%22%20%3Fp%20%3Fo%7D").status_code == 400


def test_a_query_beyond_its_time_is_503_and_the_next_is_answered(endpoint):
    heavy = "SELECT (COUNT(*) AS ?n) { " + "?a ?b ?c . " * 1 + "?d (!<x:y>|<x:y>)* ?e } "
    growing = "SELECT (STRLEN(" + "REPLACE(" * 9 + "'aaaa'" + ", 'a', 'aaaaaaaaaaaa')" * 9
    response = endpoint.get("/sparql", params={"query": growing + ") AS ?n) {}"})
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert "LIMIT" in response.json()["remedy"]
    assert endpoint.get("/sparql", params={"query": ASK}).json()["boolean"] is True
    assert endpoint.get("/sparql", params={"query": heavy}).status_code == 200


def test_head_and_options_are_answered(endpoint):
    assert endpoint.head("/sparql", params={"query": ASK}).status_code == 200
    response = endpoint.options("/sparql")
    assert response.status_code == 204
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    assert endpoint.put("/sparql", content=b"x").status_code == 405


def test_without_a_query_a_browser_gets_the_workbench_and_a_machine_a_description(endpoint):
    page = endpoint.get("/sparql", headers=BROWSER)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<textarea id="query" name="query"' in page.text
    described = endpoint.get("/sparql", headers={"accept": "text/turtle"})
    assert "sd:UnionDefaultGraph" in described.text
    assert endpoint.get("/sparql").status_code == 400


def test_the_workbench_shows_results_and_errors_escaped(endpoint):
    page = endpoint.get("/sparql", params={"query": SELECT}, headers=BROWSER)
    assert "邻里互助</td>" in page.text
    assert "&lt;script&gt;x&lt;/script&gt;</td>" in page.text
    bad = endpoint.get("/sparql", params={"query": "</textarea><b>"}, headers=BROWSER)
    assert bad.status_code == 400
    assert "&lt;/textarea&gt;&lt;b&gt;" in bad.text and "error at 1:1" in bad.text
    graph = {"query": "CONSTRUCT WHERE { ?s ?p ?o }", "format": "html", "lang": "en"}
    assert "<pre>@prefix dcterms:" in endpoint.get("/sparql", params=graph).text


def test_the_workbench_offers_the_known_questions(client):
    page = client.get("/sparql", headers=BROWSER)
    assert "<summary>All problems</summary>" in page.text


def test_the_endpoint_over_a_file_has_no_other_routes(endpoint):
    assert endpoint.get("/ready").json() == {"status": "ready", "build": ""}
    assert endpoint.get("/health").status_code == 200
    assert endpoint.get("/api/ask?q=a").status_code == 404
