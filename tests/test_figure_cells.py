"""Lists of figures in cells, read once more: what two readings say, and what only one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from ocr.clean import CleanPage
from ocr.page import Box
from ocr.tables.figures import figures_again
from ocr.tables.ink import ink_of
from ocr.tables.sheet import Inked
from ocr.tesseract import HEADER, ReadWord, Task

UNIT = 200 / 25.4


@dataclass
class Says:
    """An engine that reads one line after the other of what it is told, and keeps what it was asked for."""

    lines: Sequence[str]
    asked: list[Task] = field(default_factory=list)

    def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
        self.asked.append(task)
        return HEADER + f"5\t1\t1\t1\t1\t1\t14\t14\t100\t20\t0\t{self.lines[len(self.asked) - 1]}\n"


def read(first: str, again: Sequence[str], tmp_path: Path, sure: float = 0.5) -> tuple[str, float, list[Task]]:
    """The cell's text and confidence by all readings, and what the engine was asked."""
    page = np.full((90, 300), 245, np.uint8)
    page[40:60, 40:200] = 20
    ink = ink_of(page, Box(10, 10, 290, 80), UNIT)
    assert ink is not None
    words = tuple(ReadWord(text, ink.box, sure, 0) for text in first.split())
    engine = Says(again)
    clean = CleanPage(page, None, 200, 0.0, (), ())
    found = {7: words} | figures_again({7: words}, [[Inked(7, ink)]], clean, engine, tmp_path / "cells.png")
    return " ".join(word.text for word in found[7]), found[7][0].confidence, engine.asked


@pytest.mark.parametrize(
    ("first", "again", "held", "confidence"),
    [
        ("1,4, 8, I8, I9", ["1,4.8,18,19"], "1,4,8,18,19", 0.95),  # letters drawn like figures
        ("2;:5;.6, 8, 1L, 13", ["2,5,6,9,11,13", "2,5,6,9,11,13"], "2,5,6,9,11,13", 0.95),
        ("7,5, 6,11; 17", ["2,5,6,11,17", "2,5,6,1,17"], "2,5,6,11,17", 0.3),  # the only one that rises
        ("2,5, 6,10,7", ["2,5,6,10,7"], "2,5,6,10,7", 0.3),  # both say so, but no list falls
        ("2x0; 0; 6, 10", ["2;0;;6,10,11", "2,9,6,10"], "2x0; 0; 6, 10", 0.3),  # none does
    ],
)
def test_two_readings_decide_a_list(first: str, again: list[str], held: str, confidence: float, tmp_path: Path) -> None:
    text, sure, asked = read(first, again, tmp_path)
    assert (text, sure) == (held, confidence)
    assert asked == [Task.FIGURES] * len(again)


def test_a_figure_read_twice_in_two_ways_stays_as_it_was(tmp_path: Path) -> None:
    page = np.full((300, 300), 245, np.uint8)
    for top in (20, 90, 160, 230):
        page[top : top + 25, 100:125] = 20
    column = []
    for index, top in enumerate((20, 90, 160, 230)):
        ink = ink_of(page, Box(80, top - 15, 150, top + 45), UNIT)
        assert ink is not None
        column.append(Inked(index, ink))
    found = {k: (ReadWord(text, column[k].ink.box, 0.9, 0),) for k, text in enumerate(("II", "7", "12", "9"))}
    clean = CleanPage(page, None, 200, 0.0, (), ())
    again = figures_again(found, [column], clean, Says(["1", "17"]), tmp_path / "cells.png")
    assert again == {0: found[0]}
    agreed = figures_again(found, [column], clean, Says(["11"]), tmp_path / "cells.png")
    assert [word.text for word in agreed[0]] == ["11"]


@pytest.mark.parametrize("first", ["12,5", "1.234, 5.678", "Giao thông, Thủy lợi", "6", "2, 5, 17"])
def test_what_is_no_doubtful_list_is_not_read_again(first: str, tmp_path: Path) -> None:
    text, _, asked = read(first, [], tmp_path, sure=0.97)
    assert (text, asked) == (first, [])
