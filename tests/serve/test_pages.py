"""Pages and descriptions: readable without a script, in the language of the reader."""

import pyoxigraph as ox
import pytest

from govkg.serve.texts import TEXTS

QUESTION = "居民不愿参与社区事务怎么办？"


def test_both_languages_say_the_same_things():
    assert TEXTS["zh"].keys() == TEXTS["en"].keys()
    assert all(TEXTS["zh"].values()) and all(TEXTS["en"].values())


@pytest.mark.parametrize(
    ("url", "accept_language", "language", "button"),
    [
        ("/", "", "zh-CN", "提问"),
        ("/", "en-GB,en;q=0.9,zh;q=0.5", "en", "Ask"),
        ("/", "fr, zh-TW;q=0.8, en;q=0.7", "zh-CN", "提问"),
        ("/", "en;q=x, de", "zh-CN", "提问"),
        ("/?lang=en", "zh", "en", "Ask"),
        ("/?lang=fr", "en", "en", "Ask"),
    ],
)
def test_the_page_speaks_the_readers_language(client, url, accept_language, language, button):
    page = client.get(url, headers={"accept-language": accept_language})
    assert f'<html lang="{language}">' in page.text
    assert f'<button type="submit">{button}</button>' in page.text


def test_an_answer_shows_concepts_practices_and_quotations(client):
    page = client.get("/", params={"q": QUESTION, "lang": "zh"}).text
    assert '由议事协商来应对。<a class="cite" href="#c-1">[1]</a>' in page
    assert '<a href="/id/problem-1?lang=zh">居民参与不足</a>' in page
    assert "<h3>境内</h3>" in page and "<h3>国（境）外</h3>" in page
    assert '<li id="c-1" value="1"><blockquote lang="zh">居民每月商量一次公共事务' in page
    assert "柳溪社区 · 2024-05" in page and "第 3 页" in page
    assert 'href="/documents/document-1?lang=zh&amp;mark=17-29#mark"' in page
    assert 'href="/documents/document-1?lang=zh#p-1"' in page


def test_a_refusal_is_said_in_the_readers_language(client):
    page = client.get("/", params={"q": "岩石的年龄", "lang": "en"})
    assert "No evidence found" in page.text and "outside what governance documents" in page.text
    assert page.status_code == 200


def test_a_question_is_shown_as_text_and_a_bad_one_explained(client):
    page = client.get("/", params={"q": "<script>alert(1)</script>"})
    assert "<script>" not in page.text and "&lt;script&gt;alert(1)" in page.text
    for given in ({"q": "a" * 2001}, {"q": "a", "setting": "moon"}, {"q": "？？？"}):
        page = client.get("/", params=given)
        assert page.status_code == 422 and 'role="alert"' in page.text


def test_pages_load_nothing_from_elsewhere_and_no_script(client):
    for url in (f"/?q={QUESTION}", "/documents", "/documents/document-1", "/sparql?format=html"):
        page = client.get(url, headers={"accept": "text/html"}).text
        assert "<script" not in page and "style=" not in page
        assert 'src="' not in page and '<link rel="stylesheet" href="/static/style.css">' in page
    assert client.get("/static/style.css").headers["content-type"].startswith("text/css")
    assert "http" not in client.get("/static/style.css").text


def test_a_document_shows_its_passages_and_the_marked_quotation(client):
    page = client.get("/documents/document-1", params={"mark": "17-29"}).text
    assert '<span class="passage" id="p-1">柳溪社区成立楼栋议事会，' in page
    assert '<mark id="mark">居民每月商量一次公共事务</mark>' in page
    assert "&lt;b&gt;附注&lt;/b&gt;" in page
    assert client.get("/documents/document-2").status_code == 404


@pytest.mark.parametrize("mark", ["", "x", "5-1", "1-999999", "-", "1-2-3", "１-２", "9" * 5000])
def test_a_strange_mark_changes_nothing_of_the_text(client, mark):
    page = client.get("/documents/document-1", params={"mark": mark})
    assert page.status_code == 200
    assert "参与的住户从两成升到六成。" in page.text.replace("<mark>", "").replace("</mark>", "")


def test_the_list_of_documents_links_to_them(client):
    page = client.get("/documents", params={"q": "议事", "lang": "en"}).text
    assert '<a href="/documents/document-1?lang=en">柳溪社区的楼栋议事会</a>' in page
    assert client.get("/documents?offset=x").status_code == 422


@pytest.mark.parametrize(
    ("accept", "media_type", "kind"),
    [
        ("text/turtle", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/json", "application/json", ox.RdfFormat.JSON_LD),
        ("application/trig", "application/trig", ox.RdfFormat.TRIG),
    ],
)
def test_a_thing_is_described_in_every_rdf_format(client, accept, media_type, kind):
    response = client.get("/id/problem-1", headers={"accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert response.headers["vary"] == "Accept"
    values = [quad.object.value for quad in ox.parse(response.content, format=kind)]
    assert sorted(values) == [
        "https://w3id.org/govkg/id/problem-1", "low participation", "居民参与不足",
    ]  # fmt: skip


def test_a_thing_has_a_page_in_either_language(client):
    page = client.get("/id/problem-1?lang=en", headers={"accept": "text/html"})
    assert "<h1>low participation</h1>" in page.text
    assert '<a href="/id/countermeasure-1">countermeasure-1</a>' in page.text
    assert "<h1>居民参与不足</h1>" in client.get("/id/problem-1?format=html&lang=zh").text


def test_an_unknown_thing_or_format_is_a_problem(client):
    assert client.get("/id/problem-9").status_code == 404
    assert client.get("/id/%3Cx%3E").status_code == 404
    assert client.get("/id/problem-1?format=docx").status_code == 406
    assert client.get("/id/problem-1", headers={"accept": "image/png"}).status_code == 406
