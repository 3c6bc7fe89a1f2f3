import json

import pytest

from tests.corpus import samples


def only(reading):
    (document,) = reading.documents
    return document


def shown(document):
    return [
        (document.section_path(passage), passage.kind, passage.text)
        for passage in document.passages
    ]


def test_an_official_page_gives_its_fields_headings_and_text_without_the_site_around_it(read):
    page = only(read({"a.html": samples.PAGE}))
    assert (page.title, page.type) == ("示范市人民政府办公室关于开展社区议事的通知", "notice")
    assert (page.issuer, page.number) == ("示范市人民政府办公室", "示政办发〔2024〕13号")
    assert page.date == "2024-03-05"
    assert shown(page) == [
        ((), "furniture", "示政办发〔2024〕13号\n\n各区人民政府："),
        ((), "prose", "为了方便居民商量身边的事情，现就开展社区议事有关工作通知如下。"),
        (("一、总体要求",), "prose", "坚持居民的事情由居民商量着办。"),
        (
            ("一、总体要求", "（一）工作目标"),
            "prose",
            "（一）工作目标。到年底，每个社区都有固定的议事场所。每季度至少开一次会。",
        ),
        (("一、总体要求", "（一）工作目标"), "furniture", "示范市人民政府办公室\n\n2024年3月5日"),
    ]


def test_a_page_in_gb_encoding_that_says_so_wrongly_reads_the_same(read):
    reading = read({"a.html": samples.PAGE, "b.html": samples.PAGE.encode("gb18030")})
    assert reading.documents[0].text == reading.documents[1].text
    assert reading.rows[1].message == "same text as a.html"


def test_template_tags_of_a_page_are_left_out(read):
    page = only(
        read(
            {
                "a.html": (
                    '{% extends "x.html" %}{% block pageTitle %}Yards - Playbook{% endblock %}'
                    "{% block content %}<h1>Yards</h1><h2>Costs</h2>"
                    "<p>Paint costs {{ price }} little.</p>"
                    "<ul><li>Brushes are shared.</li><li>Paint is not.</li></ul>{% endblock %}"
                )
            }
        )
    )
    assert page.title == "Yards"
    assert shown(page) == [
        (("Costs",), "prose", "Paint costs little."),
        (("Costs",), "list", "Brushes are shared.\nPaint is not."),
    ]


def test_a_word_file_keeps_headings_numbers_and_the_order_of_tables(read):
    document = only(read({"a.docx": samples.word()}))
    assert document.title == "Courtyard Rules"
    assert shown(document) == [
        (("Meetings",), "prose", "Owners meet every month."),
        (("Meetings",), "list", "1. Post the notice.\n\n2. Keep minutes."),
        (("Meetings",), "table", "Yard | Flats\nNorth | 40"),
        (("Meetings",), "prose", "The table was agreed in May."),
    ]


def test_a_pdf_keeps_its_pages_joins_its_lines_and_drops_running_heads(read):
    head = ("Courtyard Review 2024", 10)
    document = only(
        read(
            {
                "a.pdf": samples.pdf(
                    [
                        [
                            head,
                            ("Shared Courtyards", 20),
                            ("Owners of the north yard met in the spring and they", 10),
                            ("decided to paint the gate before the", 10),
                        ],
                        [head, ("summer began. They paid together.", 10)],
                        [head, ("The south yard waited for another year to pass by.", 10)],
                    ]
                )
            }
        )
    )
    assert document.title == "Shared Courtyards"
    assert document.text == (
        "Shared Courtyards\n\nOwners of the north yard met in the spring and they decided to paint "
        "the gate before the summer began. They paid together.\n\n"
        "The south yard waited for another year to pass by."
    )
    assert [document.text[start:][:6] for start in document.pages] == ["Shared", "summer", "The so"]
    assert document.page_of(document.text.index("together")) == 2


def test_chinese_lines_of_a_pdf_join_without_blanks(read):
    document = only(
        read(
            {
                "a.pdf": samples.pdf(
                    [
                        [
                            ("根据示政办发〔2024〕 13 号文件的要求，各社区应当在每个季度召开", 12),
                            ("一次议事会，由居民推选的议事代表主持并且做好会议的记录工作。", 12),
                        ],
                    ]
                )
            }
        )
    )
    assert document.text == (
        "根据示政办发〔2024〕13号文件的要求，各社区应当在每个季度召开"
        "一次议事会，由居民推选的议事代表主持并且做好会议的记录工作。"
    )


STATUTE = {
    "法規性質": "法律",
    "法規網址": "https://law.example.gov.tw/LawAll.aspx?pcode=X01",
    "最新異動日期": "20200115",
    "法規內容": [
        {"編章節": "第 一 章  總則"},
        {"條號": "第 1 條", "條文內容": "為推動社區發展，特制定本法。\r\n本法之主管機關為市政府。"},
        {"條號": "第 1-1 條", "條文內容": "社區會議每年召開一次。"},
    ],
}


def test_the_two_languages_of_a_statute_are_two_documents_of_one_work(read):
    english = {
        "英文法規名稱": "Community Act",
        "中文法規名稱": "社區發展法",
        "法規網址": "https://law.example.gov.tw/Eng/LawAll.aspx?pcode=X01",
        "法規內容": [
            {"編章節": "Chapter 1   General"},
            {
                "條號": "Article 1",
                "條文內容": "This Act promotes communities.\r\nThe city governs.",
            },
            {"條號": "Article 1-1", "條文內容": "A meeting is held every year."},
        ],
    }
    reading = read(
        {
            "en.json": json.dumps(english),
            "zh.json": json.dumps(STATUTE | {"法規名稱": "社區發展法"}),
        }
    )
    en, zh = reading.documents
    assert (en.title, en.language, zh.title, zh.language) == (
        "Community Act",
        "en",
        "社區發展法",
        "zh",
    )
    assert en.work == zh.work == "law.example.gov.tw:X01"
    assert (zh.type, zh.date, zh.place) == (
        "law",
        "2020-01-15",
        "https://example.org/place-CN-TW",
    )
    assert [(zh.section_path(p), p.text) for p in zh.passages] == [
        (
            ("第 一 章 總則", "第1條"),
            "第 1 條\n為推動社區發展，特制定本法。\n本法之主管機關為市政府。",
        ),
        (("第 一 章 總則", "第1-1條"), "第 1-1 條\n社區會議每年召開一次。"),
    ]
    assert [passage.label for passage in en.passages] == ["Article 1", "Article 1-1"]


def test_each_record_with_a_text_is_a_document_and_a_catalogue_is_ignored(read):
    records = [
        {
            "id": "7",
            "title": "yard talks",
            "description": "Owners talked for a year.",
            "country": "Singapore",
            "start_date": "2019-01-01",
        },
        {"id": "8", "title": "gate", "description": "They painted the gate together."},
    ]
    lines = "\n".join(map(json.dumps, records))
    reading = read(
        {
            "cases.jsonl": lines,
            "list.json": json.dumps(records),
            "catalogue.jsonl": json.dumps({"file": "a.md", "title": "A", "licence": "Free. " * 60}),
        }
    )
    assert [document.key for document in reading.documents] == [
        "cases.jsonl#7",
        "cases.jsonl#8",
        "list.json#7",
        "list.json#8",
    ]
    first = reading.documents[0]
    assert (first.title, first.text) == ("yard talks", "Owners talked for a year.")
    assert first.place == "https://example.org/place-SG"
    assert first.front["start_date"] == "2019-01-01"
    row = next(row for row in reading.rows if row.path == "catalogue.jsonl")
    assert (row.outcome, row.message) == ("ignored", "catalogue")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b" \n\t\n", "no text"),
        ("a.txt", bytes(range(256)) * 50, "not text"),
        ("a.txt", "社区治理".encode().decode("latin-1").encode() * 9, "mojibake"),
        ("a.pdf", b"\x7fELF", "not a PDF"),
        ("a.pdf", samples.pdf([[]]), "OCR"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 99, "save it as .docx"),
        ("a.docx", samples.bomb(), "too large inside"),
        ("a.json", '{"text": ', "not JSON"),
        ("a.jsonl", '{"text": "A text long enough."}\n{oops\n', "line 2"),
        ("a.json", "[" * 200_000, "nested too deep"),
    ],
)
def test_a_bad_file_becomes_an_error_that_says_what_to_do(read, name, content, said):
    reading = read({name: content, "good.txt": "Neighbours met on the stairs."})
    assert [row.outcome for row in reading.rows] == ["error", "ingested"]
    assert said in reading.rows[0].message
    assert [document.key for document in reading.documents] == ["good.txt"]


def test_entities_of_a_word_file_or_page_are_never_loaded(read, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<html><body><p>Neighbours met &x; on the stairs.</p></body></html>"
    )
    reading = read({"a.xhtml": page})
    assert all("hidden words" not in document.text for document in reading.documents)
