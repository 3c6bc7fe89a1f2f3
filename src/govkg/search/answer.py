"""Composing the answer: choose, group, cite, or refuse."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from govkg.graph.queries import ClaimRow, Graph
from govkg.model.answer import (
    Answer,
    Bilingual,
    Conflict,
    Found,
    FoundPractice,
    Hit,
    Practices,
    Reference,
    Side,
)
from govkg.model.claim import ASSERTED_CONFIDENCE
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.search.agreement import Agreement
from govkg.search.citing import Citer
from govkg.search.corpus import StoredCorpus
from govkg.search.linked import Linked, Links
from govkg.search.practices import PracticeRecord, spoken
from govkg.search.question import Question
from govkg.search.refusal import Missing, Support, Verdict, decide
from govkg.search.reproduce import reproducing_query
from govkg.search.retrieve import Ranked
from govkg.search.summary import quote_best, refuse, summarise
from govkg.search.understood import Labels, understood

# More claims of one thing than this are for the graph, not for a page.
_CLAIMS_SHOWN = 4
_RELATED_SHOWN = 5
# Of each side of a comparison so much is laid beside the other.
_OF_A_SIDE = 5
# A thing linked more weakly than this share of the best of its list is left out.
_WORTH_SHOWING = 0.35
# Practices at home and abroad stand on their own shelves. On each the best sets the measure, so
# that a near relative is not followed by whatever shares one measure with it; and what reaches
# the question through links weaker than this share of its best concept is not about it.
_WORTH_SHELVING, _REACHES = 0.6, 0.05
# A practice gains by the place of its document among those that the best passages come from: this
# share for the first, half of it for the second, and so on; those further down gain nothing.
_TOLD, _TELLING = 1.0, 10


@dataclass(frozen=True, slots=True)
class Known:
    """What one build knows, as far as composing needs it."""

    build: str
    corpus: StoredCorpus
    graph: Graph
    vocabulary: Vocabulary
    places: Places
    practices: dict[str, PracticeRecord]
    agreement: Agreement


class Composer:
    """Composes one answer; its citations are numbered in the order of use."""

    def __init__(
        self,
        known: Known,
        question: Question,
        limit: int,
        translations: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        """Takes what is known, the question, and how long each list may be (1 to 50).

        `translations` are the English words by which the question's Chinese terms were looked for.
        """
        self._known = known
        self._translations = translations or {}
        self._labels = Labels(known.vocabulary, known.places, known.graph)
        self._question = question
        self._limit = limit
        self._citer = Citer(known.corpus, known.graph, question.language)
        self._agreement = known.agreement

    def compose(
        self,
        links: Links,
        ranked: Sequence[Ranked],
        support: Support,
        missing: Missing,
        sides: Mapping[str, Links],
    ) -> Answer:
        """The whole answer; `sides` are what is linked to each side of a comparison."""
        verdict = decide(self._question, links, support, missing)
        # What is not of the field at all is not missing here.
        foreign = verdict.reason == "out_of_domain"
        empty = self._empty(() if foreign else missing.all)
        if verdict.outcome == "not_found":
            return self._refusal(empty, verdict, ranked)
        language = self._question.language
        problems = self._found(links.problems)
        causes = self._found(links.causes)
        measures = self._found(links.countermeasures)
        practices = self._practices(self._told(links.practices, ranked))
        hits = self.hits(ranked, self._limit)
        comparison = self._comparison(sides)
        conflicts = self._conflicts(links, (problems, causes, measures), practices)
        citations = self._citer.citations
        summary = summarise(language, problems, causes, measures, practices)
        return replace(
            empty,
            outcome=verdict.outcome,
            reason=verdict.reason,
            summary=summary or quote_best(language, hits, citations),
            problems=problems,
            causes=causes,
            countermeasures=measures,
            practices=practices,
            passages=hits,
            citations=citations,
            conflicts=conflicts,
            comparison=comparison,
            sparql=reproducing_query(
                problem=problems,
                cause=causes,
                countermeasure=measures,
                practice=(*practices.domestic, *practices.overseas),
            ),
        )

    def _refusal(self, empty: Answer, verdict: Verdict, ranked: Sequence[Ranked]) -> Answer:
        """No lists but the nearest passages, where the question is of the field at all."""
        near = ranked if verdict.reason == "not_in_corpus" else ()
        language = self._question.language
        return replace(
            empty,
            outcome=verdict.outcome,
            reason=verdict.reason,
            related=self.hits(near, min(_RELATED_SHOWN, self._limit)),
            summary=refuse(language, verdict.outcome, verdict.reason, empty.missing),
            citations=self._citer.citations,
        )

    def _empty(self, missing: tuple[str, ...]) -> Answer:
        question = self._question
        return Answer(
            question=question.text,
            language=question.language,
            build=self._known.build,
            outcome="answered",
            reason=None,
            missing=missing,
            summary="",
            understood=understood(question, self._labels, self._translations),
            sparql=reproducing_query(),
        )

    def _found(self, linked: Sequence[Linked]) -> tuple[Found, ...]:
        best = linked[0].score if linked else 0.0
        found: list[Found] = []
        for one in linked:
            if one.score >= _WORTH_SHOWING * best and len(found) < self._limit:
                cited = self._cite(one.claims)
                if cited:
                    found.append(self._concept(one, cited))
        return tuple(found)

    def _concept(self, one: Linked, cited: tuple[Any, ...]) -> Found:
        concept = self._known.vocabulary.get(one.iri)
        return Found(
            iri=one.iri,
            notation=concept.notation if concept else "",
            label=self._labels.of(one.iri),
            score=round(one.score, 4),
            claims=cited,
            citations=_numbers(cited),
            corroboration=self._corroboration(one),
        )

    def _corroboration(self, one: Linked) -> int:
        evidence = self._known.graph.evidence_of(claim.iri for claim in one.claims)
        return self._agreement.corroboration(evidence.values())

    def _cite(self, claims: Sequence[ClaimRow]) -> tuple[Any, ...]:
        evidence = self._known.graph.evidence_of(c.iri for c in claims)
        foreign = {c.iri for c in claims if not self._citer.is_spoken(evidence[c.iri])}
        cited = [
            self._citer.cite_claim(claim, evidence[claim.iri])
            for claim in _for_showing(claims, foreign)[:_CLAIMS_SHOWN]
        ]
        return tuple(claim for claim in cited if claim is not None)

    def _told(self, practices: list[Linked], ranked: Sequence[Ranked]) -> list[Linked]:
        """The practices in order again, those favoured that the best passages tell of."""
        corpus, graph = self._known.corpus, self._known.graph
        documents = list(dict.fromkeys(corpus.passages[one.row].document for one in ranked))
        place = {iri: n for n, iri in enumerate(documents[:_TELLING], start=1)}
        for practice in practices:
            evidence = graph.evidence_of(claim.iri for claim in practice.claims)
            told = {piece.document for pieces in evidence.values() for piece in pieces}
            best = min((place[iri] for iri in told if iri in place), default=0)
            if best:
                practice.strengthen(_TOLD / best)
        return sorted(practices, key=lambda one: (-one.score, one.iri))

    def _practices(self, linked: Sequence[Linked]) -> Practices:
        by_setting: dict[str, list[FoundPractice]] = {"domestic": [], "overseas": []}
        floor = _REACHES * max((c.score for c in self._question.concepts), default=0.0)
        best: dict[str, float] = {}
        for one in linked:
            record = self._known.practices.get(one.iri)
            shelf = by_setting.get(record.setting) if record else None
            if record is None or shelf is None or len(shelf) >= self._limit:
                continue
            if self._question.setting not in {"any", record.setting}:
                continue
            share = one.score / best.setdefault(record.setting, one.score)
            if one.score < floor or share < _WORTH_SHELVING:
                continue
            if cited := self._cite(one.claims):
                shelf.append(self._practice(one, record, cited))
        return Practices(tuple(by_setting["domestic"]), tuple(by_setting["overseas"]))

    def _practice(
        self, one: Linked, record: PracticeRecord, cited: tuple[Any, ...]
    ) -> FoundPractice:
        language = self._question.language
        claims = [
            claim
            for claim in self._known.graph.claims_about([one.iri])
            if claim.subject == one.iri and claim.confidence >= ASSERTED_CONFIDENCE
        ]
        named = {
            predicate: sorted({claim.object for claim in claims if claim.predicate == predicate})
            for predicate in ("involves", "implements", "reportedOutcome")
        }
        return FoundPractice(
            iri=one.iri,
            notation="",
            label=record.label,
            score=round(one.score, 4),
            claims=cited,
            citations=_numbers(cited),
            place=record.place_label,
            setting=record.setting,
            years=record.years,
            actors=tuple(Reference(iri, self._labels.of(iri)) for iri in named["involves"]),
            measures=tuple(Reference(iri, self._labels.of(iri)) for iri in named["implements"]),
            results=spoken(record.results, language) or " ".join(named["reportedOutcome"][:1]),
            conditions=spoken(record.conditions, language),
            responds_to=tuple(self._known.graph.responses_of(one.iri)),
            verification=record.verification,
            corroboration=self._corroboration(one),
        )

    def _comparison(self, sides: Mapping[str, Links]) -> tuple[Side, ...]:
        """The sides of a comparison; none where nothing is known of any."""
        found = tuple(self._side(iri, links) for iri, links in sides.items())
        return found if any(one.countermeasures or one.practices for one in found) else ()

    def _side(self, iri: str, links: Links) -> Side:
        """One side of a comparison: its measures, and its practices at home and abroad."""
        shelves = self._practices(links.practices)
        practices = (*shelves.domestic, *shelves.overseas)
        measures = links.countermeasures
        if iri in self._question.places:
            # Of a place only what was tried there, by what is shown.
            tried = {practice.iri for practice in practices}
            measures = [m for m in measures if any(c.subject in tried for c in m.claims)]
        most = min(_OF_A_SIDE, self._limit)
        return Side(iri, self._side_label(iri), self._found(measures)[:most], practices[:most])

    def _conflicts(
        self, links: Links, found: Iterable[Sequence[Found]], practices: Practices
    ) -> tuple[Conflict, ...]:
        """What the documents disagree on, of all that the answer shows."""
        parts = (*found, practices.domestic, practices.overseas)
        things = {one.iri for part in parts for one in part}
        linked = (*links.problems, *links.causes, *links.countermeasures, *links.practices)
        claims = {claim.iri for one in linked if one.iri in things for claim in one.claims}
        cited = {citation.document.iri for citation in self._citer.citations}
        return self._agreement.conflicts(things | claims | cited, self._side_label, self._citer)

    def _side_label(self, iri: str) -> Bilingual:
        """The label of whatever a conflict is on: a practice, a place or a concept."""
        if record := self._known.practices.get(iri):
            return record.label
        return self._labels.of(iri)

    def hits(self, ranked: Sequence[Ranked], limit: int | None = None) -> tuple[Hit, ...]:
        """The first passages as hits, each cited.

        What says nearly the same as one before takes no place: it is among that one's duplicates.
        """
        corpus, graph = self._known.corpus, self._known.graph
        folded = set[str]()
        hits: list[Hit] = []
        for one in ranked:
            passage = corpus.passages[one.row]
            if passage.iri in folded or len(hits) == limit:
                continue
            again = graph.same_words(passage.iri)
            folded.update(again)
            document = corpus.document[passage.document]
            hits.append(
                Hit(
                    rank=len(hits) + 1,
                    score=one.score,
                    document=document.iri,
                    path=document.path,
                    title=document.title,
                    section=" > ".join(passage.section),
                    passage=passage.iri,
                    text=passage.text,
                    language=passage.language,
                    found_by=one.found_by,
                    duplicates=tuple(x for iri in again if (x := self._citer.place(iri))),
                    citation=self._citer.cite_passage(passage),
                )
            )
        return tuple(hits)


def _for_showing(claims: Sequence[ClaimRow], foreign: Collection[str]) -> list[ClaimRow]:
    """Links before statements, the surest first; but a problem opens with what states it.

    Of claims about equally sure, those without a quotation in the question's language, which
    `foreign` names, come last.
    """
    ordered = sorted(
        claims,
        key=lambda c: (
            c.predicate == "states",
            -round(c.confidence, 1),
            c.iri in foreign,
            -c.confidence,
            c.iri,
        ),
    )
    explained = {c.subject for c in ordered if c.predicate == "hasCause"}
    opening = [c for c in ordered if c.predicate == "states" and c.object in explained][:1]
    return opening + [c for c in ordered if c not in opening]


def _numbers(claims: Sequence[Any]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for claim in claims for n in claim.citations))
