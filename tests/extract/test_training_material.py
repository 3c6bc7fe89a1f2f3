"""What extraction is trained on fits the vocabulary and holds no word of a trial document."""

import json
from collections import Counter
from pathlib import Path

import pytest

from govkg.ontology.finding_labels import FINDING_KINDS

TRAINING = Path(__file__).parents[2] / "training"
LABEL_FIELDS = {
    "source", "path", "sha256", "start", "end", "kinds", "status", "concepts", "links",
}  # fmt: skip


def lines(folder: str, language: str) -> list[dict]:
    text = (TRAINING / folder / f"{language}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(("language", "count"), [("zh", 1840), ("en", 1784)])
def test_labels_name_places_and_concepts_and_no_words(ontology, language, count) -> None:
    known = {concept.notation for concept in ontology.vocabulary.concepts}
    labels = lines("labels", language)

    assert len(labels) == count
    assert {frozenset(one) for one in labels} == {frozenset(LABEL_FIELDS)}
    assert {name for one in labels for name in one["concepts"]} <= known


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_concept_has_sentences_that_state_it_and_some_that_seem_to(
    ontology, language
) -> None:
    ours = {c.notation for c in ontology.vocabulary.concepts if c.kind in FINDING_KINDS}
    stating = Counter(x["notation"] for x in lines("sentences", language) if x["states"])
    seeming = Counter(x["notation"] for x in lines("sentences", language) if not x["states"])

    assert set(stating) == set(seeming) == ours
    assert set(stating.values()) == {9}
    assert min(seeming.values()) >= 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_on_which_extraction_is_measured_takes_no_part(language) -> None:
    assert not [one["path"] for one in lines("labels", language) if "seed-paper" in one["path"]]
