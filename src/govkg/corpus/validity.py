"""Which laws and rules of a base are in force, amended or repealed, and what took their place.

One document cannot know: a later one repeals it by name, or a later version of the same law by
the same body stands beside it. What is said holds as far as the base knows.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from govkg.corpus.dates import amendments, find_dates
from govkg.model.document import ACT_TYPES, Document, Validity
from govkg.text.script import simplify

# Of these a later text of the same name is a new version; notices of one name recur every year.
_VERSIONED = frozenset({"law", "regulation", "rule", "judicial_interpretation"})
_GIVEN: tuple[tuple[Validity, re.Pattern[str]], ...] = (
    ("repealed", re.compile(r"废止|失效|廢止|repeal|not in force|no longer", re.IGNORECASE)),
    ("amended", re.compile(r"已修改|已修订|amended", re.IGNORECASE)),
    ("in_force", re.compile(r"有效|in[ _-]?force|valid$", re.IGNORECASE)),
)
_REPEALS = re.compile(
    r"[^。\n]*《[^。\n]*(?:同时废止|同时停止执行|同时失效|予以废止|即行废止|相应废止)[^。\n]*"
)
_NAMED = re.compile(r"《(?P<title>[^《》]{2,80}(?:《[^《》]*》[^《》]*)?)》")
_REPEALED_EN = re.compile(
    r"\b[Tt]he (?P<title>[A-Z][\w' ,()-]{4,90}?(?:Act|Law|Ordinance|Regulations?|Rules|Measures|"
    r"Provisions|Code)(?:[ ,]+\d{4})?)(?: \([^()]*\))? (?:is|are|shall be) "
    r"(?:\w+ )?repealed"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NO_NAME = re.compile(
    r"中华人民共和国|内容摘要|简介|[（(](?:summary|试行|暂行|\d{4}[^（）()]*)[）)]|[《》“”\"\s]"
)


def settled(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The same documents in the same order, each with its validity and what supersedes it."""
    laws = _laws(documents)
    superseded = _superseded(laws)
    found = {law.document.iri: _standing(law, superseded.get(law.document.iri)) for law in laws}
    return tuple(
        replace(one, validity=found[one.iri][0], superseded_by=found[one.iri][1])
        if one.iri in found
        else one
        for one in documents
    )


def _laws(documents: Iterable[Document]) -> list["_Law"]:
    """What lays something down; what one language version says of its changes holds for all."""
    laws = [_Law.of(document) for document in documents if document.type in ACT_TYPES]
    changed = {law.document.work for law in laws if law.document.work and law.amended}
    return [replace(law, amended=law.amended or law.document.work in changed) for law in laws]


@dataclass(frozen=True)
class _Law:
    """A document that lays something down: its names, whether it was amended, and its version.

    `version` is the date of this text; `known` that of the latest source of one that an editor
    wrote, which may tell of more than its own date does.
    """

    document: Document
    names: frozenset[str]
    amended: bool
    version: str
    known: str

    @classmethod
    def of(cls, document: Document) -> "_Law":
        titles = document.front.get("titles")
        given = [str(title) for title in titles.values()] if isinstance(titles, dict) else []
        names = frozenset(name for title in (document.title, *given) if (name := _name(title)))
        changes = amendments(document.text)
        version = max((document.date, *changes))
        return cls(document, names, bool(changes), version, max(version, _sourced(document)))

    def precedes(self, other: "_Law") -> bool:
        """Whether this text is older than another, as precisely as both dates are known."""
        common = min(len(self.known), len(other.version))
        return self.known[:common] < other.version[:common]

    def same_law(self, other: "_Law") -> bool:
        """Whether the other is a text of the same law by the same body, of whatever time."""
        mine, theirs = self.document, other.document
        if mine.work and mine.work == theirs.work and mine.language != theirs.language:
            return False
        kinds = mine.type in _VERSIONED and theirs.type in _VERSIONED
        return kinds and bool(self.names & other.names) and _same_body(mine, theirs)


def _sourced(document: Document) -> str:
    """The latest date that the front matter gives of a source, or nothing."""
    listed = [document.front.get(name) for name in ("sources", "checked")]
    given = [one for value in listed if isinstance(value, list) for one in value]
    said = " ".join(str(one.get("date") or "") for one in given if isinstance(one, dict))
    return max([iso for _, iso in find_dates(said)] + _YEAR.findall(said), default="")


def _name(title: str) -> str:
    return _NO_NAME.sub("", simplify(title)).lower()


def _same_body(one: Document, other: Document) -> bool:
    """Whether the issuers may be one; a congress and its standing committee are."""
    if one.language != other.language:
        return True
    first, second = (_NO_NAME.sub("", simplify(d.issuer)) for d in (one, other))
    return first.startswith(second) or second.startswith(first)


def _standing(law: _Law, successor: str | None) -> tuple[Validity, str]:
    if successor is not None:
        return "repealed", successor
    given = str(law.document.front.get("validity") or "")
    for validity, pattern in _GIVEN:
        if pattern.search(given):
            return validity, ""
    if law.amended:
        return "amended", ""
    return ("in_force" if law.document.effective else "unknown"), ""


def _superseded(laws: Sequence[_Law]) -> dict[str, str]:
    """What supersedes each document that something does, by IRI; empty where it is unnamed."""
    by_name: dict[str, list[_Law]] = {}
    by_work: dict[str, list[_Law]] = {}
    keys = {law.document.key: law for law in laws}
    for law in laws:
        for name in law.names:
            by_name.setdefault(name, []).append(law)
        if law.document.work:
            by_work.setdefault(law.document.work, []).append(law)
    later: dict[str, _Law] = {}
    for law in laws:
        for target in _repealed(law, by_name):
            later.setdefault(target.document.iri, law)
    for law in laws:
        named = keys.get(str(law.document.front.get("superseded_by") or ""))
        newer = [
            other
            for name in sorted(law.names)
            for other in by_name[name]
            if law.same_law(other) and law.precedes(other)
        ]
        best = named or _latest(newer, law.document.language)
        if best:
            later[law.document.iri] = best
    return {
        version.document.iri: _in_language(successor, by_work, version.document.language)
        for law in laws
        if (successor := later.get(law.document.iri))
        for version in (by_work.get(law.document.work) or [law])
        if version is law or version.document.iri not in later
        if version is law or version.document.language != law.document.language
    }


def _latest(laws: Iterable[_Law], language: str) -> _Law | None:
    """The newest text; of several of one day one in the language, an original before a summary."""
    ordered = sorted(
        laws,
        key=lambda law: (
            law.version,
            law.document.language == language,
            law.document.verification == "original",
            law.document.iri,
        ),
    )
    return ordered[-1] if ordered else None


def _in_language(law: _Law, by_work: dict[str, list[_Law]], language: str) -> str:
    """The IRI of a document, or of its version in the language if there is one."""
    if law.document.language != language:
        for other in by_work.get(law.document.work, []):
            if other.document.language == language:
                return other.document.iri
    return law.document.iri


def _repealed(law: _Law, by_name: dict[str, list[_Law]]) -> Iterator[_Law]:
    """The documents that a law repeals by name, older than itself."""
    for title, date in repeals(law.document.text):
        for target in by_name.get(_name(title), []):
            older = target.precedes(law) and (not date or target.document.date[:4] >= date[:4])
            if target is not law and older and not _one_work(target, law):
                yield target


def _one_work(one: _Law, other: _Law) -> bool:
    return bool(one.document.work) and one.document.work == other.document.work


def repeals(text: str) -> Iterator[tuple[str, str]]:
    """The titles that a text says it repeals, each with the date it gives of them, or nothing."""
    for match in _REPEALS.finditer(text):
        sentence = match.group()
        before = 0
        for named in _NAMED.finditer(sentence):
            dates = find_dates(sentence[before : named.start()])
            before = named.end()
            yield named["title"], dates[-1][1] if dates else ""
    for match in _REPEALED_EN.finditer(text):
        yield match["title"], ""
