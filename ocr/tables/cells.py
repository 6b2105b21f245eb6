"""The cells of a page's grids, read: marks by their shape, words by the engine in one more run over a sheet of cells.

The grids are taken out of the page before it is read, and their cells are laid below each other on one sheet, so that
no word runs over a rule and nothing is read twice. Of cells that look the same (`đạt` two hundred times) few are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from ocr.clean import CleanPage
from ocr.page import Box
from ocr.render import Pixels
from ocr.tables.ink import Ink, alike, ink_of, mark_of
from ocr.tables.ruled import Grid, GridCell
from ocr.tesseract import Engine, EngineTrouble, ReadWord, Task, words_of

_ROOM = 14  # white pixels around each cell on the sheet
_SAME = 0.93  # correlation from which on two cells show the same
_READ = 3  # of cells that look the same so many are read
_SIZE = 0.12  # share by which their sizes may differ
_TURNED = 2.2  # times as high as wide: print that may run upwards
_WIDEST = 45.0  # mm; wider cells are not compared, each is read
_LINES = 200_000  # line numbers of tables start here, so that they meet no other
_MANY = 4000  # cells of a page; more is no table of a notice


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of a grid with its words on the upright page. `unread`: there is ink that nobody could read."""

    place: GridCell
    words: tuple[ReadWord, ...]
    unread: bool


@dataclass(frozen=True, slots=True)
class _Inked:
    """A cell with print in it, by its number on the page."""

    index: int
    ink: Ink


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
    inks = [ink_of(page.grey, place.box, unit) for place in places]
    marks = {i: mark_of(ink, unit) for i, ink in enumerate(inks) if ink is not None}
    printed = [_Inked(i, ink) for i, ink in enumerate(inks) if ink is not None and not marks[i][0]]
    found = _read_alike(printed, page, engine, file)
    for index, (sign, confidence) in marks.items():
        ink = inks[index]
        if sign and ink is not None:
            found[index] = (ReadWord(sign, ink.box, confidence, _LINES + index),)
    cells = [
        ReadCell(place, found.get(i, ()), inks[i] is not None and not found.get(i)) for i, place in enumerate(places)
    ]
    at = iter(cells)
    return [[cell for cell, _ in zip(at, grid.cells, strict=False)] for grid in grids]


def _read_alike(
    printed: Sequence[_Inked], page: CleanPage, engine: Engine, file: Path
) -> dict[int, tuple[ReadWord, ...]]:
    """Read cells, of those that look the same only a few; where these disagree or hold figures, all."""
    groups = _groups(printed, page.dpi / 25.4)
    first = [cell for group in groups for cell in (group if len(group) <= _READ + 1 else group[:_READ])]
    found = _read(first, page, engine, file)
    left: list[_Inked] = []
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
    return found | _read(left, page, engine, file) if left else found


def _groups(printed: Sequence[_Inked], unit: float) -> list[list[_Inked]]:
    """Cells whose print has the same size and shape; wide ones each alone."""
    groups: list[list[_Inked]] = []
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


def _copied(words: Sequence[ReadWord], source: _Inked, cell: _Inked) -> tuple[ReadWord, ...]:
    """The words of a cell put to another that looks the same."""
    x, y = cell.ink.box.left - source.ink.box.left, cell.ink.box.top - source.ink.box.top
    return tuple(
        replace(word, box=_moved(word.box, x, y), confidence=word.confidence, line=_LINES + cell.index)
        for word in words
    )


def _moved(box: Box, x: int, y: int) -> Box:
    return Box(max(0, box.left + x), max(0, box.top + y), max(0, box.right + x), max(0, box.bottom + y))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell's print on the sheet: which cell, its pixels, whether it was turned, and its top on the sheet."""

    cell: _Inked
    pixels: Pixels
    turned: bool
    top: int


def _read(cells: Sequence[_Inked], page: CleanPage, engine: Engine, file: Path) -> dict[int, tuple[ReadWord, ...]]:
    """The words of each cell, on the upright page; cells that could not be read are absent."""
    pieces = list(_pieces(cells, page))
    if not pieces:
        return {}
    cv2.imwrite(str(file), _sheet(pieces))
    try:
        words = words_of(engine.read(file, page.dpi, Task.BLOCK))
    except EngineTrouble:
        return {}
    finally:
        file.unlink(missing_ok=True)
    best: dict[int, tuple[ReadWord, ...]] = {}
    for piece in pieces:
        own = tuple(_on_page(word, piece) for word in words if _stands_in(word, piece) and _is_print(word))
        if own and _weight(own) > _weight(best.get(piece.cell.index, ())):
            best[piece.cell.index] = own
    return best


def _pieces(cells: Sequence[_Inked], page: CleanPage) -> Iterator[_Piece]:
    """Each cell's print, single lines first; print that may run upwards also turned, the better reading counts."""
    top = 0
    for cell in sorted(cells, key=lambda cell: cell.ink.box.height):
        box = cell.ink.box
        crop = page.grey[box.top : box.bottom, box.left : box.right]
        upwards = box.height > _TURNED * box.width and box.height > 7 * page.dpi / 25.4
        for turned in (False, True) if upwards else (False,):
            pixels = np.ascontiguousarray(np.rot90(crop, -1)) if turned else crop
            framed = cv2.copyMakeBorder(pixels, _ROOM, _ROOM, _ROOM, _ROOM, cv2.BORDER_CONSTANT, value=255)
            yield _Piece(cell, np.asarray(framed, np.uint8), turned, top)
            top += framed.shape[0]


def _sheet(pieces: Sequence[_Piece]) -> Pixels:
    width = max(piece.pixels.shape[1] for piece in pieces)
    sheet = np.full((sum(piece.pixels.shape[0] for piece in pieces), width), 255, np.uint8)
    for piece in pieces:
        high, wide = piece.pixels.shape
        sheet[piece.top : piece.top + high, :wide] = piece.pixels
    return sheet


def _stands_in(word: ReadWord, piece: _Piece) -> bool:
    return piece.top <= (word.box.top + word.box.bottom) / 2 < piece.top + piece.pixels.shape[0]


def _is_print(word: ReadWord) -> bool:
    return any(c.isalnum() or c in "+-–✓()/%" for c in word.text)


def _weight(words: Sequence[ReadWord]) -> float:
    return sum(word.confidence**2 * len(word.text) for word in words)


def _on_page(word: ReadWord, piece: _Piece) -> ReadWord:
    """A word of the sheet, back in its cell."""
    home, box = piece.cell.ink.box, word.box
    left, top = box.left - _ROOM, box.top - piece.top - _ROOM
    right, bottom = box.right - _ROOM, box.bottom - piece.top - _ROOM
    if piece.turned:  # print that ran upwards was turned clockwise
        left, top, right, bottom = top, home.height - right, bottom, home.height - left
    placed = Box(*(max(0, v) for v in (home.left + left, home.top + top, home.left + right, home.top + bottom)))
    return replace(word, box=placed, line=_LINES + piece.cell.index)
