"""Building: what makes pages stale, how failures show, and what the last look catches."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.book import build, execute, fresh, reading, verify

ROOT = Path(__file__).parents[1]
WORDS = "Enough words to be a page. " * 12
FIGURE = '<figure class="book-figure" id="fig-a"></figure>'


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def write_notebook(path: Path, *sources: str) -> nbformat.NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_markdown_cell(f"# A chapter\n\n{WORDS}", id="title")]
    cells += [new_code_cell(source, id=f"code{i}") for i, source in enumerate(sources)]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return notebook


def page(body: str, *, title: str = "<h1>A page</h1>") -> str:
    return f"<html><body><article>{title}<p>{WORDS}</p>{body}</article></body></html>"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder with what digests and builds look at."""
    write(tmp_path / "_toc.yml", "format: jb-book\nroot: index\n")
    write(tmp_path / "data/events.csv", "id\ncampaign\n")
    write(tmp_path / "src/helpers/tables.py", "X = 1\n")
    write(tmp_path / "requirements.txt", "pandas==3.1.1\n")
    return tmp_path


# --- Running notebooks --------------------------------------------------------------------------------------


def test_a_cell_that_raises_stops_the_build_and_is_shown(book: Path, capfd: pytest.CaptureFixture) -> None:
    write(book / "_toc.yml", "format: jb-book\nroot: good\nchapters:\n- file: bad\n")
    write_notebook(book / "good.ipynb", "1 + 1")
    write_notebook(book / "bad.ipynb", "men = 500", "men / 0")
    assert not build.run_notebooks(book)
    said = capfd.readouterr()
    assert "bad.ipynb: cell 3:" in said.err
    assert "men / 0" in said.err
    assert "ZeroDivisionError" in said.err
    assert execute.stored(book, Path("good.ipynb")) is not None
    assert execute.stored(book, Path("bad.ipynb")) is None


def test_a_kernel_that_dies_is_told_with_its_cell(book: Path, capfd: pytest.CaptureFixture) -> None:
    write_notebook(book / "index.ipynb", "men = 500", "import os\nos._exit(1)")
    assert not build.run_notebooks(book)
    assert "index.ipynb: cell 3:\nKernel died" in capfd.readouterr().err


def test_an_output_that_no_page_can_show_is_refused_with_its_cell(book: Path, capfd: pytest.CaptureFixture) -> None:
    write_notebook(book / "index.ipynb", "print('x' * 30_000_000)")
    assert not build.run_notebooks(book)
    assert "index.ipynb: cell 2:\nan output of 30,000,001 characters (text/plain)" in capfd.readouterr().err


@pytest.mark.parametrize("spoil", ["global.db", "executed/*/base.ipynb"])
def test_outputs_that_were_damaged_are_made_again(book: Path, spoil: str) -> None:
    write_notebook(book / "index.ipynb", "1 + 1")
    assert build.run_notebooks(book)
    (file,) = (book / execute.CACHE).glob(spoil)
    file.write_bytes(file.read_bytes()[:300])
    execute._outputs.cache_clear()
    assert build.run_notebooks(book)
    assert execute.stored(book, Path("index.ipynb")).cells[0].outputs[0].data["text/plain"] == "2"


def test_outputs_made_while_a_table_changed_are_made_again(book: Path) -> None:
    write_notebook(book / "index.ipynb", "open('data/events.csv', 'a').write('truce')")
    assert build.run_notebooks(book)
    assert execute.stored(book, Path("index.ipynb")) is None


# --- What cannot be read or built is told in one line --------------------------------------------------------

NOTEBOOK = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [%s]}'
KERNEL = '{"kernelspec": {"display_name": "x", "name": "%s"}}'
CELL = '{"id": "a", "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": "1"}'
CHAPTER = {
    "empty": ("", "index.ipynb: the file is empty; put its content back"),
    "not JSON": ('{"cells": [', "index.ipynb: not JSON, as a notebook is: Expecting value: line 1"),
    "JSON, but no notebook": ("{}", "index.ipynb: JSON, but not a notebook"),
    "version 3": ('{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}', "index.ipynb: in format 3.0 of notebooks"),
    "without ids": (NOTEBOOK.replace("5", "4") % "", "index.ipynb: in format 4.4 of notebooks, whose cells"),
    "a cell without an id": (NOTEBOOK % CELL.replace('"id": "a", ', ""), "index.ipynb: cell 1 has no id; open it in"),
    "a cell without source": (NOTEBOOK % CELL.replace(', "source": "1"', ""), "index.ipynb: cell 1 has no source"),
    "an id twice": (NOTEBOOK % f"{CELL}, {CELL}", "index.ipynb: not a notebook: "),
    "a byte-order mark": ("\ufeff" + NOTEBOOK % CELL, "index.ipynb: begins with a byte-order mark; save it as UTF-8"),
    "marks of a merge": ("{\n<<<<<<< HEAD\n", "index.ipynb:2: has the marks of a merge"),
    "another kernel": (NOTEBOOK.replace("{}", KERNEL % ".venv") % CELL, "names the kernel '.venv', which is not here"),
    "R": (NOTEBOOK.replace("{}", KERNEL % "ir") % CELL, "names the kernel 'ir', which is not here"),
}


@pytest.mark.parametrize("name", CHAPTER)
def test_a_notebook_that_cannot_be_read_is_told_in_one_line(book: Path, name: str) -> None:
    content, told = CHAPTER[name]
    write(book / "index.ipynb", content)
    (fault,) = reading.faults(book)
    assert told in fault
    assert "\n" not in fault


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("index.ipynb", (NOTEBOOK % CELL).encode("utf-16"), "index.ipynb: not UTF-8 (byte 0); save it as UTF-8"),
        ("index.ipynb", None, "_toc.yml: index: there is no such page (.md or .ipynb)"),
        ("_config.yml", b"title: 'A\nsphinx:", "_config.yml:2:8: not YAML that can be read"),
        ("_config.yml", b"- a", "_config.yml: not a list of `key: value`"),
        ("_toc.yml", b"root: !!python/name:os.system\n", "_toc.yml:1:7: not YAML that can be read"),
        ("_toc.yml", b"format: jb-book\n", "_toc.yml: "),
        ("random.py", b"", "random.py: hides the module `random` from the notebooks; give the file another name"),
        ("pandas.py", b"", "pandas.py: hides the module `pandas`"),
    ],
)
def test_a_file_of_the_book_that_is_no_good_is_told_in_one_line(
    book: Path, file: str, content: bytes | None, told: str
) -> None:
    write(book / "index.ipynb", NOTEBOOK % CELL)
    (book / file).unlink() if content is None else (book / file).write_bytes(content)
    (fault,) = reading.faults(book)
    assert told in fault
    assert "\n" not in fault


def test_a_notebook_and_a_module_of_the_book_beside_it_are_no_fault(book: Path) -> None:
    write(book / "index.ipynb", NOTEBOOK % CELL)
    write(book / "ours.py", "")
    assert reading.faults(book) == []


@pytest.mark.parametrize("name", ["a%20book", "a#book", "a?book"])
def test_a_path_in_which_no_book_can_be_built_is_refused(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture
) -> None:
    write(tmp_path / name / "_toc.yml", "format: jb-book\nroot: index\n")
    assert build.main([str(tmp_path / name)]) == 1
    assert "give the folder another name" in capsys.readouterr().err


def test_a_file_where_the_book_is_to_be_built_is_told(book: Path, capsys: pytest.CaptureFixture) -> None:
    write(book / "_build", "mine")
    assert build.main([str(book), "--again"]) == 1
    assert capsys.readouterr().err.endswith("_build: a file, where the book is to be built; delete it\n")


def test_a_machine_without_loopback_is_told(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def unreachable(*_: object, **options: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(build.socket, "create_connection", unreachable)
    assert build.main([str(book)]) == 1
    assert "switch the loopback on" in capsys.readouterr().err


def test_a_tree_that_cannot_be_written_to_is_told(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def read_only(root: Path) -> bool:
        raise OSError(30, "Read-only file system", str(root / "_build/html"))

    monkeypatch.setattr(build, "STAGES", {"Building": read_only})
    assert build.main([str(book)]) == 1
    assert "_build/html: Read-only file system; the book was not built\n" in capsys.readouterr().err


def test_a_second_build_in_the_same_folder_is_refused(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(build, "STAGES", {"Building": lambda root: build.main([str(root)]) == 1})
    assert build.main([str(book)]) == 0
    assert "another build is at work here; wait until it has ended" in capsys.readouterr().err
    assert build.main([str(book)]) == 0, "the lock is given back"


SLOW = """
import signal, sys
from helpers.book import build
signal.signal(signal.SIGINT, signal.default_int_handler)  # which is ignored where the tests run in the background
build.STAGES = {"Running": build.run_notebooks}
sys.exit(build.main([sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_build_that_is_stopped_leaves_no_process(book: Path, number: int, status: int) -> None:
    mark = book / "kernel"
    told = f"open({str(mark)!r}, 'w').write(str(os.getpid()))"
    write_notebook(book / "index.ipynb", f"import os, time\n{told}\ntime.sleep(300)")
    with subprocess.Popen([sys.executable, "-c", SLOW, str(book)], stdout=subprocess.DEVNULL) as process:
        wait_for(lambda: mark.is_file() and mark.read_text("utf-8"), 120)
        process.send_signal(number)
        assert process.wait(60) == status
    wait_for(lambda: not Path("/proc", mark.read_text("utf-8")).exists(), 60)


def wait_for(condition: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


def test_a_folder_without_a_book_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert build.main([str(tmp_path)]) == 1
    assert "no _toc.yml" in capsys.readouterr().err


def test_a_stage_that_fails_ends_the_build_with_its_name(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    stages = {"Checking the data": lambda root: False, "Building": lambda root: pytest.fail("went on")}
    monkeypatch.setattr(build, "STAGES", stages)
    assert build.main([str(book)]) == 1
    assert "checking the data failed" in capsys.readouterr().err


# --- A build in which nothing has changed --------------------------------------------------------------------


@pytest.fixture
def stages(book: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stages that a build goes through, in place of what they do; the last one writes a page."""
    gone_through: list[str] = []

    def build_pages(root: Path) -> bool:
        gone_through.append("pages")
        write(root / "_build/html/index.html", page(""))
        return True

    monkeypatch.setattr(build, "STAGES", {"Building": build_pages})
    return gone_through


def test_a_second_build_ends_at_once(book: Path, stages: list[str], capsys: pytest.CaptureFixture) -> None:
    assert build.main([str(book)]) == build.main([str(book)]) == 0
    assert stages == ["pages"]
    assert "Nothing has changed" in capsys.readouterr().out


def test_a_file_that_changes_is_taken_in_and_put_back_with_its_older_date_too(book: Path, stages: list[str]) -> None:
    write(book / "index.md", "# A book")
    build.main([str(book)])
    shutil.copy2(book / "index.md", book.parent / "kept.md")
    write(book / "index.md", "SLIP")
    build.main([str(book)])
    shutil.copy2(book.parent / "kept.md", book / "index.md")
    build.main([str(book)])
    assert stages == ["pages"] * 3


def test_another_address_of_the_book_is_a_change(
    book: Path, stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build.main([str(book)])
    monkeypatch.setenv("BOOK_ADDRESS", "https://example.org")
    build.main([str(book)])
    assert stages == ["pages"] * 2


@pytest.mark.parametrize("spoil", [lambda page: page.unlink(), lambda page: page.write_text("", "utf-8")])
def test_a_page_that_was_deleted_or_changed_is_made_again_with_all_others(
    book: Path, stages: list[str], spoil: Callable[[Path], object]
) -> None:
    build.main([str(book)])
    fresh.write(book, "pages-html", "key", True)
    spoil(book / "_build/html/index.html")
    build.main([str(book)])
    assert stages == ["pages"] * 2
    assert fresh.read(book, "pages-html", "key") is None


def test_a_build_that_failed_is_not_taken_for_a_whole_one(
    book: Path, stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build.main([str(book)])
    before = (book / "data/events.csv").read_text("utf-8")
    write(book / "data/events.csv", "id\ntruce\n")
    with monkeypatch.context() as broken:
        broken.setitem(build.STAGES, "Looking", lambda root: False)
        assert build.main([str(book)]) == 1
    write(book / "data/events.csv", before)
    assert build.main([str(book)]) == 0
    assert stages == ["pages"] * 3


def test_a_file_that_changes_during_a_build_is_taken_in_by_the_next(
    book: Path, stages: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    with monkeypatch.context() as busy:
        busy.setitem(build.STAGES, "Editing", lambda root: bool(write(root / "index.md", "# Later")))
        assert build.main([str(book)]) == 0
    assert "build again to take them in" in capsys.readouterr().out
    build.main([str(book)])
    assert stages == ["pages"] * 2


def test_a_build_can_be_made_again_from_nothing(book: Path, stages: list[str]) -> None:
    build.main([str(book)])
    left = write(book / "_build/left", "of an earlier build")
    build.main([str(book), "--again"])
    assert stages == ["pages"] * 2
    assert not left.exists()


def test_data_that_passed_are_not_checked_again_until_they_change(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    monkeypatch.setattr("helpers.check.main", lambda folders: checked.append(folders) or 0)
    assert build.check(book)
    assert build.check(book)
    write(book / "data/events.csv", "id\ntruce\n")
    assert build.check(book)
    assert len(checked) == 2


def test_data_that_did_not_pass_are_checked_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    monkeypatch.setattr("helpers.check.main", lambda folders: checked.append(folders) or 1)
    assert not build.check(book)
    assert not build.check(book)
    assert len(checked) == 2


# --- The whole chain on a very small book -------------------------------------------------------------------


@pytest.fixture
def small_book(tmp_path: Path) -> Path:
    for name in ("_config.yml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("assets", "_templates", "src"):
        (tmp_path / name).symlink_to(ROOT / name)
    write(tmp_path / "data/men.txt", "five hundred")
    write(tmp_path / "data/references.bib", "")
    write(tmp_path / "_toc.yml", "format: jb-book\nroot: index\nchapters:\n- file: chapters/a\n")
    write(tmp_path / "index.md", f"# A book\n\n{WORDS}\n\nMen: {{glue:text}}`chapters/a.ipynb::men:s`.\n")
    source = "from helpers.book import page\npage.glue('men', open('../data/men.txt').read())"
    write_notebook(tmp_path / "chapters/a.ipynb", source)
    return tmp_path


def jupyter_book(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from jupyter_book.cli.main import main; main()",
        "build",
        "-W",
        str(folder),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_changed_table_reaches_every_page_through_plain_jupyter_book_too(small_book: Path) -> None:
    index = small_book / "_build/html/index.html"
    assert build.run_notebooks(small_book)
    assert build.build_pages(small_book)
    assert verify.faults(small_book) == []
    assert "five hundred" in index.read_text("utf-8")
    write(small_book / "data/men.txt", "six hundred")
    done = jupyter_book(small_book)
    assert done.returncode == 0, done.stderr
    assert "six hundred" in index.read_text("utf-8")


def test_a_warning_fails_the_build_until_it_is_mended(small_book: Path, capfd: pytest.CaptureFixture) -> None:
    write(small_book / "_toc.yml", "format: jb-book\nroot: index\n")
    write(small_book / "index.md", f"# A book\n\n{WORDS} {{doc}}`nowhere`\n")
    for _ in range(2):
        assert not build.build_pages(small_book)
        assert "nowhere" in capfd.readouterr().err


# --- The last look ------------------------------------------------------------------------------------------


def faults(book: Path, html: str) -> list[str]:
    write(book / "_build/html/index.html", html)
    return verify.faults(book)


def test_a_whole_page_has_no_fault(book: Path) -> None:
    assert faults(book, page("<code>{ref}`x`</code>")) == []


def test_a_traceback_in_an_example_of_what_is_refused_is_no_fault(book: Path) -> None:
    shown = "<pre>&gt;&gt;&gt; f()\n<span>Traceback (most recent call last):</span></pre>"
    for kind in ("highlight-pycon", "doctest highlight-default"):
        assert faults(book, page(f'<div class="{kind}">{shown}</div>')) == []
    assert len(faults(book, page(shown))) == 1


def test_elements_that_nothing_closes_hide_no_fault(book: Path) -> None:
    loose = '<p>One<br>two<img src="a.png" alt=""><p>three</div><ul><li>four<li>five</ul>'
    (book / "_build/html").mkdir(parents=True)
    (book / "_build/html/a.png").touch()
    assert faults(book, page(loose)) == []
    (fault,) = faults(book, page(f'{loose}<span class="problematic">fig-<b>b</b></span>'))
    assert "could not be read: 'fig- b'" in fault


def test_words_in_tables_and_in_what_is_no_text_are_no_prose(book: Path) -> None:
    assert faults(book, page("<table><tr><td>{ref}`x`</td></tr></table><svg><text>:::</text></svg>")) == []


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (page("", title=""), "no title"),
        ("<article><h1>A page</h1></article>", "only 2 words"),
        (page("<pre>Traceback (most recent call last)</pre>"), "a traceback"),
        (page('<div class="output stderr">careful</div>'), "an error stream"),
        (page("men: {glue:text}`men`"), "unresolved markup near '{glue:text}`men`"),
        (page('<span class="problematic">:x:</span>'), "could not be read: ':x:'"),
        (page('<span class="xref std std-ref">fig-b</span>'), "leads nowhere: 'fig-b'"),
        (page('<a href="gone.html">x</a>'), "link to gone.html, which is not in html"),
        (page('<div data-script="gone.js">x</div>'), "link to gone.js, which is not in html"),
        (page('<a href="#gone">x</a>'), "link to #gone, a place that page does not have"),
    ],
)
def test_each_fault_of_a_page_is_named(book: Path, html: str, message: str) -> None:
    found = faults(book, html)
    assert len(found) == 1
    assert found[0].startswith("_build/html/index.html: ")
    assert message in found[0]


def test_a_missing_page_is_named(book: Path) -> None:
    assert verify.faults(book) == [
        "_build/html/index.html: missing; _toc.yml names it, so build again and read the messages above"
    ]


@pytest.fixture
def executed(book: Path) -> Path:
    """A book whose only page is a notebook that showed two figures."""
    notebook = write_notebook(book / "index.ipynb", "show()")
    notebook.cells[1].outputs = [new_output("display_data", {"text/html": FIGURE}) for _ in range(2)]
    execute._store(get_cache(str(book / execute.CACHE)), execute.Run(notebook, 0.0), book / "index.ipynb", "key")
    return book


def test_each_page_is_looked_at_once_by_whatever_is_given_for_it(book: Path) -> None:
    looked = []
    write(book / "_build/html/index.html", page('<a href="#here">x</a><a href="#here">y</a><p id="here"></p>'))
    assert verify.faults(book, look=lambda html: looked.append(html) or verify.look(html)) == []
    assert len(looked) == 1


def test_what_stands_in_a_drawing_or_beside_the_text_is_no_fault_of_the_text(book: Path) -> None:
    beside = '<nav><span class="problematic">x</span></nav><article>'
    assert faults(book, page("<svg><text>{{</text></svg>").replace("<article>", beside)) == []


def test_a_link_to_a_page_that_lost_its_place_is_a_fault_of_a_page_that_has_not_changed(book: Path) -> None:
    write(book / "_toc.yml", "format: jb-book\nroot: index\nchapters:\n- file: other\n")
    write(book / "_build/html/other.html", page('<p id="here"></p>'))
    assert faults(book, page('<a href="other.html#here">x</a>')) == []
    write(book / "_build/html/other.html", page(""))
    (fault,) = verify.faults(book)
    assert "link to other.html#here" in fault


def test_a_page_with_fewer_figures_than_its_notebook_is_named(executed: Path) -> None:
    assert faults(executed, page(FIGURE * 2)) == []
    (fault,) = faults(executed, page(FIGURE))
    assert "1 figures where index.ipynb shows 2" in fault


def test_a_notebook_that_was_not_run_is_named(executed: Path) -> None:
    write_notebook(executed / "index.ipynb", "show(other)")
    (fault,) = faults(executed, page(FIGURE * 2))
    assert "index.ipynb was not executed" in fault
