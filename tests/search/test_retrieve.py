"""Rankings alone and fused, over the small index of the whole chain."""

from dataclasses import replace

import pytest

from govkg.knowledge_base import KnowledgeBase
from govkg.search.question import Question
from govkg.search.retrieve import Rankers, fuse, fuse_passages

RANKINGS = ("words", "vector", "translated", "concept", "concept_words")
CHINESE = "物业服务质量差怎么办"
ENGLISH = "Why was property service in public housing slow?"


def understood(base: KnowledgeBase, text: str) -> Question:
    return base._understand(text, "auto", "any").question


def documents(base: KnowledgeBase, text: str, name: str) -> list[str]:
    return [
        base.corpus.document[base.corpus.passages[one.row].document].key
        for one in base.rank(text, only=(name,))
    ]


def test_fusion_adds_up_weighted_reciprocal_ranks_and_names_who_found_a_row() -> None:
    fused = fuse({"words": [7, 3], "vector": [3]}, {"words": 1.0, "vector": 0.5, "concept": 0.5})
    assert [(row, round(score, 5), by) for row, score, by in fused] == [
        (3, round((1 / 12 + 0.5 / 11) / 2, 5), ("words", "vector")),
        (7, round(1 / 11 / 2, 5), ("words",)),
    ]


def test_equal_scores_go_by_row() -> None:
    fused = fuse({"words": [9], "vector": [4]}, {"words": 1.0, "vector": 1.0})
    assert [row for row, _, _ in fused] == [4, 9]


def test_no_rankings_give_nothing() -> None:
    assert fuse({}, {"words": 1.0}) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (ENGLISH, {"words", "vector", "concept", "concept_words"}),
        (CHINESE, {"words", "vector", "translated", "concept", "concept_words"}),
    ],
)
def test_each_language_has_its_rankings(base: KnowledgeBase, text: str, names: set[str]) -> None:
    rankings = base.rankings(text)
    assert set(rankings) == names
    assert set(base._finder._rankers.retrievers()) == set(RANKINGS)


@pytest.mark.parametrize("name", ["words", "vector"])
def test_an_english_question_finds_english_words_and_meaning(
    base: KnowledgeBase, name: str
) -> None:
    assert documents(base, ENGLISH, name)[0] == "singapore-town-councils-en"


def test_a_chinese_question_finds_chinese_passages_by_words(base: KnowledgeBase) -> None:
    rows = [one.row for one in base.rank("组屋由中央统管反应慢", only=("words",))]
    assert base.corpus.passages[rows[0]].language == "zh"
    assert documents(base, "组屋由中央统管反应慢", "words")[0] == "singapore-town-councils-zh"


@pytest.mark.parametrize("name", ["concept_words", "translated"])
@pytest.mark.parametrize("text", [CHINESE, "物業服務質量差怎麼辦"])
def test_a_chinese_question_finds_english_passages_in_english_words(
    base: KnowledgeBase, name: str, text: str
) -> None:
    found = [base.corpus.passages[one.row].language for one in base.rank(text, only=(name,))]
    assert found
    assert set(found) == {"en"}


def test_what_chinese_words_were_taken_for_in_english_can_be_told(base: KnowledgeBase) -> None:
    question = understood(base, "业主委员会")
    assert dict(base._finder._rankers.translations(question)["业主委员会"]) == {
        "owners": 1.0,
        "committee": 1.0,
    }
    english = understood(base, ENGLISH)
    assert base._finder._rankers.translations(english) == {}


def test_an_english_question_finds_chinese_passages_by_meaning_and_concepts(
    base: KnowledgeBase,
) -> None:
    rankings = base.rankings(ENGLISH)
    for name in ("vector", "concept_words"):
        assert "zh" in {base.corpus.passages[row].language for row, _ in rankings[name]}


def test_of_two_as_good_the_one_in_the_language_of_the_question_comes_first(
    base: KnowledgeBase,
) -> None:
    question = understood(base, ENGLISH)
    first = {base.corpus.passages[row].language: row for row in (0, len(base.corpus.passages) - 1)}
    assert set(first) == {"en", "zh"}
    ranked = fuse_passages(
        base._finder._rankers, question, {"vector": [(first["zh"], 0.9), (first["en"], 0.2)]}
    )
    assert [one.row for one in ranked] == [first["en"], first["zh"]]


def test_the_clauses_of_a_passage_are_one_passage(base: KnowledgeBase) -> None:
    rankings = base.rankings(CHINESE)
    rows = [row for row, _ in rankings["vector"]]
    assert len(rows) == len(set(rows))


def test_a_text_without_a_known_word_is_near_nothing(base: KnowledgeBase) -> None:
    assert "vector" not in base.rankings("☃☃☃", "zh")


def test_a_place_in_a_chinese_question_finds_its_english_name(base: KnowledgeBase) -> None:
    assert documents(base, "新加坡有什么经验", "concept_words")[0] == "singapore-town-councils-en"


def test_evidence_of_a_concept_is_found_in_both_languages(base: KnowledgeBase) -> None:
    rows = [one.row for one in base.rank(CHINESE, only=("concept",))]
    assert {base.corpus.passages[row].language for row in rows} == {"zh", "en"}


def test_hits_say_which_rankings_brought_them(base: KnowledgeBase) -> None:
    for one in base.rank(ENGLISH):
        assert one.found_by
        assert set(one.found_by) <= set(RANKINGS)


def test_a_ranking_is_in_the_order_of_its_scores(base: KnowledgeBase) -> None:
    scores = [one.score for one in base.rank(CHINESE)]
    assert scores == sorted(scores, reverse=True)


def test_a_passage_that_answers_nothing_moves_down(base: KnowledgeBase) -> None:
    question, rankings = understood(base, ENGLISH), base.rankings(ENGLISH)
    best = fuse_passages(base._finder._rankers, question, rankings)[0]
    demoted = fuse_passages(
        _with_kind(base._finder._rankers, best.row, "contents"), question, rankings
    )
    again = next(one for one in demoted if one.row == best.row)
    assert again.score == pytest.approx(0.3 * best.score, abs=1e-5)
    assert demoted[0].row != best.row


def _with_kind(rankers: Rankers, row: int, kind: str) -> Rankers:
    passages = list(rankers.corpus.passages)
    passages[row] = replace(passages[row], kind=kind)
    corpus = type(rankers.corpus)(rankers.corpus.documents, tuple(passages))
    return replace(rankers, corpus=corpus)


def test_a_document_from_the_place_asked_about_moves_up(base: KnowledgeBase) -> None:
    question = understood(base, CHINESE)
    place = next(p.iri for p in base.places.places if p.code == "SG")
    here = replace(question, places=(place,))
    rankings = base.rankings(CHINESE)
    before = fuse_passages(base._finder._rankers, question, rankings)
    after = fuse_passages(base._finder._rankers, here, rankings)
    row = next(
        one.row
        for one in before
        if base.corpus.document[base.corpus.passages[one.row].document].place == place
    )
    scores = [next(o.score for o in found if o.row == row) for found in (before, after)]
    assert scores[1] == pytest.approx(1.5 * scores[0], abs=1e-5)


def test_what_is_repealed_stands_behind_what_is_in_force(base: KnowledgeBase) -> None:
    question, rankings = understood(base, ENGLISH), base.rankings(ENGLISH)
    best = fuse_passages(base._finder._rankers, question, rankings)[0]
    documents = tuple(
        replace(d, validity="repealed") if d.iri == base.corpus.passages[best.row].document else d
        for d in base.corpus.documents
    )
    corpus = type(base.corpus)(documents, base.corpus.passages)
    after = fuse_passages(replace(base._finder._rankers, corpus=corpus), question, rankings)
    again = next(one for one in after if one.row == best.row)
    assert again.score == pytest.approx(0.5 * best.score, abs=1e-5)


def test_the_share_of_a_question_that_a_passage_holds_is_of_its_language(
    base: KnowledgeBase,
) -> None:
    question = understood(base, "组屋由中央统管反应慢")
    best = base.rank(question.text, only=("words",))[0].row
    other = next(row for row, p in enumerate(base.corpus.passages) if p.language == "en")
    assert base._finder._rankers.term_share(question, best) > 0.5
    assert base._finder._rankers.term_share(question, other) == 0
