"""What a build writes: the graph of each document, and those that belong to all of them.

Every function gives sorted N-Quads lines without blank nodes, clock or absolute path, so that the
same corpus always makes the same graph.
"""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from govkg.graph.quads import Lines, date, gov, iri, text
from govkg.graph.statements import add_extraction
from govkg.graph.structure import add_structure
from govkg.graph.summary import merged_claim_quads
from govkg.model.claim import Extraction
from govkg.model.document import ACT_TYPES, Document
from govkg.model.identifiers import Minter
from govkg.ontology.loading import Ontology
from govkg.ontology.namespaces import (
    DCAT,
    DCTERMS,
    ELI,
    GRAPH_NAMES,
    PROV,
    RDF,
    RDFS,
    graph_iri,
)
from govkg.text.language import detect

__all__ = [
    "catalogue_quads",
    "document_quads",
    "merged_claim_quads",
    "ontology_quads",
    "provenance_quads",
    "version_iri",
]

_TYPE = iri(f"{RDF}type")
_LABEL = iri(f"{RDFS}label")
_TITLE = iri(f"{DCTERMS}title")
_IDENTIFIER = iri(f"{DCTERMS}identifier")
_LANGUAGE = iri(f"{DCTERMS}language")
_VERSION_OF = iri(f"{DCTERMS}isVersionOf")
_LICENCE = iri(f"{DCTERMS}license")


def version_iri(document: Document, base: str) -> str:
    """The IRI of a document's kept text, which is also the name of its graph."""
    return Minter(base)("version", document.key, document.sha256)


def document_quads(document: Document, extraction: Extraction, base: str) -> list[str]:
    """The graph of one document: itself, its parts, and everything found in it."""
    version = version_iri(document, base)
    lines = Lines(version)
    _add_description(lines, document, base)
    add_structure(lines, document, version, Minter(base))
    add_extraction(lines, document, extraction, version, Minter(base))
    return lines.sorted()


def catalogue_quads(documents: Iterable[Document], base: str) -> list[str]:
    """The DCAT catalogue: the corpus as a dataset, each document's kept text as a distribution."""
    lines = Lines(graph_iri(base, "catalogue"))
    corpus = iri(Minter(base)("dataset", "corpus"))
    lines.add(corpus, _TYPE, iri(f"{DCAT}Dataset"))
    lines.add(
        corpus, _TITLE, text("知识库所读的文件", "zh"), text("The documents of the base", "en")
    )
    for document in documents:
        version = iri(version_iri(document, base))
        lines.add(corpus, iri(f"{DCTERMS}hasPart"), iri(document.iri))
        lines.add(corpus, iri(f"{DCAT}distribution"), version)
        lines.add(version, _TYPE, iri(f"{DCAT}Distribution"))
        lines.add(version, _TITLE, text(document.title, document.language))
        lines.add(version, _VERSION_OF, iri(document.iri))
        licence = document.front.get("licence") or document.front.get("license")
        if licence:
            lines.add(version, _LICENCE, text(str(licence)))
    return lines.sorted()


def provenance_quads(made_by: Mapping[str, str], base: str) -> list[str]:
    """The build as a `prov:Activity` without times: what it used, and the graphs it made.

    `made_by` maps names such as `code` and `encoder` to versions or hashes.
    """
    lines = Lines(graph_iri(base, "provenance"))
    minter = Minter(base)
    used = sorted((str(name), str(value)) for name, value in made_by.items())
    build = iri(minter("activity", *(part for pair in used for part in pair)))
    lines.add(build, _TYPE, iri(f"{PROV}Activity"))
    lines.add(build, _LABEL, text("构建知识库", "zh"), text("Building the base", "en"))
    for name, value in used:
        thing = iri(minter("input", name, value))
        lines.add(build, iri(f"{PROV}used"), thing)
        lines.add(thing, _TYPE, iri(f"{PROV}Entity"))
        lines.add(thing, _LABEL, text(name))
        lines.add(thing, _IDENTIFIER, text(value))
    for graph in GRAPH_NAMES:
        lines.add(iri(graph_iri(base, graph)), iri(f"{PROV}wasGeneratedBy"), build)
    return lines.sorted()


def ontology_quads(ontology: Ontology, base: str) -> list[str]:
    """The terms, the vocabulary and the places, in the graph `vocabulary`."""
    graph = ox.NamedNode(graph_iri(base, "vocabulary"))
    return sorted(
        f"{ox.Quad(quad.subject, quad.predicate, quad.object, graph)} ."
        for quad in ontology.store.quads_for_pattern(None, None, None, None)
    )


def _add_description(lines: Lines, document: Document, base: str) -> None:
    this = iri(document.iri)
    lines.add(this, _TYPE, gov("Document"))
    lines.add(this, _IDENTIFIER, text(document.key))
    lines.add(this, _TITLE, text(document.title, document.language))
    lines.add(this, _LANGUAGE, text(document.language))
    lines.add(this, iri(f"{DCTERMS}type"), text(document.type))
    lines.add(this, gov("path"), text(document.path))
    lines.add(this, gov("sha256"), text(document.sha256))
    lines.add(this, gov("verification"), text(document.verification))
    if document.issuer:
        lines.add(this, gov("issuer"), text(document.issuer, detect(document.issuer)))
    if document.number:
        lines.add(this, gov("documentNumber"), text(document.number))
        if document.type in ACT_TYPES:
            lines.add(this, iri(f"{ELI}id_local"), text(document.number))
    if document.date:
        lines.add(this, iri(f"{DCTERMS}issued"), date(document.date))
    if document.effective:
        lines.add(this, gov("effective"), date(document.effective))
    _add_relations(lines, document, base)


def _add_relations(lines: Lines, document: Document, base: str) -> None:
    this = iri(document.iri)
    if document.place:
        lines.add(this, gov("locatedIn"), iri(document.place))
    if document.work:
        lines.add(this, _VERSION_OF, iri(Minter(base)("work", document.work)))
    if document.translated_from:
        lines.add(this, gov("translatedFrom"), text(document.translated_from))
    lines.add(this, iri(f"{DCTERMS}source"), *(text(source) for source in document.sources))
