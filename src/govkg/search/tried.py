"""The practices of an answer: what was tried against the problems, or at the place, asked about."""

from collections.abc import Collection, Iterable, Sequence

from govkg.graph.queries import ClaimRow, Graph
from govkg.ontology.places import Places
from govkg.search.linked import STEP, Found, claims_about, note, weight
from govkg.search.practices import PracticeRecord, is_within

# A further measure adds a little to a practice: what fits one problem in many ways fits better.
_FURTHER = 0.15
# A measure fits many problems. A practice whose documents never speak of the problem asked about
# shares the measure with it and perhaps nothing else. Where an editor signed what the practice
# answers, and the problem is not among it, it is certainly nothing else.
_PROBLEM_UNSPOKEN = 0.5
# A practice that nobody described as one is told of in a part of a document on more than that.
_PART_OF_A_DOCUMENT = 0.9


class PracticeLinker:
    """Finds the practices of one build."""

    def __init__(self, graph: Graph, places: Places, practices: dict[str, PracticeRecord]) -> None:
        """Takes the graph and what it names."""
        self._graph = graph
        self._places = places
        self._practices = practices

    def practices_for(
        self,
        problems: Found,
        measures: Found,
        asked_measures: Collection[str],
        places: Sequence[str],
    ) -> Found:
        """Practices that implement the measures or respond to the problems, at the places if any.

        What a practice did about a problem as a whole is added to `measures`.
        """
        found: Found = {}
        for claim in claims_about(self._graph, measures):
            if claim.predicate != "implements" or claim.object not in measures:
                continue
            if not self._is_at(claim.subject, places):
                continue
            score = measures[claim.object].score * weight(claim)
            before = found[claim.subject].score if claim.subject in found else 0.0
            linked = note(found, claim.subject, score, claim)
            linked.score = min(1.0, linked.score + _FURTHER * min(score, before))
        self._add_responders(problems, measures, places, found)
        self._weigh_by_problem(problems, asked_measures, found)
        return found

    def practices_at(self, places: Sequence[str], measures: Found) -> Found:
        """All practices at the places, whatever they did; that is added to `measures`."""
        found: Found = {}
        there = [iri for iri in self._practices if self._is_at(iri, places)]
        for claim in self._implemented(there):
            score = STEP * weight(claim)
            note(found, claim.subject, score, claim)
            note(measures, claim.object, score, claim)
        return found

    def stated_with(self, practices: Found) -> Found:
        """The problems that a practice responds to and that its own documents state.

        What these documents state most surely comes first.
        """
        found: Found = {}
        for practice, linked in practices.items():
            met = self._graph.responses_of(practice)
            told = self._documents_of(linked.claims)
            for claim in claims_about(self._graph, met):
                if claim.predicate == "states" and claim.object in met:
                    pieces = self._graph.evidence_of([claim.iri]).get(claim.iri, ())
                    sure = max((p.confidence for p in pieces if p.document in told), default=0.0)
                    if sure:
                        note(found, claim.object, STEP * sure * self._own(practice), claim)
        return found

    def _add_responders(
        self, problems: Found, measures: Found, places: Sequence[str], found: Found
    ) -> None:
        for iri, problem in problems.items():
            for practice in self._graph.responders(iri):
                if practice in found or not self._is_at(practice, places):
                    continue
                for claim in self._implemented([practice]):
                    score = problem.score * STEP * weight(claim)
                    note(found, practice, score, claim)
                    note(measures, claim.object, score * STEP, claim)

    def _weigh_by_problem(
        self, problems: Found, asked_measures: Collection[str], found: Found
    ) -> None:
        if not problems:
            return
        about = [
            claim
            for claim in self._graph.claims_about(problems)
            if claim.predicate in {"states", "hasCause"}
        ]
        spoken = self._documents_of(about)
        for practice, linked in list(found.items()):
            asked = any(claim.object in asked_measures for claim in linked.claims)
            if asked or spoken & self._documents_of(linked.claims):
                continue
            if any(claim.basis == "editorial" for claim in linked.claims):
                del found[practice]
            else:
                linked.score *= _PROBLEM_UNSPOKEN

    def _documents_of(self, claims: Iterable[ClaimRow]) -> set[str]:
        evidence = self._graph.evidence_of(claim.iri for claim in claims)
        return {piece.document for pieces in evidence.values() for piece in pieces}

    def _own(self, practice: str) -> float:
        """How far what its documents say is about the practice, and not about others beside it."""
        extracted = self._practices[practice].verification == "extracted"
        return _PART_OF_A_DOCUMENT if extracted else 1.0

    def _implemented(self, practices: Collection[str]) -> list[ClaimRow]:
        return [
            claim
            for claim in claims_about(self._graph, practices)
            if claim.predicate == "implements" and claim.subject in practices
        ]

    def _is_at(self, practice: str, places: Sequence[str]) -> bool:
        if not places:
            return True
        record = self._practices.get(practice)
        return record is not None and any(
            is_within(self._places, record.place, place) for place in places
        )
