"""An upright page image → the grids of its ruled tables: where rules stand, and which cells they close.

A rule is darker than what stands a little beside it, over a length that no letter has. That holds for faint and for
broken rules, and on uneven paper. A page without upright rules costs a few passes over half its rows and columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.page import Box
from ocr.render import Pixels

_BESIDE = 0.9  # mm from a rule to the paper it is compared with; rules are up to 0.8 mm wide
_CONTRAST = 22  # grey levels by which a rule is darker than the paper beside it
_REACH = 7.0  # mm over which a rule is looked for: two lines of print, so that stems of letters leave it unfilled
_FILLED = 190  # of 255: how much of that length must be dark; three quarters, as copies break rules
_NEAR = 1.6  # mm; rules closer than this are one
_TOUCH = 2.5  # mm over which rules that should meet are taken to do so
_COVERED = 0.6  # share of a cell's side that must be dark to close it
_BROKEN = 0.3  # share that is enough where some ink lies in each quarter of the side
_BESIDE_TEXT = 1.7  # mm beside a rule in which letters would stand if it were none
_LETTERS = 0.45  # share of a side's ink with ink beside it from which on it is letters
_STRONG = 0.7  # share of a rule's sides that makes it whole but for gaps
_REMNANT = 0.12  # share of a side's ink that is enough then
_LEAST = 8.0  # mm of ink that a rule has at least; the bars of a row of letters have less
_PARTLY = 0.35  # share of an upright rule's sides from which on it is taken to part all rows below the head
_HEADS = 2  # rows of the head, in which cells are joined on purpose
_BARE = 0.1  # share of a side that may have ink beside it then
_SOLID = 0.93  # share that no letters fill, whatever stands beside: a copier's streak runs along some rules
_OPEN_SIDE = 6.0  # mm by which rules must run on to tell a table whose outer rule is not drawn
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


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight piece of a rule. `at`: its middle across, `lean`: how much that grows a pixel along it."""

    at: float
    lean: float
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


@dataclass(frozen=True, slots=True)
class _Lines:
    """The rules of a table in one direction: where each crosses the table's middle axis, and their common lean."""

    at: tuple[float, ...]
    lean: float
    axis: float

    def where(self, index: int, along: float) -> float:
        return self.at[index] + self.lean * (along - self.axis)


@dataclass(frozen=True, slots=True)
class _Ink:
    """Where rules of one direction may be, from left to right, and where strokes of any direction are."""

    own: Pixels
    any: Pixels
    worn: bool = False  # rules of this direction go on below the head where nothing of them is left


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
    upright_ink, verticals = _rules_of(grey, unit, upright=True)
    level_ink, horizontals = _rules_of(grey, unit, upright=False)
    both = np.asarray(cv2.bitwise_or(level_ink, upright_ink), np.uint8)
    level, standing = _Ink(level_ink, both), _Ink(upright_ink.T, both.T, worn=True)
    found = (
        _grid(rows, columns, level, standing, unit)
        for rows, columns in _groups(horizontals, verticals, grey.shape, unit)
    )
    return tuple(sorted((grid for grid in found if grid is not None), key=lambda grid: grid.box.top))


def _may_have_tables(grey: Pixels, unit: float) -> bool:
    """Do rules hang together on the page at half its size? Darkest pixels are kept, so that no thin rule is lost."""
    small = np.asarray(cv2.erode(grey, np.ones((2, 2), np.uint8))[1::2, 1::2].copy(), np.uint8)
    verticals = _rules_of(small, unit / 2, upright=True)[1]
    if len(verticals) < 2:
        return False
    horizontals = _rules_of(small, unit / 2, upright=False)[1]
    return bool(_groups(horizontals, verticals, small.shape, unit / 2))


def _rules_of(grey: Pixels, unit: float, *, upright: bool) -> tuple[Pixels, list[_Rule]]:
    """The ink of a direction and its rules; upright ones as if they ran from left to right."""
    ink = _rule_ink(grey, unit, upright=upright)
    filled = _filled(ink, unit, upright=upright)
    if cv2.countNonZero(filled) < 2 * _REACH * unit:
        return ink, []
    return ink, _rules(filled.T if upright else filled, unit)


def _rule_ink(grey: Pixels, unit: float, *, upright: bool) -> Pixels:
    """255 where a pixel is darker than the paper on both sides of a rule through it."""
    step = max(2, round(_BESIDE * unit))
    before, middle, after = slice(None, -2 * step), slice(step, -step), slice(2 * step, None)
    across = (lambda part: (slice(None), part)) if upright else (lambda part: (part, slice(None)))
    paper = cv2.min(grey[across(before)], grey[across(after)])
    darker = cv2.subtract(paper, grey[across(middle)])
    ink = np.zeros_like(grey)
    ink[across(middle)] = cv2.threshold(darker, _CONTRAST, 255, cv2.THRESH_BINARY)[1]
    return ink


def _filled(ink: Pixels, unit: float, *, upright: bool) -> Pixels:
    """255 where a long stretch of ink lies along a rule's direction."""
    reach = round(_REACH * unit)
    wide = cv2.dilate(ink, np.ones((1, 3) if upright else (3, 1), np.uint8))
    share = cv2.blur(wide, (1, reach) if upright else (reach, 1))
    return np.asarray(cv2.threshold(share, _FILLED, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _rules(mask: Pixels, unit: float) -> list[_Rule]:
    """The rules of a mask in which they run from left to right."""
    x, y, wide, high = cv2.boundingRect(np.ascontiguousarray(mask))
    mask = np.ascontiguousarray(mask[y : y + high, x : x + wide])
    lost = round(_REACH * unit / 4)  # a rule's ends fill less of the window than its middle
    rules = []
    for left, top, xs, ys in _strokes(mask, least=_REACH * unit / 3):
        first, last = x + left, x + left + int(xs.max()) + 1
        if ys.size > 2.2 * unit * (last - first):
            continue
        lean = _slope(xs, ys) if last - first > 20 * unit else 0.0
        if abs(lean) < 0.05:
            rules.append(_Rule(y + top + float(ys.mean()), lean, max(0, first - lost), last + lost))
    return rules


def _strokes(mask: Pixels, least: float) -> Iterator[tuple[int, int, NDArray[np.intp], NDArray[np.intp]]]:
    """What hangs together and is at least so wide: its left, its top, and its pixels within. Outlines tell how wide it
    is; OpenCV's statistics of all components take four times as long as finding them."""
    labels = cv2.connectedComponents(mask, connectivity=8, ltype=cv2.CV_32S)[1]
    outlines, levels = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline, (_, _, _, parent) in zip(outlines, levels[0] if levels is not None else (), strict=True):
        left, top, width, height = cv2.boundingRect(outline)
        if parent < 0 and width >= least:  # a hole has a parent
            column, row = outline[0, 0].tolist()
            found.append((int(labels[row, column]), left, top, width, height))
    for label, left, top, width, height in sorted(found):
        ys, xs = np.nonzero(labels[top : top + height, left : left + width] == label)
        yield left, top, xs, ys


def _slope(xs: NDArray[np.intp], ys: NDArray[np.intp]) -> float:
    """Of the straight line that lies nearest to the points, pixels up or down a pixel along."""
    away = xs - xs.mean()
    return float((away * ys).sum() / (away * away).sum())


def _groups(
    horizontals: Sequence[_Rule], verticals: Sequence[_Rule], shape: tuple[int, ...], unit: float
) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that hang together, as (horizontal, vertical), where there are enough for two rows and two columns."""
    canvas = np.zeros((shape[0] // 4 + 1, shape[1] // 4 + 1), np.uint8)
    wide = max(1, round(_TOUCH * unit / 4))
    ends_h = [((r.first, r.at - r.lean * r.length / 2), (r.last, r.at + r.lean * r.length / 2)) for r in horizontals]
    ends_v = [((r.at - r.lean * r.length / 2, r.first), (r.at + r.lean * r.length / 2, r.last)) for r in verticals]
    for a, b in (*ends_h, *ends_v):
        cv2.line(canvas, (round(a[0] / 4), round(a[1] / 4)), (round(b[0] / 4), round(b[1] / 4)), 255, wide)
    labels = cv2.connectedComponents(canvas, connectivity=8, ltype=cv2.CV_32S)[1]
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
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
    horizontals: Sequence[_Rule], verticals: Sequence[_Rule], level: _Ink, standing: _Ink, unit: float
) -> Grid | None:
    """The grid of rules that hang together; None where they make no table."""
    horizontals, verticals = _proper(horizontals, verticals, unit), _proper(verticals, horizontals, unit)
    rows, columns = _lines(horizontals, unit), _lines(verticals, unit)
    if len(rows.at) < 2 or len(columns.at) < 2:
        return None
    rows, open_rows = _with_open_sides(rows, verticals, unit)
    columns, open_columns = _with_open_sides(columns, horizontals, unit)
    if len(rows.at) < 2 or len(columns.at) < 3 or (len(rows.at) - 1) * (len(columns.at) - 1) < 4:
        return None
    across = _closed(rows, columns, level, unit, open_rows)  # [row line][column]: is there a rule?
    down = _closed(columns, rows, standing, unit, open_columns)
    kept_rows, kept_columns = _real(across), _real(down)
    if len(kept_rows) < len(rows.at) or len(kept_columns) < len(columns.at):
        rows = _Lines(tuple(rows.at[i] for i in kept_rows), rows.lean, rows.axis)
        columns = _Lines(tuple(columns.at[j] for j in kept_columns), columns.lean, columns.axis)
        if len(rows.at) < 2 or len(columns.at) < 3:
            return None
        across = _closed(rows, columns, level, unit, open_rows)
        down = _closed(columns, rows, standing, unit, open_columns)
    spans = _spans(across, down, len(rows.at) - 1, len(columns.at) - 1)
    if len(spans) < 4:
        return None
    cells = tuple(GridCell(r, c, high, wide, _box(rows, columns, r, c, high, wide)) for r, c, high, wide in spans)
    box = _box(rows, columns, 0, 0, len(rows.at) - 1, len(columns.at) - 1)
    return Grid(box, len(rows.at) - 1, len(columns.at) - 1, cells)


def _proper(rules: Sequence[_Rule], crossing: Sequence[_Rule], unit: float) -> list[_Rule]:
    """The rules without the few that run far beyond the table: folds and streaks that cross it."""
    first, last = min(rule.at for rule in crossing), max(rule.at for rule in crossing)
    beyond = [rule for rule in rules if rule.first < first - _BEYOND * unit or rule.last > last + _BEYOND * unit]
    few = len(beyond) <= max(1, (len(rules) - len(beyond)) // 2) and len(rules) - len(beyond) >= 2
    return [rule for rule in rules if rule not in beyond] if few else list(rules)


def _real(closed: Sequence[Sequence[bool]]) -> list[int]:
    """The lines that close more than one cell; one side alone is letters that run upwards, in a large table."""
    return [i for i, sides in enumerate(closed) if sum(sides) >= (2 if len(sides) >= 4 else 1)]


def _lines(rules: Sequence[_Rule], unit: float) -> _Lines:
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
    lost = round(_REACH * unit / 4)
    real = [c for c in clusters if sum(n - 2 * lost for _, n in c) >= _LEAST * unit]
    joined = (sum(at * n for at, n in cluster) / sum(n for _, n in cluster) for cluster in real)
    return _Lines(tuple(joined), lean, axis)


def _with_open_sides(lines: _Lines, crossing: Sequence[_Rule], unit: float) -> tuple[_Lines, frozenset[float]]:
    """The lines and those that must be where crossing rules run on beyond the outermost; these close their cells."""
    long = sorted(crossing, key=lambda rule: -rule.length)[:4]
    first = float(np.median([rule.first for rule in long]))
    last = float(np.median([rule.last for rule in long]))
    slack = _REACH * unit / 4
    added = [first + slack] if lines.at[0] - first > _OPEN_SIDE * unit + slack else []
    added += [last - slack] if last - lines.at[-1] > _OPEN_SIDE * unit + slack else []
    return _Lines(tuple(sorted((*lines.at, *added))), lines.lean, lines.axis), frozenset(added)


def _closed(lines: _Lines, crossing: _Lines, ink: _Ink, unit: float, given: frozenset[float]) -> list[list[bool]]:
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


def _along(lines: _Lines, index: int, crossing: _Lines, gap: int, ink: _Ink, unit: float) -> _Side:
    """The ink along a side of a cell, but for its ends, where other rules cross."""
    at, height, width = lines.at[index], *ink.own.shape
    left = round(crossing.where(gap, at) + 0.5 * unit)
    right = max(left + 4, round(crossing.where(gap + 1, at) - 0.5 * unit))
    along = np.clip(np.arange(left, right), 0, width - 1)
    ys = np.rint(at + lines.lean * (np.arange(left, right) - lines.axis)).astype(int)
    slack, reach = max(1, round(0.45 * unit)), round(_BESIDE_TEXT * unit)
    clear = slack + max(1, round(0.3 * unit)) + 1
    on, beside = np.empty(ys.size, bool), np.empty(ys.size, bool)
    for part in np.split(np.arange(ys.size), np.flatnonzero(np.diff(ys)) + 1):  # pieces of one height
        y, columns = int(ys[part[0]]), along[part]
        on[part] = _any(ink.own, y - slack, y + slack, columns, height)
        above = _any(ink.any, y - reach, y - clear, columns, height)
        beside[part] = above | _any(ink.any, y + clear, y + reach, columns, height)
    return _Side(on, beside)


def _any(ink: Pixels, first: int, last: int, columns: NDArray[np.intp], height: int) -> NDArray[np.bool_]:
    """Is there ink in rows `first` to `last` of neighbouring columns? What would lie outside is the page's edge."""
    top, bottom = (min(max(row, 0), height - 1) for row in (first, last))
    found = np.asarray(ink[top : bottom + 1, columns[0] : columns[-1] + 1].any(axis=0), bool)
    return found if found.size == columns.size else found[columns - columns[0]]


@dataclass(frozen=True, slots=True)
class _Side:
    """Along a cell's side: is there ink of a rule's direction on it, and is there any on either side of it?"""

    on: NDArray[np.bool_]
    beside: NDArray[np.bool_]

    @property
    def share(self) -> float:
        return float(self.on.mean())

    @property
    def letters(self) -> float:
        """The share of its ink that has ink beside it: letters stand beside letters, a rule stands alone."""
        return float(self.beside[self.on].mean()) if self.on.any() else 0.0

    def is_rule(self) -> bool:
        """Does a rule run here? A broken one leaves some ink everywhere."""
        if (share := self.share) >= _SOLID or share < _BROKEN:
            return share >= _SOLID
        spread = share >= _COVERED or all(float(part.mean()) >= _BROKEN / 2 for part in np.array_split(self.on, 4))
        return spread and self.letters < _LETTERS

    def is_bare(self) -> bool:
        """Does no print stand about here, so that two cells of one row may lie apart?"""
        return float(self.beside.mean()) < _BARE

    def is_remnant(self) -> bool:
        """Is something left here of a rule that is whole elsewhere?"""
        return self.share >= _REMNANT and self.letters < _LETTERS / 2


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


def _box(rows: _Lines, columns: _Lines, row: int, column: int, high: int, wide: int) -> Box:
    """The box of a cell, at the place where its middle lies."""
    x = (columns.at[column] + columns.at[column + wide]) / 2
    y = (rows.at[row] + rows.at[row + high]) / 2
    left, right = columns.where(column, y), columns.where(column + wide, y)
    top, bottom = rows.where(row, x), rows.where(row + high, x)
    left, top = max(0.0, left), max(0.0, top)
    return Box(round(left), round(top), max(round(left), round(right)), max(round(top), round(bottom)))
