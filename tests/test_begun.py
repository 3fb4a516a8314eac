"""Jupyter Book that was begun early does what it is told, and nothing before."""

import io
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.book import begun, pictures


@pytest.fixture
def done(monkeypatch):
    did = []
    monkeypatch.setattr(pictures, "begin", lambda root: did.append(f"drawn for {root}"))
    packages = {"jupyter_book.cli.main": SimpleNamespace(main=lambda: did.append("built"))}
    monkeypatch.setattr(begun, "import_module", packages.get)
    monkeypatch.setattr(sys, "argv", ["begun", "build", "-q", "a-book"])
    return did


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("draw\nbuild\n", ["drawn for a-book", "built"]),
        ("build\n", ["built"]),
        ("", []),
    ],
)
def test_a_word_has_the_figures_drawn_and_another_the_book_built(words, expected, done, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(words))
    begun.main()
    assert done == expected


DRAWING = """
import sys, threading, time
from pathlib import Path
from helpers.book import begun, pictures

def draw(root):
    print("draws", flush=True)
    time.sleep(0.5)
    (root / "cleared").touch()

begun.IMPORTED = ()
pictures.begin = lambda root: threading.Thread(target=draw, args=(root,)).start()
begun.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended without a word")
def test_told_to_end_it_lets_a_browser_that_draws_clear_up(tmp_path: Path):
    command = [sys.executable, "-c", DRAWING, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write("draw\n")
        process.stdin.flush()
        assert process.stdout.readline() == "draws\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 1
    assert (tmp_path / "cleared").exists()
