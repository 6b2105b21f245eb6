"""What stands in the ledger of a folder, for `thongbao status`. Only looks; a run may be at work meanwhile."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.batch.ledger.leases import STAGE
from pipeline.batch.ledger.ledger import Ledger
from pipeline.batch.ledger.opening import FOLDER


@dataclass(frozen=True, slots=True)
class Status:
    """All of a folder in figures. `states`: done, failed, waiting, leased (being read); `failures` by category.

    `refused`: names that could not even be taken, by category. `doubtful` of the `stated` values are for a person.
    """

    contents: int
    names: int
    states: dict[str, int]
    failures: dict[str, int]
    refused: dict[str, int]
    documents: int
    pages: int
    failed_pages: int
    stated: int
    doubtful: int
    worker_seconds: float
    last_run: dict[str, object] | None

    def told(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that failed, or lacks pages, and why."""

    name: str
    category: str
    message: str


def look(out: Path) -> Ledger:
    """The ledger of an output folder, for looking only. Raises `BadLedger`."""
    return Ledger(out / FOLDER / "ledger.db", only_look=True)


def status(ledger: Ledger) -> Status:
    """Count everything."""
    states: dict[str, int] = {}
    failures: dict[str, int] = {}
    for state, category, count in ledger.query(
        "SELECT state, category, count(*) FROM result WHERE stage = ? GROUP BY state, category", STAGE
    ):
        states[state] = states.get(state, 0) + count
        if category:
            failures[category] = failures.get(category, 0) + count
    sums = "sum(pages), sum(stated), sum(doubtful), sum(seconds)"
    pages, stated, doubtful, seconds = ledger.query(f"SELECT {sums} FROM result WHERE state = 'done'")[0]  # noqa: S608
    lost = ledger.query("SELECT failed_pages FROM result WHERE stage = ? AND category = 'failed-pages'", STAGE)
    return Status(
        contents=_number(ledger, "SELECT count(*) FROM source"),
        names=_number(ledger, "SELECT count(*) FROM name"),
        states=states,
        failures=failures,
        refused=dict(ledger.query("SELECT category, count(*) FROM name WHERE category IS NOT NULL GROUP BY category")),
        documents=_number(ledger, "SELECT count(*) FROM output"),
        pages=pages or 0,
        failed_pages=sum(row[0].count(",") + 1 for row in lost if row[0]),
        stated=stated or 0,
        doubtful=doubtful or 0,
        worker_seconds=round(seconds or 0.0, 1),
        last_run=_last_run(ledger),
    )


def _number(ledger: Ledger, query: str) -> int:
    return int(ledger.query(query)[0][0])


def _last_run(ledger: Ledger) -> dict[str, object] | None:
    rows = ledger.query("SELECT owner, began, ended, summary FROM run ORDER BY id DESC LIMIT 1")
    if not rows:
        return None
    owner, began, ended, summary = rows[0]
    return {
        "owner": owner,
        "began": _moment(began),
        "ended": _moment(ended) if ended else None,
        "summary": json.loads(summary) if summary else None,
    }


def _moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="seconds")


def failed(ledger: Ledger, categories: tuple[str, ...] = ()) -> Iterator[Failed]:
    """Every file that failed, was refused, or lacks pages, by name; of some categories only."""
    wanted = f"IN ({', '.join('?' * len(categories))})" if categories else "IS NOT NULL"
    of_contents = (
        "SELECT name.name, result.category, result.message FROM result JOIN name ON name.source = result.source "  # noqa: S608
        f"WHERE result.stage = ? AND result.state IN ('done', 'failed') AND result.category {wanted} ORDER BY name.name"
    )
    of_names = f"SELECT name, category, message FROM name WHERE category {wanted} ORDER BY name"  # noqa: S608
    for name, category, message in (
        *ledger.query(of_contents, STAGE, *categories),
        *ledger.query(of_names, *categories),
    ):
        yield Failed(name.decode("utf-8", "replace"), category, message or "")


def report(status: Status) -> str:
    """The figures for people.

    >>> print(report(Status(3, 4, {"done": 2, "failed": 1}, {"empty-file": 1}, {}, 2, 5, 0, 90, 9, 12.0, None)))
    3 contents under 4 names: 2 done, 1 failed
    failed       1  empty-file
    2 documents of 5 pages; 10.0% of 90 values doubtful
    """
    states = ", ".join(f"{count} {state}" for state, count in sorted(status.states.items())) or "nothing yet"
    lines = [f"{status.contents} contents under {status.names} names: {states}"]
    lines += [f"failed {count:7}  {category}" for category, count in sorted(status.failures.items())]
    lines += [f"refused {count:6}  {category}" for category, count in sorted(status.refused.items())]
    lost = f" ({status.failed_pages} could not be read)" if status.failed_pages else ""
    share = status.doubtful / status.stated if status.stated else 0.0
    lines.append(
        f"{status.documents} documents of {status.pages} pages{lost}; {share:.1%} of {status.stated:,} values doubtful"
    )
    if status.last_run is not None:
        ended = status.last_run["ended"] or "not ended: at work, or cut off"
        lines.append(f"last run: {status.last_run['began']} to {ended}")
    return "\n".join(lines)
