"""The sections and passages of a document as RDF."""

from govkg.graph.quads import Lines, gov, integer, iri, text
from govkg.model.document import Document, Passage, Section
from govkg.model.identifiers import Minter
from govkg.ontology.namespaces import DCTERMS, OA, RDF
from govkg.text.language import detect

_TYPE = iri(f"{RDF}type")
_VALUE = iri(f"{RDF}value")
_TITLE = iri(f"{DCTERMS}title")
_PART_OF = iri(f"{DCTERMS}isPartOf")
_START = iri(f"{OA}start")
_END = iri(f"{OA}end")


def add_structure(lines: Lines, document: Document, version: str, minter: Minter) -> None:
    """Adds the sections, in order, and the passages with their texts and offsets."""
    sections = [
        iri(minter("section", version, str(order))) for order in range(len(document.sections))
    ]
    for order, section in enumerate(document.sections):
        _add_section(lines, iri(document.iri), sections[order], order, section)
    for passage in document.passages:
        _add_passage(lines, iri(document.iri), sections[passage.section], passage)


def _add_section(lines: Lines, document: str, this: str, order: int, section: Section) -> None:
    lines.add(this, _TYPE, gov("Section"))
    lines.add(this, _PART_OF, document)
    lines.add(this, gov("order"), integer(order))
    lines.add(this, gov("level"), integer(section.level))
    if section.title:
        lines.add(this, _TITLE, text(section.title, detect(section.title)))


def _add_passage(lines: Lines, document: str, section: str, passage: Passage) -> None:
    this = iri(passage.iri)
    lines.add(this, _TYPE, gov("Passage"))
    lines.add(this, _PART_OF, document)
    lines.add(this, gov("section"), section)
    lines.add(this, gov("passageKind"), text(passage.kind))
    lines.add(this, _START, integer(passage.start))
    lines.add(this, _END, integer(passage.end))
    lines.add(this, _VALUE, text(passage.text, passage.language))
    if passage.label:
        lines.add(this, gov("label"), text(passage.label))
