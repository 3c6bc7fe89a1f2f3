"""Laws, articles, document numbers and years are found as people write them."""

import time
from dataclasses import replace

import pytest

from govkg.search.corpus import StoredCorpus, StoredPassage
from govkg.search.references import (
    article_keys,
    fold_number,
    heading_keys,
    read_references,
)
from govkg.search.titles import DocumentNames, Resolved, fold_title
from tests.search.world import World, iri

LAWS = (
    ("national", "物业管理条例(2018-03-19)", "国务院令第379号"),
    ("beijing", "北京市物业管理条例", ""),
    ("code", "中华人民共和国民法典 物权编", ""),
    ("mediation", "中华人民共和国人民调解法", ""),
    ("taiwan", "公寓大廈管理條例", ""),
    ("notice", "国务院办公厅关于开展城镇小区配套幼儿园治理工作的通知", "国办发〔2019〕3号"),
    ("summary", "《上海市非机动车安全管理条例》内容摘要", ""),
    ("act", "Volunteer Service Act", ""),
    ("budgets", "participatory budgeting in berlin-lichtenberg", ""),
    ("english", "Building Management Ordinance of Hong Kong (summary)", "Cap. 344"),
)
# The headings of three passages of every law; a passage stands under one of them.
HEADINGS = ("第五十四条", "第29-1條", "Articles 5 to 7")


def corpus() -> StoredCorpus:
    world = World()
    for key, *_ in LAWS:
        world.document(key, *HEADINGS)
    documents = tuple(
        replace(document, title=title, number=number)
        for document, (_, title, number) in zip(world.documents, LAWS, strict=True)
    )
    return StoredCorpus(documents, tuple(under_its_heading(p) for p in world.passages))


def under_its_heading(passage: StoredPassage) -> StoredPassage:
    return replace(passage, section=("第一章 总则", passage.text))


CORPUS = corpus()
NAMES = DocumentNames(CORPUS)


def named(text: str) -> list[str]:
    found = NAMES.resolve(read_references(text)).documents
    return [document.removeprefix(iri("")) for document in found]


def articles_of(text: str) -> list[tuple[str, str]]:
    rows = NAMES.resolve(read_references(text)).passages
    found = [CORPUS.passages[row] for row in rows]
    return [(p.document.removeprefix(iri("")), p.section[-1]) for p in found]


@pytest.mark.parametrize(
    "written",
    [
        "国办发〔2019〕3号",
        "国办发[2019]3号",
        "国办发（2019）3号",
        "国办发【2019】3号",
        "国办发 2019 3号",
        "国办发〔２０１９〕３号",
        "国办发〔2019〕第3号",
        "國辦發〔2019〕3號",
    ],
)
def test_a_document_number_has_one_form_however_it_is_written(written: str) -> None:
    assert fold_number(written) == "国办发〔2019〕3号"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("国务院令第379号", "国务院令第379号"),
        ("国务院第379号令", "国务院令第379号"),
        ("国务院令 第 379 号", "国务院令第379号"),
        ("建设部、财政部令第165号", "建设部、财政部令第165号"),
        ("第379号", "第379号"),
        ("379号令", "第379号"),
        ("Act 47  of 2004", "act 47 of 2004"),
    ],
)
def test_the_number_of_a_decree_has_one_form_too(written: str, folded: str) -> None:
    assert fold_number(written) == folded


def test_numbers_are_read_within_a_question_and_kept_as_they_were_written() -> None:
    references = read_references("请问国办发[2019]3号和第379号讲了什么？")
    assert references.numbers == ("国办发〔2019〕3号", "第379号")
    assert references.written == ("国办发[2019]3号", "第379号")


@pytest.mark.parametrize(
    "text", ["住在第12号楼", "12345热线", "有三条意见", "3号楼2单元", "第3单元"]
)
def test_houses_hotlines_and_lists_are_no_references(text: str) -> None:
    references = read_references(text)
    assert (references.numbers, references.articles, references.years) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("《物业管理条例》怎么规定", ("物业管理条例",)),
        ("《物业管理条例》和《民法典》", ("物业管理条例", "民法典")),
        ("《关于贯彻〈物业管理条例〉的通知》", ("关于贯彻〈物业管理条例〉的通知",)),
        ("“物业管理条例”与“居民说事”", ("物业管理条例",)),
        ("What does the “Volunteer Service Act” say?", ("Volunteer Service Act",)),
        ("the 'Condominium Act' and its fees", ("Condominium Act",)),
        ("residents' rules and owners' rights", ()),
        ('They say "Not in my back yard".', ()),
    ],
)
def test_titles_stand_in_marks(text: str, titles: tuple[str, ...]) -> None:
    assert read_references(text).titles == titles


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("第五十四条", ("第五十四条",)),
        ("第54条", ("第五十四条",)),
        ("第５４條", ("第五十四条",)),
        ("《物业管理条例》54条", ("第五十四条",)),
        ("物业管理条例54条", ("第五十四条",)),
        ("民法典944条怎么说", ("第九百四十四条",)),
        ("第二十三条第二款", ("第二十三条",)),
        ("第二十六条、第二十七条", ("第二十六条", "第二十七条")),
        ("第26、27条", ("第二十六条", "第二十七条")),
        ("第十条至第十二条", ("第十条", "第十一条", "第十二条")),
        ("第49-1條", ("第四十九条之一",)),
        ("第四十九条之一", ("第四十九条之一",)),
        ("第一百零五条", ("第一百零五条",)),
        ("第59F条", ("第59F条",)),
        ("第三条、三个月内", ("第三条",)),
        ("第五十四条、2019年", ("第五十四条",)),
        ("Article 54 of the Act", ("Article 54",)),
        ("art. 5-1", ("Article 5-1",)),
        ("Section 12(3)", ("Section 12",)),
        ("§ 59f", ("Section 59F",)),
        ("Articles 26 and 27", ("Article 26", "Article 27")),
        ("Articles 5 to 7", ("Article 5", "Article 6", "Article 7")),
        ("Article 12 and 30 flats", ("Article 12",)),
        ("十条措施", ()),
    ],
)
def test_articles_are_labelled_as_headings_are(text: str, articles: tuple[str, ...]) -> None:
    assert read_references(text).articles == articles


def test_an_article_has_the_same_number_in_both_languages() -> None:
    assert article_keys("第四十九条之一") == article_keys("Article 49-1") == {"49-1"}


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("第 五十四 條", {"54"}),
        ("第十一条第二款、第二十五条", {"11", "25"}),
        ("第五十二条至第五十四条", {"52", "53", "54"}),
        ("Articles 12(3) and 14", {"12", "14"}),
        ("第三章 附则", set()),
        ("《民法典》第三条的意义", set()),
        ("3. Introduction", set()),
    ],
)
def test_a_heading_says_which_articles_stand_under_it(heading: str, keys: set[str]) -> None:
    assert heading_keys(heading) == keys


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019年以来", (2019,)),
        ("二〇一九年", (2019,)),
        ("1998年至2001年", (1998, 1999, 2000, 2001)),
        ("1998–2000", (1998, 1999, 2000)),
        ("What was done in 2019 and by 2021?", (2019, 2021)),
        ("between 1998 and 2000", (1998, 1999, 2000)),
        ("90年代", ()),
        ("1990年代", ()),
        ("2000 households", ()),
        ("the 2000 households", ()),
        ("国办发〔2019〕3号", ()),
        ("《2011年多单元住宅开发法》", ()),
    ],
)
def test_years_are_read_but_not_those_of_a_title_or_a_number(
    text: str, years: tuple[int, ...]
) -> None:
    assert read_references(text).years == years


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("《物业管理条例》怎么规定", ["national", "beijing"]),
        ("《北京市物业管理条例》怎么规定", ["beijing"]),
        ("北京的《物业管理条例》怎么规定", ["beijing"]),
        ("《中华人民共和国物业管理条例》", ["national", "beijing"]),
        ("《民法典》", ["code"]),
        ("《公寓大厦管理条例》", ["taiwan"]),
        ("《非机动车安全管理条例》", ["summary"]),
        ("“Volunteer Service Act”", ["act"]),
        ("国办发（2019）3号", ["notice"]),
        ("根据国办发〔2019〕3号", ["notice"]),
        ("国务院第379号令", ["national"]),
        ("第379号", ["national"]),
        ("《通知》", []),
        ("国办发〔2019〕13号", []),
    ],
)
def test_a_document_is_found_by_its_title_or_number(text: str, documents: list[str]) -> None:
    assert named(text) == documents


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("物业管理条例对业委会怎么规定", ["national"]),
        ("北京市物业管理条例对业委会怎么规定", ["beijing"]),
        ("人民调解法第三条", ["mediation"]),
        ("民法典第54条", ["code"]),
        ("非机动车安全管理条例讲什么", ["summary"]),
        ("the volunteer service act", ["act"]),
        ("participatory budgeting in berlin-lichtenberg", ["budgets"]),
        ("participatory budgeting in Rome", []),
        ("有什么物业管理办法", []),
        ("物业管理怎么办", []),
    ],
)
def test_a_title_names_its_document_without_marks_too(text: str, documents: list[str]) -> None:
    assert named(text) == documents


def test_the_named_articles_of_the_named_documents_are_found() -> None:
    assert articles_of("《物业管理条例》第54条") == [
        ("national", "第五十四条"),
        ("beijing", "第五十四条"),
    ]
    assert articles_of("公寓大廈管理條例第二十九条之一") == [("taiwan", "第29-1條")]
    assert articles_of("Article 6 of the Volunteer Service Act") == [("act", "Articles 5 to 7")]


def test_an_article_of_no_named_document_is_not_looked_for() -> None:
    assert NAMES.resolve(read_references("第五十四条怎么规定")) == Resolved()


def test_what_no_document_has_is_told_as_it_was_written() -> None:
    text = "《小区晾衣条例》、国办发[2031]99号和《物业管理条例》"
    assert NAMES.resolve(read_references(text)).unknown == ("小区晾衣条例", "国办发[2031]99号")


def test_titles_are_compared_without_date_state_marks_and_endings() -> None:
    assert fold_title("中华人民共和国人民调解法（2010年）") == fold_title("《人民調解法》")
    assert fold_title("Regulations on Volunteers (summary)") == "regul volunt"
    assert fold_title("(summary)") == "summari"


def test_a_corpus_can_be_asked_at_once() -> None:
    names = DocumentNames(CORPUS)
    assert names.resolve(read_references("《民法典》第54条")).documents == (iri("code"),)
    empty = StoredCorpus((), ())
    unknown = Resolved((), (), ("民法典",))
    assert DocumentNames(empty).resolve(read_references("《民法典》")) == unknown


@pytest.mark.parametrize(
    "text",
    [
        " " * 999 + "x",
        "第" * 1000,
        "《" * 1000,
        "Article 1(a)" + " " * 980 + ", 2",
        "（" * 1000,
        "部、" * 500,
        "第1、" * 333,
    ],
)
def test_a_text_made_to_take_long_does_not(text: str) -> None:
    began = time.perf_counter()
    NAMES.resolve(read_references(text))
    assert time.perf_counter() - began < 2
