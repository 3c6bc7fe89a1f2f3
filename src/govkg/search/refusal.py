"""When to say that nothing was found: honest limits, decided in one place."""

from dataclasses import dataclass
from typing import Literal

from govkg.model.answer import Outcome, Reason
from govkg.search.link import Links
from govkg.search.question import Question

# Below both figures a question has nothing to do with the base. The cosine is MiniLM's between
# an English question and the nearest label or passage; the share is that of a question's
# terms which the best passage holds.
_MIN_CONCEPT = {"en": 0.42, "zh": 0.42}
_MIN_COSINE = 0.42
_MIN_SHARE = 0.45

Strength = Literal["concept", "passage", "none"]


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


def decide(
    question: Question, links: Links, support: Support, missing: tuple[str, ...]
) -> Verdict:
    """The outcome of a question: answered, partial or not found.

    A question outside the field is refused first; one about a place the base knows nothing of is
    refused with that place in `missing`; a problem with nothing to do about it is partial.
    """
    by_concept = support.concept >= _MIN_CONCEPT[question.language]
    by_passage = support.cosine >= _MIN_COSINE or support.share >= _MIN_SHARE
    if not by_concept and not by_passage:
        return Verdict("not_found", "out_of_domain")
    if missing and len(missing) == len(question.places):
        return Verdict("not_found", "not_in_corpus")
    if missing:
        return Verdict("partial", None)
    if by_concept and links.problems and not links.countermeasures:
        return Verdict("partial", "no_countermeasure")
    return Verdict("answered", None)
