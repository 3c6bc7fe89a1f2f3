"""A real server process: overload, stopping, and what it imports."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from govkg.errors import GovkgError
from govkg.serve.running import run

PROGRAM = """
    import sys, time
    sys.path.insert(0, {folder!r})
    from tests.serve.fake_base import FakeBase, FakeServing
    from govkg.serve.app import create_app
    from govkg.serve.running import run
    from govkg.settings import Settings

    class Slow(FakeBase):
        def ask(self, question, *options):
            time.sleep(float(question) if question[0].isdigit() else 0)
            return super().ask(question, *options)

    app = create_app(FakeServing(Slow()), Settings(ask_threads=1))
    run(app, "127.0.0.1", 0, started=lambda url: print(url, flush=True))
"""


@contextmanager
def serving():
    source = textwrap.dedent(PROGRAM.format(folder=str(Path(__file__).parents[2])))
    process = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    process.port = int(process.stdout.readline().strip().rpartition(":")[2].rstrip("/"))
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="module")
def server():
    with serving() as process:
        yield process


@pytest.fixture
def ending_server():
    with serving() as process:
        yield process


def get(server, path, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(method, path)
    response = connection.getresponse()
    answer = (response.status, dict(response.getheaders()), response.read())
    connection.close()
    return answer


def test_sigterm_finishes_what_has_begun_and_exits_0(ending_server):
    assert get(ending_server, "/health")[0] == 200
    idle = socket.create_connection(("127.0.0.1", ending_server.port))
    answers = []
    asking = threading.Thread(target=lambda: answers.append(get(ending_server, "/api/ask?q=0.6")))
    asking.start()
    time.sleep(0.2)
    ending_server.send_signal(signal.SIGTERM)
    start = time.monotonic()
    assert ending_server.wait(10) == 0
    assert time.monotonic() - start < 5
    asking.join()
    idle.close()
    assert answers[0][0] == 200 and json.loads(answers[0][2])["question"] == "0.6"


def test_overload_is_shed_with_retry_after_and_health_is_answered(server):
    answers = []

    def ask():
        answers.append(get(server, "/api/ask?q=0.1"))

    threads = [threading.Thread(target=ask) for _ in range(24)]
    for thread in threads:
        thread.start()
    start = time.monotonic()
    assert get(server, "/health")[0] == 200
    assert time.monotonic() - start < 0.5
    for thread in threads:
        thread.join()
    statuses = [status for status, _, _ in answers]
    assert statuses.count(200) >= 6
    assert statuses.count(200) + statuses.count(503) == 24
    assert all("retry-after" in headers for status, headers, _ in answers if status == 503)


def test_head_has_the_headers_of_get_and_no_body(server):
    status, headers, body = get(server, "/health", "HEAD")
    assert (status, headers["content-length"], body) == (200, "18", b"")


def test_a_body_that_is_too_large_is_refused_before_it_has_come(server):
    with socket.create_connection(("127.0.0.1", server.port), 5) as connection:
        head = b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n"
        connection.sendall(head)
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_an_address_in_use_or_not_ours_is_one_clear_error():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(GovkgError, match=rf"127.0.0.1:{port}: cannot listen: .*in use.*--port"):
            run(None, "127.0.0.1", port)
    with pytest.raises(GovkgError, match=r"192\.0\.2\.1:8000: cannot listen"):
        run(None, "192.0.2.1", 8000)
    with pytest.raises(GovkgError, match="no such port"):
        run(None, "127.0.0.1", 70_000)


def test_serving_imports_no_model_library():
    program = (
        "import sys, govkg.serve.app, govkg.serve.running\n"
        "heavy = {'torch', 'sentence_transformers', 'spacy', 'rdflib', 'pyshacl', 'transformers'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, check=True
    )
    assert shown.stdout == "[]\n"
