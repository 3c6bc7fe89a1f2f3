"""Sentences are linked to the concepts that they most likely speak of."""

import pytest

from govkg.extract.linking import Linker


@pytest.fixture(scope="module")
def linker(ontology, encoders):
    return Linker(ontology.vocabulary, encoders)


@pytest.fixture
def linked(linker, ontology):
    """The chances of the concepts of a sentence, by notation, likeliest first."""

    def linking(text, language):
        return {ontology.names[x.concept]: x.score for x in linker.link([text], language)[0]}

    return linking


def test_a_sentence_that_says_a_label_speaks_of_its_concept(linked):
    assert linked("小区停车难由来已久。", "zh")["pb-parking"] >= 0.9
    assert linked("Owners refuse to pay the property fee.", "en")["pb-fee-arrears"] >= 0.8


def test_the_longest_label_wins(linked):
    # 业务培训 is training; 缺乏培训 is a cause and holds no shorter label of its own.
    assert next(iter(linked("干部缺乏培训。", "zh"))) == "ca-untrained"


def test_a_list_of_grievances_speaks_of_each(linked):
    found = linked("维修资金被挪用，公共收益不公开，停车难。", "zh")
    assert {"pb-maintenance-fund", "pb-common-income", "pb-parking"} <= {
        name for name, chance in found.items() if chance >= 0.5
    }


def test_a_label_said_in_other_words_is_recognised_by_what_it_shares(linked):
    assert linked("今年物业费收缴更难了。", "zh")["pb-fee-arrears"] >= 0.8


def test_a_law_that_names_itself_or_another_by_title_names_no_measure(linked):
    assert "cm-legislation" not in linked("执法机关依照本条例处理。", "zh")
    untitled = linked("根据办理登记。", "zh")
    assert not {"cm-volunteer", "cm-legislation"} & set(untitled)
    assert linked("根据《北岸志愿服务条例》办理登记。", "zh") == untitled
    assert linked("推动出台地方条例。", "zh")["cm-legislation"] >= 0.8


def test_a_text_is_linked_by_the_words_that_its_reader_puts_in_place_of_its_own(linker, ontology):
    plain = "The industry members do not move."
    reading = linker.reading(lambda text: "Owners refuse to pay the property fee.")
    assert linker.link([plain], "en") == [()]
    assert ontology.names[reading.link([plain], "en")[0][0].concept] == "pb-fee-arrears"


def test_links_come_likeliest_first_and_at_most_four_of_a_kind(linker):
    text = "没地方停车，物业费收缴难，维修资金被挪用，公共收益不公开，业委会成立难，加装电梯难。"
    links = linker.link([text], "zh")[0]
    assert sum(link.kind == "problem" for link in links) == 4
    assert [link.score for link in links] == sorted((x.score for x in links), reverse=True)


def test_a_sentence_of_nothing_known_has_no_link_that_a_claim_could_rest_on(linked):
    # A claim needs .35.
    assert max(linked("今天下了一场大雨，湖水涨了。", "zh").values(), default=0.0) < 0.35
    assert linked("It rained on the lake.", "en") == {}


def test_no_texts_have_no_links(linker):
    assert linker.link([], "en") == []
