"""Questions in Chinese and English are read as people mean them."""

import numpy as np
import pytest

from govkg.errors import QuestionError
from govkg.search.facets import asked_intent, asked_setting
from govkg.search.question import Question, check_question
from tests.search.world import World, iri

READER = World().reader()
NO_VECTOR = None


def read(text: str, language: str = "zh", setting: str = "any") -> Question:
    return READER.read(text, language, setting, NO_VECTOR)


def concepts(text: str, language: str = "zh") -> list[str]:
    return [c.iri.removeprefix(iri("")) for c in read(text, language).concepts]


def places(text: str, language: str = "zh") -> list[str]:
    return [place.removeprefix(iri("")) for place in read(text, language).places]


def test_space_around_a_question_is_not_part_of_it() -> None:
    assert check_question("  楼道太脏怎么办？\n") == "楼道太脏怎么办？"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the question is empty"),
        (" \u3000\n\t", "the question is empty"),
        ("问" * 1001, "the question has 1,001 characters"),
        ("楼道\ud83d脏", "half a character"),
    ],
    ids=["empty", "blank", "too long", "lone surrogate"],
)
def test_a_question_that_is_none_is_refused_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(QuestionError, match=problem):
        check_question(text)


def test_a_question_of_a_thousand_characters_is_taken() -> None:
    assert len(check_question("问" * 1000)) == 1000


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("国外怎么管垃圾", "overseas"),
        ("境外有什么经验", "overseas"),
        ("國外怎麼管垃圾", "overseas"),
        ("What is done abroad about litter?", "overseas"),
        ("How do OTHER COUNTRIES deal with it?", "overseas"),
        ("国内哪些地方做得好", "domestic"),
        ("How is it handled in China?", "domestic"),
        ("国内外的做法有什么不同", "any"),
        ("国内和国外怎么管垃圾", "any"),
        ("domestic and overseas practices", "any"),
        ("怎么管垃圾", "any"),
        ("Is it in chinatown?", "any"),
    ],
)
def test_words_for_home_or_abroad_set_the_setting_unless_both_are_there(
    text: str, setting: str
) -> None:
    assert asked_setting(text) == setting


def test_the_setting_that_the_asker_chose_wins_over_the_words() -> None:
    assert read("国外怎么管垃圾", setting="domestic").setting == "domestic"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("为什么楼下总有垃圾", "why"),
        ("為什麼樓下總有垃圾", "why"),
        ("What are the reasons for litter?", "why"),
        ("楼下垃圾怎么办", "what_to_do"),
        ("How can litter be dealt with?", "what_to_do"),
        ("哪些地方管得好", "who_did_what"),
        ("What did Osaka do?", "who_did_what"),
        ("成都和大阪的做法有什么区别", "compare"),
        ("Compare Chengdu and Osaka", "compare"),
        ("垃圾", "general"),
    ],
)
def test_the_frame_of_a_question_says_what_is_wanted(text: str, intent: str) -> None:
    assert asked_intent(text) == intent


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("大阪和成都市的楼委会", "zh", ["osaka", "chengdu"]),
        ("What did Osaka and Chengdu do?", "en", ["osaka", "chengdu"]),
        ("what is done in japan about litter", "en", ["japan"]),
        ("what is done in osaka", "en", []),
        ("tell us about litter", "en", []),
        ("What is done in the US?", "en", ["usa"]),
        ("楼下的垃圾", "zh", []),
    ],
)
def test_places_are_found_by_name_in_order(text: str, language: str, found: list[str]) -> None:
    assert places(text, language) == found


def test_a_concept_is_found_by_its_label_and_says_so() -> None:
    best = read("小区里乱扔垃圾").concepts[0]
    assert (best.iri, best.kind) == (iri("pb-litter"), "problem")
    assert "label" in best.how


def test_a_concept_is_found_by_its_english_label_in_any_ending() -> None:
    assert concepts("How is a littered yard kept clean?", "en")[0] == "pb-litter"


def test_a_concept_is_found_in_traditional_script() -> None:
    assert concepts("社區裡亂扔垃圾怎麼辦")[0] == "pb-litter"


def test_a_concept_is_found_by_some_of_its_words() -> None:
    best = read("晚上的噪音谁来管").concepts[0]
    assert (best.iri, best.how) == (iri("pb-noise"), ("words",))


def test_a_single_character_in_common_is_told_from_a_word() -> None:
    assert {c.how for c in read("桶").concepts} == {("characters",)}


def test_a_concept_is_found_by_vector_in_english() -> None:
    vector = np.array([0.1, 0.9, 0.0, 0.0], dtype=np.float32)
    question = READER.read("the neighbours keep me awake", "en", "any", vector)
    assert [(c.iri, c.how) for c in question.concepts] == [(iri("pb-noise"), ("vector",))]
    assert question.best_cosine == pytest.approx(0.9)


def test_two_ways_that_agree_score_higher_than_either() -> None:
    label = concepts_scored("Littering", None)
    both = concepts_scored("Littering", np.array([0.9, 0.0, 0.0, 0.0], dtype=np.float32))
    assert both["pb-litter"] >= label["pb-litter"]


def concepts_scored(text: str, vector: np.ndarray | None) -> dict[str, float]:
    found = READER.read(text, "en", "any", vector).concepts
    return {c.iri.removeprefix(iri("")): c.score for c in found}


def test_actors_are_named_apart_from_what_the_question_is_about() -> None:
    question = read("楼委会怎么管乱扔垃圾")
    assert question.actors == (iri("ac-committee"),)
    assert all(concept.kind != "actor" for concept in question.concepts)


def test_the_words_of_asking_are_about_nothing() -> None:
    assert concepts("有什么经验和做法") == []


def test_a_question_with_a_place_and_the_words_of_asking_alone_is_bare() -> None:
    assert read("大阪有什么经验？").bare
    assert read("What did Osaka do?", "en").bare
    assert not read("大阪的垃圾怎么办").bare
    assert not read("有什么经验？").bare


def test_a_bare_question_is_about_no_concept_however_near_its_vector() -> None:
    vector = np.array([1.0, 0.0, 0.0, 0.0], dtype=np.float32)
    assert READER.read("What did Osaka do?", "en", "any", vector).concepts == ()
