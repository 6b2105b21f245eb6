"""How much a worker may take for one step of one file. The kernel sees to it, so a step that hangs in C ends too."""

from __future__ import annotations

import contextlib
import ctypes
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# glibc's M_MMAP_THRESHOLD (its largest value), M_TRIM_THRESHOLD, M_TOP_PAD, in bytes
_MALLOPT = ((-3, 1 << 25), (-1, 2_000_000_000), (-2, 1 << 24))


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """Limits of one step.

    look_seconds: 120 for finding out what a file is; it takes milliseconds, poppler's own limits are 60.
    page_seconds: 180 for one page, rendering, recognition and second looks together; it takes 1 to 10.
    notice_seconds: 60 for the documents of a file and 2 more a page; a page takes 0.1.
    file_seconds: 3,600 of worker time for a whole file; what is left then counts as failed.
    memory: 4 GB of address space a process; a worker uses 1.5 GB of it and 200 MB of memory.
    output: 1 GB, the largest file that a step may write; an A3 colour page at 600 dpi is 210 MB.
    sandbox: workers run without network and write nowhere but in their folder, where bubblewrap can do that.
    apart: Tesseract runs as a process of its own for each image, not within the worker; a quarter dearer.
    recycle: a worker is replaced after so many steps, so that nothing can pile up.
    """

    look_seconds: float = 120.0
    page_seconds: float = 180.0
    notice_seconds: float = 60.0
    file_seconds: float = 3600.0
    memory: int = 4_000_000_000
    output: int = 1_000_000_000
    recycle: int = 500
    sandbox: bool = True
    apart: bool = False


def confine(limits: WorkLimits) -> None:
    """Set what holds for the life of a worker and for all that it starts: address space, size of files, no cores.

    0 leaves a limit as it is.
    """
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.output),
        (resource.RLIMIT_CORE, 0),
    ):
        if most or kind == resource.RLIMIT_CORE:
            _lower(kind, most)


def keep_freed_memory() -> None:
    """Let glibc keep what is freed for the next page, instead of giving images back and asking for them again.

    Measured on 17 medium pages in one process: 105,000 page faults before, 7 after; 1.1 s of the kernel's CPU of 27
    before, 0.65 after; the same peak of memory. Other C libraries have no mallopt and stay as they are.
    """
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        for option, value in _MALLOPT:
            library.mallopt(option, value)


def _lower(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard == resource.RLIM_INFINITY or most < hard:
        with contextlib.suppress(OSError, ValueError):  # the user's own limit is lower
            resource.setrlimit(kind, (most, most))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let the kernel end this process when the block takes longer: so much time on the clock or of CPU.

    The clock is the monotonic one: setting the system's clock changes nothing.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (round(used.ru_utime + used.ru_stime + seconds + 1), hard))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
