LAW = """# 示范市社区协商条例

2019年3月1日 示范市第十届人民代表大会常务委员会第五次会议通过

2022年6月30日 示范市第十一届人民代表大会常务委员会第二次会议修正

## 第一章 总则

第一条 为了规范社区协商活动，制定本条例。

第二条 社区协商应当遵循下列原则：

（一）坚持党的领导；

（二）坚持公开透明。

## 第二章 协商程序

第三条 议题由居民委员会征集。
"""

PAPER = """Original Paper

Shared Courtyards and the Work of Owners

Ana Lim¹ & Ben Roe²

¹ School of Planning, Harbour University

Received: March 1, 2021 Published: May 9, 2021

Abstract

We study two courtyards. Both were repaired by their owners.

1. Introduction

Owners meet rarely. They decide by a show of hands in the yard after

supper, and nobody writes it down.

1.1 Setting

The first yard has 40 flats.

References

- Lim, A. (2019). Yards. Journal of Yards, 3(1).
"""


def only(reading):
    (document,) = reading.documents
    return document


def shown(document):
    return [(passage.kind, passage.label, passage.text) for passage in document.passages]


def test_a_law_gives_its_dates_issuer_type_chapters_and_articles(read):
    law = only(read(files={"law.md": LAW}))
    assert (law.title, law.type, law.language) == ("示范市社区协商条例", "regulation", "zh")
    assert law.issuer == "示范市人民代表大会常务委员会"
    assert law.date == "2022-06-30"
    assert [section.path for section in law.sections] == [
        (),
        ("第一章 总则",),
        ("第二章 协商程序",),
    ]
    assert shown(law)[1:] == [
        ("article", "第一条", "第一条 为了规范社区协商活动，制定本条例。"),
        (
            "article",
            "第二条",
            "第二条 社区协商应当遵循下列原则：\n\n（一）坚持党的领导；\n\n（二）坚持公开透明。",
        ),
        ("article", "第三条", "第三条 议题由居民委员会征集。"),
    ]
    assert law.section_path(law.passages[-1]) == ("第二章 协商程序", "第三条")


def test_chapters_of_a_law_are_sections_without_markup_too(read):
    plain = LAW.replace("# ", "").replace("#", "")
    law = only(read(files={"law.txt": plain}))
    assert law.title == "示范市社区协商条例"
    assert [section.title for section in law.sections] == ["", "第一章 总则", "第二章 协商程序"]


def test_a_paper_gives_title_date_nested_sections_and_kinds(read):
    paper = only(read(files={"paper.txt": PAPER}))
    assert paper.title == "Shared Courtyards and the Work of Owners"
    assert (paper.type, paper.date) == ("paper", "2021-05-09")
    assert [section.path for section in paper.sections] == [
        (),
        ("Abstract",),
        ("1. Introduction",),
        ("1. Introduction", "1.1 Setting"),
        ("References",),
    ]
    assert [kind for kind, _, _ in shown(paper)] == [
        "furniture",
        "furniture",
        "prose",
        "prose",
        "prose",
        "reference",
    ]


def test_a_paragraph_broken_by_a_page_goes_on_over_the_blank_line(read):
    paper = only(read(files={"paper.txt": PAPER}))
    assert paper.passages[3].text == (
        "Owners meet rarely. They decide by a show of hands in the yard after\n\n"
        "supper, and nobody writes it down."
    )


def test_encodings_give_the_same_text(read):
    text = "社区治理\n\n居民自治，从一块公告栏开始。\n"
    reading = read(
        files={
            "bom.txt": text.encode("utf-8-sig"),
            "gb.txt": text.encode("gb18030"),
            "utf16.txt": text.encode("utf-16"),
            "utf8.txt": text.replace("\n", "\r\n").encode(),
        }
    )
    assert {document.text for document in reading.documents} == {text}


def test_controls_and_hidden_marks_go_and_nothing_else_changes(read):
    document = only(read(files={"a.txt": "网\u200b格\u202e化\x07管理，cafe\u0301。"}))
    assert document.text == "网格化管理，café。"


def test_front_matter_overrides_what_was_guessed_and_the_rest_is_kept(read):
    document = only(
        read(
            files={
                "a.md": (
                    "---\nid: yard-1\ntitle: 院子议事\ndate: 2021-05-09\nplace: SG\nyears: 2019-\n"
                    "lang: zh\n---\n# Another title\n\n居民在院子里议事。\n"
                )
            }
        )
    )
    assert (document.key, document.title, document.date) == ("yard-1", "院子议事", "2021-05-09")
    assert document.place == "https://example.org/place-SG"
    assert dict(document.front) == {"years": "2019-"}
    assert document.text == "# Another title\n\n居民在院子里议事。\n"


def test_bad_front_matter_never_loses_the_body(read):
    reading = read(
        files={
            "bad.md": "---\ntitle: [open\n---\n正文在此。\n",
            "bomb.md": "---\na: &a [x]\nb: [*a, *a]\n---\n正文在此。\n",
            "run.md": "---\ntitle: !!python/object/apply:os.system ['true']\n---\n正文在此。\n",
            "rule.md": "---\n\n正文在此。\n",
        }
    )
    assert [row.outcome for row in reading.rows] == ["ingested"] * 4
    assert all("正文在此。" in document.text for document in reading.documents)
    assert "aliases are not allowed" in reading.rows[1].message


def test_a_sidecar_wins_over_front_matter_and_is_no_document(read):
    reading = read(
        files={
            "a.md": "---\ntitle: First\n---\nOwners met on Friday.\n",
            "a.md.yaml": "title: Second\n",
        }
    )
    assert only(reading).title == "Second"
    assert [(row.path, row.outcome) for row in reading.rows] == [
        ("a.md", "ingested"),
        ("a.md.yaml", "ignored"),
    ]


def test_a_paragraph_that_opens_with_a_year_is_prose_and_a_law_s_history_is_not(read):
    text = (
        "# 滨江的社区基金\n\n## 做法\n\n"
        "2018年起，居民自己提项目，在网上投票决定先办哪几项。各区有协调员帮忙。\n\n"
        "2020年6月24日修订、2022年4月1日施行，是因为房子在变老。市里想让老楼不再败坏下去。\n\n"
        "（2022年6月30日示范市人民代表大会常务委员会通过 2023年1月1日起施行）\n"
    )
    kinds = [kind for kind, _, _ in shown(only(read(files={"fund.md": text})))]
    assert kinds == ["prose", "prose", "furniture"]
