"""A page that lies on its side, stands on its head or was photographed → as it is to be read, and the way back.

Scanners are fed sideways and telephones are held anyhow. What the PDF says of a page's rotation is done by rendering;
here only the pixels are judged. Whether a turn was right, the engine says: print that stands wrongly reads badly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.levels import level
from ocr.page import Box
from ocr.render import PageImage, Pixels
from ocr.tesseract import ReadWord

Numbers = NDArray[Any]

_LOOK_WIDTH = 600  # pixels of the longer side; print of 13 points is 8 high there
_POOR = 0.6  # mean confidence of a page's letters; the least of 40 worn pages has 0.68, print on its head 0.32 to 0.45
_FEW_LETTERS = 40  # a page with fewer is blank, a drawing or a cover: nothing can be said
_BETTER = 1.5  # times the weight that another way up must have
_AS_GOOD = 0.8  # times the weight, where the lines of the other reading run down the page
_LONG = 4  # letters of a word that is surely wider than high
_DARKER = 40  # grey levels by which what lies around a photographed sheet is darker than the paper
_SHEET = (0.2, 0.97)  # share of the picture that the sheet takes
_A4 = 297 / 210
_A3_WIDTH = 380.0  # mm, from which on a sheet may hold two pages side by side
_BETWEEN = 12.0  # mm of blank between them; their margins are 15 to 30 each
_STRAY = 0.01  # share of a column's pixels that may be ink there: specks of a copy
_STEP = 16  # pixels between those that tell the paper's grey level
_DARK_RIM = 0.2  # share of a rim that may be dark where the picture is the sheet: an edge of shadow, streaks, specks
_ODD = 0.25  # share by which a sheet's sides may differ from A4 or A3, seen at a slant


@dataclass(frozen=True, slots=True)
class Upright:
    """The page to be read. `back`: the 3 x 3 matrix that takes its pixels to those of the page as rendered."""

    image: PageImage
    back: Numbers
    step: str = ""

    def turned(self, turns: int) -> Upright:
        """This page turned clockwise by quarters."""
        high, wide = self.image.grey.shape
        there = {
            1: [[0, 1, 0], [-1, 0, high], [0, 0, 1]],
            2: [[-1, 0, wide], [0, -1, high], [0, 0, 1]],
            3: [[0, -1, wide], [1, 0, 0], [0, 0, 1]],
        }[turns]
        grey, colour = _quarters(self.image.grey, turns), self.image.colour
        image = PageImage(grey, None if colour is None else _quarters(colour, turns), self.image.dpi)
        step = f"{self.step} turned {90 * turns}".strip()
        return Upright(image, self.back @ np.array(there, np.float64), step)

    def original(self, box: Box, width: int, height: int) -> Box:
        """A box on the page as rendered, which has this width and height in pixels."""
        if not self.step:
            return box
        corners = np.array([[[x, y]] for x in (box.left, box.right) for y in (box.top, box.bottom)], np.float64)
        found = cv2.perspectiveTransform(corners, self.back).reshape(-1, 2)
        left, top = (max(0, round(float(each))) for each in found.min(axis=0))
        right, bottom = (round(float(each)) for each in found.max(axis=0))
        return Box(min(left, width), min(top, height), max(left, min(right, width)), max(top, min(bottom, height)))


def as_it_is(image: PageImage) -> Upright:
    """The page as it was rendered.

    >>> page = as_it_is(PageImage(np.zeros((400, 200), np.uint8), None, 100)).turned(1)
    >>> page.image.grey.shape, page.original(Box(left=390, top=0, right=400, bottom=10), 200, 400)
    ((200, 400), Box(left=0, top=0, right=10, bottom=10))
    """
    return Upright(image, np.eye(3))


def _quarters(pixels: Pixels, turns: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, -turns))


def sheets_of(image: PageImage) -> tuple[Upright, ...]:
    """What is to be read on its own: both pages of an A3 sheet on which two lie side by side, else the one there is.

    >>> [part.image.grey.shape for part in sheets_of(PageImage(np.full((1170, 1654), 255, np.uint8), None, 100))]
    [(1170, 826), (1170, 828)]
    """
    at = _gutter(image)
    if at is None:
        return (flattened(image) or as_it_is(image),)
    return _part(image, 0, at), _part(image, at, image.grey.shape[1])


def _gutter(image: PageImage) -> int | None:
    """The middle of the blank between two pages side by side, None where it is one page. A table would cross it."""
    high, wide = image.grey.shape
    if wide * 25.4 < _A3_WIDTH * image.dpi or abs(wide / high / _A4 - 1) > _ODD / 2:
        return None
    small = cv2.resize(image.grey, None, fx=1 / 4, fy=1 / 4, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    bare = (cv2.subtract(paper, small) > _DARKER).mean(axis=0) < _STRAY
    first, last = round(0.45 * bare.size), round(0.55 * bare.size)
    runs = [list(run) for blank, run in groupby(range(first, last), key=lambda column: bool(bare[column])) if blank]
    widest = max(runs, key=len, default=[])
    return 4 * (widest[0] + widest[-1]) // 2 if len(widest) * 4 * 25.4 >= _BETWEEN * image.dpi else None


def _part(image: PageImage, left: int, right: int) -> Upright:
    colour = None if image.colour is None else np.ascontiguousarray(image.colour[:, left:right])
    part = PageImage(np.ascontiguousarray(image.grey[:, left:right]), colour, image.dpi)
    return Upright(part, np.array([[1, 0, left], [0, 1, 0], [0, 0, 1]], np.float64), "half a sheet")


def lies_sideways(grey: Pixels) -> bool:
    """Do the lines of print seem to run from top to bottom? Their edges then part columns and not rows.

    A hint, no more: of 88 upright pages four, most of them tables, seem to lie so.
    """
    scale = min(1.0, _LOOK_WIDTH / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    edge = [side // 12 for side in small.shape]
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    ink = cv2.subtract(paper, small)[edge[0] : -edge[0] or None, edge[1] : -edge[1] or None].astype(np.float64)
    ink[ink < 30] = 0
    return bool(ink.mean() >= 0.5) and contrast(ink) < 1.0


def contrast(ink: Numbers) -> float:
    """How sharply rows part from each other, over how sharply columns do; long rules count as little as print."""
    parts = []
    for axis in (1, 0):
        share = np.minimum(ink.mean(axis=axis), 60.0)
        parts.append(float(np.square(np.diff(share)).sum()) / max(1, share.size))
    return float(parts[0] / max(parts[1], 1e-6))


def reads_well(words: Sequence[ReadWord]) -> bool:
    """Does a reading show that the page stands as it should? Of hardly any letters nothing can be said."""
    return _letters(words) >= _FEW_LETTERS and confidence(words) >= _POOR and not _run_down(words)


def ways_to_try(grey: Pixels, words: Sequence[ReadWord]) -> tuple[int, ...]:
    """In how many quarters to turn the page for other tries, likeliest first; none where the first reading is good."""
    if reads_well(words):
        return ()
    if _run_down(words) or lies_sideways(grey):
        return (1, 3, 2)
    return (2, 1, 3) if _letters(words) >= _FEW_LETTERS else ()


def is_better(words: Sequence[ReadWord], than: Sequence[ReadWord]) -> bool:
    """Is a reading so much better that the page stands this way up? The engine reads some lines that run down, too."""
    if _run_down(than) and not _run_down(words):
        return weight(words) > _AS_GOOD * weight(than)
    return weight(words) > _BETTER * weight(than) and confidence(words) > confidence(than)


def _run_down(words: Sequence[ReadWord]) -> bool:
    """Are most of the longer words higher than wide?"""
    long = [word.box for word in words if len(word.text) >= _LONG]
    return sum(box.height > box.width for box in long) > len(long) / 2


def weight(words: Sequence[ReadWord]) -> float:
    """Letters and digits, each counted with the square of its word's confidence."""
    return sum(word.confidence**2 * sum(c.isalnum() for c in word.text) for word in words)


def confidence(words: Sequence[ReadWord]) -> float:
    """The mean over letters and digits."""
    total = sum(word.confidence * sum(c.isalnum() for c in word.text) for word in words)
    return total / max(1, _letters(words))


def _letters(words: Sequence[ReadWord]) -> int:
    return sum(c.isalnum() for word in words for c in word.text)


def flattened(image: PageImage) -> Upright | None:
    """The sheet of a photograph, as if seen from straight above; None where the picture is the sheet."""
    grey = image.grey
    if _reaches_edges(grey):
        return None
    scale = min(1.0, _LOOK_WIDTH / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    corners = _sheet(np.asarray(cv2.GaussianBlur(small, (5, 5), 0), np.uint8))
    if corners is None:
        return None
    wide, high = _size(corners / scale)
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    there = cv2.getPerspectiveTransform(np.asarray(corners / scale, np.float32), target)
    colour = None if image.colour is None else _warped(image.colour, there, wide, high)
    dpi = round(min(wide, high) / 8.27)
    return Upright(PageImage(_warped(grey, there, wide, high), colour, dpi), np.linalg.inv(there), "photograph")


def _reaches_edges(grey: Pixels) -> bool:
    """Is the rim as light as the paper, so that nothing darker lies around? True of most scans, and seen at once."""
    deep = max(1, max(grey.shape) // 200)
    darkest = level(grey[::_STEP, ::_STEP], 90) - _DARKER
    rims = grey[:deep], grey[-deep:], grey[:, :deep], grey[:, -deep:]
    dark = sum(np.count_nonzero(rim < math.floor(darkest)) for rim in rims)
    return bool(dark < _DARK_RIM * sum(rim.size for rim in rims))


def _warped(pixels: Pixels, there: Numbers, wide: int, high: int) -> Pixels:
    white = (255, 255, 255)
    return np.asarray(cv2.warpPerspective(pixels, there, (wide, high), borderValue=white), np.uint8)


def _sheet(small: Pixels) -> Numbers | None:
    """The corners of a light sheet on darker ground: from the upper left one clockwise."""
    rim = np.concatenate([small[:3].ravel(), small[-3:].ravel(), small[:, :3].ravel(), small[:, -3:].ravel()])
    cut, mask = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    paper = float(np.median(small[small > cut])) if (small > cut).any() else 0.0
    if paper - level(rim, 60) < _DARKER:
        return None
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea)) if outlines else None
    if outline is None or not _SHEET[0] <= cv2.contourArea(outline) / small.size <= _SHEET[1]:
        return None
    four = cv2.approxPolyDP(outline, 0.03 * cv2.arcLength(outline, closed=True), closed=True).reshape(-1, 2)
    if len(four) != 4 or cv2.contourArea(four) < 0.9 * cv2.contourArea(outline):
        return None
    return _in_order(four.astype(np.float64))


def _in_order(four: Numbers) -> Numbers:
    around = np.arctan2(*(four - four.mean(axis=0)).T[::-1])
    clockwise = four[np.argsort(around)]
    return np.roll(clockwise, -int(np.argmin(clockwise.sum(axis=1))), axis=0)


def _size(corners: Numbers) -> tuple[int, int]:
    """Width and height of the sheet in pixels: the longer of opposite sides, an A4's proportion if near to it."""
    sides = [float(np.linalg.norm(corners[k] - corners[(k + 1) % 4])) for k in range(4)]
    wide, high = max(sides[0], sides[2]), max(sides[1], sides[3])
    long, short = max(wide, high), min(wide, high)
    if abs(long / short / _A4 - 1) < _ODD:
        long = short * _A4
    return (round(short), round(long)) if high >= wide else (round(long), round(short))
