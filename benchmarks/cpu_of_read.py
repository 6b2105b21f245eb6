"""CPU of `thongbao read FILE` against bare Tesseract with one thread on the same page images.

    python -m benchmarks.cpu_of_read [SCAN.pdf…]

Prints, for each file, the CPU seconds (own and children's) of: bare `tesseract -l vie` over the scan's page images
at the resolution they were scanned in; the same over the images as the OCR stage prepares them (200 dpi at most,
background divided, straightened), which leaves recognition alone; the OCR stage; the whole command. The whole is to
take at most 1.3 × the first. A second row for all files in one command shows what is left of the ratio once the
start (imports, the restoration model, the unit lists) is paid for.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2

from ocr.clean import clean
from ocr.limits import Limits
from ocr.render import Pixels, render
from ocr.source import identify

ROOT = Path(__file__).resolve().parent.parent
TARGET = 1.3
SCANNED = 1200  # dpi: no scan is finer, so each is rendered in its own resolution
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
    """Tesseract alone, page by page, on the scan's own images."""
    source = identify(path)
    pages = (render(source, number, SCANNED, Limits()).grey for number in range(1, source.pages + 1))
    return sum(recognised(pixels, folder) for pixels in pages)


def prepared(path: Path, folder: Path) -> float:
    """Tesseract alone on the images that the stage gives it."""
    source = identify(path)
    pages = (clean(render(source, number, 200, Limits())).grey for number in range(1, source.pages + 1))
    return sum(recognised(pixels, folder) for pixels in pages)


def recognised(pixels: Pixels, folder: Path) -> float:
    image = folder / "page.pgm"
    cv2.imwrite(str(image), pixels)
    return cpu_of(["tesseract", str(image), str(folder / "out"), "-l", "vie", "tsv"])


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "samples" / "seen").glob("*/light.pdf"))
    total, worst = 0.0, 0.0
    print(f"{'file':28} {'pages':>5} {'bare':>7} {'200dpi':>7} {'ocr':>7} {'whole':>7}  whole / bare")
    with tempfile.TemporaryDirectory() as name:
        for path in paths:
            alone = bare(path, Path(name))
            stage = cpu_of([sys.executable, "-c", STAGE, str(path)])
            whole = cpu_of([sys.executable, "-c", COMMAND, "read", str(path)])
            total, worst = total + alone, max(worst, whole / alone)
            label = f"{path.parent.name[-16:]}/{path.name}"[-28:]
            row = f"{alone:7.2f} {prepared(path, Path(name)):7.2f} {stage:7.2f} {whole:7.2f}"
            print(f"{label:28} {identify(path).pages:5} {row}  {whole / alone:.2f}", flush=True)
        together = cpu_of([sys.executable, "-c", COMMAND, "read", "--out", name, *_renamed(paths, Path(name))])
    print(f"{'all in one command':28} {'':5} {total:7.2f} {'':7} {'':7} {together:7.2f}  {together / total:.2f}")
    print(f"worst {worst:.2f}, together {together / total:.2f}, target {TARGET}")
    return worst > TARGET


def _renamed(paths: list[Path], folder: Path) -> list[str]:
    """Links with stems of their own: samples are all called light.pdf, and one stem gives one result."""
    links = [folder / f"{index}-{path.name}" for index, path in enumerate(paths)]
    for link, path in zip(links, paths, strict=True):
        link.symlink_to(path.resolve())
    return [str(link) for link in links]


if __name__ == "__main__":
    sys.exit(main())
