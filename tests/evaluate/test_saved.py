"""What is no answer is refused in one clear line, whatever it is."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkg.errors import GovkgError
from govkg.evaluate.report_text import verification_text
from govkg.evaluate.saved import read_answer
from govkg.evaluate.verification import verify_answer
from govkg.knowledge_base import KnowledgeBase
from tests.conftest import Built
from tests.evaluate.answers import saved, with_claim
from tests.house import run

# What is no answer, and what the error says of it.
NO_ANSWERS = {
    b"": "EOF while parsing",
    b"{": "EOF while parsing",
    b"not JSON": "expected",
    b"[]": "should be an object",
    b'"text"': "should be an object",
    b"null": "should be an object",
    b"{}": "question: Field required",
    b"\xff\xfe{\x00}\x00": "Invalid JSON",
    b"\xef\xbb\xbf{}": "question: Field required",
    b"[" * 100_000: "recursion limit",
    b'{"question": "\\ud800"}': "Invalid JSON",
    b'{"type": "about:blank", "status": 400}': "question: Field required",
    b" " * 8_000_001: "larger than 8,000,000 bytes",
}


@pytest.mark.parametrize("content", NO_ANSWERS, ids=range(len(NO_ANSWERS)))
def test_a_file_that_is_no_answer_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(content)
    with pytest.raises(GovkgError) as caught:
        read_answer(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: not an answer: ")
    assert NO_ANSWERS[content] in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": "205"}, "citations.0.start: Input should be a valid integer"),
        ({"start": -231}, "citations.0.start: Input should be greater than or equal to 0"),
        ({"end": 205}, "citations.0: Value error, end is not after start"),
        ({"n": True}, "citations.0.n: Input should be a valid integer"),
        ({"quote": ""}, "citations.0.quote: String should have at least 1 character"),
        ({"document": []}, "citations.0.document: Input should be an object"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_by_its_place(
    small_base: KnowledgeBase, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    answer = saved(small_base, 1)
    answer["citations"][0] |= changes
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer), "utf-8")
    with pytest.raises(GovkgError, match="not an answer") as caught:
        read_answer(path)
    assert said in str(caught.value)


def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(GovkgError, match="cannot be read: No such file or directory"):
        read_answer(tmp_path / "none.json")
    with pytest.raises(GovkgError, match="cannot be read: Is a directory"):
        read_answer(tmp_path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def replace_somewhere(value: Any, choose: random.Random, new: Any) -> Any:
    """The value with one of its parts, at any depth, replaced."""
    if not isinstance(value, dict | list) or not value or choose.random() < 0.2:
        return new
    key = choose.choice(list(value) if isinstance(value, dict) else range(len(value)))
    changed = copy.copy(value)
    changed[key] = replace_somewhere(value[key], choose, new)
    return changed


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6), new=VALUES)
def test_an_answer_with_any_part_replaced_is_checked_or_refused(
    small_base: KnowledgeBase, tmp_path: Path, seed: int, new: Any
) -> None:
    answer = replace_somewhere(with_claim(small_base), random.Random(seed), new)
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer), "utf-8")
    try:
        found = verify_answer(small_base, read_answer(path))
    except GovkgError as error:
        assert "\n" not in str(error)
    else:
        verification_text(found).encode("utf-8")
        json.dumps(found.to_json()).encode("utf-8")


def test_the_command_refuses_what_is_no_answer_in_one_line(small: Built, tmp_path: Path) -> None:
    done = run("verify", "-", "--index", str(small.index), cwd=tmp_path, stdin="[]")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("govkg: standard input: not an answer: ")
    assert done.stderr.count("\n") == 1
    assert run("verify", cwd=tmp_path).returncode == 2
