"""A sheet of cells through the engine: the words of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2

from ocr.clean import CleanPage
from ocr.levels import level
from ocr.page import Box
from ocr.tables.sheet import Inked, Piece, deal, on_page, pieces_of, sheet_of
from ocr.tesseract import Engine, EngineTrouble, ReadWord, Task, words_of


def read_sheet(
    cells: Sequence[Inked],
    guides: Sequence[Inked],
    page: CleanPage,
    engine: Engine,
    file: Path,
    task: Task = Task.BLOCK,
    size: float = 1.0,
) -> dict[int, tuple[ReadWord, ...]]:
    """The words of each cell by its number, on the upright page; cells that could not be read are absent.

    `size`: how large the sheet is shown to the engine. A failing engine gives nothing.
    """
    pieces = pieces_of(cells, page, guides)
    if not pieces:
        return {}
    sheet = sheet_of(pieces, int(level(page.grey[::8, ::8], 70)))
    shown = sheet if size == 1.0 else cv2.resize(sheet, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(file), shown)
    try:
        words = words_of(engine.read(file, round(page.dpi * size), task))
    except EngineTrouble:
        return {}
    finally:
        file.unlink(missing_ok=True)
    return _dealt([_resized(word, 1 / size) for word in words], pieces)


def _dealt(words: Sequence[ReadWord], pieces: Sequence[Piece]) -> dict[int, tuple[ReadWord, ...]]:
    """The words of each cell, of a cell that lies there both ways up the better reading."""
    dealt: dict[int, list[ReadWord]] = {}
    for word in words:
        for index, part in deal(word, pieces):
            dealt.setdefault(index, []).append(part)
    best: dict[int, tuple[ReadWord, ...]] = {}
    for index, piece in enumerate(pieces):
        own = tuple(on_page(_neat(word), piece) for word in dealt.get(index, ()) if _is_print(word))
        rival = best.get(piece.cell.index)
        if own and not piece.guides and (rival is None or _weight(own) > _weight(rival)):
            best[piece.cell.index] = own
    return best


def _resized(word: ReadWord, by: float) -> ReadWord:
    box = word.box
    return replace(word, box=Box(*(round(side * by) for side in (box.left, box.top, box.right, box.bottom))))


def _neat(word: ReadWord) -> ReadWord:
    """Without what edges are read as; the Icelandic Ð looks like Đ and stands in no Vietnamese word."""
    return replace(word, text=word.text.replace("Ð", "Đ").strip("_|[]~") or word.text)


def _is_print(word: ReadWord) -> bool:
    return any(c.isalnum() or c in "+-–✓()/%" for c in word.text)


def _weight(words: Sequence[ReadWord]) -> float:
    return sum(word.confidence**2 * len(word.text) for word in words)
