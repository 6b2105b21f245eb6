"""Streaks of drum and glass taken out: straight upright lines over the whole height of what a scanner gives.

A streak makes a scratch of one to four pixels at the same place in every line: letters there are misread, words are cut
in two, and together with the rules of a table it makes cells of whole paragraphs. It stands upright on the image
whichever way the paper lies, so it is looked for before the page is turned; rules of tables end before the margins do.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.levels import level
from ocr.render import Pixels

_STEP = 3  # every third row is looked at
_BESIDE = 0.75  # mm from a streak to the paper on its sides
_WIDEST = 0.6  # mm
_DARKER = 6  # grey levels below the paper on both sides
_PAPER = 40  # grey levels below the lightest that still are paper
_BANDS = 12  # of the page's height, in nearly all of which the streak must show
_SHOWS = 0.7  # share of a band's paper that must be darker
_LEAST_BANDS = 11
_OPAQUE = 90  # a streak as dark as this hides what is below it; a paler one only darkens


def without_streaks(grey: Pixels, dpi: int) -> Pixels | None:
    """The page without its streaks; None where there are none.

    >>> page = np.full((600, 400), 250, np.uint8)
    >>> page[:, 200:202] -= 40
    >>> int(without_streaks(page, 150).min())
    250
    >>> without_streaks(np.full((600, 400), 250, np.uint8), 150) is None
    True
    """
    reach = max(3, round(_BESIDE / 25.4 * dpi))
    if grey.shape[1] < 8 * reach or grey.shape[0] < 4 * _BANDS * _STEP:
        return None
    columns = _streaks(grey, reach, _WIDEST / 25.4 * dpi)
    if not columns:
        return None
    mended = grey.copy()
    for first, last in columns:
        _mend(mended, first, last, reach)
    return mended


def _streaks(grey: Pixels, reach: int, widest: float) -> list[tuple[int, int]]:
    """First and last column of each streak."""
    rows = grey[::_STEP]
    paper = rows > level(rows[:, ::_STEP], 80) - _PAPER
    beside = cv2.min(rows[:, : -2 * reach], rows[:, 2 * reach :])
    lies_bare = paper[:, : -2 * reach] & paper[:, 2 * reach :]
    darker = (cv2.subtract(beside, rows[:, reach:-reach]) >= _DARKER) & lies_bare
    shows = np.zeros(darker.shape[1], int)
    for bare, dark in zip(np.array_split(lies_bare, _BANDS), np.array_split(darker, _BANDS), strict=True):
        count = bare.sum(axis=0)
        shows += (dark.sum(axis=0) >= _SHOWS * count) & (count >= 0.2 * len(bare))
    found = np.flatnonzero(shows >= _LEAST_BANDS) + reach
    return [(int(run[0]), int(run[-1])) for run in _runs(found) if run.size and run[-1] - run[0] < widest]


def _runs(columns: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    return np.split(columns, np.flatnonzero(np.diff(columns) > 2) + 1)


def _mend(grey: Pixels, first: int, last: int, reach: int) -> None:
    """Lighten what the streak has darkened, its pale sides too; draw through what it has hidden."""
    left, right = max(0, first - 1), min(grey.shape[1] - 1, last + 1)
    sides = cv2.min(grey[:, max(0, left - reach)], grey[:, min(grey.shape[1] - 1, right + reach)]).ravel()
    bare = sides > level(np.asarray(sides, np.uint8), 80) - _PAPER
    for column in range(left, right + 1):
        lost = float(np.median(sides[bare].astype(np.int16) - grey[bare, column])) if bare.any() else 0.0
        if lost >= _OPAQUE:
            share = (column - left + 1) / (right - left + 2)
            a, b = grey[:, max(0, left - 1)], grey[:, min(grey.shape[1] - 1, right + 1)]
            grey[:, column] = np.rint(a * (1 - share) + b * share).astype(np.uint8)
        elif lost > 0:
            grey[:, column] = np.minimum(grey[:, column].astype(np.int16) + round(lost), 255)
