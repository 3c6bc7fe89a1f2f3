"""Small builds to publish: one file that says which build it is, in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

from govkg.index.locking import build_lock
from govkg.index.manifest import Contents
from govkg.index.publication import publish


def writer(build: str) -> Callable[[Path], None]:
    """Fills a folder with the files of a small build."""

    def write(folder: Path) -> None:
        (folder / "lexical").mkdir()
        (folder / "graph.nq").write_text(f"this is {build}\n" * 1000)
        (folder / "lexical" / "meta.json").write_text(f'"{build}"')

    return write


def publish_all(index: Path, *builds: str) -> None:
    """Publishes small builds one after the other."""
    for build in builds:
        with build_lock(index) as lock:
            publish(lock, build, Contents(code="test"), writer(build))


def flip_bit(path: Path) -> None:
    """Damages a file without changing its length."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def shown(index: Path) -> list[str]:
    """The names in an index folder that stand for something finished or unfinished."""
    folders = [index, index / "versions"]
    paths = [path for folder in folders if folder.is_dir() for path in folder.iterdir()]
    return sorted(p.relative_to(index).as_posix() for p in paths if p.name != "versions")
