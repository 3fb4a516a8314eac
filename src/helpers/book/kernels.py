"""The nursery of kernels as a build has it: a process beside it that forks kernels at its word."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from helpers.book import nursery


class Forked:
    """A kernel that the nursery forked, with what `subprocess.Popen` has."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None as long as it lives; how it ended nobody knows."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired("kernel", timeout)
            time.sleep(0.02)
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Nursery:
    """A process that forks kernels (`helpers.book.nursery`); it ends with the one that has it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._orders, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, nursery.__file__, "serve", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._lines = self._orders.makefile("r", encoding="utf-8")
        self._turn = threading.Lock()

    def kernel(self, argv: list[str], env: Mapping[str, str], cwd: str) -> Forked | None:
        """Return a new kernel, or None if the nursery is gone."""
        order = json.dumps({"argv": argv, "env": dict(env), "cwd": cwd})
        with self._turn:
            try:
                self._orders.sendall(f"{order}\n".encode())
                answer = self._lines.readline()
            except OSError:
                return None
        return Forked(int(answer)) if answer else None

    def close(self) -> None:
        """End it; kernels that still run see it and end too."""
        self._lines.close()
        self._orders.close()
        self._process.wait()


@contextmanager
def nursed(environment: Mapping[str, str]) -> Iterator[Nursery | None]:
    """Give a nursery where processes can be forked safely, else None."""
    if not sys.platform.startswith("linux"):
        yield None
        return
    found = Nursery(environment)
    try:
        yield found
    finally:
        found.close()
