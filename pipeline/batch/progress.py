"""What a person sees while files are read: on standard error only, a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from ocr.errors import ThongbaoError
from ocr.page import Page


class Progress:
    """Tells of files, pages and failures. `quiet` leaves only failures."""

    def __init__(self, files: int, quiet: bool = False) -> None:
        self._console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)
        self._quiet = quiet
        self._files = files
        self._nth = 0
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._bar = Bar(*columns, console=self._console, transient=True, disable=quiet or not self._console.is_terminal)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def begin(self, file: Path) -> None:
        self._nth += 1
        self._file = file
        self._label = f"[{self._nth}/{self._files}] {printable(file.name)}"
        self._task = self._bar.add_task(self._label, total=None)
        self._plain(f"{self._label}: reading")

    def page(self, page: Page, pages: int) -> None:
        """A page was read, or could not be."""
        self._bar.update(self._task, total=pages, completed=page.number)
        if page.problem is not None:
            self._say(f"{self._file}: page {page.number} could not be read: {page.problem}")
        elif pages > 1 and page.width:  # a dump's pages are there at once
            self._plain(f"{self._label}: page {page.number} of {pages}")

    def done(self, written: Sequence[Path] = ()) -> None:
        self._bar.remove_task(self._task)
        if written and not self._quiet:
            self._say(f"{self._label} → {', '.join(map(str, written))}")

    def failed(self, error: ThongbaoError) -> None:
        self._bar.remove_task(self._task)
        self._say(f"error: {error}")

    def _plain(self, line: str) -> None:
        if not self._quiet and not self._console.is_terminal:
            self._say(line)

    def _say(self, line: str) -> None:
        self._console.print(printable(line))


def printable(text: str) -> str:
    """The text without what steers a terminal: names and messages come from files of anybody's making.

    >>> printable("tb\\x1b[31m\\n.pdf")
    'tb?[31m?.pdf'
    """
    return "".join(letter if letter.isprintable() else "?" for letter in text)
