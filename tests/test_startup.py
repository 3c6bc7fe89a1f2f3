"""What a process loads: the help of the command almost nothing, a serving process no torch."""

import json

import pytest

from tests.house import python

HELP = """
import contextlib, io, json, sys
sys.argv = ["govkg", *json.loads(sys.argv[1])]
from govkg.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
SERVING = """
import json, sys
from pathlib import Path
from starlette.testclient import TestClient
from govkg.serve.app import create_app
from govkg.serve.current import CurrentBase
from govkg.settings import Settings
settings = Settings(index=Path(sys.argv[1]))
serving = CurrentBase(settings)
answers = []
with TestClient(create_app(serving, settings)) as client:
    for question in ("业主不交物业费怎么办", "Why do residents not take part?"):
        answers.append(client.post("/api/ask", json={"question": question}).json()["outcome"])
    for path in ("/", "/sparql?query=ASK%7B%7D", "/api/search?q=fees", "/ready"):
        assert client.get(path).status_code == 200, path
serving.close()
print(json.dumps([answers, sorted({name.partition(".")[0] for name in sys.modules})]))
"""
ASKING = """
import json, sys
from pathlib import Path
from govkg.knowledge_base import KnowledgeBase
from govkg.settings import Settings
settings = Settings(index=Path(sys.argv[1]))
base = KnowledgeBase.open(settings.index, settings)
base.ask("业主不交物业费怎么办")
base.ask("Why do residents not take part?")
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
MODELS = {"torch", "sentence_transformers", "transformers", "spacy", "rdflib", "pyshacl"}


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["serve", "--help"]])
def test_help_loads_no_heavy_package(arguments, tmp_path):
    loaded = set(json.loads(python(HELP, json.dumps(arguments), cwd=tmp_path)))
    heavy = {"faiss", "fastapi", "numpy", "onnxruntime", "pyoxigraph", "tantivy"}
    assert loaded & (MODELS | heavy) == set()
    assert "typer" in loaded


def test_a_serving_process_never_loads_torch_spacy_or_rdflib(built, tmp_path):
    answers, loaded = json.loads(python(SERVING, str(built.index), cwd=tmp_path))
    assert answers == ["answered", "answered"]
    assert set(loaded) & MODELS == set()


def test_a_single_question_loads_no_web_server_either(built, tmp_path):
    loaded = set(json.loads(python(ASKING, str(built.index), cwd=tmp_path)))
    assert loaded & (MODELS | {"fastapi", "starlette", "uvicorn", "jinja2"}) == set()
