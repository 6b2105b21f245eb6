"""Where a clerk fills in the number: between `Số` and what is printed behind it, a stroke or the dash of the Party."""

from __future__ import annotations

import pytest

from ocr.gaps import number_gap
from ocr.layout import Row
from ocr.page import Box, Region
from ocr.tesseract import ReadWord


def row(*words: tuple[str, int, int]) -> Row:
    """A line of the left column: each word with its left and right edge."""
    read = tuple(ReadWord(text, Box(left, 100, right, 130), 0.9, 0) for text, left, right in words)
    return Row(read, Box(words[0][1], 100, words[-1][2], 130), Region.LEFT, 0, 0.0, 30.0)


@pytest.mark.parametrize(
    ("words", "left", "right"),
    [
        ((("Số:", 0, 40), ("316", 60, 110), ("/TB-STNMT", 120, 280)), 41, 119),
        ((("Số:", 0, 40), ("12", 60, 100), ("/TB-SNN", 110, 230)), 41, 109),
        ((("Số", 0, 40), ("47", 60, 100), ("-KL/HU", 110, 230)), 41, 109),
        ((("Số", 0, 40), ("##", 60, 100), ("-KL", 110, 160), ("/HU", 162, 230)), 41, 109),
        ((("Số", 0, 40), ("47-KL/HU", 60, 220)), 41, 99),
    ],
)
def test_the_gap_ends_where_the_printed_symbol_begins(words, left, right):
    gap = number_gap(row(*words))
    assert gap is not None
    assert (gap.box.left, gap.box.right) == (left, right)
