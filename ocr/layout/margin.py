"""What stands on a page without being of the notice: page numbers, stamps of signatures, scraps of a seal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from ocr.layout.segment import Segment, beside
from ocr.page import Box

_PAGE_NUMBER = re.compile(r"\W{0,2}\d{1,3}\W{0,2}|trang \d{1,3}.*")
_STAMP = re.compile(r"ky boi|thoi gian ky|digitally signed|\S@\S+\.\w|\d\d:\d\d:\d\d|^\+\d\d:\d\d$|^co quan:")
_TOP_EDGE = 0.09  # share of the height; Decree 30 leaves 20 mm of 297 free, stamps stand there
_SMALL = 0.6  # em; the print of stamps, 6 to 7 points where the notice has 13 or 14
_EDGE = 0.1  # share of the height in which a lone number is the page's


def is_margin(segment: Segment, height: int, em: float, noise: Sequence[Box], all_of: Sequence[Segment]) -> bool:
    if _is_scrap(segment, em, noise, all_of):
        return True
    box = segment.box
    if box.bottom < _EDGE * height or box.top > (1 - _EDGE) * height:
        lone = not any(beside(segment, other) for other in all_of if other is not segment)
        if lone and (_PAGE_NUMBER.fullmatch(segment.bare) or len(segment.bare) < 3):
            return True
    if box.bottom > _TOP_EDGE * height:
        return False
    small = _letters(segment) < _SMALL * em
    return (
        bool(_STAMP.search(segment.bare))
        or small
        or (_letters(segment) < 0.75 * em and _stamp_near(segment, em, all_of))
    )


def _letters(segment: Segment) -> float:
    return float(median(word.box.height for word in segment.words))


def _stamp_near(segment: Segment, em: float, all_of: Sequence[Segment]) -> bool:
    reach = 6 * em
    near = (
        s for s in all_of if abs(s.box.top - segment.box.top) < reach and abs(s.middle - segment.middle) < 5 * reach
    )
    return any(_STAMP.search(other.bare) for other in near)


def _is_scrap(segment: Segment, em: float, noise: Sequence[Box], all_of: Sequence[Segment]) -> bool:
    """Is it no print: no letter or digit at all, or guesses in a seal?"""
    if not any(c.isalnum() for c in segment.text):
        return not _is_bullet(segment, em, all_of)
    confidence = max(word.confidence for word in segment.words)
    if any(_inside(segment.box, seal) for seal in noise):
        return confidence < 0.6
    return confidence < 0.3 and (segment.box.height > 2 * em or len(segment.bare) < 4)


def is_stroke(segment: Segment, em: float) -> bool:
    """Between titles and name stand seal and signature: what was read there that is no word."""
    letters = sum(c.isalpha() for c in segment.text)
    shape = segment.box.height > 1.8 * em or _letters(segment) < 0.5 * em
    return letters < 3 or (shape and max(word.confidence for word in segment.words) < 0.6)


def _is_bullet(segment: Segment, em: float, all_of: Sequence[Segment]) -> bool:
    """A dash with its text some way behind it, or the dash between two wide words of a justified line."""
    if not re.fullmatch(r"[-–—+*•]|[.,;:/]+", segment.text) or segment.box.height > em:
        return False
    return any(
        beside(segment, other) and 0 <= other.box.left - segment.box.right < 3 * em
        for other in all_of
        if any(c.isalnum() for c in other.text)
    )


def _inside(box: Box, other: Box) -> bool:
    """Does at least two thirds of the box's width and its middle row lie in the other?"""
    shared = min(box.right, other.right) - max(box.left, other.left)
    return shared * 3 >= box.width * 2 and other.top <= (box.top + box.bottom) / 2 <= other.bottom
