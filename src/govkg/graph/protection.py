"""What a query may not contain, found by its tokens alone, before the engine's parser sees it."""

import re
from dataclasses import dataclass

from govkg.errors import QueryError

# The engine's parser recurses and would overflow its stack near 2,200 levels; people need ten.
DEEPEST = 128
_UPDATES = {
    "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH",
}  # fmt: skip
# Schemes by which other engines read files or the network.
_ELSEWHERE = re.compile(r"(?:file|ftp|sftp|data|jar|gopher|ldap):", re.IGNORECASE)
_LONGEST_SHOWN = 80
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
    """What the tokens of a query say: its form (SELECT, ...; empty if none)."""

    form: str


def inspect(query: str) -> Outline:
    """The outline of a query that may be given to the engine.

    Raises QueryError for an update, for SERVICE, for FROM with a file or the like, and for nesting
    or runs of prefix operators deeper than `DEEPEST`; strings, IRIs, comments and names do not
    count.
    """
    depth = run = 0
    form = word = ""
    for token in _TOKEN.finditer(query):
        kind = token.lastgroup
        if kind == "word":
            word = token[0].upper()
            form = form or _form(word)
            _refuse_service(word)
        elif kind == "iri" and word in {"FROM", "NAMED"}:
            check_graph_name(token[0][1:-1])
        depth += (kind == "open") - (kind == "close")
        if kind not in {"space", "comment"}:
            run = run + 1 if kind == "prefix" else 0
        if max(depth, run) > DEEPEST:
            raise QueryError(
                f"the query is nested more than {DEEPEST} levels deep",
                remedy="use VALUES or fewer brackets",
            )
    return Outline(form)


def check_graph_name(iri: str) -> None:
    """Refuses to take a file or the like for a graph: nothing is ever loaded from there."""
    if _ELSEWHERE.match(iri):
        raise QueryError(
            f"<{iri[:_LONGEST_SHOWN]}> is no graph of this base; nothing is loaded from there",
            remedy="leave FROM out, or name one of the base's graphs",
        )


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
