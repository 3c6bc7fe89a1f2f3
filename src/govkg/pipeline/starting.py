"""A working folder for someone who installed the package: the starter corpus and ontology."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from govkg.errors import CorpusError
from govkg.ontology.loading import PACKAGED_ONTOLOGY

# Inside an installed package the copy lies there; in a clone it is a link to `corpus/`.
_PACKAGED_CORPUS = Path(__file__).parents[1] / "corpus" / "starter"
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.py")
_README = """# 治理知识库工作文件夹 · A govkg working folder

`corpus/` 是文献，`ontology/` 是词表与本体；都可以改，可以加。
`corpus/` holds the documents, `ontology/` the vocabulary; change both and add to them.

```bash
govkg build                     # 建索引 · makes index/
govkg ask '业主不交物业费怎么办'
govkg status                    # 覆盖情况 · what is covered
govkg serve                     # http://127.0.0.1:8000
```

怎样加一份文献，见 `corpus/README.md`。How to add a document: see `corpus/README.md`.
"""


@dataclass(frozen=True, slots=True)
class StartedFolder:
    """The folder as made, and how many documents lie in it."""

    directory: Path
    documents: int


def start_folder(directory: Path) -> StartedFolder:
    """Fills a folder, made if need be, with the starter corpus, the ontology and a README.

    All of it is put in place, or nothing; what is already there is never written over.

    Raises:
        CorpusError: one of the names is taken there, or the folder cannot be written.
    """
    if directory.exists() and not directory.is_dir():
        raise CorpusError("that is a file", where=str(directory), remedy="name a folder")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".govkg-init-", dir=directory) as made:
            _fill(Path(made))
            parts = sorted(Path(made).iterdir())
            _refuse_taken(directory, [part.name for part in parts])
            for part in parts:
                part.rename(directory / part.name)
    except OSError as error:
        raise CorpusError(
            f"the folder cannot be filled: {error.strerror or error}", where=str(directory)
        ) from error
    return StartedFolder(directory, sum(1 for _ in (directory / "corpus/documents").rglob("*.md")))


def _fill(folder: Path) -> None:
    shutil.copytree(_PACKAGED_CORPUS, folder / "corpus", ignore=_NOT_COPIED)
    (folder / "corpus" / "annotations").mkdir(exist_ok=True)
    shutil.copytree(PACKAGED_ONTOLOGY, folder / "ontology", ignore=_NOT_COPIED)
    (folder / "README.md").write_text(_README, "utf-8")


def _refuse_taken(directory: Path, names: list[str]) -> None:
    taken = sorted(name for name in names if (directory / name).exists())
    if taken:
        raise CorpusError(
            f"{', '.join(taken)} is there already",
            where=str(directory),
            remedy="name a new or empty folder; nothing was changed",
        )
