"""`PageStore`: the readings of single pages, so that a run that was cut off reads no page twice.

They stay after the documents are made: when only rules or data have changed, documents are made again without
recognising anything. About 10 kB a page.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pipeline.batch.errors import BadLedger

_TABLE = """CREATE TABLE IF NOT EXISTS page (
  source BLOB NOT NULL, version TEXT NOT NULL, number INTEGER NOT NULL, whole INTEGER NOT NULL, reading BLOB NOT NULL,
  PRIMARY KEY (source, version, number)) STRICT, WITHOUT ROWID"""


class PageStore:
    """Readings (opaque bytes) keyed by the source's digest, what decides a reading, and the page's number."""

    def __init__(self, path: Path) -> None:
        self._folder = path.parent.parent
        try:
            self._db = sqlite3.connect(path, timeout=30.0, isolation_level=None)
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "auto_vacuum = INCREMENTAL"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute(_TABLE)
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def close(self) -> None:
        self._db.close()

    def put(self, sha256: str, version: str, number: int, reading: bytes, *, whole: bool) -> None:
        """Keep a reading. `whole`: the page could be read."""
        row = (bytes.fromhex(sha256), version, number, whole, reading)
        try:
            self._db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def get(self, sha256: str, version: str) -> dict[int, bytes]:
        """The readings of a source by page number."""
        query = "SELECT number, reading FROM page WHERE source = ? AND version = ?"
        try:
            return dict(self._db.execute(query, (bytes.fromhex(sha256), version)).fetchall())
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def drop(self, sha256: str) -> None:
        """Forget all readings of a source."""
        self._delete("source = ?", bytes.fromhex(sha256))

    def drop_failed(self, sha256: str) -> None:
        """Forget the pages of a source that could not be read, so that they are tried again."""
        self._delete("source = ? AND NOT whole", bytes.fromhex(sha256))

    def keep_only(self, sha256: str, version: str) -> None:
        """Forget the readings of a source that other settings or code gave."""
        self._delete("source = ? AND version != ?", bytes.fromhex(sha256), version)

    def _delete(self, where: str, *values: object) -> None:
        try:
            self._db.execute(f"DELETE FROM page WHERE {where}", values)  # noqa: S608 - conditions of ours
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def _bad(self, error: sqlite3.Error) -> BadLedger:
        return BadLedger(
            self._folder, f"the readings of its pages cannot be written or read ({error})", "Check free space."
        )
