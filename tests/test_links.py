"""The check of links to other hosts, asked of a server on this machine."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from helpers.book import links

CODES = {"/here": 200, "/gone": 404, "/shut": 403, "/moved": 301}


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(CODES[self.path])
        if self.path == "/moved":
            self.send_header("Location", "/here")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "state"),
    [("/here", links.ANSWERS), ("/moved", links.ANSWERS), ("/gone", links.GONE), ("/shut", links.SHUT)],
)
def test_an_address_is_told_by_what_it_answers(host, path, state):
    assert links.asked(host + path)[0] == state


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://[broken/"])
def test_an_address_that_cannot_be_reached_is_silent_and_says_why(address):
    state, why = links.asked(address, timeout=2)
    assert state == links.SILENT
    assert why


def test_only_addresses_outside_the_book_are_asked_and_each_once_with_its_pages(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "index.html").write_text('<a href="https://example.org/a#x">a</a><a href="chapters/b.html">b</a>')
    (tmp_path / "chapters/b.html").write_text('<a href="https://example.org/a">a</a><img src="https://example.org/i">')
    assert links.outside(tmp_path) == {"https://example.org/a": ("chapters/b.html", "index.html")}


def test_what_is_gone_stands_first_in_the_report_and_what_answers_only_in_the_sum(host):
    found = links.check({host + path: ("index.html",) for path in ("/here", "/shut", "/gone")})
    text = links.report(found)
    assert text.startswith("3 addresses: 1 answers, 1 lets no program in, 0 no answer, 1 gone")
    assert text.index("/gone") < text.index("/shut")
    assert "/here" not in text


def test_without_pages_the_check_says_what_to_do(tmp_path, capsys):
    assert links.main([str(tmp_path)]) == 1
    assert "run make book first" in capsys.readouterr().err
