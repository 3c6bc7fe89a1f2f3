"""A small base made by hand: few concepts, places, documents and claims, all in plain sight."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pyoxigraph as ox

from govkg.graph.queries import Graph
from govkg.model.claim import Kind
from govkg.model.identifiers import DEFINITIONS, sha256
from govkg.ontology.namespaces import DCTERMS, OA, PROV, RDF, SKOS, XSD
from govkg.ontology.places import Place, Places
from govkg.ontology.vocabulary import Concept, Label, Vocabulary
from govkg.search.agreement import Agreement
from govkg.search.answer import Known
from govkg.search.corpus import StoredCorpus, StoredDocument, StoredPassage
from govkg.search.link import Linker
from govkg.search.linked import Linked
from govkg.search.practices import PracticeRecord, read_practices
from govkg.search.question import AskedConcept, LabelVectors, Question, QuestionReader

BASE = "https://example.org/id/"


def iri(name: str) -> str:
    """The IRI of anything in this world by its short name."""
    return BASE + name


def names(linked: list[Linked]) -> list[str]:
    """The short names of what was linked, in order."""
    return [one.iri.removeprefix(BASE) for one in linked]


def concept(
    name: str, zh: str, en: str, *more: str, broader: str = "", kind: Kind | None = None
) -> Concept:
    """A concept: `pb-`, `ca-`, `cm-` in its name say its kind, `more` are other Chinese labels."""
    kinds: dict[str, Kind] = {"pb": "problem", "ca": "cause", "cm": "countermeasure", "ac": "actor"}
    labels = (Label(zh, "zh"), Label(en, "en"), *(Label(x, "zh", "hidden") for x in more))
    wider = (iri(broader),) if broader else ()
    return Concept(iri(name), kind or kinds[name[:2]], name, labels, wider)


def place(
    name: str,
    zh: str,
    en: str,
    codes: str,
    parent: str = "",
    kind: Literal["country", "region", "city", "county"] = "country",
) -> Place:
    """A place; `codes` are its country and region codes with a space between."""
    country, _, region = codes.partition(" ")
    labels = (Label(zh, "zh"), Label(en, "en"))
    return Place(iri(name), name, labels, kind, country, region, iri(parent) if parent else "")


CONCEPTS = (
    concept("pb-litter", "乱扔垃圾", "Littering", "楼下总有人扔垃圾", broader="pb-hygiene"),
    concept("pb-hygiene", "环境卫生差", "Poor hygiene"),
    concept("pb-noise", "噪音扰民", "Noise", broader="pb-hygiene"),
    concept("ca-no-bins", "垃圾桶不够", "Too few bins"),
    concept("ca-no-rules", "没有公约", "No house rules"),
    concept("cm-bins", "增设垃圾桶", "More bins"),
    concept("cm-rounds", "志愿巡查", "Volunteer rounds"),
    concept("cm-covenant", "居民公约", "House rules for all"),
    concept("ac-committee", "楼委会", "Building committee"),
)
PLACES = (
    place("china", "中国", "China", "CN"),
    place("chengdu", "成都市", "Chengdu", "CN CN-SC", "china", "city"),
    place("hongkong", "香港", "Hong Kong", "CN CN-HK", "china", "region"),
    place("japan", "日本", "Japan", "JP"),
    place("osaka", "大阪", "Osaka", "JP JP-27", "japan", "city"),
    place("iceland", "冰岛", "Iceland", "IS"),
    place("usa", "美国", "US", "US"),
)


@dataclass
class World:
    """Documents and claims are added one by one; the parts of search are made from them."""

    store: ox.Store = field(default_factory=ox.Store)
    documents: list[StoredDocument] = field(default_factory=list)
    passages: list[StoredPassage] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(CONCEPTS))
    places: Places = field(default_factory=lambda: Places(PLACES))

    def document(self, key: str, *sentences: str, language: str = "zh") -> None:
        """A document with a passage for each sentence; `key-0` names the first of them."""
        text = "\n".join(sentences)
        self.documents.append(
            StoredDocument(
                iri=iri(key),
                key=key,
                path=f"{key}.md",
                title=key,
                language=language,
                type="report",
                issuer="",
                number="",
                date="",
                effective="",
                place="",
                work=key,
                verification="original",
                sources=(),
                sha256=sha256(text),
                pages=(),
                text=text,
            )
        )
        start = 0
        for n, sentence in enumerate(sentences):
            end = start + len(sentence)
            self.passages.append(
                StoredPassage(
                    iri(f"{key}-{n}"), iri(key), (key,), start, end, sentence, language, "text"
                )
            )
            start = end + 1

    def claim(
        self,
        subject: str,
        predicate: str,
        object_: str,
        *where: str,
        confidence: float = 0.9,
        basis: str = "explicit",
        status: str = "practice",
    ) -> None:
        """A claim with the passages it rests on as evidence, each quoted whole."""
        this = iri(f"claim-{subject}-{predicate}-{object_}")
        self._add(this, f"{RDF}type", f"{DEFINITIONS}Claim")
        self._add(this, f"{RDF}subject", iri(subject))
        self._add(this, f"{RDF}predicate", DEFINITIONS + predicate)
        self._add(this, f"{RDF}object", iri(object_))
        for name, value in (("basis", basis), ("status", status), ("confidence", confidence)):
            self._add(this, DEFINITIONS + name, value)
        for passage in self.passages:
            if passage.iri.removeprefix(BASE) in where:
                piece = f"{this}-{passage.iri.removeprefix(BASE)}"
                self._add(this, f"{DEFINITIONS}evidence", piece)
                self._add(piece, f"{PROV}wasQuotedFrom", passage.document)
                self._add(piece, f"{DEFINITIONS}inPassage", passage.iri)
                self._add(piece, f"{OA}start", passage.start)
                self._add(piece, f"{OA}end", passage.end)
                self._add(piece, f"{DEFINITIONS}confidence", confidence)
                self._add(piece, f"{DEFINITIONS}status", status)

    def practice(self, name: str, where: str, zh: str = "", en: str = "") -> None:
        """A practice at a place with the labels given."""
        self._add(iri(name), f"{RDF}type", f"{DEFINITIONS}Practice")
        self._add(iri(name), f"{DEFINITIONS}locatedIn", iri(where))
        for text, language in ((zh, "zh"), (en, "en")):
            if text:
                label = ox.Literal(text, language=language)
                self.store.add(
                    ox.Quad(ox.NamedNode(iri(name)), ox.NamedNode(f"{SKOS}prefLabel"), label)
                )

    def responds(self, practice: str, problem: str) -> None:
        """An inferred link from a practice to a problem."""
        self._add(iri(practice), f"{DEFINITIONS}respondsTo", iri(problem))

    def repeats(self, thing: str, first: str) -> None:
        """A passage, or a claim's evidence, that says the same as another, by short names."""
        self._add(iri(thing), f"{DEFINITIONS}repeats", iri(first))

    def same_source(self, document: str, first: str) -> None:
        """A document that is not independent of another."""
        self._add(iri(document), f"{PROV}alternateOf", iri(first))

    def conflict(self, kind: str, subject: str, *sides: str) -> None:
        """A conflict between evidence, by short names."""
        this = iri(f"conflict-{kind}-{subject}")
        self._add(this, f"{RDF}type", f"{DEFINITIONS}Conflict")
        self._add(this, f"{DEFINITIONS}conflictKind", kind)
        self._add(this, f"{DCTERMS}subject", iri(subject))
        for side in sides:
            self._add(this, f"{DEFINITIONS}side", iri(side))

    def value(self, side: str, document: str, value: str) -> None:
        """A side of a conflict: the value that a document gives."""
        self._add(iri(side), f"{RDF}value", value)
        self._add(iri(side), f"{PROV}wasDerivedFrom", iri(document))

    def mention(self, thing: str, passage: str) -> None:
        """A passage names a thing with its first character."""
        this = iri(f"mention-{thing}-{passage}")
        self._add(this, f"{OA}hasBody", iri(thing))
        self._add(this, f"{OA}start", 0)
        self._add(this, f"{OA}end", 1)
        self._add(this, f"{DEFINITIONS}inPassage", iri(passage))
        self._add(iri(passage), f"{DCTERMS}isPartOf", iri(passage.rsplit("-", 1)[0]))

    def _add(self, subject: str, predicate: str, value: str | float) -> None:
        term: ox.NamedNode | ox.Literal
        if isinstance(value, int):
            term = ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}integer"))
        elif isinstance(value, float):
            term = ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}decimal"))
        else:
            term = ox.NamedNode(value) if "://" in value else ox.Literal(value)
        self.store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term))

    def known(self) -> Known:
        """What composing an answer needs."""
        graph = Graph(self.store)
        corpus = StoredCorpus(tuple(self.documents), tuple(self.passages))
        return Known(
            "build-1",
            corpus,
            graph,
            self.vocabulary,
            self.places,
            self.records(graph),
            Agreement(graph, corpus),
        )

    def records(self, graph: Graph) -> dict[str, PracticeRecord]:
        """The practices as the base reads them, at home on the Chinese mainland."""
        return read_practices(graph, self.places, "CN")

    def linker(self) -> Linker:
        """The walk along the graph."""
        graph = Graph(self.store)
        return Linker(graph, self.vocabulary, self.places, self.records(graph))

    def reader(self) -> QuestionReader:
        """The reader of questions, with two English labels as vectors along two axes."""
        rows = [iri("pb-litter"), iri("pb-noise")]
        english = LabelVectors(rows, np.eye(2, 4, dtype=np.float32))
        return QuestionReader(self.vocabulary, self.places, {"en": english})


def asked(
    *concepts: tuple[str, float],
    language: str = "zh",
    setting: str = "any",
    places: tuple[str, ...] = (),
    text: str = "怎么办",
) -> Question:
    """A question about concepts, by short name and score, best first."""
    kinds: dict[str, Kind] = {"pb": "problem", "ca": "cause", "cm": "countermeasure"}
    return Question(
        text=text,
        language=language,
        setting=setting,
        places=tuple(iri(place) for place in places),
        actors=(),
        intent="general",
        concepts=tuple(
            AskedConcept(iri(n), kinds[n[:2]], score, ("label",)) for n, score in concepts
        ),
        terms=("垃圾",),
        best_cosine=0.0,
    )


def littered() -> World:
    """A problem with a cause and two measures, one of them tried in Chengdu, Osaka, Hong Kong."""
    world = World()
    world.document(
        "report",
        "楼下总有人扔垃圾。",
        "扔垃圾是因为垃圾桶不够。",
        "增设垃圾桶之后好多了。",
        "社区应当组织志愿巡查。",
    )
    world.document(
        "record", "Littering went on.", "Osaka put up more bins.", "So did others.", language="en"
    )
    world.claim("report", "states", "pb-litter", "report-0", "record-0", status="diagnosis")
    world.claim("pb-litter", "hasCause", "ca-no-bins", "report-1", status="diagnosis")
    world.claim("cm-bins", "addresses", "pb-litter", "report-2", "record-1")
    world.claim("cm-rounds", "addresses", "pb-litter", "report-3", status="recommendation")
    world.claim("chengdu-bins", "implements", "cm-bins", "report-2")
    world.claim("osaka-bins", "implements", "cm-bins", "record-1", confidence=0.8)
    world.claim("hongkong-bins", "implements", "cm-bins", "record-2", confidence=0.7)
    world.practice("chengdu-bins", "chengdu", zh="成都添桶")
    world.practice("osaka-bins", "osaka", en="Bins in Osaka")
    world.practice("hongkong-bins", "hongkong", zh="香港添桶", en="Bins in Hong Kong")
    for practice in ("chengdu-bins", "osaka-bins", "hongkong-bins"):
        world.responds(practice, "pb-litter")
    return world
