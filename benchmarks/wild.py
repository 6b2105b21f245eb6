"""Inputs as they come, made from the sample scans: does the data come out as from the plain scan?

    python -m benchmarks.wild [--notices 4] [--only VARIETY]…

Each variety is made of the light scans of some notices, read with `thongbao run`, and judged against the gold documents
with `thongbao evaluate`. Prints the strict F1 beside that of the plain scans, and how many documents came of how many
notices. Fails where a variety loses more than five points or gives another number of documents.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image

from ocr.limits import Limits
from ocr.render import render
from ocr.source import identify

ROOT = Path(__file__).resolve().parent.parent
SEEN = ROOT / "samples" / "seen"
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
LOST = 0.05
DPI = 200
Pixels = NDArray[np.uint8]
Make = Callable[[list[Path], Path], None]  # samples, folder


def pages(sample: Path) -> list[Pixels]:
    """The pages of a light scan in colour, at 200 dpi."""
    source = identify(sample / "light.pdf")
    found = [render(source, number, DPI, Limits()).grey for number in range(1, source.pages + 1)]
    return [cv2.cvtColor(page, cv2.COLOR_GRAY2BGR) for page in found]


def jpeg(page: Pixels) -> bytes:
    return bytes(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 85])[1])


def scan_of(images: list[Pixels], path: Path, rotate: int = 0, text: list[str] | None = None) -> None:
    """A PDF of scans; `rotate`: what each page says of its rotation; `text`: an invisible layer over each."""
    pdf = pikepdf.new()
    for k, image in enumerate(images):
        _add(pdf, image, rotate, text[k] if text else "")
    pdf.save(path)


def _add(pdf: pikepdf.Pdf, image: Pixels, rotate: int = 0, text: str = "") -> None:
    high, wide = image.shape[:2]
    width, height = wide * 72 / DPI, high * 72 / DPI
    page = pdf.add_blank_page(page_size=(width, height))
    name = pikepdf.Name
    page.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(
            Im=pikepdf.Stream(
                pdf, jpeg(image), Type=name.XObject, Subtype=name.Image, Width=wide, Height=high,
                ColorSpace=name.DeviceRGB, BitsPerComponent=8, Filter=name.DCTDecode,
            )
        ),
        Font=pikepdf.Dictionary(F=pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)),
    )  # fmt: skip
    lines = b"".join(
        b"(" + line.encode("latin-1", "replace").translate(None, b"()\\") + b") ' " for line in text.splitlines()
    )
    layer = b"BT /F 9 Tf 11 TL 3 Tr 40 %d Td " % (height - 40) + lines + b"ET " if text else b""
    page.Contents = pikepdf.Stream(pdf, b"q %f 0 0 %f 0 0 cm /Im Do Q " % (width, height) + layer)
    if rotate:
        page.Rotate = rotate


def each(change: Callable[[Pixels], Pixels]) -> Make:
    def make(samples: list[Path], folder: Path) -> None:
        for sample in samples:
            scan_of([change(page) for page in pages(sample)], folder / f"{sample.name}.pdf")

    return make


def turned(quarters: int) -> Make:
    return each(lambda page: np.ascontiguousarray(np.rot90(page, quarters)))


def said_to_be_turned(quarters: int) -> Make:
    """The pixels lie wrongly, and the PDF says so."""

    def make(samples: list[Path], folder: Path) -> None:
        for sample in samples:
            images = [np.ascontiguousarray(np.rot90(page, quarters)) for page in pages(sample)]
            scan_of(images, folder / f"{sample.name}.pdf", rotate=90 * quarters)

    return make


def photograph(page: Pixels) -> Pixels:
    """A sheet on a dark table, seen at a slant and under a lamp."""
    high, wide = page.shape[:2]
    frame = np.array([[0.09, 0.07], [0.93, 0.05], [0.97, 0.95], [0.05, 0.93]]) * (wide * 1.2, high * 1.2)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    there = cv2.getPerspectiveTransform(corners, frame.astype(np.float32))
    size = round(wide * 1.2), round(high * 1.2)
    table = np.full((size[1], size[0], 3), (50, 60, 75), np.uint8)
    laid = cv2.warpPerspective(page, there, size, dst=table, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(1.0, 0.72, size[0])[None, :, None] * np.linspace(1.0, 0.9, size[1])[:, None, None]
    return np.asarray(laid * light, np.uint8)


def photographs(samples: list[Path], folder: Path) -> None:
    """One page each as a telephone writes it: a JPEG that says nothing of its resolution."""
    for sample in samples:
        found = pages(sample)
        if len(found) == 1:
            (folder / f"{sample.name}.jpg").write_bytes(jpeg(photograph(found[0])))
        else:
            scan_of([photograph(page) for page in found], folder / f"{sample.name}.pdf")


def blank_backs(samples: list[Path], folder: Path) -> None:
    dice = np.random.default_rng(1)
    for sample in samples:
        images = []
        for page in pages(sample):
            images += [page, np.asarray(np.clip(dice.normal(246, 3, page.shape), 0, 255), np.uint8)]
        scan_of(images, folder / f"{sample.name}.pdf")


def a3(samples: list[Path], folder: Path) -> None:
    """Two pages side by side on an A3 sheet, as a booklet lies on the scanner."""
    for sample in samples:
        found = pages(sample)
        if any(page.shape != found[0].shape for page in found):
            scan_of(found, folder / f"{sample.name}.pdf")
            continue
        blank = np.full_like(found[0], 250)
        found += [blank] * (len(found) % 2)
        sheets = [np.hstack(found[k : k + 2]) for k in range(0, len(found), 2)]
        scan_of(sheets, folder / f"{sample.name}.pdf")


def bad_layer(samples: list[Path], folder: Path) -> None:
    """A visible scan under an invisible layer of another engine's rubbish."""
    for sample in samples:
        found = pages(sample)
        text = [_rubbish(sample, 40)] * len(found)
        scan_of(found, folder / f"{sample.name}.pdf", text=text)


def _rubbish(sample: Path, lines: int) -> str:
    words = (sample / "truth.txt").read_text("utf-8").split()
    dice = random.Random(1)  # noqa: S311
    return "\n".join(
        " ".join("".join(dice.sample(word, len(word))) for word in dice.choices(words, k=9)) for _ in range(lines)
    )


def wrong_layer(samples: list[Path], folder: Path) -> None:
    """Print as vector outlines of bands, so that no image covers the page, under a layer that says something else."""
    for sample in samples:
        pdf = pikepdf.new()
        for page in pages(sample):
            _add_bands(pdf, page, _rubbish(sample, 40))
        pdf.save(folder / f"{sample.name}.pdf")


def _add_bands(pdf: pikepdf.Pdf, page: Pixels, text: str) -> None:
    """The page as four images below each other: none of them covers it."""
    _add(pdf, page, text=text)
    made, high = pdf.pages[-1], page.shape[0]
    width, height = page.shape[1] * 72 / DPI, high * 72 / DPI
    name, images, drawn = pikepdf.Name, pikepdf.Dictionary(), b""
    edges = np.linspace(0, high, 5).astype(int)
    for k, (top, bottom) in enumerate(pairwise(edges)):
        band = page[top:bottom]
        images[f"/I{k}"] = pikepdf.Stream(
            pdf, jpeg(band), Type=name.XObject, Subtype=name.Image, Width=band.shape[1], Height=band.shape[0],
            ColorSpace=name.DeviceRGB, BitsPerComponent=8, Filter=name.DCTDecode,
        )  # fmt: skip
        drawn += b"q %f 0 0 %f 0 %f cm /I%d Do Q " % (width, (bottom - top) * 72 / DPI, height - bottom * 72 / DPI, k)
    made.Resources.XObject = images
    layer = made.Contents.read_bytes().partition(b"Do Q ")[2]
    made.Contents = pikepdf.Stream(pdf, drawn + layer)


def together(samples: list[Path], folder: Path) -> None:
    """All in one file: each begins with its letterhead."""
    scan_of([page for sample in samples for page in pages(sample)], folder / "together.pdf")


def seals(samples: list[Path], folder: Path) -> None:
    """The medium scans: colour, with a red seal over the signature."""
    for sample in samples:
        (folder / f"{sample.name}.pdf").write_bytes((sample / "medium.pdf").read_bytes())


def mixed(samples: list[Path], folder: Path) -> None:
    """A grey TIFF page at 300 dpi and one at 150 in one file, among colour."""
    for sample in samples:
        frames = []
        for k, page in enumerate(pages(sample)):
            scale = (1.0, 0.75, 1.5)[k % 3]
            frame = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            image = Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
            frames.append((image.convert("L") if k % 2 else image, round(DPI * scale)))
        into = io.BytesIO()
        with Image.new("L", (1, 1)) as _:
            frames[0][0].save(
                into, "TIFF", save_all=True, append_images=[f for f, _ in frames[1:]], dpi=(frames[0][1],) * 2
            )
        (folder / f"{sample.name}.tif").write_bytes(into.getvalue())


VARIETIES: dict[str, Make] = {
    "plain": each(lambda page: page),
    "turned 90": turned(1),
    "turned 180": turned(2),
    "turned 270": turned(3),
    "/Rotate 90": said_to_be_turned(1),
    "/Rotate 180": said_to_be_turned(2),
    "/Rotate 270": said_to_be_turned(3),
    "photographs": photographs,
    "blank backs": blank_backs,
    "A3, two pages": a3,
    "bad layer": bad_layer,
    "wrong layer": wrong_layer,
    "colour seals": seals,
    "mixed pages": mixed,
    "in one file": together,
}


def judged(make: Make, samples: list[Path], work: Path) -> tuple[float, int, float]:
    """Strict F1, the number of documents, and CPU seconds."""
    for name in ("in", "gold"):
        (work / name).mkdir()
    make(samples, work / "in")
    run = [*COMMAND, "run", str(work / "in"), "--out", str(work / "out"), "--workers", "1", "--quiet", "--json"]
    done = subprocess.run(run, check=False, capture_output=True, text=True)
    summary = json.loads(done.stdout)
    if summary["failed"]:
        print(done.stderr.strip())
    documents = sorted((work / "out").glob("*.json"))
    if make is together:
        _named_by_title(documents, samples)
    for sample in samples:
        (work / "gold" / f"{sample.name}.json").write_bytes((sample / "gold.json").read_bytes())
    evaluate = [*COMMAND, "evaluate", str(work / "gold"), str(work / "out"), "--json"]
    told = subprocess.run(evaluate, check=False, capture_output=True, text=True)
    return _f1(json.loads(told.stdout)), len(documents), float(summary["cpu_seconds"])


def _named_by_title(documents: list[Path], samples: list[Path]) -> None:
    """Name the documents of one file as their samples, by their code."""
    codes = {json.loads((s / "gold.json").read_text("utf-8"))["document"]["code"]: s.name for s in samples}
    for path in documents:
        code = json.loads(path.read_text("utf-8"))["document"]["code"]
        path.rename(path.with_name(f"{codes.get(code, path.stem)}.json"))


def _f1(report: dict[str, object]) -> float:
    for key in ("strict", "total"):
        found = report.get(key)
        if isinstance(found, dict):
            return float(found.get("f1", found.get("strict_f1", 0.0)))
    return float(report.get("strict_f1", 0.0))  # type: ignore[arg-type]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--notices", type=int, default=4)
    parser.add_argument("--only", action="append", default=[])
    options = parser.parse_args()
    samples = [path.parent for path in sorted(SEEN.glob("*/gold.json"))]
    samples = [s for s in samples if tomllib.loads((s / "notice.toml").read_text("utf-8"))][-options.notices :]
    plain, lost = 0.0, 0
    for name, make in VARIETIES.items():
        if options.only and name not in options.only and name != "plain":
            continue
        with tempfile.TemporaryDirectory() as work:
            f1, documents, cpu = judged(make, samples, Path(work))
        plain = plain or f1
        good = f1 >= plain - LOST and documents == len(samples)
        lost += not good
        told = f"{name:14} F1 {f1:.3f}  {documents} documents of {len(samples)}  {cpu:5.1f} s of CPU"
        print(told + ("" if good else "  WORSE"), flush=True)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
