"""Memory of the workers and of the run itself over thousands of pages: is it flat, and how much is it?

    python -m benchmarks.memory [--pages 5000]

Pages are small pieces of the sample scans, one in 50 a whole A4 page at 200 dpi, in TIFF files of 50 pages with bytes
of their own. Twice a second the memory of each worker is looked at (proportional set size: what is shared with the fork
server counts in parts) and that of the run. Fails where the mean of the peaks of the last thousand pages is more than
5 % above that of the first, or where a worker takes more than 250 MB.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.batch_kill import COMMAND, ROOT, descendants, label
from ocr.limits import Limits
from ocr.render import render
from ocr.source import identify

EACH = 50  # pages a file
MOST, GROWTH = 250e6, 1.05
LINES = (0.30, 0.35)  # of a page's height: two or three lines of the body


def make_files(folder: Path, pages: int) -> None:
    noise = np.random.default_rng(7)
    scans = [render(identify(path), 1, 200, Limits()).grey for path in sorted(ROOT.glob("samples/seen/*/light.pdf"))]
    folder.mkdir()
    for k in range(pages // EACH):
        frames = []
        for j in range(EACH):
            page = scans[(k + j) % len(scans)]
            high = page.shape[0]
            piece = (page if j == 0 else page[round(LINES[0] * high) : round(LINES[1] * high)]).copy()
            piece[-8:, :40] = noise.integers(200, 255, (8, 40))
            frames.append(Image.fromarray(piece))
        name = folder / f"tb-{k:05}.tif"
        frames[0].save(name, save_all=True, append_images=frames[1:], dpi=(200, 200), compression="tiff_lzw")


def memory(process: int) -> tuple[float, float]:
    """Bytes of a process: its proportional share, and what is resident."""
    found = {"Pss": 0.0, "Rss": 0.0}
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            name, _, rest = line.partition(":")
            if name in found:
                found[name] = float(rest.split()[0]) * 1024
    except (OSError, ValueError):
        pass
    return found["Pss"], found["Rss"]


def watch(process: subprocess.Popen[bytes], log: Path) -> list[tuple[int, dict[int, tuple[float, float]], float]]:
    """Pages done, memory by worker, memory of the run; twice a second."""
    seen = []
    while process.poll() is None:
        done = EACH * log.read_bytes().count(b"\n") if log.exists() else 0
        workers = {each: memory(each) for each in descendants(process.pid) if label(each) == "worker"}
        seen.append((done, workers, memory(process.pid)[1]))
        time.sleep(0.5)
    return seen


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=5000)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        make_files(work / "in", pages)
        began = time.monotonic()
        options = ["--workers", "2", "--quiet", "--log-json", str(work / "log")]
        command = [*COMMAND, "run", str(work / "in"), "--out", str(work / "out"), *options]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        seen = watch(process, work / "log")
    print(f"{pages} pages in {time.monotonic() - began:.0f} s, ended with {process.returncode}")
    shares, highest, run, whole = defaultdict(list), defaultdict(float), defaultdict(float), 0.0
    for done, workers, own in seen:
        part = min(done // 1000, pages // 1000 - 1)
        run[part] = max(run[part], own)
        for pss, rss in workers.values():
            shares[part].append(pss)
            highest[part] = max(highest[part], pss)
            whole = max(whole, rss)
    # the peak is that of the largest page at hand; what creeps shows in the upper quarter, too
    upper = {part: statistics.quantiles(values, n=4)[2] for part, values in shares.items()}
    for part in sorted(upper):
        told = f"worker {upper[part] / 1e6:6.1f} MB upper quartile, {highest[part] / 1e6:6.1f} MB at most"
        print(f"pages {part * 1000 + 1:5} to {part * 1000 + 1000:5}: {told}; the run {run[part] / 1e6:6.1f} MB")
    first, last = min(upper), max(upper)
    growth, growth_of_run = upper[last] / upper[first], run[last] / run[first]
    most = max(highest.values())
    print(f"last over first thousand: worker {growth:.3f}, run {growth_of_run:.3f} (at most {GROWTH})")
    told = f"{most / 1e6:.0f} MB of its own share, {whole / 1e6:.0f} MB with all that is shared"
    print(f"a worker at most {told} (at most {MOST / 1e6:.0f})")
    return 0 if growth <= GROWTH and growth_of_run <= GROWTH and most <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
