"""An index folder seen by its readers: which version is current, and is it whole?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from govkg.errors import KnowledgeBaseError
from govkg.index.locking import Lock, read_lock
from govkg.index.manifest import REBUILD, Manifest, check_version, is_build_id

CURRENT_FILE = "CURRENT"
# The builds in the order of their publication, the latest last.
HISTORY_FILE = "HISTORY"
VERSIONS_FOLDER = "versions"
# Each try means that a build was published during the one before.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Version:
    """A whole version, not removed before it is closed; `warning` is empty if it is current."""

    path: Path
    manifest: Manifest
    warning: str
    lock: Lock

    @property
    def build(self) -> str:
        """The version's build id."""
        return self.manifest.build

    def close(self) -> None:
        """Lets go of the version; more than once does no harm."""
        self.lock.close()

    def __enter__(self) -> "Version":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def current_build(index: Path) -> str | None:
    """The build id that CURRENT names, or None without a usable one; cheap enough to poll."""
    try:
        build = (index / CURRENT_FILE).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return build if is_build_id(build) else None


def open_current(index: Path) -> Version:
    """Opens the current version after every file of it matched its SHA-256.

    If it is damaged, the version published last among the whole ones is opened instead, and
    `warning` says what is wrong. Works on a folder that cannot be written.

    Raises:
        KnowledgeBaseError: there is no index here, or no version of it is whole.
    """
    for _ in range(_TRIES):
        current = current_build(index)
        version, problems = _first_whole(index, current)
        if version and not version.warning:
            return version
        if current_build(index) == current:
            break
        if version:
            version.close()
    if version:
        return version
    if not problems:
        raise KnowledgeBaseError(
            "there is no knowledge base here",
            where=str(index),
            remedy=f"run `govkg build --index {index}` first",
        )
    raise KnowledgeBaseError(
        f"no version is whole; {problems[0].problem}",
        where=problems[0].where,
        remedy=f"run `govkg build --index {index}`",
    )


def read_history(index: Path) -> list[str]:
    """The builds that were published, in order, as far as HISTORY can be read."""
    try:
        lines = (index / HISTORY_FILE).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []
    return [line for line in lines if is_build_id(line)]


def version_folders(index: Path) -> list[Path]:
    """The folders of complete versions, by name."""
    folder = index / VERSIONS_FOLDER
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in paths if is_build_id(path.name) and path.is_dir()]


def _first_whole(
    index: Path, current: str | None
) -> tuple[Version | None, list[KnowledgeBaseError]]:
    problems: list[KnowledgeBaseError] = []
    if current is None and version_folders(index):
        place = str(index / CURRENT_FILE)
        problems.append(KnowledgeBaseError("no build is named", where=place, remedy=REBUILD))
    for build in _candidates(index, current):
        path = index / VERSIONS_FOLDER / build
        lock = read_lock(path)
        if lock is None:
            problem = "the version's folder is missing"
            problems.append(KnowledgeBaseError(problem, where=str(path), remedy=REBUILD))
            continue
        try:
            manifest = check_version(path)
        except KnowledgeBaseError as error:
            lock.close()
            problems.append(error)
            continue
        warning = f"{problems[0]}; build {build} is used instead" if problems else ""
        return Version(path, manifest, warning, lock), problems
    return None, problems


def _candidates(index: Path, current: str | None) -> Iterator[str]:
    """Builds to try: the current one, then the latest published first, then the others."""
    present = [path.name for path in version_folders(index)]
    if current is not None:
        yield current
    known = [build for build in reversed(read_history(index)) if build in present]
    others = [build for build in present if build not in known]
    yield from (build for build in known + others if build != current)
