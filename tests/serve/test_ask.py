"""Questions and lists over HTTP."""

import json

import pytest

QUESTION = "居民不愿参与社区事务怎么办？"


def is_problem(response, status):
    body = response.json()
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert set(body) <= {"type", "title", "status", "detail", "remedy"}
    assert body["status"] == status and body["detail"]
    return True


def test_a_question_is_answered_with_every_key_of_the_contract(client):
    response = client.post("/api/ask", json={"question": QUESTION, "limit": 5})
    answer = response.json()
    assert response.status_code == 200
    assert list(answer) == [
        "question", "language", "build", "outcome", "reason", "missing", "summary", "understood",
        "problems", "causes", "countermeasures", "practices", "passages", "related", "citations",
        "sparql", "conflicts", "comparison",
    ]  # fmt: skip
    assert answer["question"] == QUESTION
    assert answer["practices"]["domestic"][0]["place"]["country"] == "CN"
    assert answer["citations"][0]["quote"] == "居民每月商量一次公共事务"
    assert QUESTION in response.text  # readable, not escaped


def test_the_same_question_by_url_gives_the_same_answer(client):
    by_post = client.post("/api/ask", json={"question": QUESTION, "setting": "domestic"})
    by_url = client.get("/api/ask", params={"q": QUESTION, "setting": "domestic"})
    assert by_url.content == by_post.content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"question": ""}, "question: String should have at least 1 character"),
        ({"question": " \n\t "}, "question: String should have at least 1 character"),
        ({"question": "治" * 2001}, "question: String should have at most 2000 characters"),
        ({"question": 1}, "question: should be a valid string"),
        ({"question": None}, "question: should be a valid string"),
        ({"question": ["a"]}, "question: should be a valid string"),
        ({"setting": "moon"}, "setting: should be 'any', 'domestic' or 'overseas'"),
        ({"language": "fr"}, "language: should be 'auto', 'zh' or 'en'"),
        ({"limit": 0}, "limit: should be greater than or equal to 1"),
        ({"limit": 51}, "limit: should be less than or equal to 50"),
        ({"limit": 1.5}, "limit: should be a valid integer"),
        ({"limit": "ten"}, "limit: should be a valid integer"),
        ({"limit": True}, "limit: should be a valid integer"),
        ({"limit": float("nan")}, "limit: should be a valid integer"),
        ({"limit": float("inf")}, "limit: should be a valid integer"),
    ],
)
def test_a_bad_option_is_one_clear_422(client, change, said):
    body = json.dumps({"question": QUESTION} | change)
    response = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert is_problem(response, 422)
    assert response.json()["detail"] == said


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "application/json", 400),
        (b"hello", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"question": "a"', "application/json", 400),
        (b'{"question": "\xff\xfe"}', "application/json", 400),
        (b'{"question": "\\ud800"}', "application/json", 400),
        (b"[" * 30_000, "application/json", 400),
        ('{"question": "治理"}'.encode("gb18030"), "application/json; charset=gbk", 415),
        (b'{"question": "a"}', "text/plain", 415),
        (b"question=a", "application/x-www-form-urlencoded", 415),
        (b'{"question": "' + b"a" * 64_000 + b'"}', "application/json", 413),
    ],
)
def test_a_bad_body_is_refused_without_an_echo(client, body, content_type, status):
    response = client.post("/api/ask", content=body, headers={"content-type": content_type})
    assert is_problem(response, status)
    assert "hello" not in response.text


def test_a_compressed_body_is_refused_unopened(client):
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    assert is_problem(client.post("/api/ask", content=b"\x1f\x8b00", headers=headers), 415)


def test_a_body_without_a_content_type_is_read_as_json(client):
    assert client.post("/api/ask", content=b'{"question": "a"}').status_code == 200


def test_a_question_that_the_base_cannot_take_says_what_to_do(client):
    response = client.get("/api/ask", params={"q": "？？？"})
    assert is_problem(response, 422)
    assert response.json()["remedy"] == "ask in a sentence"


@pytest.mark.parametrize("name", ["search", "concepts", "practices", "documents"])
def test_lists_have_a_total_and_items(client, name):
    response = client.get(f"/api/{name}", params={"q": "议事", "limit": 1, "language": "zh"})
    assert response.json()["total"] == 1
    assert response.json()["items"][0]["title"] == "柳溪社区的楼栋议事会"
    assert client.get(f"/api/{name}", params={"q": "a", "offset": 1}).json()["items"] == []


@pytest.mark.parametrize(
    "url",
    ["/api/search", "/api/search?q=%20", "/api/documents?limit=0", "/api/concepts?offset=-1",
     "/api/practices?setting=x", "/api/ask", "/api/ask?q=", "/api/ask?q=a&limit=nan"],
)  # fmt: skip
def test_bad_parameters_are_422(client, url):
    assert is_problem(client.get(url), 422)


def test_a_document_comes_with_its_text_and_passages(client):
    document = client.get("/api/documents/document-1").json()
    passage = document["passages"][1]
    assert document["text"][passage["start"] : passage["end"]] == "参与的住户从两成升到六成。"
    assert is_problem(client.get("/api/documents/document-9"), 404)


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/no/such/path", 404),
        ("GET", "/docs", 404),
        ("PUT", "/api/ask", 405),
        ("DELETE", "/health", 405),
        ("GET", "/" + "a" * 17_000, 414),
        ("GET", "/?q=" + "a" * 17_000, 414),
    ],
)
def test_other_paths_and_methods_are_problems_too(client, method, url, status):
    assert is_problem(client.request(method, url), status)


def test_without_an_index_the_service_lives_but_is_not_ready(empty_client, client):
    assert empty_client.get("/health").json() == {"status": "alive"}
    for url in ("/ready", "/api/ask?q=a", "/api/documents"):
        response = empty_client.get(url)
        assert is_problem(response, 503)
        assert int(response.headers["retry-after"]) > 0
    assert client.get("/ready").json() == {"status": "ready", "build": "b1"}


def test_every_answer_carries_the_security_headers(client):
    for url in ("/", "/api/ask?q=a", "/nothing", "/health"):
        headers = client.get(url).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
        assert headers["x-content-type-options"] == "nosniff"


def test_the_description_of_the_interface_names_the_models(client):
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) >= {"/api/ask", "/api/documents/{name}", "/id/{name}"}
    assert {"Answer", "FoundPractice", "ListResponse"} <= set(described["components"]["schemas"])
