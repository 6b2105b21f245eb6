"""Cells that hold a list of figures (`2, 5, 6, 10`), or one among others, read once more where they are doubtful.

Single figures between commas are what the engine reads worst, and tables tell by them which criteria a commune lacks.
Read smaller and with nothing but figures allowed, 57 of 68 such cells of three notices at three levels of wear came
out right, by the first reading 49; where both say the same (39), both are right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

from ocr.clean import CleanPage
from ocr.tables.sheet import Inked
from ocr.tables.sheet_words import read_sheet
from ocr.tesseract import Engine, ReadWord, Task

Words = tuple[ReadWord, ...]

_SIZES = (0.8, 1.25)  # of the page
_DOUBT = 0.9  # confidence of a word under which the cell is read again
_AGREED = 0.95  # of what two readings say
_APART = 0.3  # of what only one does: as the engine says of what is right in seven cases of ten
_FIGURE = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[.,;-]+")
_DRAWN_ALIKE = str.maketrans("IlóOoS", "116005")
_ODD_FIGURE = re.compile(r"[\dIlïÌÍỊi¡!|†SsŠðgoóọØ§Z'’.]{0,4}")
_FEWEST = 3  # figures that make a column one of figures
_LETTERS = 3  # more are words, not misread figures


def figures_again(
    found: Mapping[int, Words], columns: Sequence[Sequence[Inked]], page: CleanPage, engine: Engine, file: Path
) -> dict[int, Words]:
    """What doubtful figures hold by all readings. `found`: words by the cell's number, of the first reading."""
    doubtful = [cell for column in columns for cell in _doubtful(column, found)]
    readings = {cell.index: [found.get(cell.index, ())] for cell in doubtful}
    for size in _SIZES:
        left = [cell for cell in doubtful if _agreed(readings[cell.index]) is None]
        for index, words in read_sheet(left, (), page, engine, file, Task.FIGURES, size).items():
            readings[index].append(tuple(replace(word, text=_SEPARATORS.sub(",", word.text)) for word in words))
    return {index: _decided(ways) for index, ways in readings.items() if len(ways) > 1}


def _doubtful(column: Sequence[Inked], found: Mapping[int, Words]) -> list[Inked]:
    """The cells of a column that hold a doubtful list, or that stand among figures and are none: `II` for 11."""
    texts = [" ".join(word.text for word in found.get(cell.index, ())) for cell in column]
    figures = sum(text.isdecimal() for text in texts)
    among = figures >= _FEWEST and 2 * figures >= len(column)
    return [
        cell for cell, text in zip(column, texts, strict=True)
        if _is_doubtful_list(found.get(cell.index, ())) or (among and _is_odd_figure(text))
    ]  # fmt: skip


def _is_odd_figure(text: str) -> bool:
    """Nothing, or what a figure was misread as: `II`, `l6`, `1g`; not 12,5 nor a word."""
    return not text.isdecimal() and _ODD_FIGURE.fullmatch(text) is not None


def _is_doubtful_list(words: Words) -> bool:
    """Short figures with commas between, one of them unsure or with a sign that no list has: `2,3, 5,6, 10, T1`."""
    text = " ".join(word.text for word in words)
    figures = _FIGURE.findall(text)
    apart = len(re.findall(r"[,;]\s", text))  # 12,5 is one number
    if sum(c.isalpha() for c in text) > _LETTERS or not apart or max(map(len, figures), default=3) > 2:
        return False
    return any(word.confidence < _DOUBT for word in words) or bool(re.search(r"[^\d,; ]", text))


def _decided(readings: Sequence[Words]) -> Words:
    """What a cell holds: what two readings say, else one that rises as lists do, the second before the others."""
    first, second, *others = readings
    if (agreed := _agreed(readings)) is not None:
        return _as_sure(agreed, _AGREED if first and _rises(_figures(agreed)) else _APART)
    if len(_figures(first)) == 1:
        return first  # a figure alone rises whatever it is
    rising = [words for words in (second, first, *others) if _rises(_figures(words))]
    return _as_sure([*rising, first][0], _APART)


def _agreed(readings: Sequence[Words]) -> Words | None:
    """The last of two readings that say the same."""
    for one, two in combinations(reversed(readings), 2):
        if _figures(one) == _figures(two):
            return one
    return None


def _as_sure(words: Words, confidence: float) -> Words:
    """With a confidence of ours: where few signs are allowed the engine's own says nothing, often 0."""
    return tuple(replace(word, confidence=confidence) for word in words)


def _figures(words: Words) -> list[int]:
    return [int(figure) for word in words for figure in _FIGURE.findall(word.text.translate(_DRAWN_ALIKE))]


def _rises(figures: Sequence[int]) -> bool:
    return all(a < b for a, b in pairwise(figures))
