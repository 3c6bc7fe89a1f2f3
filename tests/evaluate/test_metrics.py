"""The measures give the textbook values."""

import pytest

from govkg.evaluate.gold import chinese_number
from govkg.evaluate.metrics import Span, bootstrap, gains, hit, mean, ndcg, recall, score

GRADES = {0: 2, 1: 1, 2: 2}


def test_a_hit_gains_only_what_it_is_first_to_cover() -> None:
    hits = [frozenset({1}), frozenset({0, 1}), frozenset({0}), frozenset()]
    assert gains(hits, GRADES) == [1.0, 3.0, 0.0, 0.0]


def test_the_ideal_ranking_scores_one() -> None:
    passages = [frozenset({1}), frozenset({0}), frozenset({2})]
    assert ndcg([passages[1], passages[2], passages[0]], passages, GRADES) == pytest.approx(1.0)


def test_a_ranking_with_the_answer_second_scores_less() -> None:
    passages = [frozenset({0})]
    assert ndcg([frozenset(), frozenset({0})], passages, {0: 2}) == pytest.approx(0.6309, abs=1e-4)


def test_recall_counts_gold_sentences_among_the_first_five_hits() -> None:
    ranked = [frozenset({0}), *[frozenset[int]()] * 4, frozenset({1})]
    assert recall(ranked, GRADES) == pytest.approx(1 / 3)


def test_precision_recall_and_f1() -> None:
    assert score(correct=3, predicted=4, matched=2, expected=4).f1 == pytest.approx(0.6)


def test_article_numbers_are_written_as_statutes_write_them() -> None:
    written = [chinese_number(n) for n in (4, 10, 12, 20, 54, 105, 110, 278, 944, 1010)]
    assert written == [
        "四", "十", "十二", "二十", "五十四", "一百零五", "一百一十", "二百七十八",
        "九百四十四", "一千零一十",
    ]  # fmt: skip


def test_nothing_to_measure_is_zero_not_an_error() -> None:
    assert ndcg([], [], {}) == 0.0
    assert ndcg([frozenset()], [frozenset()], {}) == 0.0
    assert recall([], {}) == 0.0
    assert mean([]) == 0.0
    assert score(correct=0, predicted=0, matched=0, expected=0).f1 == 0.0


def test_what_comes_after_the_tenth_hit_gains_nothing() -> None:
    ranked = [*[frozenset[int]()] * 10, frozenset({0})]
    assert ndcg(ranked, [frozenset({0})], {0: 2}) == 0.0


def test_the_ideal_uses_a_passage_that_covers_two_sentences_once() -> None:
    both = frozenset({0, 1})
    assert ndcg([both], [both], {0: 2, 1: 2}) == pytest.approx(1.0)


def test_a_sentence_is_covered_by_one_shared_character_of_the_same_document() -> None:
    span = Span("d", 10, 20, 2)
    covered = [span.overlaps("d", *ends) for ends in ((0, 10), (0, 11), (19, 30), (20, 30))]
    assert covered == [False, True, True, False]
    assert not span.overlaps("other", 10, 20)


def test_a_hit_is_any_gold_sentence_among_the_first_five() -> None:
    nothing = frozenset[int]()
    assert hit([nothing, nothing, nothing, nothing, frozenset({2})])
    assert not hit([nothing, nothing, nothing, nothing, nothing, frozenset({2})])
    assert not hit([])


def test_the_bootstrap_interval_of_equal_values_is_their_value() -> None:
    assert bootstrap([0.25, 0.25, 0.25]) == (0.25, 0.25)


def test_the_bootstrap_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    low, high = bootstrap([0.0, 1.0] * 50)
    assert (low, high) == bootstrap([0.0, 1.0] * 50)
    # A mean of one half over a hundred draws has a standard deviation of one twentieth.
    assert low == pytest.approx(0.4, abs=0.02)
    assert high == pytest.approx(0.6, abs=0.02)
