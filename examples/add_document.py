"""Adds a document to a copy of the corpus and asks about it: `python examples/add_document.py`.

The corpus and the index in use stay as they are; `[INDEX]` only lends its cache.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from govkg.knowledge_base import KnowledgeBase
from govkg.pipeline.build import BuildRequest, run_build
from govkg.settings import read_settings

CORPUS = Path(__file__).parents[1] / "corpus"
DOCUMENT = """# 青石里的停车议事

青石里停车难，车位不够，居民天天争吵。社区请居民开会，划出夜间共享车位，争吵少了。
"""


def main(index: Path) -> None:
    """Prints how little was read again, and a quotation from the new document."""
    with TemporaryDirectory() as folder:
        corpus, copy = Path(folder, "corpus"), Path(folder, "index")
        shutil.copytree(CORPUS, corpus)
        shutil.copytree(index / "cache", copy / "cache")
        (corpus / "qingshili.md").write_text(DOCUMENT, "utf-8")
        settings = read_settings(corpus=corpus, index=copy)
        result = run_build(BuildRequest.from_settings(settings), lambda stage, done, total: None)
        print(f"read {result.work.read} of {result.counts.documents} documents")
        base = KnowledgeBase.open(copy, settings)
        quotes = [c for c in base.ask("青石里停车难怎么办").citations if c.path == "qingshili.md"]
        print(f"“{quotes[0].quote}” ({quotes[0].document.title})")
        base.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "index"))
