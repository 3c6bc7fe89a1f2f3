"""One build, opened: ask, search, query and describe."""

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from govkg.errors import GovkgError, QuestionError
from govkg.graph.coverage import known
from govkg.graph.pool import PoolLimits, QueryAnswer, QueryPool
from govkg.graph.queries import Graph
from govkg.index.bundle import Version, open_current
from govkg.index.encoders import common_words, open_encoders
from govkg.index.files import (
    ENCODERS_FOLDER,
    GRAPH_FILE,
    LEXICAL_FOLDER,
    QUESTIONS_FILE,
    STORE_FOLDER,
)
from govkg.index.lexical import Lexical
from govkg.index.lexicon import Lexicon
from govkg.model.answer import Answer
from govkg.ontology.finding_labels import finding_labels
from govkg.ontology.labels import read_labels
from govkg.ontology.places import read_places
from govkg.ontology.vocabulary import read_vocabulary
from govkg.search.agreement import Agreement
from govkg.search.answer import Composer, Known
from govkg.search.corpus import StoredCorpus
from govkg.search.dense import Dense, open_labels
from govkg.search.finding import Asked, Finder
from govkg.search.link import Linker
from govkg.search.listing import (
    Page,
    concept_item,
    corpus_counts,
    document_item,
    practice_item,
    whole_document,
)
from govkg.search.names import NameFinder
from govkg.search.practices import read_practices
from govkg.search.question import QuestionReader, check_question
from govkg.search.retrieve import Ranked, Rankers, Ranking
from govkg.search.spelling import speller_of
from govkg.search.titles import DocumentNames
from govkg.settings import Settings
from govkg.text.language import detect

MAX_LIMIT = 50
_SETTINGS = ("any", "domestic", "overseas")
_LANGUAGES = ("auto", "zh", "en")


class KnowledgeBase:
    """A whole build in memory; safe for threads, unchanged until it is closed."""

    def __init__(self, version: Version, settings: Settings) -> None:
        """Takes a checked version; `open` is the usual way."""
        self._version = version
        self._settings = settings
        self._pool: QueryPool | None = None
        self._pool_lock = threading.Lock()
        self.build = version.build
        self.warning = version.warning
        self.graph = Graph.open(version.path / STORE_FOLDER)
        self.corpus = StoredCorpus.open(version.path)
        labels = read_labels(self.graph.store)
        self.vocabulary = read_vocabulary(self.graph.store, labels)
        self.places = read_places(self.graph.store, labels)
        self.base_iri = str(version.manifest.contents.settings["base_iri"])
        self._home = str(version.manifest.contents.settings["home"])
        self.practice_records = read_practices(self.graph, self.places, self._home)
        self._known = Known(
            self.build,
            self.corpus,
            self.graph,
            self.vocabulary,
            self.places,
            self.practice_records,
            Agreement(self.graph, self.corpus),
        )
        self._linker = Linker(self.graph, self.vocabulary, self.places, self.practice_records)
        self._finder = self._made_finder(settings.model)

    def _made_finder(self, model: str) -> Finder:
        path = self._version.path
        encoders = open_encoders(path / ENCODERS_FOLDER, model)
        concepts = {
            language: [iri for _, iri in finding_labels(self.vocabulary, language)]
            for language in encoders
        }
        lexical = Lexical.open(path / LEXICAL_FOLDER, rows=len(self.corpus.passages))
        rankers = Rankers(
            corpus=self.corpus,
            graph=self.graph,
            vocabulary=self.vocabulary,
            places=self.places,
            lexical=lexical,
            lexicon=Lexicon(),
            dense=Dense.open(path, {name: one.dimension for name, one in encoders.items()}),
        )
        things = [x.text for concept in self.vocabulary.concepts for x in concept.labels]
        places = [x.text for place in self.places.places for x in place.labels]
        return Finder(
            rankers,
            QuestionReader(
                self.vocabulary,
                self.places,
                open_labels(path, concepts),
                speller_of(
                    self.vocabulary,
                    self.places,
                    lexical.has_anywhere,
                    lambda: common_words(path / ENCODERS_FOLDER),
                ),
            ),
            encoders,
            NameFinder(self.corpus, lexical.has, things, places),
            DocumentNames(self.corpus),
        )

    @classmethod
    def open(cls, index: Path, settings: Settings) -> "KnowledgeBase":
        """Opens the current build of an index folder.

        Raises:
            KnowledgeBaseError: there is none, or it is damaged and no whole one is left.
        """
        version = open_current(index)
        try:
            return cls(version, settings)
        except GovkgError:
            version.close()
            raise

    def warm_up(self) -> None:
        """Loads what is otherwise loaded by the first question or query that needs it."""
        for text, language in (("预热", "zh"), ("warm-up", "en")):
            self._understand(text, language, "any")
        self._started_pool()

    def close(self) -> None:
        """Ends the query workers and lets the version's folder go."""
        with self._pool_lock:
            if self._pool is not None:
                self._pool.close()
                self._pool = None
        self._version.close()

    def ask(
        self, question: str, language: str = "auto", setting: str = "any", limit: int = 10
    ) -> Answer:
        """The answer to a question.

        Raises:
            QuestionError: the question or an option is not usable.
        """
        if not 1 <= limit <= MAX_LIMIT:
            raise QuestionError(f"limit is {limit}", remedy=f"choose 1 to {MAX_LIMIT}")
        asked = self._understand(question, language, setting)
        rankings = self._finder.rankings(asked)
        ranked = self._finder.fuse(asked, rankings)
        links = self._linker.link(asked.question)
        support = self._finder.support(asked, rankings)
        translations = self._finder.translations(asked)
        composer = Composer(self._known, asked.question, limit, translations)
        missing, sides = self._finder.missing(asked), self._linker.sides(asked.question)
        return composer.compose(links, ranked, support, missing, sides)

    def _understand(self, question: str, language: str, setting: str) -> Asked:
        text = check_question(question)
        _check_options(language, setting)
        spoken = detect(text) if language == "auto" else language
        return self._finder.understand(text, spoken, setting)

    def rankings(self, question: str, language: str = "auto") -> dict[str, Ranking]:
        """Each ranking of passages that applies to a question, before they are fused."""
        return self._finder.rankings(self._understand(question, language, "any"))

    def rank(
        self,
        question: str,
        language: str = "auto",
        depth: int = MAX_LIMIT,
        only: Sequence[str] = (),
    ) -> list[Ranked]:
        """The fused ranking of passages; `only` restricts it to the rankings named."""
        asked = self._understand(question, language, "any")
        return self._finder.fuse(asked, self._finder.rankings(asked, only))[:depth]

    def search(
        self,
        query: str,
        language: str = "auto",
        setting: str = "any",
        limit: int = 10,
        offset: int = 0,
    ) -> Page:
        """Passages for a query, best first; `setting` keeps documents from there."""
        asked = self._understand(query, language, setting)
        ranked = self._finder.fuse(asked, self._finder.rankings(asked))
        question = asked.question
        if question.setting != "any":
            ranked = [one for one in ranked if self._setting_of(one) == question.setting]
        hits = Composer(self._known, question, limit).hits(ranked)
        return Page(len(hits), [asdict(hit) for hit in hits[offset : offset + limit]])

    def _setting_of(self, ranked: Ranked) -> str:
        document = self.corpus.document[self.corpus.passages[ranked.row].document]
        return self.places.setting(document.place, self._home)

    def concepts(
        self,
        query: str = "",
        language: str = "auto",
        setting: str = "any",
        limit: int = 10,
        offset: int = 0,
    ) -> Page:
        """The concepts that a query is about, or all of them by kind and notation."""
        _check_options(language, setting)
        if query.strip():
            asked = self._understand(query, language, setting).question
            found = [c for a in asked.concepts if (c := self.vocabulary.get(a.iri))]
        else:
            found = sorted(self.vocabulary.concepts, key=lambda c: (c.kind, c.notation))
        return Page(len(found), [concept_item(c) for c in found[offset : offset + limit]])

    def practices(
        self,
        query: str = "",
        language: str = "auto",
        setting: str = "any",
        limit: int = 10,
        offset: int = 0,
    ) -> Page:
        """Practices for a query, or all of them, of one setting or any."""
        _check_options(language, setting)
        shown = detect(query) if language == "auto" and query.strip() else language
        if query.strip():
            asked = self._understand(query, language, setting).question
            setting = asked.setting
            ordered = [linked.iri for linked in self._linker.link(asked).practices]
        else:
            ordered = list(self.practice_records)
        found = [
            record
            for iri in ordered
            if (record := self.practice_records.get(iri)) and setting in {"any", record.setting}
        ]
        return Page(len(found), [practice_item(p, shown) for p in found[offset : offset + limit]])

    def documents(
        self,
        query: str = "",
        language: str = "auto",
        setting: str = "any",
        limit: int = 10,
        offset: int = 0,
    ) -> Page:
        """Documents for a query by their best passage, or all of them by title."""
        _check_options(language, setting)
        if query.strip():
            ranked = self.rank(query, language, len(self.corpus.passages))
            ordered = dict.fromkeys(self.corpus.passages[one.row].document for one in ranked)
            found = [self.corpus.document[iri] for iri in ordered]
        else:
            found = sorted(self.corpus.documents, key=lambda d: (d.title, d.iri))
            found = [d for d in found if language in {"auto", d.language}]
        if setting != "any":
            found = [d for d in found if self.places.setting(d.place, self._home) == setting]
        return Page(len(found), [document_item(d) for d in found[offset : offset + limit]])

    def document(self, name: str) -> dict[str, Any] | None:
        """One document with its text and passages, by IRI, by the last part of it, or by key."""
        for document in self.corpus.documents:
            if name in {document.iri, document.iri.rsplit("/", 1)[-1], document.key}:
                return whole_document(document, self.corpus)
        return None

    @cached_property
    def examples(self) -> list[tuple[str, str]]:
        """Titles and texts of example queries, as the ontology of the build has them."""
        path = self._version.path / QUESTIONS_FILE
        examples = json.loads(path.read_text("utf-8")) if path.exists() else []
        return [(example["title"], example["query"]) for example in examples]

    def status(self) -> dict[str, Any]:
        """What the base holds, in counts, and what it knows against each problem."""
        return {"build": self.build, **corpus_counts(self.corpus), **known(self.graph)}

    def describe(self, iri: str) -> list[ox.Quad]:
        """The quads about a thing, sorted; empty if the base does not know it."""
        return self.graph.describe(iri)

    def query(
        self,
        text: str,
        accept: str = "*/*",
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> QueryAnswer:
        """A user's SPARQL query, in a limited worker process.

        Raises:
            QueryError, QueryLimitError, BusyError: as the pool says.
        """
        return self._started_pool().query(text, accept, default_graphs, named_graphs)

    def _started_pool(self) -> QueryPool:
        with self._pool_lock:
            if self._pool is None:
                self._pool = QueryPool(
                    self._version.path / GRAPH_FILE,
                    _limits(self._settings),
                    self.base_iri,
                )
            return self._pool


def _limits(settings: Settings) -> PoolLimits:
    return PoolLimits(
        workers=settings.query_workers,
        seconds=settings.query_seconds,
        memory_mb=settings.query_memory_mb,
        max_rows=settings.query_max_rows,
        max_bytes=settings.query_max_bytes,
        waiting=settings.query_waiting,
    )


def _check_options(language: str, setting: str) -> None:
    for value, allowed, name in (
        (language, _LANGUAGES, "language"),
        (setting, _SETTINGS, "setting"),
    ):
        if value not in allowed:
            raise QuestionError(f"unknown {name} {value!r}", remedy="one of " + ", ".join(allowed))
