"""`--watch`: after what is there, whatever comes. A file is taken when it has been left alone for a while."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.batch.intake.item import Item
from pipeline.batch.intake.walk import items, items_beside

_SETTLED = 2.0  # seconds without a change, after which a file is taken to be whole
_TICK_MS = 500  # how long to wait for changes before the run looks after its workers


def arriving(inputs: list[str], leave_out: Path, others: list[str]) -> Iterator[Item | None]:
    """Items of what is there, then of what comes; None whenever there is nothing just now. Never ends."""
    from watchfiles import watch

    roots = [Path(os.path.normpath(Path.cwd() / given)) for given in inputs if Path(given).is_dir()]
    pending: dict[Path, tuple[str, float]] = {}
    # watching begins before the first look, so that nothing falls between the two
    changes = watch(*roots, rust_timeout=_TICK_MS, yield_on_timeout=True, raise_interrupt=False, step=50)
    next(changes, None)
    yield from items(inputs, leave_out, others)
    for changed in changes:
        for _, name in changed:
            path = Path(name)
            if not path.is_relative_to(leave_out):
                pending[path] = ("", time.monotonic())
        yield None
        for path in _settled(pending):
            root = next(root for root in roots if path.is_relative_to(root))
            yield from items_beside(path, root, leave_out, others)


def _settled(pending: dict[Path, tuple[str, float]]) -> list[Path]:
    """The files that have not changed for a while, or are gone; they are pending no more."""
    ready = []
    for path, (before, since) in sorted(pending.items()):
        try:
            status = path.stat()
        except OSError:
            del pending[path]
            continue
        mark = f"{status.st_size}:{status.st_mtime_ns}"
        if mark != before:
            pending[path] = (mark, time.monotonic())
        elif time.monotonic() - since >= _SETTLED:
            del pending[path]
            ready.append(path)
    return ready
