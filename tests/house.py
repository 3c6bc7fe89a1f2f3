"""What tests of the whole chain share: a small bilingual corpus, builds of it, and its command."""

import http.client
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from govkg.pipeline.build import BuildRequest, BuildResult, run_build
from govkg.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "corpus" / "documents"
ONTOLOGY = ROOT / "ontology"
# Both languages, both settings, a law, and what one paper says about causes.
NAMES = (
    "laws/sh-property-reg-en.md",
    "laws/sh-property-reg-zh.md",
    "papers/seed-paper-zh.md",
    "practices/beijing-whistle-en.md",
    "practices/beijing-whistle-zh.md",
    "practices/hk-owners-corporations-zh.md",
    "practices/singapore-town-councils-en.md",
    "practices/singapore-town-councils-zh.md",
)
# Files of this size are never written in place, so copies of an index may share them.
_SHARED = frozenset({"encoder.onnx"})


def copy_corpus(folder: Path) -> Path:
    """A corpus folder with the files of NAMES, without their folders."""
    folder.mkdir(parents=True)
    for name in NAMES:
        shutil.copy(DOCUMENTS / name, folder / Path(name).name)
    return folder


def copy_index(index: Path, folder: Path) -> Path:
    """A copy of an index folder that may be built into or damaged."""

    def copy(source: str, target: str) -> None:
        if Path(source).name in _SHARED:
            os.link(source, target)
        else:
            shutil.copy2(source, target)

    return Path(shutil.copytree(index, folder, copy_function=copy))


def settings_for(index: Path, corpus: Path | None = None) -> Settings:
    """Settings for an index, with this repository's ontology."""
    return Settings(index=index, corpus=corpus or index.with_name("corpus"), ontology=ONTOLOGY)


def build(corpus: Path, index: Path, *, full: bool = False) -> BuildResult:
    """Builds in this process, without a progress bar."""
    settings = settings_for(index, corpus)
    request = BuildRequest.from_settings(settings, full=full)
    return run_build(request, lambda stage, done, total: None)


def version(index: Path) -> Path:
    """The folder of the current version."""
    return index / "versions" / (index / "CURRENT").read_text().strip()


def rows(index: Path) -> dict[str, dict[str, Any]]:
    """The rows of the report by path."""
    return {row["path"]: row for row in json.loads((index / "report.json").read_text("utf-8"))}


def truncate(path: Path, share: float = 0.5) -> None:
    """Cuts a file short; other copies that share its bytes stay whole."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: int(len(content) * share)])


def run(
    *arguments: str | bytes, cwd: Path, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs `govkg` in a folder and waits for it; standard output and error as text."""
    return subprocess.run(
        [sys.executable, "-m", "govkg", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **environment},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def python(code: str, *arguments: str, cwd: Path) -> str:
    """What a fresh Python prints that runs this code; fails the test if it fails."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Rewrites a text file through a function; the change must change something."""
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")


class Served:
    """A `govkg serve` process over an index, on a free port of this machine."""

    def __init__(self, index: Path) -> None:
        command = [sys.executable, "-m", "govkg", "serve", "--port", "0", "--index", str(index)]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self._process.stderr
        line = self._process.stderr.readline()
        assert line.startswith("govkg serves at http://127.0.0.1:"), line
        self.port = int(line.strip().strip("/").rpartition(":")[2])
        self.pid = self._process.pid

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *failure: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=20)

    def ask(self, question: str) -> dict[str, Any]:
        """The answer to a question; the test fails unless the status is 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        body = json.dumps({"question": question})
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        assert response.status == 200, content
        answer: dict[str, Any] = json.loads(content)
        return answer
