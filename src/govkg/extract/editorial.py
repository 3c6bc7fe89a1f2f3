"""Claims that an editor signed in front matter, each resting on a sentence of the document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govkg.errors import CorpusError
from govkg.extract.practices import PracticeScope
from govkg.extract.relations import Relation
from govkg.extract.statements import Statement
from govkg.model.claim import Kind, Predicate, Status
from govkg.model.document import Document
from govkg.ontology.vocabulary import Concept, Vocabulary

_SIGNED = 0.9
_FIELDS = ("problems", "causes", "countermeasures")
_LINKS: dict[tuple[Kind, Kind], Predicate] = {
    ("problem", "cause"): "hasCause",
    ("countermeasure", "problem"): "addresses",
}


@dataclass(frozen=True, slots=True)
class _Link:
    """A problem and its cause, or a measure and the problem it answers, in quoted words."""

    start: Concept
    end: Concept
    statement: Statement


def editorial_relations(
    document: Document,
    scopes: Sequence[PracticeScope],
    statements: Sequence[Statement],
    vocabulary: Vocabulary,
) -> Iterator[Relation]:
    """The claims of the front matter's concept lists and of its `links`.

    A concept without a quotation under `evidence`, or whose quotation is not in the document, is
    an error: a signed claim must rest on words. A measure that `links` joins to problems answers
    these; any other one answers the listed problems that it is meant for.

    Raises:
        CorpusError: an unknown concept id, a link between other kinds of concepts, or a quotation
            that does not stand in the text.
    """
    signing = _Signing(document, statements, vocabulary)
    links = [signing.link(given) for given in document.front.get("links") or ()]
    linked = {link.start.iri for link in links}
    signed = [
        (signing.concept(str(notation)), signing.evidence(str(notation)))
        for field in _FIELDS
        for notation in document.front.get(field) or ()
    ]
    problems = [concept for concept, _ in signed if concept.kind == "problem"]
    for concept, statement in signed:
        told = _told(scopes, statement)
        triples: list[tuple[str, Predicate, str]] = [(document.iri, "states", concept.iri)]
        if concept.kind == "countermeasure":
            answered = [] if concept.iri in linked else _answered(concept, problems)
            triples += [(practice, "implements", concept.iri) for practice in told]
            triples += [(concept.iri, "addresses", problem.iri) for problem in answered]
        status = _status(concept, document, told)
        for subject, predicate, value in triples:
            yield Relation(subject, predicate, value, statement, "editorial", status, _SIGNED)
    for link in links:
        predicate = _LINKS[link.start.kind, link.end.kind]
        status = _status(link.start, document, _told(scopes, link.statement))
        ends = (link.start.iri, predicate, link.end.iri)
        yield Relation(*ends, link.statement, "editorial", status, _SIGNED)


def _told(scopes: Sequence[PracticeScope], statement: Statement) -> list[str]:
    """The practices that the document tells of where the statement stands."""
    return [s.practice.iri for s in scopes if statement.passage.section in s.sections]


def _answered(measure: Concept, problems: Sequence[Concept]) -> Sequence[Concept]:
    """The listed problems that a measure is meant for, or the only one that is listed."""
    meant = [problem for problem in problems if problem.iri in measure.intended_for]
    return meant or (problems if len(problems) == 1 else [])


def _status(concept: Concept, document: Document, told: Sequence[str]) -> Status:
    if concept.kind != "countermeasure":
        return "diagnosis"
    if told:
        return "practice"
    return "norm" if document.type in {"law", "regulation", "policy"} else "recommendation"


@dataclass(frozen=True, slots=True)
class _Signing:
    """What the front matter names, looked up in the vocabulary and in the text."""

    document: Document
    statements: Sequence[Statement]
    vocabulary: Vocabulary

    def concept(self, notation: str) -> Concept:
        concept = self.vocabulary.by_notation(notation)
        if concept is None:
            raise CorpusError(
                f"unknown concept id {notation!r} in the front matter",
                where=self.document.path,
                remedy="use a skos:notation of ontology/vocabulary.ttl",
            )
        return concept

    def evidence(self, notation: str) -> Statement:
        quotes = self.document.front.get("evidence")
        return self._quoted(quotes.get(notation) if isinstance(quotes, dict) else "", notation)

    def link(self, given: object) -> _Link:
        fields = given if isinstance(given, dict) else {}
        names = str(fields.get("from", "")), str(fields.get("to", ""))
        start, end = (self.concept(name) for name in names)
        if (start.kind, end.kind) not in _LINKS:
            raise CorpusError(
                f"a link from {names[0]} to {names[1]} in the front matter",
                where=self.document.path,
                remedy="link a problem to its cause, or a countermeasure to the problem it answers",
            )
        return _Link(start, end, self._quoted(fields.get("quote"), " > ".join(names)))

    def _quoted(self, given: object, what: str) -> Statement:
        """The words of the running text that are quoted as evidence."""
        quote = str(given or "")
        start = self.document.text.find(quote) if quote.strip() else -1
        if start < 0:
            raise CorpusError(
                f"no sentence of the document is quoted as evidence for {what}"
                if not quote.strip()
                else f"the evidence quoted for {what} does not stand in the text",
                where=self.document.path,
                remedy="quote a sentence word for word",
            )
        near = [s for s in self.statements if s.passage.start <= start < s.passage.end]
        if not near:
            raise CorpusError(
                f"the evidence quoted for {what} stands in a heading or a reference",
                where=self.document.path,
                remedy="quote a sentence of the running text",
            )
        end = min(start + len(quote), near[0].passage.end)
        text = self.document.text[start:end]
        return Statement(near[0].passage, start, end, text, near[0].role, near[0].cues)
