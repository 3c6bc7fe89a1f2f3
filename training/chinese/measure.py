"""How well the Chinese encoder finds passages: `python -m training.chinese.measure TRIALS`.

The questions are development questions: recipes are compared by them, nothing is trained on them.
An English passage is right where a phrase of the question's anchors stands in it, a Chinese
article where the question lists it.
"""

import gzip
import json
import math
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from training.chinese.corpora import LAWS_FILE, NOTE_END
from training.chinese.teacher import Teacher

from govkg.index.encoder import read_card
from govkg.index.lexicon import Lexicon
from govkg.index.static_encoder import CHINESE_FOLDER, StaticEncoder
from govkg.text.segmentation import sentences
from govkg.text.terms import chinese_terms, english_terms

ROOT = Path(__file__).parents[2]
LEXICON = Lexicon()
QUESTIONS = Path("gold") / "crosslingual_dev.json"
PAPER = Path("documents") / "seed-paper.txt"
_WORDS_OF_A_PASSAGE = 110
_CUTOFF = 10
_FUSION = 60
_K1, _B = 1.2, 0.75
_DRAWS = 2000
_ARTICLE = re.compile(r"^\**第([零〇一二三四五六七八九十百千]+)条[之\s　\**]", re.MULTILINE)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class Task:
    """Questions, texts, and the right texts of each question by index."""

    questions: list[str]
    texts: list[str]
    right: list[set[int]]


def number(text: str) -> int:
    """The value of a Chinese numeral below ten thousand."""
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def paper_task(trials: Path, language: str) -> Task:
    """The questions on the seed paper in a language, on its passages in English."""
    records = json.loads((trials / QUESTIONS).read_text("utf-8"))["zh_en"]
    passages: list[str] = []
    for line in (trials / PAPER).read_text("utf-8").splitlines():
        words = 0
        for start, end in sentences(line, "en"):
            text = line[start:end]
            length = len(text.split())
            if words and words + length <= _WORDS_OF_A_PASSAGE:
                passages[-1] += " " + text
                words += length
            else:
                passages.append(text)
                words = length
    right = [{i for i, p in enumerate(passages) if _holds(p, r["anchors"])} for r in records]
    return Task([record[language] for record in records], passages, right)


def _holds(passage: str, anchors: Sequence[str]) -> bool:
    plain = " ".join(passage.lower().split())
    return any(" ".join(anchor.lower().split()) in plain for anchor in anchors)


def laws_task(trials: Path) -> Task:
    """The questions on laws, on the articles of the texts that the file names.

    A question is left out if none of its articles is in the collection.
    """
    gold = json.loads((trials / QUESTIONS).read_text("utf-8"))
    wanted = {path: key for key, path in gold["docs"].items()}
    names: list[str] = []
    articles: list[str] = []
    with gzip.open(trials / LAWS_FILE, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["path"] in wanted:
                body = row["text"].split(NOTE_END)[-1]
                starts = list(_ARTICLE.finditer(body))
                for one, following in zip(starts, [*starts[1:], None], strict=True):
                    end = following.start() if following else len(body)
                    names.append(f"{wanted[row['path']]}{number(one[1])}")
                    articles.append(body[one.start() : end].strip())
    places = {name: i for i, name in reversed(list(enumerate(names)))}
    right = [{places[name] for name in one["gold"] if name in places} for one in gold["zh_zh"]]
    asked = [i for i, good in enumerate(right) if good]
    return Task([gold["zh_zh"][i]["zh"] for i in asked], articles, [right[i] for i in asked])


def ndcg(scores: np.ndarray, right: Sequence[set[int]]) -> np.ndarray:
    """nDCG@10 of each question, from scores [questions, texts]; ties by the texts' order."""
    values = []
    for row, good in zip(scores, right, strict=True):
        order = np.argsort(-row, kind="stable")[:_CUTOFF]
        gain = sum(1 / math.log2(rank + 2) for rank, i in enumerate(order) if int(i) in good)
        ideal = sum(1 / math.log2(rank + 2) for rank in range(min(len(good), _CUTOFF)))
        values.append(gain / ideal if ideal else 0.0)
    return np.array(values)


def bm25(queries: Sequence[Mapping[str, float]], texts: Sequence[Sequence[str]]) -> np.ndarray:
    """BM25 scores [queries, texts] of weighted terms."""
    counts = [Counter(text) for text in texts]
    lengths = np.array([len(text) for text in texts])
    norm = _K1 * (1 - _B + _B * lengths / lengths.mean())
    holding = Counter(term for count in counts for term in count)
    scores = np.zeros((len(queries), len(texts)))
    for row, query in zip(scores, queries, strict=True):
        for term, weight in query.items():
            if not holding[term]:
                continue
            rarity = math.log(1 + (len(texts) - holding[term] + 0.5) / (holding[term] + 0.5))
            often = np.array([count[term] for count in counts])
            row += weight * rarity * often * (_K1 + 1) / (often + norm)
    return scores


def fused(*lists: np.ndarray) -> np.ndarray:
    """Reciprocal rank fusion of score lists; a text without a score takes no part in a list."""
    total = np.zeros_like(lists[0], dtype=float)
    for scores in lists:
        ranks = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)
        total += np.where(scores != 0, 1 / (_FUSION + 1 + ranks), 0)
    return total


def translated(question: str) -> dict[str, float]:
    """The weighted English stems of a Chinese question, by the lexicon."""
    stems: Counter[str] = Counter()
    for word, weight in LEXICON.translate(LEXICON.terms(question)).items():
        for stem in english_terms(word):
            stems[stem] += weight  # type: ignore[assignment]
    return dict(stems)


def line(name: str, values: np.ndarray) -> str:
    """A row of the table: the mean and its bootstrap interval of 95 %."""
    draws = np.random.default_rng(0).choice(values, (_DRAWS, len(values))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return f"| {name} | {values.mean():.3f} | {low:.3f} to {high:.3f} |"


def measured(trials: Path, encoder: StaticEncoder, teacher: Teacher) -> list[str]:
    """The rows of the table of the model card."""
    paper, english, laws = paper_task(trials, "zh"), paper_task(trials, "en"), laws_task(trials)
    passages = teacher.encode(paper.texts)
    terms = [english_terms(text) for text in paper.texts]
    dense = encoder.encode(paper.questions) @ passages.T
    ceiling = teacher.encode(english.questions) @ passages.T
    words = bm25([dict.fromkeys(english_terms(q), 1.0) for q in english.questions], terms)
    lexical = bm25([translated(question) for question in paper.questions], terms)
    rows = [
        line("Chinese questions, English passages", ndcg(dense, paper.right)),
        line("BM25 of words translated by the lexicon", ndcg(lexical, paper.right)),
        line("both fused", ndcg(fused(dense, lexical), paper.right)),
        line("the same in English: MiniLM", ndcg(ceiling, english.right)),
        line("the same in English: MiniLM and BM25", ndcg(fused(ceiling, words), english.right)),
    ]
    own = encoder.encode(laws.questions) @ encoder.encode(laws.texts).T
    bigrams = bm25(
        [dict.fromkeys(chinese_terms(q), 1.0) for q in laws.questions],
        [chinese_terms(text) for text in laws.texts],
    )
    rows += [
        line("Chinese questions, articles of laws", ndcg(own, laws.right)),
        line("BM25 of bigrams alone", ndcg(bigrams, laws.right)),
        line("both fused", ndcg(fused(own, bigrams), laws.right)),
    ]
    return rows


def costs(trials: Path, folder: Path) -> list[str]:
    """What the encoder costs, and how far numpy and sentence-transformers differ."""
    questions = laws_task(trials).questions
    started = time.perf_counter()
    encoder = StaticEncoder(folder)
    encoder.encode(questions[:1])
    loading = time.perf_counter() - started
    started = time.perf_counter()
    for question in questions:
        encoder.encode_question(question)
    each = (time.perf_counter() - started) / len(questions)
    size = sum((folder / name).stat().st_size for name in read_card(folder).files)
    reference = SentenceTransformer(str(folder), device="cpu").float()
    expected = reference.encode(questions, normalize_embeddings=True)
    apart = float(np.abs(encoder.encode(questions) - expected).max())
    return [
        f"size {size / 1e6:.1f} MB, load {loading * 1e3:.0f} ms, {each * 1e6:.0f} µs a question,",
        f"largest difference between numpy and sentence-transformers {apart:.1e}",
    ]


def main() -> None:
    """Prints the table, and below it what the encoder costs."""
    trials = Path(sys.argv[1])
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else CHINESE_FOLDER
    teacher = Teacher(ROOT / "index" / "cache")
    table = measured(trials, StaticEncoder(folder), teacher)
    lines = ["| task | nDCG@10 | 95 % |", "|---|---|---|", *table, "", *costs(trials, folder)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
