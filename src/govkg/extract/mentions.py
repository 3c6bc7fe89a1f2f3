"""What a document names: concepts, actors and places, each where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from govkg.extract.practices import Named, PracticeScope, find_practices, told_as_practice
from govkg.extract.statements import Statement, read_statements
from govkg.model.claim import Mention
from govkg.model.document import Document
from govkg.model.identifiers import Minter
from govkg.ontology.matching import concept_matcher
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Told:
    """A document as read for claims: what it names, its statements, the practices it tells of."""

    mentions: tuple[Mention, ...]
    named: Named
    statements: tuple[Statement, ...]
    scopes: tuple[PracticeScope, ...]


class DocumentReader:
    """Reads documents against one vocabulary and one gazetteer."""

    def __init__(self, vocabulary: Vocabulary, places: Places, minter: Minter) -> None:
        """Takes what may be named, and what mints the practices' IRIs."""
        self._vocabulary, self._minter = vocabulary, minter
        self._matcher = concept_matcher(
            vocabulary,
            names=[(x.text, place.iri) for place in places.places for x in place.labels],
        )

    def read(self, document: Document) -> Told:
        """The document's mentions, statements and practices, each in order."""
        mentions = self._mentions(document)
        named = self._named(mentions)
        scopes = tuple(find_practices(document, named, self._minter))
        statements = told_as_practice(document, read_statements(document), scopes)
        return Told(mentions, named, statements, scopes)

    def _mentions(self, document: Document) -> tuple[Mention, ...]:
        spans = [(s.start, s.end) for s in document.sections] or [(0, len(document.text))]
        return tuple(
            Mention(target, start + match.start, start + match.end)
            for start, end in spans
            for match in self._matcher.find(document.text[start:end])
            for target in match.targets
        )

    def _named(self, mentions: Iterable[Mention]) -> Named:
        places, actors = [], []
        for mention in mentions:
            concept = self._vocabulary.get(mention.target)
            if concept is None:
                places.append(mention)
            elif concept.kind == "actor" and concept.broader:
                # The top of the scheme, "governance actor", names nobody.
                actors.append(mention)
        return Named(tuple(places), tuple(actors))
