"""Fits what extraction learns: kinds of sentences, directions of concepts, and how to weigh them.

Run from the repository's root: `make train-linking`. Everything is measured on works that were not
fitted to, in five folds by work; what ships is fitted to all.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from training.labelled import Labelled, Quoted, Written, labelled, quoted, written
from training.measuring import measured

from govkg.extract.cues import find_cues
from govkg.extract.linking import Linker
from govkg.extract.scoring import ConceptScorer, Context, calibrated
from govkg.extract.typing import STATED, VECTOR_SCALE, kind_chances, signals
from govkg.extract.weights import LINKING_FILE, PROBES_FILE, Calibration, Weights
from govkg.index.embedders import load_embedder
from govkg.index.encoder import prepare_encoder
from govkg.index.static_encoder import StaticEncoder
from govkg.ontology.finding_labels import FINDING_KINDS, finding_labels
from govkg.ontology.loading import load_ontology
from govkg.ontology.places import read_places
from govkg.ontology.vocabulary import Vocabulary, read_vocabulary

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "govkg" / "extract" / "data"
FOLDS = 5
# The ridge of the directions, and what a written sentence counts beside one that was found.
RIDGE, WRITTEN = 1.0, 0.5
# The regularisation of the kinds, and what a written sentence counts there.
KIND_C, KIND_WRITTEN = 0.5, 0.15
# A concept with smaller log odds (a chance of .02) teaches nothing about those that are stated.
LEAST_LOG_ODDS = -3.9
Folds = Sequence[tuple[np.ndarray, np.ndarray]]
Encode = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Material:
    """All that one language is trained on; matrices are [rows, d] and [rows, concepts]."""

    language: str
    encode: Encode
    notations: tuple[str, ...]
    kinds: tuple[str, ...]
    texts: list[str]
    titles: list[str]
    labelled: list[Labelled]
    quoted: list[Quoted]
    written: list[Written]
    label_vectors: np.ndarray
    label_targets: np.ndarray

    @property
    def works(self) -> np.ndarray:
        """The work of each labelled sentence."""
        return np.array([one.work for one in self.labelled])

    def targets(self, concepts: Sequence[frozenset[str]]) -> np.ndarray:
        """Which of the concepts each row states, 0 or 1."""
        return np.array([[name in own for name in self.notations] for own in concepts], np.float32)


def remembering(encode: Encode) -> Encode:
    """An encoder that encodes each text once."""
    kept: dict[str, np.ndarray] = {}

    def encoding(texts: Sequence[str]) -> np.ndarray:
        new = sorted(set(texts) - kept.keys())
        kept.update(zip(new, encode(new), strict=True))
        return np.array([kept[text] for text in texts], np.float32).reshape(len(texts), -1)

    return encoding


def material(
    language: str, encode: Encode, vocabulary: Vocabulary, said: list[Labelled]
) -> Material:
    """Gathers what a language is trained on."""
    plain = Linker(vocabulary, {}).plain
    concepts = [c for c in vocabulary.concepts if c.kind in FINDING_KINDS]
    place = {concept.iri: n for n, concept in enumerate(concepts)}
    labels = finding_labels(vocabulary, language)
    targets = np.zeros((len(labels), len(concepts)), np.float32)
    for row, (_, iri) in enumerate(labels):
        targets[row, place[iri]] = 1.0
    return Material(
        language=language,
        encode=encode,
        notations=tuple(c.notation for c in concepts),
        kinds=tuple(c.kind for c in concepts),
        texts=[plain(one.statement.text) for one in said],
        titles=[plain(one.title) for one in said],
        labelled=said,
        quoted=list(quoted(language)),
        written=written(language),
        label_vectors=encode([label for label, _ in labels]),
        label_targets=targets,
    )


def fit_probe(of: Material, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Directions of the concepts by ridge regression, without the works of other rows."""
    held_out = set(of.works) - set(of.works[rows])
    quotes = [one for one in of.quoted if one.work not in held_out]
    said = [of.labelled[row] for row in rows]
    vectors = np.vstack(
        [
            of.label_vectors,
            of.encode([one.text for one in quotes]),
            of.encode([of.texts[row] for row in rows]),
            of.encode([one.text for one in of.written]),
        ]
    )
    states = [frozenset({one.notation}) if one.states else frozenset[str]() for one in of.written]
    targets = np.vstack(
        [
            of.label_targets,
            of.targets([one.concepts for one in quotes]),
            of.targets([one.concepts for one in said]),
            of.targets(states),
        ]
    )
    weight = np.ones(len(vectors))
    weight[-len(of.written) :] = WRITTEN
    centre = np.average(vectors, axis=0, weights=weight)
    bias = np.average(targets, axis=0, weights=weight)
    apart = vectors - centre
    weighed = apart * weight[:, None]
    probe = np.linalg.solve(
        weighed.T @ apart + RIDGE * np.eye(vectors.shape[1]), weighed.T @ (targets - bias)
    )
    return {"probe": probe, "probe_bias": bias, "centre": centre}


def fit_typing(of: Material, rows: np.ndarray) -> dict[str, np.ndarray]:
    """One regression for each kind of statement, over signals and vectors."""
    said = [of.labelled[row] for row in rows]
    own = np.hstack([given(said), VECTOR_SCALE * of.encode([of.texts[row] for row in rows])])
    kind_of = dict(zip(of.notations, of.kinds, strict=True))
    vectors = VECTOR_SCALE * of.encode([one.text for one in of.written])
    # A written sentence stands once in a section that announces nothing, once where such
    # sentences are announced: few labelled documents have headings of every kind.
    more = [
        np.hstack([written_signals(of, lambda one: "other"), vectors]),
        np.hstack([written_signals(of, lambda one: kind_of[one.notation]), vectors]),
    ]
    weights, biases = [], []
    for kind in STATED:
        # Nobody said whether a written sentence also states another kind; one that only seems to
        # state its own kind does not.
        use = np.array(
            [
                kind in FINDING_KINDS and (one.states or kind_of[one.notation] == kind)
                for one in of.written
            ]
        )
        true = np.array([one.states and kind_of[one.notation] == kind for one in of.written])
        inputs = np.vstack([own, *(part[use] for part in more)])
        verdicts = np.concatenate([[kind in one.kinds for one in said], true[use], true[use]])
        weight = np.concatenate([np.ones(len(said)), np.full(2 * use.sum(), KIND_WRITTEN)])
        model = LogisticRegression(C=KIND_C, max_iter=3000).fit(inputs, verdicts, weight)
        weights.append(model.coef_[0])
        biases.append(model.intercept_[0])
    return {"typing": np.array(weights), "typing_bias": np.array(biases)}


def written_signals(of: Material, role: Callable[[Written], Any]) -> np.ndarray:
    """The signals of the written sentences, each in a section of some role [n, signals]."""
    return np.array(
        [
            signals(
                one.text,
                (cue.kind for cue in find_cues(one.text, of.language)),
                role(one),
                "regulation" if one.style == "law" else "document",
            )
            for one in of.written
        ]
    )


def given(said: Sequence[Labelled]) -> np.ndarray:
    """The signals of labelled sentences [n, signals]."""
    return np.array(
        [
            signals(
                x.statement.text,
                (c.kind for c in x.statement.cues),
                x.statement.role,
                x.document_type,
            )
            for x in said
        ]
    )


def fitted(of: Material, rows: np.ndarray) -> Weights:
    """Kinds and directions fitted to some of the labelled sentences; nothing is weighed yet."""
    tensors = {
        name: value.astype(np.float32)
        for name, value in (fit_typing(of, rows) | fit_probe(of, rows)).items()
    }
    return Weights({}, notations=of.notations, **tensors)


def chances(of: Material, rows: np.ndarray, own: Weights) -> np.ndarray:
    """The chance of each kind of statement of some labelled sentences [rows, kinds]."""
    vectors = of.encode([of.texts[row] for row in rows])
    return kind_chances(given([of.labelled[row] for row in rows]), vectors, own)


def learn(values: np.ndarray, verdicts: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and intercept of a regression over features of any scale."""
    mean, spread = values.mean(0), values.std(0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=500).fit((values - mean) / spread, verdicts)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def stacked(
    of: Material, vocabulary: Vocabulary, folds: Folds
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Chances of kinds [n, kinds] and features [n, concepts, features], with their names.

    Those of each sentence come from what was fitted to the works of other folds.
    """
    n, width = len(of.labelled), len(of.notations)
    kinds = np.zeros((n, len(STATED)))
    features: dict[str, np.ndarray] = {}
    for rows, held_out in folds:
        own = fitted(of, rows)
        kinds[held_out] = chances(of, held_out, own)
        scorer = ConceptScorer(vocabulary, of.language, of.encode, own)
        texts = [of.texts[row] for row in held_out]
        by_kind = {k: kinds[held_out, STATED.index(k)] for k in FINDING_KINDS}
        contexts = [
            Context(of.titles[row], scorer.domain(of.labelled[row].around)) for row in held_out
        ]
        for name, values in scorer.features(texts, of.encode(texts), by_kind, contexts).items():
            features.setdefault(name, np.zeros((n, width), np.float32))[held_out] = values
    names = sorted(features)
    return kinds, np.stack([features[name] for name in names], axis=2), names


def calibrate(log_odds: np.ndarray, verdicts: np.ndarray) -> Calibration:
    """What makes chances of log odds of works that were not fitted to."""
    spoken = log_odds > LEAST_LOG_ODDS
    odds = log_odds[spoken]
    inputs = np.stack([odds, np.maximum(odds, 0.0)], axis=1)
    model = LogisticRegression(C=100.0).fit(inputs, verdicts[spoken])
    slope, above = model.coef_[0]
    shift = model.intercept_[0]
    return round(float(slope), 4), round(float(above), 4), round(float(shift), 4)


def train(of: Material, vocabulary: Vocabulary) -> tuple[Weights, dict[str, Any]]:
    """The weights of a language, and how well they do on works that they were not fitted to."""
    n = len(of.labelled)
    folds = list(GroupKFold(FOLDS).split(np.zeros(n), groups=of.works))
    kinds, values, names = stacked(of, vocabulary, folds)
    verdicts = of.targets([one.concepts for one in of.labelled]).astype(bool)
    log_odds = np.zeros(verdicts.shape)
    for rows, held_out in folds:
        weights, intercept = learn(values[rows].reshape(-1, len(names)), verdicts[rows].ravel())
        log_odds[held_out] = values[held_out] @ weights + intercept
    held = np.zeros(verdicts.shape)
    for rows, held_out in folds:
        held[held_out] = calibrated(log_odds[held_out], calibrate(log_odds[rows], verdicts[rows]))
    weights, intercept = learn(values.reshape(-1, len(names)), verdicts.ravel())
    linking = dict(zip(names, weights.tolist(), strict=True)) | {"intercept": intercept}
    shipped = replace(
        fitted(of, np.arange(n)),
        linking={name: round(value, 4) for name, value in linking.items()},
        calibration=calibrate(log_odds, verdicts),
    )
    stated = [one.kinds for one in of.labelled]
    return shipped, measured(of.kinds, stated, kinds, verdicts, held)


def write(own: Mapping[str, Weights], reports: Mapping[str, Any]) -> None:
    """Writes the weights of all languages."""
    DATA.mkdir(exist_ok=True)
    tensors, record = {}, {}
    for language, weights in own.items():
        for name in ("typing", "typing_bias", "probe_bias", "centre"):
            tensors[f"{language}.{name}"] = getattr(weights, name)
        tensors[f"{language}.probe"] = weights.probe.astype(np.float16)
        record[language] = {
            "weights": weights.linking,
            "notations": weights.notations,
            "calibration": weights.calibration,
            "measured": reports[language],
        }
    save_file(tensors, DATA / PROBES_FILE)
    (DATA / LINKING_FILE).write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def main() -> None:
    """Trains both languages, writes the weights and prints how well they do."""
    trials = Path(os.environ.get("GOVKG_TRIALS", "../shared"))
    ontology = load_ontology(ROOT / "ontology")
    vocabulary, places = read_vocabulary(ontology.store), read_places(ontology.store)
    cache = ROOT / "index" / "cache"
    english = load_embedder(prepare_encoder(cache, lambda line: None), os.cpu_count() or 1)
    encoders = {"zh": StaticEncoder().encode, "en": english.encode}
    own, reports = {}, {}
    for language, encode in encoders.items():
        said, missing = labelled(language, trials, vocabulary, places, cache / "training")
        if missing:
            sys.stderr.write(f"{language}: {missing} labels left out: their texts are not here\n")
        of = material(language, remembering(encode), vocabulary, said)
        own[language], reports[language] = train(of, vocabulary)
    write(own, reports)
    sys.stdout.write(json.dumps(reports, indent=1) + "\n")


if __name__ == "__main__":
    main()
