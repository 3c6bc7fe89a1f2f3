"""One small index for all tests of the whole chain, made once with the real encoder."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from govkg.index.encoder import prepare_encoder
from govkg.knowledge_base import KnowledgeBase
from govkg.pipeline.result import BuildResult
from tests.house import build, copy_corpus, copy_index, settings_for


@dataclass(frozen=True)
class Built:
    """A corpus, the index made from it, and what the build said."""

    corpus: Path
    index: Path
    result: BuildResult


@pytest.fixture(scope="session", autouse=True)
def _one_encoder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The exported encoder is kept in GOVKG_TEST_CACHE, else in a folder of this session."""
    if not os.environ.get("GOVKG_TEST_CACHE"):
        os.environ["GOVKG_TEST_CACHE"] = str(tmp_path_factory.mktemp("encoder"))
    # A setting of whoever runs the tests must not decide them.
    for name in ("INDEX", "CORPUS", "ONTOLOGY", "HOME", "PORT", "MODEL"):
        os.environ.pop(f"GOVKG_{name}", None)


def with_encoder(index: Path) -> Path:
    """An index folder whose cache holds the exported encoder already."""
    kept = prepare_encoder(Path(os.environ["GOVKG_TEST_CACHE"]), lambda line: None)
    (index / "cache").mkdir(parents=True)
    copy_index(kept, index / "cache" / kept.name)
    return index


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small corpus and its index; nobody may change either."""
    folder = tmp_path_factory.mktemp("house")
    corpus = copy_corpus(folder / "corpus")
    index = with_encoder(folder / "index")
    return Built(corpus, index, build(corpus, index))


@pytest.fixture(scope="session")
def base(built: Built) -> Iterator[KnowledgeBase]:
    """The small index, opened."""
    opened = KnowledgeBase.open(built.index, settings_for(built.index))
    yield opened
    opened.close()


@pytest.fixture
def copy(built: Built, tmp_path: Path) -> Built:
    """A copy of the corpus and its index that the test may change."""
    corpus = copy_corpus(tmp_path / "corpus")
    return Built(corpus, copy_index(built.index, tmp_path / "index"), built.result)


@pytest.fixture
def new_index(built: Built, tmp_path: Path) -> Path:
    """An index folder in which nothing was built yet."""
    return with_encoder(tmp_path / "new-index")
