"""Segments → lines and blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ocr.layout.segment import Segment, segment_of
from ocr.page import Box, Region
from ocr.tesseract import ReadWord


@dataclass(frozen=True, slots=True)
class Row:
    """A line in reading order."""

    words: tuple[ReadWord, ...]
    box: Box
    region: Region
    block: int
    indent: float
    size: float


def rows_of(segments: list[Segment], region: Region, width: int, em: float, block: int) -> list[Row]:
    """Segments that share a row are one line; lines that follow closely are one block."""
    if not segments:
        return []
    lines = _joined(segments)
    edge = min(line.box.left for line in lines)
    far = max(line.box.right for line in lines)
    pitch = _pitch(lines)
    rows: list[Row] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and _begins_block(before, line, region, edge, far, pitch, em):
            block += 1
        heights = [word.box.height for word in line.words if len(word.text) > 1] or [line.box.height]
        indent = (line.box.left - edge) / max(width, 1)
        rows.append(Row(line.words, line.box, region, block, round(indent, 4), round(median(heights) / em, 2)))
    return rows


def _joined(segments: list[Segment]) -> list[Segment]:
    """One segment a row, top to bottom. What the engine had on one line stays there."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.box.top + s.box.bottom) / 2):
        home = next((row for row in rows[-4:] if _shares_row(segment, row)), None)
        if home is None:
            rows.append([segment])
        else:
            home.append(segment)
    joined = [segment_of(w for s in sorted(row, key=lambda s: s.box.left) for w in s.words) for row in rows]
    return sorted(joined, key=lambda s: (s.box.top + s.box.bottom) / 2)


def _shares_row(segment: Segment, row: list[Segment]) -> bool:
    if any(segment.words[0].line == other.words[0].line for other in row):
        return True
    near = min(row, key=lambda other: max(other.box.left - segment.box.right, segment.box.left - other.box.right))
    level = min(near.box.bottom, segment.box.bottom) - max(near.box.top, segment.box.top)
    apart = all(segment.box.left >= o.box.right - 2 or o.box.left >= segment.box.right - 2 for o in row)
    return apart and level > 0.55 * min(near.box.height, segment.box.height)


def _pitch(lines: list[Segment]) -> float:
    """The usual distance between the feet of neighbouring lines."""
    steps = [b.box.bottom - a.box.bottom for a, b in pairwise(lines)]
    return float(median(steps)) if steps else 0.0


def _begins_block(before: Segment, line: Segment, region: Region, edge: int, far: int, pitch: float, em: float) -> bool:
    if line.box.bottom - before.box.bottom > 1.35 * pitch:
        return True
    if region is not Region.BODY:
        return bool(re.match(r"[-–—+*]", line.text)) or "noi nhan" in before.bare
    if abs(line.middle - before.middle) < em and min(line.box.left, before.box.left) > edge + 2 * em:
        return False  # both centred: a title over several lines
    return before.box.right < far - 4 * em or line.box.left > before.box.left + 1.2 * em
