"""`python -m benchmarks.cpu_in_turns [SCAN.pdf…]`: CPU of a file's steps over that of bare Tesseract, taking turns.

File by file, bare `tesseract -l vie` with one thread on the scan's own images before and after, and between them the
steps of a worker: look, read each page, make the documents. A machine that others slow down slows both alike, which
runs one after the other do not show: there the ratio of one code moves by a tenth. Without scans: the light and medium
ones of `samples/seen`. The start, once a run, is not in it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks.cpu_of_read import bare
from ocr.source import identify
from pipeline.batch.work import steps
from pipeline.batch.work.limits import keep_freed_memory
from pipeline.batch.work.values import Failure, Timed
from pipeline.batch.work.warm import warm
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 600.0


def taken(path: Path, settings: Settings) -> tuple[int, float]:
    """The pages of a file, and the seconds of CPU that its steps take in this process and in those it starts."""
    source = identify(path, settings.ocr.limits)
    looked = steps.look(SECONDS, path, source.sha256, settings)
    read = [steps.read(SECONDS, path, source, number, settings) for number in range(1, source.pages + 1)]
    told: list[Timed] = [looked, *read]
    failed = [one.value for one in told if isinstance(one.value, Failure)]
    if failed:
        sys.exit(f"{path}: {failed[0]}")
    made = steps.make(SECONDS, path, source, [one.value.packed for one in read], settings)
    return source.pages, sum(one.cpu for one in (*told, made))


def main() -> None:
    """Print pages, seconds and ratio of each level, and of all."""
    scans = [Path(name) for name in sys.argv[1:]] or sorted(ROOT.glob("samples/seen/*/[lm]*.pdf"))
    os.environ["OMP_THREAD_LIMIT"] = "1"
    keep_freed_memory()
    warm()
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    with tempfile.TemporaryDirectory() as work:
        for scan in scans:
            before = bare(scan, Path(work))
            pages, own = taken(scan, Settings())
            alone = (before + bare(scan, Path(work))) / 2
            for kind in (scan.stem, "all"):
                totals[kind] = [a + b for a, b in zip(totals[kind], (pages, alone, own), strict=True)]
    for kind, (many, alone, own) in sorted(totals.items()):
        print(f"{kind:8} {many:4.0f} pages  bare {alone:7.2f} s  steps {own:7.2f} s  {own / alone:.2f}")
    print(f"load of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
