"""What the outputs of a notebook depend on: a change runs again every chapter that it may affect, and few others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.book import depends, execute

CHAPTERS = {
    "men": "from ours import armies",
    "towns": "from ours.maps import named",
    "named": "import importlib\nimportlib.import_module('ours.' + 'maps')\nfrom ours import loader",
    "polars": "import polars\npolars.read_csv('../data/men.csv')",
    "outside": "print(open('../../shared/table.csv').read())",
    "declared": "import os\nprint(open(os.environ['HOME'] + '/x').read())",
    "program": "!python -m ours.report\n%time 1 + 1",
}
ALL = set(CHAPTERS)
FILES = {
    "src/ours/__init__.py": "",
    "src/ours/armies.py": "def total():\n    from . import words\n    return words.said(1)\n",
    "src/ours/words.py": "def said(number):\n    return f'{number} men'\n",
    "src/ours/maps.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ours import unused\n",
    "src/ours/report/__init__.py": "",
    "src/ours/report/__main__.py": "from ours.report import lines\n",
    "src/ours/report/lines.py": "",
    "src/ours/loader/__init__.py": "from importlib import import_module\nload = lambda name: import_module(name)\n",
    "src/ours/loader/one.py": "PATH = 'assets/drawn.js'\n",
    "src/ours/unused.py": '"""See assets/static/book/book.css."""\n',
    "data/men.csv": "id,count\nkolesov,500\n",
    "data/README.md": "Two tables.",
    "findings/men.py": "",
    "parts/beside.csv": "id\n",
    "assets/static/book/book.css": "p {}",
    "assets/drawn.js": "draw()",
    "requirements.txt": "pandas==3.1.1\n",
    "README.md": "A book.",
}
TOC = "format: jb-book\nroot: parts/men\nchapters:\n" + "".join(f"- file: parts/{name}\n" for name in [*CHAPTERS][1:])


def write_chapter(root: Path, name: str, source: str, prose: str = "# A chapter", **metadata: object) -> None:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_markdown_cell(prose, id="title"), new_code_cell(source, id="code")]
    path = root / f"parts/{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel, **metadata}), path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    for name, text in {**FILES, "_toc.yml": TOC}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for name, source in CHAPTERS.items():
        write_chapter(root, name, source, **({"book": {"reads": ["../../x"]}} if name == "declared" else {}))
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/table.csv").write_text("id\n", "utf-8")
    return root


def added(name: str, text: str = "\n# changed\n") -> Callable[[Path], None]:
    def change(book: Path) -> None:
        path = book / name
        before = path.read_text("utf-8") if path.is_file() else ""
        path.write_text(before + text, "utf-8")

    return change


def affected(book: Path, change: Callable[[Path], object]) -> set[str]:
    before = execute.keys(book)
    change(book)
    after = execute.keys(book)
    return {path.stem for path in before if after[path] != before[path]}


@pytest.mark.parametrize(
    ("change", "chapters"),
    [
        pytest.param(added("data/men.csv", "utkin,46\n"), ALL, id="a table, whoever reads it and with whatever"),
        pytest.param(added("data/new.csv"), ALL, id="a new file in the data, as for Path.exists"),
        pytest.param(lambda book: (book / "data/letters").mkdir(), ALL, id="a new folder in the data"),
        pytest.param(added("data/README.md"), ALL, id="what explains the data"),
        pytest.param(added("findings/men.py"), ALL, id="a file of the book that is neither text nor look"),
        pytest.param(added("parts/beside.csv"), ALL, id="a file beside the chapters"),
        pytest.param(added("requirements.txt"), ALL, id="the version of a package"),
        pytest.param(added("src/ours/__init__.py"), ALL - {"polars", "outside", "declared"}, id="the package itself"),
        pytest.param(added("src/ours/words.py"), {"men", "named"}, id="a module that an imported function imports"),
        pytest.param(added("src/ours/maps.py"), {"towns", "named"}, id="a module of a chapter"),
        pytest.param(added("src/ours/loader/new.py"), {"named"}, id="a new module where they are imported by name"),
        pytest.param(added("src/ours/report/lines.py"), {"program", "named"}, id="a module of a program"),
        pytest.param(added("assets/drawn.js"), {"named"}, id="a file that a module names"),
        pytest.param(added("../shared/table.csv"), {"outside"}, id="a file outside of the book that a cell names"),
        pytest.param(added("../x"), {"declared"}, id="a file outside of the book that the metadata declare"),
        pytest.param(added("src/ours/unused.py"), {"named"}, id="a module that is imported for type checkers alone"),
        pytest.param(added("assets/static/book/book.css"), set(), id="the look of the pages"),
        pytest.param(added("README.md"), set(), id="text beside the pages"),
        pytest.param(added("data/.men.csv.swp"), set(), id="what an editor leaves"),
        pytest.param(lambda book: write_chapter(book, "men", CHAPTERS["men"], "# New"), set(), id="prose"),
    ],
)
def test_a_change_affects_the_chapters_that_may_read_it(
    book: Path, change: Callable[[Path], object], chapters: set[str]
) -> None:
    assert affected(book, change) == chapters


def test_a_variable_of_the_book_is_something_that_is_read(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert affected(book, lambda _: monkeypatch.setenv("BOOK_SIDE", "emirate")) == ALL
    assert affected(book, lambda _: monkeypatch.setenv("BOOK_CHROMIUM", "none")) == set()


def test_a_table_behind_a_link_to_a_folder_is_seen(book: Path) -> None:
    (book / "data/elsewhere").symlink_to(book.parent / "shared")
    assert affected(book, added("../shared/table.csv")) == ALL


def test_a_folder_that_links_to_itself_is_read_once(book: Path) -> None:
    (book / "data/again").symlink_to(book / "data")
    assert "data/men.csv" in depends.files_in(book, "data")


def test_a_file_that_was_changed_and_put_back_is_the_same_file(book: Path) -> None:
    before = execute.keys(book)
    shutil.copy2(book / "data/men.csv", book.parent / "kept")
    added("data/men.csv")(book)
    assert execute.keys(book) != before
    shutil.copy2(book.parent / "kept", book / "data/men.csv")
    assert execute.keys(book) == before


@pytest.mark.parametrize(
    ("cell", "modules"),
    [
        ("import a.b as c, d", {"a.b", "d"}),
        ("from a import b", {"a", "a.b"}),
        ("from . import b\nfrom .c import d", {".", ".b", ".c", ".c.d"}),
        ("subprocess.run([sys.executable, '-m', 'a.b'])", {"a.b.__main__"}),
        ("os.system('python -m a')", {"a.__main__"}),
        ("%run -m a", {"a.__main__"}),
        ("%%bash\npython -m a | head", {"a.__main__"}),
    ],
)
def test_what_a_cell_names_is_read_from_its_code(cell: str, modules: set[str]) -> None:
    code = depends.code_of(depends.as_python(cell))
    assert modules <= code.modules | code.said


def test_a_cell_that_is_no_code_names_nothing() -> None:
    assert depends.code_of(depends.as_python("this is (no code")).modules == set()


# --- This book itself ---------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def own_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("whole").resolve()
    for name in ("chapters", "data", "src"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_toc.yml", "index.md", "requirements.txt", "requirements.in", "CITATION.cff"):
        shutil.copy(ROOT / name, copy / name)
    (copy / "assets").symlink_to(ROOT / "assets")
    return copy


@pytest.mark.parametrize(
    ("name", "chapters"),
    [
        ("src/helpers/bukhara/figures/railway.py", {"index", "railway"}),
        ("src/helpers/bukhara/figures/violence.py", {"alliances", "chronology", "forces", "violence"}),
        ("src/helpers/bukhara/figures/protectorate.py", {"protectorate"}),
        ("src/helpers/bukhara/forms/forces.py", {"forces"}),
        ("src/helpers/book/colophon.py", {"colophon"}),
    ],
)
def test_a_change_in_the_code_runs_the_chapters_that_import_it_and_no_other(
    own_copy: Path, name: str, chapters: set[str]
) -> None:
    before = (own_copy / name).read_text("utf-8")
    try:
        assert affected(own_copy, added(name)) == chapters
    finally:
        (own_copy / name).write_text(before, "utf-8")


def test_the_findings_of_every_chapter_are_asked_again_when_one_of_their_modules_changes(own_copy: Path) -> None:
    keys = ("helpers.findings",)
    before = depends.modules_key(own_copy, keys)
    added("src/helpers/bukhara/findings/terms.py")(own_copy)
    assert depends.modules_key(own_copy, keys) != before
    before = depends.modules_key(own_copy, keys)
    added("src/helpers/figures/style.py")(own_copy)
    assert depends.modules_key(own_copy, keys) == before


def test_the_metadata_of_a_notebook_without_declarations_are_no_fault(book: Path) -> None:
    notebook = json.loads((book / "parts/men.ipynb").read_text("utf-8"))
    assert "book" not in notebook["metadata"]
    assert execute.keys(book)[Path("parts/men.ipynb")]
