"""The sandbox: hostile code in a child never harms the caller."""

import importlib.util
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from govkg.sandbox import Child, ChildDied, ChildTimeout, Zygote

MODULE = """
    import os, socket, subprocess, sys, time
    from pathlib import Path
    from govkg.sandbox import Limits

    LIMITS = Limits(memory_bytes=200 << 20, open_files={open_files}, cpu_seconds=1)

    def prepare(*args):
        if args == ("broken",):
            raise ValueError("nothing to prepare")
        return list(args)

    def handle(state, payload):
        word, _, rest = payload.decode().partition(" ")
        if word == "echo":
            return (rest + "|" + ",".join(state)).encode()
        if word == "sleep":
            time.sleep(30)
        if word == "spin":
            while True:
                pass
        if word == "grow":
            return bytes(1 << 30)[:1]
        if word == "long":
            return b"x" * int(rest)
        if word == "abort":
            os.abort()
        if word == "fail":
            raise KeyError("missing")
        if word == "print":
            print("noise", flush=True)
            print("noise", file=sys.stderr, flush=True)
        if word == "remember":
            state.append(rest)
        if word == "pid":
            return str(os.getpid()).encode()
        try:
            if word == "read":
                return Path(rest).read_bytes()[:5]
            if word == "write":
                Path(rest).write_text("x")
            if word == "socket":
                socket.create_connection(("127.0.0.1", int(rest)), 1)
            if word == "program":
                subprocess.run(["/bin/true"], check=True)
        except OSError as error:
            return type(error).__name__.encode()
        return b"done"
"""


def write_module(folder: Path, name: str, open_files: int | None) -> str:
    source = textwrap.dedent(MODULE).replace("{open_files}", str(open_files))
    (folder / f"{name}.py").write_text(source, "utf-8")
    return name


@pytest.fixture(scope="module")
def modules():
    # The zygote runs isolated (-I), so a module must stand in an installed folder: here, next to
    # the installed packages of this environment, and only while these tests run.
    folder = Path(importlib.util.find_spec("pytest").origin).parents[1]
    names = [f"sandboxed_{os.getpid()}_{kind}" for kind in ("free", "closed")]
    yield [
        write_module(folder, names[0], None),
        write_module(folder, names[1], 0),
    ]
    for name in names:
        (folder / f"{name}.py").unlink()


@pytest.fixture(scope="module")
def zygote(modules):
    with Zygote(modules[0], "a", "b") as running:
        yield running


@pytest.fixture
def child(zygote):
    one = zygote.fork()
    yield one
    one.close()


def say(child: Child, text: str, seconds: float = 5) -> str:
    return child.call(text.encode(), seconds, 1000).decode()


def test_a_child_answers_many_calls_with_the_prepared_state(child):
    assert [say(child, f"echo {n}") for n in (1, 2)] == ["1|a,b", "2|a,b"]


def test_what_one_child_remembers_no_other_child_sees(zygote, child):
    say(child, "remember c")
    with_memory = say(child, "echo x")
    other = zygote.fork()
    assert (with_memory, say(other, "echo x")) == ("x|a,b,c", "x|a,b")
    other.close()


def test_a_child_that_sleeps_is_killed_at_the_deadline(child):
    start = time.monotonic()
    with pytest.raises(ChildTimeout):
        say(child, "sleep", 0.2)
    assert time.monotonic() - start < 1
    assert not child.alive


def test_the_processor_limit_stands_behind_the_deadline(child):
    with pytest.raises(ChildDied, match="SIGXCPU"):
        say(child, "spin", 10)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("grow", "it ran out of memory"),
        ("abort", "it was ended by SIGABRT"),
        ("fail", "KeyError: 'missing'"),
        ("long 1001", "its answer is larger than 1000 bytes"),
    ],
)
def test_a_child_that_dies_says_how(child, word, reason):
    with pytest.raises(ChildDied) as caught:
        say(child, word)
    assert caught.value.reason == reason
    with pytest.raises(ChildDied, match="has ended"):
        say(child, "echo 1")


def test_an_answer_of_exactly_the_allowed_size_is_whole(child):
    assert say(child, "long 1000") == "x" * 1000


def test_a_child_killed_from_outside_is_named_by_its_signal(child):
    os.kill(int(say(child, "pid")), signal.SIGKILL)
    with pytest.raises(ChildDied, match="SIGKILL"):
        say(child, "echo 1")


def test_a_child_opens_no_socket_and_starts_no_program(zygote, child):
    if not zygote.sealed:
        pytest.skip("this system offers no seccomp filter")
    assert say(child, "socket 9") == "PermissionError"
    assert say(child, "program") in {"PermissionError", "BlockingIOError"}


def test_a_child_reads_files_but_writes_none(child, tmp_path):
    (tmp_path / "in.txt").write_text("hello world")
    assert say(child, f"read {tmp_path}/in.txt") == "hello"
    assert say(child, f"write {tmp_path}/out.txt") == "OSError"


def test_a_child_without_files_reads_none(modules):
    with Zygote(modules[1]) as closed:
        child = closed.fork()
        assert say(child, "read /etc/hostname") == "OSError"
        child.close()


def test_nothing_a_child_prints_reaches_the_caller(child, capfd):
    assert say(child, "print") == "done"
    assert capfd.readouterr() == ("", "")


def test_a_module_that_cannot_be_prepared_says_why(modules):
    with pytest.raises(ChildDied, match="ValueError: nothing to prepare"):
        Zygote(modules[0], "broken")
    with pytest.raises(ChildDied, match="No module named 'no_such_module_here'"):
        Zygote("no_such_module_here")


def test_a_killed_zygote_is_started_again_and_its_children_are_gone(modules):
    with Zygote(modules[0]) as running:
        old = running.fork()
        running._process.kill()
        running._process.wait()
        with pytest.raises(ChildDied):
            say(old, "echo 1")
        new = running.fork()
        assert say(new, "echo 1") == "1|"


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def test_zygote_and_children_die_with_the_caller_even_by_kill_9(modules):
    program = (
        "import sys, time; from govkg.sandbox import Zygote\n"
        f"z = Zygote({modules[0]!r}); c = z.fork()\n"
        "print(z._process.pid, c.call(b'pid', 5, 99).decode(), flush=True)\n"
        "time.sleep(60)"
    )
    caller = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    pids = [int(word) for word in caller.stdout.readline().split()]
    assert len(pids) == 2
    caller.kill()
    caller.wait()
    caller.stdout.close()
    end = time.monotonic() + 5
    while time.monotonic() < end and not all(map(gone, pids)):
        time.sleep(0.02)
    assert [gone(pid) for pid in pids] == [True, True]


def test_a_hundred_children_leave_no_process_behind(zygote):
    for _ in range(100):
        child = zygote.fork()
        assert say(child, "echo 1") == "1|a,b"
        child.close()
    children = Path(f"/proc/{zygote._process.pid}/task/{zygote._process.pid}/children")
    if children.exists():
        assert children.read_text() == ""
