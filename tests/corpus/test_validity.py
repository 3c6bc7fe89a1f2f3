"""What the documents of a base say together of which laws hold and what took their place."""

import pytest

from govkg.corpus.dates import amendments, dated_name, taking_effect
from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.corpus.validity import repeals, settled
from govkg.graph.validity import validity_quads
from govkg.model.identifiers import DEFAULT_BASE, Minter
from govkg.ontology.places import Places

OLD = """# 青溪市住宅区管理条例

2012年3月1日 青溪市第三届人民代表大会常务委员会第五次会议通过

第一条 为了规范住宅区管理，制定本条例。

第二条 本条例自2012年5月1日起施行。
"""
AMENDED = """# 青溪市住宅区管理条例

2012年3月1日 青溪市第三届人民代表大会常务委员会第五次会议通过

2020年9月25日 青溪市第五届人民代表大会常务委员会第二次会议《关于修改部分地方性法规的决定》修正

第一条 为了规范住宅区管理，制定本条例。

第二条 本条例自2012年5月1日起施行。
"""
DOGS = """# 青溪市养犬管理规定

2019年6月3日 青溪市第五届人民代表大会常务委员会第一次会议通过

第一条 为了规范养犬行为，制定本规定。

第二条 本规定自公布之日起施行。
"""
DOGS_LAW = """# 青溪市文明养犬条例

2023年8月2日 青溪市第六届人民代表大会常务委员会第三次会议通过

第一条 为了规范养犬行为，制定本条例。

第二条 本条例自2024年1月1日起施行。2019年6月3日通过的《青溪市养犬管理规定》同时废止。
"""
SUMMARY = """---
id: {key}-{language}
work: {key}
title: {title}
language: {language}
titles:
  zh: 《青溪市养犬管理规定》内容摘要
  en: Dog rules of Qingxi (summary)
type: regulation
issuer: {issuer}
date: '2019-06-03'
effective: '2019-06-03'
verification: verified
---

# {title}

{text}
"""


@pytest.fixture
def base(tmp_path):
    """Documents by file name, settled together."""

    def reading(**files: str):
        for name, text in files.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        found = read_corpus(tmp_path, ReadingContext(Minter(), Places(())))
        return {one.path.removesuffix(".md"): one for one in settled(found.documents)}

    return reading


def test_a_law_with_a_date_in_force_is_in_force_as_far_as_the_base_knows(base) -> None:
    law = base(old=OLD)["old"]
    assert (law.effective, law.validity, law.superseded_by) == ("2012-05-01", "in_force", "")


def test_what_tells_of_its_amendment_is_amended(base) -> None:
    law = base(new=AMENDED)["new"]
    assert (law.date, law.effective, law.validity) == ("2020-09-25", "2012-05-01", "amended")


def test_a_later_text_of_the_same_law_takes_the_place_of_the_earlier(base) -> None:
    found = base(old=OLD, new=AMENDED)
    assert (found["old"].validity, found["old"].superseded_by) == ("repealed", found["new"].iri)
    assert (found["new"].validity, found["new"].superseded_by) == ("amended", "")


def test_the_same_name_of_another_body_is_another_law(base) -> None:
    other = AMENDED.replace("青溪市第", "白石市第").replace("# 青溪市", "# 青溪市")
    assert base(old=OLD, new=other)["old"].validity == "in_force"


def test_a_law_that_repeals_another_by_name_takes_its_place(base) -> None:
    found = base(dogs=DOGS, law=DOGS_LAW)
    assert found["dogs"].effective == "2019-06-03"
    assert (found["dogs"].validity, found["dogs"].superseded_by) == ("repealed", found["law"].iri)
    assert found["law"].validity == "in_force"


def test_all_language_versions_of_what_is_repealed_are_repealed(base) -> None:
    zh = SUMMARY.format(
        key="dogs",
        language="zh",
        title="《青溪市养犬管理规定》内容摘要",
        issuer="青溪市人民代表大会常务委员会",
        text="养犬应当登记，一户一犬，出门牵绳。",
    )
    en = SUMMARY.format(
        key="dogs",
        language="en",
        title="Dog rules of Qingxi (summary)",
        issuer="Standing committee of Qingxi",
        text="Dogs are registered, one to a household, and kept on a lead outdoors.",
    )
    found = base(zh=zh, en=en, law=DOGS_LAW)
    assert {found[name].superseded_by for name in ("zh", "en")} == {found["law"].iri}


def test_a_summary_whose_sources_are_as_recent_is_not_replaced(base) -> None:
    checked = "checked:\n- title: 青溪市养犬管理规定\n  date: '2023-09-01'\nverification:"
    text = SUMMARY.format(
        key="dogs",
        language="zh",
        title="《青溪市养犬管理规定》内容摘要",
        issuer="青溪市人民代表大会常务委员会",
        text="养犬应当登记，一户一犬，出门牵绳。",
    ).replace("verification:", checked)
    later = DOGS.replace("2019年6月3日", "2022年6月3日")
    assert base(summary=text, later=later)["summary"].validity == "in_force"


def test_front_matter_may_say_that_a_document_is_repealed_and_by_what(base) -> None:
    given = "---\nvalidity: 已废止\nsuperseded_by: law.md\n---\n\n"
    found = base(old=given + OLD, law=DOGS_LAW)
    assert (found["old"].validity, found["old"].superseded_by) == ("repealed", found["law"].iri)


def test_a_report_is_neither_in_force_nor_repealed(base) -> None:
    text = "# 青溪市2023年工作报告\n\n2023年，全市新建居民议事厅十二处，办结诉求三千余件。\n"
    assert base(report=text)["report"].validity == "unknown"


def test_without_the_later_text_the_earlier_is_in_force_again(base, tmp_path) -> None:
    base(old=OLD, new=AMENDED)
    (tmp_path / "new.md").unlink()
    assert base()["old"].validity == "in_force"


def test_validity_is_written_with_what_took_the_place(base) -> None:
    found = base(old=OLD, new=AMENDED)
    lines = validity_quads(found.values(), DEFAULT_BASE)
    old, new = (f"<{found[name].iri}>" for name in ("old", "new"))
    graph = f"<{DEFAULT_BASE}graph-inferred>"
    terms = "http://purl.org/dc/terms/"
    assert lines == sorted(
        [
            f'{old} <https://w3id.org/govkg/def#validity> "repealed" {graph} .',
            f'{new} <https://w3id.org/govkg/def#validity> "amended" {graph} .',
            f"{old} <{terms}isReplacedBy> {new} {graph} .",
            f"{new} <{terms}replaces> {old} {graph} .",
        ]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第九十五条 本规定自2011年4月1日起施行。", "2011-04-01"),
        ("第四十一条 本法自公布之日起施行。", "1998-11-04"),
        ("第 25 條\n本法自公布日施行。", "1998-11-04"),
        ("This Act shall take effect on 1 April 2011.", "2011-04-01"),
        ("These Rules will take effect as of the date of promulgation.", "1998-11-04"),
        ("本办法由市民政局负责解释。", ""),
    ],
)
def test_the_closing_article_says_from_when_an_act_applies(text, expected) -> None:
    assert taking_effect(text, "1998-11-04") == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("2003年6月8日公布，2007年、2016年、2018年三次修订。", ("2007", "2016", "2018")),
        ("所见最近一次修正在2020年12月30日。", ("2020-12-30",)),
        (
            "1.中華民國八十年五月一日訂定發布\n2.中華民國八十八年十二月十四日修正發布",
            ("1999-12-14",),
        ),
        ("Adopted on 27 March 2020 and amended on 29 March 2024.", ("2024-03-29",)),
        ("It was revised in 2010 and amended in 2018. In 2021 it was quoted.", ("2010", "2018")),
        ("2012年3月1日通过，5月1日起施行。", ()),
    ],
)
def test_an_opening_tells_when_an_act_was_changed(opening, expected) -> None:
    assert amendments(opening) == expected


def test_what_is_repealed_is_named_with_its_date() -> None:
    text = "1990年4月1日发布的《青溪市房屋管理办法》和《青溪市绿地管理办法》同时废止。"
    assert list(repeals(text)) == [("青溪市房屋管理办法", "1990-04-01"), ("青溪市绿地管理办法", "")]
    english = "The Willow Street Homes Ordinance 1970 is hereby repealed."
    assert list(repeals(english)) == [("Willow Street Homes Ordinance 1970", "")]


def test_a_file_may_be_named_after_the_day_of_its_version() -> None:
    assert dated_name("laws/青溪市住宅区管理条例(2020-09-25).md") == "2020-09-25"
    assert dated_name("laws/青溪市住宅区管理条例.md") == ""
