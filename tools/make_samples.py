#!/usr/bin/env python3
"""Make the samples from their notice.toml: truth.txt, gold.json, three scans and an English-model dump.

    python tools/make_samples.py [--half seen|held_out] [--only NAME] [--gold] [--preview DIR]

Needs Debian's fonts-liberation2, fonts-croscore and fonts-texgyre, and Tesseract with `eng`. See samples/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import degrade
import gold
import render
from PIL import Image

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
MADE = time.gmtime(1700000000)      # one date in every PDF, so that a second run gives the same bytes


def write_pdf(pages: list[Image.Image], level: str, path: Path) -> None:
    how = degrade.LEVELS[level]
    pages[0].save(path, "PDF", resolution=how.dpi, quality=how.quality, optimize=True,
                  progressive=True, save_all=True, append_images=pages[1:],
                  creationDate=MADE, modDate=MADE, title="", producer="thongbao samples")


def write_dump(pages: list[Image.Image], path: Path) -> None:
    """What Tesseract's English model reads on the light scan, pages closed by form feeds."""
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            image = Path(folder) / f"{number}.png"
            page.save(image, dpi=(degrade.LEVELS["light"].dpi,) * 2)
            done = subprocess.run(["tesseract", str(image), "-", "-l", "eng"], check=True, capture_output=True,
                                  timeout=300, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
            said.append(done.stdout.decode().rstrip("\f") + "\f")     # some builds print the form feed, some do not
    path.write_text("".join(said), "utf-8")


def make(folder: Path, preview: Path | None) -> None:
    """All files of one sample, or for `--preview` only its pages as PNG."""
    notice = tomllib.loads((folder / "notice.toml").read_text("utf-8"))
    sheets = render.render(notice)
    pages = [sheet.image for sheet in sheets]
    if preview:
        for number, page in enumerate(pages, 1):
            page.resize((page.width // 3, page.height // 3)).save(preview / f"{folder.name}-{number}.png")
        return
    (folder / "truth.txt").write_text(render.truth(notice, sheets), "utf-8")
    for level in degrade.LEVELS:
        worn = degrade.worn_pages(pages, level, notice["form"]["seed"])
        write_pdf(worn, level, folder / f"{level}.pdf")
        if level == "light":
            write_dump(worn, folder / "dump.txt")


def write_gold(folder: Path) -> None:
    notice = tomllib.loads((folder / "notice.toml").read_text("utf-8"))
    text = json.dumps(gold.gold(notice), ensure_ascii=False, indent=1)
    (folder / "gold.json").write_text(text + "\n", "utf-8")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--half", choices=("seen", "held_out"))
    ask.add_argument("--only", help="the folder's name of one sample")
    ask.add_argument("--gold", action="store_true", help="only write gold.json; needs no fonts")
    ask.add_argument("--preview", type=Path, help="only draw the clean pages as PNG into this folder")
    asked = ask.parse_args()
    for source in sorted(SAMPLES.glob(f"{asked.half or '*'}/{asked.only or '*'}/notice.toml")):
        if not asked.preview:
            write_gold(source.parent)
        if not asked.gold:
            make(source.parent, asked.preview)
        print(source.parent.relative_to(SAMPLES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
