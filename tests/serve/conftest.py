"""A whole service over a knowledge base written by hand, and a real SPARQL endpoint."""

import pytest
from starlette.testclient import TestClient

from govkg.graph.pool import PoolLimits, QueryPool
from govkg.serve.app import create_app, create_rdf_app
from govkg.settings import Settings
from tests.serve.fake_base import FakeBase, FakeServing


@pytest.fixture(scope="session")
def client():
    examples = [("All problems", "SELECT ?p { ?p a <http://e/Problem> }")]
    app = create_app(FakeServing(FakeBase()), Settings(), examples)
    with TestClient(app, raise_server_exceptions=False) as running:
        yield running


@pytest.fixture(scope="session")
def empty_client():
    with TestClient(create_app(FakeServing(None), Settings())) as running:
        yield running


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory):
    graph = tmp_path_factory.mktemp("graph") / "graph.nq"
    graph.write_text(
        '<http://e/a> <http://e/label> "邻里互助"@zh <http://e/one> .\n'
        '<http://e/b> <http://e/label> "<script>x</script>" <http://e/two> .\n',
        "utf-8",
    )
    limits = PoolLimits(workers=1, seconds=0.5, memory_mb=256)
    with QueryPool(graph, limits) as pool, TestClient(create_rdf_app(pool)) as running:
        yield running
