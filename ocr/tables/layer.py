"""The ruled tables of a PDF page with a text layer: pdfplumber finds the cells, the layer's words go into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from ocr.formats.broken import BROKEN
from ocr.page import Box
from ocr.tables.cells import ReadCell
from ocr.tables.ruled import Grid, GridCell
from ocr.tables.weave import ReadTable
from ocr.tesseract import ReadWord

_STROKES = re.compile(rb"(?<![\w.])(?:re|l)\s")  # PDF operators: a rectangle, a line
_FEWEST = 6  # of them on a page with a table; a letterhead has two
_MOST_EDGES = 5000  # more is a drawing, and finding tables in it takes long
_NEAR = 2.5  # points; sides closer than this are one
_SAME = 1.5  # points by which two tools may differ about the page's size


def tables_of_layer(
    path: Path, number: int, size: tuple[float, float], words: Sequence[ReadWord], scale: float
) -> list[ReadTable]:
    """The tables of page `number`; `size` in points, words and boxes in pixels, `scale` pixels a point.

    Pages that draw hardly any lines are not opened a second time, and a page that pdfplumber cannot read has none.
    """
    if not _draws_rules(path, number):
        return []
    import pdfplumber

    try:
        with pdfplumber.open(path, pages=[number]) as pdf:
            page = pdf.pages[0]
            alike = abs(page.width - size[0]) < _SAME and abs(page.height - size[1]) < _SAME
            found = page.find_tables() if alike and len(page.edges) <= _MOST_EDGES else []
            grids = [_grid([cell for cell in table.cells if cell], scale) for table in found]
    except Exception:  # pdfminer raises whatever a damaged file makes it
        return []
    return [_filled(grid, words) for grid in grids if grid is not None]


def _draws_rules(path: Path, number: int) -> bool:
    """Does the page, or a form that it shows, draw several lines or rectangles?"""
    try:
        with pikepdf.open(path) as pdf:
            page = pdf.pages[number - 1]
            page.contents_coalesce()
            streams = [page.obj.get("/Contents"), *(form for form in page.form_xobjects.values())]
            return sum(len(_STROKES.findall(s.read_bytes())) for s in streams if s is not None) >= _FEWEST
    except (*BROKEN, AttributeError, TypeError, ValueError, IndexError):
        return False


def _grid(cells: Sequence[tuple[float, float, float, float]], scale: float) -> Grid | None:
    """Cells as boxes in points → a grid; None for less than two rows and two columns."""
    xs = _sides([x for cell in cells for x in (cell[0], cell[2])])
    ys = _sides([y for cell in cells for y in (cell[1], cell[3])])
    if len(xs) < 3 or len(ys) < 3:
        return None
    placed: dict[tuple[int, int], GridCell] = {}
    for left, top, right, bottom in cells:
        column, row = _index(xs, left), _index(ys, top)
        wide, high = max(1, _index(xs, right) - column), max(1, _index(ys, bottom) - row)
        cell = GridCell(row, column, high, wide, _box(left, top, right, bottom, scale))
        if not any((r, c) in placed for r in range(row, row + high) for c in range(column, column + wide)):
            placed.update({(r, c): cell for r in range(row, row + high) for c in range(column, column + wide)})
    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):  # a field that no side closes is a cell of its own
            box = _box(xs[c], ys[r], xs[c + 1], ys[r + 1], scale)
            placed.setdefault((r, c), GridCell(r, c, 1, 1, box))
    ordered = tuple(sorted(set(placed.values()), key=lambda cell: (cell.row, cell.column)))
    return Grid(_box(xs[0], ys[0], xs[-1], ys[-1], scale), len(ys) - 1, len(xs) - 1, ordered)


def _sides(values: Sequence[float]) -> list[float]:
    """Sides of cells, those that lie close together once.

    >>> _sides([100.0, 50.0, 101.0, 150.0])
    [50.0, 100.0, 150.0]
    """
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


def _index(sides: Sequence[float], value: float) -> int:
    return min(range(len(sides)), key=lambda i: abs(sides[i] - value))


def _box(left: float, top: float, right: float, bottom: float, scale: float) -> Box:
    x, y = max(0, round(left * scale)), max(0, round(top * scale))
    return Box(x, y, max(x, round(right * scale)), max(y, round(bottom * scale)))


def _filled(grid: Grid, words: Sequence[ReadWord]) -> ReadTable:
    """The words of the layer in the cells that their middles lie in."""
    inside: dict[GridCell, list[ReadWord]] = {}
    for word in words:
        home = next((cell for cell in grid.cells if _holds(cell.box, word.box)), None)
        if home is not None:
            inside.setdefault(home, []).append(word)
    cells = tuple(
        ReadCell(cell, tuple(sorted(inside.get(cell, ()), key=lambda word: (word.line, word.box.left))), False)
        for cell in grid.cells
    )
    return ReadTable(grid, cells)


def _holds(cell: Box, word: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return cell.left <= x < cell.right and cell.top <= y < cell.bottom
