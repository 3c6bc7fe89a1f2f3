"""The applications: the whole service, and a SPARQL endpoint over any RDF file."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.responses import Response

from govkg.graph.pool import QueryAnswer, QueryPool
from govkg.model.identifiers import DEFAULT_BASE
from govkg.serve.ask import api_routes
from govkg.serve.contract import Serving
from govkg.serve.describe import describe_routes
from govkg.serve.guard import Gate, Guard, Rules, gates
from govkg.serve.pages import Pages, page_routes
from govkg.serve.problems import add_handlers, to_json
from govkg.serve.sparql import PATH, Ask, sparql_routes
from govkg.settings import Settings

# Requests inside at once for each thread: more would only wait longer, so they are told to retry.
_INSIDE_PER_THREAD = 6


def create_app(
    serving: Serving, settings: Settings, examples: Sequence[tuple[str, str]] = ()
) -> FastAPI:
    """The whole service; `examples` are titles and texts of queries shown on the SPARQL page."""
    threads = settings.ask_threads or os.cpu_count() or 1
    inside = _sparql_inside(settings.query_workers, settings.query_waiting)

    def query(
        text: str, accept: str, default: tuple[str, ...], named: tuple[str, ...]
    ) -> QueryAnswer:
        with serving.current() as base:
            return base.query(text, accept, default, named)

    pages = Pages(settings.base_iri, examples)
    questions = Gate(threads * _INSIDE_PER_THREAD)
    work = ("/api", "/id/", "/documents")
    rules = Rules(
        bodies={PATH: settings.sparql_max_bytes},
        gates={PATH: Gate(inside), **gates(work, questions)},
        default_body=settings.ask_max_bytes,
        open_paths=(PATH,),
    )
    app = _application(rules, threads)
    app.include_router(page_routes(serving, pages))
    app.include_router(api_routes(serving))
    app.include_router(describe_routes(serving, pages, settings.base_iri))
    _add_state(app, serving)
    _add_sparql(app, query, pages, inside)
    return app


def create_rdf_app(pool: QueryPool, max_bytes: int = 1_000_000) -> FastAPI:
    """A SPARQL endpoint over the pool's graph: `/sparql`, `/health` and `/ready` only."""
    inside = _sparql_inside(pool.limits.workers, pool.limits.waiting)
    rules = Rules(bodies={PATH: max_bytes}, gates={PATH: Gate(inside)}, open_paths=(PATH,))
    app = _application(rules, threads=1)
    _add_state(app, None)
    _add_sparql(app, pool.query, Pages(DEFAULT_BASE), inside)
    return app


def _application(rules: Rules, threads: int) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # Model work takes a whole core, so more threads would only slow each other down.
        anyio.to_thread.current_default_thread_limiter().total_tokens = threads
        yield

    app = FastAPI(
        title="govkg",
        summary="Questions, SPARQL and descriptions over governance documents",
        lifespan=lifespan,
        # The stock pages load their scripts from the internet.
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,
    )
    app.add_middleware(Guard, rules=rules)
    add_handlers(app)
    return app


def _sparql_inside(workers: int, waiting: int) -> int:
    return workers + waiting


def _add_sparql(app: FastAPI, ask: Ask, pages: Pages, inside: int) -> None:
    app.include_router(sparql_routes(ask, pages, inside), include_in_schema=False)


def _add_state(app: FastAPI, serving: Serving | None) -> None:
    @app.get("/health")
    async def health() -> Response:
        """Whether the process is alive."""
        return Response(to_json({"status": "alive"}), media_type="application/json")

    @app.get("/ready")
    async def ready() -> Response:
        """Whether a knowledge base is loaded; 503 with the reason if not."""
        build = ""
        if serving is not None:
            with serving.current() as base:
                build = base.build
        return Response(to_json({"status": "ready", "build": build}), media_type="application/json")
