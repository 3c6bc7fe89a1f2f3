import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkg.text.segmentation import sentences


def split(text, language):
    return [text[start:end] for start, end in sentences(text, language)]


def test_chinese_sentences_keep_their_closing_quotes():
    assert split("书记说：“先议后办。”大家同意。散会！", "zh") == [
        "书记说：“先议后办。”",
        "大家同意。",
        "散会！",
    ]


def test_a_quoted_question_inside_a_sentence_does_not_end_it():
    assert split("要回答“谁来管？”“怎么管？”等问题。然后行动。", "zh") == [
        "要回答“谁来管？”“怎么管？”等问题。",
        "然后行动。",
    ]


def test_half_width_stop_between_han_characters_ends_a_sentence():
    assert split("居民参加会议.物业公开账目。增长3.5%。", "zh") == [
        "居民参加会议.",
        "物业公开账目。",
        "增长3.5%。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Lim of the U.S. Agency paid $3.5 million, i.e. half of it, see Fig. 2 and No. 7.",
        "The rule follows J. K. Tan et al. (2019) and Art. 12 of the Act.",
        "“Why now?” asked the chair of St. Mary Estate vs. the council.",
        "1. Publish the accounts every quarter",
    ],
)
def test_abbreviations_initials_decimals_and_quotes_do_not_end_an_english_sentence(text):
    assert split(text, "en") == [text]


def test_english_sentences_end_before_capitals_quotes_and_after_note_marks():
    text = 'Fees rose.[1]  "Nobody asked." They left in 2019. Lifts stop at 5 p.m. The rest wait.'
    assert split(text, "en") == [
        "Fees rose.[1]",
        '"Nobody asked."',
        "They left in 2019.",
        "Lifts stop at 5 p.m.",
        "The rest wait.",
    ]


def test_a_lost_space_after_a_stop_is_forgiven():
    assert split("They met the residents.The plan passed.", "en") == [
        "They met the residents.",
        "The plan passed.",
    ]


def test_a_line_break_ends_nothing_and_a_blank_line_does():
    assert split("One long\nsentence. Two\n\nthree", "en") == [
        "One long\nsentence.",
        "Two",
        "three",
    ]


@given(st.text(alphabet='ab .!?。！？”“\n"A1第', max_size=80), st.sampled_from(["zh", "en"]))
def test_sentences_are_in_order_trimmed_and_cover_everything_but_blanks(text, language):
    spans = sentences(text, language)
    kept = "".join("".join(text[start:end].split()) for start, end in spans)
    assert kept == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))


def test_long_runs_of_stops_and_brackets_take_bounded_time():
    text = "。" * 100_000 + " 1.1" * 50_000 + "（" * 50_000 + "a" * 50_000 + "!" + "." * 50_000
    assert sentences(text, "zh") and sentences(text, "en")
