"""Each example runs as its first line says and prints something true."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.starter import starter_base, starter_index

EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def run(name: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / name), str(starter_index())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_asking_prints_summaries_with_their_quotations() -> None:
    printed = run("ask.py")
    assert "业主不交物业费怎么办\n涉及的问题：物业费收缴难[1]" in printed
    assert "Town Councils in Singapore" in printed
    assert "[1] “" in printed


def test_a_query_prints_counts_of_practices_by_measure() -> None:
    lines = run("query.py").splitlines()
    counts = [int(line.split()[0]) for line in lines]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] >= 2


@pytest.mark.slow
def test_a_new_document_alone_is_read_and_can_be_asked_about() -> None:
    documents = len(starter_base().corpus.documents)
    read, quote = run("add_document.py").splitlines()
    assert read == f"read 1 of {documents + 1} documents"
    assert quote.startswith("“")
    assert quote.endswith("(青石里的停车议事)")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_short_and_says_how_to_run_it(example: Path) -> None:
    text = example.read_text("utf-8")
    assert len(text.splitlines()) < 40
    assert f"python examples/{example.name}" in text.splitlines()[0]
