"""The exported encoder, made once for all tests of a session, or kept between sessions."""

import os
from pathlib import Path

import pytest

from govkg.index.encoder import prepare_encoder


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder folder; GOVKG_TEST_CACHE names a folder that keeps it between sessions."""
    kept = os.environ.get("GOVKG_TEST_CACHE")
    cache = Path(kept) if kept else tmp_path_factory.mktemp("cache")
    return prepare_encoder(cache, lambda line: None)
