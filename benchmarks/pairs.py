"""Two notices in one file: of all ordered pairs of samples, how many are cut where the second begins, and only there.

    python -m benchmarks.pairs [--half seen|held_out] [--level light|medium|heavy]

Each sample is read once. A pair that stays in one piece is a notice lost, one that is cut elsewhere two halves.
"""

from __future__ import annotations

import argparse
import sys
from itertools import permutations
from pathlib import Path

from extract.parts.bundle import split
from ocr.page import Page
from ocr.read import read_pages
from ocr.source import identify

ROOT = Path(__file__).resolve().parent.parent


def read(half: str, level: str) -> dict[str, tuple[Page, ...]]:
    """The pages of each sample."""
    paths = sorted((ROOT / "samples" / half).glob(f"*/{level}.pdf"))
    return {path.parent.name: tuple(read_pages(identify(path))) for path in paths}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("seen", "held_out"), default="seen")
    parser.add_argument("--level", choices=("light", "medium", "heavy"), default="light")
    options = parser.parse_args()
    samples = read(options.half, options.level)
    whole = sum(len(split(pages)) == 1 for pages in samples.values())
    joined = cut = 0
    for first, second in permutations(samples.values(), 2):
        found = [len(part) for part in split((*first, *second))]
        joined += found == [len(first) + len(second)]
        cut += found not in ([len(first) + len(second)], [len(first), len(second)])
    pairs = len(samples) * (len(samples) - 1)
    print(f"{len(samples)} notices, {whole} of them whole when alone")
    print(
        f"{pairs} pairs: {pairs - joined - cut} cut where the second begins, {joined} in one piece, {cut} cut elsewhere"
    )
    return int(joined + cut > 0 or whole < len(samples))


if __name__ == "__main__":
    sys.exit(main())
