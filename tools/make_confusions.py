"""Count which letters an English model reads for Vietnamese ones: `normalize/data/confusions.csv`.

Run as `python -m tools.make_confusions [PAIRS]`; PAIRS is a file of JSON lines `[true line, line as read]`,
by default `../shared/corpus/pairs-train.jsonl` beside the project.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT.parent / "shared" / "corpus" / "pairs-train.jsonl"
ROUNDS = 3  # of counting with the costs of the round before; a fourth changes no cost by 0.01
RARE = 3  # fewer sightings than this are chance: a slipped alignment, a speck
Counts = Counter[tuple[str, str]]
STEPS = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))  # letters taken of truth and reading


def main() -> None:
    """Count, three times over, then write what was seen often enough."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    words = Counter(token_pairs(source))
    counts: Counts = Counter()
    for _ in range(ROUNDS):
        counts = count(words, counts)
    kept = sorted((true, read, n) for (true, read), n in counts.items() if n >= RARE and len(true) < 2)
    with (ROOT / "normalize" / "data" / "confusions.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("true", "read", "count"))
        out.writerows(kept)


def token_pairs(source: Path) -> Iterator[tuple[str, str]]:
    """Words side by side, from lines whose number of words agrees; words that share nothing are left out."""
    for line in source.read_text("utf-8").splitlines():
        true, read = (text.split() for text in json.loads(line))
        if len(true) == len(read):
            yield from (pair for pair in zip(true, read, strict=True) if abs(len(pair[0]) - len(pair[1])) < 3)


def count(words: Counter[tuple[str, str]], before: Counts) -> Counts:
    """Align each pair of words by the costs that follow from `before`, and count the steps taken."""
    totals: Counter[str] = Counter()
    for (true, _), n in before.items():
        totals[true] += n
    counts: Counts = Counter()
    for (true, read), n in words.items():
        for step in align(true, read, before, totals):
            counts[step] += n
    return counts


def align(true: str, read: str, before: Counts, totals: Counter[str]) -> list[tuple[str, str]]:
    """The cheapest way from a true word to its reading, as (true letters, read letters)."""
    best: dict[tuple[int, int], tuple[float, list[tuple[str, str]]]] = {(0, 0): (0.0, [])}
    for i in range(len(true) + 1):
        for j in range(len(read) + 1):
            for di, dj in STEPS:
                if (i - di, j - dj) not in best or (di, dj) == (0, 0):
                    continue
                cost, path = best[i - di, j - dj]
                step = (true[i - di : i], read[j - dj : j])
                total = cost + price(step, before, totals)
                if (i, j) not in best or total < best[i, j][0]:
                    best[i, j] = (total, [*path, step])
    return best[len(true), len(read)][1]


def price(step: tuple[str, str], before: Counts, totals: Counter[str]) -> float:
    """Minus the logarithm of how often it was seen; at first, one for each letter that differs."""
    true, read = step
    if not before:
        return (0.0 if true == read else 1.0) + 0.6 * abs(len(true) - len(read))
    return -math.log((before[step] + 0.01) / (totals[true] + 50)) if true else 6.0


if __name__ == "__main__":
    main()
