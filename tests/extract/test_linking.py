"""Sentences are linked to concepts by labels and by other words."""

import numpy as np
import pytest

from govkg.extract.linking import Linker
from govkg.ontology.labels import Label
from govkg.ontology.vocabulary import Concept, Vocabulary


@pytest.fixture
def linker(ontology):
    return Linker(ontology.vocabulary, None, None)


@pytest.fixture
def linked(linker, ontology):
    def linking(text, language):
        return {
            ontology.names[x.concept]: (x.score, x.how) for x in linker.link([text], language)[0]
        }

    return linking


def test_a_label_of_several_words_or_characters_names_its_concept(linked):
    assert linked("小区停车难由来已久。", "zh")["pb-parking"] == (0.85, "label")
    found = linked("Owners complain of a lack of transparency.", "en")
    assert found["pb-opaque-accounts"] == (0.85, "label")


def test_the_longest_label_wins(linked):
    # 业务培训 is training; 缺乏培训 is a cause and holds no shorter label of its own.
    assert list(linked("干部缺乏培训。", "zh")) == ["ca-untrained"]


def test_one_everyday_word_names_less(linked):
    assert linked("They took up volunteering.", "en")["cm-volunteer"] == (0.6, "label")
    assert linked("对网格员进行轮训。", "zh")["cm-training"] == (0.6, "label")


def test_another_word_of_the_same_stem_is_not_the_label():
    vocabulary = Vocabulary(
        [
            Concept("urn:a", "countermeasure", "a", (Label("succession", "en", "pref"),)),
            Concept("urn:b", "countermeasure", "b", (Label("deliberation", "en", "pref"),)),
            Concept("urn:c", "problem", "c", (Label("dependency", "en", "pref"),)),
        ]
    )
    linker = Linker(vocabulary, None, None)
    texts = ["It was a success.", "Owners deliberate.", "depending on rules", "dependencies"]
    assert [[x.concept for x in links] for links in linker.link(texts, "en")] == [
        [], ["urn:b"], [], ["urn:c"],
    ]  # fmt: skip


def test_a_law_that_names_itself_or_another_by_title_names_no_measure(linked):
    assert linked("执法机关依照本条例处理。", "zh") == {}
    assert linked("根据《北岸志愿服务条例》办理登记。", "zh") == {}
    assert "cm-legislation" in linked("推动出台地方条例。", "zh")


def test_a_label_said_in_other_words_is_linked_by_what_it_shares(linked):
    score, how = linked("今年物业费收缴更难了。", "zh")["pb-fee-arrears"]
    assert how == "words"
    assert 0.43 <= score <= 0.6


def test_at_most_two_concepts_of_a_kind_and_only_those_close_to_the_best():
    vocabulary = Vocabulary(
        [
            Concept(f"urn:{n}", "problem", n, (Label(f"{n} {n} trouble", "en", "pref"),))
            for n in ("alpha", "beta", "gamma")
        ]
    )
    rows = {"alpha": [1.0, 0.0], "beta": [0.99, 0.0], "gamma": [0.6, 0.0]}
    labels = np.array([rows["alpha"], rows["beta"], rows["gamma"]], dtype=np.float32)
    linker = Linker(vocabulary, labels, lambda texts: np.array([[0.7, 0.0]], dtype=np.float32))
    assert [link.concept for link in linker.link(["far away"], "en")[0]] == [
        "urn:alpha",
        "urn:beta",
    ]
    three = "alpha alpha trouble, beta beta trouble, gamma gamma trouble"
    assert len(Linker(vocabulary, None, None).link([three], "en")[0]) == 2


def test_a_sentence_of_nothing_known_has_no_link(linked):
    assert linked("今天下了一场大雨，湖水涨了。", "zh") == {}
    assert linked("It rained on the lake.", "en") == {}
