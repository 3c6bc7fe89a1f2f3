"""Answers of our own over the two short documents, and a base that makes one claim."""

from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox

from govkg.graph.queries import Graph
from govkg.knowledge_base import KnowledgeBase
from govkg.model.identifiers import Minter

REPORT = "https://w3id.org/govkg/id/document-2f3a11dbf1eec15b"
RULE = "https://w3id.org/govkg/id/document-7f6f7e6b74181585"
QUOTES = {
    1: (REPORT, "report.md", "Cars block the fire lanes.", 205, 231),
    2: (RULE, "rule.md", "第三条 建设单位不得将车位出售给业主以外的人。", 64, 87),
}


def citation(n: int, base: KnowledgeBase) -> dict[str, Any]:
    """Citation 1 is of the English report, 2 of the Chinese rule."""
    iri, path, quote, start, end = QUOTES[n]
    return {
        "n": n,
        "document": {"iri": iri, "title": "", "validity": "unknown", "superseded_by": None},
        "path": path,
        "section": "",
        "page": None,
        "quote": quote,
        "start": start,
        "end": end,
        "sha256": base.corpus.document[iri].sha256,
        "language": "zh" if n == 2 else "en",
    }


def saved(base: KnowledgeBase, *numbers: int, **parts: Any) -> dict[str, Any]:
    """An answer of our own with these citations."""
    return {
        "question": "小区停车难怎么办",
        "build": base.build,
        "problems": [],
        "causes": [],
        "countermeasures": [],
        "practices": {"domestic": [], "overseas": []},
        "citations": [citation(n, base) for n in numbers],
        **parts,
    }


CLAIM_IRI = Minter()("claim", "urn:measure", "addresses", "urn:problem")
CLAIMS = """
<urn:claim> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <urn:measure> <urn:g> .
<urn:claim> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> \
<https://w3id.org/govkg/def#addresses> <urn:g> .
<urn:claim> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <urn:problem> <urn:g> .
<urn:claim> <https://w3id.org/govkg/def#basis> "explicit" <urn:g> .
<urn:claim> <https://w3id.org/govkg/def#status> "practice" <urn:g> .
<urn:claim> <https://w3id.org/govkg/def#confidence> "0.8" <urn:g> .
<urn:measure> <http://www.w3.org/2004/02/skos/core#notation> "cm-x" <urn:g> .
""".replace("urn:claim", CLAIM_IRI)
REJECTED = f'<{CLAIM_IRI}> <https://w3id.org/govkg/def#review> "rejected" <urn:curation> .\n'
CLAIM = {
    "subject": "urn:measure",
    "predicate": "addresses",
    "object": "urn:problem",
    "basis": "explicit",
    "status": "practice",
    "confidence": 0.8,
    "citations": [1],
}
NAME = "claim urn:measure addresses urn:problem"


def stand_in(base: KnowledgeBase, quads: str) -> Any:
    """The small base with a graph of our own."""
    store = ox.Store()
    store.load(quads.encode(), format=ox.RdfFormat.N_QUADS)
    return SimpleNamespace(
        graph=Graph(store),
        corpus=base.corpus,
        build="another",
        base_iri=base.base_iri,
        places=base.places,
        vocabulary=base.vocabulary,
        practice_records={},
    )


def with_claim(base: KnowledgeBase, **changes: Any) -> dict[str, Any]:
    thing = {
        "iri": "urn:measure",
        "notation": "cm-x",
        "claims": [{**CLAIM, **changes}],
        "citations": [1],
    }
    return saved(base, 1, countermeasures=[thing])
