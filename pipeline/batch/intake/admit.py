"""What of the items is new: those that the ledger knows and has are left out, the others become jobs."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ocr.errors import ThongbaoError, TooLarge, Unreadable
from ocr.limits import Limits
from pipeline.batch.errors import category
from pipeline.batch.intake.item import Item, Refusal, targets
from pipeline.batch.job import Job
from pipeline.batch.ledger.ledger import Known, Ledger
from pipeline.batch.ledger.pages import PageStore


@dataclass(frozen=True, slots=True)
class Admitted:
    """An item with its job, or why it was refused, or neither: then there is nothing to do.

    pause: there is no item just now, and more may come.
    """

    name: bytes
    job: Job | None = None
    refused: Refusal | None = None
    pause: bool = False


@dataclass(frozen=True, slots=True)
class Admission:
    """Compares items with the ledger. `version`: of documents, `reading`: of page readings.

    new_only: contents that were read with other settings, code or data are left alone.
    """

    ledger: Ledger
    pages: PageStore
    version: int
    reading: str
    new_only: bool = False

    def admit(self, items: Iterator[Item | None]) -> Iterator[Admitted]:
        """One entry an item, in order; the cost of each does not depend on how many the ledger has."""
        for item in items:
            if item is None:
                yield Admitted(b"", pause=True)
                continue
            try:
                yield self._admit(item)
            except ThongbaoError as error:
                refusal = Refusal(category(type(error)), str(error).removeprefix(f"{error.path}: "))
                yield self._refuse(item, refusal)
            except OSError as error:
                yield self._refuse(item, Refusal(category(Unreadable), f"{error.strerror}. {Unreadable.remedy}"))

    def _admit(self, item: Item) -> Admitted:
        if item.refusal is not None or item.open is None:
            return self._refuse(item, item.refusal or Refusal(category(Unreadable), Unreadable.what))
        source = self.ledger.lookup(item.name, item.stamp)
        if source is not None:
            known = self.ledger.by_id(source)
            return self._job(item, known, None) if self._claim(source) else Admitted(item.name)
        hold = item.open()
        path = hold.__enter__()
        try:
            known = self._known(item, *_digest(path))
        except BaseException:
            hold.__exit__(None, None, None)
            raise
        if not self._claim(known.id):
            hold.__exit__(None, None, None)
            return Admitted(item.name)
        return self._job(item, known, (hold, path))

    def _claim(self, source: int) -> bool:
        return self.ledger.claim(source, self.version, new_only=self.new_only)

    def _known(self, item: Item, sha256: str, size: int) -> Known:
        known = self.ledger.source(sha256) or self.ledger.add(sha256, size, targets(item, sha256))
        before = self.ledger.named(item.name, item.stamp, known.id)
        if before is not None:
            self.ledger.hand_over(before, known.id)
            return self.ledger.by_id(known.id)
        return known

    def _job(self, item: Item, known: Known, opened: tuple[AbstractContextManager[Path], Path] | None) -> Admitted:
        if opened is None and item.open is not None:
            hold = item.open()
            opened = (hold, hold.__enter__())
        if opened is None:
            return Admitted(item.name)
        stored = self.pages.get(known.sha256, self.reading)
        return Admitted(item.name, Job(item, known, opened[1], opened[0], stored, time.monotonic()))

    def _refuse(self, item: Item, refusal: Refusal) -> Admitted:
        news = self.ledger.refused(item.name, item.stamp, refusal.category, refusal.message)
        return Admitted(item.name, refused=refusal if news else None)


def _digest(path: Path) -> tuple[str, int]:
    """The file's SHA-256 and size. Raises TooLarge before reading more than the limits allow."""
    size = path.stat().st_size
    if size > Limits().size:
        raise TooLarge(path, f"{size:,} bytes are more than the {Limits().size:,} allowed")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), size
