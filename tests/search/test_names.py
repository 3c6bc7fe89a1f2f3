"""Names in a question that no document has."""

import pytest

from govkg.search.names import NameFinder, UnknownNames
from tests.search.world import World


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    world = World()
    world.document(
        "town",
        "王秀英书记说，居民公约由大家商量着定。",
        "红色物业模式在成都推开，网格化管理也在用。",
    )
    world.document(
        "estate",
        "Margaret Hill chaired the tenants' committee of the Right to Repair scheme in Osaka.",
        "Tenants buy homes under a law; first they need the right papers and a local house.",
        language="en",
    )
    corpus = world.known().corpus
    texts = {
        language: " ".join(p.text for p in corpus.passages if p.language == language).lower()
        for language in ("zh", "en")
    }

    def is_term(language: str, term: str) -> bool:
        return term in texts[language]

    return NameFinder(corpus, is_term, ["居民公约"], ["Osaka", "大阪", "Taiwan", "台湾"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("赵文斌书记是怎么谈停车的", UnknownNames(subjects=("赵文斌",))),
        ("調解員葉淑貞是怎麼勸和的", UnknownNames(subjects=("葉淑貞",))),
        ("王秀英书记说过什么", UnknownNames()),
        ("王建国先生不交物业费怎么办", UnknownNames(others=("王建国",))),
        ("陈建国主任不作为怎么办", UnknownNames(others=("陈建国",))),
        ("高层住宅的居民说噪音大怎么办", UnknownNames()),
        ("河长制是怎么运作的", UnknownNames(others=("河长制",))),
        ("红色物业模式怎么样", UnknownNames()),
        ("居民公约模式有哪些", UnknownNames()),
        ("大阪有什么经验？", UnknownNames()),
        ("“居民公约”是什么", UnknownNames()),
        ("“蓝天有我”行动做了什么", UnknownNames(others=("蓝天有我",))),
        ("“最后一公里”怎么打通", UnknownNames()),
        ("金牌调解员怎么培养", UnknownNames()),
        ("共建共治共享模式有哪些", UnknownNames()),
        ("推行路长制有什么效果", UnknownNames(others=("路长制",))),
    ],
)
def test_chinese_names_are_told_by_what_stands_beside_them(
    finder: NameFinder, text: str, names: UnknownNames
) -> None:
    assert finder.find(text, "zh") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "What did Harold Pemberton say about tenants?",
            UnknownNames(others=("Harold Pemberton",)),
        ),
        ("Did Councillor Deborah Whitcombe agree?", UnknownNames(others=("Deborah Whitcombe",))),
        ("What did Margaret Hill chair?", UnknownNames()),
        ("Who pays in Lima?", UnknownNames(doubtful=("Lima",))),
        ("Who pays in Osaka?", UnknownNames()),
        ("What does a Taiwanese committee do?", UnknownNames()),
        ("Tenants' rights under Right to Buy?", UnknownNames()),
        ("What does Local Law 97 say?", UnknownNames(others=("Local Law 97",))),
        ("Does WeChat help tenants?", UnknownNames()),
        ("Why do the NGOs meet on Mondays?", UnknownNames()),
        ("WHY DO OWNERS PAY IN LIMA?", UnknownNames()),
        ("How Can Owners Be Helped In Lima Street?", UnknownNames()),
        ("Dear Sir, who chairs the Tenants' Committee?", UnknownNames()),
        ("What is Osaka's Chonaikai?", UnknownNames(doubtful=("Chonaikai",))),
        ("Why do tenants need papers?", UnknownNames()),
        ("What does Article 12 of the Property Act say?", UnknownNames()),
        ("We live in Osaka. Can tenants buy homes?", UnknownNames()),
    ],
)
def test_english_names_are_told_by_their_capitals(
    finder: NameFinder, text: str, names: UnknownNames
) -> None:
    assert finder.find(text, "en") == names


def test_a_base_without_documents_in_a_language_knows_no_names_in_it() -> None:
    world = World()
    world.document("town", "王秀英书记说，居民公约由大家商量着定。")
    finder = NameFinder(world.known().corpus, lambda language, term: False, [], [])
    assert finder.find("What did Harold Pemberton say?", "en") == UnknownNames()


def test_a_name_is_written_in_whatever_case_and_script(finder: NameFinder) -> None:
    assert finder.is_written("MARGARET hill")
    assert finder.is_written("紅色物業")
    assert not finder.is_written("Harold")


def test_a_name_within_another_word_is_not_written(finder: NameFinder) -> None:
    assert finder.is_written("Hill")
    assert not finder.is_written("mitt")
