"""`Ledger`: what the batch remembers. Only the run's own process writes it; each call is one short transaction."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch.errors import BadLedger
from pipeline.batch.ledger.opening import connect, look_at, owner

STAGE = "notice"
LEASE = 600.0  # seconds; renewed every minute while the run lives
FAILED_PAGES = "failed-pages"  # the category of a file whose documents lack some pages


@dataclass(frozen=True, slots=True)
class Known:
    """A content that the ledger knows: its row, digest in hex, and where its documents go (without suffix)."""

    id: int
    sha256: str
    size: int
    target: str


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


class Ledger:
    """The ledger of one folder. Raises `BadLedger` where SQLite refuses: disk full, file damaged."""

    def __init__(self, path: Path, *, only_look: bool = False) -> None:
        self.path = path
        self._db = look_at(path) if only_look else connect(path)
        self._owner = owner()

    def close(self) -> None:
        self._db.close()

    # names and contents

    def lookup(self, name: bytes, stamp: str) -> int | None:
        """The source that stood under this name with this stamp; None: it must be hashed (again)."""
        row = self._one("SELECT source FROM name WHERE name = ? AND stamp = ?", name, stamp)
        return row[0] if row else None

    def named(self, name: bytes, stamp: str, source: int) -> int | None:
        """Keep that this content stands under this name. The source that stood there before, if it has no other."""
        with self._transaction():
            before = self._one("SELECT source FROM name WHERE name = ?", name)
            self._do(
                "INSERT INTO name (name, source, stamp) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE "
                "SET source = excluded.source, stamp = excluded.stamp, category = NULL, message = NULL",
                name, source, stamp,
            )  # fmt: skip
            if before is None or before[0] in (None, source):
                return None
            return None if self._one("SELECT 1 FROM name WHERE source = ?", before[0]) else int(before[0])

    def refused(self, name: bytes, stamp: str, category: str, message: str) -> bool:
        """Keep why a name gives nothing that could be read. True if that is news."""
        if self._one("SELECT 1 FROM name WHERE name = ? AND stamp = ? AND category = ?", name, stamp, category):
            return False
        self._do(
            "INSERT OR REPLACE INTO name (name, stamp, category, message) VALUES (?, ?, ?, ?)",
            name, stamp, category, message,
        )  # fmt: skip
        return True

    def source(self, sha256: str) -> Known | None:
        """The source of this content."""
        return self._known("sha256 = ?", bytes.fromhex(sha256))

    def by_id(self, source: int) -> Known:
        known = self._known("id = ?", source)
        if known is None:
            raise BadLedger(self.path.parent.parent, f"its ledger has no source {source}")
        return known

    def add(self, sha256: str, size: int, targets: Sequence[str]) -> Known:
        """A new source; it gets the first of the targets that is free."""
        for target in targets:
            if self.owner_of(f"{target}.json") is not None:
                continue
            try:
                self._do(
                    "INSERT INTO source (sha256, size, target) VALUES (?, ?, ?)", bytes.fromhex(sha256), size, target
                )
            except sqlite3.IntegrityError:
                continue
            found = self.source(sha256)
            if found is not None:
                return found
        raise BadLedger(self.path.parent.parent, f"no name is free for {sha256}")

    def hand_over(self, old: int, new: int) -> None:
        """The file of `old` has new bytes, `new`: its documents' place goes over to them."""
        with self._transaction():
            target = self._one("SELECT target FROM source WHERE id = ?", old)
            mine = self._one("SELECT 1 FROM output WHERE source = ?", new)
            if target is None or mine:
                return
            self._do("UPDATE source SET target = NULL WHERE id = ?", old)
            self._do("UPDATE source SET target = ? WHERE id = ?", target[0], new)
            self._do("UPDATE output SET source = ? WHERE source = ?", new, old)
            self._do("DELETE FROM result WHERE source = ?", old)

    def names(self, source: int) -> list[bytes]:
        return [row[0] for row in self._all("SELECT name FROM name WHERE source = ? ORDER BY name", source)]

    # results

    def version(self, told: Mapping[str, object], digest: str) -> int:
        """The row of what decides results besides the content."""
        self._do(
            "INSERT OR IGNORE INTO version (stage, digest, told) VALUES (?, ?, ?)",
            STAGE, digest, json.dumps(told, sort_keys=True),
        )  # fmt: skip
        found = self._one("SELECT id FROM version WHERE stage = ? AND digest = ?", STAGE, digest)
        return int(found[0])

    def claim(self, source: int, version: int, *, new_only: bool = False) -> bool:
        """Take a source for this run, unless it is done, has failed, or another run holds it.

        What came of it with other settings, code or data is forgotten, its documents stay until the new ones come;
        with `new_only` it is not taken.
        """
        now = time.time()
        with self._transaction():
            row = self._one(
                "SELECT state, taken, until, owner FROM result WHERE source = ? AND stage = ? AND version = ?",
                source, STAGE, version,
            )  # fmt: skip
            if row is not None and not self._is_free(row, now):
                return False
            if row is None and new_only and self._one("SELECT 1 FROM result WHERE source = ?", source):
                return False
            self._do("DELETE FROM result WHERE source = ? AND stage = ? AND version != ?", source, STAGE, version)
            self._do(
                "INSERT INTO result (source, stage, version, state, attempts, owner, taken, until) "
                "VALUES (?, ?, ?, 'leased', 1, ?, ?, ?) ON CONFLICT (source, stage, version) DO UPDATE SET "
                "state = 'leased', attempts = attempts + 1, owner = excluded.owner, taken = excluded.taken, "
                "until = excluded.until",
                source, STAGE, version, self._owner, now, now + LEASE,
            )  # fmt: skip
        return True

    def _is_free(self, row: Sequence[Any], now: float) -> bool:
        state, taken, until, holder = row
        if state != "leased":
            return bool(state == "waiting")
        if holder == self._owner:
            return False
        if holder is None or holder.partition(":")[0] == self._owner.partition(":")[0]:
            return True  # we hold the folder's lock, so whoever took it on this machine is gone
        return bool(now >= until or now < taken - LEASE)  # the clock was set back

    def renew(self) -> None:
        """Hold on to what this run has taken."""
        now = time.time()
        self._do(
            "UPDATE result SET taken = ?, until = ? WHERE until IS NOT NULL AND owner = ?",
            now,
            now + LEASE,
            self._owner,
        )

    def release(self) -> None:
        """Let go of all that this run has taken and not ended."""
        self._do(
            "UPDATE result SET state = 'waiting', attempts = max(0, attempts - 1), owner = NULL, taken = NULL, "
            "until = NULL WHERE until IS NOT NULL AND owner = ?",
            self._owner,
        )

    def fail(self, source: int, version: int, category: str, message: str, tally: Tally) -> None:
        """A source gave nothing, and why."""
        self._end(source, version, "failed", category, message, tally, notices=0)

    def done(self, source: int, version: int, documents: Sequence[Document], message: str, tally: Tally) -> list[str]:
        """A source's documents are written. Returns the paths of earlier documents of it that are no more."""
        new = {document.path for document in documents}
        with self._transaction():
            old = [row[0] for row in self._all("SELECT path FROM output WHERE source = ?", source)]
            self._do("DELETE FROM output WHERE source = ?", source)
            self._db.executemany(
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
        self._do(
            "UPDATE result SET state = ?, category = ?, message = ?, owner = NULL, taken = NULL, until = NULL, "
            "seconds = ?, pages = ?, failed_pages = ?, notices = ?, stated = ?, doubtful = ? "
            "WHERE source = ? AND stage = ? AND version = ?",
            state, category, message, round(tally.seconds, 3), tally.pages,
            ",".join(map(str, tally.failed_pages)) or None, notices, tally.stated, tally.doubtful,
            source, STAGE, version,
        )  # fmt: skip

    def is_taken(self, target: str, source: int) -> bool:
        """Does this place belong to another source, whether it has its document yet or not?"""
        query = (
            "SELECT 1 FROM source WHERE target = ? AND id != ? "
            "UNION ALL SELECT 1 FROM output WHERE path = ? AND source != ?"
        )
        return bool(self._all(query, target, source, f"{target}.json", source))

    def owner_of(self, path: str) -> int | None:
        """The source whose document lies at this path."""
        row = self._one("SELECT source FROM output WHERE path = ?", path)
        return int(row[0]) if row else None

    # runs

    def begin(self) -> int:
        self._do("INSERT INTO run (owner, began) VALUES (?, ?)", self._owner, time.time())
        return int(self._one("SELECT last_insert_rowid()")[0])

    def end(self, run: int, summary: Mapping[str, object]) -> None:
        self._do("UPDATE run SET ended = ?, summary = ? WHERE id = ?", time.time(), json.dumps(summary), run)

    # mending

    def wait_again(self, sources: Sequence[int]) -> None:
        """These are to be read again, whatever came of them."""
        with self._transaction():
            for source in sources:
                self._do(
                    "UPDATE result SET state = 'waiting', category = NULL, message = NULL, owner = NULL, taken = NULL, "
                    "until = NULL WHERE source = ? AND stage = ?",
                    source,
                    STAGE,
                )

    def forget_name(self, name: bytes) -> int | None:
        """Strike a name out. The source that has none left now."""
        with self._transaction():
            row = self._one("SELECT source FROM name WHERE name = ?", name)
            self._do("DELETE FROM name WHERE name = ?", name)
            if row is None or row[0] is None or self._one("SELECT 1 FROM name WHERE source = ?", row[0]):
                return None
            return int(row[0])

    def forget_source(self, source: int) -> list[str]:
        """Strike a content out with its names and results. Returns the paths of its documents."""
        with self._transaction():
            paths = [row[0] for row in self._all("SELECT path FROM output WHERE source = ?", source)]
            for table in ("output", "result", "name"):
                self._do(f"DELETE FROM {table} WHERE source = ?", source)  # noqa: S608 - names of ours
            self._do("DELETE FROM source WHERE id = ?", source)
            return paths

    # SQLite

    def query(self, statement: str, *values: object) -> list[Any]:
        """Rows of a SELECT, for the commands that only look."""
        return self._all(statement, *values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:
            yield
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._bad(error) from error
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _do(self, statement: str, *values: object) -> None:
        try:
            self._db.execute(statement, values)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def _one(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - a row of any columns
        rows = self._all(statement, *values)
        return rows[0] if rows else None

    def _all(self, statement: str, *values: object) -> list[Any]:
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def _known(self, where: str, value: object) -> Known | None:
        row = self._one(f"SELECT id, sha256, size, coalesce(target, '') FROM source WHERE {where}", value)  # noqa: S608
        return Known(row[0], row[1].hex(), row[2], row[3]) if row else None

    def _bad(self, error: sqlite3.Error) -> BadLedger:
        return BadLedger(
            self.path.parent.parent, f"its ledger cannot be written or read ({error})", "Check free space."
        )
