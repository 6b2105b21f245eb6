"""The ink of a cell: is there any, and is it a lone mark (`x`, `+`, `-`, `✓`) that an engine would lose?

Empty cells and marks are told by ink, not by reading: Tesseract drops lone signs and reads rules as letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.levels import level
from ocr.page import Box
from ocr.render import Pixels

_DARKER = 55  # grey levels below the paper from which on it is ink
_SPECK = 0.75  # mm; a smaller piece alone is dirt, beside print a full stop or a mark
_THIN = 0.7  # mm; what touches the cell's edge and is no thicker is left over of a rule
_LONE = 4.6  # mm; a lone mark, or two figures of 14 points, are no wider and no higher
_SIDE = 24  # pixels of the square in which shapes are compared
_ALIKE = 0.62  # correlation with a mark's shape that is enough
_APART = 0.06  # and by which it must be the best
_LEAST = 1.2  # mm; no cross and no tick is smaller, and what is, is a short dash
_FLAT = 1.6  # times as wide as high: a dash
_SERIFS = (2, 3, 4)  # OpenCV's duplex, complex and triplex

Shape = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ink:
    """The print of a cell: its box in pixels of the page, and its shape (dark is 1) in a square of fixed size.

    `core`: without what is as small as a speck.
    """

    box: Box
    shape: Shape
    pieces: int
    core: Box
    core_shape: Shape

    def is_lone(self, unit: float) -> bool:
        """Is it small enough for a mark? `unit`: pixels a millimetre."""
        return max(self.box.width, self.box.height) <= _LONE * unit


def ink_of(grey: Pixels, cell: Box, unit: float) -> Ink | None:
    """The ink within a cell of an upright page, its rules painted over; None where the cell is empty.

    >>> page = np.full((80, 80), 250, np.uint8)
    >>> ink_of(page, Box(10, 10, 70, 70), 8.0) is None
    True
    >>> page[36:40, 30:50] = 20
    >>> ink_of(page, Box(10, 10, 70, 70), 8.0).box
    Box(left=30, top=36, right=50, bottom=40)
    """
    left, top = cell.left, cell.top
    crop = grey[top : cell.bottom, left : cell.right]
    if min(crop.shape, default=0) < 3:
        return None
    dark = np.asarray(crop < level(crop, 80) - _DARKER, np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8, ltype=cv2.CV_32S)
    pieces = [piece for piece in stats[1:count].tolist() if not _is_remains(piece, crop.shape, unit)]
    large = [piece for piece in pieces if max(piece[2:4]) >= _SPECK * unit]
    if not large:
        return None
    near = [piece for piece in pieces if piece in large or _is_near(piece, large, unit)]
    box, core = _around(near), _around(large)
    shapes = [_shape(crop[b.top : b.bottom, b.left : b.right]) for b in (box, core)]
    return Ink(_moved(box, left, top), shapes[0], len(large), _moved(core, left, top), shapes[1])


def _around(pieces: list[list[int]]) -> Box:
    left, top = min(p[0] for p in pieces), min(p[1] for p in pieces)
    return Box(left, top, max(p[0] + p[2] for p in pieces), max(p[1] + p[3] for p in pieces))


def _moved(box: Box, x: int, y: int) -> Box:
    return Box(box.left + x, box.top + y, box.right + x, box.bottom + y)


def _is_remains(piece: list[int], shape: tuple[int, ...], unit: float) -> bool:
    """Does a piece lie along the cell's edge, as what a leaning rule leaves?"""
    x, y, width, height, _ = piece
    beside = (x == 0 or x + width == shape[1]) and width <= _THIN * unit
    above = (y == 0 or y + height == shape[0]) and height <= _THIN * unit
    return (beside and height > 1.2 * width) or (above and width > 1.2 * height) or (beside and above)


def _is_near(piece: list[int], large: list[list[int]], unit: float) -> bool:
    reach = 1.2 * unit
    x, y, width, height, _ = piece
    return any(
        x < p[0] + p[2] + reach and p[0] < x + width + reach and y < p[1] + p[3] + reach and p[1] < y + height + reach
        for p in large
    )


def _shape(crop: Pixels) -> Shape:
    dark = np.asarray(255 - crop, np.float32)
    dark -= float(dark.min())
    small = cv2.resize(dark, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 1.0), np.float32) / max(1.0, float(small.max()))


def alike(a: Shape, b: Shape) -> float:
    """The correlation of two shapes, -1..1."""
    x, y = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / scale if scale else 0.0


def mark_of(ink: Ink, unit: float) -> tuple[str, float]:
    """The mark that a lone piece of ink draws, with its likeness 0..1; empty where it is none of them.

    >>> page = np.full((60, 60), 250, np.uint8)
    >>> _ = cv2.line(page, (20, 20), (40, 40), 10, 3), cv2.line(page, (20, 40), (40, 20), 10, 3)
    >>> mark_of(ink_of(page, Box(0, 0, 60, 60), 8.0), 8.0)[0]
    'x'
    """
    if not ink.is_lone(unit) or ink.pieces > 2:
        return "", 0.0
    width, height = ink.core.width, ink.core.height
    if height <= 0.9 * unit and (width >= _FLAT * height or (max(width, height) < _LEAST * unit and width > height)):
        return "-", 0.95 if width >= _FLAT * height else 0.85
    if not 0.5 <= width / height <= 1.9 or ink.pieces > 1 or max(width, height) < _LEAST * unit:
        return "", 0.0
    likes = _likes(ink.core_shape)
    (best, sign), (second, _) = likes[0], likes[1]
    return (sign, min(0.98, 0.5 + best / 2)) if best >= _ALIKE and best - second >= _APART else ("", 0.0)


def _likes(shape: Shape) -> list[tuple[float, str]]:
    """How like each mark a shape is, the likest first; all are compared at once, as tables hold hundreds of marks."""
    signs, drawn = _drawn_level()
    level = (shape - shape.mean()).ravel()
    found = np.round(drawn @ level / max(1e-9, float(np.linalg.norm(level))), 4)
    best: dict[str, float] = {}
    for sign, like in zip(signs, found.tolist(), strict=True):
        best[sign] = max(like, best.get(sign, -1.0))
    return sorted(((like, sign) for sign, like in best.items()), reverse=True)


def is_one(ink: Ink, unit: float) -> bool:
    """Is it a lone upright stroke as high as a figure? Engines lose it where it stands alone."""
    width, height = ink.core.width, ink.core.height
    return ink.pieces == 1 and 1.5 * unit <= height <= _LONE * unit and 2.2 * width <= height


@lru_cache(maxsize=1)
def _drawn() -> dict[str, tuple[Shape, ...]]:
    """The shapes of marks, thin and thick, beside those of letters and figures."""
    paths: dict[str, list[list[tuple[float, float]]]] = {
        "x": [[(0, 0), (1, 1)], [(0, 1), (1, 0)]],
        "+": [[(0.5, 0), (0.5, 1)], [(0, 0.5), (1, 0.5)]],
        "✓": [[(0, 0.5), (0.35, 1), (1, 0)]],
    }
    drawn = {sign: tuple(_shape(_stroked(lines, width)) for width in (10, 18, 28)) for sign, lines in paths.items()}
    drawn["x"] += tuple(_shape(_lettered(letter, face)) for letter in "xX" for face in _SERIFS)
    letters = tuple(_shape(_lettered(letter, face)) for letter in "0123456789KVYDTtdkvy" for face in _SERIFS)
    return {**drawn, "": letters}


@lru_cache(maxsize=1)
def _drawn_level() -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """The sign of each drawn shape, and the shapes as rows of mean 0 and length 1."""
    signs = tuple(sign for sign, shapes in _drawn().items() for _ in shapes)
    rows = np.stack([(shape - shape.mean()).ravel() for shapes in _drawn().values() for shape in shapes])
    return signs, np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def _stroked(lines: list[list[tuple[float, float]]], width: int) -> Pixels:
    plate = np.full((140, 140), 255, np.uint8)
    for line in lines:
        for (a, b), (c, d) in pairwise(line):
            ends = (round(20 + 100 * a), round(20 + 100 * b)), (round(20 + 100 * c), round(20 + 100 * d))
            cv2.line(plate, *ends, 0, width)
    return _cropped(plate)


def _lettered(letter: str, face: int) -> Pixels:
    plate = np.full((200, 200), 255, np.uint8)
    cv2.putText(plate, letter, (30, 150), face, 4.0, 0, 10)
    return _cropped(plate)


def _cropped(plate: Pixels) -> Pixels:
    ys, xs = np.nonzero(plate < 128)
    return np.asarray(plate[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1], np.uint8)
