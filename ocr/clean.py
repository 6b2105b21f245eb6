"""Image → image, one function a step, each used only where the page needs it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.page import Box
from ocr.render import PageImage, Pixels
from ocr.streaks import without_streaks

_UNEVEN = 18  # grey levels between the darkest and the lightest part of the paper; flat scans stay under 8
_DARK_PAPER = 225  # grey level of the paper under which bleed-through and shade count as background
_SKEWED = 0.2  # degrees; Tesseract reads lines that lean less without loss
_MOST_SKEW = 4.0  # degrees; more is a turned page, not a skewed one
_SKEW_WIDTH = 480  # pixels; at this width a tenth of a degree moves a page's edge by a pixel
_SPECKS = 120  # isolated specks on a page; a clean scan has some tens
_SEAL = (22.0, 50.0)  # mm; seals of offices measure 35 to 36, some 40, and are often cut by the page's edge


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page made ready for the engine, and what was seen on the way.

    `grey` is turned upright by `angle` degrees; `seals` are boxes on the turned image; `steps` lists what was
    done, for `Page.notes`. `unturned` is the colour as it was rendered, None on a grey page.
    """

    grey: Pixels
    unturned: Pixels | None
    dpi: int
    angle: float
    seals: tuple[Box, ...]
    steps: tuple[str, ...]

    def colour(self, box: Box) -> Pixels | None:
        """The colour (BGR) within a box of the turned image. Only pieces are asked for, so only they are turned."""
        if self.unturned is None:
            return None
        if not self.angle:
            return self.unturned[box.top : box.bottom, box.left : box.right]
        height, width = self.grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), self.angle, 1.0)
        turn[:, 2] -= (box.left, box.top)
        return _warped(self.unturned, turn, box.width, box.height)

    def original(self, box: Box) -> Box:
        """A box of the turned image on the page as it was rendered: its centre moves, its size stays."""
        if not self.angle:
            return box
        height, width = self.grey.shape
        (xx, xy, x0), (yx, yy, y0) = _turn_back(width, height, self.angle)
        middle, centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        x, y = xx * middle + xy * centre + x0, yx * middle + yy * centre + y0
        left, top = max(0, round(x - box.width / 2)), max(0, round(y - box.height / 2))
        return Box(left, top, max(left, min(width, left + box.width)), max(top, min(height, top + box.height)))


@lru_cache(maxsize=1)
def _turn_back(width: int, height: int, angle: float) -> tuple[tuple[float, ...], ...]:
    """What turns a point of the upright page back, once for all words of a page."""
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return tuple(tuple(row) for row in turn.tolist())


def clean(image: PageImage) -> CleanPage:
    """Prepare a page: soften seals, even the background, turn it upright, remove specks. Each only if needed."""
    steps: list[str] = []
    grey, colour = image.grey, image.colour
    whole = without_streaks(grey, image.dpi)
    if whole is not None:
        grey = whole
        steps.append("streaks")
    red = red_ink(colour) if colour is not None else None
    seals = find_seals(red, image.dpi) if red is not None else ()
    if seals and colour is not None:
        grey = without_seals(grey, colour, seals)
        steps.append("seal")
    paper = paper_of(grey)
    if is_uneven(paper):
        grey = even(grey, paper)
        steps.append("background")
    angle = skew(grey)
    if abs(angle) >= _SKEWED:
        grey = turned(grey, angle)
        seals = tuple(_turned_box(seal, angle, grey.shape) for seal in seals)
        steps.append(f"skew {angle:.1f}")
    else:
        angle = 0.0
    specks = find_specks(grey, image.dpi)
    if specks is not None:
        grey = np.where(specks, np.uint8(255), grey)
        steps.append("specks")
    return CleanPage(grey, colour, image.dpi, angle, seals, tuple(steps))


def paper_of(grey: Pixels) -> Pixels:
    """The paper's brightness, one value for each 16 x 16 pixels: letters are closed away."""
    small = cv2.resize(grey, None, fx=1 / 4, fy=1 / 4, interpolation=cv2.INTER_AREA)
    high, wide = (small.shape[0] // 4) * 4, (small.shape[1] // 4) * 4
    rows = small[:high, :wide].reshape(high // 4, 4, wide).max(axis=1)  # numpy is slow along a short last axis
    lightest = np.maximum(np.maximum(rows[:, ::4], rows[:, 1::4]), np.maximum(rows[:, 2::4], rows[:, 3::4]))
    return np.asarray(cv2.morphologyEx(lightest, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)


def is_uneven(paper: Pixels) -> bool:
    """Does the paper's brightness differ over the page, or is it dark?"""
    within = paper[2:-2, 2:-2]
    if within.size == 0:
        return False
    dark, light = np.percentile(within, (5, 95))
    return bool(light - dark > _UNEVEN or np.median(within) < _DARK_PAPER)


def even(grey: Pixels, paper: Pixels) -> Pixels:
    """Divide by the background, so that paper becomes white everywhere."""
    everywhere = cv2.resize(cv2.medianBlur(paper, 5), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(everywhere, 1), scale=255), np.uint8)


def skew(grey: Pixels) -> float:
    """Degrees by which the print must be turned (counter-clockwise) to stand level; 0 where nothing says so.

    The angle at which the rows of ink are most unlike each other (Postl 1986), on an image of a fixed small width.
    """
    scale = min(1.0, _SKEW_WIDTH / max(1, grey.shape[1]))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = np.asarray(255 - small, np.uint8)
    ink[ink < 60] = 0
    ink[:, : ink.shape[1] // 20] = 0  # black edges of a copy lean as the paper does, not as the print
    ink[:, -ink.shape[1] // 20 :] = 0
    if ink.mean() < 0.3:
        return 0.0
    sums = np.zeros((ink.shape[1] + 1, ink.shape[0]), np.int64)
    np.cumsum(ink.T, axis=0, out=sums[1:])
    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.5), key=lambda angle: _contrast(sums, angle))
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=lambda angle: _contrast(sums, angle))
    gain = _contrast(sums, fine) / max(1e-6, _contrast(sums, 0.0))
    return round(float(fine), 2) if gain > 1.02 and abs(fine) < _MOST_SKEW else 0.0


def _contrast(sums: NDArray[np.int64], angle: float) -> float:
    """How sharply rows of print part from the white between them when the image is sheared by `angle`.

    `sums`: the ink of the first 0, 1, 2, … columns, row by row. Neighbouring columns that move by as many pixels do so
    together, as half of cleaning was spent here.
    """
    width, height = sums.shape[0] - 1, sums.shape[1]
    moves = np.rint((np.arange(width) - width / 2) * math.tan(math.radians(angle))).astype(int)
    ends = [0, *(np.flatnonzero(np.diff(moves)) + 1).tolist(), width]
    rows = np.zeros(height, np.int64)
    for first, end in pairwise(ends):
        up = int(moves[first])
        own = sums[end] - sums[first]
        rows[max(0, -up) : height - max(0, up)] += own[max(0, up) : height - max(0, -up)]
    return float(np.square(np.diff(rows)).sum())


def turned(pixels: Pixels, angle: float) -> Pixels:
    """Turn an image counter-clockwise by degrees about its centre, paper white at the corners."""
    height, width = pixels.shape[:2]
    return _warped(pixels, cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), width, height)


def _warped(pixels: Pixels, matrix: np.ndarray[tuple[int, ...], np.dtype[Any]], width: int, height: int) -> Pixels:
    white = (255, 255, 255)
    return np.asarray(
        cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=white), np.uint8
    )


def _turned_box(box: Box, angle: float, shape: tuple[int, ...]) -> Box:
    turn = cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), angle, 1.0)
    x, y = turn @ np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2, 1.0])
    return Box(
        max(0, round(x - box.width / 2)),
        max(0, round(y - box.height / 2)),
        max(0, round(x + box.width / 2)),
        max(0, round(y + box.height / 2)),
    )


def find_specks(grey: Pixels, dpi: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None:
    """Pixels of isolated specks, or None where there are too few to matter.

    A speck is smaller than a full stop (0.35 mm) and farther from any letter than a diacritic is (1.2 mm).
    """
    if _tiny_pieces(grey[grey.shape[0] // 3 : grey.shape[0] // 2], dpi) * 6 < _SPECKS:
        return None
    ink = np.asarray(grey < 160, np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    tiny = stats[:, cv2.CC_STAT_AREA] <= _speck_area(dpi)
    tiny[0] = False
    if int(tiny.sum()) < _SPECKS:
        return None
    letters = np.asarray((ink > 0) & ~tiny[labels], np.uint8)
    reach = max(3, round(1.2 / 25.4 * dpi)) * 2 + 1
    near = cv2.dilate(letters, np.ones((reach, reach), np.uint8)) > 0
    touched = np.zeros(count, bool)
    touched[labels[near]] = True
    alone = tiny & ~touched
    if int(alone.sum()) < _SPECKS:
        return None
    specks = np.asarray(alone[labels], np.uint8)
    return np.asarray(cv2.dilate(specks, np.ones((3, 3), np.uint8)) > 0, np.bool_)


def _speck_area(dpi: int) -> float:
    return max(3.0, (0.35 / 25.4 * dpi) ** 2)


def _tiny_pieces(grey: Pixels, dpi: int) -> int:
    """How many pieces of ink no larger than a speck: a look at a strip saves counting on clean pages."""
    stats = cv2.connectedComponentsWithStats(np.asarray(grey < 160, np.uint8), connectivity=8, ltype=cv2.CV_32S)[2]
    return int((stats[1:, cv2.CC_STAT_AREA] <= _speck_area(dpi)).sum())


def red_ink(colour: Pixels) -> Pixels:
    """Where ink is red, on a quarter of the width and height: 255 there, else 0."""
    blue, green, red = cv2.split(cv2.resize(colour, None, fx=1 / 4, fy=1 / 4, interpolation=cv2.INTER_AREA))
    redder = cv2.subtract(red, cv2.max(blue, green))  # 0 where it is less red
    return np.asarray((redder > 45) & (red > 110), np.uint8) * np.uint8(255)


def find_seals(red: Pixels, dpi: int) -> tuple[Box, ...]:
    """Boxes of round seals on the full image, from a mask of red ink at a quarter of its width and height.

    An urgency stamp (HỎA TỐC) is red too, but long or small: it is left alone.
    """
    unit = dpi / 4 / 25.4  # pixels of the mask a millimetre
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((2 * round(1.5 * unit) + 1,) * 2, np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    seals = []
    for left, top, width, height, area in stats[1:count].tolist():
        sides = sorted((width / unit, height / unit))
        if _SEAL[0] <= sides[0] and sides[1] <= _SEAL[1] and sides[1] < 1.35 * sides[0] and area > 0.2 * width * height:
            seals.append(Box(left * 4, top * 4, (left + width) * 4, (top + height) * 4))
    return tuple(seals)


def without_seals(grey: Pixels, colour: Pixels, seals: tuple[Box, ...]) -> Pixels:
    """Take the red channel inside seals: there red ink is as light as paper, and black print stays."""
    softened = grey.copy()
    for seal in seals:
        rows, columns = slice(seal.top, seal.bottom), slice(seal.left, seal.right)
        softened[rows, columns] = colour[rows, columns, 2]
    return softened
