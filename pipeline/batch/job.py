"""`Job`: one file on its way through the steps: look, pages, documents. It says what is to be done next."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from ocr.source import Kind, Source
from pipeline.batch.intake.item import Item
from pipeline.batch.ledger.ledger import Known
from pipeline.batch.work.values import Failure, Made, Unlocked

LOOK, MAKE, UNLOCK = 0, -1, -2  # steps are told by their page number, which begins at 1


@dataclass(slots=True)
class Job:
    """A file that is being read. `path` is valid until `hold` is left. `stored`: pages read in an earlier run."""

    item: Item
    known: Known
    path: Path
    hold: AbstractContextManager[Path]
    stored: dict[int, bytes]
    began: float
    unlocked: Unlocked | None = None
    source: Source | None = None
    readings: dict[int, bytes] = field(default_factory=dict)
    todo: deque[int] = field(default_factory=lambda: deque([LOOK]))
    deaths: dict[int, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    cpu: float = 0.0
    made: Made | None = None
    failure: Failure | None = None

    @property
    def over(self) -> bool:
        return self.made is not None or self.failure is not None

    @property
    def spent(self) -> float:
        """Seconds of worker time."""
        return sum(self.seconds.values())

    @property
    def readable(self) -> Path:
        """Where pages can be read from: the file itself, or its copy without a password."""
        return self.unlocked.path if self.unlocked is not None else self.path

    def opened(self, unlocked: Unlocked) -> None:
        """The file was encrypted, and a password fitted: look again."""
        self.unlocked = unlocked
        self.todo.append(LOOK)

    def left(self) -> None:
        """Take away what was made to read it."""
        if self.unlocked is not None:
            self.unlocked.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.hold.__exit__(None, None, None)

    def looked(self, source: Source) -> None:
        """It is known what the file is: what pages are still to be read?"""
        self.source = source
        if source.kind is Kind.TEXT:
            self.todo.append(MAKE)
            return
        self.readings = {number: page for number, page in self.stored.items() if number <= source.pages}
        self.todo.extend(number for number in range(1, source.pages + 1) if number not in self.readings)
        self._then()

    def has_read(self, number: int, reading: bytes) -> None:
        self.readings[number] = reading
        self._then()

    def _then(self) -> None:
        if self.source is not None and len(self.readings) == self.source.pages:
            self.todo.append(MAKE)

    def in_order(self) -> Iterator[bytes]:
        return (self.readings[number] for number in sorted(self.readings))
