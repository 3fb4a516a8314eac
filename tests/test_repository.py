"""Where the repository is: only what the environment or git says."""

import subprocess

import pytest

from helpers.book.repository import Repository, find, parse


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://github.com/someone/book.git", ("github.com", "someone/book")),
        ("https://token@github.com/someone/book", ("github.com", "someone/book")),
        ("ssh://git@gitlab.example.org/group/sub/book.git", ("gitlab.example.org", "group/sub/book")),
        ("git@github.com:someone/book.git\n", ("github.com", "someone/book")),
    ],
)
def test_an_address_of_a_host_is_read(address, found):
    assert parse(address) == Repository(*found)


@pytest.mark.parametrize("address", ["", "/srv/book", "../book", "file:///srv/book", "https://localhost/x", "C:\\book"])
def test_a_folder_is_no_repository_that_a_reader_could_reach(address):
    assert parse(address) is None


def test_the_environment_wins_over_git_and_git_over_nothing(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert find(tmp_path, {}) is None
    subprocess.run(["git", "-C", str(tmp_path), "remote", "add", "origin", "git@github.com:a/b.git"], check=True)
    assert find(tmp_path, {}) == Repository("github.com", "a/b")
    assert find(tmp_path, {"GITHUB_REPOSITORY": "c/d"}) == Repository("github.com", "c/d")
    assert find(tmp_path, {"GITHUB_REPOSITORY": "c/d", "BOOK_REPOSITORY": "https://e.org/f/g"}).path == "f/g"


def test_an_address_that_cannot_be_read_is_refused_with_the_mend(tmp_path):
    with pytest.raises(ValueError, match="OWNER/NAME"):
        find(tmp_path, {"BOOK_REPOSITORY": "my book"})


def test_run_links_are_given_only_for_a_host_that_the_services_can_read():
    links = Repository("github.com", "a/b").run_links("chapters/forces.ipynb")
    assert links["Colab"].endswith("/a/b/blob/HEAD/chapters/forces.ipynb")
    assert "lab%2Ftree%2Fchapters%2Fforces.ipynb" in links["Binder"]
    assert Repository("example.org", "a/b").run_links("x.ipynb") == {}
