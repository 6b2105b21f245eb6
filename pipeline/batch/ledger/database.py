"""`Database`: the SQLite file of a ledger, and how its statements are run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.batch.errors import BadLedger
from pipeline.batch.ledger.opening import connect, look_at


class Database:
    """The open file. Raises `BadLedger` where SQLite refuses: disk full, file damaged."""

    def __init__(self, path: Path, *, only_look: bool = False) -> None:
        self.path = path
        self._db = look_at(path) if only_look else connect(path)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside, or nothing of it; inside another one it is part of that."""
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

    def do(self, statement: str, *values: object) -> None:
        """A statement without rows. Lets `sqlite3.IntegrityError` through."""
        try:
            self._db.execute(statement, values)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def do_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """The same statement for each row of values."""
        try:
            self._db.executemany(statement, rows)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def one(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - a row of any columns
        """The first row of a SELECT, None where there is none."""
        rows = self.query(statement, *values)
        return rows[0] if rows else None

    def query(self, statement: str, *values: object) -> list[Any]:
        """Rows of a SELECT."""
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._bad(error) from error

    def _bad(self, error: sqlite3.Error) -> BadLedger:
        return BadLedger(
            self.path.parent.parent, f"its ledger cannot be written or read ({error})", "Check free space."
        )
