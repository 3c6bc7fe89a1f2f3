"""Runs txtai over a task: `python peer_txtai.py TASK ANSWER`, in an environment of its own.

It knows nothing of this project: a task is {weights, passages, questions}, an answer {versions,
built_s, rows, ms}, with ten rows of passages, best first, and the time taken for each question.
"""

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

import faiss
import torch
import txtai

LIMIT = 10
MADE_OF = ("txtai", "transformers", "faiss-cpu", "torch")


def main(task_path: Path, answer_path: Path) -> None:
    """Indexes the passages by words and by vectors, then asks one question after the other."""
    torch.set_num_threads(1)
    faiss.omp_set_num_threads(1)
    task = json.loads(task_path.read_text("utf-8"))
    started = time.perf_counter()
    embeddings = txtai.Embeddings(path=task["weights"], hybrid=True, gpu=False)
    embeddings.index(enumerate(task["passages"]))
    built = time.perf_counter() - started
    embeddings.search("warm-up", LIMIT)
    rows, times = [], []
    for question in task["questions"]:
        started = time.perf_counter()
        found = embeddings.search(question, LIMIT)
        times.append(1000 * (time.perf_counter() - started))
        rows.append([row for row, _ in found])
    versions = {name: version(name) for name in MADE_OF}
    answer = {"versions": versions, "built_s": built, "rows": rows, "ms": times}
    answer_path.write_text(json.dumps(answer), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
