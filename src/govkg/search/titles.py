"""Which documents and articles of a corpus a question names, by title or by number."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govkg.search.corpus import StoredCorpus, StoredDocument
from govkg.search.facets import blank
from govkg.search.references import (
    LEGAL_EN,
    LEGAL_ZH,
    References,
    article_keys,
    fold_number,
    heading_keys,
)
from govkg.text.labels import LabelMatcher
from govkg.text.language import has_han
from govkg.text.script import simplify
from govkg.text.terms import stem

_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3400-\u9fff]+")
_SMALL_WORDS = frozenset(("the", "a", "an", "of", "on", "for", "and", "in"))
# What stands behind a title and is none of it: a date, an edition, a note that it is a summary.
_TAIL = re.compile(r"(?:[(（][^()（）]*[)）]|(?:的?内容)?摘要|简介|全文|节选)$")
_STATE = "中华人民共和国"
_QUOTED = re.compile(r"《[^《》]*》|[“\"][^“”\"]*[”\"]")
_ENDS_LEGAL_ZH = re.compile(rf"{LEGAL_ZH}$")
_ENDS_LEGAL_EN = re.compile(rf"\b{LEGAL_EN}\b")
# A title that stands in a question without marks names its document if it says what it is (法,
# 条例, Act), or is too long or too capital to stand there by chance.
_SHORTEST, _LONG, _LONG_WORDS = 4, 8, 4
# The short title of a law in the running text: before an article, or of a kind told by its end.
_BEFORE_ARTICLE = re.compile(rf"([\u4e00-\u9fff]{{1,30}}{LEGAL_ZH})\s*(?=第|\d+\s*[条條])")
_BY_ITS_END = re.compile(r"([\u4e00-\u9fff]{2,30}(?:条例|细则|法典|组织法))")
_SHORTEST_PART = 3
_REGION = re.compile(r"(?:特别行政区|[省市县区])$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a question names, as a corpus has it.

    `documents` are IRIs, exact titles first; `passages` the rows of the named articles in them;
    `unknown` the titles and numbers, as the asker wrote them, that no document has.
    """

    documents: tuple[str, ...] = ()
    passages: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()


class DocumentNames:
    """Finds documents by the titles and numbers that people give them."""

    def __init__(self, corpus: StoredCorpus) -> None:
        """Takes the corpus; its titles are folded once."""
        self._corpus = corpus
        self._titles = [(fold_title(d.title), d.iri) for d in corpus.documents]
        self._numbers = [(fold_number(d.number), d.iri) for d in corpus.documents if d.number]
        self._matcher = LabelMatcher(
            labels=_pairs(corpus.documents, legal=True), names=_pairs(corpus.documents, legal=False)
        )
        self._backwards = sorted((title[::-1], iri) for title, iri in self._titles)

    def resolve(self, references: References) -> Resolved:
        """The documents and articles that the references name.

        An article is found only in documents that are named.
        """
        documents: list[str] = []
        unknown: list[str] = []
        for title in references.titles:
            found = self._by_title(title, references.text)
            documents += found
            unknown += [] if found else [title]
        for folded, written in zip(references.numbers, references.written, strict=True):
            found = [iri for number, iri in self._numbers if _same_number(number, folded)]
            documents += found
            unknown += [] if found else [written]
        documents += self._in_running_text(references)
        kept = tuple(dict.fromkeys(documents))
        return Resolved(kept, tuple(self._passages(kept, references)), tuple(unknown))

    def _by_title(self, title: str, text: str) -> list[str]:
        """Documents of exactly this title, or whose title ends in it, else those that hold it."""
        asked = fold_title(title)
        if len(asked.split()) < (_SHORTEST_PART if has_han(title) else 2):
            return [iri for own, iri in self._titles if own == asked.strip()]
        padded = f" {asked} "
        ending = [(own, iri) for own, iri in self._titles if f" {own} ".endswith(padded)]
        if not ending:
            return [iri for own, iri in self._titles if padded in f" {own} "]
        # 北京的《物业管理条例》 means that of Beijing alone.
        words = fold_title(text)
        local = [(own, iri) for own, iri in ending if _before(own, asked, words)]
        exact = [iri for own, iri in ending if own == asked and not local]
        return exact + [iri for own, iri in local or ending if iri not in exact]

    def _in_running_text(self, references: References) -> Iterator[str]:
        text = references.text
        rest = blank(text, [match.span() for match in _QUOTED.finditer(text)])
        matches = self._matcher.find(rest)
        for match in matches:
            yield from match.targets
        rest = simplify(blank(rest, [(match.start, match.end) for match in matches]))
        runs = _BEFORE_ARTICLE.findall(rest) if references.articles else []
        for run in dict.fromkeys([*runs, *_BY_ITS_END.findall(rest)]):
            found = self._by_longest_end(run)
            if len(found) == 1:
                yield from found

    def _by_longest_end(self, run: str) -> list[str]:
        """Documents whose title ends in the longest possible end of a run of characters."""
        for start in range(len(run) - _SHORTEST_PART + 1):
            end = fold_title(run[start:])[::-1]
            at = bisect_left(self._backwards, (end, ""))
            found = []
            while at < len(self._backwards) and self._backwards[at][0].startswith(end):
                found.append(self._backwards[at][1])
                at += 1
            if found:
                return found
        return []

    def _passages(self, documents: Iterable[str], references: References) -> Iterator[int]:
        keys = frozenset(key for label in references.articles for key in article_keys(label))
        if not keys:
            return
        for document in documents:
            for row in self._corpus.passages_of.get(document, ()):
                headings = self._corpus.passages[row].section
                if any(keys & heading_keys(heading) for heading in headings):
                    yield row


def fold_title(title: str) -> str:
    """A title's characters and word stems with spaces between, without marks, date and state."""
    tokens = (token.lower() for token in _TOKEN.findall(simplify(_bare(title))))
    kept = [stem(t) if t.isascii() else t for t in tokens if t not in _SMALL_WORDS]
    return " ".join(kept)


def _bare(title: str) -> str:
    """A title without the name of the state before it and what stands behind it."""
    title = title.strip()
    while (shorter := _TAIL.sub("", title).rstrip()) != title and shorter:
        title = shorter
    # 民法典 物权编 is the part of a law, which is known by the law's name.
    head, _, part = title.strip().partition(" ")
    if has_han(head) and part.endswith(("编", "編")):
        title = head
    folded = simplify(title).strip()
    return folded.removeprefix(_STATE) if folded != _STATE else folded


def _pairs(documents: Iterable[StoredDocument], *, legal: bool) -> Iterator[tuple[str, str]]:
    """The titles that name a document where they stand without marks, with its IRI."""
    for document in documents:
        title = re.sub(r"[《》〈〉“”\"\s]+", " ", _bare(document.title)).strip()
        if has_han(title):
            title = title.replace(" ", "")
            enough = _SHORTEST if _ENDS_LEGAL_ZH.search(title) else _LONG
            if legal and len(title) >= enough:
                yield title, document.iri
            continue
        words = len(title.split())
        is_legal = bool(_ENDS_LEGAL_EN.search(title))
        told = is_legal or words >= _LONG_WORDS or title != title.lower()
        if is_legal == legal and told and words > 1:
            yield title, document.iri


def _before(own: str, asked: str, words: str) -> str:
    """The place before a title, if the question names it; else empty."""
    place = "".join(own.removesuffix(asked).split())
    place = _REGION.sub("", place)
    return place if place and place in words.replace(" ", "") else ""


def _same_number(own: str, asked: str) -> bool:
    if asked.startswith("第"):
        return own == asked or own.endswith(f"令{asked}")
    # What stands before the mark in a question may run on into it.
    return own == asked or asked.endswith(own) or own.endswith(asked)
