"""From a question's words to ranked passages, and to what speaks for and against an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from govkg.index.encoders import Encoders
from govkg.search.dense import Matrix
from govkg.search.names import NameFinder
from govkg.search.practices import is_within
from govkg.search.question import Question, QuestionReader
from govkg.search.refusal import TYPICAL_UNKNOWN, Missing, Support
from govkg.search.retrieve import Ranked, Rankers, Ranking, fuse_passages
from govkg.search.titles import DocumentNames, Resolved

_NUMBER_MARKS = frozenset("〔[(（令")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood, with its embedding [d] and the documents that it names."""

    question: Question
    vector: Matrix | None
    named: Resolved


class Finder:
    """Finds passages of one build for questions; safe for threads."""

    def __init__(
        self,
        rankers: Rankers,
        reader: QuestionReader,
        encoders: Encoders,
        names: NameFinder,
        documents: DocumentNames,
    ) -> None:
        """Takes the parts, all of one build."""
        self._rankers = rankers
        self._reader = reader
        self._encoders = encoders
        self._names = names
        self._documents = documents

    def understand(self, text: str, language: str, setting: str) -> Asked:
        """The question understood; `language` is zh or en."""
        encoded = self._encoders[language].encode_question(self._reader.respell(text).text)
        # Where no word is known, nothing is near.
        vector = encoded if encoded.any() else None
        question = self._reader.read(text, language, setting, vector)
        return Asked(question, vector, self._documents.resolve(question.references))

    def rankings(self, asked: Asked, only: Sequence[str] = ()) -> dict[str, Ranking]:
        """Each ranking of passages that applies, or those of them named, before they are fused."""
        rankings = {
            name: retriever(asked.question, asked.vector)
            for name, retriever in self._rankers.retrievers().items()
            if not only or name in only
        }
        return {name: ranking for name, ranking in rankings.items() if ranking}

    def translations(self, asked: Asked) -> dict[str, Mapping[str, float]]:
        """The English words by which a question's Chinese terms were looked for."""
        return self._rankers.translations(asked.question)

    def fuse(self, asked: Asked, rankings: Mapping[str, Ranking]) -> list[Ranked]:
        """The rankings fused, best first; the articles that a question names before all others."""
        ranked = fuse_passages(self._rankers, asked.question, rankings, asked.named.documents)
        found = {one.row: one.found_by for one in ranked}
        named = [Ranked(row, 1.0, ("named", *found.get(row, ()))) for row in asked.named.passages]
        return named + [one for one in ranked if one.row not in asked.named.passages]

    def support(self, asked: Asked, rankings: Mapping[str, Ranking]) -> Support:
        """How well the base supports an answer."""
        language = asked.question.language
        passages = self._rankers.corpus.passages
        nearest = {"zh": 0.0, "en": 0.0}
        for row, cosine in rankings.get("vector", ()):
            spoken = passages[row].language
            nearest[spoken] = max(nearest[spoken], cosine)
        # A single character is in too many words to say that a question is of the field.
        sure = (c.score for c in asked.question.concepts if c.how != ("characters",))
        own = nearest.pop(language)
        return Support(max(sure, default=0.0), own, max(nearest.values()), self._unknown(asked))

    def missing(self, asked: Asked) -> Missing:
        """What the question names and no document does."""
        question = asked.question
        places = [place for place in question.places if not self._is_heard_of(place)]
        spoken = [self._rankers.places.get(place) for place in places]
        labels = [place.pref(question.language) for place in spoken if place is not None]
        names = self._names.find(question.read_as or question.text, question.language)
        if asked.named.documents:
            # What it names is there, if under a fuller title.
            names = replace(names, doubtful=())
        unknown = tuple(x for x in asked.named.unknown if _is_title(x, question.text))
        return Missing(tuple(labels), unknown, names.subjects, names.others, names.doubtful)

    def _is_heard_of(self, place: str) -> bool:
        """Whether a document names a place, or one within it."""
        places = self._rankers.places
        within = (p.iri for p in places.places if is_within(places, p.iri, place))
        if any(self._rankers.graph.is_mentioned(iri) for iri in within):
            return True
        known = places.get(place)
        return known is not None and any(self._names.is_written(x.text) for x in known.labels)

    def _unknown(self, asked: Asked) -> float:
        language, terms = asked.question.language, sorted(set(asked.question.terms))
        if not self._rankers.corpus.rows_in(language):
            return TYPICAL_UNKNOWN
        lexical = self._rankers.lexical
        rarity = {term: lexical.rarity(language, term) for term in terms}
        unknown = sum(x for term, x in rarity.items() if not lexical.has(language, term))
        return unknown / sum(rarity.values()) if rarity else 1.0


def _is_title(name: str, text: str) -> bool:
    """Whether a name that no document has is surely one: in 《》, or a number with its brackets.

    Other quotation marks stand around everyday words as well.
    """
    return f"《{name}》" in text or not _NUMBER_MARKS.isdisjoint(name)
