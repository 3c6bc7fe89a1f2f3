"""When to say that nothing was found: honest limits, decided in one place."""

from dataclasses import dataclass

from govkg.model.answer import Outcome, Reason
from govkg.search.linked import Links
from govkg.search.question import Question

# What speaks for a question being of the field, as one number: the cosine of the nearest passage,
# something for the best concept, less for Chinese words that no document has. Weights and floors
# were fitted to development questions over two bases, so that about one answerable question in
# twenty falls below; English cosines lie higher than Chinese ones, hence two rows.
_CONCEPT = {"zh": 0.52, "en": 0.6}
_UNKNOWN = {"zh": 0.39, "en": 0.0}
_FLOOR = {"zh": 0.51, "en": 0.75}
_OF_THE_FIELD = 0.4
# A passage in the other language is this much farther away than one as good in the same.
_ACROSS = 0.1
# What an answerable Chinese question has of words unknown to a Chinese base; taken to be so
# where the base has nothing in the question's language.
TYPICAL_UNKNOWN = 0.45
# Who asks what to do, or why, in a compound of which the base never heard, can be helped;
# who asks what somebody unknown said, or what an unknown programme does, cannot.
_GENERAL = frozenset({"what_to_do", "why"})


@dataclass(frozen=True, slots=True)
class Support:
    """How well the base supports an answer, each from 0 to 1.

    `concept` is the score of the best concept; `own` and `other` are the cosines of the nearest
    passage in the question's language and in the other; `unknown` is the share of the question's
    words, by rarity, that no document has.
    """

    concept: float
    own: float
    other: float
    unknown: float = TYPICAL_UNKNOWN

    def holds(self, language: str) -> bool:
        """Whether that is enough to answer a question in a language."""
        nearest = max(self.own, self.other + _ACROSS)
        total = nearest + _CONCEPT[language] * self.concept - _UNKNOWN[language] * self.unknown
        return total >= _FLOOR[language]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a question names and is not there: places, documents, persons and other names.

    The `subjects` are persons whom the question is about.

    The `doubtful` are single words, which need not be what the question is about.
    """

    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """All of them, each once."""
        named = (*self.places, *self.documents, *self.subjects, *self.names, *self.doubtful)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome and its reason."""

    outcome: Outcome
    reason: Reason | None


def decide(question: Question, links: Links, support: Support, missing: Missing) -> Verdict:
    """The outcome of a question: answered, partial or not found.

    A question about places that the base knows nothing of, or about somebody or something unknown
    to it, is refused with their names in `missing`; one outside the field or without a single word
    is refused as such; a problem with nothing to do about it is partial.
    """
    if not _in_field(question, support):
        # Who is asked about and was never heard of is what is missing; so is another name among
        # words of the field.
        somebody = missing.subjects or (missing.names and support.concept >= _OF_THE_FIELD)
        named = missing.places or missing.documents or somebody
        return Verdict("not_found", "not_in_corpus" if named else "out_of_domain")
    nowhere = missing.places and len(missing.places) == len(question.places)
    things = missing.documents or missing.names
    unheard = missing.subjects or (things and question.intent not in _GENERAL)
    if nowhere or unheard:
        return Verdict("not_found", "not_in_corpus")
    if missing.all:
        return Verdict("partial", None)
    if links.problems and not links.countermeasures:
        return Verdict("partial", "no_countermeasure")
    return Verdict("answered", None)


def _in_field(question: Question, support: Support) -> bool:
    if not any(character.isalpha() for character in question.text):
        return False
    if question.places and (question.bare or question.actors):
        # A place, and nothing else or an actor of the field: whether the base knows the place
        # is the next question.
        return True
    return support.holds(question.language)
