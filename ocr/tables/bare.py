"""The cells of a grid without the rules around them: what touches a rule keeps its letters, whatever leans goes.

A narrow column's name fills it from rule to rule. Cutting an edge off each cell cuts its first letter off, so each rule
is looked for along each side, piece by piece as it leans, and painted over; only where none is seen an edge is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.levels import level
from ocr.page import Box
from ocr.render import Pixels

_EDGE = 0.5  # mm within a cell's side that belong to its rule where no rule is seen
_DEEP = 1.1  # mm within a cell's side in which its rule may lie
_OUTSIDE = 0.3  # mm outside of it
_PIECE = 6.0  # mm of a side that are looked at together: more than letters are high
_SOLID = 0.75  # share of a piece that a rule fills
_DARKER = 40  # grey levels below the paper


@dataclass(frozen=True, slots=True)
class BareCells:
    """The page with paper where the rules of cells are, and the boxes that are left to print."""

    grey: Pixels
    boxes: tuple[Box, ...]


def without_rules(grey: Pixels, cells: Sequence[Box], unit: float) -> BareCells:
    """Paint over the rules around cells of an upright page; `unit`: pixels a millimetre.

    >>> page = np.full((80, 120), 250, np.uint8)
    >>> page[:, 20:22] = page[:, 100:102] = page[10:12] = page[70:72] = 0
    >>> bare = without_rules(page, [Box(21, 11, 101, 71)], 8.0)
    >>> int(bare.grey[14:68, 18:104].min())
    250
    """
    bare = grey.copy()
    return BareCells(bare, tuple(_bared(bare, cell, unit) for cell in cells))


def _bared(grey: Pixels, cell: Box, unit: float) -> Box:
    """Paint over the rules of one cell; the box within them."""
    out = round(_OUTSIDE * unit)
    top, left = max(0, cell.top - out), max(0, cell.left - out)
    crop = grey[top : cell.bottom + out, left : cell.right + out]
    if min(crop.shape, default=0) < 4 * out + 3:
        return cell
    paper = int(level(crop, 80))
    dark = np.asarray(crop < paper - _DARKER, np.uint8)
    insets = []
    for turns in range(4):  # the left side of the cell turned by each quarter
        side, ink = np.rot90(crop, turns), np.rot90(dark, turns)
        insets.append(_side_bared(side, ink, paper, unit, out))
    west, north, east, south = insets[0], insets[1], insets[2], insets[3]
    return Box(cell.left + west, cell.top + north, cell.right - east, cell.bottom - south)


def _side_bared(side: Pixels, dark: Pixels, paper: int, unit: float, out: int) -> int:
    """Paint over the rule along the left edge; how many pixels must be cut off where none is seen."""
    deep = min(side.shape[1] // 2, out + round(_DEEP * unit))
    cut = max(1, round(_EDGE * unit))
    seen = True
    pieces = max(1, round(side.shape[0] / (_PIECE * unit)))
    bounds = np.linspace(0, side.shape[0], pieces + 1).astype(int)
    for (first, last), end in zip(pairwise(bounds.tolist()), _rule_ends(dark[:, :deep], bounds), strict=True):
        seen = seen and end > 0
        if end:
            side[first:last, :end] = paper
    return 0 if seen else cut


def _rule_ends(dark: NDArray[np.uint8], bounds: NDArray[np.intp]) -> Iterator[int]:
    """For each piece of a side, between two bounds, the column behind the rule in it; 0 where none runs through.

    `dark`: rows x columns of 0 and 1, from the outer edge in; `bounds`: rows, the first 0, the last behind all.
    """
    wide = cv2.dilate(np.ascontiguousarray(dark), np.ones((1, 3), np.uint8))  # a rule leans by a pixel
    filled = np.add.reduceat(wide, bounds[:-1], axis=0, dtype=np.int64) / np.diff(bounds)[:, None]
    for whole in filled >= _SOLID:
        first = int(whole.argmax())
        gaps = np.flatnonzero(~whole[first:])
        yield (first + int(gaps[0]) if gaps.size else whole.size) if whole[first] else 0
