"""`Leases`: which contents this run has taken, and how it ends them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch.ledger.database import Database
from pipeline.batch.ledger.opening import owner

STAGE = "notice"
LEASE = 600.0  # seconds; renewed every minute while the run lives
FAILED_PAGES = "failed-pages"  # the category of a file whose documents lack some pages


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was written: path below the folder, digest in hex, bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of one source. `seconds`: of worker time."""

    seconds: float = 0.0
    pages: int = 0
    failed_pages: tuple[int, ...] = ()
    stated: int = 0
    doubtful: int = 0


class Leases(Database):
    """The part of the ledger by which no content is read twice. `owner`: this run, as its leases name it."""

    def __init__(self, path: Path, *, only_look: bool = False) -> None:
        super().__init__(path, only_look=only_look)
        self.owner = owner()

    def claim(self, source: int, version: int, *, new_only: bool = False) -> bool:
        """Take a source for this run, unless it is done, has failed, or another run holds it.

        What came of it with other settings, code or data is forgotten, its documents stay until the new ones come;
        with `new_only` it is not taken.
        """
        now = time.time()
        with self.transaction():
            row = self.one(
                "SELECT state, taken, until, owner FROM result WHERE source = ? AND stage = ? AND version = ?",
                source, STAGE, version,
            )  # fmt: skip
            if row is not None and not self._is_free(row, now):
                return False
            if row is None and new_only and self.one("SELECT 1 FROM result WHERE source = ?", source):
                return False
            self.do("DELETE FROM result WHERE source = ? AND stage = ? AND version != ?", source, STAGE, version)
            self.do(
                "INSERT INTO result (source, stage, version, state, attempts, owner, taken, until) "
                "VALUES (?, ?, ?, 'leased', 1, ?, ?, ?) ON CONFLICT (source, stage, version) DO UPDATE SET "
                "state = 'leased', attempts = attempts + 1, owner = excluded.owner, taken = excluded.taken, "
                "until = excluded.until",
                source, STAGE, version, self.owner, now, now + LEASE,
            )  # fmt: skip
        return True

    def _is_free(self, row: Sequence[Any], now: float) -> bool:
        state, taken, until, holder = row
        if state != "leased":
            return bool(state == "waiting")
        if holder == self.owner:
            return False
        if holder is None or holder.partition(":")[0] == self.owner.partition(":")[0]:
            return True  # we hold the folder's lock, so whoever took it on this machine is gone
        return bool(now >= until or now < taken - LEASE)  # the clock was set back

    def renew(self) -> None:
        """Hold on to what this run has taken."""
        now = time.time()
        self.do(
            "UPDATE result SET taken = ?, until = ? WHERE until IS NOT NULL AND owner = ?",
            now,
            now + LEASE,
            self.owner,
        )

    def release(self) -> None:
        """Let go of all that this run has taken and not ended."""
        self.do(
            "UPDATE result SET state = 'waiting', attempts = max(0, attempts - 1), owner = NULL, taken = NULL, "
            "until = NULL WHERE until IS NOT NULL AND owner = ?",
            self.owner,
        )

    def fail(self, source: int, version: int, category: str, message: str, tally: Tally) -> None:
        """A source gave nothing, and why."""
        self._end(source, version, "failed", category, message, tally, notices=0)

    def done(self, source: int, version: int, documents: Sequence[Document], message: str, tally: Tally) -> list[str]:
        """A source's documents are written. Returns the paths of earlier documents of it that are no more."""
        new = {document.path for document in documents}
        with self.transaction():
            old = [row[0] for row in self.query("SELECT path FROM output WHERE source = ?", source)]
            self.do("DELETE FROM output WHERE source = ?", source)
            self.do_many(
                "INSERT INTO output (path, source, number, sha256, size) VALUES (?, ?, ?, ?, ?)",
                [(d.path, source, k, bytes.fromhex(d.sha256), d.size) for k, d in enumerate(documents, start=1)],
            )
            category = FAILED_PAGES if tally.failed_pages else None
            self._end(source, version, "done", category, message or None, tally, notices=len(documents))
        return [path for path in old if path not in new]

    def _end(
        self,
        source: int,
        version: int,
        state: str,
        category: str | None,
        message: str | None,
        tally: Tally,
        *,
        notices: int,
    ) -> None:
        self.do(
            "UPDATE result SET state = ?, category = ?, message = ?, owner = NULL, taken = NULL, until = NULL, "
            "seconds = ?, pages = ?, failed_pages = ?, notices = ?, stated = ?, doubtful = ? "
            "WHERE source = ? AND stage = ? AND version = ?",
            state, category, message, round(tally.seconds, 3), tally.pages,
            ",".join(map(str, tally.failed_pages)) or None, notices, tally.stated, tally.doubtful,
            source, STAGE, version,
        )  # fmt: skip
