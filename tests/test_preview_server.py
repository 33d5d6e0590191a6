"""What the preview's server answers to those who should not ask, and how it ends."""

import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from browsing import Preview, previewing
from cheatsheet.cli import main
from conftest import Bench

END = b"\r\n\r\n"
OWN = "same-origin"
HEADERS = (b"content-security-policy", b"x-content-type-options", b"cross-origin-resource-policy")
PATIENCE_S = 60


@pytest.fixture(scope="module")
def preview(
    tmp_path_factory: pytest.TempPathFactory, make_garden: Callable[[Path], Bench]
) -> Iterator[Preview]:
    """A preview of the garden book, which need not be built for what is asked here."""
    with previewing(make_garden(tmp_path_factory.mktemp("server") / "garden")) as preview:
        yield preview


def asked(preview: Preview, request: str, body: bytes = b"", **headers: str) -> bytes:
    """Return the head of the answer to a request that is sent as it is, in small letters."""
    port = int(preview.address.rstrip("/").rpartition(":")[2])
    lines = {"host": f"127.0.0.1:{port}", "connection": "close"}
    lines |= {"content-length": str(len(body))} if body else {}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"\r\n{name}: {value}" for name, value in lines.items())
    with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as connection:
        connection.sendall(f"{request} HTTP/1.1{head}".encode() + END + body)
        answer = b""
        while END not in answer and (part := connection.recv(65536)):
            answer += part
    return answer.partition(END)[0].lower()


def status(answer: bytes) -> int:
    return int(answer.split()[1])


@pytest.mark.parametrize(
    ("request_line", "body", "expected"),
    [
        ("GET /pictures/x/" + "9" * 5_000 + "?width=9", b"", 400),
        ("GET /pictures/x/-1?width=9", b"", 400),
        ("GET /pictures/x/1?width=" + "9" * 5_000, b"", 400),
        ("GET /pictures/x/1?width=1e9", b"", 400),
        ("GET /pictures/x/1?width=%D9%A3", b"", 400),
        ("GET /pictures/x/1", b"", 400),
        ("GET /pictures/x/1?width=9", b"", 204),
        ("POST /view", b"[" * 60_000, 400),
        ("POST /view", b'{"a":' * 10_000, 400),
        ("POST /view", b'{"sections": ' + b"9" * 5_000 + b"}", 400),
        ("POST /view", b'{"sections": ["\\ud800"]}', 204),
        ("POST /view", b'{"sections": [1]}', 400),
        ("POST /view", b"\xff\xfe", 400),
        ("POST /view", b"NaN", 400),
        ("POST /view", b" " * 70_000, 413),
        ("POST /edition", b'{"edition": "\\ud800"}', 400),
        ("POST /edition", b'{"edition": {}}', 400),
        ("PUT /view", b"{}", 405),
        ("GET /view", b"", 405),
        ("GET /overlays/%00", b"", 200),
        ("GET /marks/%ff", b"", 200),
        ("GET /page/%00", b"", 404),
        ("GET /page/" + "a" * 5_000, b"", 404),
        ("GET /nothing", b"", 404),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_and_no_failure(
    request_line: str, body: bytes, expected: int, preview: Preview
) -> None:
    answer = asked(preview, request_line, body)
    assert status(answer) == expected
    assert all(header in answer for header in HEADERS)


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("POST", {"sec_fetch_site": "cross-site"}, 403),
        ("POST", {"sec_fetch_site": "same-site"}, 403),
        ("POST", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 403),
        ("POST", {"origin": "null"}, 403),
        ("POST", {"origin": "http://127.0.0.1:1"}, 403),
        ("POST", {"origin": "http://evil.example", "sec_fetch_site": OWN}, 403),
        ("POST", {"sec_fetch_site": OWN}, 204),
        ("POST", {}, 204),
        ("GET", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, 403),
        ("GET", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 200),
        ("GET", {"sec_fetch_site": "none", "sec_fetch_mode": "navigate"}, 200),
        ("GET", {"host": "evil.example"}, 400),
        ("GET", {"host": "127.0.0.1.evil.example"}, 400),
        ("GET", {"host": "localhost"}, 200),
        ("GET", {"host": ""}, 400),
    ],
)
def test_another_sites_page_is_refused_with_all_headers(
    method: str, headers: dict[str, str], expected: int, preview: Preview
) -> None:
    path, body = ("/view", b'{"sections": []}') if method == "POST" else ("/", b"")
    answer = asked(preview, f"{method} {path}", body, **headers)
    assert status(answer) == expected
    assert all(header in answer for header in HEADERS)


@pytest.mark.parametrize("port", ["99999", "-1", "65536", "x", "1e3", "9" * 5_000])
def test_a_port_that_is_none_is_wrong_usage(port: str, garden: Bench) -> None:
    result = CliRunner().invoke(main, ["-C", str(garden.folder), "preview", "--port", port])
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (2, True)
    assert "'--port'" in result.output


def test_a_port_that_is_in_use_is_wrong_usage(garden: Bench) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["-C", str(garden.folder), "preview", "--port", port])
    assert result.exit_code == 2
    assert f"{port} cannot be used: Address already in use" in result.output


@pytest.mark.slow_but_first
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    "half",
    [b"GET / HT", b"POST /view HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\r\n{"],
)
def test_the_end_does_not_wait_for_half_a_request(
    number: signal.Signals, half: bytes, garden: Bench
) -> None:
    with previewing(garden) as preview:
        port = int(preview.address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as connection:
            connection.sendall(half)
            assert status(asked(preview, "GET /page/icon.svg")) == 200  # it has the half by now
            preview.process.send_signal(number)
            start = time.monotonic()
            assert preview.process.wait(PATIENCE_S) == 0
            assert time.monotonic() - start < 30
