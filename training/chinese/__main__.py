"""Makes the Chinese encoder and the lexicon from the data of the trials, step by step.

Run from the repository's root: `make train-chinese`. Each step is kept under `index/cache/training`
by what it was made from: a run that was cut off goes on where it stopped, and what has not changed
is not made again.
"""

import logging
import sys
from pathlib import Path

import numpy as np
import torch
from training.chinese import artefact, corpora, examples, lexicon, pairs, start, student, words
from training.chinese.cache import kept
from training.chinese.teacher import Teacher
from training.chinese.vectors import company, word_vectors

from govkg.text.script import simplify

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "index" / "cache"
# Raise this when a step's code changes, so that what the old code made is not taken for its own.
RECIPE = "2"
LIMITS = words.Limits(words=11_500, characters=3_600)
DIMENSION = 256
TAUGHT = 95_000
EPOCHS = 2
# Our own texts are few beside the statutes, and speak of what users ask.
STARTER_TURNS = 2
_LOG = logging.getLogger(__name__)


def known_words(texts: list[str], trials: Path, ontology: examples.Ontology) -> dict[str, int]:
    """The words of the tokenizer with their counts."""
    general = corpora.word_frequencies(trials)
    labels = [simplify(text) for text in ontology.wordings("zh")]

    def make() -> dict[str, np.ndarray]:
        counts = words.word_counts(texts, general, labels, LIMITS)
        return {"words": np.array(list(counts)), "counts": np.array(list(counts.values()))}

    inputs = [RECIPE, repr(LIMITS), repr(general), *labels, *texts]
    found = kept(CACHE / "training", "words", inputs, make)
    return dict(zip(found["words"].tolist(), found["counts"].tolist(), strict=True))


def first_vectors(texts: list[str], counts: dict[str, int]) -> np.ndarray:
    """Vectors of the words from the company they keep [words + 1, DIMENSION]."""
    made = words.tokenizer(counts)

    def make() -> dict[str, np.ndarray]:
        near = company(list(words.cut(made, texts)), made.get_vocab_size())
        return {"vectors": word_vectors(near, DIMENSION)}

    inputs = [RECIPE, str(DIMENSION), repr(counts), *texts]
    return kept(CACHE / "training", "vectors", inputs, make)["vectors"]


def lessons(
    taught: list[pairs.Pair],
    starter: list[pairs.Pair],
    ontology: examples.Ontology,
    latin: list[str],
) -> tuple[list[str], np.ndarray]:
    """Simplified Chinese texts and the teacher's vectors of their English [texts, 384]."""
    teacher = Teacher(CACHE)
    own = starter + ontology.definitions
    labels = examples.label_examples(ontology) + examples.place_examples(ontology)
    extra = own + labels + examples.latin_examples(latin)
    statutes = teacher.encode([pair.en for pair in taught])
    vectors = teacher.encode([pair.en for pair in extra])
    again = STARTER_TURNS - 1
    texts = [simplify(pair.zh) for pair in taught + extra + own * again]
    return texts, np.concatenate([statutes, vectors, *[vectors[: len(own)]] * again])


def main() -> None:
    """Runs all steps and writes the artefacts into the package."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    trials = Path(sys.argv[1])
    # More threads than free cores make each step wait for the slowest.
    torch.set_num_threads(1)
    ontology = examples.Ontology(ROOT)
    statutes, starter = pairs.statute_pairs(trials), corpora.starter_pairs(ROOT)
    zh = [simplify(pair.zh) for pair in starter]
    texts = [*corpora.law_lines(trials), *(pair.zh for pair in statutes), *zh]
    counts = known_words(texts, trials, ontology)
    _LOG.info("%d words", len(counts))
    latin = words.latin_words([*ontology.wordings("en"), *zh])
    vectors = first_vectors(texts, counts)
    _LOG.info("word vectors made")
    learnt, targets = lessons(pairs.taught(statutes, TAUGHT), starter, ontology, latin)
    _LOG.info("%d lessons", len(learnt))
    everything = counts | {word: start.LATIN_COUNT for word in latin if word not in counts}
    made = words.tokenizer(everything)

    def fit() -> dict[str, np.ndarray]:
        first = start.first_state(everything, vectors, corpora.word_frequencies(trials))
        one = student.Student(*first, targets.shape[1])
        ids = list(words.cut(made, learnt))
        known = [i for i, text in enumerate(ids) if text]
        student.fit(one, student.Lessons([ids[i] for i in known], targets[known]), EPOCHS)
        return {"rows": one.folded().astype(np.float16)}

    inputs = [RECIPE, str(EPOCHS), repr(everything), vectors.tobytes(), targets.tobytes(), *learnt]
    artefact.write(made, kept(CACHE / "training", "rows", inputs, fit)["rows"])
    _LOG.info("encoder written")
    lexicon.write([*statutes, *starter], made, ontology)
    _LOG.info("lexicon written")


if __name__ == "__main__":
    main()
