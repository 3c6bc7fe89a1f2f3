"""Extraction against the expert's reading of the seed paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govkg.evaluate.gold import concepts_by_seed, locate_sentences, read_gold
from govkg.evaluate.metrics import score
from govkg.graph.queries import ClaimRow
from govkg.knowledge_base import KnowledgeBase
from govkg.model.claim import ASSERTED_CONFIDENCE

_KINDS = {
    "problems": "problem",
    "causes": "cause",
    "countermeasures": "countermeasure",
    "actors": "actor",
}
_PREDICATES = {"has_cause": "hasCause", "addresses": "addresses", "implements": "implements"}
CORE, ALLOWED, TRAP = 0.8, 0.6, 0.3
Span = tuple[int, int]
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the expert found: the gold record, the notations that stand for it, its sentences."""

    gold: Mapping[str, Any]
    notations: frozenset[str]
    spans: tuple[Span, ...]
    is_found: bool


@dataclass(frozen=True, slots=True)
class Predicted:
    """What the base found: a notation, where, and whether the expert found it there as well."""

    notation: str
    spans: tuple[Span, ...]
    is_right: bool


@dataclass(frozen=True, slots=True)
class ExpectedLink:
    """A link of the expert, and the triples of notations that stand for it."""

    gold: Mapping[str, Any]
    triples: frozenset[Triple]
    spans: tuple[Span, ...]
    is_found: bool

    @property
    def is_core(self) -> bool:
        """Whether the expert is sure enough of it for recall."""
        return bool(self.gold["confidence"] >= CORE)


@dataclass(frozen=True, slots=True)
class PredictedLink:
    """A link of the base with its surest claim; the expert's confidence is 0 for none."""

    triple: Triple
    claim: ClaimRow
    spans: tuple[Span, ...]
    gold_confidence: float

    @property
    def is_right(self) -> bool:
        """Whether the expert gives it enough confidence for precision."""
        return self.gold_confidence >= ALLOWED

    @property
    def is_trap(self) -> bool:
        """Whether the expert marks it as one that must not be made."""
        return 0 < self.gold_confidence <= TRAP


@dataclass(frozen=True, slots=True)
class Comparison:
    """The expert's reading of a document beside the base's; findings by the names of the report."""

    text: str
    expected: Mapping[str, Sequence[Expected]]
    predicted: Mapping[str, Sequence[Predicted]]
    expected_links: Sequence[ExpectedLink]
    predicted_links: Sequence[PredictedLink]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the base says about one document: findings by concept, mentions of actors, links."""

    findings: Mapping[str, list[Span]]
    actors: Mapping[str, list[Span]]
    links: Mapping[Triple, tuple[ClaimRow, tuple[Span, ...]]]


def compare(base: KnowledgeBase, path: Path) -> Comparison | None:
    """The document that the gold describes, as read by both; None where the base lacks it."""
    gold = read_gold(path)
    document, places = locate_sentences(path, base.corpus)
    if document is None:
        return None
    seeds = concepts_by_seed(path)
    found = _found(base, document.iri)
    expected, predicted = {}, {}
    for name, kind in _KINDS.items():
        own = {concept.notation for concept in base.vocabulary.concepts if concept.kind == kind}
        of_kind = found.actors if kind == "actor" else found.findings
        spans = {notation: spans for notation, spans in of_kind.items() if notation in own}
        expected[name] = _expected(gold[name], spans, seeds, places)
        predicted[name] = _predicted(expected[name], spans)
    links = _expected_links(gold["links"], found, seeds, places)
    return Comparison(document.text, expected, predicted, links, _predicted_links(links, found))


def measure(comparison: Comparison) -> dict[str, Any]:
    """P, R and F1 by kind, and links by gold confidence."""
    report: dict[str, Any] = {
        name: asdict(
            score(
                correct=sum(one.is_right for one in comparison.predicted[name]),
                predicted=len(comparison.predicted[name]),
                matched=sum(one.is_found for one in expected),
                expected=len(expected),
            )
        )
        for name, expected in comparison.expected.items()
    }
    core = [link for link in comparison.expected_links if link.is_core]
    report["links"] = {
        "recall_at_08": share(link.is_found for link in core),
        "precision_at_06": share(link.is_right for link in comparison.predicted_links),
        "traps": sum(link.is_trap for link in comparison.predicted_links),
    }
    return report


def share(marks: Iterable[bool]) -> float:
    """How many of them are true, 0 to 1, to three decimals; 0 for none."""
    found = list(marks)
    return round(sum(found) / len(found), 3) if found else 0.0


def _found(base: KnowledgeBase, document: str) -> _Found:
    notation = {c.iri: c.notation for c in base.vocabulary.concepts}
    claims = base.graph.claims_about([document, *notation])
    evidence = base.graph.evidence_of(claim.iri for claim in claims)
    findings: dict[str, list[Span]] = {}
    links: dict[Triple, tuple[ClaimRow, tuple[Span, ...]]] = {}
    for claim in claims:
        spans = [(e.start, e.end) for e in evidence.get(claim.iri, ()) if e.document == document]
        if not spans:
            continue
        if claim.predicate == "states" and claim.object in notation:
            findings.setdefault(notation[claim.object], []).extend(spans)
        elif claim.predicate in _PREDICATES.values() and claim.confidence >= ASSERTED_CONFIDENCE:
            # Surest first; who is involved, for one, the expert's file says nowhere.
            links.setdefault(_link(claim, notation), (claim, tuple(spans)))
    actors = {
        concept.notation: spans
        for concept in base.vocabulary.concepts
        if concept.kind == "actor" and (spans := base.graph.mentions_in(document, concept.iri))
    }
    return _Found(findings, actors, links)


def _link(claim: ClaimRow, notation: Mapping[str, str]) -> Triple:
    subject = "practice" if claim.predicate == "implements" else claim.subject
    return (
        notation.get(subject, subject),
        claim.predicate,
        notation.get(claim.object, claim.object),
    )


def _expected(
    gold: Iterable[Mapping[str, Any]],
    found: Mapping[str, list[Span]],
    seeds: Mapping[str, frozenset[str]],
    places: Mapping[str, Span],
) -> list[Expected]:
    expected = []
    for item in gold:
        notations = seeds.get(item["id"], frozenset())
        spans = _spans(item, places)
        is_found = any(_overlap(found.get(notation, ()), spans) for notation in notations)
        expected.append(Expected(item, notations, spans, is_found))
    return expected


def _predicted(expected: Sequence[Expected], found: Mapping[str, list[Span]]) -> list[Predicted]:
    return [
        Predicted(
            notation,
            tuple(spans),
            any(notation in one.notations and _overlap(spans, one.spans) for one in expected),
        )
        for notation, spans in found.items()
    ]


def _spans(item: Mapping[str, Any], places: Mapping[str, Span]) -> tuple[Span, ...]:
    sentences = item.get("evidence") or item.get("mentions") or []
    return tuple(places[sentence] for sentence in sentences if sentence in places)


def _overlap(found: Iterable[Span], gold: Iterable[Span]) -> bool:
    return any(a < d and c < b for a, b in found for c, d in gold)


def _expected_links(
    gold: Iterable[Mapping[str, Any]],
    found: _Found,
    seeds: Mapping[str, frozenset[str]],
    places: Mapping[str, Span],
) -> list[ExpectedLink]:
    links = []
    for link in gold:
        if link["type"] in _PREDICATES:
            triples = _triples(link, seeds)
            is_found = bool(triples & found.links.keys())
            links.append(ExpectedLink(link, triples, _spans(link, places), is_found))
    return links


def _predicted_links(expected: Iterable[ExpectedLink], found: _Found) -> list[PredictedLink]:
    by_triple: dict[Triple, float] = {}
    for link in expected:
        for triple in link.triples:
            by_triple[triple] = max(by_triple.get(triple, 0.0), link.gold["confidence"])
    return [
        PredictedLink(triple, claim, spans, by_triple.get(triple, 0.0))
        for triple, (claim, spans) in sorted(found.links.items(), key=lambda one: one[0])
    ]


def _triples(link: Mapping[str, Any], seeds: Mapping[str, frozenset[str]]) -> frozenset[Triple]:
    predicate = _PREDICATES[link["type"]]
    subjects = {"practice"} if predicate == "implements" else seeds.get(link["source"], frozenset())
    return frozenset(
        (subject, predicate, target)
        for subject in subjects
        for target in seeds.get(link["target"], frozenset())
    )
