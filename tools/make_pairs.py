"""Render official text as worn pages, read them with two models, and write pairs for `normalize.train`.

    python tools/make_pairs.py CORPUS_FOLDER OUT.jsonl --seed 13 --pages 260

Each row: `[true line, read with eng, read with vie, page]`. Needs Tesseract with eng and vie, and serif fonts that
have Vietnamese letters (fonts-croscore, fonts-texgyre, fonts-liberation2). Same seed, fonts and engine, same pairs.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz import fuzz

from normalize.fold import fold
from normalize.train import lines_of

Image8 = NDArray[np.uint8]
FAMILIES = ("Tinos", "Liberation Serif", "TeX Gyre Termes", "Arimo", "TeX Gyre Schola")
ROWS = 38  # lines a page


@click.command()
@click.argument("corpus", type=click.Path(exists=True, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--seed", default=13)
@click.option("--pages", default=100)
def main(corpus: Path, out: Path, seed: int, pages: int) -> None:
    """Write pairs made from the text files of CORPUS."""
    files = (file for file in sorted(corpus.iterdir()) if "heldout" not in file.name)
    lines = [line.strip() for line in lines_of(files) if 40 < len(line) < 1500]
    rng = random.Random(seed)  # noqa: S311  # nothing secret
    fonts = font_files()
    with out.open("w", encoding="utf-8") as f:
        for page in range(pages):
            for row in pairs_of_page(lines, fonts, rng):
                f.write(json.dumps([*row, page], ensure_ascii=False) + "\n")


def font_files() -> list[str]:
    """The files of the families that are there."""
    listed = subprocess.run(
        ["fc-list", "--format", "%{file}|%{family}\n"], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split("|") for line in listed.splitlines() if "|" in line)
    return sorted(file for file, family in rows if any(name in family for name in FAMILIES))


def pairs_of_page(lines: Sequence[str], fonts: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Print a page, wear it, and read it twice."""
    dpi = rng.choice([150, 200, 200, 250, 300])
    font = ImageFont.truetype(rng.choice(fonts), int(rng.choice([12.5, 13, 13.5, 14]) * dpi / 72))
    true = rows_of_page(lines, font, 6.45 * dpi, rng)
    image = worn(printed(true, font, dpi), rng)
    for row in zip(true, matched(true, read(image, "eng", dpi)), matched(true, read(image, "vie", dpi)), strict=True):
        if row[1] and row[2]:
            yield row


def rows_of_page(lines: Sequence[str], font: ImageFont.FreeTypeFont, width: float, rng: random.Random) -> list[str]:
    """Lines of running text with some headings in capitals and some in title case among them, broken to width."""
    at, rows = rng.randrange(len(lines)), list[str]()
    while len(rows) < ROWS:
        chance, text = rng.random(), lines[at % len(lines)]
        if chance < 0.08:
            text = " ".join(rng.choice(lines).split()[:14]).upper()
        elif chance < 0.13:
            text = " ".join(rng.choice(lines).split()[:20]).title()
        rows += broken(text, font, width)
        at += 1
    return rows[:ROWS]


def broken(text: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    """A paragraph's lines."""
    row = ""
    for word in text.split():
        if row and font.getlength(f"{row} {word}") > width:
            yield row
            row = ""
        row = f"{row} {word}".strip()
    if row:
        yield row


def printed(rows: Sequence[str], font: ImageFont.FreeTypeFont, dpi: int) -> Image8:
    """The page in grey."""
    image = Image.new("L", (int(8.27 * dpi), int(11.69 * dpi)), 255)
    draw = ImageDraw.Draw(image)
    for i, row in enumerate(rows):
        draw.text((int(0.91 * dpi), int(0.7 * dpi) + i * int(font.size * 1.42)), row, font=font, fill=0)
    return np.asarray(image)


def worn(page: Image8, rng: random.Random) -> Image8:
    """Turned a little, resized, ink spread or broken, blurred, noisy, thresholded, compressed: each by chance."""
    noise = np.random.default_rng(rng.randrange(1 << 30))
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-0.4, 0.4), 1)
    image = cv2.warpAffine(page.astype(np.float32), turn, (width, height), borderValue=255)
    scale = rng.uniform(0.72, 1.25)
    image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=rng.choice([cv2.INTER_AREA, cv2.INTER_LINEAR]))
    spread = rng.choice([None, None, cv2.erode, cv2.dilate])
    if spread is not None:
        image = (image + spread(image, np.ones((2, 2)))) / 2
    level = rng.choice([0, 1, 1, 1, 2, 3])
    if level:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.4 + 0.3 * level))
    image = image * rng.uniform(0.75, 1) + rng.uniform(0, 30) + noise.normal(0, 4 + 6 * level, image.shape)
    if level == 3:
        image = np.where(image > rng.uniform(120, 175), 255.0, 0.0)
    grey = np.clip(image, 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, rng.choice([35, 50, 70, 90])])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


def read(image: Image8, language: str, dpi: int) -> list[str]:
    """The lines that Tesseract reads, one thread."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.pgm"
        cv2.imwrite(str(file), image)
        command = ["tesseract", str(file), "-", "-l", language, "--psm", "6", "--dpi", str(dpi)]
        environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True, env=environment)
    return [" ".join(line.split()) for line in done.stdout.splitlines() if line.strip()]


def matched(true: Sequence[str], got: Sequence[str]) -> list[str]:
    """The read line of each true one, in order; empty where none is like it."""
    out, at = [""] * len(true), 0
    for i, line in enumerate(true):
        near = range(at, min(at + 4, len(got)))
        best = max(near, key=lambda j: fuzz.ratio(fold(line), fold(got[j])), default=None)
        if best is not None and fuzz.ratio(fold(line), fold(got[best])) > 55:
            out[i], at = got[best], best + 1
    return out


if __name__ == "__main__":
    main()
