"""The words that the encoder knows, and the tokenizer that finds them in a text.

The tokenizer is a Unigram model: of all ways to cut a run of Han characters into known words it
takes the likeliest. Words are short: a compound is best known by its parts, because the texts that
it should meet share them (on the development questions longer ones cost .04 to .09).
Longer ones are looked for all the same: what stands in compounds only is no frequent word.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
_HAN = "\u3400-\u9fff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_LATIN_WORD = re.compile("[a-z]{2,}")
_LONGEST_WORD = 3
_LONGEST_COMPOUND = 7
# Neighbours are a compound that meet so often, and so much more often than by chance: 1 is always.
_MEETINGS = 60
_LEAST_ASSOCIATION = 0.45
# The general list counts by the million: what is joined starts as a fairly common word.
_JOINED_FREQUENCY = 5.0
# What the teacher's language needs: a label is taken for a word although the laws lack it.
_LABEL_COUNT = 20
_LINES_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How many words of two and more characters are kept, and how many single characters."""

    words: int
    characters: int


def tokenizer(counts: Mapping[str, float]) -> Tokenizer:
    """A tokenizer that knows these words, whose ids follow the order of `counts` from 1.

    Latin letters lose case and accents and stand as whole words; all else is left out.
    """
    total = sum(counts.values())
    entries = [(word, math.log(count / total)) for word, count in counts.items()]
    made = Tokenizer(models.Unigram([(UNKNOWN, -30.0), *entries], unk_id=0, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])"), ""),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(f"[^a-z{_HAN}]+"), "removed"),
            pre_tokenizers.Split(Regex("[a-z]+"), "isolated"),
        ]
    )
    return made


def cut(made: Tokenizer, texts: Sequence[str]) -> Iterator[list[int]]:
    """The ids of the known words of each text, in order."""
    for i in range(0, len(texts), _LINES_AT_ONCE):
        for encoding in made.encode_batch_fast(
            texts[i : i + _LINES_AT_ONCE], add_special_tokens=False
        ):
            yield [word for word in encoding.ids if word]


def is_han(text: str) -> bool:
    """Whether a text is made of Han characters alone."""
    return _HAN_RUN.fullmatch(text) is not None


def han_runs(texts: Iterable[str]) -> list[str]:
    """The runs of Han characters of the texts: no word crosses the border of one."""
    return [run for text in texts for run in _HAN_RUN.findall(text)]


def latin_words(texts: Iterable[str]) -> list[str]:
    """The Latin words of two and more letters in the texts, in lower case, each once, sorted."""
    return sorted({word for text in texts for word in _LATIN_WORD.findall(text.lower())})


def word_counts(
    texts: Sequence[str], general: Mapping[str, float], labels: Iterable[str], limits: Limits
) -> dict[str, int]:
    """The words to know with their counts in the texts, the most frequent first.

    Args:
        texts: simplified Chinese; what counts as frequent is read from them.
        general: a general word list with frequencies, to start from.
        labels: wordings that are words whatever the texts say.
        limits: how many to keep; of the words, the longer ones fall away afterwards.
    """
    runs = han_runs(texts)
    characters = Counter(character for run in runs for character in run)
    known = {label for label in labels if _is_word(label, _LONGEST_COMPOUND)}
    start = {word: n for word, n in general.items() if _is_word(word, _LONGEST_COMPOUND)}
    start |= {character: general.get(character, 0.1) for character in characters}
    start |= {label: max(start.get(label, 0), 1.0) for label in sorted(known)}
    joined = dict.fromkeys(_compounds(tokenizer(start), runs), _JOINED_FREQUENCY)
    found = _counts(tokenizer(joined | start), runs)
    frequent = [word for word, _ in found.most_common() if len(word) > 1][: limits.words]
    kept = [word for word in dict.fromkeys(frequent + sorted(known)) if len(word) <= _LONGEST_WORD]
    kept += [character for character, _ in characters.most_common(limits.characters)]
    # What was left out is now cut into what was kept, so all is counted once more.
    found = _counts(tokenizer({word: max(found[word], 1) for word in kept}), runs)
    return {word: max(found[word], _LABEL_COUNT if word in known else 1) for word in kept}


def _is_word(text: str, longest: int) -> bool:
    return 1 < len(text) <= longest and is_han(text)


def _counts(made: Tokenizer, runs: Sequence[str]) -> Counter[str]:
    counts: Counter[int] = Counter()
    for ids in cut(made, runs):
        counts.update(ids)
    return Counter({made.id_to_token(i): counts[i] for i in sorted(counts)})


def _compounds(made: Tokenizer, runs: Sequence[str]) -> list[str]:
    """Neighbours that belong together, by normalised pointwise mutual information; sorted."""
    stream = np.array([word for ids in cut(made, runs) for word in (0, *ids)], dtype=np.int64)
    size = made.get_vocab_size()
    single = np.bincount(stream, minlength=size) / np.count_nonzero(stream)
    met, times = np.unique(stream[:-1] * size + stream[1:], return_counts=True)
    first, second = met // size, met % size
    often = (times >= _MEETINGS) & (first > 0) & (second > 0)
    first, second = first[often], second[often]
    share = times[often] / np.count_nonzero(stream)
    association = np.log(share / (single[first] * single[second])) / -np.log(share)
    found = {
        made.id_to_token(int(first[i])) + made.id_to_token(int(second[i]))
        for i in np.flatnonzero(association >= _LEAST_ASSOCIATION)
    }
    return sorted(word for word in found if len(word) <= _LONGEST_COMPOUND)
