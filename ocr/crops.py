"""Pieces cut out of a page, read once more below each other in one run of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from ocr.page import Box
from ocr.render import Pixels
from ocr.tesseract import Engine, ReadWord, Task, words_of

_ROOM = 20  # white pixels around each crop, as Tesseract wants
_NEW_LINES = 100_000  # the engine's line numbers start here for the second reading


@dataclass(frozen=True, slots=True)
class Crop:
    """A piece of the page and where its left top corner lies; `scale`: how many times larger it was made."""

    pixels: Pixels
    left: int
    top: int
    scale: float = 1.0


def read_crops(crops: Sequence[Crop], engine: Engine, dpi: int, file: Path) -> list[list[list[ReadWord]]]:
    """Lines of words of each crop, in the page's pixels. Raises EngineTrouble."""
    if not crops:
        return []
    width = max(crop.pixels.shape[1] for crop in crops) + 2 * _ROOM
    tops, pieces, at = [], [], 0
    for crop in crops:
        high, wide = crop.pixels.shape
        piece = np.full((high + 2 * _ROOM, width), 255, np.uint8)
        piece[_ROOM : _ROOM + high, _ROOM : _ROOM + wide] = crop.pixels
        tops.append(at)
        pieces.append(piece)
        at += high + 2 * _ROOM
    cv2.imwrite(str(file), np.vstack(pieces))
    try:
        words = words_of(engine.read(file, dpi, Task.BLOCK))
    finally:
        file.unlink(missing_ok=True)
    return [
        lines_of(_moved(word, crop, top, place) for word in words if top <= word.box.top < top + len(piece))
        for place, (crop, top, piece) in enumerate(zip(crops, tops, pieces, strict=True))
    ]


def _moved(word: ReadWord, crop: Crop, top: int, place: int) -> ReadWord:
    """A word of the sheet, on the page."""
    xs = [crop.left + (x - _ROOM) / crop.scale for x in (word.box.left, word.box.right)]
    ys = [crop.top + (y - _ROOM - top) / crop.scale for y in (word.box.top, word.box.bottom)]
    left, upper = max(0, round(xs[0])), max(0, round(ys[0]))
    box = Box(left, upper, max(left, round(xs[1])), max(upper, round(ys[1])))
    return replace(word, box=box, line=word.line + _NEW_LINES + place * 10_000)


def lines_of(words: Iterable[ReadWord]) -> list[list[ReadWord]]:
    """Words by their lines."""
    lines: dict[int, list[ReadWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())
