"""What the encoder is made from: laws for its words, bilingual texts for their meaning."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

from training.chinese.pairs import Pair

from govkg.corpus.front_matter import split
from govkg.text.script import simplify
from govkg.text.segmentation import sentences

LAWS_FILE = Path("data") / "prc_law_texts.jsonl.gz"
FREQUENCIES_FILE = Path("data") / "internet-zh.num.txt"
# The digest of the seed paper takes no part: extraction and search are measured on that paper.
LEFT_OUT = frozenset({"seed-paper"})
NOTE_END = "<!-- INFO END -->"
_SPACE = re.compile(r"\s+")
_SHORTEST_LINE = 6


def law_lines(trials: Path) -> Iterator[str]:
    """The lines of the mainland laws and regulations, without white space, each once."""
    seen: set[str] = set()
    with gzip.open(trials / LAWS_FILE, "rt", encoding="utf-8") as rows:
        for row in rows:
            for line in json.loads(row)["text"].split(NOTE_END)[-1].split("\n"):
                text = _SPACE.sub("", line)
                if len(text) >= _SHORTEST_LINE and text not in seen:
                    seen.add(text)
                    yield text


def word_frequencies(trials: Path) -> dict[str, float]:
    """How often a word stands among a million of the Chinese internet; none for the rare."""
    found = {}
    for line in (trials / FREQUENCIES_FILE).read_text("utf-8").splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[0].isdigit():
            found.setdefault(simplify(fields[2]), float(fields[1]))
    return found


def starter_pairs(root: Path) -> list[Pair]:
    """What the two language versions of our own works say alike.

    Titles, lines that stand at the same place of documents with the same number of lines, their
    sentences where the line has as many in both, and the quotes given for one concept.
    """
    works: dict[str, dict[str, tuple[dict, str]]] = {}
    for path in sorted((root / "corpus" / "documents").rglob("*.md")):
        front, body, _ = split(path.read_text("utf-8"))
        if front["work"] not in LEFT_OUT:
            works.setdefault(front["work"], {})[front["language"]] = (front, body)
    found: list[Pair] = []
    for versions in works.values():
        if versions.keys() >= {"zh", "en"}:
            found += _aligned(*versions["zh"], *versions["en"])
    return list(dict.fromkeys(found))


def _aligned(zh_front: dict, zh_body: str, en_front: dict, en_body: str) -> Iterator[Pair]:
    yield Pair("title", zh_front["title"], en_front["title"])
    for concept in sorted(zh_front["evidence"].keys() & en_front["evidence"].keys()):
        yield Pair("quote", str(zh_front["evidence"][concept]), str(en_front["evidence"][concept]))
    zh_lines, en_lines = _lines(zh_body), _lines(en_body)
    if len(zh_lines) != len(en_lines):
        return
    for zh, en in zip(zh_lines, en_lines, strict=True):
        yield Pair("line", zh, en)
        zh_spans, en_spans = sentences(zh, "zh"), sentences(en, "en")
        if len(zh_spans) == len(en_spans) > 1:
            for (a, b), (c, d) in zip(zh_spans, en_spans, strict=True):
                yield Pair("sentence", zh[a:b], en[c:d])


def _lines(body: str) -> list[str]:
    return [text for line in body.splitlines() if (text := line.lstrip("#- ").strip())]
