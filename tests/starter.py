"""The index of the whole starter corpus, made once for all tests of a session that ask for it."""

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from govkg.knowledge_base import KnowledgeBase
from tests.conftest import with_encoder
from tests.house import ROOT, build, settings_for


@lru_cache(maxsize=1)
def starter_index() -> Path:
    """The index folder; nobody may change it. Building it takes about twenty seconds."""
    folder = Path(tempfile.mkdtemp(prefix="govkg-starter-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    index = with_encoder(folder / "index")
    build(ROOT / "corpus", index)
    return index


@lru_cache(maxsize=1)
def starter_base() -> KnowledgeBase:
    """The index, opened until the session ends."""
    base = KnowledgeBase.open(starter_index(), settings_for(starter_index()))
    atexit.register(base.close)
    return base
