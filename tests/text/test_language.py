from govkg.text.language import detect, has_han


def test_text_is_chinese_when_a_fifth_of_its_letters_are_han():
    assert detect("业主委员会按照 Owners Committee 章程开会") == "zh"
    assert detect("The owners' committee (业主委员会) meets every quarter in the hall.") == "en"


def test_text_without_letters_counts_as_english():
    assert detect("2024 - 03") == "en"


def test_rare_han_characters_count():
    assert has_han("𠀀") and not has_han("abc，。")
