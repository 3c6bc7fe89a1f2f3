import gzip

import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.lexicon import LEXICON_FILE, Lexicon


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon()


@pytest.fixture
def small(tmp_path):
    lines = ["业主\towners:0.9", "业主委员会\towners:1 committee:1", "停车\tparking:0.7 park:0.2"]
    path = tmp_path / "small.tsv.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return Lexicon(path)


def test_a_text_is_made_of_the_longest_terms_from_the_left(small):
    assert small.terms("业主委员会管停车，业主也管") == ["业主委员会", "停车", "业主"]


def test_traditional_characters_are_folded(small):
    assert small.terms("業主停車") == ["业主", "停车"]
    assert small.entry("停車") == {"parking": 0.7, "park": 0.2}


def test_words_of_several_terms_add_up(small):
    assert small.translate(["业主", "业主委员会"]) == {"owners": 1.9, "committee": 1.0}


def test_what_is_unknown_adds_nothing(small):
    assert small.terms("hello 天气") == []
    assert small.translate(["天气"]) == {}


def test_a_label_of_the_vocabulary_gives_the_words_of_its_english_label(lexicon):
    words = lexicon.translate(lexicon.terms("业主委员会"))
    assert words["owners"] == words["committee"] == 1.0


def test_a_word_of_no_label_gives_what_was_induced_from_aligned_texts(lexicon):
    assert next(iter(lexicon.entry("罚款"))) in {"fine", "fined"}
    assert next(iter(lexicon.entry("医院"))) in {"hospital", "hospitals"}


def test_function_words_mean_nothing(lexicon):
    assert lexicon.translate(["的", "怎么", "为什么", "了"]) == {}


def test_the_file_is_small_and_holds_simplified_terms_with_weights(lexicon):
    assert LEXICON_FILE.stat().st_size <= 2_000_000
    with gzip.open(LEXICON_FILE, "rt", encoding="utf-8") as lines:
        terms = [line.split("\t")[0] for line in lines]
    assert len(terms) > 8000
    assert terms == sorted(set(terms))
    assert all(0 < w <= 1 for term in terms for w in lexicon.entry(term).values())


def test_a_damaged_file_is_an_error_that_names_it(tmp_path):
    path = tmp_path / "damaged.tsv.gz"
    path.write_bytes(LEXICON_FILE.read_bytes()[:200])
    with pytest.raises(KnowledgeBaseError, match="damaged"):
        Lexicon(path).terms("停车")
