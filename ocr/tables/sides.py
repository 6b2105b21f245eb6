"""The sides of cells: along which of them a rule runs, and which only have letters or remnants on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.render import Pixels
from ocr.tables.lines import Lines

_COVERED = 0.6  # share of a cell's side that must be dark to close it
_BROKEN = 0.3  # share that is enough where some ink lies in each quarter of the side
_BESIDE_TEXT = 1.7  # mm beside a rule in which letters would stand if it were none
_LETTERS = 0.45  # share of a side's ink with ink beside it from which on it is letters
_STRONG = 0.7  # share of a rule's sides that makes it whole but for gaps
_REMNANT = 0.12  # share of a side's ink that is enough then
_PARTLY = 0.35  # share of an upright rule's sides from which on it is taken to part all rows below the head
_HEADS = 2  # rows of the head, in which cells are joined on purpose
_BARE = 0.1  # share of a side that may have ink beside it then
_SOLID = 0.93  # share that no letters fill, whatever stands beside: a copier's streak runs along some rules
_UNBROKEN = 0.97  # share that is dark: letters that touch a rule leave no paper beside it, but none runs on so


@dataclass(frozen=True, slots=True)
class Ink:
    """Where rules of one direction may be, from left to right, where strokes of any direction are, and what is dark."""

    own: Pixels
    any: Pixels
    dark: Pixels
    worn: bool = False  # rules of this direction go on below the head where nothing of them is left


def closed_sides(lines: Lines, crossing: Lines, ink: Ink, unit: float, given: frozenset[float]) -> list[list[bool]]:
    """For each line and each gap between two crossing lines: does ink run along it? Lines run from left to right."""
    closed = []
    for index, at in enumerate(lines.at):
        sides = [_along(lines, index, crossing, gap, ink, unit) for gap in range(len(crossing.at) - 1)]
        sure = [at in given or side.is_rule() for side in sides]
        strong = sum(sure) >= _STRONG * len(sure)
        closed.append([known or (strong and side.is_remnant()) for known, side in zip(sure, sides, strict=True)])
        if ink.worn and sum(closed[-1]) >= _PARTLY * len(sure):
            closed[-1] = [known or (gap >= _HEADS and side.is_bare()) for gap, (known, side) in enumerate(
                zip(closed[-1], sides, strict=True))]  # fmt: skip
    return closed


def _along(lines: Lines, index: int, crossing: Lines, gap: int, ink: Ink, unit: float) -> _Side:
    """The ink along a side of a cell, but for its ends, where other rules cross."""
    at, height, width = lines.at[index], *ink.own.shape
    left = round(crossing.where(gap, at) + 0.5 * unit)
    right = max(left + 4, round(crossing.where(gap + 1, at) - 0.5 * unit))
    along = np.clip(np.arange(left, right), 0, width - 1)
    ys = np.rint(at + lines.lean * (np.arange(left, right) - lines.axis)).astype(int)
    slack, reach = max(1, round(0.45 * unit)), round(_BESIDE_TEXT * unit)
    clear = slack + max(1, round(0.3 * unit)) + 1
    on, beside, dark = (np.empty(ys.size, bool) for _ in range(3))
    for part in np.split(np.arange(ys.size), np.flatnonzero(np.diff(ys)) + 1):  # pieces of one height
        y, columns = int(ys[part[0]]), along[part]
        on[part] = _any(ink.own, y - slack, y + slack, columns, height)
        dark[part] = _any(ink.dark, y - slack, y + slack, columns, height)
        above = _any(ink.any, y - reach, y - clear, columns, height)
        beside[part] = above | _any(ink.any, y + clear, y + reach, columns, height)
    return _Side(on, beside, dark)


def _any(ink: Pixels, first: int, last: int, columns: NDArray[np.intp], height: int) -> NDArray[np.bool_]:
    """Is there ink in rows `first` to `last` of neighbouring columns? What would lie outside is the page's edge."""
    top, bottom = (min(max(row, 0), height - 1) for row in (first, last))
    found = np.asarray(ink[top : bottom + 1, columns[0] : columns[-1] + 1].any(axis=0), bool)
    return found if found.size == columns.size else found[columns - columns[0]]


@dataclass(frozen=True, slots=True)
class _Side:
    """Along a cell's side: is there ink of a rule's direction on it, any on either side of it, anything dark on it?"""

    on: NDArray[np.bool_]
    beside: NDArray[np.bool_]
    dark: NDArray[np.bool_]

    @property
    def share(self) -> float:
        return float(self.on.mean())

    @property
    def letters(self) -> float:
        """The share of its ink that has ink beside it: letters stand beside letters, a rule stands alone."""
        return float(self.beside[self.on].mean()) if self.on.any() else 0.0

    def is_rule(self) -> bool:
        """Does a rule run here? A broken one leaves some ink everywhere."""
        share = self.share
        if share >= _SOLID or (share >= _BROKEN and float(self.dark.mean()) >= _UNBROKEN):
            return True
        if share < _BROKEN:
            return False
        spread = share >= _COVERED or all(float(part.mean()) >= _BROKEN / 2 for part in np.array_split(self.on, 4))
        return spread and self.letters < _LETTERS

    def is_bare(self) -> bool:
        """Does no print stand about here, so that two cells of one row may lie apart?"""
        return float(self.beside.mean()) < _BARE

    def is_remnant(self) -> bool:
        """Is something left here of a rule that is whole elsewhere?"""
        return self.share >= _REMNANT and self.letters < _LETTERS / 2
