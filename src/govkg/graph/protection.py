"""What a query may not contain, found by its tokens alone, before the engine's parser sees it."""

import re
from dataclasses import dataclass

from govkg.errors import QueryError

# The engine's parser recurses and would overflow its stack near 2,200 levels; people need ten.
DEEPEST = 128
_UPDATES = {
    "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH",
}  # fmt: skip
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
# Each alternative is linear: quantifiers are possessive and an open string runs to the end.
_TOKEN = re.compile(
    r"""
    (?P<comment> \#[^\n\r]*+ )
  | (?P<text> \"{3} (?: [^"\\] | \\. | "(?!"") )*+ (?: \"{3} | \\?\Z )
            | '{3} (?: [^'\\] | \\. | '(?!'') )*+ (?: '{3} | \\?\Z )
            | " (?: [^"\\\n\r] | \\. )*+ "?
            | ' (?: [^'\\\n\r] | \\. )*+ '? )
  | (?P<iri> <[^<>"{}|^`\\\s]*+> )
  | (?P<variable> [?$]\w++ )
  | (?P<number> \d[\w.]*+ )
  | (?P<language> @[A-Za-z][A-Za-z0-9-]*+ )
  | (?P<name> [\w.-]{0,64}+:(?: [\w.:%-] | \\. )*+ )
  | (?P<word> [A-Za-z_]\w*+ )
  | (?P<open> [({\[] )
  | (?P<close> [)}\]] )
  | (?P<prefix> [!+^-] )
  | (?P<space> \s++ )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What the tokens of a query say: its form (SELECT, ...; empty if none) and any FROM."""

    form: str
    names_graphs: bool


def inspect(query: str) -> Outline:
    """The outline of a query that may be given to the engine.

    Raises QueryError for an update, for SERVICE, and for nesting or runs of prefix operators
    deeper than `DEEPEST`; strings, IRIs, comments and names do not count.
    """
    depth = run = 0
    form = ""
    names_graphs = False
    for token in _TOKEN.finditer(query):
        kind = token.lastgroup
        if kind == "word":
            word = token[0].upper()
            form = form or _form(word)
            names_graphs = names_graphs or word == "FROM"
            _refuse_service(word)
        depth += (kind == "open") - (kind == "close")
        if kind not in {"space", "comment"}:
            run = run + 1 if kind == "prefix" else 0
        if max(depth, run) > DEEPEST:
            raise QueryError(
                f"the query is nested more than {DEEPEST} levels deep",
                remedy="use VALUES or fewer brackets",
            )
    return Outline(form, names_graphs)


def _form(word: str) -> str:
    """The query form that a keyword begins; empty for other words, an error for forbidden ones."""
    if word in _UPDATES:
        raise QueryError("updates are not allowed here", remedy="this endpoint only reads")
    return word if word in _FORMS else ""


def _refuse_service(word: str) -> None:
    if word == "SERVICE":
        raise QueryError(
            "SERVICE is not allowed: this endpoint asks no other server",
            remedy="query the other endpoint yourself and join the results",
        )
