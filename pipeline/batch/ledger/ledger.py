"""`Ledger`: what the batch remembers. Only the run's own process writes it; each call is one short transaction."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.batch.errors import BadLedger
from pipeline.batch.ledger.leases import STAGE, Leases


@dataclass(frozen=True, slots=True)
class Known:
    """A content that the ledger knows: its row, digest in hex, and where its documents go (without suffix)."""

    id: int
    sha256: str
    size: int
    target: str


class Ledger(Leases):
    """The ledger of one folder. Raises `BadLedger` where SQLite refuses: disk full, file damaged."""

    # names and contents

    def lookup(self, name: bytes, stamp: str) -> int | None:
        """The source that stood under this name with this stamp; None: it must be hashed (again)."""
        row = self.one("SELECT source FROM name WHERE name = ? AND stamp = ?", name, stamp)
        return row[0] if row else None

    def named(self, name: bytes, stamp: str, source: int) -> int | None:
        """Keep that this content stands under this name. The source that stood there before, if it has no other."""
        with self.transaction():
            before = self.one("SELECT source FROM name WHERE name = ?", name)
            self.do(
                "INSERT INTO name (name, source, stamp) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE "
                "SET source = excluded.source, stamp = excluded.stamp, category = NULL, message = NULL",
                name, source, stamp,
            )  # fmt: skip
            if before is None or before[0] in (None, source):
                return None
            return None if self.one("SELECT 1 FROM name WHERE source = ?", before[0]) else int(before[0])

    def refused(self, name: bytes, stamp: str, category: str, message: str) -> bool:
        """Keep why a name gives nothing that could be read. True if that is news."""
        if self.one("SELECT 1 FROM name WHERE name = ? AND stamp = ? AND category = ?", name, stamp, category):
            return False
        self.do(
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
                self.do(
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
        with self.transaction():
            target = self.one("SELECT target FROM source WHERE id = ?", old)
            mine = self.one("SELECT 1 FROM output WHERE source = ?", new)
            if target is None or mine:
                return
            self.do("UPDATE source SET target = NULL WHERE id = ?", old)
            self.do("UPDATE source SET target = ? WHERE id = ?", target[0], new)
            self.do("UPDATE output SET source = ? WHERE source = ?", new, old)
            self.do("DELETE FROM result WHERE source = ?", old)

    def names(self, source: int) -> list[bytes]:
        return [row[0] for row in self.query("SELECT name FROM name WHERE source = ? ORDER BY name", source)]

    def _known(self, where: str, value: object) -> Known | None:
        row = self.one(f"SELECT id, sha256, size, coalesce(target, '') FROM source WHERE {where}", value)  # noqa: S608
        return Known(row[0], row[1].hex(), row[2], row[3]) if row else None

    # results

    def version(self, told: Mapping[str, object], digest: str) -> int:
        """The row of what decides results besides the content."""
        self.do(
            "INSERT OR IGNORE INTO version (stage, digest, told) VALUES (?, ?, ?)",
            STAGE, digest, json.dumps(told, sort_keys=True),
        )  # fmt: skip
        found = self.one("SELECT id FROM version WHERE stage = ? AND digest = ?", STAGE, digest)
        return int(found[0])

    def is_taken(self, target: str, source: int) -> bool:
        """Does this place belong to another source, whether it has its document yet or not?"""
        query = (
            "SELECT 1 FROM source WHERE target = ? AND id != ? "
            "UNION ALL SELECT 1 FROM output WHERE path = ? AND source != ?"
        )
        return bool(self.query(query, target, source, f"{target}.json", source))

    def owner_of(self, path: str) -> int | None:
        """The source whose document lies at this path."""
        row = self.one("SELECT source FROM output WHERE path = ?", path)
        return int(row[0]) if row else None

    # runs

    def begin(self) -> int:
        self.do("INSERT INTO run (owner, began) VALUES (?, ?)", self.owner, time.time())
        return int(self.one("SELECT last_insert_rowid()")[0])

    def end(self, run: int, summary: Mapping[str, object]) -> None:
        self.do("UPDATE run SET ended = ?, summary = ? WHERE id = ?", time.time(), json.dumps(summary), run)

    # mending

    def wait_again(self, sources: Sequence[int]) -> None:
        """These are to be read again, whatever came of them."""
        with self.transaction():
            for source in sources:
                self.do(
                    "UPDATE result SET state = 'waiting', category = NULL, message = NULL, owner = NULL, taken = NULL, "
                    "until = NULL WHERE source = ? AND stage = ?",
                    source,
                    STAGE,
                )

    def forget_name(self, name: bytes) -> int | None:
        """Strike a name out. The source that has none left now."""
        with self.transaction():
            row = self.one("SELECT source FROM name WHERE name = ?", name)
            self.do("DELETE FROM name WHERE name = ?", name)
            if row is None or row[0] is None or self.one("SELECT 1 FROM name WHERE source = ?", row[0]):
                return None
            return int(row[0])

    def forget_source(self, source: int) -> list[str]:
        """Strike a content out with its names and results. Returns the paths of its documents."""
        with self.transaction():
            paths = [row[0] for row in self.query("SELECT path FROM output WHERE source = ?", source)]
            for table in ("output", "result", "name"):
                self.do(f"DELETE FROM {table} WHERE source = ?", source)  # noqa: S608 - names of ours
            self.do("DELETE FROM source WHERE id = ?", source)
            return paths
