"""Extraction against the expert's reading of the seed paper."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govkg.evaluate.gold import concepts_by_seed, locate_sentences, read_gold
from govkg.evaluate.metrics import score
from govkg.graph.queries import ClaimRow
from govkg.knowledge_base import KnowledgeBase
from govkg.model.claim import ASSERTED_CONFIDENCE

_KINDS = {"problems": "problem", "causes": "cause", "countermeasures": "countermeasure"}
_PREDICATES = {"has_cause": "hasCause", "addresses": "addresses", "implements": "implements"}
_CORE, _ALLOWED, _TRAP = 0.8, 0.6, 0.3
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the base says about one document: findings by concept, mentions of actors, links."""

    findings: Mapping[str, list[_Span]]
    actors: Mapping[str, list[_Span]]
    links: frozenset[tuple[str, str, str]]


def measure_extraction(base: KnowledgeBase, path: Path) -> dict[str, Any]:
    """P, R and F1 by kind, and links by gold confidence, for the document the gold describes."""
    gold = read_gold(path)
    document, places = locate_sentences(path, base.corpus)
    if document is None:
        return {}
    seeds = concepts_by_seed(path)
    found = _found(base, document.iri)
    report: dict[str, Any] = {
        name: _score_kind(gold[name], kind, found.findings, seeds, places, base)
        for name, kind in _KINDS.items()
    }
    report["actors"] = _score_kind(gold["actors"], "actor", found.actors, seeds, places, base)
    report["links"] = _score_links(gold["links"], found.links, seeds)
    return report


def _found(base: KnowledgeBase, document: str) -> _Found:
    notation = {c.iri: c.notation for c in base.vocabulary.concepts}
    claims = base.graph.claims_about([document, *notation])
    evidence = base.graph.evidence_of(claim.iri for claim in claims)
    findings: dict[str, list[_Span]] = {}
    links = set()
    for claim in claims:
        spans = [(e.start, e.end) for e in evidence.get(claim.iri, ()) if e.document == document]
        if not spans:
            continue
        if claim.predicate == "states" and claim.object in notation:
            findings.setdefault(notation[claim.object], []).extend(spans)
        elif claim.confidence >= ASSERTED_CONFIDENCE:
            links.add(_link(claim, notation))
    actors = {
        concept.notation: spans
        for concept in base.vocabulary.concepts
        if concept.kind == "actor" and (spans := base.graph.mentions_in(document, concept.iri))
    }
    return _Found(findings, actors, frozenset(links))


def _link(claim: ClaimRow, notation: Mapping[str, str]) -> tuple[str, str, str]:
    subject = "practice" if claim.predicate == "implements" else claim.subject
    return (
        notation.get(subject, subject),
        claim.predicate,
        notation.get(claim.object, claim.object),
    )


def _score_kind(
    gold: Iterable[Mapping[str, Any]],
    kind: str,
    found: Mapping[str, list[_Span]],
    seeds: Mapping[str, frozenset[str]],
    places: Mapping[str, _Span],
    base: KnowledgeBase,
) -> dict[str, float]:
    expected = [
        (seeds.get(item["id"], frozenset()), [places[i] for i in _sentences(item) if i in places])
        for item in gold
    ]
    own = {concept.notation for concept in base.vocabulary.concepts if concept.kind == kind}
    predicted = {notation: spans for notation, spans in found.items() if notation in own}
    matched = sum(
        any(_overlap(predicted.get(notation, ()), spans) for notation in notations)
        for notations, spans in expected
    )
    correct = sum(
        any(
            notation in notations and _overlap(spans, gold_spans)
            for notations, gold_spans in expected
        )
        for notation, spans in predicted.items()
    )
    return asdict(score(correct, len(predicted), matched, len(expected)))


def _sentences(item: Mapping[str, Any]) -> list[str]:
    sentences: list[str] = item.get("evidence") or item.get("mentions") or []
    return sentences


def _overlap(found: Iterable[_Span], gold: Iterable[_Span]) -> bool:
    return any(a < d and c < b for a, b in found for c, d in gold)


def _score_links(
    gold: Iterable[Mapping[str, Any]],
    found: frozenset[tuple[str, str, str]],
    seeds: Mapping[str, frozenset[str]],
) -> dict[str, float]:
    by_link: dict[tuple[str, str, str], float] = {}
    core = []
    for link in gold:
        if link["type"] not in _PREDICATES:
            continue
        triples = _triples(link, seeds)
        if link["confidence"] >= _CORE:
            core.append(triples)
        for triple in triples:
            by_link[triple] = max(by_link.get(triple, 0.0), link["confidence"])
    judged = [by_link.get(triple, 0.0) for triple in found]
    return {
        "recall_at_08": round(sum(bool(t & found) for t in core) / len(core), 3) if core else 0.0,
        "precision_at_06": (
            round(sum(c >= _ALLOWED for c in judged) / len(judged), 3) if judged else 0.0
        ),
        "traps": sum(0 < confidence <= _TRAP for confidence in judged),
    }


def _triples(
    link: Mapping[str, Any], seeds: Mapping[str, frozenset[str]]
) -> frozenset[tuple[str, str, str]]:
    predicate = _PREDICATES[link["type"]]
    subjects = {"practice"} if predicate == "implements" else seeds.get(link["source"], frozenset())
    return frozenset(
        (subject, predicate, target)
        for subject in subjects
        for target in seeds.get(link["target"], frozenset())
    )
