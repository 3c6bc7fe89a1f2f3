import numpy as np
import pytest

from govkg.index.cache import VectorCache

KEY = "a" * 64
MATRIX = np.arange(6, dtype=np.float32).reshape(2, 3)


def test_what_was_put_comes_back_to_the_last_bit(tmp_path):
    cache = VectorCache(tmp_path / "vectors")
    assert cache.get(KEY) is None
    cache.put(KEY, MATRIX)
    assert np.array_equal(cache.get(KEY), MATRIX)
    assert cache.get(KEY).dtype == np.float32
    cache.put(KEY, MATRIX * 2)
    assert np.array_equal(VectorCache(tmp_path / "vectors").get(KEY), MATRIX * 2)


def test_an_empty_matrix_can_be_kept(tmp_path):
    VectorCache(tmp_path).put(KEY, np.zeros((0, 384), dtype=np.float32))
    assert VectorCache(tmp_path).get(KEY).shape == (0, 384)


def test_any_flipped_bit_and_any_cut_makes_an_entry_absent(tmp_path):
    cache = VectorCache(tmp_path)
    cache.put(KEY, MATRIX)
    path = next(tmp_path.iterdir())
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 4
        path.write_bytes(damaged)
        assert cache.get(KEY) is None
        path.write_bytes(whole[:place])
        assert cache.get(KEY) is None
    path.write_bytes(whole)
    assert np.array_equal(cache.get(KEY), MATRIX)


def test_only_named_entries_survive_pruning(tmp_path):
    cache = VectorCache(tmp_path)
    assert VectorCache(tmp_path / "nowhere").prune([]) == 0
    for key in ("one", "two", "three"):
        cache.put(key, MATRIX)
    (tmp_path / ".tmp-123-four.npy").write_bytes(b"left by a killed build")
    assert cache.prune({"two", "absent"}) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["two.npy"]


def test_a_key_that_is_not_a_file_name_is_refused(tmp_path):
    for key in ("", "../secret", "a/b", ".hidden", "a" * 300):
        with pytest.raises(ValueError, match="not a cache key"):
            VectorCache(tmp_path).get(key)
