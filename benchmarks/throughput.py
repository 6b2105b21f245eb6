"""The whole pipeline beside bare Tesseract and OCRmyPDF, and two workers beside one, on the same PDFs in one run.

    python -m benchmarks.throughput [SCAN.pdf…] [--copies 1] [--only cpu|workers|ocrmypdf]…

cpu       seconds of `thongbao run` with everything it starts, and of its steps alone (the log's `cpu`), over those of
          bare `tesseract -l vie` with one thread on the scans' own images (at most 1.1; aim 0.9)
workers   pages a minute of two workers over those of one (at least 1.9), by the clock, so only on an idle machine; the
          load of others is printed, and the ratio of CPU, which is what two workers lose to each other; beside it what
          the machine gives: two processes of bare Tesseract at a time over one, on the same images
ocrmypdf  pages a minute of `ocrmypdf --jobs 2 --output-type pdf -l vie`, with its defaults and with one OpenMP thread,
          beside `thongbao run` with two workers; at least four times those of the defaults
Without scans: those of samples/seen, light and medium. `--copies`: read each so often, with bytes of its own.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2

from benchmarks.cpu_of_read import SCANNED, bare
from ocr.limits import Limits
from ocr.render import render
from ocr.source import identify

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
MOST, AIM, TWICE, TIMES = 1.1, 0.9, 1.9, 4.0
CEILING_SCANS = 12  # to find out what two processes give
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock and of CPU; the CPU of each file's steps, by the file's name."""

    wall: float
    cpu: float
    steps: dict[str, float]


def spent(command: list[str], log: Path | None = None, **environment: str) -> Spent:
    """What a command took, with all that it started, orphans too: they are adopted and waited for."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    told = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    wall = time.monotonic() - began
    if told.returncode:
        sys.exit(f"{command}: {told.stderr[-500:]}")
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log is not None else []
    steps = {Path(line["name"]).name: line["cpu"] for line in lines}
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, steps)


def thongbao(scans: Path, work: Path, workers: int) -> Spent:
    out, log = work / f"out-{workers}", work / "log"
    shutil.rmtree(out, ignore_errors=True)
    log.unlink(missing_ok=True)
    options = ["--workers", str(workers), "--quiet", "--log-json", str(log)]
    return spent([*COMMAND, "run", str(scans), "--out", str(out), *options], log)


def gather(scans: list[Path], copies: int, folder: Path) -> dict[str, list[Path]]:
    """Copies with bytes of their own (readers allow rubbish behind the end), by what kind of scan they are."""
    folder.mkdir()
    kinds: dict[str, list[Path]] = defaultdict(list)
    for k, scan in enumerate(scans):
        for copy in range(copies):
            path = folder / f"{scan.stem}-{k:03}-{copy:02}.pdf"
            path.write_bytes(scan.read_bytes() + b"\n%% copy %d\n" % copy)
            kinds[scan.stem if scan.is_relative_to(ROOT) else "other"].append(path)
    return kinds


def pages_of(paths: list[Path]) -> int:
    return sum(identify(path).pages for path in paths)


def load() -> str:
    return f"load of the machine {os.getloadavg()[0]:.1f}"


def cpu(kinds: dict[str, list[Path]], scans: Path, work: Path, copies: int) -> bool:
    """One worker over all; bare Tesseract over one copy of each, before and after, as others' load changes."""

    def alone_once() -> dict[str, float]:
        return {kind: copies * sum(bare(path, work) for path in paths[::copies]) for kind, paths in kinds.items()}

    before, whole, after = alone_once(), thongbao(scans, work, 1), alone_once()
    alone = {kind: (before[kind] + after[kind]) / 2 for kind in kinds}
    for kind, paths in kinds.items():
        steps = sum(whole.steps[path.name] for path in paths)
        told = f"{pages_of(paths):4} pages  bare {alone[kind]:7.2f} s  steps {steps:7.2f} s"
        print(f"  {kind:8} {told}  {steps / alone[kind]:.2f}")
    ratio = whole.cpu / sum(alone.values())
    print(f"cpu: whole command {whole.cpu:.2f} s of {sum(alone.values()):.2f} s bare: {ratio:.2f}")
    print(f"     (at most {MOST}; aim {AIM})")
    return ratio <= MOST


def ceiling(scans: Path, work: Path) -> float:
    """How much quicker bare Tesseract is with two processes at a time, each over its half of the images."""
    images = []
    for scan in sorted(scans.iterdir())[:CEILING_SCANS]:
        source = identify(scan)
        for number in range(1, source.pages + 1):
            images.append(work / f"{scan.stem}-{number}.pgm")
            cv2.imwrite(str(images[-1]), render(source, number, SCANNED, Limits()).grey)
    took = [_at_a_time(images, processes) for processes in (1, 2)]
    return took[0] / took[1]


def _at_a_time(images: list[Path], processes: int) -> float:
    """Seconds by the clock that bare Tesseract takes for all images."""

    def read(image: Path) -> None:
        command = ["tesseract", str(image), str(image.with_suffix("")), "-l", "vie", "tsv"]
        subprocess.run(command, env={**os.environ, "OMP_THREAD_LIMIT": "1"}, capture_output=True, check=True)

    began = time.monotonic()
    with ThreadPoolExecutor(processes) as pool:
        list(pool.map(read, images))
    return time.monotonic() - began


def workers(scans: Path, work: Path, pages: int) -> bool:
    print(f"bare Tesseract, two processes at a time over one: {ceiling(scans, work):.2f}", flush=True)
    one, two = thongbao(scans, work, 1), thongbao(scans, work, 2)
    ratio = one.wall / two.wall
    print(f"workers: {60 * pages / one.wall:.1f} and {60 * pages / two.wall:.1f} pages a minute: {ratio:.2f} "
          f"(at least {TWICE}); CPU of two over that of one {two.cpu / one.cpu:.2f}; {load()}")  # fmt: skip
    return ratio >= TWICE


def ocrmypdf(kinds: dict[str, list[Path]], scans: Path, work: Path, pages: int) -> bool:
    if shutil.which("ocrmypdf") is None:
        print("ocrmypdf is not installed")
        return False
    paths = [path for own in kinds.values() for path in own]
    mine, rates = thongbao(scans, work, 2), {}
    for name, environment in (("one thread", {"OMP_THREAD_LIMIT": "1"}), ("defaults", {})):
        took = [_searchable(path, work, environment) for path in paths]
        rates[name] = 60 * pages / sum(each.wall for each in took)
        used = sum(each.cpu for each in took)
        print(
            f"  ocrmypdf, {name:10} {rates[name]:6.1f} pages a minute, {used / pages:6.2f} s of CPU a page", flush=True
        )
    rate = 60 * pages / mine.wall
    print(f"ocrmypdf: thongbao {rate:.1f} pages a minute, {mine.cpu / pages:.2f} s of CPU a page; "
          f"{rate / rates['defaults']:.1f} times the defaults (at least {TIMES:g}), "
          f"{rate / rates['one thread']:.2f} times one thread; {load()}")  # fmt: skip
    return rate >= TIMES * rates["defaults"]


def _searchable(path: Path, work: Path, environment: dict[str, str]) -> Spent:
    command = ["ocrmypdf", "--jobs", "2", "--output-type", "pdf", "-l", "vie", str(path), str(work / "ocr.pdf")]
    return spent(command, **environment)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("scans", nargs="*", type=Path)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--only", action="append", choices=("cpu", "workers", "ocrmypdf"), default=[])
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    os.environ.pop("OMP_THREAD_LIMIT", None)
    scans = options.scans or [
        path for level in ("light", "medium") for path in sorted(ROOT.glob(f"samples/seen/*/{level}.pdf"))
    ]
    wanted, good = options.only or ["cpu", "workers", "ocrmypdf"], []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        kinds = gather([path.resolve() for path in scans], options.copies, work / "in")
        pages = sum(pages_of(paths) for paths in kinds.values())
        if "cpu" in wanted:
            good.append(cpu(kinds, work / "in", work, options.copies))
        if "workers" in wanted:
            good.append(workers(work / "in", work, pages))
        if "ocrmypdf" in wanted:
            good.append(ocrmypdf(kinds, work / "in", work, pages))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
