"""From a question's concepts along the graph: problems, causes, countermeasures, practices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govkg.graph.queries import ClaimRow, Graph
from govkg.model.claim import ASSERTED_CONFIDENCE, Kind
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.practices import PracticeRecord, is_within
from govkg.search.question import AskedConcept, Question

# A concept this far below the best one of the question is something else.
_CLOSE_TO_BEST, _WITHIN_REACH = 0.8, 0.5
_MAX_ASKED = 3
# One step up or down the hierarchy, or from a cause or measure back to its problem.
_STEP = 0.8
_BASIS_WEIGHT = {"explicit": 1.0, "structural": 0.9, "editorial": 0.75}
_STATUS_WEIGHT = {
    "outcome": 1.0,
    "practice": 1.0,
    "norm": 0.95,
    "diagnosis": 0.95,
    "recommendation": 0.8,
    "quotation": 0.6,
}
# A further measure adds a little to a practice: what fits one problem in many ways fits better.
_FURTHER = 0.15


@dataclass(slots=True)
class Linked:
    """A thing of the answer before it is cited: its score and the claims that brought it."""

    iri: str
    score: float
    claims: list[ClaimRow] = field(default_factory=list)

    def add(self, score: float, claim: ClaimRow) -> None:
        """Takes a further claim; the score is that of the best one."""
        self.score = max(self.score, score)
        if all(claim.iri != known.iri for known in self.claims):
            self.claims.append(claim)


@dataclass(frozen=True, slots=True)
class Links:
    """What the graph says about a question, each list best first."""

    problems: list[Linked]
    causes: list[Linked]
    countermeasures: list[Linked]
    practices: list[Linked]


class Linker:
    """Walks the graph of one build from what a question asks about."""

    def __init__(
        self,
        graph: Graph,
        vocabulary: Vocabulary,
        places: Places,
        practices: dict[str, PracticeRecord],
    ) -> None:
        """Takes the graph and what it names."""
        self._graph = graph
        self._vocabulary = vocabulary
        self._places = places
        self._practices = practices

    def link(self, question: Question) -> Links:
        """Everything linked to the concepts and places of the question.

        Where the graph says nothing of the best concepts, those less close are tried.
        """
        links = self._link(question, _asked(question, _CLOSE_TO_BEST))
        if not (links.problems or links.causes or links.countermeasures):
            links = self._link(question, _asked(question, _WITHIN_REACH))
        return links

    def _link(self, question: Question, asked: Sequence[AskedConcept]) -> Links:
        problems = self._problems(asked)
        claims = self._claims_about([*problems, *(c.iri for c in asked)])
        causes = self._related(asked, "cause", problems, claims) or self._wider_causes(problems)
        measures = self._related(asked, "countermeasure", problems, claims)
        practices = self._practices_for(question, problems, measures)
        if question.places and practices:
            measures = _tried_in(practices, measures)
        for iri, problem in problems.items():
            for claim in self._graph.claims_about([iri]):
                stated = claim.object == iri and claim.predicate == "states"
                if stated or (claim.subject == iri and claim.predicate == "hasCause"):
                    problem.add(problem.score, claim)
        kept = [_ranked(found) for found in (problems, causes, measures, practices)]
        return Links(*kept)

    def _claims_about(self, things: Iterable[str]) -> list[ClaimRow]:
        """The claims about things that are sure enough to be asserted.

        A thing that has no sure claim is shown with its doubtful ones rather than not at all:
        each carries its confidence.
        """
        found: dict[str, ClaimRow] = {}
        for thing in sorted(set(things)):
            claims = self._graph.claims_about([thing])
            sure = [claim for claim in claims if claim.confidence >= ASSERTED_CONFIDENCE]
            found.update((claim.iri, claim) for claim in sure or claims)
        return sorted(found.values(), key=lambda claim: (-claim.confidence, claim.iri))

    def _problems(self, asked: Sequence[AskedConcept]) -> dict[str, Linked]:
        found: dict[str, Linked] = {}
        for concept in asked:
            if concept.kind == "problem":
                for iri, score in self._with_claims(concept):
                    found.setdefault(iri, Linked(iri, 0.0)).score = max(
                        score, found[iri].score if iri in found else 0.0
                    )
        if found:
            return found
        for concept in asked:
            for claim in self._claims_about([concept.iri]):
                score = concept.score * _STEP * _weight(claim)
                if claim.predicate == "hasCause" and claim.object == concept.iri:
                    found.setdefault(claim.subject, Linked(claim.subject, 0.0)).add(score, claim)
                elif claim.predicate == "addresses" and claim.subject == concept.iri:
                    found.setdefault(claim.object, Linked(claim.object, 0.0)).add(score, claim)
        best = _ranked(found)[:_MAX_ASKED]
        return {linked.iri: linked for linked in best}

    def _with_claims(self, concept: AskedConcept) -> list[tuple[str, float]]:
        """The concept itself where documents speak of it, else its narrower, else its broader."""
        own = self._vocabulary.get(concept.iri)
        narrower = self._vocabulary.narrower(concept.iri)
        steps: list[Iterable[str]] = [[concept.iri], narrower, own.broader if own else ()]
        for distance, step in enumerate(steps):
            spoken = [iri for iri in step if self._claims_about([iri])]
            if spoken:
                return [(iri, concept.score * (_STEP if distance else 1.0)) for iri in spoken]
        return []

    def _related(
        self,
        asked: Sequence[AskedConcept],
        kind: Kind,
        problems: dict[str, Linked],
        claims: Sequence[ClaimRow],
    ) -> dict[str, Linked]:
        predicate = "hasCause" if kind == "cause" else "addresses"
        found: dict[str, Linked] = {}
        for claim in claims:
            if claim.predicate != predicate:
                continue
            problem, related = claim.subject, claim.object
            if kind == "countermeasure":
                problem, related = related, problem
            if problem in problems:
                score = problems[problem].score * _weight(claim)
                found.setdefault(related, Linked(related, 0.0)).add(score, claim)
        direct = {c.iri: c.score for c in asked if c.kind == kind}
        for claim in claims:
            if claim.predicate in {"states", "implements"} and claim.object in direct:
                score = direct[claim.object] * _weight(claim)
                found.setdefault(claim.object, Linked(claim.object, 0.0)).add(score, claim)
        stated = self._claims_about(set(found) - set(direct))
        for claim in stated:
            if claim.predicate == "states" and claim.object in found:
                found[claim.object].add(0.0, claim)
        return found

    def _wider_causes(self, problems: dict[str, Linked]) -> dict[str, Linked]:
        """The causes of the problems one step up, where those asked about have none."""
        found: dict[str, Linked] = {}
        for iri, problem in sorted(problems.items()):
            concept = self._vocabulary.get(iri)
            wider = concept.broader if concept else ()
            for claim in self._claims_about(wider):
                if claim.predicate == "hasCause" and claim.subject in wider:
                    score = problem.score * _STEP * _weight(claim)
                    found.setdefault(claim.object, Linked(claim.object, 0.0)).add(score, claim)
        return found

    def _practices_for(
        self, question: Question, problems: dict[str, Linked], measures: dict[str, Linked]
    ) -> dict[str, Linked]:
        found: dict[str, Linked] = {}
        for claim in self._claims_about(measures):
            if claim.predicate != "implements" or claim.object not in measures:
                continue
            if not self._is_at(claim.subject, question.places):
                continue
            score = measures[claim.object].score * _weight(claim)
            linked = found.setdefault(claim.subject, Linked(claim.subject, 0.0))
            further = _FURTHER * min(score, linked.score) if linked.claims else 0.0
            linked.add(score, claim)
            linked.score = min(1.0, linked.score + further)
        self._add_responders(question, problems, measures, found)
        self._add_places(question, measures, found)
        return found

    def _add_responders(
        self,
        question: Question,
        problems: dict[str, Linked],
        measures: dict[str, Linked],
        found: dict[str, Linked],
    ) -> None:
        """Practices that answer the problem as a whole, with what they did about it."""
        for iri, problem in problems.items():
            for practice in self._graph.responders(iri):
                if practice in found or not self._is_at(practice, question.places):
                    continue
                for claim in self._claims_about([practice]):
                    if claim.predicate == "implements" and claim.subject == practice:
                        score = problem.score * _STEP * _weight(claim)
                        found.setdefault(practice, Linked(practice, 0.0)).add(score, claim)
                        measure = measures.setdefault(claim.object, Linked(claim.object, 0.0))
                        measure.add(score * _STEP, claim)

    def _add_places(
        self, question: Question, measures: dict[str, Linked], found: dict[str, Linked]
    ) -> None:
        """A question that names a place is about what was done there, whatever the measure."""
        if not question.places or found:
            return
        there = [iri for iri in self._practices if self._is_at(iri, question.places)]
        for claim in self._claims_about(there):
            if claim.predicate == "implements" and claim.subject in there:
                score = _STEP * _weight(claim)
                found.setdefault(claim.subject, Linked(claim.subject, 0.0)).add(score, claim)
                measures.setdefault(claim.object, Linked(claim.object, 0.0)).add(score, claim)

    def _is_at(self, practice: str, places: Sequence[str]) -> bool:
        if not places:
            return True
        record = self._practices.get(practice)
        return record is not None and any(
            is_within(self._places, record.place, place) for place in places
        )


def _tried_in(practices: dict[str, Linked], measures: dict[str, Linked]) -> dict[str, Linked]:
    """The measures that these practices implement: who asks about a place wants what it did."""
    tried = {claim.object for practice in practices.values() for claim in practice.claims}
    return {iri: measure for iri, measure in measures.items() if iri in tried}


def _asked(question: Question, closeness: float) -> list[AskedConcept]:
    """The best concepts of each kind that come close to the best of all."""
    if not question.concepts:
        return []
    best = question.concepts[0].score
    close = [c for c in question.concepts if c.score >= closeness * best]
    by_kind: dict[str, list[AskedConcept]] = {}
    for concept in close:
        by_kind.setdefault(concept.kind, []).append(concept)
    return [concept for kind in by_kind.values() for concept in kind[:_MAX_ASKED]]


def _weight(claim: ClaimRow) -> float:
    return (
        claim.confidence
        * _BASIS_WEIGHT.get(claim.basis, 0.5)
        * _STATUS_WEIGHT.get(claim.status, 0.5)
    )


def _ranked(found: dict[str, Linked]) -> list[Linked]:
    return sorted(found.values(), key=lambda linked: (-linked.score, linked.iri))
