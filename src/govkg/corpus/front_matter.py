"""YAML in front of a text or in a sidecar: read safely, and given the document's own words."""

import datetime
from collections.abc import Mapping
from typing import Any

import frontmatter
import yaml

from govkg.errors import CorpusError

# More than any description of a document needs; a larger one is refused before it is parsed.
MAX_CHARACTERS = 64_000
_MAX_DEPTH = 12

# Fields under other common names, by the name used here.
_ALIASES = {
    "lang": "language",
    "kind": "type",
    "doc_type": "type",
    "author": "issuer",
    "authors": "issuer",
    "publisher": "issuer",
    "organisation": "issuer",
    "organization": "issuer",
    "updated": "date",
    "published_at": "date",
    "pubdate": "date",
    "issued": "date",
    "effective_date": "effective",
    "location": "place",
    "region": "place",
    "url": "source",
    "标题": "title",
    "发文机关": "issuer",
    "发文字号": "number",
    "成文日期": "date",
    "发布日期": "date",
    "施行日期": "effective",
}


class _SafeLoader(yaml.SafeLoader):
    """Reads plain YAML values only; anchors and aliases, which can explode, are refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(
                None, None, "aliases are not allowed", self.get_mark()
            )
        return super().compose_node(parent, index)


# Dates stay as they are written: an impossible one must not cost the other fields.
_SafeLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split(text: str) -> tuple[dict[str, Any], str, str]:
    """The fields of the front matter, the body, and a note where the front matter is unusable.

    The body is never lost: without front matter it is the whole text, and behind front matter
    that cannot be read it is what follows it.
    """
    handler = frontmatter.YAMLHandler()
    stripped = text.lstrip("\ufeff \n\t")
    if not handler.detect(stripped):
        return {}, text, ""
    try:
        front, body = handler.split(stripped)
    except ValueError:
        return {}, text, "front matter that begins with --- does not end; all of it was kept"
    try:
        fields = parse(front)
    except CorpusError as error:
        return {}, body.lstrip("\n"), f"the front matter was left out: {error}"
    if fields is None:
        return {}, text, ""
    return fields, body.lstrip("\n"), ""


def parse(text: str) -> dict[str, Any] | None:
    """The fields of a YAML mapping as JSON values, or None where it is no mapping.

    Raises:
        CorpusError: the YAML is malformed, too large, too deep, or uses tags or aliases.
    """
    if len(text) > MAX_CHARACTERS:
        raise CorpusError(f"longer than {MAX_CHARACTERS} characters")
    try:
        value = yaml.load(text, Loader=_SafeLoader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise CorpusError(str(error.problem or "not YAML").splitlines()[0], where=line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CorpusError(f"not YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(value, Mapping):
        return None
    return {str(key): _plain(item, 0) for key, item in value.items()}


def _plain(value: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise CorpusError(f"nested deeper than {_MAX_DEPTH} levels")
    if isinstance(value, Mapping):
        return {str(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, float) and (value != value or value in {float("inf"), float("-inf")}):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def canonical(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields under the names used here; a field's own name wins over an alias of it."""
    named = {
        _ALIASES[key.lower()]: value
        for key, value in fields.items()
        if key.lower() in _ALIASES and value not in (None, "")
    }
    return named | {key: value for key, value in fields.items() if key.lower() not in _ALIASES}


def rest(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the document's own ones do not already hold."""
    return {key: value for key, value in fields.items() if key not in _OWN}


_OWN = frozenset(
    {
        "id",
        "title",
        "language",
        "type",
        "issuer",
        "number",
        "date",
        "effective",
        "place",
        "work",
        "translated_from",
    }
)
