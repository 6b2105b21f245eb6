"""The line with the signer's name, read alone and more than once: a seal's edge and a pen's stroke touch its letters.

In a block the engine takes what hangs on the seal for part of it and loses the first letter, or the whole surname.
A band that holds that line only, enlarged, with the blackest ink alone, and cut close, reads nearly always; the
readings vote word by word from the right, as it is the left that differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from ocr.crops import Crop
from ocr.levels import level
from ocr.page import Box
from ocr.render import Pixels
from ocr.tesseract import ReadWord

_LEFT = 3.5  # heights of a line to the left of what was read in which a lost surname may stand
_ABOVE, _CLOSE, _BELOW = 0.12, 0.0, 0.2  # heights of a line around its print
_LARGER = 2.0
_INK = 70  # grey levels above the darkest print that still are print
_SIGNS = "-–—_~=:;.,+*'\"`“”‘’^°|/<>#"
_FIRST = 1.1  # what the reading in the block counts for: enlarged, fine marks are lost now and then
_MOST = 7  # words of a name

Line = list[ReadWord]


def name_of(lines: Sequence[Line]) -> Line | None:
    """The lowest line that ends like a person's name; None where there is none."""
    found = [line for line in lines if line and _is_name(line[-1]) and len(line) <= _MOST]
    return max(found, key=lambda line: line[-1].box.bottom, default=None)


def _is_name(word: ReadWord) -> bool:
    return len(word.text) > 1 and word.text.isalpha() and word.text[0].isupper() and word.text[1:].islower()


def bands(name: Line, grey: Pixels, left_edge: int) -> list[Crop]:
    """The line cut out three ways; nothing left of `left_edge` is taken."""
    top, bottom = (float(np.median([side(word.box) for word in name])) for side in (_top, _bottom))
    high = bottom - top
    left = max(left_edge, round(min(word.box.left for word in name) - _LEFT * high))
    right = min(grey.shape[1], round(max(word.box.right for word in name) + high))
    ends = max(0, round(top - _ABOVE * high)), max(0, round(top - _CLOSE * high))
    foot = min(grey.shape[0], round(bottom + _BELOW * high))
    wide, close = (grey[start:foot, left:right] for start in ends)
    if min(*wide.shape, *close.shape) < 4:
        return []
    dark = np.where(wide < level(wide, 2) + _INK, wide, np.uint8(255))
    large = [cv2.resize(piece, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC) for piece in (wide, close)]
    return [
        Crop(np.asarray(large[0], np.uint8), left, ends[0], _LARGER),
        Crop(np.asarray(dark, np.uint8), left, ends[0]),
        Crop(np.asarray(large[1], np.uint8), left, ends[1], _LARGER),
    ]


def _top(box: Box) -> int:
    return box.top


def _bottom(box: Box) -> int:
    return box.bottom


def voted(readings: Sequence[Line]) -> Line:
    """One reading of several: as many words as most have, each the one that most surely stands there.

    A word of which the readings differ is as sure as it would be with a share of all of them, twice over.

    >>> def line(text, sure=0.9): return [ReadWord(w, Box(i, 0, i + 1, 1), sure, 0) for i, w in enumerate(text.split())]
    >>> [(w.text, w.confidence) for w in voted([line("Thị Lan"), line("Lê Thị Lan"), line("Lễ Thị Lan", 0.45)])]
    [('Lê', 0.4254), ('Thị', 0.9), ('Lan', 0.9)]
    """
    neat = [line for line in map(_neat, readings) if line]
    if not neat:
        return []
    sizes: Counter[int] = Counter()
    for line in neat:
        sizes[len(line)] += round(1000 * sum(word.confidence for word in line) / len(line))
    size = max(sizes, key=lambda n: (sizes[n], n))
    return [_best([line[-place] for line in neat if len(line) >= place]) for place in range(size, 0, -1)]


def _best(words: Sequence[ReadWord]) -> ReadWord:
    weights: dict[str, float] = {}
    for place, word in enumerate(words):
        weights[word.text] = weights.get(word.text, 0.0) + word.confidence * (_FIRST if place == 0 else 1.0)
    text = max(weights, key=lambda one: weights[one])
    first = next(word for word in words if word.text == text)
    share = weights[text] / max(1e-6, sum(weights.values()))
    sure = max(word.confidence for word in words if word.text == text)
    return replace(first, confidence=round(sure * share**2, 4))


def _neat(line: Line) -> Line:
    """A line without scraps and signs at its ends."""
    words = [replace(word, text=word.text.strip(_SIGNS)) for word in line]
    while words and not (words[0].text[:1].isupper() and words[0].text.isalpha()):
        words.pop(0)
    while words and not words[-1].text.isalpha():
        words.pop()
    return words
