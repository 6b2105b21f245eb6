"""The ink in a gap of the letterhead, freed from rules, dots and printed neighbours: a strip for `ocr.digits`."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.page import Box
from ocr.render import Pixels

HEIGHT, WIDTH = 32, 128  # pixels of a strip
_INK_HEIGHT = 28  # of it, what the ink takes
_MARGIN = 4  # pixels left of the ink
_LIGHTEST, _DARKEST = 190, 110  # grey levels between which ink is parted from paper
_BLUE = 30  # how much bluer than red a blue pen's ink is at least
_HALF = 0.5

Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def strip_of(grey: Pixels, gap: Box, colour: Pixels | None = None) -> Pixels | None:
    """The ink of a gap as a strip, 32 × 128, white ink on black; None where there is none.

    `colour`: the gap's pixels in BGR on a colour scan. A blue pen is parted from black print by them.

    >>> page = np.full((60, 200), 255, np.uint8)
    >>> _ = cv2.line(page, (80, 15), (78, 45), 20, 3)
    >>> strip_of(page, Box(60, 5, 120, 55)).shape, strip_of(page, Box(120, 5, 160, 55))
    ((32, 128), None)
    """
    reach = gap.height // 2
    left = max(0, gap.left - reach)
    window = grey[max(0, gap.top) : gap.bottom, left : gap.right + reach]
    if min(window.shape) < 4:
        return None
    dark = np.asarray(window < _level(window), np.bool_)
    dark &= ~_ruled(dark)
    if colour is not None:
        dark = _pen_alone(dark, colour, gap.left - left)
    kept = _own(dark, gap.left - left, gap.right - left)
    return None if kept is None else _strip(window, kept)


def _level(window: Pixels) -> float:
    """The grey level between ink and paper."""
    level, _ = cv2.threshold(window, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return min(_LIGHTEST, max(_DARKEST, level + 20))


def _ruled(dark: Mask) -> Mask:
    """Solid rules: thin and longer than any stroke. Where a stroke crosses one, ink stands above or below it."""
    high, wide = dark.shape
    long = max(12, round(0.9 * high))
    if wide < long:
        return np.zeros_like(dark)
    ink = np.asarray(dark, np.uint8)
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    lines = np.asarray(cv2.dilate(lines, np.ones((2, 1), np.uint8)), np.uint8) & ink
    thick = max(3, high // 12) + 1
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((thick + 1, 1), np.uint8))
    return np.asarray((lines > 0) & (upright == 0), np.bool_)


def _pen_alone(dark: Mask, colour: Pixels, at: int) -> Mask:
    """Where much of the gap's ink is blue, only that; else all of it."""
    high, wide = min(dark.shape[0], colour.shape[0]), min(dark.shape[1] - at, colour.shape[1])
    piece = colour[:high, :wide].astype(np.int16)
    blue = (piece[:, :, 0] - piece[:, :, 2]) > _BLUE
    ink = dark[:high, at : at + wide]
    if not ink.any() or (blue & ink).sum() < 0.25 * ink.sum():
        return dark
    near = cv2.dilate(np.asarray(blue, np.uint8), np.ones((3, 3), np.uint8)) > 0
    pen = np.zeros_like(dark)
    pen[:high, at : at + wide] = ink & near
    return pen


def _own(dark: Mask, left: int, right: int) -> Mask | None:
    """The pieces of ink that belong to the gap: no dots, no neighbours' letters, no line above or below."""
    high, wide = dark.shape
    count, labels, stats, centres = cv2.connectedComponentsWithStats(np.asarray(dark, np.uint8), connectivity=8)
    own = np.array([k > 0 and _is_own(stats[k], centres[k], left, right, high) for k in range(count)], np.bool_)
    if not own.any():
        return None
    mask = np.asarray(own[labels], np.bool_)
    columns = np.arange(wide)
    # ink that grew together with a neighbour's ends a little beyond the gap
    return mask & ((columns >= left - high // 8) & (columns < right + high // 8))[None, :]


def _is_own(
    stats: np.ndarray[tuple[int], np.dtype[np.int32]],
    centre: np.ndarray[tuple[int], np.dtype[np.float64]],
    left: int,
    right: int,
    high: int,
) -> bool:
    _, top, width, height, area = (int(value) for value in stats)
    if height < 0.2 * high and width < 0.25 * high:
        return False  # a dot or a speck; a stroke apart, as over a 5, is wider
    if height < 0.12 * high and top > 0.7 * high:
        return False  # a piece of a rule
    if not left <= centre[0] < right:
        return False
    cut = top == 0 or top + height == high
    return area > 6 and not (cut and height < _HALF * high)


def _strip(window: Pixels, kept: Mask) -> Pixels | None:
    rows, columns = np.flatnonzero(kept.any(axis=1)), np.flatnonzero(kept.any(axis=0))
    if not len(rows):
        return None
    near = cv2.dilate(np.asarray(kept, np.uint8), np.ones((3, 3), np.uint8)) > 0
    ink = np.where(near, 255 - window.astype(np.int16), 0)
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    deep = max(40.0, float(np.percentile(ink[ink > 60], 80))) if (ink > 60).any() else 255.0
    even = np.clip(ink * (255.0 / deep), 0, 255).astype(np.uint8)
    scale = _INK_HEIGHT / even.shape[0]
    wide = min(WIDTH - 2 * _MARGIN, max(1, round(even.shape[1] * min(scale, 3.0))))
    high = min(_INK_HEIGHT, max(1, round(even.shape[0] * 3.0)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(even, (wide, high), interpolation=method)
    strip = np.zeros((HEIGHT, WIDTH), np.uint8)
    top = (HEIGHT - high) // 2
    strip[top : top + high, _MARGIN : _MARGIN + wide] = small
    return strip
