"""The tables of docs/evaluation.md say what was measured."""

from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.questions import Judged, Placed
from tests.relevance.page import figure, interval, table
from tests.relevance.tables import OURS, method_rows, parts, refusal_cells, where

BEST, HALF, NONE = Placed(1.0, 1.0, True), Placed(0.5, 1.0, True), Placed(0.0, 0.0, False)


def asked(language: str, kind: str, placed: Placed | None, *, refused: bool = False) -> Judged:
    question = GoldQuestion("Q", "", language, kind not in {"far", "place"}, (), missing="冰岛")
    return Judged(question, placed, None, refused, missing=("冰岛",), kind=kind)


def test_a_table_in_markdown() -> None:
    assert table(("a", "b"), [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
    assert (figure(0.5), figure(None), interval(None)) == ("0.500", "", "")
    assert interval((-0.25, 0.5), signed=True) == "-0.250 to +0.500"


def test_questions_are_told_apart_by_their_language_and_that_of_their_passages() -> None:
    judged = [asked("zh", "across", BEST), asked("en", "same", HALF), asked("zh", "", None)]
    found = parts(judged, {"vectors alone": [NONE, BEST, None]})
    assert found == {
        ("en", "same"): {OURS: [HALF], "vectors alone": [BEST]},
        ("zh", "across"): {OURS: [BEST], "vectors alone": [NONE]},
    }
    assert where("zh", "across") == ["Chinese", "English"]
    assert where("en", "same") == ["English", "English"]


def test_ours_is_set_against_the_better_of_the_single_lists() -> None:
    measured = {OURS: [BEST, BEST], "BM25 alone": [HALF, HALF], "vectors alone": [BEST, NONE]}
    ours, words, vectors = method_rows(["file"], measured)
    assert ours[:4] == ["file", OURS, "2", "1.000"]
    assert ours[4:] == ["1.000 to 1.000", "1.000", "1.000", "+0.500 to +0.500"]
    assert words[2:4] == ["2", "0.500"]
    assert vectors[5:] == ["0.500", "0.500", ""]


def test_refusals_are_shares_with_their_intervals() -> None:
    judged = [
        asked("zh", "far", None, refused=True),
        asked("zh", "place", None, refused=True),
        asked("zh", "problem", None),
        asked("zh", "law", None, refused=True),
    ]
    cells = refusal_cells(judged)
    assert cells[:4] == ["2", "1.000", "0.342 to 1.000", "1.000"]
    assert cells[4:6] == ["2", "0.500"]
