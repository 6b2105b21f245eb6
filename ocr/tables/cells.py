"""The cells of a page's grids, read: marks by their shape, words by the engine in one more run over a sheet of cells.

The grids are taken out of the page before it is read, and their cells are laid below each other on one sheet, so that
no word runs over a rule and nothing is read twice. Of cells that look the same (`đạt` two hundred times) few are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ocr.clean import CleanPage
from ocr.page import Box
from ocr.render import Pixels
from ocr.tables.bare import without_rules
from ocr.tables.figures import figures_again
from ocr.tables.ink import Ink, alike, ink_of, is_one, mark_of
from ocr.tables.ruled import Grid, GridCell
from ocr.tables.sheet import LINES, Inked, guides_of
from ocr.tables.sheet_words import read_sheet
from ocr.tesseract import Engine, ReadWord

_SAME = 0.93  # correlation from which on two cells show the same
_READ = 3  # of cells that look the same so many are read
_SIZE = 0.12  # share by which their sizes may differ
_WIDEST = 45.0  # mm; wider cells are not compared, each is read
_STROKE = 0.5  # what an upright stroke is worth that the engine could not read
_MANY = 4000  # cells of a page; more is no table of a notice


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of a grid with its words on the upright page. `unread`: there is ink that nobody could read."""

    place: GridCell
    words: tuple[ReadWord, ...]
    unread: bool


def without_grids(grey: Pixels, grids: Sequence[Grid]) -> Pixels:
    """The page with paper where its tables are."""
    bare = grey.copy()
    for grid in grids:
        box = grid.box
        bare[max(0, box.top - 3) : box.bottom + 4, max(0, box.left - 3) : box.right + 4] = 255
    return bare


def read_cells(grids: Sequence[Grid], page: CleanPage, engine: Engine, file: Path) -> list[list[ReadCell]]:
    """The cells of each grid. Where the engine fails, cells with print are `unread`."""
    unit = page.dpi / 25.4
    places = [cell for grid in grids for cell in grid.cells][:_MANY]
    bare = without_rules(page.grey, [place.box for place in places], unit)
    page = replace(page, grey=bare.grey)
    inks = [ink_of(bare.grey, box, unit) for box in bare.boxes]
    marks = {i: mark_of(ink, unit) for i, ink in enumerate(inks) if ink is not None}
    printed = [Inked(i, ink) for i, ink in enumerate(inks) if ink is not None and not marks[i][0]]
    found = _read_alike(printed, page, engine, file)
    columns = _columns(printed, places)  # the first numbers the rows, which says nothing
    found |= figures_again(found, columns[1:], page, engine, file)
    for index, (sign, confidence) in marks.items():
        ink = inks[index]
        if sign and ink is not None:
            found[index] = (ReadWord(sign, ink.core, confidence, LINES + index),)
    for cell in printed:
        if not found.get(cell.index) and is_one(cell.ink, unit):
            found[cell.index] = (ReadWord("1", cell.ink.core, _STROKE, LINES + cell.index),)
    cells = [
        ReadCell(place, found.get(i, ()), inks[i] is not None and not found.get(i)) for i, place in enumerate(places)
    ]
    at = iter(cells)
    return [[cell for _, cell in zip(grid.cells, at, strict=False)] for grid in grids]  # in this order: none is lost


def _columns(printed: Sequence[Inked], places: Sequence[GridCell]) -> list[list[Inked]]:
    """The cells with print, column by column; cells of one column of two tables count as one's."""
    numbers = sorted({places[cell.index].column for cell in printed})
    return [[cell for cell in printed if places[cell.index].column == number] for number in numbers]


def _read_alike(
    printed: Sequence[Inked], page: CleanPage, engine: Engine, file: Path
) -> dict[int, tuple[ReadWord, ...]]:
    """Read cells, of those that look the same only a few; where these disagree or hold figures, all."""
    groups = _groups(printed, page.dpi / 25.4)
    first = [cell for group in groups for cell in (group if len(group) <= _READ + 1 else group[:_READ])]
    guides = guides_of(printed, page.dpi / 25.4)
    found = read_sheet(first, guides, page, engine, file)
    left: list[Inked] = []
    for group in groups:
        if len(group) <= _READ + 1:
            continue
        words = [found.get(cell.index, ()) for cell in group[:_READ]]
        texts = {" ".join(word.text for word in cell) for cell in words}
        if len(texts) == 1 and not any(c.isdigit() for c in next(iter(texts))) and words[0]:
            for cell in group[_READ:]:
                found[cell.index] = _copied(words[0], group[0], cell)
        else:
            left += group[_READ:]
    return found | read_sheet(left, guides, page, engine, file) if left else found


def _groups(printed: Sequence[Inked], unit: float) -> list[list[Inked]]:
    """Cells whose print has the same size and shape; wide ones each alone."""
    groups: list[list[Inked]] = []
    for cell in printed:
        box = cell.ink.box
        home = None
        if box.width <= _WIDEST * unit:
            home = next((g for g in groups if _look_alike(g[0].ink, cell.ink)), None)
        if home is None:
            groups.append([cell])
        else:
            home.append(cell)
    return groups


def _look_alike(a: Ink, b: Ink) -> bool:
    near = all(
        abs(x - y) <= _SIZE * max(x, y) + 1 for x, y in ((a.box.width, b.box.width), (a.box.height, b.box.height))
    )
    return near and alike(a.shape, b.shape) >= _SAME


def _copied(words: Sequence[ReadWord], source: Inked, cell: Inked) -> tuple[ReadWord, ...]:
    """The words of a cell put to another that looks the same."""
    x, y = cell.ink.box.left - source.ink.box.left, cell.ink.box.top - source.ink.box.top
    return tuple(
        replace(word, box=_moved(word.box, x, y), confidence=word.confidence, line=LINES + cell.index) for word in words
    )


def _moved(box: Box, x: int, y: int) -> Box:
    return Box(max(0, box.left + x), max(0, box.top + y), max(0, box.right + x), max(0, box.bottom + y))
