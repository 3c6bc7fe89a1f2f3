"""What `govkg serve` runs: a whole base, or one RDF file."""

import logging
import sys
from contextlib import closing
from pathlib import Path

from govkg.errors import KnowledgeBaseError
from govkg.graph.pool import PoolLimits, QueryPool
from govkg.serve.app import create_app, create_rdf_app
from govkg.serve.current import CurrentBase
from govkg.serve.running import run
from govkg.settings import Settings


def serve_base(settings: Settings, host: str, port: int) -> None:
    """Serves the index of the settings until it is told to stop.

    Raises:
        KnowledgeBaseError: there is no index, or none that is whole.
        GovkgError: the address cannot be bound.
    """
    _log_to_stderr(settings.log)
    with closing(CurrentBase(settings)) as serving:
        with serving.current() as base:
            examples = base.examples
        app = create_app(serving, settings, examples)
        run(app, host, port, log_level=settings.log, started=_say)


def serve_rdf(path: Path, settings: Settings, host: str, port: int) -> None:
    """Serves one RDF file at /sparql until it is told to stop.

    Raises:
        KnowledgeBaseError: the file is missing or not RDF.
        GovkgError: the address cannot be bound.
    """
    _log_to_stderr(settings.log)
    if not path.is_file():
        raise KnowledgeBaseError("no such file", where=str(path), remedy="name an RDF file")
    limits = PoolLimits(
        workers=settings.query_workers,
        seconds=settings.query_seconds,
        memory_mb=settings.query_memory_mb,
        max_rows=settings.query_max_rows,
        max_bytes=settings.query_max_bytes,
        waiting=settings.query_waiting,
    )
    with QueryPool(path, limits) as pool:
        app = create_rdf_app(pool, settings.sparql_max_bytes)
        run(app, host, port, log_level=settings.log, started=_say)


def _say(address: str) -> None:
    sys.stderr.write(f"govkg serves at {address}\n")
    sys.stderr.flush()


def _log_to_stderr(level: str) -> None:
    logging.basicConfig(level=level.upper(), format="%(levelname)s %(name)s: %(message)s")
