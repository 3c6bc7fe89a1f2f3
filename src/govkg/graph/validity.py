"""Which documents are in force, and what took their place, as RDF of the whole base."""

from collections.abc import Iterable

from govkg.graph.quads import Lines, gov, iri, text
from govkg.model.document import Document
from govkg.ontology.namespaces import DCTERMS, graph_iri

_REPLACED_BY = iri(f"{DCTERMS}isReplacedBy")
_REPLACES = iri(f"{DCTERMS}replaces")


def validity_quads(documents: Iterable[Document], base: str) -> list[str]:
    """The validity of the documents where it is known, in the graph `inferred`."""
    lines = Lines(graph_iri(base, "inferred"))
    for document in documents:
        this = iri(document.iri)
        if document.validity != "unknown":
            lines.add(this, gov("validity"), text(document.validity))
        if document.superseded_by:
            lines.add(this, _REPLACED_BY, iri(document.superseded_by))
            lines.add(iri(document.superseded_by), _REPLACES, this)
    return lines.sorted()
