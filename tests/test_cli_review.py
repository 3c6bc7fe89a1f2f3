"""`govkg review`: a list for people and programs, and one file for each decision."""

import json

import pytest

from tests.house import run

BY = ("--reason", "The text says something else.", "--author", "Curator One")


@pytest.fixture
def review(copy):
    """Runs `govkg review` beside a corpus and an index that may be changed."""

    def running(*arguments):
        folders = ("--index", str(copy.index), "--corpus", str(copy.corpus))
        return run("review", *arguments, *folders, cwd=copy.corpus)

    return running


def test_the_list_is_least_sure_first_and_a_decision_is_one_file(copy, review):
    listed = json.loads(review("--json", "--limit", "1000").stdout)
    confidences = [item["confidence"] for item in listed["items"]]
    assert confidences == sorted(confidences)
    assert len(confidences) == listed["total"] > 20
    assert (listed["decisions"], listed["unbuilt"]) == ([], [])
    first = listed["items"][0]
    done = review("reject", first["id"], *BY, "--date", "2026-03-02")
    assert (done.returncode, done.stderr) == (0, "")
    files = list((copy.corpus / "annotations").iterdir())
    assert len(files) == 1
    assert files[0].name.startswith("2026-03-02-")
    assert done.stdout == f"Written: {files[0]}\nNext: govkg build\n"
    again = json.loads(review("--json").stdout)
    assert again["unbuilt"] == [files[0].stem]
    assert first["id"] not in [item["id"] for item in again["items"]]
    shown = review("--limit", "1").stdout
    assert "Not built yet: 1. Next: govkg build" in shown
    twice = review("reject", first["id"], *BY, "--date", "2026-03-02")
    assert twice.returncode == 0
    assert len(list((copy.corpus / "annotations").iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("reject", "zzzz", *BY), 1, "nothing has the id 'zzzz' (see `govkg review`)"),
        (("reject", "zzzz", "--author", "Curator One"), 2, "--reason"),
        (("reject", "zzzz", "--reason", "so", "--author", " "), 2, "--author is empty"),
        (("reject", "zzzz", *BY, "--date", "soon"), 2, "'soon' is no day"),
        (("correct", "zzzz", *BY), 2, "--subject, --predicate, --object or --status"),
        (("sign", "2026", "--author", "Curator Two"), 1, "no decision is called '2026'"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_is_written(
    copy, review, arguments, code, message
):
    done = review(*arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert not (copy.corpus / "annotations").exists()


def test_options_before_a_subcommand_are_not_silently_dropped(copy):
    done = run("review", "--index", str(copy.index), "reject", "x", *BY, cwd=copy.corpus)
    assert done.returncode == 2
    assert "after the subcommand" in done.stderr
