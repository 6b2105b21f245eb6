"""What ten million pages would take: CPU, storage and cost, from a measured run over sample scans.

    python -m benchmarks.batch_plan [SCAN.pdf…] [--pages 10000000] [--price 0.04]

Reads the scans with `thongbao run` and one worker, and counts CPU seconds of its steps with all that they started,
bytes of documents, of page readings and of the ledger. The start of a run is left out, as it is paid once.
`--price`: of one core for an hour, in the currency of your choice.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
SPARE = 1.25  # machines are never busy all the time, and some files are read twice


@dataclass(frozen=True)
class Measured:
    """CPU seconds, and bytes of what was read and written, for so many files and pages."""

    files: int
    pages: int
    cpu: float
    scans: int
    documents: int
    readings: int
    ledger: int


def run(inputs: list[Path], out: Path) -> dict[str, float]:
    """The summary of one run; its CPU is that of the steps, as the workers count it."""
    command = [*COMMAND, "run", *map(str, inputs), "--out", str(out), "--workers", "1", "--quiet", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(scans: list[Path], work: Path) -> Measured:
    links = work / "in"
    links.mkdir()
    for k, scan in enumerate(scans):
        (links / f"{k}-{scan.parent.name}.pdf").write_bytes(scan.read_bytes())
    summary = run([links], work / "out")
    inner = work / "out" / ".thongbao"
    return Measured(
        files=int(summary["read"]),
        pages=int(summary["pages"]),
        cpu=summary["cpu_seconds"],
        scans=sum(scan.stat().st_size for scan in scans),
        documents=sum(path.stat().st_size for path in (work / "out").glob("*.json")),
        readings=sum(path.stat().st_size for path in inner.glob("pages.db*")),
        ledger=700 * int(summary["read"]),  # bytes a file, of the ledger with a million (benchmarks/batch_million)
    )


def plan(found: Measured, pages: int, price: float) -> list[tuple[str, str]]:
    each = found.cpu / found.pages
    hours = pages * each * SPARE / 3600
    share = pages / found.pages
    return [
        ("measured", f"{found.files} files, {found.pages} pages, {found.cpu:.1f} s of CPU"),
        ("CPU a page", f"{each:.2f} s; {60 / each:.0f} pages a minute and core"),
        ("core hours", f"{hours:,.0f}, a quarter of them spare; {hours / 64 / 24:.1f} days of 64 cores"),
        ("cost", f"{hours * price:,.0f} at {price:g} a core and hour"),
        ("scans", f"{found.scans * share / 1e12:.2f} TB at {found.scans / found.pages / 1e3:.0f} kB a page"),
        ("documents", f"{found.documents * share / 1e9:.0f} GB at {found.documents / found.pages / 1e3:.1f} kB a page"),
        (
            "page readings",
            f"{found.readings * share / 1e9:.0f} GB at {found.readings / found.pages / 1e3:.1f} kB a page",
        ),
        ("ledger", f"{found.ledger * share / 1e9:.1f} GB"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("scans", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=10_000_000)
    parser.add_argument("--price", type=float, default=0.04)
    options = parser.parse_args()
    scans = options.scans or sorted(ROOT.glob("samples/seen/*/medium.pdf"))
    with tempfile.TemporaryDirectory() as name:
        found = measure(scans, Path(name))
    for what, told in plan(found, options.pages, options.price):
        print(f"{what:14} {told}")
    return 0 if found.pages else 1


if __name__ == "__main__":
    sys.exit(main())
