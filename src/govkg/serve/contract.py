"""What the service needs from a knowledge base."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import pyoxigraph as ox

from govkg.graph.pool import QueryAnswer
from govkg.model.answer import Answer, AskedLanguage, Setting


class Listing(Protocol):
    """One page of a list and the number of items that the whole list has."""

    @property
    def total(self) -> int:
        """How many items there are in all."""
        ...

    @property
    def items(self) -> Sequence[dict[str, Any]]:
        """The items of this page, JSON values, in a defined order."""
        ...


class Base(Protocol):
    """An open knowledge base; every method may be called from several threads at once."""

    @property
    def build(self) -> str:
        """The build id."""
        ...

    def ask(
        self, question: str, language: AskedLanguage = ..., setting: Setting = ..., limit: int = ...
    ) -> Answer:
        """The answer to a question; raises QuestionError if it cannot be asked like this."""
        ...

    def search(self, query: str, language: str, setting: str, limit: int, offset: int) -> Listing:
        """Passages that fit a query, best first."""
        ...

    def concepts(self, query: str, language: str, setting: str, limit: int, offset: int) -> Listing:
        """Concepts whose labels fit a query, or all of them."""
        ...

    def practices(
        self, query: str, language: str, setting: str, limit: int, offset: int
    ) -> Listing:
        """Practices that fit a query, or all of them."""
        ...

    def documents(
        self, query: str, language: str, setting: str, limit: int, offset: int
    ) -> Listing:
        """Documents that fit a query, or all of them."""
        ...

    def document(self, name: str) -> dict[str, Any] | None:
        """A document with its text and passages, by IRI or its last part; None if unknown."""
        ...

    def describe(self, iri: str) -> Sequence[ox.Quad]:
        """The quads that speak of a thing, in a defined order; none if it is unknown."""
        ...

    def query(
        self,
        text: str,
        accept: str = ...,
        default_graphs: tuple[str, ...] = ...,
        named_graphs: tuple[str, ...] = ...,
    ) -> QueryAnswer:
        """The result of a SPARQL query; raises QueryError and its kin."""
        ...


class Serving(Protocol):
    """Holds the knowledge base that is current."""

    def current(self) -> AbstractContextManager[Base]:
        """The current base, kept open while in use; raises KnowledgeBaseError without one."""
        ...
