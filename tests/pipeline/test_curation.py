"""A curator's story: decisions hold over rebuilds, a stale one is flagged, nothing is lost."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from govkg.extract.decision_file import read_decision
from govkg.knowledge_base import KnowledgeBase
from govkg.model.decision import Correction, Decision, Proposal, Signature, Term
from govkg.model.identifiers import Minter
from govkg.ontology.namespaces import prefix_header
from govkg.ontology.shapes import validate
from govkg.pipeline.build import run_build
from govkg.pipeline.result import BuildRequest
from govkg.pipeline.reviewing import Review
from tests.conftest import with_encoder
from tests.house import ONTOLOGY, build, copy_index, edit, rows, settings_for, version

YARD = """---
id: yard-zh
title: 北岸院落治理
language: zh
type: paper
---

# 北岸院落治理

## 一、存在的问题

停车难是头号问题，业主意见很大。晚上停车难更突出，没有空位。居民缺乏公用的院灯。物业收支不透明，业主多次要求公开账目。

## 二、对策

为解决停车难，应当推行错时停车。
"""
OPAQUE = "物业收支不透明，业主多次要求公开账目。"
EVENING = "晚上停车难更突出，没有空位。"
LIGHTS = "居民缺乏公用的院灯。"
SHARED = "为解决停车难，应当推行错时停车。"
PARKING = Minter()("problem", "pb-parking")
LIGHTS_CONCEPT = Minter()("problem", "pb-no-yard-lights")
MADE_LIGHTS = Proposal(
    "pb-no-yard-lights",
    (("pref", "zh", "院灯缺乏"), ("alt", "zh", "没有院灯"), ("pref", "en", "No courtyard lights")),
)


class Curator:
    """A corpus of one document, its index, and decisions made on it."""

    def __init__(self, corpus, index):
        self.corpus, self.index = corpus, index

    def build(self, signatures=1, full=False):
        settings = settings_for(self.index, self.corpus)
        settings = settings.model_copy(update={"signatures": signatures})
        return run_build(BuildRequest.from_settings(settings, full=full), lambda *stage: None)

    @property
    def desk(self):
        return Review(self.index, self.corpus)

    def item(self, quote, value):
        found = [
            one
            for one in self.desk.items(everything=True)
            if one.quote == quote and value in one.object
        ]
        assert len(found) == 1
        return found[0]

    def decide(self, action, quote, value, *, date="2026-03-02", **more):
        item = self.item(quote, value)
        return self.desk.add(
            Decision(
                name="",
                action=action,
                claim=item.named,
                reason="原文没有这样说。",
                author="Curator One",
                date=date,
                document=item.document,
                quote=item.quote,
                **more,
            )
        )

    def reviews(self):
        """(quote, object, review) of all quotations that were reviewed."""
        items = self.desk.items(everything=True)
        return {(i.quote, i.object.split()[0], i.review) for i in items if i.review}

    def ask(self, query):
        store = ox.Store.read_only(str(version(self.index) / "store"))
        solutions = store.query(prefix_header() + query, use_default_graph_as_union=True)
        if isinstance(solutions, ox.QueryBoolean):
            return bool(solutions)
        return sorted({tuple(value.value for value in row) for row in solutions})


@pytest.fixture(scope="module")
def undecided(tmp_path_factory):
    """The document and its first index; nobody may change either."""
    folder = tmp_path_factory.mktemp("undecided")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "yard.md").write_text(YARD, "utf-8")
    made = Curator(folder / "corpus", with_encoder(folder / "index"))
    made.build()
    return made


@pytest.fixture
def curator(undecided, tmp_path):
    corpus = Path(shutil.copytree(undecided.corpus, tmp_path / "corpus"))
    return Curator(corpus, copy_index(undecided.index, tmp_path / "index"))


def test_a_curators_story(curator):
    first = curator.build()
    paths = [
        curator.decide("reject", OPAQUE, "pb-opaque-accounts"),
        curator.decide(
            "correct",
            EVENING,
            "pb-parking",
            correction=Correction(object=Term("concept", ("pb-low-participation",))),
        ),
        curator.decide("promote", LIGHTS, LIGHTS, proposal=MADE_LIGHTS),
        curator.decide("correct", SHARED, "pb-parking", correction=Correction(status="practice")),
    ]
    built = curator.build()
    decided = {
        (OPAQUE, "pb-opaque-accounts", "rejected"),
        (EVENING, "pb-parking", "rejected"),
        (EVENING, "pb-low-participation", "accepted"),
        (LIGHTS, "pb-no-yard-lights", "accepted"),
        (SHARED, "pb-parking", "accepted"),
    }
    assert built.build != first.build
    assert curator.reviews() == decided
    assert [row["state"] for row in built.decisions] == ["applied"] * 4

    # A full rebuild changes nothing; neither does a build with nothing new.
    assert curator.build(full=True).build == built.build
    assert curator.build().build == built.build

    # One sentence is rewritten: its decision no longer applies, the others do.
    edit(curator.corpus / "yard.md", lambda text: text.replace(OPAQUE, "账目每季度公开一次。"))
    edited = curator.build()
    assert curator.reviews() == {one for one in decided if one[0] != OPAQUE}
    stale = [row for row in edited.decisions if row["state"] == "stale"]
    assert [row["file"] for row in stale] == [f"annotations/{paths[0].name}"]
    assert "no longer stand in 'yard-zh'" in stale[0]["message"]
    assert rows(curator.index)[stale[0]["file"]]["message"].startswith("decision, stale: ")
    assert [(n.decision, n.state) for n in curator.desk.notices()] == [(paths[0].stem, "stale")]
    assert curator.ask("SELECT ?name { ?d gov:stale true ; dcterms:identifier ?name }") == [
        (paths[0].stem,)
    ]
    assert all(path.is_file() for path in paths)

    # The words come back elsewhere in the document: the decision applies again.
    edit(curator.corpus / "yard.md", lambda text: text + f"\n## 三、存在的问题\n\n{OPAQUE}\n")
    assert {row["state"] for row in curator.build().decisions} == {"applied"}
    assert curator.reviews() == decided


def test_what_is_rejected_is_kept_and_in_no_answer(curator):
    before = KnowledgeBase.open(curator.index, settings_for(curator.index))
    asked = before.ask("物业收支不透明怎么办")
    assert [found.notation for found in asked.problems] == ["pb-opaque-accounts"]
    before.close()
    curator.decide("reject", OPAQUE, "pb-opaque-accounts")
    curator.build()
    after = KnowledgeBase.open(curator.index, settings_for(curator.index))
    assert after.ask("物业收支不透明怎么办").problems == ()
    after.close()
    claim = "?c a gov:Claim ; rdf:predicate gov:states ; rdf:object ?o ; gov:review 'rejected'"
    assert curator.ask(f"ASK {{ {claim} . ?d gov:states ?o }}") is False
    assert len(curator.ask(f"SELECT ?c {{ {claim} }}")) == 1


def test_a_promoted_concept_is_found_by_its_labels_and_no_candidate_waits(curator):
    curator.decide("promote", LIGHTS, LIGHTS, proposal=MADE_LIGHTS)
    assert curator.desk.items("candidate") == []
    curator.build()
    base = KnowledgeBase.open(curator.index, settings_for(curator.index))
    answer = base.ask("没有院灯怎么办")
    assert [(f.iri, f.notation) for f in answer.problems] == [(LIGHTS_CONCEPT, "pb-no-yard-lights")]
    base.close()
    assert curator.ask("SELECT ?c { ?c gov:candidate true }") == []
    made = "SELECT ?c { GRAPH ?g { ?c a skos:Concept ; prov:wasGeneratedBy ?d } }"
    assert curator.ask(made) == [(LIGHTS_CONCEPT,)]


def test_a_merged_candidate_speaks_for_the_concept(curator):
    curator.decide("merge", LIGHTS, LIGHTS, into="pb-parking")
    curator.build()
    assert curator.reviews() == {(LIGHTS, "pb-parking", "accepted")}
    assert curator.ask("SELECT ?x { ?c gov:candidate false ; skos:exactMatch ?x }") == [(PARKING,)]


def test_a_decision_that_lacks_a_signature_waits(curator):
    path = curator.decide("reject", OPAQUE, "pb-opaque-accounts")
    waits = curator.build(signatures=2)
    assert [row["state"] for row in waits.decisions] == ["waiting"]
    assert curator.reviews() == set()
    assert [notice.state for notice in curator.desk.notices()] == ["waiting"]
    curator.desk.sign(path.stem[-8:], Signature("Curator Two", "2026-03-04"))
    assert [row["state"] for row in curator.build(signatures=2).decisions] == ["applied"]
    assert curator.reviews() == {(OPAQUE, "pb-opaque-accounts", "rejected")}
    assert curator.ask("SELECT ?n { ?d prov:wasAssociatedWith ?a . ?a rdfs:label ?n }") == [
        ("Curator One",),
        ("Curator Two",),
    ]


def test_a_later_decision_supersedes_an_earlier_one_and_both_are_kept(curator):
    first = curator.decide("reject", OPAQUE, "pb-opaque-accounts")
    second = curator.decide("accept", OPAQUE, "pb-opaque-accounts")
    assert read_decision(second.stem, second.read_bytes()).supersedes == first.stem
    states = {row["file"]: row["state"] for row in curator.build().decisions}
    assert states == {
        f"annotations/{first.name}": "superseded",
        f"annotations/{second.name}": "applied",
    }
    assert curator.reviews() == {(OPAQUE, "pb-opaque-accounts", "accepted")}


def test_files_that_are_wrong_are_reported_and_stop_nothing(curator):
    good = curator.decide("reject", OPAQUE, "pb-opaque-accounts")
    folder = good.parent
    (folder / "torn.yaml").write_text("decision: [", "utf-8")
    unknown = good.read_text("utf-8").replace("pb-opaque-accounts", "pb-nothing-such")
    (folder / "unknown.yaml").write_text(unknown, "utf-8")
    changed = good.read_text("utf-8").replace("quote: 物业", "quote: 我们物业")
    (folder / "changed.yaml").write_text(changed, "utf-8")
    result = curator.build()
    report = rows(curator.index)
    for name, message in (
        ("torn.yaml", "not well-formed YAML, line 1"),
        ("unknown.yaml", "unknown notation 'pb-nothing-such'"),
        ("changed.yaml", "quote_sha256 is not the SHA-256 of the quote"),
    ):
        row = report[f"annotations/{name}"]
        assert row["outcome"] == "error"
        assert message in row["message"]
    assert [row["state"] for row in result.decisions].count("applied") == 1
    assert curator.reviews() == {(OPAQUE, "pb-opaque-accounts", "rejected")}
    # What is wrong with a decision does not make the next build work.
    assert curator.build().work.extracted == 0


def test_a_decision_on_a_whole_claim_applies_wherever_it_is_stated(curator):
    item = curator.desk.find(curator.item(EVENING, "pb-parking").claim)
    assert (item.document, item.quote) == ("", "")
    curator.desk.add(Decision("", "reject", item.named, "不属实。", "Curator One", "2026-03-02"))
    curator.build()
    assert {review for _, value, review in curator.reviews() if value == "pb-parking"} == {
        "rejected"
    }
    assert len(curator.reviews()) == 2


def test_one_decision_touches_no_cache_of_what_was_found(curator):
    curator.decide("reject", OPAQUE, "pb-opaque-accounts")
    decided = curator.build()
    assert (decided.work.read, decided.work.extracted, decided.work.encoded) == (0, 0, 0)
    (curator.corpus / "annotations").rename(curator.corpus / ".set-aside")
    again = curator.build()
    assert (again.work.extracted, again.decisions) == (0, ())
    assert curator.reviews() == set()


def test_the_graph_of_decisions_keeps_the_shapes(curator):
    curator.decide("reject", OPAQUE, "pb-opaque-accounts")
    curator.decide("promote", LIGHTS, LIGHTS, proposal=MADE_LIGHTS)
    curator.build()
    lines = (version(curator.index) / "graph.nq").read_text("utf-8").splitlines()
    curated = [line for line in lines if line.endswith("/graph-curation> .")]
    assert curated
    assert validate("\n".join(curated) + "\n", ONTOLOGY / "shapes.ttl") == []
    assert not any("_:" in line for line in curated)
    assert build(curator.corpus, curator.index).counts.documents == 1
