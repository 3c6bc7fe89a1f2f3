import os
from pathlib import Path

import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.lexical import Lexical, write_lexical

ROWS = [
    {"en": ["resid", "refus", "properti", "fee"], "en_title": ["fee"]},
    {"zh": ["业主", "主拒", "拒交", "物业", "业费"]},
    {"en": ["street", "offic", "mediat"]},
    {"en": ["properti", "fee", "fee", "fee"]},
    {},
    {"en": ["resid", "refus", "properti", "fee"]},
]


@pytest.fixture
def lexical(tmp_path):
    assert write_lexical(tmp_path / "lexical", ROWS) == 6
    return Lexical.open(tmp_path / "lexical", rows=6)


def rows(found):
    return [row for row, _ in found]


def test_any_term_suffices_and_more_terms_rank_higher(lexical):
    assert rows(lexical.search("en", {"fee": 1, "resid": 1}, 10)) == [0, 5, 3]


def test_rows_with_the_same_terms_score_the_same_and_come_in_row_order(lexical):
    first, second = lexical.search("en", {"properti": 1, "resid": 1, "refus": 1}, 2)
    assert (first[0], second[0]) == (0, 5)
    assert first[1] == second[1]


def test_ties_at_the_cut_go_to_the_lower_row(tmp_path):
    write_lexical(tmp_path / "l", [{"en": ["fee", "street"]}] * 500)
    lexical = Lexical.open(tmp_path / "l", rows=500)
    assert rows(lexical.search("en", {"fee": 2, "street": 0.5}, 7)) == [0, 1, 2, 3, 4, 5, 6]


def test_a_weight_changes_the_order(lexical):
    assert rows(lexical.search("en", {"offic": 1, "fee": 10}, 1)) == [3]
    assert rows(lexical.search("en", {"offic": 10, "fee": 1}, 1)) == [2]


def test_chinese_bigrams_are_found_in_their_own_field(lexical):
    assert rows(lexical.search("zh", {"物业": 1, "业费": 1}, 10)) == [1]
    assert lexical.search("en", {"物业": 1}, 10) == []


def test_several_fields_add_up(lexical):
    found = lexical.search_fields({"en": {"fee": 1}, "en_title": {"fee": 3}}, 3)
    assert rows(found) == [0, 3, 5]


def test_nothing_asked_or_nothing_known_finds_nothing(lexical):
    assert lexical.search("en", {}, 10) == []
    assert lexical.search("en", {"zebra": 1}, 10) == []
    assert lexical.search("en", {"fee": 1}, 0) == []


def test_the_score_is_bm25(lexical):
    # idf = ln(1 + (6 - 1 + .5) / (1 + .5)); tf 1; length 3, mean (4 + 3 + 4 + 4) / 6; k1 1.2, b .75
    idf = 1.540445
    expected = idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2.5))
    assert lexical.search("en", {"mediat": 1}, 1) == [(2, pytest.approx(expected, abs=1e-3))]


def test_an_empty_index_finds_nothing(tmp_path):
    assert write_lexical(tmp_path / "l", []) == 0
    assert Lexical.open(tmp_path / "l", rows=0).search("en", {"fee": 1}, 5) == []


def test_many_rows_stay_in_order_and_in_one_segment(tmp_path):
    count = 20_000
    write_lexical(tmp_path / "l", ({"en": [f"w{i % 97}", f"r{i}"]} for i in range(count)))
    lexical = Lexical.open(tmp_path / "l", rows=count)
    assert lexical._searcher.num_segments == 1
    assert rows(lexical.search("en", {"w5": 1}, 4)) == [5, 102, 199, 296]
    assert all(rows(lexical.search("en", {f"r{i}": 1}, 2)) == [i] for i in range(0, count, 1999))


def test_opening_writes_nothing_and_outlives_the_folder(tmp_path):
    folder = tmp_path / "l"
    write_lexical(folder, ROWS)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    lexical = Lexical.open(folder, rows=6)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    for path in folder.iterdir():
        os.truncate(path, 0)
    assert rows(lexical.search("en", {"fee": 1, "resid": 1}, 10)) == [0, 5, 3]


def test_unknown_fields_bad_terms_and_bad_weights_are_refused(tmp_path, lexical):
    with pytest.raises(ValueError, match="unknown field"):
        write_lexical(tmp_path / "a", [{"fr": ["taxe"]}])
    for term in ("two words", "", "全角\u3000空格"):
        with pytest.raises(ValueError, match="white space"):
            write_lexical(tmp_path / "b", [{"en": [term]}])
    with pytest.raises(ValueError, match="weight not above 0"):
        lexical.search("en", {"fee": 0}, 5)
    with pytest.raises(ValueError, match="unknown field"):
        lexical.search("fr", {"fee": 1}, 5)


def test_missing_foreign_and_incomplete_folders_are_one_clear_error(tmp_path, lexical):
    folder = tmp_path / "lexical"
    with pytest.raises(KnowledgeBaseError, match="6 rows instead of 7"):
        Lexical.open(folder, rows=7)
    with pytest.raises(KnowledgeBaseError, match="cannot be opened"):
        Lexical.open(tmp_path / "nowhere", rows=6)
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeBaseError, match="cannot be opened"):
        Lexical.open(Path(tmp_path / "empty"), rows=6)
    next(folder.glob("*.term")).unlink()
    with pytest.raises(KnowledgeBaseError, match="cannot be opened"):
        Lexical.open(folder, rows=6)
