"""The shipped weights fit the vocabulary, and weigh what they are said to weigh."""

import json
from importlib.resources import files

import numpy as np
import pytest

from govkg.extract.scoring import ConceptScorer, calibrated
from govkg.extract.weights import LINKING_FILE, weights
from govkg.ontology.finding_labels import FINDING_KINDS
from govkg.ontology.labels import Label
from govkg.ontology.vocabulary import Concept, Vocabulary


@pytest.fixture(scope="module")
def scorers(ontology, encoders):
    return {
        language: ConceptScorer(ontology.vocabulary, language, encode)
        for language, encode in encoders.items()
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_concept_of_the_vocabulary_was_learnt(ontology, language) -> None:
    ours = {c.notation for c in ontology.vocabulary.concepts if c.kind in FINDING_KINDS}

    assert ours - set(weights(language).notations) == set(), "run `make train-linking`"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_weights_are_those_of_the_features(scorers, encoders, language) -> None:
    text = ["业主不交物业费。" if language == "zh" else "Owners do not pay the fee."]
    found = scorers[language].features(text, encoders[language](text))

    assert set(found) | {"intercept"} == set(weights(language).linking)
    assert {values.shape for values in found.values()} == {(1, len(scorers[language].concepts))}


def test_a_sentence_that_is_less_likely_of_a_kind_less_likely_states_its_concepts(
    ontology, scorers, encoders
) -> None:
    text = ["Owners refuse to pay the property fee."]
    column = [c.notation for c in scorers["en"].concepts].index("pb-fee-arrears")

    def chance(of_problem: float) -> float:
        kinds = {kind: np.array([of_problem]) for kind in FINDING_KINDS}
        return float(scorers["en"].score(text, encoders["en"](text), kinds)[0, column])

    assert chance(0.95) > 0.8 > 0.5 > chance(0.01)


def test_a_vocabulary_of_other_concepts_was_not_learnt_and_still_scores(encoders) -> None:
    other = Vocabulary(
        [Concept("urn:a", "problem", "pb-of-our-own", (Label("屋顶漏水", "zh", "pref"),))]
    )
    scorer = ConceptScorer(other, "zh", encoders["zh"])
    texts = ["楼上屋顶漏水三年没人修。", "今天下了一场大雨。"]
    said, unsaid = scorer.score(texts, encoders["zh"](texts))[:, 0]

    assert said > unsaid


def test_calibration_takes_back_what_is_too_sure_and_keeps_the_order() -> None:
    log_odds = np.array([-3.0, 0.0, 1.0, 3.0], np.float32)

    assert calibrated(log_odds, (1.0, 0.0, 0.0)).round(2).tolist() == pytest.approx(
        [0.05, 0.5, 0.73, 0.95]
    )
    assert calibrated(log_odds, (1.0, -0.5, 0.0)).round(2).tolist() == pytest.approx(
        [0.05, 0.5, 0.62, 0.82]
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_likelier_concept_stays_likelier_and_chances_came_true_as_often_as_they_say(
    language,
) -> None:
    slope, above, _ = weights(language).calibration
    record = json.loads((files("govkg.extract") / "data" / LINKING_FILE).read_text("utf-8"))
    bands = [band for band in record[language]["measured"]["bands"] if band["n"] >= 100]

    assert slope > 0 < slope + above
    assert len(bands) >= 3
    assert max(abs(band["stated"] - band["true"]) for band in bands) < 0.1


def test_what_was_measured_is_kept_with_the_weights() -> None:
    record = json.loads((files("govkg.extract") / "data" / LINKING_FILE).read_text("utf-8"))

    assert set(record) == {"zh", "en"}
    assert set(record["zh"]["measured"]["concepts"]) == {*FINDING_KINDS, "all"}
