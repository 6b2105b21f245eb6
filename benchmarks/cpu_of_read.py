"""CPU of `thongbao read FILE` against bare Tesseract with one thread on the same page images.

    python benchmarks/cpu_of_read.py SCAN.pdf…

Prints, for each file, the CPU seconds (own and children's) of: bare `tesseract -l vie` over the page images that
the OCR stage prepared; the OCR stage alone; the whole command. And the ratios. The target for the whole is 1.3.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ocr.clean import clean
from ocr.render import render
from ocr.source import Limits, identify

TARGET = 1.3
STAGE = "import sys; from pathlib import Path; from ocr.read import read_pages; from ocr.source import identify; \
list(read_pages(identify(Path(sys.argv[1]))))"

COMMAND = "from pipeline.cli import main; main()"


def cpu_of(command: list[str]) -> float:
    """CPU seconds of a command and all it starts. Its output is thrown away, its failure is ours."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, check=False, capture_output=True, env=environment, text=True)
    if done.returncode:
        sys.exit(f"{command[-1]}: {done.stderr.strip()[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bare(path: Path, folder: Path) -> float:
    """Tesseract alone, page by page, on the images that the stage gives it."""
    source, total = identify(path), 0.0
    for number in range(1, source.pages + 1):
        page = clean(render(source, number, 200, Limits()))
        image = folder / "page.pgm"
        cv2.imwrite(str(image), page.grey)
        total += cpu_of(["tesseract", str(image), str(folder / "out"), "-l", "vie", "tsv"])
    return total


def main() -> int:
    worst = 0.0
    print(f"{'file':28} {'pages':>5} {'bare':>7} {'ocr':>7} {'whole':>7}  ratios")
    with tempfile.TemporaryDirectory() as name:
        for path in map(Path, sys.argv[1:]):
            alone = bare(path, Path(name))
            stage = cpu_of([sys.executable, "-c", STAGE, str(path)])
            whole = cpu_of([sys.executable, "-c", COMMAND, "read", str(path)])
            worst = max(worst, whole / alone)
            label = f"{path.parent.name[-12:]}/{path.name}"[-28:]
            pages = identify(path).pages
            ratios = f"ocr {stage / alone:.2f}  whole {whole / alone:.2f}"
            print(f"{label:28} {pages:5} {alone:7.2f} {stage:7.2f} {whole:7.2f}  {ratios}")
    print(f"worst {worst:.2f}, target {TARGET}")
    return worst > TARGET


if __name__ == "__main__":
    sys.exit(main())
