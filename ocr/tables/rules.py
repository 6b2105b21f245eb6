"""Grey levels → rules: the straight dark pieces of one direction that are longer than any letter.

A rule is darker than what stands a little beside it, over a length that no letter has. That holds for faint and for
broken rules, and on uneven paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.render import Pixels

_BESIDE = 0.9  # mm from a rule to the paper it is compared with; rules are up to 0.8 mm wide
_CONTRAST = 22  # grey levels by which a rule is darker than the paper beside it
REACH = 7.0  # mm over which a rule is looked for: two lines of print, so that stems of letters leave it unfilled
_FILLED = 190  # of 255: how much of that length must be dark; three quarters, as copies break rules


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight piece of a rule. `at`: its middle across, `lean`: how much that grows a pixel along it."""

    at: float
    lean: float
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def rules_of(grey: Pixels, unit: float, *, upright: bool) -> tuple[Pixels, list[Rule]]:
    """The ink of a direction and its rules; upright ones as if they ran from left to right."""
    ink = _rule_ink(grey, unit, upright=upright)
    filled = _filled(ink, unit, upright=upright)
    if cv2.countNonZero(filled) < 2 * REACH * unit:
        return ink, []
    return ink, _rules(filled.T if upright else filled, unit)


def _rule_ink(grey: Pixels, unit: float, *, upright: bool) -> Pixels:
    """255 where a pixel is darker than the paper on both sides of a rule through it."""
    step = max(2, round(_BESIDE * unit))
    before, middle, after = slice(None, -2 * step), slice(step, -step), slice(2 * step, None)
    across = (lambda part: (slice(None), part)) if upright else (lambda part: (part, slice(None)))
    paper = cv2.min(grey[across(before)], grey[across(after)])
    darker = cv2.subtract(paper, grey[across(middle)])
    ink = np.zeros_like(grey)
    ink[across(middle)] = cv2.threshold(darker, _CONTRAST, 255, cv2.THRESH_BINARY)[1]
    return ink


def _filled(ink: Pixels, unit: float, *, upright: bool) -> Pixels:
    """255 where a long stretch of ink lies along a rule's direction."""
    reach = round(REACH * unit)
    wide = cv2.dilate(ink, np.ones((1, 3) if upright else (3, 1), np.uint8))
    share = cv2.blur(wide, (1, reach) if upright else (reach, 1))
    return np.asarray(cv2.threshold(share, _FILLED, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _rules(mask: Pixels, unit: float) -> list[Rule]:
    """The rules of a mask in which they run from left to right."""
    x, y, wide, high = cv2.boundingRect(np.ascontiguousarray(mask))
    mask = np.ascontiguousarray(mask[y : y + high, x : x + wide])
    lost = round(REACH * unit / 4)  # a rule's ends fill less of the window than its middle
    rules = []
    for left, top, xs, ys in _strokes(mask, least=REACH * unit / 3):
        first, last = x + left, x + left + int(xs.max()) + 1
        if ys.size > 2.2 * unit * (last - first):
            continue
        lean = _slope(xs, ys) if last - first > 20 * unit else 0.0
        if abs(lean) < 0.05:
            rules.append(Rule(y + top + float(ys.mean()), lean, max(0, first - lost), last + lost))
    return rules


def _strokes(mask: Pixels, least: float) -> Iterator[tuple[int, int, NDArray[np.intp], NDArray[np.intp]]]:
    """What hangs together and is at least so wide: its left, its top, and its pixels within. Outlines tell how wide it
    is; OpenCV's statistics of all components take four times as long as finding them."""
    labels = cv2.connectedComponents(mask, connectivity=8, ltype=cv2.CV_32S)[1]
    outlines, levels = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline, (_, _, _, parent) in zip(outlines, levels[0] if levels is not None else (), strict=True):
        left, top, width, height = cv2.boundingRect(outline)
        if parent < 0 and width >= least:  # a hole has a parent
            column, row = outline[0, 0].tolist()
            found.append((int(labels[row, column]), left, top, width, height))
    for label, left, top, width, height in sorted(found):
        ys, xs = np.nonzero(labels[top : top + height, left : left + width] == label)
        yield left, top, xs, ys


def _slope(xs: NDArray[np.intp], ys: NDArray[np.intp]) -> float:
    """Of the straight line that lies nearest to the points, pixels up or down a pixel along."""
    away = xs - xs.mean()
    return float((away * ys).sum() / (away * away).sum())
