import random

import pytest

from govkg.text.near_duplicates import first_of_each, folded, is_telling
from tests.house import DOCUMENTS

# From corpus/documents/practices/barcelona-decidim-en.md and laws/bj-12345-reg-zh.md.
ENGLISH = (
    "In order to draw in young people the voting age of the participatory budget was set at 14, "
    "and in the second round children from 8 to 13 put forward projects, three of which were "
    "chosen."
)
TRADITIONAL = (
    "街道用民主協商和網格主動發現、解決問題；居委會通過議事會、業委會、物管會了解居民需求。"
)
RULE = "业主大会会议分为定期会议和临时会议。"
CHINESE = "街道用民主协商和网格主动发现、解决问题；居委会通过议事会、业委会、物管会了解居民需求。"


@pytest.mark.parametrize(
    ("text", "language", "again"),
    [
        (CHINESE, "zh", CHINESE.replace("；", ";\n").replace("。", "")),
        (CHINESE, "zh", TRADITIONAL),
        (CHINESE, "zh", "第二十六条　" + CHINESE),
        (f"第二十五条 {RULE}", "zh", f"第十三条 {RULE}"),
        (CHINESE, "zh", CHINESE.replace("街道用", "街道还用")),
        (ENGLISH, "en", ENGLISH.upper()),
        (ENGLISH, "en", ENGLISH.replace(" three of which", " only three of which")),
        (ENGLISH, "en", "Article 3 " + ENGLISH),
    ],
    ids=["marks", "script", "article", "renumbered", "a word more", "case", "a word", "Article"],
)  # fmt: skip
def test_a_text_said_again_is_a_near_duplicate(text: str, language: str, again: str) -> None:
    assert first_of_each([(text, language), (again, language)]) == [0, 0]


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        (ENGLISH, "en", ENGLISH.replace("set at 14", "set at 16")),
        (ENGLISH, "en", ENGLISH.replace("were chosen", "were not chosen")),
        (ENGLISH, "en", ENGLISH.replace("three", "four")),
        (CHINESE, "zh", CHINESE.replace("主动发现", "不主动发现")),
        ("业主委员会应当自选举产生之日起三十日内，向物业所在地的房屋行政管理部门备案。", "zh",
         "业主委员会应当自选举产生之日起六十日内，向物业所在地的房屋行政管理部门备案。"),
        ("业主大会会议可以采用集体讨论或者书面征求意见的形式，由业主委员会依照议事规则组织。", "zh",
         "业主大会会议应当采用集体讨论或者书面征求意见的形式，由业主委员会依照议事规则组织。"),
        ("市房屋行政管理部门履行以下职责：", "zh", "区房屋行政管理部门履行以下职责："),
        ("抵押财产折价或者变卖的，应当参照市场价格。", "zh",
         "质押财产折价或者变卖的，应当参照市场价格。"),
        (CHINESE, "zh", "热线把工单和评价数据推给承办单位，做监测分析。"),
    ],
    ids=["figure", "not", "number word", "不", "time limit", "duty", "level", "word", "other"],
)  # fmt: skip
def test_a_number_a_negation_or_a_duty_that_differs_makes_another_statement(
    text: str, language: str, other: str
) -> None:
    assert first_of_each([(text, language), (other, language)]) == [0, 1]


def test_a_text_repeats_the_closest_leader_and_groups_make_no_chains() -> None:
    words = [f"{a}{b}" for a in "abcdef" for b in "uvwxyz"]
    chain = [" ".join(words[n : n + 26]) for n in (0, 2, 4)]

    assert first_of_each([(text, "en") for text in chain]) == [0, 0, 2]


def test_nothing_is_missed_that_comparing_all_with_all_finds() -> None:
    shuffle = random.Random(7)
    words = ["fees", "paid", "late", "owners", "meet", "seldom", "rules", "lack", "force", "act"]
    texts = []
    for _ in range(40):
        own = [shuffle.choice(words) for _ in range(40)]
        texts.append(" ".join(own))
        own[shuffle.randrange(40)] = "otherwise"
        texts.append(" ".join(own))

    def similarity(one: str, other: str) -> float:
        left, right = ({tuple(text.split()[i : i + 3]) for i in range(38)} for text in (one, other))
        return len(left & right) / len(left | right)

    expected: list[int] = []
    for number, text in enumerate(texts):
        leaders = [n for n in range(number) if expected[n] == n]
        near = max(leaders, key=lambda n: (similarity(texts[n], text), -n), default=number)
        same = near != number and similarity(texts[near], text) >= 0.8
        expected.append(near if same else number)
    assert len(set(expected)) < len(texts)
    assert first_of_each([(text, "en") for text in texts]) == expected


def test_languages_are_never_compared_and_short_texts_only_as_a_whole() -> None:
    assert first_of_each([("TBA", "en"), ("TBA", "zh"), ("TBA!", "en"), ("", "en")]) == [0, 1, 0, 3]
    assert first_of_each([("各位代表：", "zh"), ("各位代表！", "zh"), ("各位", "zh")]) == [0, 0, 2]
    assert first_of_each([]) == []


def test_only_words_that_few_would_choose_alike_tell_of_copying() -> None:
    assert not is_telling("居民参与度低。", "zh")
    assert is_telling("业主大会会议分为定期会议和临时会议。", "zh")
    assert not is_telling("Few residents take part.", "en")
    assert is_telling("Few residents take part in the care of the shared garden.", "en")


def test_folding_keeps_numbers_and_drops_marks() -> None:
    assert folded("第三条　業主（２０人）以上…", "zh") == "业主20人以上"
    assert folded("The “City” spent 75%.", "en") == "the city spent 75"


def test_two_works_of_the_starter_corpus_share_no_passage() -> None:
    paragraphs = [
        (line, path.stem[-2:])
        for path in sorted(DOCUMENTS.glob("*/*.md"))
        for line in path.read_text("utf-8").rpartition("\n---\n")[2].split("\n")
        if len(line) > 30
    ]
    first = first_of_each(paragraphs)

    assert len(paragraphs) > 2_000
    assert [n for n, leader in enumerate(first) if n != leader] == []
