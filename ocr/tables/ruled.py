"""An upright page image → the grids of its ruled tables: where rules stand, and which cells they close.

A page without upright rules costs a few passes over half its rows and columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.levels import level
from ocr.page import Box
from ocr.render import Pixels
from ocr.tables.lines import Lines, lines_of, with_open_sides
from ocr.tables.rules import Rule, rules_of
from ocr.tables.sides import Ink, closed_sides

_TOUCH = 2.5  # mm over which rules that should meet are taken to do so
_DARK = 0.56  # of the paper's grey level, below which a pixel is print or a rule
_BEYOND = 10.0  # mm beyond the outermost crossing rules to which only what is no rule of the table runs


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its place in the grid, and the box within its rules, in pixels of the upright page."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its box, how many rows and columns its rules make, and its cells in reading order."""

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


def find_grids(grey: Pixels, dpi: int) -> tuple[Grid, ...]:
    """The ruled tables of an upright page (rows x columns of grey levels), from top to bottom.

    >>> page = np.full((400, 600), 255, np.uint8)
    >>> for y in (50, 150, 250): page[y : y + 2, 50:551] = 0
    >>> for x in (50, 250, 550): page[50:251, x : x + 2] = 0
    >>> [(grid.rows, grid.columns) for grid in find_grids(page, 150)]
    [(2, 2)]
    """
    unit = dpi / 25.4
    if not _may_have_tables(grey, unit):
        return ()
    upright_ink, verticals = rules_of(grey, unit, upright=True)
    level_ink, horizontals = rules_of(grey, unit, upright=False)
    both = np.asarray(cv2.bitwise_or(level_ink, upright_ink), np.uint8)
    darkest = _DARK * level(grey[::8, ::8], 70)
    dark = np.asarray(cv2.threshold(grey, darkest, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    lying, standing = Ink(level_ink, both, dark), Ink(upright_ink.T, both.T, dark.T, worn=True)
    found = (
        _grid(rows, columns, lying, standing, unit)
        for rows, columns in _groups(horizontals, verticals, grey.shape, unit)
    )
    return tuple(sorted((grid for grid in found if grid is not None), key=lambda grid: grid.box.top))


def _may_have_tables(grey: Pixels, unit: float) -> bool:
    """Do rules hang together on the page at half its size? Darkest pixels are kept, so that no thin rule is lost."""
    small = np.asarray(cv2.erode(grey, np.ones((2, 2), np.uint8))[1::2, 1::2].copy(), np.uint8)
    verticals = rules_of(small, unit / 2, upright=True)[1]
    if len(verticals) < 2:
        return False
    horizontals = rules_of(small, unit / 2, upright=False)[1]
    return bool(_groups(horizontals, verticals, small.shape, unit / 2))


def _groups(
    horizontals: Sequence[Rule], verticals: Sequence[Rule], shape: tuple[int, ...], unit: float
) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together, as (horizontal, vertical), where there are enough for two rows and two columns."""
    canvas = np.zeros((shape[0] // 4 + 1, shape[1] // 4 + 1), np.uint8)
    wide = max(1, round(_TOUCH * unit / 4))
    ends_h = [((r.first, r.at - r.lean * r.length / 2), (r.last, r.at + r.lean * r.length / 2)) for r in horizontals]
    ends_v = [((r.at - r.lean * r.length / 2, r.first), (r.at + r.lean * r.length / 2, r.last)) for r in verticals]
    for a, b in (*ends_h, *ends_v):
        cv2.line(canvas, (round(a[0] / 4), round(a[1] / 4)), (round(b[0] / 4), round(b[1] / 4)), 255, wide)
    labels = cv2.connectedComponents(canvas, connectivity=8, ltype=cv2.CV_32S)[1]
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for rule in horizontals:
        groups.setdefault(_label(labels, rule.middle, rule.at), ([], []))[0].append(rule)
    for rule in verticals:
        groups.setdefault(_label(labels, rule.at, rule.middle), ([], []))[1].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _label(labels: NDArray[Any], x: float, y: float) -> int:
    row = min(labels.shape[0] - 1, max(0, round(y / 4)))
    column = min(labels.shape[1] - 1, max(0, round(x / 4)))
    return int(labels[row, column])


def _grid(
    horizontals: Sequence[Rule], verticals: Sequence[Rule], lying: Ink, standing: Ink, unit: float
) -> Grid | None:
    """The grid of rules that hang together; None where they make no table."""
    horizontals, verticals = _proper(horizontals, verticals, unit), _proper(verticals, horizontals, unit)
    rows, columns = lines_of(horizontals, unit), lines_of(verticals, unit)
    if len(rows.at) < 2 or len(columns.at) < 2:
        return None
    rows, open_rows = with_open_sides(rows, verticals, unit)
    columns, open_columns = with_open_sides(columns, horizontals, unit)
    if len(rows.at) < 2 or len(columns.at) < 3 or (len(rows.at) - 1) * (len(columns.at) - 1) < 4:
        return None
    across = closed_sides(rows, columns, lying, unit, open_rows)  # [row line][column]: is there a rule?
    down = closed_sides(columns, rows, standing, unit, open_columns)
    kept_rows, kept_columns = _real(across), _real(down)
    if len(kept_rows) < len(rows.at) or len(kept_columns) < len(columns.at):
        rows = Lines(tuple(rows.at[i] for i in kept_rows), rows.lean, rows.axis)
        columns = Lines(tuple(columns.at[j] for j in kept_columns), columns.lean, columns.axis)
        if len(rows.at) < 2 or len(columns.at) < 3:
            return None
        across = closed_sides(rows, columns, lying, unit, open_rows)
        down = closed_sides(columns, rows, standing, unit, open_columns)
    spans = _spans(across, down, len(rows.at) - 1, len(columns.at) - 1)
    if len(spans) < 4:
        return None
    cells = tuple(GridCell(r, c, high, wide, _box(rows, columns, r, c, high, wide)) for r, c, high, wide in spans)
    box = _box(rows, columns, 0, 0, len(rows.at) - 1, len(columns.at) - 1)
    return Grid(box, len(rows.at) - 1, len(columns.at) - 1, cells)


def _proper(rules: Sequence[Rule], crossing: Sequence[Rule], unit: float) -> list[Rule]:
    """The rules without the few that run far beyond the table: folds and streaks that cross it."""
    first, last = min(rule.at for rule in crossing), max(rule.at for rule in crossing)
    beyond = [rule for rule in rules if rule.first < first - _BEYOND * unit or rule.last > last + _BEYOND * unit]
    few = len(beyond) <= max(1, (len(rules) - len(beyond)) // 2) and len(rules) - len(beyond) >= 2
    return [rule for rule in rules if rule not in beyond] if few else list(rules)


def _real(closed: Sequence[Sequence[bool]]) -> list[int]:
    """The lines that close more than one cell; one side alone is letters that run upwards, in a large table."""
    return [i for i, sides in enumerate(closed) if sum(sides) >= (2 if len(sides) >= 4 else 1)]


def _spans(
    across: list[list[bool]], down: list[list[bool]], rows: int, columns: int
) -> list[tuple[int, int, int, int]]:
    """Cells as (row, column, rows, columns): fields without a rule between them are one, if they make a rectangle."""
    home = {field: field for field in product(range(rows), range(columns))}

    def root(field: tuple[int, int]) -> tuple[int, int]:
        while home[field] != field:
            field = home[field]
        return field

    for r, c in product(range(rows), range(columns)):
        if c + 1 < columns and not down[c + 1][r]:
            home[root((r, c + 1))] = root((r, c))
        if r + 1 < rows and not across[r + 1][c]:
            home[root((r + 1, c))] = root((r, c))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for field in home:
        members.setdefault(root(field), []).append(field)
    return sorted(span for fields in members.values() for span in _rectangles(fields))


def _rectangles(fields: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The one rectangle that the fields fill, or each for itself."""
    top, left = min(r for r, _ in fields), min(c for _, c in fields)
    high, wide = max(r for r, _ in fields) - top + 1, max(c for _, c in fields) - left + 1
    return [(top, left, high, wide)] if high * wide == len(fields) else [(r, c, 1, 1) for r, c in fields]


def _box(rows: Lines, columns: Lines, row: int, column: int, high: int, wide: int) -> Box:
    """The box of a cell, at the place where its middle lies."""
    x = (columns.at[column] + columns.at[column + wide]) / 2
    y = (rows.at[row] + rows.at[row + high]) / 2
    left, right = columns.where(column, y), columns.where(column + wide, y)
    top, bottom = rows.where(row, x), rows.where(row + high, x)
    left, top = max(0.0, left), max(0.0, top)
    return Box(round(left), round(top), max(round(left), round(right)), max(round(top), round(bottom)))
