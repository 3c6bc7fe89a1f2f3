import numpy as np
import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.vectors import EXACT, INVERTED, Vectors, kind_for, write_vectors


def unit_rows(rows: int, dimension: int, seed: int = 7) -> np.ndarray:
    matrix = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def opened(path, matrix) -> Vectors:
    write_vectors(path, matrix)
    return Vectors.open(path, rows=matrix.shape[0], dimension=matrix.shape[1])


def test_a_row_is_its_own_nearest_with_score_one(tmp_path):
    matrix = unit_rows(200, 384)
    vectors = opened(tmp_path / "v", matrix)
    for row in (0, 17, 199):
        found = vectors.search(matrix[row], 3)
        assert found[0][0] == row
        assert found[0][1] == pytest.approx(1.0, abs=1e-3)


def test_scores_are_inner_products_best_first(tmp_path):
    matrix = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float32)
    vectors = opened(tmp_path / "v", matrix)
    found = vectors.search(np.array([1, 0], dtype=np.float32), 4)
    assert [row for row, _ in found] == [0, 2, 1, 3]
    assert [score for _, score in found] == pytest.approx([1, 0.6, 0, -1], abs=1e-3)


def test_equal_scores_come_in_row_order_also_at_the_cut(tmp_path):
    matrix = np.tile(np.array([[0.6, 0.8]], dtype=np.float32), (300, 1))
    matrix[250] = [0.8, 0.6]
    vectors = opened(tmp_path / "v", matrix)
    query = np.array([0.8, 0.6], dtype=np.float32)
    assert [row for row, _ in vectors.search(query, 5)] == [250, 0, 1, 2, 3]


def test_more_than_there_is_gives_all_there_is(tmp_path):
    vectors = opened(tmp_path / "v", unit_rows(3, 8))
    assert len(vectors.search(unit_rows(1, 8)[0], 50)) == 3
    assert vectors.search(unit_rows(1, 8)[0], 0) == []


def test_an_empty_matrix_is_an_index_that_finds_nothing(tmp_path):
    vectors = opened(tmp_path / "v", np.zeros((0, 384), dtype=np.float32))
    assert vectors.rows == 0
    assert vectors.search(np.ones(384, dtype=np.float32), 10) == []


def test_a_mask_limits_what_can_be_found(tmp_path):
    matrix = unit_rows(100, 16)
    vectors = opened(tmp_path / "v", matrix)
    allowed = np.zeros(100, dtype=np.bool_)
    allowed[[3, 50, 99]] = True
    found = vectors.search(matrix[4], 10, allowed)
    assert sorted(row for row, _ in found) == [3, 50, 99]
    assert vectors.search(matrix[50], 1, allowed)[0][0] == 50
    assert vectors.search(matrix[4], 10, np.zeros(100, dtype=np.bool_)) == []


def test_the_kind_changes_above_fifty_thousand_rows():
    assert kind_for(0) == EXACT
    assert kind_for(50_000) == EXACT
    assert kind_for(50_001) == INVERTED


def test_inverted_lists_find_the_same_neighbours_and_take_masks(tmp_path):
    matrix = unit_rows(50_001, 16)
    path = tmp_path / "v"
    assert write_vectors(path, matrix) == INVERTED
    vectors = Vectors.open(path, rows=50_001, dimension=16)
    assert vectors.kind == INVERTED
    assert all(vectors.search(matrix[row], 1)[0][0] == row for row in range(0, 50_001, 997))
    allowed = np.zeros(50_001, dtype=np.bool_)
    allowed[[5, 6]] = True
    assert vectors.search(matrix[5], 1, allowed)[0][0] == 5


def test_the_same_matrix_gives_the_same_file(tmp_path):
    matrix = unit_rows(500, 32)
    write_vectors(tmp_path / "a", matrix)
    write_vectors(tmp_path / "b", matrix)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_other_dimensions_or_rows_than_expected_are_refused(tmp_path):
    write_vectors(tmp_path / "v", unit_rows(10, 8))
    with pytest.raises(KnowledgeBaseError, match="10 vectors of 8 values instead of 11 of 8"):
        Vectors.open(tmp_path / "v", rows=11, dimension=8)
    with pytest.raises(KnowledgeBaseError, match="instead of 10 of 384"):
        Vectors.open(tmp_path / "v", rows=10, dimension=384)


def test_missing_and_truncated_files_are_one_clear_error(tmp_path):
    path = tmp_path / "v"
    with pytest.raises(KnowledgeBaseError, match="cannot be read"):
        Vectors.open(path, rows=10, dimension=8)
    write_vectors(path, unit_rows(10, 8))
    whole = path.read_bytes()
    for length in (0, 3, 20, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(KnowledgeBaseError, match="cannot be read"):
            Vectors.open(path, rows=10, dimension=8)


def test_what_is_not_a_matrix_of_finite_floats_is_refused(tmp_path):
    for wrong in (np.zeros(3, np.float32), np.zeros((3, 3)), np.full((1, 3), np.nan, np.float32)):
        with pytest.raises(ValueError, match="not a finite float32 matrix"):
            write_vectors(tmp_path / "v", wrong)


def test_a_query_or_mask_of_another_length_is_refused(tmp_path):
    vectors = opened(tmp_path / "v", unit_rows(10, 8))
    with pytest.raises(ValueError, match="query of shape"):
        vectors.search(np.ones(9, dtype=np.float32), 1)
    with pytest.raises(ValueError, match="mask of shape"):
        vectors.search(np.ones(8, dtype=np.float32), 1, np.ones(9, dtype=np.bool_))
