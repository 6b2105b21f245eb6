"""A ledger of a million files: how long do start, status and resume take, how large is it, what does a new file cost?

    python -m benchmarks.batch_million [--rows 1000000]

The ledger is filled by SQL with rows as a run leaves them: half of the names lie in folders of a thousand, one in
fifty failed, eight were being read when the run was cut off. No file is read: start is the time from the command to
its first question about a file; a new file's cost is that of the ledger's calls for it, beside a ledger of a
hundredth. Fails where start, status or resume takes 3 s, where the ledger takes 1 GB, or where a new file costs more
than twice as much (and 0.1 ms more) in the large ledger.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.batch.intake.item import Item, targets
from pipeline.batch.ledger.leases import Document, Tally
from pipeline.batch.ledger.ledger import Ledger
from pipeline.batch.versions import versions
from pipeline.settings import Settings

COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
SECONDS, BYTES = 3.0, 1_000_000_000
NEW = 2000  # files that are new to the ledger


def name(k: int) -> str:
    return f"/archive/scans/{2000 + k % 24}/{k // 1000:06}/tb-{k:07}-ubnd.pdf"


def digest(k: int) -> bytes:
    return hashlib.sha256(str(k).encode()).digest()


def fill(path: Path, rows: int) -> None:
    """Rows as a run leaves them."""
    ledger = Ledger(path)
    told = versions(Settings())
    version = ledger.version(told.told, told.making)
    db = ledger._db
    db.execute("BEGIN")
    db.executemany("INSERT INTO source VALUES (?, ?, ?, ?)", _sources(rows))
    db.executemany("INSERT INTO name (name, source, stamp) VALUES (?, ?, ?)", _names(rows))
    db.executemany(
        "INSERT INTO result (source, stage, version, state, category, message, attempts, seconds, pages, notices, "
        "stated, doubtful) VALUES (?, 'notice', ?, ?, ?, ?, 1, 9.125, 4, 1, 80, 6)",
        _results(rows, version),
    )
    db.executemany("INSERT INTO output VALUES (?, ?, 1, ?, 41250)", _outputs(rows))
    now = time.time()
    db.execute(
        "UPDATE result SET state = 'leased', owner = ?, taken = ?, until = ? WHERE source <= 8",
        (ledger.owner.partition(":")[0] + ":1:dead", now, now + 600),
    )
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.close()


def _target(k: int) -> str:
    return name(k).removeprefix("/archive/").removesuffix(".pdf")


def _sources(rows: int) -> Iterator[tuple[int, bytes, int, str]]:
    return ((k, digest(k), 800_000 + k % 1000, _target(k)) for k in range(1, rows + 1))


def _names(rows: int) -> Iterator[tuple[bytes, int, str]]:
    stamp = "812345:1700000000123456789:1700000000123456789:"
    return ((name(k).encode(), k, f"{stamp}{k}") for k in range(1, rows + 1))


def _results(rows: int, version: int) -> Iterator[tuple[object, ...]]:
    for k in range(1, rows + 1):
        failed = k % 50 == 0
        why = ("damaged-file", "the file is damaged or cut short. Copy or scan it again.") if failed else (None, None)
        yield (k, version, "failed" if failed else "done", *why)


def _outputs(rows: int) -> Iterator[tuple[str, int, bytes]]:
    return ((f"{_target(k)}.json", k, digest(-k)) for k in range(1, rows + 1) if k % 50)


def clocked(*arguments: object) -> tuple[float, float]:
    """Seconds by the clock and of CPU."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{arguments}: {done.stderr[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, used


def cost_of_new_files(path: Path, rows: int) -> float:
    """Median seconds of all that the ledger is asked and told about one new file."""
    ledger, costs = Ledger(path), []
    told = versions(Settings())
    version = ledger.version(told.told, told.making)
    for k in range(rows + 1, rows + 1 + NEW):
        began = time.perf_counter()
        item = Item(name(k).encode(), f"1:{k}", f"new/tb-{k}.pdf")
        sha256 = digest(k).hex()
        assert ledger.lookup(item.name, item.stamp) is None
        assert ledger.source(sha256) is None
        known = ledger.add(sha256, 1000, targets(item, sha256))
        ledger.named(item.name, item.stamp, known.id)
        assert ledger.claim(known.id, version)
        ledger.done(known.id, version, [Document(f"{known.target}.json", sha256, 10)], "", Tally(1.0, 4))
        costs.append(time.perf_counter() - began)
    ledger.close()
    return statistics.median(costs)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large", Path(folder) / "small"
        for out, count in ((large, rows), (small, rows // 100)):
            (out / ".thongbao").mkdir(parents=True)
            began = time.monotonic()
            fill(out / ".thongbao" / "ledger.db", count)
            print(f"filled {count:,} rows in {time.monotonic() - began:.0f} s")
        empty = Path(folder) / "empty"
        empty.mkdir()
        figures = {
            "start": clocked("run", empty, "--out", large, "--quiet"),
            "status": clocked("status", large),
            "status --failures": clocked("status", large, "--failures"),
            "resume": resumed(large),
        }
        size = sum(file.stat().st_size for file in (large / ".thongbao").iterdir() if file.is_file())
        first, second = (
            cost_of_new_files(out / ".thongbao" / "ledger.db", n) for out, n in ((small, rows // 100), (large, rows))
        )
    for what, (seconds, used) in figures.items():
        print(f"{what:18} {seconds:6.2f} s, {used:.2f} s of CPU  (below {SECONDS:g})")
    print(f"{'load':18} {os.getloadavg()[0]:6.1f}")
    print(f"{'size':18} {size / 1e6:6.0f} MB  (below {BYTES / 1e6:.0f})")
    print(f"{'a new file':18} {second * 1000:6.3f} ms  among {rows:,}, {first * 1000:.3f} ms among {rows // 100:,}")
    return max(seconds for seconds, _ in figures.values()) >= SECONDS or size >= BYTES or second > 2 * first + 1e-4


def resumed(out: Path) -> tuple[float, float]:
    """From opening the ledger of a run that was cut off to having taken what it left undone."""
    began, used = time.monotonic(), time.process_time()
    ledger = Ledger(out / ".thongbao" / "ledger.db")
    told = versions(Settings())
    version = ledger.version(told.told, told.making)
    left = ledger.query("SELECT source FROM result WHERE until IS NOT NULL")
    assert len(left) == 8
    assert all(ledger.claim(source, version) for (source,) in left)
    ledger.release()
    ledger.close()
    return time.monotonic() - began, time.process_time() - used


if __name__ == "__main__":
    sys.exit(main())
