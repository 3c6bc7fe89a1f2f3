"""Regenerates the tables of docs/evaluation.md: `python -m tests.relevance.tables TRIALS`.

Builds one index of the seed paper alone and one of all trial documents under build/, asks the
development questions, and writes our figures beside keyword search alone and vectors alone.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from govkg.evaluate.run import baselines, evaluate
from govkg.knowledge_base import KnowledgeBase
from govkg.pipeline.build import BuildRequest, run_build
from govkg.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "evaluation.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
SEED = "seed-paper.txt"
FILES = ("questions_dev.json", "crosslingual_dev.json", "docs_dev.json")


def open_index(corpus: Path, index: Path) -> KnowledgeBase:
    """The index of a corpus, built now or brought up to date."""
    settings = read_settings(corpus=corpus, index=index)
    run_build(BuildRequest.from_settings(settings), lambda stage, done, total: None)
    return KnowledgeBase.open(index, settings)


def retrieval_rows(base: KnowledgeBase, gold: Path) -> list[str]:
    """One table row per method and language."""
    reports: dict[str, dict[str, Any]] = {"govkg": evaluate(base, gold)["questions"]}
    reports |= baselines(base, gold)
    rows = []
    for language in ("en", "zh"):
        for name, report in reports.items():
            if language in report:
                figures = report[language]
                ours = name == "govkg"
                cells = [gold.stem, language, name, f"{figures['n']}"]
                cells += [f"{figures['ndcg10']:.3f}", f"{figures['r5']:.3f}"]
                cells += [
                    f"{figures[key]:.3f}" if ours and key in figures else ""
                    for key in ("concept_hit3", "refused", "false_refusals")
                ]
                rows.append("| " + " | ".join(cells) + " |")
    return rows


def retrieval_table(title: str, base: KnowledgeBase, gold: Path, files: tuple[str, ...]) -> str:
    """A titled table over gold files."""
    head = [
        f"### {title}",
        "",
        "| questions | language | method | n | nDCG@10 | R@5 | concept hit@3 | refused "
        "| false refusals |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = [row for name in files for row in retrieval_rows(base, gold / name)]
    return "\n".join([*head, *rows])


def extraction_table(base: KnowledgeBase, gold: Path) -> str:
    """Extraction from the seed paper against the expert's reading."""
    report = evaluate(base, gold / "seed_extraction.json")["extraction"]
    rows = [
        f"| {name} | {figures['p']:.3f} | {figures['r']:.3f} | {figures['f1']:.3f} |"
        for name, figures in report.items()
        if name != "links"
    ]
    links = ", ".join(f"{key} {value}" for key, value in report["links"].items())
    head = ["### Extraction, seed paper alone", "", "| kind | P | R | F1 |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, "", f"Links: {links}."])


def main(trials: Path) -> None:
    """Writes the tables between the two marks of the page."""
    gold, documents = trials / "gold", trials / "documents"
    if not gold.is_dir():
        sys.exit(f"{gold}: no such folder; name the folder of trial data with TRIALS=")
    work = ROOT / "build" / "evaluate"
    alone = work / "seed"
    alone.mkdir(parents=True, exist_ok=True)
    shutil.copy(documents / SEED, alone / SEED)
    seed = open_index(alone, work / "index-seed")
    whole = open_index(documents, work / "index-all")
    tables = [
        retrieval_table("Seed paper alone", seed, gold, FILES[:2]),
        retrieval_table("All 43 trial files", whole, gold, FILES),
        extraction_table(seed, gold),
    ]
    page = PAGE.read_text("utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(before + BEGIN + "\n\n" + "\n\n".join(tables) + "\n\n" + END + after, "utf-8")
    sys.stdout.write("\n\n".join(tables) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
