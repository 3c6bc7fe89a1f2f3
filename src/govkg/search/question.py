"""What a question asks: language, setting, places, kind of question and the concepts it names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np

from govkg.errors import QuestionError
from govkg.model.claim import Kind
from govkg.ontology.matching import concept_matcher
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.facets import (
    Intent,
    Span,
    asked_intent,
    asked_setting,
    blank,
    content,
    local_spans,
)
from govkg.search.references import References, read_references, title_spans
from govkg.search.spelling import Spelled, Speller
from govkg.text.labels import LabelMatch, LabelMatcher
from govkg.text.overlap import LabelOverlap, terms_of

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
MAX_CHARACTERS = 2_000  # a page of text is not a question
# How much each way of recognising a concept is trusted, against a label found word for word.
_LABEL_SCORE, _PART_LABEL_SCORE = 1.0, 0.55
_WORDS_WEIGHT = 1.0
_VECTOR_WEIGHT = 1.0
# Two ways that agree are worth more than the better of the two.
_AGREEMENT = 0.25
_MIN_SCORE = 0.2
_MAX_CONCEPTS = 8
# Labels that share less with a question than this add nothing that could be seen.
_LEAST_OVERLAP = 0.1
_VECTOR_NEAREST = 12
# What joins two things that are compared, with the marks and articles around it.
_JOINS = re.compile(
    r"[\s”\"』」》]*(?:和|与|與|跟|同|及|、|还是|還是|或|,|\band\b|\bor\b|\bvs\b\.?|\bversus\b|"
    r"\bwith\b|\bfrom\b|\bto\b)[\s“\"『「《]*(?:\b(?:the|an?)\b)?[\s“\"]*",
    re.IGNORECASE,
)


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
    """A question as understood; `bare` if it names places, and asks of them nothing else.

    `text` is what was asked, `read_as` the same with its misspelt words corrected, which
    `corrections` lists as (written, read). `countries` are those of `places` that are countries;
    `sides` are the places or concepts that a comparison is between, in the order named.
    """

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
    read_as: str = ""
    corrections: tuple[tuple[str, str], ...] = ()
    references: References = field(default_factory=References)
    countries: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the question names, in order."""
        return self.references.years


def check_question(text: str) -> str:
    """The question without surrounding space.

    Raises:
        QuestionError: it is empty, longer than 2,000 characters, or not valid Unicode.
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


class QuestionReader:
    """Reads questions against one vocabulary and its gazetteer."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        places: Places,
        labels: Mapping[str, LabelVectors] | None = None,
        speller: Speller | None = None,
    ) -> None:
        """Takes the vectors of the finding labels by language, each by its own encoder.

        Without a `speller` every word is taken as it is written.
        """
        self._speller = speller
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
        self._labels_by_language = texts
        self._overlaps: dict[str, LabelOverlap] = {}

    def _overlap(self, language: str) -> LabelOverlap:
        """Finds labels by their words; made with the first question in a language."""
        if language not in self._overlaps:
            labels = self._labels_by_language[language]
            self._overlaps[language] = LabelOverlap(labels, language)
        return self._overlaps[language]

    def respell(self, text: str) -> Spelled:
        """The text with its misspelt words corrected, as it should be encoded.

        Titles in marks stay as they are written.
        """
        if self._speller is None:
            return Spelled(text)
        pieces: list[str] = []
        corrections: list[tuple[str, str]] = []
        done = 0
        for start, end in (*title_spans(text), (len(text), len(text))):
            spelled = self._speller.read(text[done:start])
            pieces += [spelled.text, text[start:end]]
            corrections += spelled.corrections
            done = end
        return Spelled("".join(pieces), tuple(corrections))

    def read(self, text: str, language: str, setting: str, vector: Matrix | None) -> Question:
        """The question understood; a `setting` other than any is the asker's choice.

        `language` is zh or en; `vector` is the embedding [d] of the respelt question by the
        encoder of its language's labels, or None.
        """
        spelled = self.respell(text)
        said = spelled.text
        here = local_spans(said)
        matches = self._matcher.find(said)
        places = [place for place in self._place_matcher.find(said) if not _is_within(place, here)]
        bare = bool(places) and not terms_of(content(blank(said, map(_span, places))), language)
        cosines = {} if bare else self._cosines(language, vector)
        concepts = self._concepts(said, language, matches, cosines)
        named = tuple(dict.fromkeys(iri for match in places for iri in match.targets))
        intent = asked_intent(said)
        return Question(
            text=text,
            language=language,
            setting=setting if setting != "any" else asked_setting(said),
            places=named,
            actors=tuple(c.iri for c in concepts if c.kind == "actor"),
            intent=intent,
            concepts=tuple(c for c in concepts if c.kind != "actor")[:_MAX_CONCEPTS],
            terms=tuple(terms_of(blank(said, here), language)),
            best_cosine=max(cosines.values(), default=0.0),
            bare=bare,
            read_as=said,
            corrections=spelled.corrections,
            references=read_references(text),
            countries=tuple(iri for iri in named if self._is_country(iri)),
            sides=self._sides(said, places, matches) if intent == "compare" else (),
        )

    def _is_country(self, iri: str) -> bool:
        place = self._places.get(iri)
        return place is not None and place.kind == "country"

    def _sides(
        self, text: str, places: list[LabelMatch], matches: list[LabelMatch]
    ) -> tuple[str, ...]:
        """The places that are compared, else the concepts that are named in one breath."""
        sides = [
            place.targets[0]
            for place, following in zip_longest(places, places[1:])
            if not self._leads_in_to(place, following)
        ]
        if len(set(sides)) > 1:
            return tuple(dict.fromkeys(sides))
        for first, match in enumerate(matches):
            row = [match]
            for following in matches[first + 1 :]:
                if not _JOINS.fullmatch(text, row[-1].end, following.start):
                    break
                row.append(following)
            sides = list(dict.fromkeys(one.targets[0] for one in row))
            if len(sides) > 1:
                return tuple(sides)
        return ()

    def _leads_in_to(self, place: LabelMatch, following: LabelMatch | None) -> bool:
        """Whether a place only says where the one right behind it lies: 北京市朝阳区."""
        if following is None or following.start > place.end:
            return False
        inner = self._places.get(following.targets[0])
        while inner is not None and inner.parent:
            if inner.parent in place.targets:
                return True
            inner = self._places.get(inner.parent)
        return False

    def _cosines(self, language: str, vector: Matrix | None) -> dict[str, float]:
        labels = self._label_vectors.get(language)
        if vector is None or labels is None or not labels.matrix.size:
            return {}
        cosines = labels.matrix @ vector
        best: dict[str, float] = {}
        for row in np.argsort(-cosines, kind="stable"):
            best.setdefault(labels.concepts[row], max(0.0, float(cosines[row])))
            if len(best) == _VECTOR_NEAREST:
                break
        return best

    def _concepts(
        self, text: str, language: str, matches: list[LabelMatch], cosines: dict[str, float]
    ) -> list[AskedConcept]:
        scores: dict[str, dict[str, float]] = {}
        weight = self._label_weights(text, language, matches)
        for match in matches:
            for iri in match.targets:
                by = scores.setdefault(iri, {})
                by["label"] = max(by.get("label", 0.0), weight[match.label])
        for near in self._overlap(language).find(content(text), _LEAST_OVERLAP):
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


def _span(match: LabelMatch) -> Span:
    return match.start, match.end


def _is_within(match: LabelMatch, spans: Sequence[Span]) -> bool:
    return any(start <= match.start and match.end <= end for start, end in spans)
