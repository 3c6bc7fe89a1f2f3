"""Where extraction and the expert part: each miss, each false claim, and links by their making."""

from collections.abc import Iterable, Sequence
from typing import Any

from govkg.evaluate.extraction import (
    Comparison,
    Expected,
    ExpectedLink,
    Predicted,
    PredictedLink,
    Span,
    share,
)
from govkg.knowledge_base import KnowledgeBase


def extraction_details(base: KnowledgeBase, comparison: Comparison) -> dict[str, Any]:
    """Misses and false claims by kind, then those of links, and links by relation and by basis.

    `why` says of a miss `no concept` (none stands for the gold id), `other sentences` (the base
    finds it elsewhere in the document) or `not found`; of a false one `other sentences` (the
    expert finds it elsewhere) or `not in the gold`.
    """
    return {
        "missed": [
            _miss(name, one, comparison)
            for name, expected in comparison.expected.items()
            for one in expected
            if not one.is_found
        ],
        "false": [
            _false(base, name, one, comparison)
            for name, predicted in comparison.predicted.items()
            for one in sorted(predicted, key=lambda one: one.notation)
            if not one.is_right
        ],
        "links": {
            "by_relation": _by_relation(comparison),
            "by_basis": _by_basis(comparison.predicted_links),
            "missed": [
                _missed_link(link, comparison.text)
                for link in comparison.expected_links
                if link.is_core and not link.is_found
            ],
            "false": [
                _false_link(base, link, comparison.text)
                for link in comparison.predicted_links
                if not link.is_right
            ],
        },
    }


def _miss(name: str, expected: Expected, comparison: Comparison) -> dict[str, Any]:
    elsewhere = {one.notation for one in comparison.predicted[name]} & expected.notations
    why = "other sentences" if elsewhere else "not found"
    return {
        "kind": name,
        "id": expected.gold["id"],
        "notations": sorted(expected.notations),
        "label": {
            "zh": expected.gold.get("label_zh", ""),
            "en": expected.gold.get("label_en", ""),
        },
        "why": why if expected.notations else "no concept",
        "sentences": _quoted(comparison.text, expected.spans),
    }


def _false(
    base: KnowledgeBase, name: str, predicted: Predicted, comparison: Comparison
) -> dict[str, Any]:
    expected = any(predicted.notation in one.notations for one in comparison.expected[name])
    return {
        "kind": name,
        "notation": predicted.notation,
        "label": _label(base, predicted.notation),
        "why": "other sentences" if expected else "not in the gold",
        "sentences": _quoted(comparison.text, predicted.spans),
    }


def _missed_link(link: ExpectedLink, text: str) -> dict[str, Any]:
    return {
        "subject": _ends(link, 0) or [link.gold["source"]],
        "predicate": link.gold["type"],
        "object": _ends(link, 2) or [link.gold["target"]],
        "basis": link.gold.get("basis", ""),
        "gold_confidence": link.gold["confidence"],
        "why": "not found" if link.triples else "no concept",
        "sentences": _quoted(text, link.spans),
    }


def _ends(link: ExpectedLink, position: int) -> list[str]:
    return sorted({triple[position] for triple in link.triples})


def _false_link(base: KnowledgeBase, link: PredictedLink, text: str) -> dict[str, Any]:
    subject, predicate, target = link.triple
    return {
        "subject": subject,
        "predicate": predicate,
        "object": target,
        "labels": {"subject": _label(base, subject), "object": _label(base, target)},
        "basis": link.claim.basis,
        "status": link.claim.status,
        "confidence": link.claim.confidence,
        "gold_confidence": link.gold_confidence,
        "sentences": _quoted(text, link.spans),
    }


def _by_relation(comparison: Comparison) -> dict[str, dict[str, Any]]:
    """The scores of the links that any relation has, in the base or the gold."""
    core: dict[str, list[bool]] = {}
    for link in comparison.expected_links:
        if link.is_core:
            for predicate in {triple[1] for triple in link.triples}:
                core.setdefault(predicate, []).append(link.is_found)
    found = _grouped((link.triple[1], link) for link in comparison.predicted_links)
    return {
        predicate: {
            **_precision(found.get(predicate, ())),
            "core": len(core.get(predicate, ())),
            "recall_at_08": share(core.get(predicate, ())),
        }
        for predicate in sorted({*core, *found})
    }


def _by_basis(links: Iterable[PredictedLink]) -> dict[str, dict[str, Any]]:
    grouped = _grouped((link.claim.basis, link) for link in links)
    return {basis: _precision(own) for basis, own in sorted(grouped.items())}


def _grouped(pairs: Iterable[tuple[str, PredictedLink]]) -> dict[str, list[PredictedLink]]:
    grouped: dict[str, list[PredictedLink]] = {}
    for key, link in pairs:
        grouped.setdefault(key, []).append(link)
    return grouped


def _precision(links: Sequence[PredictedLink]) -> dict[str, Any]:
    return {
        "found": len(links),
        "precision_at_06": share(link.is_right for link in links),
        "traps": sum(link.is_trap for link in links),
    }


def _label(base: KnowledgeBase, name: str) -> dict[str, str]:
    """The labels of a concept by its notation, else what the graph calls the thing."""
    concept = base.vocabulary.by_notation(name)
    if concept:
        return {"zh": concept.pref("zh"), "en": concept.pref("en")}
    text, language = base.graph.label_of(name) if "://" in name else (name, "")
    return {"zh": text if language != "en" else "", "en": text if language != "zh" else ""}


def _quoted(text: str, spans: Iterable[Span]) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sorted(set(spans))]
