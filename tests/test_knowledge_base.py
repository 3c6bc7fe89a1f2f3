"""Answers over a whole index: every quotation verbatim, every thing cited, every list in order."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from govkg.errors import QuestionError
from govkg.knowledge_base import KnowledgeBase
from tests.conftest import with_encoder
from tests.house import build, settings_for

QUESTIONS = [
    "业主不交物业费怎么办",
    "居民为什么不参与社区治理",
    "香港怎样让业主管理大厦",
    "街道吹哨部门报到是什么做法",
    "上海对业主委员会换届有什么规定",
    "新加坡市镇理事会的成效怎么样",
    "物业服务质量差的原因是什么",
    "What did Singapore do about poor property service?",
    "How did Beijing answer residents' complaints?",
    "Why is the quality of property service poor?",
    "What are the duties of the owners' committee in Shanghai?",
    "Which practices raised the participation of residents?",
]
RESULTS = "application/sparql-results+json"


def found_in(answer):
    """Every concept and practice of an answer."""
    practices = [*answer.practices.domestic, *answer.practices.overseas]
    return [*answer.problems, *answer.causes, *answer.countermeasures, *practices]


def check_citations(base, answer):
    """Every citation is verbatim, and everything in the answer has one."""
    texts = {document.iri: document for document in base.corpus.documents}
    for place, citation in enumerate(answer.citations, start=1):
        document = texts[citation.document.iri]
        assert citation.n == place
        assert document.text[citation.start : citation.end] == citation.quote
        assert hashlib.sha256(document.text.encode()).hexdigest() == citation.sha256
        assert citation.path == document.path
    numbers = set(range(1, len(answer.citations) + 1))
    for item in found_in(answer):
        assert item.citations, item.label
        assert set(item.citations) <= numbers
        for claim in item.claims:
            assert claim.citations
            assert set(claim.citations) <= numbers
    assert {hit.citation for hit in [*answer.passages, *answer.related]} <= numbers


@pytest.fixture(scope="module", params=QUESTIONS)
def answer(base, request):
    return base.ask(request.param)


def test_every_citation_is_verbatim_and_everything_has_one(base, answer):
    assert answer.outcome != "not_found"
    assert answer.citations
    check_citations(base, answer)


def test_lists_are_in_order_and_hold_nothing_twice(answer):
    for found in (answer.problems, answer.causes, answer.countermeasures, answer.passages):
        scores = [item.score for item in found]
        assert scores == sorted(scores, reverse=True)
    for items in (answer.problems, answer.causes, answer.countermeasures):
        assert len({item.iri for item in items}) == len(items)
    assert [hit.rank for hit in answer.passages] == list(range(1, len(answer.passages) + 1))
    assert len({hit.passage for hit in answer.passages}) == len(answer.passages)


def test_practices_stand_under_their_setting(answer):
    assert all(p.setting == "domestic" for p in answer.practices.domestic)
    assert all(p.setting == "overseas" for p in answer.practices.overseas)
    regions = {p.place.region for p in answer.practices.domestic}
    assert regions & {"CN-HK", "CN-MO", "CN-TW"} == set()


def test_the_query_gives_exactly_what_the_answer_names(base, answer):
    result = json.loads(base.query(answer.sparql, RESULTS).body)
    named = {binding["item"]["value"] for binding in result["results"]["bindings"]}
    assert named == {item.iri for item in found_in(answer)}


@pytest.mark.parametrize("question", QUESTIONS[::3])
def test_a_limit_caps_every_list(base, question):
    answer = base.ask(question, limit=1)
    lists = [answer.problems, answer.causes, answer.countermeasures, answer.passages]
    lists += [answer.practices.domestic, answer.practices.overseas, answer.related]
    assert all(len(one) <= 1 for one in lists)
    check_citations(base, answer)


@pytest.mark.parametrize("question", [QUESTIONS[1], QUESTIONS[7]])
@pytest.mark.parametrize(("setting", "other"), [("domestic", "overseas"), ("overseas", "domestic")])
def test_a_setting_empties_the_other_list_of_practices(base, question, setting, other):
    practices = base.ask(question, setting=setting).practices
    assert getattr(practices, other) == ()


def test_the_practice_of_singapore_is_found_overseas(base):
    practices = base.ask("What did Singapore do about poor property service?").practices
    assert "SG" in {practice.place.country for practice in practices.overseas}


def test_hong_kong_is_a_region_of_china_listed_overseas(base):
    overseas = base.ask("香港怎样让业主管理大厦").practices.overseas
    places = {(p.place.country, p.place.region) for p in overseas}
    assert ("CN", "CN-HK") in places


def test_the_same_question_has_the_same_answer(base):
    assert base.ask(QUESTIONS[0]).to_json() == base.ask(QUESTIONS[0]).to_json()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"limit": 0}, "limit is 0"),
        ({"limit": 51}, "limit is 51"),
        ({"setting": "mars"}, "unknown setting 'mars'"),
        ({"language": "la"}, "unknown language 'la'"),
    ],
)
def test_options_out_of_range_are_refused(base, options, message):
    with pytest.raises(QuestionError, match=message):
        base.ask("why", **options)


def test_every_list_can_be_leafed_through(base):
    for listing in (base.concepts, base.practices, base.documents):
        whole = listing(limit=50)
        first, second = listing(limit=2), listing(limit=2, offset=2)
        assert first.total == whole.total > 3
        assert [*first.items, *second.items] == whole.items[:4]


def test_a_document_is_found_by_iri_by_name_and_by_key(base):
    key = "singapore-town-councils-en"
    found = base.document(key)
    assert found["path"] == "singapore-town-councils-en.md"
    assert base.document(found["iri"]) == found
    assert base.document(found["iri"].rsplit("/", 1)[-1]) == found
    assert base.document("no-such-document") is None
    for passage in found["passages"]:
        assert found["text"][passage["start"] : passage["end"]] == passage["text"]


@pytest.mark.trials
@pytest.mark.slow
def test_the_questions_about_the_seed_paper_are_answered_with_verbatim_citations(tmp_path):
    trials = Path(os.environ.get("GOVKG_TRIALS") or "missing")
    if not (trials / "documents" / "seed-paper.txt").is_file():
        pytest.skip("the trial documents are not here: GOVKG_TRIALS")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "paper.txt").write_bytes((trials / "documents" / "seed-paper.txt").read_bytes())
    index = with_encoder(tmp_path / "index")
    build(corpus, index)
    gold = json.loads((trials / "gold" / "questions_dev.json").read_text("utf-8"))
    base = KnowledgeBase.open(index, settings_for(index))
    asked = [question["text"] for question in gold["questions"]]
    assert len(asked) == 40
    for question in asked:
        check_citations(base, base.ask(question))
    base.close()
