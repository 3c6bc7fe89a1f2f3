"""Index terms are stems and bigrams, the same at build and ask."""

from govkg.text.overlap import LabelOverlap
from govkg.text.terms import chinese_terms, english_terms


def test_english_terms_are_stems_without_the_words_that_only_frame_a_question() -> None:
    assert english_terms("What can be done when owners refuse to pay property fees?") == [
        "done", "owner", "refus", "pay", "properti", "fee",
    ]  # fmt: skip


def test_chinese_terms_are_bigrams_of_the_simplified_form() -> None:
    assert chinese_terms("業主不交物業費") == ["业主", "主不", "不交", "交物", "物业", "业费"]


def test_bigrams_of_bare_function_words_are_left_out() -> None:
    assert chinese_terms("为什么") == []


def test_a_label_said_in_other_words_is_found_by_what_it_shares() -> None:
    overlap = LabelOverlap([("拖欠物业费", "arrears"), ("停车难", "parking")], "zh")
    best = overlap.find("业主不交物业费怎么办")[0]
    assert (best.target, best.shared) == ("arrears", 2)
    assert 0 < best.coverage < 1
