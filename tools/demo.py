#!/usr/bin/env python3
"""Read the samples, the light scans and the English-model dumps, and show what was found.

    python tools/demo.py samples out/demo

The full documents stay in the output folder. Exit code: 0, or that of the first file that could not be read.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console

from extract.notice import to_json
from pipeline.batch.progress import Progress
from pipeline.batch.run import run
from pipeline.export.tables import load_document
from pipeline.read import read_notices
from pipeline.settings import Settings
from pipeline.summary import as_table, rows, total

READ = ("light.pdf", "dump.txt")  # of the files of a sample
WIDTH = 160  # columns of the table where there is no terminal to ask


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("samples", type=Path)
    arguments.add_argument("out", type=Path)
    given = arguments.parse_args()
    targets = demo_targets(given.samples, given.out)
    if not targets:
        sys.exit(f"{given.samples} holds no samples")
    began = time.monotonic()
    with Progress(len(targets)) as progress:
        code = run(targets, made, progress)
    show([target for target in targets.values() if target.exists()], time.monotonic() - began)
    return code


def made(file: Path, progress: Progress) -> list[str]:
    """The documents of one file."""
    return [to_json(notice) for notice in read_notices(file, Settings(), progress.page)]


def demo_targets(samples: Path, out: Path) -> dict[Path, Path]:
    """Where each sample's document goes: samples share their file names, so the folder's name leads."""
    found = (file for name in READ for file in samples.glob(f"*/*/{name}"))
    return {file: out / f"{file.parent.name}.{file.stem}.json" for file in sorted(found)}


def show(documents: list[Path], seconds: float) -> None:
    """Print the summary, and what to do next."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    notices = [load_document(path) for path in documents]
    console.print(as_table(rows(zip((path.stem for path in documents), notices, strict=True))))
    folder = documents[0].parent
    for line in (
        f"{total(notices)}; {seconds:.0f} s",
        f"Each value with its evidence: {folder}/*.json",
        f"Tables of them all: .venv/bin/thongbao export {folder} --to csv",
    ):
        console.print(line, highlight=False)


if __name__ == "__main__":
    sys.exit(main())
