"""Induces which English words a Chinese word becomes, and puts our labels above that.

The model is the first of Brown et al. (1993): each English word of a segment comes from one of
its Chinese words, or from none; what comes from what is guessed, counted and guessed again.
"""

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from tokenizers import Tokenizer
from training.chinese.examples import Ontology, worded
from training.chinese.pairs import Pair
from training.chinese.words import cut, is_han

from govkg.index.lexicon import LEXICON_FILE
from govkg.ontology.labels import Label
from govkg.text.script import simplify
from govkg.text.terms import chinese_characters, english_terms, stem
from govkg.text.terms import words as english_words

_LONGEST_CHINESE = 22
_LONGEST_ENGLISH = 30
_SEEN = 3
_ROUNDS = 6
_LEAST = 0.08
_LEAST_OF_A_CHARACTER = 0.3
_MOST_WORDS = 4
# An English word that only some of a concept's wordings have says less of it.
_LEAST_SHARE = 0.25
Entries = dict[str, dict[str, float]]


def write(pairs: Sequence[Pair], tokenizer: Tokenizer, ontology: Ontology) -> None:
    """Writes the lexicon into the package, sorted; a label goes before what was induced."""
    surface = surfaces(pair.en for pair in pairs)
    entries = {
        term: {surface.get(word, word): weight for word, weight in words.items()}
        for term, words in induced(pairs, tokenizer).items()
    }
    lines = [
        term + "\t" + " ".join(f"{word}:{weight:.2g}" for word, weight in words.items())
        for term, words in sorted((entries | labelled(ontology)).items())
    ]
    data = ("\n".join(lines) + "\n").encode()
    # Without a time in its head the file is the same whenever it is made.
    LEXICON_FILE.write_bytes(gzip.compress(data, mtime=0))


def surfaces(texts: Iterable[str]) -> dict[str, str]:
    """For each stem the word that most often has it; of two as frequent the first in order."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text[start:end].lower() for start, end in english_words(text))
    best: dict[str, str] = {}
    for word, _ in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        best.setdefault(stem(word), word)
    return best


def labelled(ontology: Ontology) -> Entries:
    """The English words of the wordings of concepts and of the names of places."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for labels in [*ontology.places, *ontology.concepts]:
        weights = _weights(worded(labels, "en"))
        for label in worded(labels, "zh"):
            term = simplify(label.text)
            if is_han(term) and len(term) > 1 and weights:
                for word, weight in weights.items():
                    found[term][word] = max(weight, found[term].get(word, 0))
    return {term: dict(_likeliest(weights)) for term, weights in found.items()}


def _weights(english: Sequence[Label]) -> dict[str, float]:
    """1 for the words of the preferred label, for others the share of wordings that have them."""
    # The preferred label comes first, and so decides in which form a word stands.
    forms = surface_forms(label.text for label in english)
    preferred = {t for label in english if label.kind == "pref" for t in english_terms(label.text)}
    counts = Counter(term for label in english for term in set(english_terms(label.text)))
    shares = {term: 1.0 if term in preferred else n / len(english) for term, n in counts.items()}
    return {forms[term]: share for term, share in shares.items() if share >= _LEAST_SHARE}


def surface_forms(texts: Iterable[str]) -> dict[str, str]:
    """For each stem the first word of the texts that has it, in lower case."""
    forms: dict[str, str] = {}
    for text in texts:
        for start, end in english_words(text):
            word = text[start:end].lower()
            for term in english_terms(word):
                forms.setdefault(term, word)
    return forms


def _likeliest(weights: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda entry: (-entry[1], entry[0]))


def induced(pairs: Sequence[Pair], tokenizer: Tokenizer) -> Entries:
    """The likeliest English stems of each Chinese word, with their probabilities."""
    ids = cut(tokenizer, [simplify(pair.zh) for pair in pairs])
    segments = [
        (sorted(set(zh)), sorted(set(en)))
        for zh, pair in zip(ids, pairs, strict=True)
        if 1 <= len(zh) <= _LONGEST_CHINESE
        and 1 <= len(en := english_terms(pair.en)) <= _LONGEST_ENGLISH
    ]
    often = Counter(term for _, en in segments for term in en)
    stems = sorted(term for term, count in often.items() if count >= _SEEN)
    places = {term: i for i, term in enumerate(stems)}
    zh, en, probability = _estimated(
        [(zh, [places[term] for term in en if term in places]) for zh, en in segments], len(stems)
    )
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for z, e, p in zip(zh.tolist(), en.tolist(), probability.tolist(), strict=True):
        word = tokenizer.id_to_token(z) if z else ""
        least = _LEAST if len(word) > 1 else _LEAST_OF_A_CHARACTER
        if p >= least and chinese_characters(word):
            found[word].append((-p, stems[e]))
    return {
        word: {term: -p for p, term in sorted(entries)[:_MOST_WORDS]}
        for word, entries in found.items()
    }


def _estimated(
    segments: Sequence[tuple[list[int], list[int]]], stems: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chinese ids, English places and the probability that the first becomes the second.

    Id 0 stands in every segment, for English words that come from no Chinese one.
    """
    zh, en, word = _links(segments)
    cells, cell = np.unique(zh * stems + en, return_inverse=True)
    source = cells // stems
    probability = np.full(len(cells), 1 / stems)
    for _ in range(_ROUNDS):
        share = probability[cell]
        share /= np.bincount(word, share)[word]
        count = np.bincount(cell, share, len(cells))
        probability = count / np.bincount(source, count)[source]
    return source, cells % stems, probability


def _links(
    segments: Sequence[tuple[list[int], list[int]]],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every Chinese word with every English word of its segment, and which English word it is."""
    zh: list[np.ndarray] = []
    en: list[np.ndarray] = []
    word: list[np.ndarray] = []
    words = 0
    for chinese, english in segments:
        sources = np.array([0, *chinese], dtype=np.int64)
        zh.append(np.tile(sources, len(english)))
        en.append(np.repeat(np.array(english, dtype=np.int64), len(sources)))
        word.append(np.repeat(np.arange(words, words + len(english)), len(sources)))
        words += len(english)
    return np.concatenate(zh), np.concatenate(en), np.concatenate(word)
