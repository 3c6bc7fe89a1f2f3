"""Fits the weights by which sentences are linked to concepts, and gathers the examples.

Run from the repository's root: `make train-linking`. It reads the starter corpus alone. A sentence
that an editor quotes for a concept speaks of it; a concept that the document lists nowhere is
spoken of by none of its sentences, unless a label of it stands there. Whether the other sentences
speak of the concepts that are listed nobody said: that is guessed by expectation maximisation. The
digest of the seed paper is left out, so that extraction can be measured on that paper.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from govkg.corpus.front_matter import split
from govkg.extract import scoring
from govkg.extract.scoring import LEXICAL, UNQUOTED, VECTORS, ConceptScorer
from govkg.index.embedders import load_embedder
from govkg.index.encoder import prepare_encoder
from govkg.ontology.finding_labels import FINDING_KINDS, finding_labels
from govkg.ontology.loading import load_ontology
from govkg.ontology.vocabulary import read_vocabulary
from govkg.text.segmentation import sentences

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "govkg" / "extract" / "data"
LEFT_OUT = {"seed-paper"}
LISTS = ("problems", "causes", "countermeasures")
# Of each kind so many of the likeliest concepts of a sentence are learnt from.
HARDEST = 8
FOLDS = 5
UNSAID = -1.0
# A label of two words, or of four characters, names its concept.
NAMED = 2 / 3
ROUNDS = 12


@dataclass(frozen=True)
class Sentence:
    """A sentence of the corpus with what its editor quotes it for, and lists elsewhere."""

    work: str
    language: str
    text: str
    quoted: frozenset[str]
    listed: frozenset[str]


def corpus() -> Iterator[Sentence]:
    """All sentences of the starter corpus but those of LEFT_OUT."""
    for path in sorted((ROOT / "corpus" / "documents").rglob("*.md")):
        front, body, _ = split(path.read_text("utf-8"))
        if front["work"] in LEFT_OUT:
            continue
        listed = frozenset(str(name) for field in LISTS for name in front.get(field) or ())
        evidence = {name: str(quote) for name, quote in front["evidence"].items()}
        for line in body.splitlines():
            if not line or line.startswith("#"):
                continue
            for start, end in sentences(line, front["language"]):
                text = line[start:end]
                quoted = {n for n, quote in evidence.items() if quote in text or text in quote}
                yield Sentence(front["work"], front["language"], text, frozenset(quoted), listed)


def rows(
    scorer: ConceptScorer, said: Sequence[Sentence], names: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The features [n, features + kinds], the verdicts [n] and the works [n].

    A verdict is 1 where the editor quotes the sentence for the concept, 0 where the concept is
    not listed, and `UNSAID` where it is listed and quoted from another sentence, or where a
    label of it stands in the sentence: editors list what matters, not all that is mentioned.
    """
    features = scorer.features([one.text for one in said], [one.work for one in said])
    found, verdicts, works = [], [], []
    for n, one in enumerate(said):
        for kind in FINDING_KINDS:
            columns = [c for c, x in enumerate(scorer.concepts) if x.kind == kind]
            hardest = set(sorted(columns, key=lambda c: -features["margin"][n, c])[:HARDEST])
            hardest |= {c for c in columns if scorer.concepts[c].notation in one.quoted}
            for column in sorted(hardest):
                notation = scorer.concepts[column].notation
                values = [float(features[name][n, column]) for name in names]
                found.append(values + [float(kind == other) for other in FINDING_KINDS])
                named = features["label"][n, column] >= NAMED
                unsaid = notation not in one.quoted and (notation in one.listed or named)
                verdicts.append(UNSAID if unsaid else float(notation in one.quoted))
                works.append(one.work)
    return np.array(found), np.array(verdicts), np.array(works)


def learn(values: np.ndarray, verdicts: np.ndarray) -> LogisticRegression:
    """A regression by expectation maximisation: what nobody said is guessed, then learnt from."""
    told = verdicts != UNSAID
    unsaid = values[~told]
    model = LogisticRegression(C=1.0, max_iter=3000).fit(values[told], verdicts[told])
    both = np.concatenate([values[told], unsaid, unsaid])
    labels = np.concatenate([verdicts[told], np.ones(len(unsaid)), np.zeros(len(unsaid))])
    for _ in range(ROUNDS):
        guess = model.predict_proba(unsaid)[:, 1]
        weights = np.concatenate([np.ones(told.sum()), guess, 1 - guess])
        model = LogisticRegression(C=1.0, max_iter=3000).fit(both, labels, weights)
    return model


def fit(
    scorer: ConceptScorer, said: Sequence[Sentence], names: Sequence[str]
) -> tuple[dict[str, float], dict[str, Any]]:
    """The weights by name, and how well they do on works that they were not fitted to.

    Chances are measured as they are used, with what is added for the unquoted.
    """
    values, verdicts, works = rows(scorer, said, names)
    chances = np.zeros(len(verdicts))
    for train, test in GroupKFold(FOLDS).split(values, verdicts, works):
        model = learn(values[train], verdicts[train])
        chances[test] = 1 / (1 + np.exp(-model.decision_function(values[test]) - UNQUOTED))
    told = verdicts != UNSAID
    report: dict[str, Any] = {
        "sentences": len(said),
        "quoted": sum(bool(one.quoted) for one in said),
        "unsaid_positive": round(float(chances[~told].mean()), 3),
        "average_precision": round(
            float(average_precision_score(verdicts[told], chances[told])), 3
        ),
    }
    verdicts, chances = verdicts[told], chances[told]
    for floor in (0.3, 0.5, 0.7):
        kept = chances >= floor
        report[f"precision_at_{floor}"] = round(float(verdicts[kept].mean()), 3)
        report[f"recall_at_{floor}"] = round(float(verdicts[kept].sum() / verdicts.sum()), 3)
    model = learn(*rows(scorer, said, names)[:2])
    weights = dict(zip([*names, *FINDING_KINDS], model.coef_[0], strict=True))
    weights["intercept"] = model.intercept_[0]
    return {name: round(float(value), 4) for name, value in weights.items()}, report


def main() -> None:
    """Writes the examples and the weights, and prints how well they do."""
    said = list(corpus())
    lines = [
        json.dumps(
            {"language": x.language, "notation": name, "text": x.text, "work": x.work},
            ensure_ascii=False,
        )
        for x in said
        for name in sorted(x.quoted)
    ]
    DATA.mkdir(exist_ok=True)
    (DATA / "examples.jsonl").write_text("\n".join(sorted(set(lines))) + "\n", "utf-8")
    scoring.examples.cache_clear()
    vocabulary = read_vocabulary(load_ontology(ROOT / "ontology").store)
    embedder = load_embedder(prepare_encoder(ROOT / "index" / "cache", lambda line: None))
    labels = embedder.encode([label for label, _ in finding_labels(vocabulary, "en")])
    scorers = {
        "zh": (ConceptScorer(vocabulary, "zh"), LEXICAL),
        "en": (ConceptScorer(vocabulary, "en"), LEXICAL),
        "en-vectors": (
            ConceptScorer(vocabulary, "en", labels, embedder.encode),
            (*LEXICAL, *VECTORS),
        ),
    }
    weights, reports = {}, {}
    for name, (scorer, features) in scorers.items():
        own = [one for one in said if one.language == name[:2]]
        weights[name], reports[name] = fit(scorer, own, features)
    record = {"weights": weights, "measured": reports}
    (DATA / "linking.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps(reports, indent=1) + "\n")


if __name__ == "__main__":
    main()
