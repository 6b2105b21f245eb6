"""The second look: when a column is looked at again, and which specks are no words."""

from __future__ import annotations

import pytest

from ocr.layout.segment import Segment
from ocr.page import Box
from ocr.scan import _is_speck
from ocr.second import _is_doubtful
from ocr.tesseract import ReadWord

PITCH, HIGH, WIDE = 50, 30, 20  # of lines, of words and of a letter, in pixels


def line(text, number, middle=500):
    """A line of sure words around a middle."""
    left = middle - WIDE * len(text) // 2
    words = []
    for word in text.split():
        right = left + WIDE * len(word)
        words.append(ReadWord(word, Box(left, number * PITCH, right, number * PITCH + HIGH), 0.96, number))
        left = right + WIDE
    return words


def column(*rows):
    boxes = [Box(words[0].box.left, words[0].box.top, words[-1].box.right, words[0].box.bottom) for words in rows]
    return [Segment(tuple(words), box) for words, box in zip(rows, boxes, strict=True)]


@pytest.mark.parametrize(
    ("rows", "doubtful"),
    [
        ((("TM. ỦY BAN NHÂN DÂN", 500), ("CHỦ TỊCH", 500), ("Phan Quốc Thiều", 500)), False),
        ((("TM. ỦY BAN NHÂN DÂN", 500), ("Phan Quốc Thiều", 500)), True),  # the title is under the seal
        ((("TUQ. TRƯỞNG BAN", 500), ("Nông Thế Duẩn", 500)), True),
        ((("GIÁM ĐỐC", 500), ("Vưu Chí Thiện", 500)), False),
        ((("TUQ. CHỦ TỊCH", 500), ("ÒNG VĂN HÓA - XÃ HỘI", 600), ("Nguyễn Hữu Tín", 500)), True),  # its head is
    ],
)
def test_a_signature_without_its_title_is_looked_at_again(rows, doubtful):
    printed = column(*(line(text, number, middle) for number, (text, middle) in enumerate(rows)))
    assert _is_doubtful(printed, signs=True) is doubtful


def test_a_speck_is_no_letter():
    letter, speck = (ReadWord("L", Box(348, 1221, 348 + size, 1221 + size), 0.9, 1) for size in (12, 3))
    comma = ReadWord(",", Box(348, 1221, 351, 1224), 0.9, 1)
    assert [_is_speck(word, 200) for word in (letter, speck, comma)] == [False, True, False]
