"""``python -m helpers COMMAND``: check the data, build the book, write the exports."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "check": ("helpers.check", "check the data package; every fault as file:row:column: what and mend"),
    "seal": ("helpers.check.seal", "renew the sizes and hashes in the descriptor after a change that is meant"),
    "publish": ("helpers.findings.published", "renew data/published.csv and say which printed values moved"),
    "describe": ("helpers.export.dictionary", "write data/README.md from the descriptor"),
    "export": ("helpers.export", "write the data for other programs into a folder"),
    "new": ("helpers.book.new", "begin a book on another conflict in an empty folder"),
    "pdf": ("helpers.book.pdf", "print the built book as one PDF (needs a Chromium)"),
    "build": ("helpers.book.build", "check the data, run the chapters, build the book, verify the pages"),
    "without": ("helpers.book.without", "name the sentences of the book that would not stand without a text"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (2 if there is no such command).

    What a console cannot show is written as an escape, so that a fault is told on any. Where who reads the output
    ends early, as ``head`` does, so does the command, with the status 1.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] in ([], ["-h"], ["--help"]) or arguments[0] not in COMMANDS:
        print("usage: python -m helpers COMMAND [...]\n\n" + "\n".join(f"  {n:8}{d}" for n, (_, d) in COMMANDS.items()))
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    module, _ = COMMANDS[arguments[0]]
    try:
        status = import_module(module).main(arguments[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
