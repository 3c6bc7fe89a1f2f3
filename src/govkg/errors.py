"""Every error govkg raises on purpose: what was wrong, where, and what to do about it."""


class GovkgError(Exception):
    """Base of all errors a user can meet; `str(error)` is one clear line."""

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.where = where
        self.remedy = remedy
        super().__init__(self._line())

    def _line(self) -> str:
        line = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{line} ({self.remedy})" if self.remedy else line


class CorpusError(GovkgError):
    """A document, or the folder that should hold documents, cannot be read."""


class OntologyError(GovkgError):
    """The vocabulary, the places or the shapes are missing, malformed or violated."""


class KnowledgeBaseError(GovkgError):
    """An index is missing, damaged, locked or made by something this version cannot read."""


class QuestionError(GovkgError):
    """A question, or one of the options that go with it, cannot be answered as asked."""


class QueryError(GovkgError):
    """A SPARQL query is malformed or asks for something that is never allowed."""


class QueryLimitError(QueryError):
    """A SPARQL query ran out of time, memory or answer size."""


class BusyError(GovkgError):
    """Too much is going on at once; the same request may succeed in a moment."""


class SettingsError(GovkgError):
    """A setting from the environment, `govkg.toml` or an option is not usable."""
