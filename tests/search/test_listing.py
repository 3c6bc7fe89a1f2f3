"""Lists, single documents and descriptions, over the small index of the whole chain."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from govkg.errors import QuestionError
from govkg.knowledge_base import KnowledgeBase

LISTS = ("search", "concepts", "practices", "documents")


def test_all_documents_come_by_title_in_pages(base: KnowledgeBase) -> None:
    whole = base.documents(limit=50)
    pages = [base.documents(limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert whole.total == len(base.corpus.documents) == 8
    assert [page.total for page in pages] == [8] * 4
    assert [item for page in pages for item in page.items] == whole.items
    assert [item["title"] for item in whole.items] == sorted(d.title for d in base.corpus.documents)


@pytest.mark.parametrize("name", LISTS)
def test_an_offset_past_the_end_gives_an_empty_page_with_the_total(
    base: KnowledgeBase, name: str
) -> None:
    page = getattr(base, name)("物业", limit=10, offset=10_000)
    assert page.items == []
    assert page.total > 0


def test_documents_of_a_language_or_a_setting(base: KnowledgeBase) -> None:
    assert {d["language"] for d in base.documents(language="en", limit=50).items} == {"en"}
    abroad = {d["key"] for d in base.documents(setting="overseas", limit=50).items}
    assert abroad == {
        "hk-owners-corporations-zh",
        "singapore-town-councils-en",
        "singapore-town-councils-zh",
    }


def test_documents_for_a_query_come_by_their_best_passage(base: KnowledgeBase) -> None:
    found = base.documents("Town Councils in Singapore").items
    assert found[0]["key"] == "singapore-town-councils-en"


def test_practices_by_setting(base: KnowledgeBase) -> None:
    names = {
        setting: {p["label"]["zh"] for p in base.practices(setting=setting, limit=50).items}
        for setting in ("domestic", "overseas")
    }
    assert "新加坡市镇理事会" in names["overseas"]
    assert "香港业主立案法团" in names["overseas"]
    assert "北京“街乡吹哨、部门报到”" in names["domestic"]
    assert not names["domestic"] & names["overseas"]


def test_practices_for_a_query_that_says_abroad_are_those_abroad(base: KnowledgeBase) -> None:
    items = base.practices("国外有哪些提高物业服务质量的做法").items
    assert items
    assert {item["setting"] for item in items} == {"overseas"}


def test_concepts_by_label_in_either_language(base: KnowledgeBase) -> None:
    for query in ("居民参与度低", "居民參與度低", "Low resident participation"):
        assert base.concepts(query).items[0]["notation"] == "pb-low-participation"


def test_all_concepts_come_by_kind_and_notation(base: KnowledgeBase) -> None:
    items = base.concepts(limit=50).items
    order = [(item["kind"], item["notation"]) for item in items]
    assert order == sorted(order)
    assert base.concepts().total == len(base.vocabulary.concepts)


def test_passages_from_a_setting_only(base: KnowledgeBase) -> None:
    paths = {hit["path"] for hit in base.search("居民", setting="overseas", limit=50).items}
    assert paths
    assert paths <= {
        "hk-owners-corporations-zh.md",
        "singapore-town-councils-en.md",
        "singapore-town-councils-zh.md",
    }


def test_ranks_go_on_from_page_to_page(base: KnowledgeBase) -> None:
    items = base.search("owners", limit=3, offset=3).items
    assert [item["rank"] for item in items] == [4, 5, 6]


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_setting_is_refused(base: KnowledgeBase, name: str) -> None:
    with pytest.raises(QuestionError, match="unknown setting 'mars'"):
        getattr(base, name)("物业", setting="mars")


def test_a_document_is_found_by_iri_by_its_last_part_and_by_key(base: KnowledgeBase) -> None:
    key = "singapore-town-councils-zh"
    document = base.document(key)
    assert document is not None
    assert base.document(document["iri"]) == document
    assert base.document(document["iri"].rsplit("/", 1)[-1]) == document
    assert base.document("no-such-thing") is None


def test_a_document_holds_its_passages_verbatim(base: KnowledgeBase) -> None:
    document = base.document("hk-owners-corporations-zh")
    assert document is not None
    assert document["passages"][0]["section"].endswith("情况与问题")
    for passage in document["passages"]:
        assert document["text"][passage["start"] : passage["end"]] == passage["text"]


def test_a_thing_is_described_by_what_states_it_and_what_points_at_it(
    base: KnowledgeBase,
) -> None:
    practice = next(p for p in base.practice_records.values() if p.label.zh == "香港业主立案法团")
    quads = base.describe(practice.iri)
    ends = {getattr(q.subject, "value", "") for q in quads} | {
        getattr(q.object, "value", "") for q in quads
    }
    assert practice.iri in ends
    assert quads == sorted(quads, key=str)
    assert base.describe("https://example.org/nothing") == []


def test_two_threads_get_the_same_answers(base: KnowledgeBase) -> None:
    questions = ["物业服务质量差怎么办", "What did Singapore do?", "香港怎么做"] * 4
    alone = [base.ask(question) for question in questions]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(base.ask, questions))
    assert together == alone


@pytest.mark.parametrize(
    "question",
    [
        "今天天气怎么样",
        "红烧肉怎么做才好吃",
        "哪个牌子的电话拍照清楚",
        "Will it rain tomorrow?",
        "best recipe for chicken soup",
        "which phone should I buy",
    ],
)
def test_a_question_about_something_else_is_refused(base: KnowledgeBase, question: str) -> None:
    answer = base.ask(question)
    assert (answer.outcome, answer.reason) == ("not_found", "out_of_domain")
    assert (answer.passages, answer.related, answer.citations) == ((), (), ())


@pytest.mark.parametrize(
    ("question", "missing"),
    [("冰岛的社区怎么管物业", "冰岛"), ("What did Iceland do about property service?", "Iceland")],
)
def test_a_place_that_no_document_names_is_said_to_be_missing(
    base: KnowledgeBase, question: str, missing: str
) -> None:
    answer = base.ask(question)
    assert (answer.outcome, answer.reason) == ("not_found", "not_in_corpus")
    assert answer.missing == (missing,)
    assert answer.related


def test_a_bare_question_about_a_place_brings_its_practices(base: KnowledgeBase) -> None:
    for question in ("新加坡有什么经验？", "What did Singapore do?"):
        answer = base.ask(question)
        assert answer.practices.overseas[0].label.en == "Town Councils in Singapore"
        assert {p.place.en for p in answer.practices.overseas} == {"Singapore"}
        assert answer.practices.domestic == ()
        assert {"pb-poor-service", "pb-low-participation"} <= {p.notation for p in answer.problems}
