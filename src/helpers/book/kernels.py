"""Kernels for the notebooks of a build: from a nursery where there can be one, each telling what it reads."""

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
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager

from helpers.book import nursery
from helpers.book.places import CLONE

_ORDINARY = [sys.executable, "-m", "ipykernel_launcher"]


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


class Manager(AsyncKernelManager):
    """Starts one kernel that tells what it reads, from the nursery if there is one; one of another language as ever."""

    def __init__(self, *, nursery: Nursery | None, root: Path, report: Path, **options: Any) -> None:
        super().__init__(**options)
        self._nursery, self._report = nursery, report
        self._folders = json.dumps([str(folder) for folder in dict.fromkeys((root.resolve(), CLONE))])

    def told(self) -> list[str] | None:
        """Return the paths that the notebook has read; None where the kernel does not tell."""
        try:
            return json.loads(self._report.read_text("utf-8"))
        except FileNotFoundError:
            return None

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: Any) -> None:
        if kernel_cmd[: len(_ORDINARY)] != _ORDINARY:
            return await super()._async_launch_kernel(kernel_cmd, **options)
        argv = ["kernel", str(self._report), self._folders, *kernel_cmd[len(_ORDINARY) :]]
        forked = self._nursery and self._nursery.kernel(argv, options["env"], str(options.get("cwd") or Path.cwd()))
        if not forked:
            return await super()._async_launch_kernel([sys.executable, nursery.__file__, *argv], **options)
        self.provisioner.process = forked
        self.provisioner.pid = self.provisioner.pgid = forked.pid
        self._reconcile_connection_info(self.provisioner.connection_info)


@contextmanager
def nursed(environment: Mapping[str, str], *, wanted: bool = True) -> Iterator[Nursery | None]:
    """Give a nursery where processes can be forked safely and one is wanted, else None."""
    if not wanted or not sys.platform.startswith("linux"):
        yield None
        return
    found = Nursery(environment)
    try:
        yield found
    finally:
        found.close()
