"""Misspelt words are read as the base's own; what is written right is left alone."""

import json
import time
from pathlib import Path

import pytest

from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.spelling import Spelled, Speller, distance, speller_of
from govkg.text.sounds import sounds_alike
from tests.search.world import CONCEPTS, PLACES

TERMS = [
    "业主委员会", "业委会", "物业费", "维修资金", "居民委员会", "停车难", "加装电梯", "垃圾分类",
    "业主大会", "property fee", "property company", "property dispute", "property management",
    "proper notice", "owners' committee", "residents' committee", "community", "neighbourhood",
    "complaint handling", "neighbourhood watch",
    "neighbourhood council", "public price", "shared building", "building repairs",
]  # fmt: skip
# What the documents of the base have besides its terms.
BASE = {"怎么", "成立", "收不", "上来", "回复", "物业", "业委", "小区", "居民", "办理", "委回"}
SPELLER = Speller(TERMS, BASE.__contains__, other_terms=["朝阳区", "Osaka"])
STARTER = Path(__file__).parents[1] / "relevance" / "starter_questions.json"
# Right as they are, and about things that the vocabulary has other words for.
RIGHT = (
    "楼上漏水到我家，责任怎么分？",
    "小区公共收益被物业独吞，怎么要回来？",
    "街道办和社区居委会是什么关系？",
    "快递柜收费，居民有意见怎么处理？",
    "小区门口流动摊贩多，怎么疏导？",
    "业主群里吵架骂人，谁来管？",
    "《物业管理条例》第七条怎么规定？",
    "日本的町内会和我们的居委会有什么区别？",
    "居民议事会开成了牢骚会，怎么改？",
    "冬天暖气不热，投诉没有回音",
    "請問香港的業主立案法團怎麼運作？",
    "业委回复说再等等",
    "到朝阳区去办",
    "How did Barcelona let neighbours redesign their streets?",
    "Is there any evidence that neighbourhood watch reduces burglary?",
    "Rubbish chutes are blocked and smell terrible.",
    "How can a city answer them faster?",
    "Who audits the accounts of the owners' corporation?",
    "Are there grants for insulating old apartment blocks?",
    "The prince paid for it in 2019 in Propertown.",
)


@pytest.mark.parametrize(
    ("text", "read", "corrections"),
    [
        ("业住委员会怎么成立", "业主委员会怎么成立", (("业住委员会", "业主委员会"),)),
        ("物页费收不上来", "物业费收不上来", (("物页费", "物业费"),)),
        ("维休资金怎么用", "维修资金怎么用", (("维休资金", "维修资金"),)),
        ("居民委圆会不作为", "居民委员会不作为", (("居民委圆会", "居民委员会"),)),
        ("加装电体怎么办", "加装电梯怎么办", (("加装电体", "加装电梯"),)),
        # Not said alike, but the other four characters tell it.
        ("业王委员会怎么成立", "业主委员会怎么成立", (("业王委员会", "业主委员会"),)),
        ("垃圾分累，停车南", "垃圾分类，停车难", (("垃圾分累", "垃圾分类"), ("停车南", "停车难"))),
    ],
)
def test_a_chinese_term_with_one_wrong_character_is_read_as_it_was_meant(
    text: str, read: str, corrections: tuple[tuple[str, str], ...]
) -> None:
    assert SPELLER.read(text) == Spelled(read, corrections)


@pytest.mark.parametrize(
    ("text", "read", "corrections"),
    [
        ("unpaid propery fees", "unpaid property fees", (("propery", "property"),)),
        ("the comittee hides it", "the committee hides it", (("comittee", "committee"),)),
        ("Propery fees", "Property fees", (("Propery", "Property"),)),
        ("a comunity hall", "a community hall", (("comunity", "community"),)),
        ("old biulding", "old building", (("biulding", "building"),)),
        ("the neigbourhod", "the neighbourhood", (("neigbourhod", "neighbourhood"),)),
    ],
)
def test_an_english_word_with_a_slip_is_read_as_it_was_meant(
    text: str, read: str, corrections: tuple[tuple[str, str], ...]
) -> None:
    assert SPELLER.read(text) == Spelled(read, corrections)


@pytest.mark.parametrize(
    "text",
    [
        "ask Mr Comunity about it",
        "ask COMUNITY about it",
        "comunity2 is a name",
        "the fe is due",
        "a comunity's hall",
    ],
    ids=["name", "capitals", "with a number", "too short", "with an apostrophe"],
)
def test_names_numbers_and_short_words_are_not_corrected(text: str) -> None:
    assert SPELLER.read(text) == Spelled(text)


def test_nothing_is_corrected_where_two_terms_are_as_near() -> None:
    speller = Speller(["停车费", "停车肥"], lambda pair: False)
    assert speller.read("停车非") == Spelled("停车非")


def test_nothing_is_corrected_where_the_character_belongs_to_another_word() -> None:
    speller = Speller(["业委会"], {"回复"}.__contains__)
    assert speller.read("业委回复") == Spelled("业委回复")
    assert speller.read("业委回") == Spelled("业委会", (("业委回", "业委会"),))


def test_a_word_that_the_base_knows_is_right_even_if_no_term_has_it() -> None:
    assert Speller(["committee"], {"comitte"}.__contains__).read("comittee") == Spelled("comittee")
    assert Speller(["committee"], {"comittee"}.__contains__).read("comittee").corrections == ()


def test_a_traditional_question_keeps_its_script_around_the_correction() -> None:
    assert SPELLER.read("業住委員會怎麼成立").text == "業主委員會怎麼成立"


@pytest.mark.parametrize("text", RIGHT)
def test_a_question_without_a_mistake_stays_as_it_is(text: str) -> None:
    assert SPELLER.read(text) == Spelled(text)


def test_no_question_of_the_starter_corpus_is_corrected() -> None:
    questions = json.loads(STARTER.read_text("utf-8"))["questions"]
    texts = [question[language] for question in questions for language in ("zh", "en")]
    assert [SPELLER.read(text).corrections for text in texts] == [()] * 40


def test_a_speller_is_made_of_the_labels_and_leaves_the_names_of_places() -> None:
    speller = speller_of(Vocabulary(CONCEPTS), Places(PLACES), lambda term: False)
    assert speller.read("增设垃及桶").text == "增设垃圾桶"
    assert speller.read("tell us of osaka").corrections == ()


def test_characters_sound_alike_whatever_their_tones() -> None:
    assert sounds_alike("主", "住")
    assert sounds_alike("业", "页")
    assert sounds_alike("真", "增")
    assert not sounds_alike("梯", "视")
    # 龘 is in no list by sound.
    assert not sounds_alike("龘", "龘")


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("propery", "property", 1),
        ("comittee", "committee", 1),
        ("biulding", "building", 1),
        ("fee", "fee", 0),
        ("", "fee", 3),
        ("price", "public", 4),
    ],
)
def test_the_distance_counts_letters_added_left_out_changed_or_swapped(
    one: str, other: str, slips: int
) -> None:
    assert distance(one, other) == slips
    assert distance(other, one) == slips


def test_a_question_is_read_within_a_few_milliseconds() -> None:
    SPELLER.read(RIGHT[0])
    began = time.perf_counter()
    for text in RIGHT * 5:
        SPELLER.read(text)
    assert (time.perf_counter() - began) / (len(RIGHT) * 5) < 0.005


def test_a_common_english_word_is_right_whatever_the_base_knows() -> None:
    words = ["hearing", "property fee"]
    speller = Speller(words, lambda term: False, (), lambda: frozenset({"heating"}))
    assert speller.read("heating in a compound").corrections == ()
    assert speller.read("the propery fee").corrections == (("propery", "property"),)
    silent = Speller(words, lambda term: False, (), frozenset)
    assert silent.read("the propery fee").corrections == ()


@pytest.mark.parametrize("text", ["a" * 1000, "comittees " * 100, "业主委员" * 250])
def test_a_text_made_to_take_long_does_not(text: str) -> None:
    began = time.perf_counter()
    SPELLER.read(text)
    assert time.perf_counter() - began < 2
