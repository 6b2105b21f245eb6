"""Words with boxes → lines in reading order, letterhead and signature block kept apart.

Everything is measured in `em`, the usual height of a word on the page, and in shares of the page, so that it
holds for any resolution.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr.layout.columns import Zone, find_zones
from ocr.layout.margin import is_margin, is_stroke
from ocr.layout.rows import Row, rows_of
from ocr.layout.segment import Segment, letter_height, segments_of, without
from ocr.page import Box, Region
from ocr.tesseract import ReadWord

_SMEAR = re.compile(r"[_ˆˇ˜¨˙|~=`´‹›«»¬¦‘’'\"^°*<>\\\\]+")  # rules, edges and strokes that were read as signs

__all__ = ["Layout", "Row", "Zone", "arrange"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A page in reading order: its lines, the pairs of columns among them, and the usual height of a word."""

    rows: tuple[Row, ...]
    zones: tuple[Zone, ...]
    em: float


def arrange(words: Sequence[ReadWord], width: int, height: int, noise: Sequence[Box] = ()) -> Layout:
    """Order the words of a page of `width` x `height` pixels.

    `noise`: boxes of seals; what was read in them with little confidence goes to the margin.
    """
    words = [word for word in words if not _SMEAR.fullmatch(word.text)]
    em = letter_height(words)
    segments = segments_of(words, em)
    margin = [s for s in segments if is_margin(s, height, em, noise, segments)]
    left_over = without(segments, margin)
    zones = find_zones(left_over, width, em)
    strokes = [s for zone in zones if zone.signed for s in zone.right if is_stroke(s, em)]
    margin += strokes
    left_over = without(left_over, strokes)
    zones = [replace(zone, right=tuple(without(zone.right, strokes))) for zone in zones]
    rows: list[Row] = []
    for region, group in _in_order(left_over, zones):
        rows += rows_of(group, region, width, em, rows[-1].block + 1 if rows else 0)
    block = rows[-1].block + 1 if rows else 0
    rows += rows_of(margin, Region.MARGIN, width, em, block)
    return Layout(tuple(rows), tuple(zones), em)


def _in_order(segments: list[Segment], zones: list[Zone]) -> list[tuple[Region, list[Segment]]]:
    """Body and columns from top to bottom: all of the left column, then all of the right one."""
    taken = frozenset().union(*(zone.members for zone in zones)) if zones else frozenset()
    body = sorted((s for s in segments if id(s) not in taken), key=lambda s: s.box.top)
    groups: list[tuple[Region, list[Segment]]] = []
    for zone in sorted(zones, key=lambda zone: zone.top):
        above = [s for s in body if (s.box.top + s.box.bottom) / 2 < zone.top]
        groups += [(Region.BODY, above), (Region.LEFT, list(zone.left)), (Region.RIGHT, list(zone.right))]
        body = without(body, above)
    groups.append((Region.BODY, body))
    return [(region, group) for region, group in groups if group]
