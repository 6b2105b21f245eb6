"""Bubblewrap, where it is installed and works: workers have no network and write nowhere but in their folder.

The whole fork server is put into it, so workers and all that they start are in it too. What they need from the run
comes over pipes that were open before.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_SECONDS = 20.0  # for a trial; it takes some milliseconds
_WITHOUT = ("--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL", "--die-with-parent")
_SHARED = "/dev/shm"  # noqa: S108 - the locks of the pools lie there


def command(folder: Path, program: str) -> list[str]:
    """The command line that runs a program with all of the disk read-only but for `folder`."""
    found = shutil.which("bwrap") or "bwrap"
    views = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    writable = ["--bind", _SHARED, _SHARED, "--bind", str(folder), str(folder)]
    return [found, *views, *writable, *_WITHOUT, "--", program]


@cache
def works() -> bool:
    """Is bubblewrap there, and does the system let it make its name spaces?"""
    if shutil.which("bwrap") is None or not Path(_SHARED).is_dir():
        return False
    trial = [*command(Path(_SHARED), sys.executable), "-c", ""]
    try:
        return subprocess.run(trial, capture_output=True, timeout=_SECONDS, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


@cache
def version() -> str:
    """What bubblewrap calls itself, as `bubblewrap 0.8.0`; empty where it is missing."""
    found = shutil.which("bwrap")
    if found is None:
        return ""
    try:
        done = subprocess.run([found, "--version"], capture_output=True, timeout=_SECONDS, check=False, text=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def interpreter(folder: Path, place: Path) -> Path:
    """Write an executable at `place` that is this Python within the sandbox, which may write in `folder`."""
    place.write_text(f'#!/bin/sh\nexec {shlex.join(command(folder, sys.executable))} "$@"\n', "utf-8")
    place.chmod(0o700)
    return place
