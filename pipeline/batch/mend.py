"""What can be done to a folder afterwards: look whether its documents are whole, try again, forget."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.intake.archive import members
from pipeline.batch.intake.item import MEMBER, Item
from pipeline.batch.intake.remote import is_remote
from pipeline.batch.intake.walk import items, stamp
from pipeline.batch.ledger.leases import STAGE
from pipeline.batch.ledger.ledger import Ledger
from pipeline.batch.ledger.opening import locked
from pipeline.batch.ledger.pages import PageStore
from pipeline.batch.place import shelf
from pipeline.batch.survey import look

_HEX = frozenset("0123456789abcdef")
_SHORTEST = 8  # hex digits of a digest that stand for a content


@dataclass(frozen=True, slots=True)
class Verified:
    """How many documents are as they were written; the paths of those missing or changed; the sources of these."""

    whole: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    sources: tuple[int, ...]


def verify(out: Path) -> Verified:
    """Hash every document in the folder and compare it with the ledger. Raises `BadLedger`."""
    ledger, documents = look(out), shelf(out, out)
    whole, missing, changed, sources = 0, list[str](), list[str](), dict[int, None]()
    for path, source, digest in ledger.query("SELECT path, source, sha256 FROM output ORDER BY path"):
        found = documents.digest(path)
        if found == digest:
            whole += 1
            continue
        (missing if found is None else changed).append(path)
        sources[source] = None
    ledger.close()
    return Verified(whole, tuple(missing), tuple(changed), tuple(sources))


@contextmanager
def _opened(out: Path) -> Iterator[tuple[Ledger, PageStore]]:
    look(out).close()  # a folder without a ledger gets none here
    with locked(out) as inner:
        ledger, pages = Ledger(inner / "ledger.db"), PageStore(inner / "pages.db")
        try:
            yield ledger, pages
        finally:
            pages.close()
            ledger.close()


def make_again(out: Path, sources: tuple[int, ...]) -> None:
    """Let the next run make the documents of these sources again, from the readings of their pages."""
    with _opened(out) as (ledger, _):
        ledger.wait_again(sources)


def wait_again(out: Path, categories: tuple[str, ...]) -> list[bytes]:
    """Let all that failed, of some categories only, be read again; pages that failed too. Returns their names."""
    wanted = f"IN ({', '.join('?' * len(categories))})" if categories else "IS NOT NULL"
    with _opened(out) as (ledger, pages):
        query = (
            "SELECT result.source, source.sha256 FROM result JOIN source ON source.id = result.source "  # noqa: S608 - placeholders
            f"WHERE stage = ? AND category {wanted}"
        )
        rows = ledger.query(query, STAGE, *categories)
        for _, sha256 in rows:
            pages.drop_failed(sha256.hex())
        ledger.wait_again([row[0] for row in rows])
        names = [name for row in rows for name in ledger.names(row[0])[:1]]
        refused = [row[0] for row in ledger.query(f"SELECT name FROM name WHERE category {wanted}", *categories)]  # noqa: S608
        for name in refused:
            ledger.forget_name(name)
    return sorted(names + refused)


def waiting(out: Path) -> list[bytes]:
    """One name of each content that waits to be read."""
    ledger = look(out)
    rows = ledger.query(
        "SELECT min(name.name) FROM result JOIN name ON name.source = result.source "
        "WHERE stage = ? AND state IN ('waiting', 'leased') GROUP BY result.source",
        STAGE,
    )
    ledger.close()
    return sorted(row[0] for row in rows)


def items_of(names: list[bytes]) -> Iterator[Item]:
    """The items of names in the ledger; of archives only the members named."""
    wanted = set(names)
    archives: dict[Path, None] = {}
    for name in names:
        path, parted, _ = name.partition(MEMBER)
        if parted and os.path.isfile(path):  # noqa: PTH113 - bytes
            archives[Path(os.fsdecode(path))] = None
        else:
            yield from items([os.fsdecode(name)])
    for archive in archives:
        found = members(archive, archive.stem, stamp(archive.stat()))
        yield from (item for item in found if item.name in wanted)


def forget(out: Path, what: tuple[str, ...]) -> list[str]:
    """Strike names (paths, folders with all below them) or contents (digests) out of the ledger, with their documents.

    A content that still has another name stays. Returns the paths of the documents that were removed.
    """
    with _opened(out) as (ledger, pages):
        sources: dict[int, None] = {}
        for each in what:
            sources.update(dict.fromkeys(_by_digest(ledger, each) or _by_name(ledger, each)))
        removed = [path for source in sources for path in _struck_out(ledger, pages, source)]
        for path in removed:
            shelf(out, out).drop(path)
    return removed


def _by_digest(ledger: Ledger, told: str) -> list[int]:
    if len(told) < _SHORTEST or not set(told) <= _HEX:
        return []
    return [
        row[0]
        for row in ledger.query("SELECT id FROM source WHERE substr(hex(sha256), 1, ?) = ?", len(told), told.upper())
    ]


def _by_name(ledger: Ledger, told: str) -> list[int]:
    """Sources that have no name left without these."""
    full = os.fsencode(told if is_remote(told) else os.path.normpath(Path.cwd() / told))
    rows = ledger.query(
        "SELECT name FROM name WHERE name = ? OR (name > ? AND name < ?) OR (name > ? AND name < ?)",
        full, full + b"/", full + b"0", full + MEMBER, full + b'!0',
    )  # fmt: skip
    left = [ledger.forget_name(row[0]) for row in rows]
    return [source for source in left if source is not None]


def _struck_out(ledger: Ledger, pages: PageStore, source: int) -> list[str]:
    pages.drop(ledger.by_id(source).sha256)
    return ledger.forget_source(source)
