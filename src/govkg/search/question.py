"""What a question asks: language, setting, places, kind of question and the concepts it names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from govkg.errors import QuestionError
from govkg.model.claim import Kind
from govkg.ontology.matching import concept_matcher
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.text.labels import LabelMatch, LabelMatcher
from govkg.text.overlap import LabelOverlap, terms_of
from govkg.text.script import simplify

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Intent = Literal["why", "what_to_do", "who_did_what", "compare", "general"]
MAX_CHARACTERS = 1000
_SETTING_WORDS = {
    "overseas": re.compile(
        r"国外|境外|海外|外国|国际上|overseas|abroad|foreign|other countries|international",
        re.IGNORECASE,
    ),
    "domestic": re.compile(
        r"国内(?!外)|境内(?!外)|我国|全国各地|\bdomestic\b|at home\b|in (?:mainland )?china\b",
        re.IGNORECASE,
    ),
}
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        "compare",
        re.compile(
            r"比较|对比|区别|异同|共同点|不同点|\bcompar|\bdiffer|\bin common\b", re.IGNORECASE
        ),
    ),
    (
        "why",
        re.compile(r"为什么|为何|原因|根子|怎么会|\bwhy\b|\breasons?\b|\bcauses?\b", re.IGNORECASE),
    ),
    (
        "what_to_do",
        re.compile(
            r"怎么办|怎么解决|如何解决|怎么破|对策|措施|办法|怎样|如何|"
            r"what can be done|how (?:can|do|to)|\bsolve|\bsolution|\bmeasures?\b|\bdeal with",
            re.IGNORECASE,
        ),
    ),
    (
        "who_did_what",
        re.compile(
            r"怎么做的|是怎么|哪些地方|做法|经验|谁|\bwhat did\b|\bwho\b|\bwhere\b|\bpractices?\b",
            re.IGNORECASE,
        ),
    ),
)
# How a question is put, which says nothing of what it is about.
_FRAME = re.compile(
    r"怎么[办样做]?|怎样|如何|是?为什么|为何|什么|有?哪些|哪里|哪个|谁|请问|吗|呢|"
    r"有没有|[国境]内外|经验|做法|原因|对策|措施|办法|地方|"
    r"\b(?:practices?|experiences?|measures?|solutions?|reasons?|causes?|"
    r"other countries|anyone|somebody)\b",
    re.IGNORECASE,
)
# How much each way of recognising a concept is trusted, against a label found word for word.
_LABEL_SCORE, _PART_LABEL_SCORE = 1.0, 0.55
_WORDS_WEIGHT = 1.0
_VECTOR_WEIGHT = 1.0
# Two ways that agree are worth more than the better of the two.
_AGREEMENT = 0.25
_MIN_SCORE = 0.2
_MAX_CONCEPTS = 8
_VECTOR_NEAREST = 12


@dataclass(frozen=True, slots=True)
class LabelVectors:
    """The vectors of one language's finding labels [n, d], and the concept of each row."""

    concepts: Sequence[str]
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class AskedConcept:
    """A concept the question is about; `score` orders them, `how` says what recognised it.

    `how` names `label`, `words` (some of a label's words), `characters` (single ones of a Chinese
    label, no whole word) and `vector`, the best first.
    """

    iri: str
    kind: Kind
    score: float
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood; `bare` if it names places, and asks of them nothing else."""

    text: str
    language: str
    setting: str
    places: tuple[str, ...]
    actors: tuple[str, ...]
    intent: Intent
    concepts: tuple[AskedConcept, ...]
    terms: tuple[str, ...]
    best_cosine: float
    bare: bool = False


def check_question(text: str) -> str:
    """The question without surrounding space.

    Raises:
        QuestionError: it is empty, longer than 1,000 characters, or not valid Unicode.
    """
    stripped = text.strip()
    if not stripped:
        raise QuestionError("the question is empty", remedy="ask in Chinese or English")
    if len(stripped) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(stripped):,} characters", remedy=f"at most {MAX_CHARACTERS:,}"
        )
    if any("\ud800" <= character <= "\udfff" for character in stripped):
        raise QuestionError("the question holds half a character (a lone surrogate)")
    return stripped


def asked_setting(text: str) -> str:
    """`domestic`, `overseas`, or `any` where the question names neither or both."""
    named = [setting for setting, words in _SETTING_WORDS.items() if words.search(simplify(text))]
    return named[0] if len(named) == 1 else "any"


def asked_intent(text: str) -> Intent:
    """The kind of question, by its frame."""
    folded = simplify(text)
    return next((intent for intent, frame in _INTENTS if frame.search(folded)), "general")


class QuestionReader:
    """Reads questions against one vocabulary and its gazetteer."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        places: Places,
        labels: Mapping[str, LabelVectors] | None = None,
    ) -> None:
        """Takes the vectors of the finding labels by language, each by its own encoder."""
        self._vocabulary = vocabulary
        self._places = places
        self._label_vectors = dict(labels or {})
        texts = {
            language: [
                (label.text, concept.iri)
                for concept in vocabulary.concepts
                for label in concept.labels
                if label.language == language and label.kind != "negative"
            ]
            for language in ("zh", "en")
        }
        self._matcher = concept_matcher(vocabulary)
        self._place_matcher = LabelMatcher(
            # People write "in japan" in a question; a city's name in small letters is too often
            # an everyday word.
            labels=(
                (x.text, p.iri) for p in places.places if p.kind == "country" for x in p.labels
            ),
            names=((x.text, p.iri) for p in places.places if p.kind != "country" for x in p.labels),
        )
        self._overlap = {language: LabelOverlap(texts[language], language) for language in texts}

    def read(self, text: str, language: str, setting: str, vector: Matrix | None) -> Question:
        """The question understood; a `setting` other than any is the asker's choice.

        `language` is zh or en; `vector` is the question's embedding [d] by the encoder of its
        language's labels, or None.
        """
        matches = self._matcher.find(text)
        places = self._place_matcher.find(text)
        bare = bool(places) and not terms_of(_content(text, places), language)
        cosines = {} if bare else self._cosines(language, vector)
        concepts = self._concepts(text, language, matches, cosines)
        return Question(
            text=text,
            language=language,
            setting=setting if setting != "any" else asked_setting(text),
            places=tuple(dict.fromkeys(iri for match in places for iri in match.targets)),
            actors=tuple(c.iri for c in concepts if c.kind == "actor"),
            intent=asked_intent(text),
            concepts=tuple(c for c in concepts if c.kind != "actor")[:_MAX_CONCEPTS],
            terms=tuple(terms_of(text, language)),
            best_cosine=max(cosines.values(), default=0.0),
            bare=bare,
        )

    def _cosines(self, language: str, vector: Matrix | None) -> dict[str, float]:
        labels = self._label_vectors.get(language)
        if vector is None or labels is None or not labels.matrix.size:
            return {}
        best: dict[str, float] = {}
        for concept, cosine in zip(labels.concepts, labels.matrix @ vector, strict=True):
            best[concept] = max(best.get(concept, 0.0), float(cosine))
        nearest = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return dict(nearest[:_VECTOR_NEAREST])

    def _concepts(
        self, text: str, language: str, matches: list[LabelMatch], cosines: dict[str, float]
    ) -> list[AskedConcept]:
        scores: dict[str, dict[str, float]] = {}
        weight = self._label_weights(text, language, matches)
        for match in matches:
            for iri in match.targets:
                by = scores.setdefault(iri, {})
                by["label"] = max(by.get("label", 0.0), weight[match.label])
        for near in self._overlap[language].find(_content(text, ())):
            by = scores.setdefault(near.target, {})
            way = "words" if near.shared else "characters"
            by[way] = max(by.get(way, 0.0), _WORDS_WEIGHT * near.cosine)
        for iri, cosine in cosines.items():
            scores.setdefault(iri, {})["vector"] = _VECTOR_WEIGHT * cosine
        ranked = [self._asked(iri, by) for iri, by in scores.items()]
        ranked = [concept for concept in ranked if concept.score >= _MIN_SCORE]
        return sorted(ranked, key=lambda concept: (-concept.score, concept.iri))

    def _label_weights(
        self, text: str, language: str, matches: list[LabelMatch]
    ) -> dict[str, float]:
        """A label that is most of the question says more than one word of it."""
        size = max(1, len(set(terms_of(text, language))))
        weights = {}
        for match in matches:
            share = min(1.0, len(set(terms_of(match.label, language))) / size)
            weights[match.label] = _PART_LABEL_SCORE + (_LABEL_SCORE - _PART_LABEL_SCORE) * share
        return weights

    def _asked(self, iri: str, by: dict[str, float]) -> AskedConcept:
        if "words" in by:
            # The words hold these characters already.
            by = {way: value for way, value in by.items() if way != "characters"}
        ordered = sorted(by.values(), reverse=True)
        score = min(1.0, ordered[0] + _AGREEMENT * sum(ordered[1:]))
        concept = self._vocabulary.get(iri)
        kind: Kind = concept.kind if concept else "problem"
        how = tuple(sorted(by, key=lambda name: (-by[name], name)))
        return AskedConcept(iri, kind, round(score, 4), how)


def _content(text: str, places: Sequence[LabelMatch]) -> str:
    """What a question is about: its text without the names of places and the words of asking.

    Each of them becomes a space, so that what stood around it does not run together.
    """
    characters = list(text)
    for place in places:
        characters[place.start : place.end] = " " * (place.end - place.start)
    content = _FRAME.sub(" ", simplify("".join(characters)))
    for words in _SETTING_WORDS.values():
        content = words.sub(" ", content)
    return content
