"""The whole graph of a build: parts, ontology and catalogue joined, inferred over and checked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from govkg.errors import OntologyError
from govkg.graph.build import (
    catalogue_quads,
    merged_claim_quads,
    ontology_quads,
    provenance_quads,
)
from govkg.graph.conflicts import conflict_quads
from govkg.graph.repetition import repetition_quads
from govkg.graph.rules import infer
from govkg.graph.validity import validity_quads
from govkg.ontology.loading import Ontology
from govkg.ontology.namespaces import graph_iri
from govkg.pipeline.documents import Part

_TITLE = re.compile(r"^#\s*title:\s*(.+)$", re.MULTILINE)
_ENGLISH_TITLE = re.compile(r"^#\s*title-en:\s*(.+)$", re.MULTILINE)


def whole_graph(
    parts: Sequence[Part],
    ontology: Ontology,
    made_by: Mapping[str, str],
    curated: Iterable[str] = (),
) -> list[str]:
    """All N-Quads lines of a build, sorted, each once; `made_by` names code, encoder, settings.

    `curated` are the lines of the graph of curators' decisions.

    Raises:
        OntologyError: a check of `checks/*.rq` finds something.
    """
    base = made_by["base_iri"]
    claims = [claim for part in parts for claim in part.extraction.claims]
    practices = {p.iri for part in parts for p in part.extraction.practices}
    lines = {line for part in parts for line in part.quads}
    lines.update(curated)
    lines.update(ontology_quads(ontology, base))
    lines.update(catalogue_quads([part.document for part in parts], base))
    lines.update(validity_quads([part.document for part in parts], base))
    lines.update(provenance_quads(made_by, base))
    lines.update(merged_claim_quads(claims, practices, base))
    lines.update(repetition_quads([part.document for part in parts], claims, base))
    store = ox.Store()
    store.bulk_load(input="\n".join(sorted(lines)), format=ox.RdfFormat.N_QUADS)
    infer(store, base, made_by["home"])
    inferred = ox.NamedNode(graph_iri(base, "inferred"))
    lines.update(f"{quad} ." for quad in store.quads_for_pattern(None, None, None, inferred))
    lines.update(conflict_quads(store, base))
    check(store, sorted((ontology.directory / "checks").glob("*.rq")))
    return sorted(lines)


def example_queries(directory: Path) -> list[dict[str, str]]:
    """The competency questions of an ontology folder: English title and text, by file name."""
    examples = []
    for path in sorted((directory / "questions").glob("*.rq")):
        text = path.read_text("utf-8")
        title = _ENGLISH_TITLE.search(text)
        examples.append({"title": title.group(1) if title else path.stem, "query": text})
    return examples


def check(store: ox.Store, files: Iterable[Path]) -> None:
    """Runs whole-graph checks, each a SELECT that should find nothing.

    Raises:
        OntologyError: one finds something; names the check and the first thing found.
    """
    for path in files:
        text = path.read_text("utf-8")
        rows = store.query(text, use_default_graph_as_union=True)
        first = next(iter(rows), None) if isinstance(rows, ox.QuerySolutions) else None
        if first is not None:
            title = _TITLE.search(text)
            shown = ", ".join(str(value) for value in first if value is not None)
            raise OntologyError(
                f"{title.group(1) if title else path.stem}: {shown}",
                where=f"checks/{path.name}",
                remedy="correct the ontology or the document named",
            )
