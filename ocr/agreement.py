"""Does a page's text layer say what stands on the page? A few lines of it are read quickly and compared.

Layers lie: fonts without a table of letters, another engine's reading of a bad scan, a form's text under another
print. Their letters may look right one by one (`formats.pdf.is_usable`), so what decides is the print.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import cv2
import numpy as np

from ocr.formats.pdf import LayerWord, text_layer, without_stamps
from ocr.limits import Limits
from ocr.render import PageTrouble, Pixels, render
from ocr.source import Source
from ocr.tesseract import Engine, EngineTrouble, ReadWord, Task, words_of

_DPI = 150
_POINTS = 72.0
_LINES = 6  # that are read; about sixty words
_ROOM = 6.0  # points around them
_SURE = 0.6  # confidence from which on a word that was read counts
_LEAST = 8  # such words, without which nothing is said against the layer
_AGREED = 0.5  # share of them that the layer has; right layers have 0.9 and more, wrong ones under 0.1


def agrees(source: Source, number: int, limits: Limits, engine: Engine, folder: Path) -> bool:
    """Compare page `number`'s layer with its print. A page that cannot be rendered or read has nothing against it.

    Not for layers of a legacy encoding: their print may be in a font that the machine lacks.
    """
    given = text_layer(source.path, number, number, limits.probe_seconds).get(number, [])
    lines = fullest(without_stamps(given))
    if not lines:
        return True
    try:
        image = render(source, number, _DPI, limits)
        strip = _strip(image.grey, lines, image.dpi / _POINTS)
        if not strip.size:
            return False  # it lies beside the page
        read = _read(strip, image.dpi, engine, folder / f"layer-{number}.pgm")
    except (PageTrouble, EngineTrouble, cv2.error, MemoryError):
        return True
    return share_in(read, lines) >= _AGREED


def fullest(words: Sequence[LayerWord]) -> list[LayerWord]:
    """The words of the lines next to each other that have most of them."""
    lines: dict[int, list[LayerWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    rows = sorted(lines.values(), key=lambda row: min(word.top for word in row))
    windows = [list(chain(*rows[k : k + _LINES])) for k in range(max(1, len(rows) - _LINES + 1))]
    return max(windows, key=len, default=[])


def share_in(read: Sequence[ReadWord], layer: Sequence[LayerWord]) -> float:
    """The share of the words read for sure that the layer has, marks and case aside; 1 where there are too few.

    >>> from ocr.page import Box
    >>> word = ReadWord("Thông", Box(0, 0, 9, 9), 0.9, 1)
    >>> share_in([word] * 8, [LayerWord("thông", 0, 0, 9, 9, 1, 1)])
    1.0
    """
    sure = [bare for word in read if word.confidence >= _SURE and len(bare := _bare(word.text)) > 1]
    has = {_bare(word.text) for word in layer}
    return sum(word in has for word in sure) / len(sure) if len(sure) >= _LEAST else 1.0


def _bare(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in spread if letter.isalnum())


def _strip(grey: Pixels, lines: Sequence[LayerWord], scale: float) -> Pixels:
    """The part of the page on which the words are said to stand."""
    left, top = (max(0.0, min(edges) - _ROOM) for edges in ([w.left for w in lines], [w.top for w in lines]))
    right, bottom = (max(edges) + _ROOM for edges in ([w.right for w in lines], [w.bottom for w in lines]))
    part = grey[round(top * scale) : round(bottom * scale), round(left * scale) : round(right * scale)]
    return np.ascontiguousarray(part)


def _read(strip: Pixels, dpi: int, engine: Engine, file: Path) -> list[ReadWord]:
    cv2.imwrite(str(file), strip)
    try:
        return words_of(engine.read(file, dpi, Task.BLOCK))
    finally:
        file.unlink(missing_ok=True)
