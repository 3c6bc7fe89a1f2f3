import pytest

from govkg.text.outcomes import denies_success


@pytest.mark.parametrize(
    "sentence",
    [
        # From corpus/documents/practices: tongling-flatten-zh.md, wenling-pb-en.md.
        "资源和服务多了，居委会却依旧行政化，工作人员任务照样重，自治没有明显起色。",
        "Songmen turned an education campaign that the province had ordered, and that had little "
        "effect, into a forum.",
        "试点一年后，物业费收缴率未见改善。",
        "這項措施成效不彰。",
        "The scheme did not reduce littering.",
        "Two surveys found no significant difference between the streets.",
    ],
)
def test_a_sentence_says_that_it_did_not_work(sentence: str) -> None:
    assert denies_success(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        # From corpus/documents/practices: dubai-mollak-en.md, youxiqiao-points-en.md.
        "Nearly five years on, most owners still did not know what their service charges were "
        "spent on.",
        "39,433 people chose 76 projects, many for school grounds, calmer streets and greenery.",
        "垃圾不仅减少了，居民也愿意参加。",
        "物业公司未能履行合同的约定。",
        "收缴率没有低于九成。",
    ],
)
def test_other_sentences_do_not(sentence: str) -> None:
    assert not denies_success(sentence)
