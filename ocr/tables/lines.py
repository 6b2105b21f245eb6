"""Rules → the lines of a table: pieces that lie on one line joined, and outer lines that were not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocr.tables.rules import REACH, Rule

_NEAR = 1.6  # mm; rules closer than this are one
_LEAST = 8.0  # mm of ink that a rule has at least; the bars of a row of letters have less
_OPEN_SIDE = 6.0  # mm by which rules must run on to tell a table whose outer rule is not drawn


@dataclass(frozen=True, slots=True)
class Lines:
    """The rules of a table in one direction: where each crosses the table's middle axis, and their common lean."""

    at: tuple[float, ...]
    lean: float
    axis: float

    def where(self, index: int, along: float) -> float:
        return self.at[index] + self.lean * (along - self.axis)


def lines_of(rules: Sequence[Rule], unit: float) -> Lines:
    """Rules that lie on one line joined; all lean as the long ones do."""
    total = sum(rule.length for rule in rules)
    long = [rule for rule in rules if rule.length > 20 * unit]
    lean = float(np.median([rule.lean for rule in long])) if long else 0.0
    axis = sum(rule.middle * rule.length for rule in rules) / total
    placed = sorted((rule.at + lean * (axis - rule.middle), rule.length) for rule in rules)
    clusters: list[list[tuple[float, int]]] = []
    for at, length in placed:
        if clusters and at - clusters[-1][-1][0] < _NEAR * unit:
            clusters[-1].append((at, length))
        else:
            clusters.append([(at, length)])
    lost = round(REACH * unit / 4)
    real = [c for c in clusters if sum(n - 2 * lost for _, n in c) >= _LEAST * unit]
    joined = (sum(at * n for at, n in cluster) / sum(n for _, n in cluster) for cluster in real)
    return Lines(tuple(joined), lean, axis)


def with_open_sides(lines: Lines, crossing: Sequence[Rule], unit: float) -> tuple[Lines, frozenset[float]]:
    """The lines and those that must be where crossing rules run on beyond the outermost; these close their cells."""
    long = sorted(crossing, key=lambda rule: -rule.length)[:4]
    first = float(np.median([rule.first for rule in long]))
    last = float(np.median([rule.last for rule in long]))
    slack = REACH * unit / 4
    added = [first + slack] if lines.at[0] - first > _OPEN_SIDE * unit + slack else []
    added += [last - slack] if last - lines.at[-1] > _OPEN_SIDE * unit + slack else []
    return Lines(tuple(sorted((*lines.at, *added))), lines.lean, lines.axis), frozenset(added)
