"""The sheet of cells: the print of cells laid out for one run of the engine, and its words put back into the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocr.clean import CleanPage
from ocr.page import Box
from ocr.render import Pixels
from ocr.tables.ink import Ink
from ocr.tesseract import ReadWord

_ROOM = 14  # white pixels around each cell on the sheet
_TURNED = 2.2  # times as high as wide: print that may run upwards
_ONE_LINE = 6.0  # mm; print of 16 points with marks above and below is no higher
_PAPER = 2  # pixels of paper kept around print
_SHORT = 18.0  # mm; figures, which an engine loses when they stand alone in a line
_GAP = 2.0  # mm between a word and a figure on the sheet
_GUIDE = (8.0, 60.0)  # mm; some words
LINES = 200_000  # line numbers of tables start here, so that they meet no other


@dataclass(frozen=True, slots=True)
class Inked:
    """A cell with print in it, by its number on the page."""

    index: int
    ink: Ink


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell's print and where its left top corner lies on the sheet; `turned`: print that ran upwards, laid level."""

    cell: Inked
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


def pieces_of(cells: Sequence[Inked], page: CleanPage, guides: Sequence[Inked]) -> list[Piece]:
    """Where each cell's print goes: below each other, figures and signs behind a word.

    A figure alone in a line is misread in one case of six, as nothing tells its size; behind a word of the same
    table in one of a hundred. Print that may run upwards is laid down both ways, the better reading counts.
    """
    unit = page.dpi / 25.4
    pieces: list[Piece] = []
    top = _ROOM
    for cell in cells:
        box = cell.ink.box
        upwards = box.height > _TURNED * box.width and box.height > 7 * unit
        guide = _guide(cell, guides) if _is_short(cell, unit) else None
        if guide is not None:
            pieces += _beside(guide, cell, page, top)
        else:
            pieces.append(Piece(cell, _print(cell, page), False, _ROOM, top))
        top = max(piece.bottom for piece in pieces[-2:]) + 2 * _ROOM
        if upwards:
            pieces.append(Piece(cell, np.ascontiguousarray(np.rot90(_print(cell, page), -1)), True, _ROOM, top))
            top = pieces[-1].bottom + 2 * _ROOM
    return pieces


def guides_of(cells: Sequence[Inked], unit: float) -> list[Inked]:
    """Cells with a few words in one line."""
    return [
        cell for cell in cells
        if cell.ink.box.height <= _ONE_LINE * unit and _GUIDE[0] * unit <= cell.ink.box.width <= _GUIDE[1] * unit
    ]  # fmt: skip


def _guide(cell: Inked, guides: Sequence[Inked]) -> Inked | None:
    """The longest words on the cell's own line, else the nearest above or below."""
    others = [other for other in guides if other is not cell]
    level = [other for other in others if abs(other.ink.box.bottom - cell.ink.box.bottom) < cell.ink.box.height]
    if level:
        return max(level, key=lambda other: other.ink.box.width)
    return min(others, key=lambda other: abs(other.ink.box.bottom - cell.ink.box.bottom), default=None)


def _beside(guide: Inked, cell: Inked, page: CleanPage, top: int) -> list[Piece]:
    """A word and a figure behind it, on one height as they stand on the page, or foot by foot."""
    first, second = guide.ink.box, cell.ink.box
    level = min(first.bottom, second.bottom) - max(first.top, second.top) > 0.5 * min(first.height, second.height)
    drop = second.top - first.top if level else first.height - second.height
    left = _ROOM + first.width + round(_GAP * page.dpi / 25.4)
    return [
        Piece(guide, _print(guide, page), False, _ROOM, top + max(0, -drop), guides=True),
        Piece(cell, _print(cell, page), False, left, top + max(0, drop)),
    ]


def _is_short(cell: Inked, unit: float) -> bool:
    return cell.ink.box.height <= _ONE_LINE * unit and cell.ink.box.width <= _SHORT * unit


def _print(cell: Inked, page: CleanPage) -> Pixels:
    """The pixels of a cell's print with a narrow edge of paper."""
    box = cell.ink.box
    top, left = max(0, box.top - _PAPER), max(0, box.left - _PAPER)
    crop = page.grey[top : box.bottom + _PAPER, left : box.right + _PAPER]
    return np.asarray(crop, np.uint8)


def sheet_of(pieces: Sequence[Piece], paper: int) -> Pixels:
    """One image of all pieces, on paper as dark as the page's."""
    high, wide = max(piece.bottom for piece in pieces) + _ROOM, max(piece.right for piece in pieces) + _ROOM
    sheet = np.full((high, wide), paper, np.uint8)
    for piece in pieces:
        sheet[piece.top : piece.bottom, piece.left : piece.right] = piece.pixels
    return sheet


def deal(word: ReadWord, pieces: Sequence[Piece]) -> Iterator[tuple[int, ReadWord]]:
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


def _overlap(word: ReadWord, piece: Piece) -> int:
    return min(word.box.right, piece.right) - max(word.box.left, piece.left)


def on_page(word: ReadWord, piece: Piece) -> ReadWord:
    """A word of the sheet, back in its cell."""
    home, box = piece.cell.ink.box, word.box
    left, right = (max(0, x - piece.left - _PAPER) for x in (box.left, box.right))
    top, bottom = (max(0, y - piece.top - _PAPER) for y in (box.top, box.bottom))
    if piece.turned:  # print that ran upwards was turned clockwise
        left, top, right, bottom = top, max(0, home.height - right), bottom, max(0, home.height - left)
    placed = Box(home.left + left, home.top + top, home.left + max(left, right), home.top + max(top, bottom))
    return replace(word, box=placed, line=LINES + piece.cell.index)
