"""What cadres ask beyond the seed paper finds the practices of the starter corpus."""

import json
from pathlib import Path

import pytest

from govkg.model.identifiers import Minter
from tests.starter import starter_base

QUESTIONS = json.loads(
    (Path(__file__).parent / "starter_questions.json").read_text("utf-8"),
)["questions"]
SHELF = 5
FLOOR = 17


def answered(language: str) -> set[str]:
    """The ids of the questions whose answer has an expected practice on its shelf."""
    base, mint = starter_base(), Minter()
    found = set()
    for question in QUESTIONS:
        practices = base.ask(question[language], limit=SHELF).practices
        shown = {one.iri for one in (*practices.domestic, *practices.overseas)}
        if shown & {mint("practice", name) for name in question["expected"]}:
            found.add(question["id"])
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_at_least_seventeen_of_twenty_questions_find_a_fitting_practice(language: str) -> None:
    found = answered(language)

    assert len(QUESTIONS) == 20
    assert len(found) >= FLOOR, {question["id"] for question in QUESTIONS} - found
