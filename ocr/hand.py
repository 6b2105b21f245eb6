"""Was the number or the day in the letterhead filled in by hand?

Offices print the letterhead with gaps and a clerk fills them in: `Số:      /TB-UBND`, `ngày     tháng 11`. The
engine reads such ink wrong and is sure of it, so the ink is judged, not the reading: its stroke, height, foot
and colour against the print on the same page. A value flagged here is looked at by a person, so a wrong flag
costs too: one mark of difference must be clear, or two must agree. What is flagged is read by `ocr.digits`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from ocr.clean import CleanPage
from ocr.gaps import GAPS, MONTH, NUMBER, Gap, Slot, symbol_at
from ocr.layout import Row
from ocr.layout.segment import bare
from ocr.page import Box, Guess, Region
from ocr.render import Pixels
from ocr.slot import strip_of
from ocr.tesseract import ReadWord

PLACEHOLDER = "…"  # stands for ink in a gap in which nobody read anything; its confidence is 0
_MOST_SURE = 0.5  # what an engine made for print says of a pen's digits is worth no more than that
_LEGIBLE = 0.1  # probability of the likeliest digits below which none stand for the ink
_TALL = 0.45  # of a digit's height; smaller pieces of ink are points, dots of a leader or specks


@dataclass(frozen=True, slots=True)
class Ink:
    """What strokes look like: width and height in pixels, foot in pixels down the page, blueness 0..255.

    `pieces`: how many separate pieces of ink, which is at most the number of digits.
    """

    stroke: float
    height: float
    foot: float
    blue: float
    box: Box
    pieces: int


@dataclass(frozen=True, slots=True)
class Filled:
    """What a hand filled into a row: which row and gap, and the ink."""

    row: int
    slot: Slot
    gap: Gap
    ink: Ink


def mark_hand(rows: Sequence[Row], page: CleanPage) -> list[Row]:
    """Set `by_hand` on what was filled in, with the digits that it may be, and put a placeholder where there are
    none."""
    print_ink = _print(rows, page)
    filled = list(find_filled(rows, page, print_ink)) if print_ink is not None else []
    marked = list(rows)
    for found in filled:
        row = marked[found.row]
        marked[found.row] = replace(row, words=_filled(row, found, _digits(found, page)))
    return marked


def find_filled(rows: Sequence[Row], page: CleanPage, print_ink: Ink) -> Iterator[Filled]:
    """The gaps of the letterhead's rows that hold another ink than the printer's, in a row from right to left."""
    for number, row in enumerate(rows):
        for slot, find in GAPS.get(row.region, ()):
            gap = find(row)
            ink = _ink(page, gap.box) if gap is not None else None
            if gap is not None and ink is not None and is_by_hand(ink, print_ink):
                yield Filled(number, slot, gap, ink)


def _digits(found: Filled, page: CleanPage) -> ReadWord | None:
    """The likeliest digits that were filled in, with all guesses; None where none are legible."""
    guesses = _guesses(found, page)
    if not guesses or guesses[0].probability < _LEGIBLE:
        return None
    best = guesses[0]
    return ReadWord(best.text, found.ink.box, best.probability, 0, by_hand=True, guesses=guesses)


def _guesses(found: Filled, page: CleanPage) -> tuple[Guess, ...]:
    from ocr.digits import read_day, read_month, read_number  # only notices with a pen's ink load the network

    box = found.gap.box
    strip = strip_of(page.grey, box, page.colour(box))
    if strip is None:
        return ()
    readers = {Slot.NUMBER: read_number, Slot.DAY: read_day, Slot.MONTH: read_month}
    return readers[found.slot](strip)


def _print(rows: Sequence[Row], page: CleanPage) -> Ink | None:
    """The print to compare with: what stands behind the day in the date's row, else digits of the body.

    Height and foot are the year's, as only digits are as tall as digits; the stroke is the middle one of all
    these words, as single ones swell on a copy.
    """
    dates = [row.words for row in rows if row.region is Region.RIGHT and any(map(_is_year, row.words))]
    body = [w for row in rows if row.region is Region.BODY for w in row.words if re.fullmatch(r"\d{2,4}", w.text)]
    words = _behind_day(dates[0]) if dates else body[:8]
    inks = [(ink, _is_year(word)) for word in words if (ink := _ink(page, word.box)) is not None]
    if not inks:
        return None
    digits = [ink for ink, is_year in inks if is_year] or [ink for ink, _ in inks]
    stroke, height = median(ink.stroke for ink, _ in inks), median(ink.height for ink in digits)
    return Ink(stroke, height, digits[0].foot, median(ink.blue for ink, _ in inks), digits[0].box, digits[0].pieces)


def _is_year(word: ReadWord) -> bool:
    return re.fullmatch(r"\D?(19|20)\d\W?\d\D?", word.text) is not None


def _behind_day(words: Sequence[ReadWord]) -> list[ReadWord]:
    month = next((k for k, word in enumerate(words) if MONTH.match(bare(word.text))), len(words) - 1)
    return list(words[month:])


def _ink(page: CleanPage, box: Box) -> Ink | None:
    """Measure the strokes in a box, or None if it is empty."""
    crop = page.grey[box.top : box.bottom, box.left : box.right]
    if crop.size == 0 or crop.min() > 140:
        return None
    dark = np.asarray(crop < 150, np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    tall = [k for k in range(1, count) if stats[k, cv2.CC_STAT_HEIGHT] >= _TALL * box.height * 0.6]
    tall = [k for k in tall if stats[k, cv2.CC_STAT_WIDTH] < 4 * stats[k, cv2.CC_STAT_HEIGHT]]
    if not tall:
        return None
    mask = np.isin(labels, tall)
    left, top = (int(stats[tall, edge].min()) for edge in (cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP))
    ends = stats[tall, cv2.CC_STAT_TOP] + stats[tall, cv2.CC_STAT_HEIGHT]
    right = int((stats[tall, cv2.CC_STAT_LEFT] + stats[tall, cv2.CC_STAT_WIDTH]).max())
    return Ink(
        _stroke(crop, mask),
        float(np.median(stats[tall, cv2.CC_STAT_HEIGHT])),
        box.top + float(np.median(ends)),
        _blueness(page.colour(box), mask),
        Box(box.left + left, box.top + top, box.left + right, box.top + int(ends.max())),
        len(tall),
    )


def _stroke(crop: Pixels, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    """Mean width of the strokes: their mass of ink over half their outline."""
    grown = cv2.dilate(np.asarray(mask, np.uint8), np.ones((3, 3), np.uint8)) > 0
    mass = float((255.0 - crop[grown]).sum()) / 255
    outlines, _ = cv2.findContours(np.asarray(mask, np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    length = sum(cv2.arcLength(outline, True) for outline in outlines)
    return mass / max(1.0, length / 2)


def _blueness(colour: Pixels | None, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    """How much bluer than red the ink is; 0 on grey scans."""
    if colour is None:
        return 0.0
    ink = colour[mask].astype(np.int16)
    return float((ink[:, 0] - ink[:, 2]).mean()) if len(ink) else 0.0


def differences(ink: Ink, print_ink: Ink) -> tuple[float, float, float, float]:
    """Stroke and height as ratios, foot as a share of a digit's height, blueness as a difference."""
    return (
        ink.stroke / max(0.1, print_ink.stroke),
        ink.height / max(1.0, print_ink.height),
        (ink.foot - print_ink.foot) / max(1.0, print_ink.height),
        ink.blue - print_ink.blue,
    )


def is_by_hand(ink: Ink, print_ink: Ink) -> bool:
    """Is the ink another hand's than the printer's?

    Measured: print 0.9 to 1.15 of the usual stroke (1.29 on a bad copy) and 0.94 to 1.05 of the height; a
    clerk's pen 1.34 to 1.95 (a thin one 1.2) and 1.19 to 1.67.
    """
    stroke, height, _, blue = differences(ink, print_ink)
    clear = stroke > 1.45 or stroke < 0.65 or height > 1.35 or blue > 40
    slight = (stroke > 1.2 or stroke < 0.8) + (height > 1.12 or height < 0.85) + (blue > 20)
    return clear or slight >= 2


def _filled(row: Row, found: Filled, digits: ReadWord | None) -> tuple[ReadWord, ...]:
    """The row's words with those in the gap marked, or replaced by the digits read on their own."""
    gap, line = found.gap, row.words[0].line
    before, inside, after = row.words[: gap.first], row.words[gap.first : gap.last], row.words[gap.last :]
    pieces = [piece for word in inside for piece in _cut(word, gap.box)]
    own = [
        replace(p, by_hand=True, confidence=min(p.confidence, _MOST_SURE)) for p in pieces if _within(p.box, gap.box)
    ]
    others = [piece for piece in pieces if not _within(piece.box, gap.box)]
    nothing = ReadWord(PLACEHOLDER, found.ink.box, 0.0, line, by_hand=True)
    filling = [replace(digits, line=line)] if digits is not None else own or [nothing]
    return (*before, *sorted([*others, *filling], key=lambda word: word.box.left), *after)


def _within(box: Box, gap: Box) -> bool:
    return gap.left - 2 <= (box.left + box.right) / 2 <= gap.right + 2


def _cut(word: ReadWord, gap: Box) -> list[ReadWord]:
    """A word that begins with `ngày` or ends with `/TB-UBND` is parted from what was filled in."""
    name = re.match(r"\W*n[gq]\w?\w?y?", bare(word.text)) or NUMBER.match(bare(word.text))
    if name is not None and word.box.left < gap.left:
        edge = min(word.box.right, max(word.box.left, gap.left))
        return _parted(word, name.end(), edge)
    slash = symbol_at(word.text)
    if slash > 0 and word.box.right > gap.right:
        return _parted(word, slash, min(word.box.right, max(word.box.left, gap.right)))
    return [word]


def _parted(word: ReadWord, at: int, edge: int) -> list[ReadWord]:
    head, tail = word.text[:at].rstrip(), word.text[at:].lstrip()
    left = replace(word, text=head, box=replace(word.box, right=edge))
    right = replace(word, text=tail, box=replace(word.box, left=edge))
    return [part for part in (left, right) if part.text]
