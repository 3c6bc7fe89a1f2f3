"""A build from start to end, under a lock, published whole or not at all."""

import time
from collections.abc import Callable

from govkg import __version__
from govkg.errors import CorpusError
from govkg.index.durable import remove
from govkg.index.locking import BuildLock, build_lock
from govkg.index.publication import write_report
from govkg.ontology.loading import find_ontology
from govkg.pipeline.inputs import code_hash, inputs_hash, model_mark
from govkg.pipeline.result import (
    BuildRequest,
    BuildResult,
    Record,
    Work,
    forget_record,
    read_record,
)

__all__ = ["BuildRequest", "BuildResult", "Progress", "run_build"]

Progress = Callable[[str, int, int], None]
# Kept by a full build as well: it is checked against its own hashes, and no document is in it.
_ENCODER = "encoder-"


def run_build(request: BuildRequest, progress: Progress) -> BuildResult:
    """Builds and publishes a version; what did not change is taken from the cache.

    `progress` is called with a stage, how much of it is done, and how much there is.

    Raises:
        CorpusError: the corpus is missing, or no file in it can be read; nothing is published.
        OntologyError: the ontology is malformed, or the graph breaks one of its rules.
        KnowledgeBaseError: another build is running, or the index cannot be written.
    """
    started = time.monotonic()
    if not request.corpus.is_dir():
        problem = "not a folder" if request.corpus.exists() else "no such folder"
        raise CorpusError(problem, where=str(request.corpus), remedy="name a folder with --corpus")
    ontology = find_ontology(request.ontology)
    with build_lock(request.index) as lock:
        if request.full and request.cache.is_dir():
            kept = (path for path in sorted(request.cache.iterdir()))
            remove(path for path in kept if not path.name.startswith(_ENCODER))
        code = f"{__version__}+{code_hash()}"
        made_by = {
            "code": code,
            "base_iri": request.base_iri,
            "home": request.home,
            "signatures": str(request.signatures),
        }
        if request.model:
            made_by["model"] = model_mark(request.model)
        inputs = inputs_hash(request.corpus, ontology, made_by)
        record, work = read_record(request.cache), Work()
        if record is None or record.inputs != inputs or not record.holds(request.index):
            record, work = _make(request, lock, inputs, made_by, progress)
        write_report(request.index, record.rows)
    seconds = round(time.monotonic() - started, 2)
    return BuildResult(record.build, record.counts, work, seconds, record.rows, record.decisions)


def _make(
    request: BuildRequest,
    lock: BuildLock,
    inputs: str,
    made_by: dict[str, str],
    progress: Progress,
) -> tuple[Record, Work]:
    """Makes and publishes a version, and keeps a record of it for the next build."""
    # Everything that reads, extracts or encodes is loaded only where there is something to do.
    from govkg.pipeline.assembly import Assembly

    forget_record(request.cache)
    made = Assembly(request, made_by, progress).run(lock)
    record = Record(inputs, made.build, made.counts, made.rows, made.decisions)
    # What went wrong may go well the next time, such as a file that took too long; a decision
    # that is wrong stays so until its file changes.
    decisions = {row["file"] for row in made.decisions}
    if not any(row["outcome"] == "error" and row["path"] not in decisions for row in made.rows):
        record.write(request.cache)
    return record, made.work
