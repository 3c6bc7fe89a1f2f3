"""The sampler draws claims that can be judged, the same for a seed, and can forget their words."""

import json
from pathlib import Path

import pytest

from govkg.knowledge_base import KnowledgeBase
from tests.conftest import Built
from tests.relevance.sample import KEPT, bare, draw, main, population, shares


def test_each_part_gets_its_share_and_the_largest_remainders_the_rest() -> None:
    assert shares([50, 30, 20], 10) == [5, 3, 2]
    assert shares([7, 2, 1], 5) == [4, 1, 0]
    assert shares([1, 1, 1], 2) == [1, 1, 0]
    assert shares([2, 1], 200) == [2, 1]
    assert shares([0, 0], 5) == [0, 0]


def test_the_same_seed_draws_the_same_claims(base: KnowledgeBase) -> None:
    first, again, other = (draw(base, (), 12, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert len(first) == 12


def test_a_drawn_claim_is_quoted_word_for_word_in_its_context(base: KnowledgeBase) -> None:
    by_path = {document.path: document for document in base.corpus.documents}
    for one in draw(base, (), 40, 1):
        document = by_path[one["path"]]
        assert one["sha256"] == document.sha256
        assert document.text[one["start"] : one["end"]] == one["quote"]
        assert one["before"] in document.text[: one["start"]]
        assert one["after"] in document.text[one["end"] :]
        assert set(one["subject_label"]) == set(one["object_label"]) == {"zh", "en"}
        assert one["subject_label"]["en"]
        assert one["verdict"] == one["note"] == ""


def test_only_the_documents_named_are_drawn_from(base: KnowledgeBase) -> None:
    drawn = draw(base, ("singapore-town-councils-en.md",), 500, 1)
    assert {one["path"] for one in drawn} == {"singapore-town-councils-en.md"}
    assert len(drawn) == sum(
        len(part) for part in population(base, ("singapore-town-councils-en.md",)).values()
    )
    assert draw(base, ("no/such/folder",), 5, 1) == []


def test_a_bare_record_holds_no_words_of_a_document() -> None:
    record = {
        "path": "a.md",
        "sha256": "f" * 64,
        "start": 3,
        "end": 9,
        "subject": "https://w3id.org/govkg/id/practice-0000000000000000",
        "predicate": "reportedOutcome",
        "object": "费用交齐了",
        "basis": "explicit",
        "status": "outcome",
        "confidence": 0.7,
        "quote": "费用交齐了",
        "before": "前一句。",
        "subject_label": {"zh": "做法", "en": "Practice"},
        "verdict": "right",
        "note": "it says so: 费用交齐了",
    }
    (kept,) = bare([record])
    assert tuple(kept) == KEPT
    assert kept["object"] == (
        "sha256:61bfd58fca068272d1636427c609f56e5b0d44d77224634e9e78b9c6ba26b1e4"
    )
    assert bare([kept]) == [kept]


def test_a_judged_file_measures_the_same_bare(
    built: Built, base: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from govkg.evaluate.run import evaluate

    main([str(built.index), "--n", "20", "--seed", "3"])
    file = json.loads(capsys.readouterr().out)
    for number, one in enumerate(file["judgements"]):
        one["verdict"] = ("right", "right", "wrong", "unclear")[number % 4]
    judged, stripped = tmp_path / "judged.json", tmp_path / "bare.json"
    judged.write_text(json.dumps(file), "utf-8")
    main(["--bare", str(judged)])
    stripped.write_text(capsys.readouterr().out, "utf-8")
    report = evaluate(base, judged)
    assert evaluate(base, stripped) == report
    figures = report["judgements"]["in_base"]
    assert (figures["n"], figures["right"], figures["wrong"], figures["unclear"]) == (20, 10, 5, 5)


@pytest.mark.parametrize("arguments", [[], ["index", "--bare", "file"]])
def test_an_index_or_a_judged_file_is_needed(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
