"""The generated parts of docs/evaluation.md, each between two marks of its name."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from govkg.knowledge_base import KnowledgeBase
from govkg.pipeline.build import BuildRequest, run_build
from govkg.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "evaluation.md"
WORK = ROOT / "build" / "evaluate"
SEED = "seed-paper.txt"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def figure(value: float | None) -> str:
    """A figure to three decimals; empty for none."""
    return "" if value is None else f"{value:.3f}"


def interval(ends: Sequence[float] | None, *, signed: bool = False) -> str:
    """An interval to three decimals; `signed` for one of differences."""
    if not ends:
        return ""
    low, high = (f"{end:+.3f}" if signed else f"{end:.3f}" for end in ends)
    return f"{low} to {high}"


def replace(name: str, content: str) -> None:
    """Puts content between the marks of a name."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    page = PAGE.read_text("utf-8")
    before, after = page.split(begin)[0], page.split(end)[1]
    PAGE.write_text(f"{before}{begin}\n\n{content}\n\n{end}{after}", "utf-8")


def open_index(corpus: Path, index: Path) -> KnowledgeBase:
    """The index of a corpus, built now or brought up to date."""
    settings = read_settings(corpus=corpus, index=index)
    run_build(BuildRequest.from_settings(settings), lambda stage, done, total: None)
    return KnowledgeBase.open(index, settings)


def seed_folder(trials: Path) -> Path:
    """A corpus of the seed paper alone."""
    folder = WORK / "seed"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SEED).write_bytes((trials / "documents" / SEED).read_bytes())
    return folder
