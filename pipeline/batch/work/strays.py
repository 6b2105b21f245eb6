"""Processes that a worker left behind when it was killed: they become children of the run, which ends them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


class Strays:
    """Adopts what is orphaned from here on. Children that were there before are left alone. Linux only."""

    def __init__(self) -> None:
        self._known: set[int] | None = None
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    @property
    def knows(self) -> bool:
        return self._known is not None

    def know(self) -> None:
        """What runs now belongs here."""
        self._known = set(children(os.getpid()))

    def end(self, spared: set[int]) -> None:
        """Kill what has come since, each with its group, but for those that are spared."""
        if self._known is None:
            return
        for process in set(children(os.getpid())) - self._known - spared:
            end_children(process)
            _kill(process)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, os.WNOHANG)


def end_children(process: int) -> None:
    """Kill all that a process has started, the innermost first, each with its group."""
    for child in children(process):
        end_children(child)
        _kill(child)


def _kill(process: int) -> None:
    with contextlib.suppress(OSError):
        if os.getpgid(process) == process:
            os.killpg(process, signal.SIGKILL)
        os.kill(process, signal.SIGKILL)


def children(process: int) -> list[int]:
    """The processes that a process has started; none where the system does not tell.

    >>> children(os.getpid())
    []
    """
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            if int(entry.read_text("latin-1").rpartition(")")[2].split()[1]) == process:
                found.append(int(entry.parent.name))
    return found
