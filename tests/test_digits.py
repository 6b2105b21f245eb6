"""Digits filled in by hand: their strip, their reading, and what the rest of the notice makes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import cv2
import numpy as np
import pytest

from extract.parts.zones import Zones, find_zones
from extract.reading import Reading
from extract.rules.by_hand import weigh_date, weigh_number
from extract.rules.issue_date import find_issued
from extract.rules.number import find_number
from normalize.text import from_pages
from ocr.digits import MODEL, read_day, read_number
from ocr.page import Box, Guess, Line, Page, Region, Word
from ocr.slot import HEIGHT, WIDTH, strip_of
from tests.notices import FOOT
from tools.digit_strips import make_strips
from tools.pen_digits import draw_hand, ink, new_hand

GAP = Box(60, 0, 190, 70)


def paper() -> np.ndarray:
    return np.full((70, 260), 255, np.uint8)


def with_pen(text: str, seed: int, page: np.ndarray, at: int = 85) -> np.ndarray:
    """The page with digits that a hand wrote into the gap."""
    rng = np.random.default_rng(seed)
    strokes, wide = draw_hand(text, 36, replace(new_hand(rng), tremor=0.005, joined=0.0), rng)
    drawn = ink([stroke + np.array([4, 8]) for stroke in strokes], (60, int(wide) + 30), 3.5, rng, chisel=False)
    spot = page[6:66, at : at + drawn.shape[1]]
    np.minimum(spot, 255 - drawn[:, : spot.shape[1]], out=spot)
    return page


def test_an_empty_gap_has_no_strip():
    assert strip_of(paper(), GAP) is None


@pytest.mark.parametrize("step", [4, 7])
def test_dots_to_write_on_are_no_ink(step):
    page = paper()
    page[50:52, 60:190:step] = 60
    page[51:53, 61:190:step] = 60
    assert strip_of(page, GAP) is None


def test_a_rule_to_write_on_goes_and_the_digits_stay():
    plain, ruled = with_pen("47", 3, paper()), with_pen("47", 3, paper())
    cv2.line(ruled, (62, 50), (188, 50), 40, 1)
    a, b = strip_of(plain, GAP), strip_of(ruled, GAP)
    assert a.shape == (HEIGHT, WIDTH)
    assert np.abs(a.astype(int) - b.astype(int)).mean() < 6


def test_print_beside_and_below_is_left_out():
    plain, crowded = with_pen("47", 3, paper()), with_pen("47", 3, paper())
    cv2.putText(crowded, "So:", (2, 48), 0, 1.0, 0, 2)
    cv2.putText(crowded, "/TB", (194, 48), 0, 1.0, 0, 2)
    cv2.putText(crowded, "dong bo", (70, 82), 0, 0.8, 0, 2)
    assert np.array_equal(strip_of(plain, GAP), strip_of(crowded, GAP))


def test_a_blue_pen_is_parted_from_black_print_through_it():
    page = with_pen("47", 3, paper())
    colour = np.stack([np.maximum(page, 150), page, page], axis=2)
    colour[30:34, 62:188] = 0
    black = np.minimum(page, colour[:, :, 1])
    found = strip_of(black, GAP, colour[GAP.top : GAP.bottom, GAP.left : GAP.right])
    assert np.abs(found.astype(int) - strip_of(page, GAP).astype(int)).mean() < 20


def test_the_model_is_small():
    assert MODEL.stat().st_size <= 2_000_000


def test_most_drawn_strings_are_read_and_the_sure_ones_are_right():
    told = [(text, read_number(strip)) for strip, text in make_strips(None, 150, 777_000) if text]
    right = [bool(guesses) and guesses[0].text == text for text, guesses in told]
    sure = [ok for ok, (_, guesses) in zip(right, told, strict=True) if guesses and guesses[0].probability >= 0.95]
    assert sum(right) / len(right) > 0.75
    assert len(sure) > 40 and sum(sure) / len(sure) > 0.93


def test_guesses_are_ranked_and_add_up_to_one_at_most():
    strip = strip_of(with_pen("239", 5, paper()), GAP)
    for guesses in (read_number(strip), read_day(strip)):
        chances = [guess.probability for guess in guesses]
        assert chances == sorted(chances, reverse=True) and sum(chances) <= 1.001
    assert all(1 <= int(guess.text) <= 31 for guess in read_day(strip))


def test_the_same_ink_gets_the_same_guesses():
    strip = strip_of(with_pen("08", 5, paper()), GAP)
    assert read_day(strip) == read_day(strip.copy())


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_no_sure_number(seed):
    strip = np.random.default_rng(seed).integers(0, 255, (HEIGHT, WIDTH), np.uint8)
    assert not [guess for guess in read_number(strip) if guess.probability > 0.9]


def test_a_day_is_none_that_the_month_lacks_or_that_lies_too_early():
    guesses = (Guess("31", 0.6), Guess("21", 0.2), Guess("11", 0.1))
    november = (Guess("11", 1.0),)
    assert weigh_date(guesses, november, 2023, ()).value == "2023-11-21"
    assert weigh_date(guesses, november, 2023, (dt.date(2023, 11, 22),)) is None


def test_day_and_month_by_hand_are_weighed_together():
    days, months = (Guess("30", 0.6), Guess("20", 0.3)), (Guess("2", 0.5), Guess("7", 0.4))
    weighed = weigh_date(days, months, 2023, (dt.date(2023, 5, 4),))
    assert weighed.value == "2023-07-20"  # 30 February is none, 30 July a Sunday, 20 February before what is past


def test_what_is_left_of_unlikely_guesses_is_given_by_nobody():
    assert weigh_number((Guess("12", 0.2), Guess("17", 0.2))) is None
    assert weigh_number(()) is None


def test_no_certainty_from_one_reader():
    assert weigh_number((Guess("12", 1.0),)).probability < 1.0


def filled(number: tuple[Guess, ...], day: tuple[Guess, ...]) -> Zones:
    """A letterhead whose number and day were filled in by hand, with these guesses."""
    rows = [
        ("UBND TỈNH LẠNG SƠN", {}),
        ("SỞ NỘI VỤ", {}),
        (f"Số: {number[0].text} /TB-SNV Lạng Sơn, ngày {day[0].text} tháng 12 năm 2023", {2: number, 7: day}),
        ("THÔNG BÁO", {}),
        ("Về kết quả kiểm tra", {}),
        *((row, {}) for row in FOOT.split("\n")),
    ]
    raw, lines = "", []
    for block, (row, by_hand) in enumerate(rows):
        words = []
        for k, token in enumerate(row.split(), 1):
            guesses = by_hand.get(k, ())
            sure = guesses[0].probability if guesses else 1.0
            words.append(Word(token, None, sure, 1, len(raw), len(raw) + len(token), bool(guesses), guesses=guesses))
            raw += token + " "
        lines.append(Line(tuple(words), Region.BODY, block))
    text = from_pages((Page(1, 0, 0, tuple(lines), raw),))
    return find_zones(Reading(text, (1.0,) * len(text.words)))


SURE = (Guess("14", 0.98),)


def test_a_number_by_hand_is_marked_and_lists_what_else_it_may_be():
    found = find_number(filled((Guess("299", 0.8), Guess("899", 0.15)), SURE))
    assert (found.number.value, found.number.method) == ("299", "read")
    assert found.number.review and found.number.alternatives == ("899",)
    assert found.number.confidence == pytest.approx(0.8, abs=0.03)
    assert found.code.value == "299/TB-SNV" and found.code.alternatives == ("899/TB-SNV",)
    assert found.code.review and found.code.confidence <= found.number.confidence


def test_a_number_that_the_likeliest_digits_do_not_give_is_inferred():
    found = find_number(filled((Guess("8", 0.5), Guess("87", 0.45)), SURE))
    assert (found.number.value, found.number.method) == ("87", "inferred")


def test_the_sure_reading_of_a_hand_is_marked_too():
    date = find_issued(filled((Guess("299", 0.99),), SURE), ()).date
    assert date.value == dt.date(2023, 12, 14) and date.review and date.confidence > 0.9


def test_the_rest_of_the_notice_decides_between_days():
    day = (Guess("10", 0.55), Guess("19", 0.4))  # 10 December 2023 was a Sunday
    date = find_issued(filled(SURE, day), ()).date
    assert (date.value, date.method) == (dt.date(2023, 12, 19), "inferred")
    assert date.alternatives == ("2023-12-10",) and "by hand" in date.why


def test_days_that_nobody_can_make_out_give_no_date():
    assert find_issued(filled(SURE, (Guess("12", 0.2), Guess("13", 0.15))), ()).date is None
