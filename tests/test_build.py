"""Building: what makes pages stale, how failures show, and what the last look catches."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import build
from helpers.book import execute, inputs, verify

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


# --- What makes pages stale ---------------------------------------------------------------------------------


def test_a_finished_build_is_fresh_until_a_table_changes(book: Path) -> None:
    assert inputs.begin(book)
    inputs.finish(book)
    assert not inputs.begin(book)
    write(book / "data/events.csv", "id\ntruce\n")
    assert inputs.begin(book)


@pytest.mark.parametrize("name", ["src/helpers/tables.py", "src/helpers/new.py", "requirements.txt"])
def test_a_changed_function_and_a_changed_pin_make_pages_stale(book: Path, name: str) -> None:
    inputs.begin(book)
    inputs.finish(book)
    write(book / name, "X = 2\n")
    assert inputs.begin(book)


def store_output(book: Path) -> Path:
    """Store an output as plain Jupyter Book does: nobody knows what it was made from."""
    notebook = write_notebook(book / "index.ipynb", "1 + 1")
    execute._store(get_cache(str(book / inputs.CACHE)), execute.Run(notebook, 0.0), book / "index.ipynb")
    return Path("index.ipynb")


def test_a_changed_style_sheet_makes_pages_stale_and_keeps_stored_outputs(book: Path) -> None:
    inputs.begin(book)
    stored = store_output(book)
    inputs.finish(book)
    write(book / "assets/static/book/book.css", "p {}")
    assert inputs.begin(book)
    assert execute.stored(book, stored) is not None


@pytest.mark.parametrize("name", ["src/helpers/__pycache__/a.pyc", "src/b.egg-info/PKG-INFO", "data/.hidden"])
def test_what_tools_leave_behind_makes_nothing_stale(book: Path, name: str) -> None:
    inputs.begin(book)
    inputs.finish(book)
    write(book / name, "x")
    assert not inputs.begin(book)


def test_stored_outputs_of_other_tables_are_deleted(book: Path) -> None:
    inputs.begin(book)
    stored = store_output(book)
    inputs.begin(book)
    assert execute.stored(book, stored) is not None
    write(book / "data/events.csv", "id\ntruce\n")
    inputs.begin(book)
    assert execute.stored(book, stored) is None


def test_an_interrupted_build_leaves_nothing_that_passes_for_fresh(book: Path) -> None:
    inputs.begin(book)
    inputs.finish(book)
    write(book / "data/events.csv", "id\ntruce\n")
    inputs.begin(book)  # interrupted here, with some pages already written
    write(book / "data/events.csv", "id\ncampaign\n")
    assert inputs.begin(book)


def test_tables_that_change_during_a_build_make_the_next_one_start_afresh(book: Path) -> None:
    inputs.begin(book)
    write(book / "data/events.csv", "id\ntruce\n")
    inputs.finish(book)
    assert inputs.begin(book)


def test_one_finished_builder_does_not_vouch_for_another(book: Path) -> None:
    inputs.begin(book, "singlehtml")
    inputs.finish(book, "singlehtml")
    assert inputs.begin(book, "html")


def test_a_damaged_record_counts_as_none(book: Path) -> None:
    inputs.begin(book)
    inputs.finish(book)
    write(book / "_build/.inputs", "{")
    assert inputs.begin(book)


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

    for begun in ("_kernels_begun", "_pages_begun"):
        monkeypatch.setattr(build, begun, lambda root: nullcontext())
    monkeypatch.setattr(build, "STAGES", {"Building": build_pages})
    return gone_through


def test_a_second_build_ends_at_once(book: Path, stages: list[str], capsys: pytest.CaptureFixture) -> None:
    assert build.main([str(book)]) == build.main([str(book)]) == 0
    assert stages == ["pages"]
    assert "Nothing has changed" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["index.md", "data/events.csv", "src/new.py", "_config.yml", "benchmarks/a.json"])
def test_any_file_of_the_book_that_changes_is_taken_in(book: Path, stages: list[str], name: str) -> None:
    build.main([str(book)])
    write(book / name, "changed")
    build.main([str(book)])
    assert stages == ["pages"] * 2


@pytest.mark.parametrize("name", ["tests/test_a.py", ".git/index", "src/__pycache__/a.pyc", "env/lib/a.py"])
def test_what_no_page_is_made_from_changes_nothing(book: Path, stages: list[str], name: str) -> None:
    write(book / "env/pyvenv.cfg", "")
    build.main([str(book)])
    write(book / name, "changed")
    build.main([str(book)])
    assert stages == ["pages"]


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
    inputs.begin(book)
    inputs.finish(book)
    spoil(book / "_build/html/index.html")
    build.main([str(book)])
    assert stages == ["pages"] * 2
    assert inputs.begin(book)


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


def test_pages_are_built_by_no_process_that_has_imported_older_functions(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []

    def begin(root: Path) -> subprocess.Popen[str]:
        begun.append(root)
        command = [sys.executable, "-c", "import sys; sys.stdin.readline()"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    monkeypatch.setattr(build, "_begin_pages", begin)
    with build._pages_begun(book):
        assert build.build_pages(book)
    assert len(begun) == 1
    with build._pages_begun(book):
        write(book / "src/helpers/tables.py", "X = 2\n")
        assert build.build_pages(book)
    assert len(begun) == 3


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
    source = "from helpers import page\npage.glue('men', open('../data/men.txt').read())"
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
    execute._store(get_cache(str(book / inputs.CACHE)), execute.Run(notebook, 0.0), book / "index.ipynb")
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
