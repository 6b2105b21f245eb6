"""The gaps of a letterhead that a clerk fills in: from `Số:` to the symbol, `ngày` to `tháng`, `tháng` to `năm`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ocr.layout import Row
from ocr.layout.segment import bare
from ocr.page import Box, Region

_DAY_WIDTH = 0.88  # width of "ngày" over that of "tháng", in Times upright and slanted
_PARTY_SYMBOL = re.compile(r"[^/]*?(?=[-–—]\s?[A-ZĐ][A-Za-zĐ]{1,3}(?:/|$))")  # 47-KL/HU
_OF_PARTY = re.compile(r"[-–—](?:[A-ZĐ][A-Za-zĐ]{1,3})?")  # - · -KL, before /HU
NUMBER = re.compile(r"\W*s.?.?[:.;]|\W*s[o06]$")
_LABEL_WIDTH = 1.6  # width of "Số:" over the height of "/TB-UBND"
MONTH = re.compile(r"th.?.?ng")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place to be filled in. `first`, `last`: the row's words that reach into it, half-open."""

    box: Box
    first: int
    last: int


class Slot(Enum):
    """What a gap is there for."""

    NUMBER = "number"
    DAY = "day"
    MONTH = "month"


def number_gap(row: Row) -> Gap | None:
    """Between `Số:` and the stroke before the symbol."""
    words = row.words
    head = next((k for k, word in enumerate(words[:3]) if NUMBER.match(bare(word.text))), None)
    if head is None:
        return None
    last = next((k for k, word in enumerate(words) if "/" in word.text[:8] and k > head), None)
    if last is None:
        return None
    if last - head > 1 and _OF_PARTY.fullmatch(words[last - 1].text):
        last -= 1
    slash, filled = words[last], words[last].text[: symbol_at(words[last].text)]
    right = slash.box.left + round(slash.box.width * len(filled) / max(1, len(slash.text)))
    joined = not NUMBER.fullmatch(bare(words[head].text))  # the engine read the label and the ink as one word
    left = words[head].box.left + round(_LABEL_WIDTH * slash.box.height) if joined else words[head].box.right
    return _gap(row, left + 1, right - 1, head + (not joined), last + bool(filled))


def symbol_at(text: str) -> int:
    """Where the printed symbol begins in a word: at the stroke, or at the dash of a symbol of the Party.

    >>> [text[symbol_at(text):] for text in ("316/TB-SNN", "47-KL/HU", "-KL")]
    ['/TB-SNN', '-KL/HU', '-KL']
    """
    party = _PARTY_SYMBOL.match(text)
    return party.end() if party else text.find("/")


def day_gap(row: Row) -> Gap | None:
    """Between `ngày` and `tháng`. The box of `ngày` often takes the ink behind it in: its width is reckoned."""
    words = row.words
    month = next((k for k, word in enumerate(words) if k and MONTH.match(bare(word.text))), None)
    if month is None:
        return None
    day = next((k for k in range(month - 1, -1, -1) if re.match(r"\W*n[gq].?.?y?", bare(words[k].text))), None)
    if day is None:
        return None
    print_end = words[day].box.left + round(_DAY_WIDTH * words[month].box.width)
    left = min(words[day].box.right, print_end) if len(words[day].text) <= 5 else print_end
    grown = words[day].box.right > left + 4
    return _gap(row, left + 1, words[month].box.left - 1, day if grown else day + 1, month)


def month_gap(row: Row) -> Gap | None:
    """Between `tháng` and `năm`, where `tháng` stands apart from the ink behind it."""
    words = row.words
    month = next((k for k, word in enumerate(words) if k and MONTH.fullmatch(bare(word.text))), None)
    if month is None:
        return None
    year = next((k for k in range(month + 1, len(words)) if re.match(r"n.{1,2}m", bare(words[k].text))), None)
    if year is None:
        return None
    return _gap(row, words[month].box.right + 1, words[year].box.left - 1, month + 1, year)


def _gap(row: Row, left: int, right: int, first: int, last: int) -> Gap | None:
    reach = row.box.height // 4
    if right - left < 4:
        return None
    return Gap(Box(left, max(0, row.box.top - reach), right, row.box.bottom + reach), first, last)


GAPS = {Region.LEFT: ((Slot.NUMBER, number_gap),), Region.RIGHT: ((Slot.MONTH, month_gap), (Slot.DAY, day_gap))}
