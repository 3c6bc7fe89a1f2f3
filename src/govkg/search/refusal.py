"""When to say that nothing was found: honest limits, decided in one place."""

from dataclasses import dataclass

from govkg.model.answer import Outcome, Reason
from govkg.search.linked import Links
from govkg.search.question import Question

# Read off development questions and everyday questions about other things (the weather, recipes,
# phones). A Chinese question is judged by its concepts and by the share of its terms that the
# best Chinese passage holds; an English one by MiniLM's cosine to the nearest passage or label,
# or by a lower one together with a share of its terms.
_CHINESE_CONCEPT = 0.22
_CHINESE_SHARE = 0.5
_ENGLISH_COSINE = 0.48
_ENGLISH_LOW_COSINE, _ENGLISH_SHARE = 0.3, 0.6


@dataclass(frozen=True, slots=True)
class Support:
    """How well the base supports an answer: best concept score, passage cosine, term share."""

    concept: float
    cosine: float
    share: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, its reason, and whether concept links may be shown."""

    outcome: Outcome
    reason: Reason | None


def decide(question: Question, links: Links, support: Support, missing: tuple[str, ...]) -> Verdict:
    """The outcome of a question: answered, partial or not found.

    A question about places that the base knows nothing of is refused with them in `missing`, one
    outside the field or without a single word is refused as such; a problem with nothing to do
    about it is partial.
    """
    if missing and len(missing) == len(question.places):
        return Verdict("not_found", "not_in_corpus")
    if not _in_field(question, support):
        return Verdict("not_found", "out_of_domain")
    if missing:
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
    if question.language == "zh":
        return support.concept >= _CHINESE_CONCEPT or support.share >= _CHINESE_SHARE
    if support.cosine >= _ENGLISH_COSINE:
        return True
    return support.cosine >= _ENGLISH_LOW_COSINE and support.share >= _ENGLISH_SHARE
