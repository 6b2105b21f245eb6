"""Each step of the preparation on a page drawn here, and what tells a pen from print."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.clean import CleanPage, clean, find_seals, is_uneven, paper_of, red_ink, skew, turned
from ocr.hand import PLACEHOLDER, mark_hand
from ocr.layout import arrange
from ocr.page import Box
from ocr.render import PageImage
from ocr.tesseract import ReadWord

DPI = 200


def page(lines: int = 30) -> np.ndarray:
    paper = np.full((2339, 1654), 255, np.uint8)
    for k in range(lines):
        cv2.putText(paper, "Thuc hien Ke hoach so 18 ve viec xay dung", (200, 300 + 55 * k), 0, 1.4, 0, 2)
    return paper


@pytest.mark.parametrize("angle", [-2.0, -0.6, 0.8, 1.8])
def test_the_skew_of_a_page_is_found_and_taken_back(angle):
    assert skew(turned(page(), -angle)) == pytest.approx(angle, abs=0.15)


def test_a_level_page_and_an_empty_page_are_left_as_they_are():
    assert abs(skew(page())) < 0.2
    assert skew(np.full((2339, 1654), 255, np.uint8)) == 0.0


def test_only_uneven_paper_is_evened():
    shade = np.linspace(1.0, 0.7, 1654)[None, :]
    assert not is_uneven(paper_of(page()))
    shaded = np.asarray(page() * shade, np.uint8)
    assert is_uneven(paper_of(shaded))
    assert np.median(clean(PageImage(shaded, None, DPI)).grey[:, -200:]) > 245


def test_specks_go_and_dots_stay():
    noisy = page()
    cv2.circle(noisy, (214, 240), 1, 0, -1)  # a dot close above a letter
    spots = np.random.default_rng(1).integers((20, 20), (1600, 2300), (2000, 2))
    for x, y in spots.tolist():
        noisy[y : y + 2, x : x + 2] = 0
    cleaned = clean(PageImage(noisy, None, DPI))
    assert "specks" in cleaned.steps
    assert (cleaned.grey[2000:] < 128).mean() < 0.1 * (noisy[2000:] < 128).mean()


def test_a_seal_is_found_and_an_urgency_stamp_is_not():
    colour = np.full((2339, 1654, 3), 255, np.uint8)
    cv2.circle(colour, (1000, 1800), 140, (40, 40, 220), 10)
    cv2.circle(colour, (1000, 1800), 60, (40, 40, 220), -1)
    cv2.circle(colour, (1000, 1800), 100, (40, 40, 220), 30)
    cv2.rectangle(colour, (200, 500), (420, 560), (40, 40, 220), 6)
    (seal,) = find_seals(red_ink(colour), DPI)
    assert Box(seal.left, seal.top, seal.right, seal.bottom).width == pytest.approx(290, abs=20)
    assert abs((seal.left + seal.right) // 2 - 1000) < 10


def test_boxes_go_back_to_the_page_as_it_was_rendered():
    cleaned = CleanPage(np.zeros((2000, 1000), np.uint8), None, DPI, 2.0, (), ())
    back = cleaned.original(Box(900, 100, 960, 130))
    assert (back.width, back.height) == (60, 30)
    assert abs(back.top - 100) == pytest.approx(430 * np.sin(np.radians(2.0)), abs=2)


def head(number_stroke: int, day_stroke: int, number_size: float, day_size: float, month_by_hand: bool = False):
    """A letterhead drawn here: words as an engine gives them, and its page."""
    paper = np.full((2339, 1654), 255, np.uint8)
    words = []

    def put(text: str, x: int, y: int, line: int, size: float = 1.2, stroke: int = 2, read: bool = True) -> None:
        (width, height), _ = cv2.getTextSize(text, 0, size, stroke)
        cv2.putText(paper, text, (x, y), 0, size, 0, stroke, cv2.LINE_AA)
        if read:
            words.append(ReadWord(text, Box(x, y - height, x + width, y + 3), 0.95, line))

    for k, word in enumerate(["UBND", "TINH"]):
        put(word, 250 + 130 * k, 230, 1)
    at = 700
    for word in ["CONG", "HOA", "XA", "HOI", "CHU", "NGHIA"]:
        put(word, at, 230, 1)
        at = words[-1].box.right + 12
    put("So:", 250, 330, 3)
    put("45", 330, 330, 3, number_size, number_stroke)
    put("/TB-UBND", 440, 330, 3)
    put("ngay", 950, 330, 4)
    put("17", 1060, 330, 4, day_size, day_stroke, read=day_stroke == 2)
    for k, word in enumerate(["thang", "11", "nam", "2023"]):
        pen = (1.6, 6) if word == "11" and month_by_hand else (1.2, 2)
        put(word, 1150 + 125 * k, 330, 4, *pen)
    return words, CleanPage(paper, None, DPI, 0.0, (), ())


def flagged(words, drawn):
    rows = arrange(words, 1654, 2339).rows
    return [w.text for row in mark_hand(rows, drawn) for w in row.words if w.by_hand]


def test_print_in_the_gaps_is_not_flagged():
    assert flagged(*head(2, 2, 1.2, 1.2)) == []


def test_a_pen_in_the_number_is_flagged():
    assert flagged(*head(6, 2, 1.6, 1.2)) == ["45"]


def test_ink_that_the_engine_did_not_read_is_read_as_digits():
    assert flagged(*head(2, 6, 1.2, 1.6)) == ["17"]


def test_day_and_month_by_hand_are_both_flagged():
    assert flagged(*head(2, 6, 1.2, 1.6, month_by_hand=True)) == ["17", "11"]


def test_ink_that_nobody_can_read_gets_a_placeholder():
    words, drawn = head(2, 6, 1.2, 1.6)
    struck = [(1056 + 7 * k, (292, 336)[k % 2]) for k in range(9)]
    cv2.polylines(drawn.grey, [np.array(struck)], False, 0, 6)
    assert flagged(words, drawn) == [PLACEHOLDER]
