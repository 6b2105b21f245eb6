"""Opening the ledger of a folder: one writer at a time, the schema's version, clear errors."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from pipeline.batch.errors import BadLedger, InUse
from pipeline.batch.output import OutputFailed

FOLDER = ".thongbao"  # in the output folder; everything that is no document lies in it
SCHEMA = 1
_BUSY = 30.0  # seconds to wait for a reader's lock (`status` beside a run)
_CACHE = -64_000  # KiB of pages that SQLite may keep in memory


def owner() -> str:
    """Who holds a lease: host, process, and a mark that no later process of the same number has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@contextmanager
def locked(folder: Path) -> Iterator[Path]:
    """Hold the output folder for one run; yields its `.thongbao`, with an empty `tmp`. Raises `InUse`, `OutputFailed`.

    The kernel lets go of the lock when the process dies, however it dies.
    """
    inner = folder / FOLDER
    try:
        inner.mkdir(parents=True, exist_ok=True)
        file = (inner / "lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise OutputFailed(folder, f"it cannot be written ({error.strerror})") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise InUse(
                folder, f"another run is at work on this folder ({file.read().strip() or 'unknown'})"
            ) from error
        try:
            _sign(file.fileno())
            _emptied(inner / "tmp")
        except OSError as error:
            raise OutputFailed(folder, f"it cannot be written ({error.strerror})") from error
        try:
            yield inner
        finally:
            _emptied(inner / "tmp")


def _sign(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode())


def _emptied(folder: Path) -> None:
    """What a killed run or worker left half-made goes: nobody else is here."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def look_at(path: Path) -> sqlite3.Connection:
    """Open the ledger for reading only, beside a run if there is one. Raises `BadLedger`.

    On a disk that cannot be written SQLite opens a database with a log only when told that nobody changes it.
    """
    if not path.is_file():
        raise BadLedger(path.parent.parent, "there is no ledger in this folder")
    try:
        how = (
            "mode=ro" if os.access(path.parent, os.W_OK) or path.with_name("ledger.db-wal").exists() else "immutable=1"
        )
        db = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", timeout=_BUSY, isolation_level=None, uri=True)
        db.execute(f"PRAGMA cache_size = {_CACHE}")
        _provide(db, path, make=False)
    except sqlite3.Error as error:
        raise BadLedger(path.parent.parent, f"its ledger cannot be used ({error})") from error
    return db


def connect(path: Path) -> sqlite3.Connection:
    """Open the ledger for writing; it is made where there is none. Raises `BadLedger`.

    Commits are whole after a crash of the process at once, and after one of the machine up to the last
    checkpoint: what is then missing is read again. Documents are synced before their row is written.
    """
    try:
        db = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute(f"PRAGMA cache_size = {_CACHE}")
        _provide(db, path, make=True)
    except sqlite3.Error as error:
        raise BadLedger(path.parent.parent, f"its ledger cannot be used ({error})") from error
    return db


def _provide(db: sqlite3.Connection, path: Path, *, make: bool) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version == SCHEMA:
        return
    if version or not make:
        raise BadLedger(path.parent.parent, f"its ledger has version {version}, this thongbao works with {SCHEMA}")
    tables = files("pipeline.batch.ledger").joinpath("tables.sql").read_text("utf-8")
    db.executescript(f"BEGIN IMMEDIATE;\n{tables}\nPRAGMA user_version = {SCHEMA};\nCOMMIT;")
