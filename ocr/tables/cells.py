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
from ocr.levels import level
from ocr.page import Box
from ocr.render import Pixels
from ocr.tables.bare import without_rules
from ocr.tables.ink import Ink, alike, ink_of, is_one, mark_of
from ocr.tables.ruled import Grid, GridCell
from ocr.tesseract import Engine, EngineTrouble, ReadWord, Task, words_of

_ROOM = 14  # white pixels around each cell on the sheet
_SAME = 0.93  # correlation from which on two cells show the same
_READ = 3  # of cells that look the same so many are read
_SIZE = 0.12  # share by which their sizes may differ
_TURNED = 2.2  # times as high as wide: print that may run upwards
_WIDEST = 45.0  # mm; wider cells are not compared, each is read
_ONE_LINE = 6.0  # mm; print of 16 points with marks above and below is no higher
_PAPER = 2  # pixels of paper kept around print
_SHORT = 18.0  # mm; figures, which an engine loses when they stand alone in a line
_GAP = 2.0  # mm between a word and a figure on the sheet
_GUIDE = (8.0, 60.0)  # mm; some words
_STROKE = 0.5  # what an upright stroke is worth that the engine could not read
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
    bare = without_rules(page.grey, [place.box for place in places], unit)
    page = replace(page, grey=bare.grey)
    inks = [ink_of(bare.grey, box, unit) for box in bare.boxes]
    marks = {i: mark_of(ink, unit) for i, ink in enumerate(inks) if ink is not None}
    printed = [_Inked(i, ink) for i, ink in enumerate(inks) if ink is not None and not marks[i][0]]
    found = _read_alike(printed, page, engine, file)
    for index, (sign, confidence) in marks.items():
        ink = inks[index]
        if sign and ink is not None:
            found[index] = (ReadWord(sign, ink.core, confidence, _LINES + index),)
    for cell in printed:
        if not found.get(cell.index) and is_one(cell.ink, unit):
            found[cell.index] = (ReadWord("1", cell.ink.core, _STROKE, _LINES + cell.index),)
    cells = [
        ReadCell(place, found.get(i, ()), inks[i] is not None and not found.get(i)) for i, place in enumerate(places)
    ]
    at = iter(cells)
    return [[cell for _, cell in zip(grid.cells, at, strict=False)] for grid in grids]  # in this order: none is lost


def _read_alike(
    printed: Sequence[_Inked], page: CleanPage, engine: Engine, file: Path
) -> dict[int, tuple[ReadWord, ...]]:
    """Read cells, of those that look the same only a few; where these disagree or hold figures, all."""
    groups = _groups(printed, page.dpi / 25.4)
    first = [cell for group in groups for cell in (group if len(group) <= _READ + 1 else group[:_READ])]
    guides = _guides(printed, page.dpi / 25.4)
    found = _read(first, guides, page, engine, file)
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
    return found | _read(left, guides, page, engine, file) if left else found


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
    """A cell's print and where its left top corner lies on the sheet; `turned`: print that ran upwards, laid level."""

    cell: _Inked
    pixels: Pixels
    turned: bool
    left: int
    top: int
    guides: bool = False  # stands there for the figure behind it only

    @property
    def right(self) -> int:
        return self.left + int(self.pixels.shape[1])

    @property
    def bottom(self) -> int:
        return self.top + int(self.pixels.shape[0])


def _read(
    cells: Sequence[_Inked], guides: Sequence[_Inked], page: CleanPage, engine: Engine, file: Path
) -> dict[int, tuple[ReadWord, ...]]:
    """The words of each cell, on the upright page; cells that could not be read are absent."""
    pieces = _pieces(cells, page, guides)
    if not pieces:
        return {}
    cv2.imwrite(str(file), _sheet(pieces, int(level(page.grey[::8, ::8], 70))))
    try:
        words = words_of(engine.read(file, page.dpi, Task.BLOCK))
    except EngineTrouble:
        return {}
    finally:
        file.unlink(missing_ok=True)
    dealt: dict[int, list[ReadWord]] = {}
    for word in words:
        for index, part in _dealt(word, pieces):
            dealt.setdefault(index, []).append(part)
    best: dict[int, tuple[ReadWord, ...]] = {}
    for index, piece in enumerate(pieces):
        own = tuple(_on_page(_neat(word), piece) for word in dealt.get(index, ()) if _is_print(word))
        if own and not piece.guides and _weight(own) > _weight(best.get(piece.cell.index, ())):
            best[piece.cell.index] = own
    return best


def _pieces(cells: Sequence[_Inked], page: CleanPage, guides: Sequence[_Inked]) -> list[_Piece]:
    """Where each cell's print goes: below each other, figures and signs behind a word.

    A figure alone in a line is misread in one case of six, as nothing tells its size; behind a word of the same
    table in one of a hundred. Print that may run upwards is laid down both ways, the better reading counts.
    """
    unit = page.dpi / 25.4
    pieces: list[_Piece] = []
    top = _ROOM
    for cell in cells:
        box = cell.ink.box
        upwards = box.height > _TURNED * box.width and box.height > 7 * unit
        guide = _guide(cell, guides) if _is_short(cell, unit) else None
        if guide is not None:
            pieces += _beside(guide, cell, page, top)
        else:
            pieces.append(_Piece(cell, _print(cell, page), False, _ROOM, top))
        top = max(piece.bottom for piece in pieces[-2:]) + 2 * _ROOM
        if upwards:
            pieces.append(_Piece(cell, np.ascontiguousarray(np.rot90(_print(cell, page), -1)), True, _ROOM, top))
            top = pieces[-1].bottom + 2 * _ROOM
    return pieces


def _guides(cells: Sequence[_Inked], unit: float) -> list[_Inked]:
    """Cells with a few words in one line."""
    return [
        cell for cell in cells
        if cell.ink.box.height <= _ONE_LINE * unit and _GUIDE[0] * unit <= cell.ink.box.width <= _GUIDE[1] * unit
    ]  # fmt: skip


def _guide(cell: _Inked, guides: Sequence[_Inked]) -> _Inked | None:
    """The longest words on the cell's own line, else the nearest above or below."""
    others = [other for other in guides if other is not cell]
    level = [other for other in others if abs(other.ink.box.bottom - cell.ink.box.bottom) < cell.ink.box.height]
    if level:
        return max(level, key=lambda other: other.ink.box.width)
    return min(others, key=lambda other: abs(other.ink.box.bottom - cell.ink.box.bottom), default=None)


def _beside(guide: _Inked, cell: _Inked, page: CleanPage, top: int) -> list[_Piece]:
    """A word and a figure behind it, on one height as they stand on the page, or foot by foot."""
    first, second = guide.ink.box, cell.ink.box
    level = min(first.bottom, second.bottom) - max(first.top, second.top) > 0.5 * min(first.height, second.height)
    drop = second.top - first.top if level else first.height - second.height
    left = _ROOM + first.width + round(_GAP * page.dpi / 25.4)
    return [
        _Piece(guide, _print(guide, page), False, _ROOM, top + max(0, -drop), guides=True),
        _Piece(cell, _print(cell, page), False, left, top + max(0, drop)),
    ]


def _is_short(cell: _Inked, unit: float) -> bool:
    return cell.ink.box.height <= _ONE_LINE * unit and cell.ink.box.width <= _SHORT * unit


def _print(cell: _Inked, page: CleanPage) -> Pixels:
    """The pixels of a cell's print with a narrow edge of paper."""
    box = cell.ink.box
    top, left = max(0, box.top - _PAPER), max(0, box.left - _PAPER)
    crop = page.grey[top : box.bottom + _PAPER, left : box.right + _PAPER]
    return np.asarray(crop, np.uint8)


def _sheet(pieces: Sequence[_Piece], paper: int) -> Pixels:
    """One image of all pieces, on paper as dark as the page's."""
    high, wide = max(piece.bottom for piece in pieces) + _ROOM, max(piece.right for piece in pieces) + _ROOM
    sheet = np.full((high, wide), paper, np.uint8)
    for piece in pieces:
        sheet[piece.top : piece.bottom, piece.left : piece.right] = piece.pixels
    return sheet


def _dealt(word: ReadWord, pieces: Sequence[_Piece]) -> Iterator[tuple[int, ReadWord]]:
    """A word of the sheet, by the piece or the pieces that it runs over; nothing where they cannot be told apart."""
    middle = (word.box.top + word.box.bottom) / 2
    here = [
        (i, piece) for i, piece in enumerate(pieces)
        if piece.top - _ROOM <= middle <= piece.bottom + _ROOM
        and piece.left < word.box.right and word.box.left < piece.right
    ]  # fmt: skip
    if len(here) == 1:
        yield here[0][0], word
        return
    inner = [(i, piece) for i, piece in here if not piece.guides]
    if len(here) == 2 and len(inner) == 1 and _overlap(word, inner[0][1]) > 0.7 * word.box.width:
        yield inner[0][0], word


def _overlap(word: ReadWord, piece: _Piece) -> int:
    return min(word.box.right, piece.right) - max(word.box.left, piece.left)


def _neat(word: ReadWord) -> ReadWord:
    """Without what edges are read as; the Icelandic Ð looks like Đ and stands in no Vietnamese word."""
    return replace(word, text=word.text.replace("Ð", "Đ").strip("_|[]~") or word.text)


def _is_print(word: ReadWord) -> bool:
    return any(c.isalnum() or c in "+-–✓()/%" for c in word.text)


def _weight(words: Sequence[ReadWord]) -> float:
    return sum(word.confidence**2 * len(word.text) for word in words)


def _on_page(word: ReadWord, piece: _Piece) -> ReadWord:
    """A word of the sheet, back in its cell."""
    home, box = piece.cell.ink.box, word.box
    left, right = (max(0, x - piece.left - _PAPER) for x in (box.left, box.right))
    top, bottom = (max(0, y - piece.top - _PAPER) for y in (box.top, box.bottom))
    if piece.turned:  # print that ran upwards was turned clockwise
        left, top, right, bottom = top, max(0, home.height - right), bottom, max(0, home.height - left)
    placed = Box(home.left + left, home.top + top, home.left + max(left, right), home.top + max(top, bottom))
    return replace(word, box=placed, line=_LINES + piece.cell.index)
