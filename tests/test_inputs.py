"""What a notebook reads: a change runs again exactly the chapters that it can affect."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.book import execute, inputs, reads

CHAPTERS = {
    "men": "import helpers\nfrom ours import armies\nprint(armies.total(helpers.load().men))",
    "towns": (
        "import helpers\nfrom ours import maps\nprint(maps.named(helpers.load()), open('../data/quotes.txt').read())"
    ),
    "letters": "import os\nprint(sorted(os.listdir('../data/letters')))",
    "program": "import subprocess\nprint(subprocess.run(['true']).returncode)",
    "sum": "print(1 + 1)",
}
ALL = set(CHAPTERS)
#: A chapter that starts a program may have read anything; so it is in every answer where data or code have changed.
ANY = "program"

FILES = {
    "src/ours/__init__.py": "",
    "src/ours/armies.py": (
        "from importlib import import_module\n\n\ndef total(men):\n"
        "    return import_module('ours.' + 'words').said(men['count'].sum())\n"
    ),
    "src/ours/words.py": "def said(number):\n    return f'{number} men'\n",
    "src/ours/maps.py": "def named(campaign):\n    return list(campaign['towns'].index)\n",
    "src/ours/unused.py": "",
    "data/men.csv": "id,count\nkolesov,500\n",
    "data/towns.csv": "id,count\nkagan,1\n",
    "data/quotes.txt": "five hundred",
    "data/README.md": "Two tables.",
    "data/letters/one.txt": "Dear emir",
    "assets/static/book/book.css": "p {}",
    "requirements.txt": "pandas==3.1.1\n",
    "_toc.yml": "format: jb-book\nroot: men\nchapters:\n" + "".join(f"- file: {name}\n" for name in list(CHAPTERS)[1:]),
}


def write_chapter(root: Path, name: str, source: str, prose: str = "# A chapter") -> None:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_markdown_cell(prose, id="title"), new_code_cell(source, id="code")]
    path = root / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def descriptor(title: str = "Small", seal: str = "sha256:0") -> str:
    fields = [{"name": "id", "type": "string"}, {"name": "count", "type": "integer"}]
    tables = [
        {"name": name, "path": f"{name}.csv", "hash": seal, "bytes": 1, "schema": {"fields": fields}}
        for name in ("men", "towns")
    ]
    return json.dumps({"name": "small", "title": title, "resources": tables})


@pytest.fixture(scope="module")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book whose chapters have been run."""
    root = tmp_path_factory.mktemp("book").resolve()
    for name, text in {**FILES, "data/datapackage.json": descriptor()}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    toc = root / "_toc.yml"
    toc.write_text(toc.read_text("utf-8").replace("root: ", "root: parts/").replace("file: ", "file: parts/"), "utf-8")
    for name, source in CHAPTERS.items():
        write_chapter(root, f"parts/{name}", source)
    inputs.refresh(root)
    assert execute.run(root, report=lambda text: None) == []
    return root


@pytest.fixture
def book(run_once: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(run_once, tmp_path / "book").resolve()


def run_again(book: Path) -> set[str]:
    """Which chapters the next build runs."""
    inputs.refresh(book)
    return {path.stem for path in execute.notebooks(book) if execute.stored(book, path) is None}


def added(name: str, text: str = "\n# changed\n") -> Callable[[Path], None]:
    def change(book: Path) -> None:
        path = book / name
        before = path.read_text("utf-8") if path.is_file() else ""
        path.write_text(before + text, "utf-8")

    return change


def described(**changes: str) -> Callable[[Path], object]:
    return lambda book: (book / "data/datapackage.json").write_text(descriptor(**changes), "utf-8")


def test_nothing_is_run_again_when_nothing_has_changed(book: Path) -> None:
    assert run_again(book) == set()


@pytest.mark.parametrize(
    ("change", "affected"),
    [
        pytest.param(added("src/ours/armies.py"), {"men", ANY}, id="a module that one chapter imports"),
        pytest.param(added("src/ours/words.py"), {"men", ANY}, id="a module that is imported by a computed name"),
        pytest.param(added("src/ours/maps.py"), {"towns", ANY}, id="a module of another chapter"),
        pytest.param(added("src/ours/__init__.py"), {"men", "towns", ANY}, id="the package itself"),
        pytest.param(added("src/ours/unused.py"), {ANY}, id="a module that nobody imports"),
        pytest.param(added("src/ours/new.py"), {ANY}, id="a new module"),
        pytest.param(added("data/men.csv", "utkin,46\n"), {"men", ANY}, id="a table that one chapter looks at"),
        pytest.param(added("data/towns.csv", "kermine,2\n"), {"towns", ANY}, id="a table of another chapter"),
        pytest.param(added("data/quotes.txt", "!"), {"towns", ANY}, id="a file that a cell opens"),
        pytest.param(added("data/README.md"), {ANY}, id="a file that nobody opens"),
        pytest.param(added("data/letters/two.txt"), {"letters", ANY}, id="one more file in a folder that is listed"),
        pytest.param(described(title="Smaller"), {"men", "towns", ANY}, id="the descriptor"),
        pytest.param(described(seal="sha256:1"), {ANY}, id="the seals in the descriptor alone"),
        pytest.param(added("requirements.txt"), ALL, id="the version of a package"),
        pytest.param(added("assets/static/book/book.css"), set(), id="the look of the pages"),
        pytest.param(lambda book: (book / "src/ours/maps.py").unlink(), {"towns", ANY}, id="a module that is gone"),
        pytest.param(lambda book: write_chapter(book, "parts/sum", "print(2)"), {"sum"}, id="the code of a chapter"),
        pytest.param(
            lambda book: write_chapter(book, "parts/sum", CHAPTERS["sum"], "# Another title"),
            set(),
            id="the prose of a chapter",
        ),
    ],
)
def test_a_change_runs_exactly_the_chapters_that_it_can_affect(
    book: Path, change: Callable[[Path], object], affected: set[str]
) -> None:
    change(book)
    assert run_again(book) == affected


def test_a_change_that_is_taken_back_runs_again_what_was_forgotten_meanwhile(book: Path) -> None:
    before = (book / "data/men.csv").read_text("utf-8")
    added("data/men.csv", "utkin,46\n")(book)
    assert run_again(book) == {"men", ANY}
    (book / "data/men.csv").write_text(before, "utf-8")
    assert run_again(book) == {"men", ANY}


def test_a_kernel_of_its_own_tells_the_same_as_one_from_the_nursery(book: Path) -> None:
    forked = recorded(book)["towns"]
    added("data/towns.csv", "kermine,2\n")(book)
    write_chapter(book, "parts/program", "1")  # so that it is not in the way
    (book / "_toc.yml").write_text("format: jb-book\nroot: parts/towns\n", "utf-8")
    inputs.refresh(book)
    assert execute.run(book, report=lambda text: None) == []  # one notebook alone is not worth a nursery
    own = recorded(book)["towns"]
    assert own.keys() == forked.keys()
    assert {name for name in own if own[name] != forked[name]} == {"data/towns.csv"}


def recorded(book: Path) -> dict[str, dict[str, str]]:
    records = get_cache(str(book / inputs.CACHE)).list_cache_records()
    return {Path(record.uri).stem: record.data.get(inputs.READS) for record in records}


def test_what_is_recorded_is_what_the_chapter_read(book: Path) -> None:
    own = {name for name in recorded(book)["men"] if not name.startswith(reads.BORROWED)}
    assert own == {
        "src/ours/__init__.py",
        "src/ours/armies.py",
        "src/ours/words.py",
        "data/men.csv",
        "data/datapackage.json#loaded",
        "requirements.txt",
    }
    assert recorded(book)[ANY] is None


def test_a_file_that_changes_while_a_chapter_runs_is_no_known_state(book: Path) -> None:
    told = [str(book / "data/men.csv")]
    assert reads.record(book, told, inputs.digests(book))
    before = inputs.digests(book)
    added("data/men.csv", "utkin,46\n")(book)
    assert reads.record(book, told, before) is None


def test_a_file_that_was_asked_for_in_vain_counts_when_it_comes(book: Path) -> None:
    known = reads.record(book, [str(book / "data/none.csv")], {})
    assert reads.stands(book, known, {})
    added("data/none.csv")(book)
    assert not reads.stands(book, known, {})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked where processes can be")
def test_one_notebook_sees_nothing_of_another(book: Path) -> None:
    marks = "import os, random\nimport numpy, pandas\n"
    look = "print(hasattr(pandas, 'mark'), 'MARK' in os.environ, 'secret' in globals(), numpy.random.random())\n"
    leave = "pandas.mark = secret = 1\nos.environ['MARK'] = '1'\n"
    names = ["one", "two", "three"]
    for name in names:
        write_chapter(book, f"parts/{name}", f"{marks}{look}{leave}# {name}")
    rest = "".join(f"- file: parts/{name}\n" for name in names[1:])
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: parts/one\nchapters:\n{rest}", "utf-8")
    assert execute.run(book, workers=1, report=lambda text: None) == []
    printed = [execute.stored(book, Path(f"parts/{name}.ipynb")).cells[0].outputs[0].text.split() for name in names]
    assert [words[:3] for words in printed] == [["False", "False", "False"]] * 3
    assert len({words[3] for words in printed}) == 3


def test_a_notebook_that_waits_for_something_is_run_after_the_others(book: Path) -> None:
    for name, source in CHAPTERS.items():
        write_chapter(book, f"parts/{name}", f"{source}\n# changed")
    inputs.refresh(book)
    first = next(path for path in execute.notebooks(book))
    said: list[str] = []
    awaited: list[bool] = []
    assert execute.run(book, workers=1, report=said.append, held={first: lambda: awaited.append(True)}) == []
    assert awaited == [True]
    assert first.as_posix() in said[-1]


# --- This book itself ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copied_book(built_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This book with the outputs of its build, where a test may change it."""
    root = built_book.parents[1]
    copy = tmp_path_factory.mktemp("whole").resolve()
    for name in ("chapters", "data", "src", inputs.CACHE):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_toc.yml", "index.md", "requirements.txt", "requirements.in", "CITATION.cff"):
        shutil.copy(root / name, copy / name)
    (copy / "assets").symlink_to(root / "assets")
    return copy


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "affected"),
    [
        ("src/helpers/figures/railway.py", {"railway"}),
        ("src/helpers/figures/violence.py", {"alliances", "chronology", "forces", "violence"}),
        ("src/helpers/figures/terms.py", {"terms"}),
        ("src/helpers/book/forces_form.py", {"forces"}),
        ("src/helpers/colophon.py", {"colophon"}),
    ],
)
def test_a_change_in_the_code_runs_the_chapters_that_import_it_and_no_other(
    copied_book: Path, tmp_path: Path, name: str, affected: set[str]
) -> None:
    book = shutil.copytree(copied_book, tmp_path / "book", symlinks=True).resolve()
    assert run_again(book) == set()
    added(name)(book)
    assert run_again(book) == affected


@pytest.mark.browser
def test_a_change_in_the_clauses_leaves_alone_who_never_looks_at_them(copied_book: Path, tmp_path: Path) -> None:
    book = shutil.copytree(copied_book, tmp_path / "book", symlinks=True).resolve()
    added("data/terms.csv")(book)
    again = run_again(book)
    assert again >= {"terms", "data"}
    assert not again & {"actors", "people", "references", "colophon"}
