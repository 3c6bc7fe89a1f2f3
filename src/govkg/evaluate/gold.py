"""Gold files of questions: their formats, and where in the base their passages stand."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from govkg.errors import GovkgError
from govkg.evaluate.metrics import Span
from govkg.search.corpus import StoredCorpus, StoredDocument

_CONCEPTS_FILE = "concepts.yaml"
_EXTRACTION_FILE = "seed_extraction.json"
_KINDS = ("problems", "causes", "countermeasures")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the sentences that answer it and the concepts (notations) it is about.

    Where the file gives no passages, `kind` says what sort of question it is, and `missing` the
    place, person or practice that it names and no document does.
    """

    id: str
    text: str
    language: str
    answerable: bool
    spans: tuple[Span, ...]
    concepts: frozenset[str] = field(default=frozenset())
    kind: str = ""
    missing: str = ""


def read_gold(path: Path) -> Any:
    """The parsed gold file.

    Raises:
        GovkgError: it is missing or not JSON.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise GovkgError("the gold file cannot be read", where=str(path)) from error
    except (ValueError, RecursionError) as error:
        raise GovkgError(f"the gold file is not JSON: {error}", where=str(path)) from error


def concepts_by_seed(gold_path: Path) -> dict[str, frozenset[str]]:
    """The notations that stand for each gold id, by the `seed:` lists of `concepts.yaml`."""
    # Absolute: the file may be named from within its own folder.
    path = gold_path.absolute().parent.parent / _CONCEPTS_FILE
    if not path.exists():
        raise GovkgError(
            "concepts.yaml is missing beside the gold folder, so gold ids mean nothing",
            where=str(path),
        )
    try:
        schemes = yaml.safe_load(path.read_text("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise GovkgError("concepts.yaml is not YAML", where=str(path)) from error
    found: dict[str, set[str]] = {}
    for scheme in schemes.values():
        for concept in scheme:
            for seed in concept.get("seed") or ():
                found.setdefault(seed, set()).add(concept["id"])
    return {seed: frozenset(notations) for seed, notations in found.items()}


def locate_sentences(
    gold_path: Path, corpus: StoredCorpus
) -> tuple[StoredDocument | None, dict[str, tuple[int, int]]]:
    """The document that holds the gold sentences, and the offsets of each by its id."""
    sentences = read_gold(gold_path.parent / _EXTRACTION_FILE)["passages"]
    best: tuple[StoredDocument | None, dict[str, tuple[int, int]]] = (None, {})
    for document in corpus.documents:
        if document.language == "en":
            found = _find_in_order(document.text, sentences)
            if len(found) > max(len(best[1]), len(sentences) // 2):
                best = (document, found)
    return best


def _find_in_order(text: str, sentences: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    position = 0
    for sentence in sentences:
        start = re.compile(_spaced(sentence["start"])).search(text, position)
        if start is None:
            continue
        end = re.compile(_spaced(sentence["end"])).search(text, start.start())
        if end is not None:
            found[sentence["id"]] = (start.start(), end.end())
            # The next sentence begins here at the earliest, whatever this one's end repeats.
            position = start.start() + 1
    return found


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def seed_questions(path: Path, corpus: StoredCorpus) -> list[GoldQuestion]:
    """The questions of a `questions` file with graded passages of the seed paper."""
    document, places = locate_sentences(path, corpus)
    seeds = concepts_by_seed(path)
    questions = []
    for record in read_gold(path)["questions"]:
        spans = tuple(
            Span(document.iri, *places[p["passage"]], p["grade"])
            for p in record["relevant_passages"]
            if document is not None and p["passage"] in places
        )
        expected = record.get("expected") or {}
        ids = [seed for kind in _KINDS for seed in expected.get(kind, ())]
        concepts = frozenset[str]().union(*(seeds.get(seed, frozenset()) for seed in ids))
        questions.append(
            GoldQuestion(
                record["id"],
                record["text"],
                record["language"],
                record["answerable"],
                spans,
                concepts,
            )
        )
    return questions


def document_questions(path: Path, corpus: StoredCorpus) -> list[GoldQuestion]:
    """The questions of a `docs` file: a document and an article number or opening words."""
    return [
        GoldQuestion(
            record["id"],
            record["text"],
            record["language"],
            True,
            tuple(_anchored(corpus, [record["file"] + "#" + record["anchor"], *record["also"]])),
        )
        for record in read_gold(path)["questions"]
    ]


def _anchored(corpus: StoredCorpus, targets: Iterable[str]) -> Iterable[Span]:
    for target in targets:
        file, _, anchor = target.partition("#")
        for document in corpus.documents:
            if document.path != file:
                continue
            if not anchor:
                yield Span(document.iri, 0, len(document.text), 2)
                continue
            labelled = [
                corpus.passages[row]
                for row in corpus.passages_of.get(document.iri, ())
                if any(_same_label(part, anchor) for part in corpus.passages[row].section)
            ]
            for passage in labelled:
                yield Span(document.iri, passage.start, passage.end, 2)
            start = document.text.find(anchor)
            if not labelled and start >= 0:
                yield Span(document.iri, start, start + len(anchor), 2)


def _same_label(label: str, anchor: str) -> bool:
    return "".join(label.split()) == "".join(anchor.split()) or label.startswith(anchor + " ")


def crosslingual_questions(path: Path, corpus: StoredCorpus) -> list[GoldQuestion]:
    """The zh/en questions on the seed paper, and the Chinese questions on laws that are here."""
    gold = read_gold(path)
    questions = []
    for number, record in enumerate(gold["zh_en"], start=1):
        spans = tuple(_by_phrases(corpus, record["anchors"]))
        for language in ("zh", "en"):
            questions.append(
                GoldQuestion(f"X{number}{language}", record[language], language, bool(spans), spans)
            )
    for number, record in enumerate(gold["zh_zh"], start=1):
        spans = tuple(_by_articles(corpus, gold["docs"], record["gold"]))
        if spans:
            questions.append(GoldQuestion(f"L{number}", record["zh"], "zh", True, spans))
    return [question for question in questions if question.spans]


def refusal_questions(path: Path, corpus: StoredCorpus) -> list[GoldQuestion]:
    """The questions of a `missing` file: each answerable or not, none with its passages."""
    return [
        GoldQuestion(
            record["id"],
            record["text"],
            record["language"],
            record["answerable"],
            (),
            kind=record["kind"],
            missing=record["missing"],
        )
        for record in read_gold(path)["questions"]
    ]


def _by_phrases(corpus: StoredCorpus, phrases: Iterable[str]) -> Iterable[Span]:
    for phrase in phrases:
        pattern = re.compile(_spaced(phrase))
        for document in corpus.documents:
            match = pattern.search(document.text)
            if match:
                yield Span(document.iri, match.start(), match.end(), 2)


def _by_articles(
    corpus: StoredCorpus, files: Mapping[str, str], articles: Iterable[str]
) -> Iterable[Span]:
    for article in articles:
        code, number = article[:2], int(article[2:])
        name = files[code].removeprefix("民法典/").rsplit("/", 1)[-1]
        for document in corpus.documents:
            if document.path.endswith(name):
                yield from _anchored(corpus, [f"{document.path}#第{chinese_number(number)}条"])


def chinese_number(number: int) -> str:
    """A number from 1 to 9,999 in Chinese numerals as articles are numbered: 12 is 十二."""
    written, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if zero and written else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = bool(written)
    return written.removeprefix("一") if written.startswith("一十") else written
