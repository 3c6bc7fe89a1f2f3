"""From a question's concepts along the graph: problems, causes, countermeasures, practices."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from govkg.graph.queries import ClaimRow, Graph
from govkg.model.claim import Kind
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.linked import STEP, Found, Linked, Links, claims_about, note, ranked, weight
from govkg.search.practices import PracticeRecord
from govkg.search.question import AskedConcept, Question
from govkg.search.tried import PracticeLinker

# A concept this far below the best one of the question is something else.
_CLOSE_TO_BEST, _WITHIN_REACH = 0.8, 0.5
_MAX_ASKED = 3
# A cause or measure that the question names too, however faintly, is the likelier one meant.
_NAMED_TOO = 1.0
# What fits no concept yet, in words of its document, stands behind what does.
_CANDIDATE = 0.6


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
        self._practices = PracticeLinker(graph, places, practices)

    def link(self, question: Question) -> Links:
        """Everything linked to the concepts and places of the question.

        Where the graph says nothing of the best concepts, those less close are tried, and last
        what is wider than the best.
        """
        tries = ((_CLOSE_TO_BEST, False), (_WITHIN_REACH, False), (_CLOSE_TO_BEST, True))
        links = Links([], [], [], [])
        for closeness, wider in tries:
            links = self._link(question, _asked(question, closeness), wider)
            if links.problems or links.causes or links.countermeasures:
                break
        return links

    def sides(self, question: Question) -> dict[str, Links]:
        """What is linked to each place or concept that a question compares, in their order."""
        found = {}
        for side in question.sides:
            if side in question.places:
                one = replace(question, places=(side,))
            else:
                named = tuple(c for c in question.concepts if c.iri == side)
                one = replace(question, concepts=named)
            found[side] = self.link(one)
        return found

    def _link(self, question: Question, asked: Sequence[AskedConcept], wider: bool) -> Links:
        problems = self._problems(asked, wider)
        claims = claims_about(self._graph, [*problems, *(c.iri for c in asked)])
        causes = self._related(asked, "cause", problems, claims) or self._wider_causes(problems)
        measures = self._related(asked, "countermeasure", problems, claims)
        for concept in question.concepts:
            for found in (causes, measures):
                if concept.iri in found and concept not in asked:
                    found[concept.iri].strengthen(_NAMED_TOO * concept.score)
        direct = {c.iri for c in asked if c.kind == "countermeasure"}
        practices = self._practices.practices_for(problems, measures, direct, question.places)
        if question.places and not practices:
            practices = self._practices.practices_at(question.places, measures)
            if practices:
                measures = _tried_in(practices, measures)
                problems, causes = self._met_by(practices, measures, problems, causes)
        elif question.places:
            measures = _tried_in(practices, measures)
        for problem in problems.values():
            self._state(problem)
        return Links(*(ranked(found) for found in (problems, causes, measures, practices)))

    def _problems(self, asked: Sequence[AskedConcept], wider: bool) -> Found:
        found: Found = {}
        for concept in asked:
            if concept.kind == "problem":
                for iri, score in self._with_claims(concept, wider):
                    linked = found.setdefault(iri, Linked(iri, 0.0))
                    linked.score = max(linked.score, score)
        return found or self._problems_behind(asked)

    def _problems_behind(self, asked: Sequence[AskedConcept]) -> Found:
        """The problems of the causes and measures that a question names without a problem."""
        found: Found = {}
        for concept in asked:
            for claim in claims_about(self._graph, [concept.iri]):
                score = concept.score * STEP * weight(claim)
                if claim.predicate == "hasCause" and claim.object == concept.iri:
                    note(found, claim.subject, score, claim)
                elif claim.predicate == "addresses" and claim.subject == concept.iri:
                    note(found, claim.object, score, claim)
        return {linked.iri: linked for linked in ranked(found)[:_MAX_ASKED]}

    def _with_claims(self, concept: AskedConcept, wider: bool) -> list[tuple[str, float]]:
        """The concept itself where documents speak of it, else its narrower; or its broader."""
        own = self._vocabulary.get(concept.iri)
        steps: list[Iterable[str]] = [[concept.iri], self._vocabulary.narrower(concept.iri)]
        if wider:
            steps.append(own.broader if own else ())
        for distance, step in enumerate(steps):
            spoken = [iri for iri in step if claims_about(self._graph, [iri])]
            if spoken:
                return [(iri, concept.score * (STEP if distance else 1.0)) for iri in spoken]
        return []

    def _related(
        self,
        asked: Sequence[AskedConcept],
        kind: Kind,
        problems: Found,
        claims: Sequence[ClaimRow],
    ) -> Found:
        predicate = "hasCause" if kind == "cause" else "addresses"
        found: Found = {}
        for claim in claims:
            if claim.predicate != predicate:
                continue
            problem, related = claim.subject, claim.object
            if kind == "countermeasure":
                problem, related = related, problem
            if problem in problems:
                note(found, related, problems[problem].score * weight(claim), claim)
        direct = {c.iri: c.score for c in asked if c.kind == kind}
        for claim in claims:
            if claim.predicate in {"states", "implements"} and claim.object in direct:
                note(found, claim.object, direct[claim.object] * weight(claim), claim)
        for claim in claims_about(self._graph, set(found) - set(direct)):
            if claim.predicate == "states" and claim.object in found:
                found[claim.object].add(0.0, claim)
        self._put_candidates_back(found)
        return found

    def _put_candidates_back(self, found: Found) -> None:
        for iri, linked in found.items():
            if self._vocabulary.get(iri) is None:
                linked.score *= _CANDIDATE

    def _wider_causes(self, problems: Found) -> Found:
        """The causes of the problems one step up, where those asked about have none.

        Only what a document says that speaks of the problem asked about too: of the many things
        behind the wider problem most have nothing to do with it.
        """
        found: Found = {}
        for iri, problem in sorted(problems.items()):
            concept = self._vocabulary.get(iri)
            wider = concept.broader if concept else ()
            speaking = self._documents_of(claims_about(self._graph, [iri]))
            for claim in claims_about(self._graph, wider):
                cause = claim.predicate == "hasCause" and claim.subject in wider
                if cause and speaking & self._documents_of([claim]):
                    note(found, claim.object, problem.score * STEP * weight(claim), claim)
        return found

    def _documents_of(self, claims: Iterable[ClaimRow]) -> set[str]:
        evidence = self._graph.evidence_of(claim.iri for claim in claims)
        return {piece.document for pieces in evidence.values() for piece in pieces}

    def _met_by(
        self, practices: Found, measures: Found, problems: Found, causes: Found
    ) -> tuple[Found, Found]:
        """The problems that the practices of a place respond to, with the causes of those asked.

        A question that names a place and nothing that was tried there is about the place: what
        else its words resemble stays out.
        """
        met = {p for practice in practices for p in self._graph.responses_of(practice)}
        asked = {iri: problem for iri, problem in problems.items() if iri in met}
        if asked:
            return asked, {
                iri: cause
                for iri, cause in causes.items()
                if any(claim.subject in asked for claim in cause.claims)
            }
        found = self._practices.stated_with(practices)
        for claim in claims_about(self._graph, () if found else measures):
            if claim.predicate == "addresses" and claim.subject in measures and claim.object in met:
                note(found, claim.object, measures[claim.subject].score * weight(claim), claim)
        return {linked.iri: linked for linked in ranked(found)[:_MAX_ASKED]}, {}

    def _state(self, problem: Linked) -> None:
        """Gives a problem the claims that state it or its causes, else those on what meets it."""
        about = self._graph.claims_about([problem.iri])
        for claim in about:
            stated = claim.object == problem.iri and claim.predicate == "states"
            if stated or (claim.subject == problem.iri and claim.predicate == "hasCause"):
                problem.add(problem.score, claim)
        if not problem.claims:
            for claim in about:
                if claim.predicate == "addresses" and claim.object == problem.iri:
                    problem.add(problem.score, claim)


def _tried_in(practices: Found, measures: Found) -> Found:
    """The measures that these practices implement: who asks about a place wants what it did."""
    tried = {claim.object for practice in practices.values() for claim in practice.claims}
    return {iri: measure for iri, measure in measures.items() if iri in tried}


def _asked(question: Question, closeness: float) -> list[AskedConcept]:
    """The best concepts of each kind that come close to the best of all.

    Who describes a cause means the problem behind it: it need be close to the best problem only.
    """
    if not question.concepts:
        return []
    best = question.concepts[0]
    floor = dict.fromkeys(("problem", "cause", "countermeasure"), closeness * best.score)
    if best.kind == "cause":
        problem = next((c.score for c in question.concepts if c.kind == "problem"), 0.0)
        floor["problem"] = max(closeness * problem, _WITHIN_REACH * best.score)
    by_kind: dict[str, list[AskedConcept]] = {}
    for concept in question.concepts:
        if concept.score >= floor.get(concept.kind, closeness * best.score):
            by_kind.setdefault(concept.kind, []).append(concept)
    return [concept for kind in by_kind.values() for concept in kind[:_MAX_ASKED]]
