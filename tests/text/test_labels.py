"""Labels are found in documents and questions alike."""

from govkg.text.labels import LabelMatcher

MATCHER = LabelMatcher(
    [
        ("物业费", "fee"),
        ("物业服务费", "fee"),
        ("业主委员会", "committee"),
        ("委员会", "body"),
        ("property fee", "fee"),
        ("owners' committee", "committee"),
        ("committee", "body"),
        ("US", "us"),
        ("low participation", "low"),
        ("low participation", "apathy"),
    ]
)


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.targets) for m in MATCHER.find(text)]


def test_the_longest_chinese_label_wins() -> None:
    assert found("小区业主委员会没有收物业服务费。") == [
        ("业主委员会", ("committee",)),
        ("物业服务费", ("fee",)),
    ]


def test_traditional_script_matches_simplified_labels_and_keeps_its_offsets() -> None:
    assert found("業主委員會收物業費") == [("業主委員會", ("committee",)), ("物業費", ("fee",))]


def test_english_labels_match_whole_words_in_any_number_and_case() -> None:
    assert found("Property fees are set by the Owners' Committees.") == [
        ("Property fees", ("fee",)),
        ("Owners' Committees", ("committee",)),
    ]
    assert found("subcommittees") == []


def test_a_short_acronym_is_not_an_everyday_word() -> None:
    assert found("tell us about the US") == [("US", ("us",))]


def test_a_label_of_two_concepts_gives_both() -> None:
    assert found("low participation") == [("low participation", ("apathy", "low"))]


def test_a_name_is_matched_letter_for_letter() -> None:
    matcher = LabelMatcher(labels=(), names=[("Forlì", "forli"), ("Reading", "reading")])
    assert [m.targets for m in matcher.find("lessons for Forlì, not for reading")] == [("forli",)]


def test_of_two_chinese_labels_that_overlap_only_one_is_taken() -> None:
    matcher = LabelMatcher([("居民自治", "self"), ("自治章程", "charter")])
    assert [m.label for m in matcher.find("居民自治章程")] == ["居民自治"]


def test_every_occurrence_is_found_in_order_of_the_text() -> None:
    assert [t for _, t in found("物业费 and property fee 物业费")] == [("fee",)] * 3


def test_a_text_without_labels_has_no_match() -> None:
    assert found("") == []
    assert found("湖水 and rain") == []


def test_no_label_is_found_within_a_longer_negative_one() -> None:
    matcher = LabelMatcher(
        [("助餐", "meals"), ("property fee", "fee"), ("物业税", "tax")],
        negative=["自助餐", "property fee simple", "物业税"],
    )

    def targets(text: str) -> list[str]:
        return [target for match in matcher.find(text) for target in match.targets]

    assert targets("酒店自助餐涨价，社区助餐点没有涨。") == ["meals"]
    assert targets("A property fee simple is no property fee.") == ["fee"]
    # Of one concept a misleading word, of another its name.
    assert targets("开征物业税") == ["tax"]
