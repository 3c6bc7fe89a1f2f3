"""Questions in Chinese and English are read as people mean them."""

import numpy as np
import pytest

from govkg.errors import QuestionError
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.facets import asked_intent, asked_setting, local_spans
from govkg.search.question import LabelVectors, Question, QuestionReader, check_question
from govkg.search.spelling import Speller, speller_of
from tests.search.world import CONCEPTS, PLACES, World, iri

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
        ("问" * 2001, "the question has 2,001 characters"),
        ("楼道\ud83d脏", "half a character"),
    ],
    ids=["empty", "blank", "too long", "lone surrogate"],
)
def test_a_question_that_is_none_is_refused_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(QuestionError, match=problem):
        check_question(text)


def test_a_question_of_a_thousand_characters_is_taken() -> None:
    assert len(check_question("问" * 2000)) == 2000


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
        ("国（境）外怎么做", "overseas"),
        ("国(境)外怎么做", "overseas"),
        ("国（境）内外的做法", "any"),
        ("港澳台有什么做法", "overseas"),
        ("港澳台居民怎么办居住证", "any"),
        ("別國怎麼做", "overseas"),
        ("欧美国家怎么做", "overseas"),
        ("小区里的外国人怎么登记", "any"),
        ("海外华侨的房子没人管", "any"),
        ("What is the international experience?", "overseas"),
        ("international students in the block", "any"),
        ("foreign residents in the block", "any"),
        ("How can domestic violence be stopped?", "any"),
        ("Old people who live alone at home", "any"),
        ("What has been done at home?", "domestic"),
        ("What was tried at home and abroad?", "any"),
        ("外地怎么管停车", "any"),
        ("别的城市是怎么推开的", "any"),
        ("其他省市有什么做法", "any"),
        ("How was this settled elsewhere?", "any"),
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
        ("楼道堆物怎么办？", "what_to_do"),
        ("居住证怎么办理？", "general"),
        ("外地是怎么办理的", "who_did_what"),
        ("上海是怎么办的", "who_did_what"),
        ("How did Singapore do it?", "who_did_what"),
        ("晚上的噪音谁来管", "who_did_what"),
        ("业主都不交费，谁来管，怎么办", "what_to_do"),
        ("怎样让居民参与", "what_to_do"),
        ("业委会乱花钱，怎么监督和查账？", "what_to_do"),
        ("围墙塌了没钱，怎么修", "what_to_do"),
        ("条例对遛狗怎么规定", "general"),
        ("这是怎么回事", "why"),
        ("How can we reduce the number of cars?", "what_to_do"),
        ("How many measures are there against litter?", "count"),
        ("有多少办法管垃圾", "count"),
        ("业主大会分几种形式？", "count"),
        ("What share of owners must agree?", "count"),
        ("没多少人参加活动怎么办", "what_to_do"),
        ("物业几个月没来打扫怎么办", "what_to_do"),
        ("多少人反映都没用，为什么", "why"),
        ("垃圾怎么越来越多", "why"),
        ("物业怎么不管", "why"),
        ("这个问题是怎么造成的", "why"),
        ("什么是欠费的主要原因", "why"),
        ("为什么是我们交钱", "why"),
        ("什么是业主委员会？", "define"),
        ("网格化管理是什么意思", "define"),
        ("業委會是什麼？", "define"),
        ("What is meant by grid management?", "define"),
        ("What is a strata council?", "define"),
        ("处罚标准是什么？", "general"),
        ("有什么是居民能参与的", "general"),
        ("What are good practices abroad?", "who_did_what"),
        ("物业费收缴比较难怎么办", "what_to_do"),
        ("邻居和物业关系比较紧张，怎么办", "what_to_do"),
        ("邻居意见不同怎么办", "what_to_do"),
        ("外来人口被区别对待怎么办", "what_to_do"),
        ("成都和大阪的做法比较", "compare"),
        ("业委会和物管会有什么不同", "compare"),
        ("How is Osaka different from Chengdu?", "compare"),
        ("How different residents live", "general"),
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我们区物业费收不上来", ["我们区"]),
        ("本市怎么做", ["本市"]),
        ("我市垃圾多", ["我市"]),
        ("咱们这儿停车难", ["咱们这儿"]),
        ("外地怎么做", ["外地"]),
        ("What can our district do?", ["our district"]),
        ("日本市民怎么参与", []),
        ("成本市场化", []),
        ("基本地块", []),
        ("我区分不清", []),
        ("本地人和外地人的矛盾", []),
    ],
)
def test_here_and_elsewhere_are_told_from_words_that_hold_them_by_chance(
    text: str, words: list[str]
) -> None:
    assert [text[start:end] for start, end in local_spans(text)] == words


def test_here_is_neither_a_place_nor_a_term() -> None:
    question = read("我们区的垃圾，外地怎么管？")
    assert question.places == ()
    assert question.terms == read("的垃圾，怎么管？").terms


def test_a_question_that_names_here_and_a_place_alone_is_bare() -> None:
    assert read("我们区和大阪的经验").bare


def test_countries_are_told_from_other_places() -> None:
    question = read("日本和大阪的垃圾怎么办")
    assert question.places == (iri("japan"), iri("osaka"))
    assert question.countries == (iri("japan"),)


@pytest.mark.parametrize(
    ("text", "language", "sides"),
    [
        ("成都市和大阪的做法有什么区别", "zh", ["chengdu", "osaka"]),
        ("Compare Osaka with Chengdu on littering", "en", ["osaka", "chengdu"]),
        ("比较日本大阪和成都市", "zh", ["osaka", "chengdu"]),
        ("居民公约和志愿巡查有什么不同", "zh", ["cm-covenant", "cm-rounds"]),
        ("居民公约、志愿巡查和增设垃圾桶的区别", "zh", ["cm-covenant", "cm-rounds", "cm-bins"]),
        ("「居民公約」與「志願巡查」有什麼區別", "zh", ["cm-covenant", "cm-rounds"]),
        ("What is the difference between noise and littering?", "en", ["pb-noise", "pb-litter"]),
        ("成都市和大阪怎么管乱扔垃圾", "zh", []),
        ("大阪的乱扔垃圾，有什么区别", "zh", []),
        ("国内和国外的做法有什么区别", "zh", []),
    ],
)
def test_a_comparison_has_the_sides_that_it_names(
    text: str, language: str, sides: list[str]
) -> None:
    assert read(text, language).sides == tuple(map(iri, sides))


def test_a_question_keeps_its_references_and_years() -> None:
    question = read("《物业管理条例》第54条2019年以来怎么执行")
    assert question.references.titles == ("物业管理条例",)
    assert question.references.articles == ("第五十四条",)
    assert question.years == (2019,)


def speller() -> Speller:
    return speller_of(Vocabulary(CONCEPTS), Places(PLACES), {"怎么", "么办"}.__contains__)


def test_a_misspelt_question_is_understood_as_it_was_meant_and_kept_as_it_was_asked() -> None:
    world = World()
    reader = QuestionReader(world.vocabulary, world.places, speller=speller())
    question = reader.read("乱仍垃圾怎么办", "zh", "any", NO_VECTOR)
    assert question.text == "乱仍垃圾怎么办"
    assert question.read_as == "乱扔垃圾怎么办"
    assert question.corrections == (("乱仍垃圾", "乱扔垃圾"),)
    assert question.concepts[0].iri == iri("pb-litter")
    assert question.terms == read("乱扔垃圾怎么办").terms


def test_a_title_in_marks_is_not_corrected() -> None:
    world = World()
    reader = QuestionReader(world.vocabulary, world.places, speller=speller())
    text = "《乱仍垃圾条例》和乱仍垃圾"
    assert reader.respell(text).text == "《乱仍垃圾条例》和乱扔垃圾"


def test_without_a_speller_every_word_is_taken_as_it_is_written() -> None:
    question = read("乱仍垃圾怎么办")
    assert (question.read_as, question.corrections) == ("乱仍垃圾怎么办", ())


def test_a_question_is_compared_with_the_labels_of_its_own_language() -> None:
    world = World()
    labels = {
        "zh": LabelVectors([iri("pb-noise")], np.array([[1.0, 0.0]], dtype=np.float32)),
        "en": LabelVectors([iri("pb-litter")], np.array([[1.0, 0.0, 0.0]], dtype=np.float32)),
    }
    reader = QuestionReader(world.vocabulary, world.places, labels)
    chinese = reader.read("半夜很吵", "zh", "any", np.array([0.8, 0.6], dtype=np.float32))
    english = reader.read("filth", "en", "any", np.array([0.7, 0.0, 0.1], dtype=np.float32))
    assert [(c.iri, c.how) for c in chinese.concepts] == [(iri("pb-noise"), ("vector",))]
    assert chinese.best_cosine == pytest.approx(0.8)
    assert [(c.iri, c.how) for c in english.concepts] == [(iri("pb-litter"), ("vector",))]
    assert english.best_cosine == pytest.approx(0.7)
