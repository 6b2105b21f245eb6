"""Pairs of words, counted: what stood on a page, and what a reader made of it. The channels are learnt from these.

Counts can be kept where the pages cannot: `pairs.tsv.xz`, a row `reader, true word, word as read, times` each. Words
too unlike to be one word read twice still tell of letters: rows of `eng letters` count those.
"""

from __future__ import annotations

import csv
import io
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

READERS = ("eng", "vie")  # columns 1 and 2 of a pair of lines
LETTERS = " letters"
EDGES = '.,;:()"“”'
Counted = dict[str, Counter[tuple[str, str]]]  # reader → (true word, word as read) → times


def counted(rows: Iterable[Sequence[str]]) -> Counted:
    """Count the words of lines `[true line, read with eng, read with vie?, …]` that cut into equally many words.

    >>> counted([["Số 12/KH.", "S6 12/KH."], ["và cả", "vaca"]])["eng"]
    Counter({('Số', 'S6'): 1, ('12/KH', '12/KH'): 1})
    """
    out: Counted = defaultdict(Counter)
    for row in rows:
        for reader, line in zip(READERS, row[1:], strict=False):
            true, seen = row[0].split(), line.split()
            if len(true) == len(seen):
                out[reader].update((a.strip(EDGES), b.strip(EDGES)) for a, b in zip(true, seen, strict=True))
    return out


def joined(many: Iterable[Mapping[str, Counter[tuple[str, str]]]]) -> Counted:
    """The sums of several counts."""
    out: Counted = defaultdict(Counter)
    for some in many:
        for reader, counts in some.items():
            out[reader].update(counts)
    return out


def write_counts(counts: Mapping[str, Counter[tuple[str, str]]], file: Path) -> None:
    """Write counts, sorted: the same counts give the same bytes."""
    out = io.StringIO()
    rows = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    for reader, some in sorted(counts.items()):
        rows.writerows([reader, *pair, times] for pair, times in sorted(some.items()))
    file.write_bytes(lzma.compress(out.getvalue().encode(), preset=9))


def read_counts(file: Path) -> Counted:
    """The counts of a file. Errors: `OSError`, `lzma.LZMAError`, or `ValueError` for a row that is none."""
    out: Counted = defaultdict(Counter)
    for reader, true, seen, times in _rows(file):
        out[reader][true, seen] += int(times)
    return out


def _rows(file: Path) -> Iterator[list[str]]:
    with lzma.open(file, "rt", encoding="utf-8", newline="") as f:
        yield from csv.reader(f, dialect="excel-tab")
