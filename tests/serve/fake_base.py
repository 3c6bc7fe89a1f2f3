"""A knowledge base of one practice, written by hand, that answers through the real model values."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from govkg.errors import KnowledgeBaseError, QueryError, QuestionError
from govkg.graph.pool import QueryAnswer
from govkg.model.answer import (
    Answer,
    Bilingual,
    Citation,
    CitedClaim,
    CitedDocument,
    Found,
    FoundPractice,
    Hit,
    PlaceLabel,
    Practices,
    Reference,
    Understood,
)

BASE = "https://w3id.org/govkg/id/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TEXT = (
    "一、做法\n柳溪社区成立楼栋议事会，居民每月商量一次公共事务。参与的住户从两成升到六成。\n"
    "<b>附注</b>：数据由社区提供。"
)
QUOTE = "居民每月商量一次公共事务"
START = TEXT.index(QUOTE)
SENTENCES = ("柳溪社区成立楼栋议事会，居民每月商量一次公共事务。", "参与的住户从两成升到六成。")
PASSAGES = [
    {
        "iri": f"{BASE}passage-{number}",
        "section": "一、做法",
        "start": TEXT.index(sentence),
        "end": TEXT.index(sentence) + len(sentence),
        "text": sentence,
    }
    for number, sentence in enumerate(SENTENCES, 1)
]
DOCUMENT = {
    "iri": f"{BASE}document-1",
    "title": "柳溪社区的楼栋议事会",
    "path": "documents/liuxi.md",
    "language": "zh",
    "text": TEXT,
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "passages": PASSAGES,
}
CITATION = Citation(
    n=1,
    document=CitedDocument(
        iri=f"{BASE}document-1",
        title="柳溪社区的楼栋议事会",
        type="report",
        issuer="柳溪社区",
        date="2024-05",
        number="",
        validity="in_force",
    ),
    path="documents/liuxi.md",
    section="一、做法",
    page=3,
    quote=QUOTE,
    start=START,
    end=START + len(QUOTE),
    sha256=DOCUMENT["sha256"],
    language="zh",
)
CLAIM = CitedClaim(
    subject=f"{BASE}countermeasure-1",
    predicate="addresses",
    object=f"{BASE}problem-1",
    basis="explicit",
    status="practice",
    confidence=0.9,
    citations=(1,),
)


def found(kind: str, zh: str, en: str) -> Found:
    return Found(f"{BASE}{kind}-1", f"{kind[0].upper()}1", Bilingual(zh, en), 1.0, (CLAIM,), (1,))


PRACTICE = FoundPractice(
    iri=f"{BASE}practice-1",
    notation="",
    label=Bilingual("柳溪楼栋议事会", "Liuxi stairwell councils"),
    score=1.0,
    claims=(CLAIM,),
    citations=(1,),
    place=PlaceLabel("柳溪", "Liuxi", "CN", ""),
    setting="domestic",
    years="2023-",
    actors=(),
    measures=(Reference(f"{BASE}countermeasure-1", Bilingual("议事协商", "deliberation")),),
    results="参与的住户从两成升到六成",
    conditions="",
    responds_to=(f"{BASE}problem-1",),
    verification="extracted",
)
ANSWER = Answer(
    question="",
    language="zh",
    build="b1",
    outcome="answered",
    reason=None,
    missing=(),
    summary="居民参与不足可由议事协商来应对。[1]",
    understood=Understood("zh", {"setting": "any"}, ()),
    problems=(found("problem", "居民参与不足", "low participation"),),
    causes=(found("cause", "缺少议事渠道", "no channel to deliberate"),),
    countermeasures=(found("countermeasure", "议事协商", "deliberation"),),
    practices=Practices(domestic=(PRACTICE,)),
    passages=(
        Hit(
            1, 0.5, f"{BASE}document-1", "documents/liuxi.md", "柳溪社区的楼栋议事会", "一、做法",
            f"{BASE}passage-1", SENTENCES[0], "zh", ("terms",), (), 1,
        ),
    ),
    citations=(CITATION,),
    sparql="SELECT ?x { ?x ?y ?z }",
)  # fmt: skip


@dataclass(frozen=True)
class FakePage:
    total: int
    items: list[dict[str, Any]]


class FakeBase:
    build = "b1"

    def ask(self, question, language="auto", setting="any", limit=10):
        if "？？？" in question:
            raise QuestionError("the question has no word", remedy="ask in a sentence")
        if "岩石" in question:
            return Answer(
                question, "zh", "b1", "not_found", "out_of_domain", (), "",
                Understood("zh", {}, ()),
            )  # fmt: skip
        return replace(ANSWER, question=question)

    def _list(self, query, language, setting, limit, offset):
        items = [{"iri": DOCUMENT["iri"], "title": DOCUMENT["title"], "path": DOCUMENT["path"]}]
        return FakePage(1, items[offset : offset + limit])

    search = concepts = practices = documents = _list

    def document(self, name):
        return DOCUMENT if name in {"document-1", DOCUMENT["iri"]} else None

    def describe(self, iri):
        if iri != f"{BASE}problem-1":
            return []
        here, graph = ox.NamedNode(iri), ox.NamedNode(BASE + "graph-vocabulary")
        label = ox.NamedNode(SKOS + "prefLabel")
        addresses = ox.NamedNode("https://w3id.org/govkg/def#addresses")
        return [
            ox.Quad(here, label, ox.Literal("居民参与不足", language="zh"), graph),
            ox.Quad(here, label, ox.Literal("low participation", language="en"), graph),
            ox.Quad(ox.NamedNode(BASE + "countermeasure-1"), addresses, here, graph),
        ]

    def query(self, text, accept="*/*", default_graphs=(), named_graphs=()):
        if "bad" in text:
            raise QueryError("error at 1:1")
        return QueryAnswer(b'{"head":{},"boolean":true}', "application/sparql-results+json", 1)


class FakeServing:
    def __init__(self, base=None):
        self.base = base

    @contextmanager
    def current(self) -> Iterator[FakeBase]:
        if self.base is None:
            raise KnowledgeBaseError(
                "no index is loaded", where="index", remedy="run `govkg build` first"
            )
        yield self.base
