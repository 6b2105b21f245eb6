"""What a person sees while a batch runs: a bar on a terminal, a line now and then elsewhere, each failure at once."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from pipeline.batch.outcome import Counts, Ending
from pipeline.batch.progress import printable

_EVERY = 30.0  # seconds between lines where there is no terminal


class Board:
    """On standard error only. `quiet` leaves failures."""

    def __init__(self, counts: Counts, quiet: bool = False) -> None:
        self._console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
        self._counts = counts
        self._quiet = quiet
        self._began = self._told = time.monotonic()
        self._bar = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=quiet or not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def expect(self, files: int) -> None:
        """So many files were found."""
        self._bar.update(self._task, total=files)

    def tell(self, ending: Ending) -> None:
        """A file has ended."""
        if ending.failed:
            self.say(f"failed: {ending.name}: {ending.message}")
        elif ending.failed_pages:
            self.say(f"{ending.name}: pages {', '.join(map(str, ending.failed_pages))} could not be read")
        counts = self._counts
        self._bar.update(self._task, completed=counts.ended + counts.unchanged, description=self._state())
        if not self._quiet and not self._console.is_terminal and time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            self.say(f"{counts.ended} files, {self._state()}")

    def say(self, line: str) -> None:
        self._console.print(printable(line))

    def _state(self) -> str:
        counts = self._counts
        minutes = (time.monotonic() - self._began) / 60
        rate = counts.ended / minutes if minutes > 0 else 0.0
        return f"{rate:.1f} a minute, {counts.failed} failed, {counts.doubtful_share:.0%} of values doubtful"


def closing(counts: Counts, seconds: float) -> str:
    """The run in one sentence.

    >>> closing(Counts(read=3, failed=1, documents=4, pages=7, stated=100, doubtful=5, unchanged=2), 60.0)
    '3 files read, 1 failed, 2 as before; 4 documents, 7 pages, 5.0% of 100 values doubtful; 60 s'
    """
    parts = f"{counts.read} files read, {counts.failed} failed, {counts.unchanged} as before"
    values = f"{counts.doubtful_share:.1%} of {counts.stated:,} values doubtful"
    pages = f"{counts.documents} documents, {counts.pages} pages"
    lost = f" ({counts.failed_pages} could not be read)" if counts.failed_pages else ""
    alone = f"; {counts.left_alone} other files left alone" if counts.left_alone else ""
    return f"{parts}; {pages}{lost}, {values}; {seconds:.0f} s{alone}"
