"""Labels said in other words are scored by the terms they share with a text."""

import pytest

from govkg.text.overlap import LabelOverlap, terms_of

CHINESE = LabelOverlap(
    [("拖欠物业费", "arrears"), ("停车难", "parking"), ("停车位", "space")], "zh"
)
ENGLISH = LabelOverlap([("unpaid fees", "arrears"), ("parking shortage", "parking")], "en")


def test_a_label_said_in_other_words_is_found_by_what_it_shares() -> None:
    best = CHINESE.find("业主不交物业费怎么办")[0]
    assert (best.target, best.label, best.shared) == ("arrears", "拖欠物业费", 2)
    assert 0 < best.coverage < 1


def test_a_label_said_in_full_is_covered_in_full() -> None:
    best = CHINESE.find("停车难")[0]
    assert (best.target, best.coverage, best.cosine) == (
        "parking", pytest.approx(1.0), pytest.approx(1.0),
    )  # fmt: skip


def test_a_term_of_many_labels_weighs_less_than_a_rare_one() -> None:
    found = {overlap.target: overlap.coverage for overlap in CHINESE.find("停车")}
    assert set(found) == {"parking", "space"}
    assert all(coverage < 0.5 for coverage in found.values())


def test_other_words_of_an_english_text_lower_the_cosine_but_not_the_coverage() -> None:
    short, long = ENGLISH.find("unpaid fees")[0], ENGLISH.find("unpaid fees of a yard in rain")[0]
    assert (short.coverage, long.coverage) == (pytest.approx(1.0), pytest.approx(1.0))
    assert long.cosine < short.cosine


def test_english_forms_do_not_matter() -> None:
    assert [overlap.target for overlap in ENGLISH.find("a FEE for parks")] == ["parking", "arrears"]


def test_a_text_that_shares_nothing_finds_nothing() -> None:
    assert CHINESE.find("下雨") == []
    assert ENGLISH.find("") == []


def test_a_chinese_text_keeps_its_english_words() -> None:
    assert terms_of("社区 grid 管理", "zh") == ["社区", "管理", "grid"]
    assert terms_of("社区 grid", "en") == ["grid"]


def test_ties_are_broken_by_label() -> None:
    overlap = LabelOverlap([("甲路口", "a"), ("乙路口", "b")], "zh")
    assert [found.target for found in overlap.find("路口")] == ["b", "a"]
