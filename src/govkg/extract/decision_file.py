"""A curator's decision as a small YAML file: read with clear errors, written to be read alike."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from govkg.errors import CorpusError
from govkg.model.claim import KINDS, PREDICATES, STATUSES
from govkg.model.decision import (
    ACTIONS,
    TERM_KINDS,
    Action,
    ClaimName,
    Correction,
    Decision,
    Proposal,
    Signature,
    Term,
)
from govkg.model.identifiers import sha256

_MAX_BYTES = 64 << 10
_FIELDS = frozenset(
    {
        "author",
        "claim",
        "concept",
        "corrected",
        "date",
        "decision",
        "document",
        "into",
        "quote",
        "quote_sha256",
        "reason",
        "signed",
        "supersedes",
    }
)
_LANGUAGES = ("zh", "en")
_REMEDY = "correct the file; docs/curation.md has the fields"


def read_decision(name: str, data: bytes) -> Decision:
    """The decision that a file holds; `name` is the file's without its ending.

    Raises:
        CorpusError: it is no decision; says what is wrong and what to do.
    """
    if len(data) > _MAX_BYTES:
        raise _wrong(f"{len(data)} bytes, at most {_MAX_BYTES} are read")
    fields = _mapping(_parse(data), "the file")
    unknown = sorted(set(fields) - _FIELDS)
    if unknown:
        raise _wrong(f"unknown field {unknown[0]!r}")
    quote = _text(fields, "quote")
    if quote and sha256(quote) != _text(fields, "quote_sha256"):
        raise _wrong("quote_sha256 is not the SHA-256 of the quote")
    action = _action(fields)
    try:
        return Decision(
            name=name,
            action=action,
            claim=_claim(_mapping(fields.get("claim"), "claim")),
            reason=_needed(fields, "reason"),
            author=_needed(fields, "author"),
            date=_day(_needed(fields, "date")),
            document=_text(fields, "document"),
            quote=quote,
            correction=_correction(fields) if action == "correct" else None,
            into=_needed(fields, "into") if action == "merge" else "",
            proposal=_proposal(fields) if action == "promote" else None,
            signed=tuple(_signature(one) for one in _list(fields.get("signed"), "signed")),
            supersedes=_text(fields, "supersedes"),
        )
    except ValueError as error:
        raise _wrong(str(error)) from error


def write_decision(decision: Decision) -> bytes:
    """The file of a decision, such that `read_decision` gives the same decision again."""
    fields: dict[str, Any] = {
        "decision": decision.action,
        "claim": {
            "subject": _written(decision.claim.subject),
            "predicate": decision.claim.predicate,
            "object": _written(decision.claim.object),
        },
    }
    if decision.quote:
        fields["document"] = decision.document
        fields["quote"] = decision.quote
        fields["quote_sha256"] = sha256(decision.quote)
    if decision.correction:
        fields["corrected"] = _written_correction(decision.correction)
    if decision.into:
        fields["into"] = decision.into
    if decision.proposal:
        fields["concept"] = _written_proposal(decision.proposal)
    fields |= {"reason": decision.reason, "author": decision.author, "date": decision.date}
    if decision.supersedes:
        fields["supersedes"] = decision.supersedes
    if decision.signed:
        fields["signed"] = [{"author": s.author, "date": s.date} for s in decision.signed]
    for readable in (True, False):
        text = yaml.safe_dump(fields, allow_unicode=readable, sort_keys=False, width=1_000_000)
        data: bytes = text.encode("utf-8", "surrogatepass")
        # A rare character that YAML would not give back is written as its number instead.
        if not readable or _reads_as(data, decision):
            return data
    raise AssertionError("one of the two ways was taken")


def _reads_as(data: bytes, decision: Decision) -> bool:
    try:
        return read_decision(decision.name, data) == replace(decision)
    except CorpusError:
        return False


def _parse(data: bytes) -> Any:
    try:
        # BaseLoader makes texts, lists and mappings of texts only: a date or "no" stays a text.
        return yaml.load(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506
    except UnicodeDecodeError as error:
        raise _wrong("no UTF-8 text") from error
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise _wrong(f"not well-formed YAML{line}: {error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _wrong("not well-formed YAML") from error


def _wrong(problem: str) -> CorpusError:
    return CorpusError(problem, remedy=_REMEDY)


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(f"{name} is no list of fields")
    return value


def _list(value: Any, name: str) -> list[Any]:
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise _wrong(f"{name} is no list")
    return value


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise _wrong(f"{name} is no text")
    return value


def _needed(fields: Mapping[str, Any], name: str) -> str:
    value = _text(fields, name)
    if not value.strip():
        raise _wrong(f"{name} is missing")
    return value


def _action(fields: Mapping[str, Any]) -> Action:
    given = _needed(fields, "decision")
    for action in ACTIONS:
        if given == action:
            return action
    raise _wrong(f"unknown decision {given!r}; known are {', '.join(ACTIONS)}")


def _day(value: str) -> str:
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise _wrong(f"{value!r} is no day such as 2026-03-31") from None


def _claim(fields: Mapping[str, Any]) -> ClaimName:
    predicate = _needed(fields, "predicate")
    if predicate not in PREDICATES:
        raise _wrong(f"unknown predicate {predicate!r}; known are {', '.join(PREDICATES)}")
    return ClaimName(_term(fields.get("subject")), predicate, _term(fields.get("object")))


def _term(value: Any) -> Term:
    named = _mapping(value, "a subject or object")
    kinds = [kind for kind in TERM_KINDS if kind in named]
    if len(named) != 1 or len(kinds) != 1:
        raise _wrong(f"a subject or object is named by one of {', '.join(TERM_KINDS)}")
    key = named[kinds[0]]
    parts = key if kinds[0] == "practice" and isinstance(key, list) else [key]
    if kinds[0] == "candidate":
        words = _mapping(key, "candidate")
        parts = [_needed(words, name) for name in ("kind", "document", "words")]
        if parts[0] not in KINDS:
            raise _wrong(f"unknown kind {parts[0]!r}; known are {', '.join(KINDS)}")
    if not parts or not all(isinstance(part, str) for part in parts) or not parts[0]:
        raise _wrong(f"{kinds[0]} is no text")
    return Term(kinds[0], tuple(parts))


def _correction(fields: Mapping[str, Any]) -> Correction:
    given = _mapping(fields.get("corrected"), "corrected")
    predicate, status = _text(given, "predicate"), _text(given, "status")
    if predicate and predicate not in PREDICATES:
        raise _wrong(f"unknown predicate {predicate!r}; known are {', '.join(PREDICATES)}")
    if status and status not in STATUSES:
        raise _wrong(f"unknown status {status!r}; known are {', '.join(STATUSES)}")
    subject, obj = (_term(given[x]) if given.get(x) else None for x in ("subject", "object"))
    if not (subject or obj or predicate or status):
        raise _wrong("corrected says nothing")
    return Correction(subject, predicate, obj, status)


def _proposal(fields: Mapping[str, Any]) -> Proposal:
    given = _mapping(fields.get("concept"), "concept")
    labels = _mapping(given.get("labels"), "labels")
    found = []
    for language in _LANGUAGES:
        own = _mapping(labels.get(language), f"labels: {language}")
        found.append(("pref", language, _needed(own, "pref")))
        others = [str(text).strip() for text in _list(own.get("alt"), "alt")]
        found += [("alt", language, text) for text in others if text]
    said = given.get("definition") or {}
    defined = _mapping(said, "definition")
    definitions = tuple((x, _text(defined, x)) for x in _LANGUAGES if _text(defined, x))
    return Proposal(_needed(given, "notation"), tuple(found), _text(given, "broader"), definitions)


def _signature(value: Any) -> Signature:
    fields = _mapping(value, "signed")
    return Signature(_needed(fields, "author"), _day(_needed(fields, "date")))


def _written(term: Term) -> dict[str, Any]:
    if term.kind == "candidate":
        return {"candidate": dict(zip(("kind", "document", "words"), term.key, strict=True))}
    return {term.kind: term.key[0] if len(term.key) == 1 else list(term.key)}


def _written_correction(correction: Correction) -> dict[str, Any]:
    parts = {"subject": correction.subject, "object": correction.object}
    terms: dict[str, Any] = {name: _written(term) for name, term in parts.items() if term}
    texts = {"predicate": correction.predicate, "status": correction.status}
    return terms | {name: text for name, text in texts.items() if text}


def _written_proposal(proposal: Proposal) -> dict[str, Any]:
    labels: dict[str, dict[str, Any]] = {language: {} for language in _LANGUAGES}
    for kind, language, text in proposal.labels:
        if kind == "pref":
            labels[language]["pref"] = text
        else:
            labels[language].setdefault("alt", []).append(text)
    written: dict[str, Any] = {"notation": proposal.notation, "labels": labels}
    if proposal.broader:
        written["broader"] = proposal.broader
    if proposal.definitions:
        written["definition"] = dict(proposal.definitions)
    return written
