"""What the answer says of how its question was read."""

from collections.abc import Mapping
from typing import Any

from govkg.graph.queries import Graph
from govkg.model.answer import Bilingual, Understood
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.practices import bilingual
from govkg.search.question import Question


class Labels:
    """The labels of concepts, candidates and places of one build."""

    def __init__(self, vocabulary: Vocabulary, places: Places, graph: Graph) -> None:
        """Takes what is named."""
        self._vocabulary = vocabulary
        self._places = places
        self._graph = graph

    def of(self, iri: str) -> Bilingual:
        """A concept's or a place's labels; a candidate's own words where it is neither."""
        concept = self._vocabulary.get(iri)
        if concept is not None:
            return Bilingual(concept.pref("zh"), concept.pref("en"))
        place = self._places.get(iri)
        if place is not None:
            return bilingual({x.language: x.text for x in reversed(place.labels)})
        text, language = self._graph.label_of(iri)
        return bilingual({language: text} if text else {"en": iri})

    def named(self, iri: str) -> dict[str, str]:
        """A thing with its labels, as JSON."""
        both = self.of(iri)
        return {"iri": iri, "zh": both.zh, "en": both.en}

    def notation(self, iri: str) -> str:
        """A concept's notation; empty for anything else."""
        concept = self._vocabulary.get(iri)
        return concept.notation if concept else ""


def understood(
    question: Question, labels: Labels, translations: Mapping[str, Mapping[str, float]]
) -> Understood:
    """How a question was read; `translations` are the English words of its Chinese terms."""
    return Understood(
        language=question.language,
        facets=_facets(question, labels),
        concepts=tuple(
            {
                "iri": asked.iri,
                "kind": asked.kind,
                "notation": labels.notation(asked.iri),
                "label": {"zh": labels.of(asked.iri).zh, "en": labels.of(asked.iri).en},
                "score": asked.score,
                "how": list(asked.how),
            }
            for asked in question.concepts
        ),
        corrections=tuple({"written": x, "read": y} for x, y in question.corrections),
        translations={term: list(words) for term, words in translations.items() if words},
    )


def _facets(question: Question, labels: Labels) -> dict[str, Any]:
    named = question.references
    return {
        "setting": question.setting,
        "places": [labels.named(place) for place in question.places],
        "actors": [labels.named(actor) for actor in question.actors],
        "intent": question.intent,
        "countries": [labels.named(country) for country in question.countries],
        "documents": [*named.titles, *named.numbers],
        "articles": list(named.articles),
        "years": list(named.years),
        "sides": [labels.named(side) for side in question.sides],
    }
