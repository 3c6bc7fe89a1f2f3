"""Index terms are stems and bigrams, the same at build and ask."""

from govkg.text.terms import chinese_characters, chinese_terms, english_terms, stem, words


def test_english_terms_are_stems_without_the_words_that_only_frame_a_question() -> None:
    assert english_terms("What can be done when owners refuse to pay property fees?") == [
        "done", "owner", "refus", "pay", "properti", "fee",
    ]  # fmt: skip


def test_chinese_terms_are_bigrams_of_the_simplified_form() -> None:
    assert chinese_terms("業主不交物業費") == ["业主", "主不", "不交", "交物", "物业", "业费"]


def test_bigrams_of_bare_function_words_are_left_out() -> None:
    assert chinese_terms("为什么") == []


def test_a_single_character_is_its_own_term() -> None:
    assert chinese_terms("水 3 年") == ["水", "年"]


def test_single_characters_are_simplified_without_function_words() -> None:
    assert chinese_characters("業主的費") == ["业", "主", "费"]


def test_addresses_are_no_terms() -> None:
    assert english_terms("Read [the rules](https://yard.example/rules) at https://a.example/b") == [
        "read", "rule",
    ]  # fmt: skip


def test_accents_and_plurals_do_not_matter_and_single_letters_are_dropped() -> None:
    assert english_terms("Québec councils B 7") == ["quebec", "council", "7"]


def test_a_stem_is_the_same_for_all_forms_of_a_word() -> None:
    assert [stem(word) for word in ("Meetings", "meeting", "meet")] == ["meet", "meet", "meet"]


def test_words_are_given_by_their_offsets() -> None:
    assert words("Owners' fee: 98%") == [(0, 6), (8, 11), (13, 15)]
