"""Claims that an editor signed in front matter, each resting on a sentence of the document."""

from collections.abc import Iterator, Sequence

from govkg.errors import CorpusError
from govkg.extract.practices import PracticeScope
from govkg.extract.relations import Relation
from govkg.extract.statements import Statement
from govkg.model.claim import Predicate, Status
from govkg.model.document import Document
from govkg.ontology.vocabulary import Concept, Vocabulary

_SIGNED = 0.9
_FIELDS = {"problems": "problem", "causes": "cause", "countermeasures": "countermeasure"}


def editorial_relations(
    document: Document,
    scopes: Sequence[PracticeScope],
    statements: Sequence[Statement],
    vocabulary: Vocabulary,
) -> Iterator[Relation]:
    """The claims of the front matter's concept lists.

    A concept without a quotation under `evidence`, or whose quotation is not in the document, is
    an error: a signed claim must rest on words.

    Raises:
        CorpusError: an unknown concept id, or a quotation that does not stand in the text.
    """
    signed = [
        (concept, quoted)
        for field in _FIELDS
        for notation in document.front.get(field) or ()
        for concept, quoted in [_signed(document, statements, vocabulary, str(notation))]
    ]
    problems = [concept for concept, _ in signed if concept.kind == "problem"]
    for concept, statement in signed:
        told = [s.practice.iri for s in scopes if statement.passage.section in s.sections]
        status: Status = "diagnosis"
        if concept.kind == "countermeasure":
            status = "practice" if told else _status_without_practice(document)
        triples: list[tuple[str, Predicate, str]] = [(document.iri, "states", concept.iri)]
        if concept.kind == "countermeasure":
            triples += [(practice, "implements", concept.iri) for practice in told]
            triples += [(concept.iri, "addresses", p.iri) for p in _answered(concept, problems)]
        for subject, predicate, value in triples:
            yield Relation(subject, predicate, value, statement, "editorial", status, _SIGNED)


def _answered(measure: Concept, problems: Sequence[Concept]) -> Sequence[Concept]:
    """The listed problems that a measure is meant for, or the only one that is listed."""
    meant = [problem for problem in problems if problem.iri in measure.intended_for]
    return meant or (problems if len(problems) == 1 else [])


def _status_without_practice(document: Document) -> Status:
    return "norm" if document.type in {"law", "regulation", "policy"} else "recommendation"


def _signed(
    document: Document, statements: Sequence[Statement], vocabulary: Vocabulary, notation: str
) -> tuple[Concept, Statement]:
    concept = vocabulary.by_notation(notation)
    if concept is None:
        raise CorpusError(
            f"unknown concept id {notation!r} in the front matter",
            where=document.path,
            remedy="use a skos:notation of ontology/vocabulary.ttl",
        )
    quotes = document.front.get("evidence") or {}
    quote = str(quotes.get(notation, "")) if isinstance(quotes, dict) else ""
    start = document.text.find(quote) if quote.strip() else -1
    if start < 0:
        raise CorpusError(
            f"no sentence of the document is quoted as evidence for {notation}"
            if not quote.strip()
            else f"the evidence quoted for {notation} does not stand in the text",
            where=document.path,
            remedy="quote a sentence word for word under evidence:",
        )
    near = [s for s in statements if s.passage.start <= start < s.passage.end]
    if not near:
        raise CorpusError(
            f"the evidence quoted for {notation} stands in a heading or a reference",
            where=document.path,
            remedy="quote a sentence of the running text",
        )
    base = near[0]
    end = min(start + len(quote), base.passage.end)
    text = document.text[start:end]
    return concept, Statement(base.passage, start, end, text, base.role, base.cues)
