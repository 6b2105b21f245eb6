"""Dates as administrative notices write them: `09/3/2023`, `ngày 30 tháng 11 năm 2023`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.reading import Reading

FIRST_YEAR, LAST_YEAR = 1945, 2100
_SEP = r"\s?[/⁄∕.\-]\s?"

# 18/01/2023 · 08/5/2023 · 16/ 12/2021 · 31-12-2024
_FIGURES = re.compile(
    rf"(?<![\d/])(?P<day>\d{{1,2}}){_SEP}(?P<month>\d\s?\d?){_SEP}(?P<year>(?:19|20)\d\s?\d)(?![\d/])"
)
# ngày 30 tháng 11 năm 2023 · các ngày 02, 03 và 04 tháng 6 năm 2020: the last of them
_WORDS = re.compile(
    r"(?:ngay\s+|(?<=thoi diem )|(?<=den het ))(?:\d{1,2}\s*(?:,|va\b|den\b|[-–])\s*(?:ngay\s+)?){0,6}"
    r"(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\s*(?:,\s*)?nam\s+(?P<year>(?:19|20)\d\d)(?!\d)"
)
# ngày 30/11/2023 misread without its strokes: 30112023, 3052024
_GLUED = re.compile(r"(?<=ngay\s)(?P<day>[0-3]\d)(?P<month>[01]\d|[1-9])(?P<year>20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class DateAt:
    """A date and the span it stands at; `repaired` where strokes were missing."""

    start: int
    end: int
    value: dt.date
    repaired: bool = False


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """A date, or None where there is no such day or the year lies outside 1945 to 2100.

    >>> make_date(2023, 2, 29) is None
    True
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_dates(reading: Reading, start: int = 0, end: int | None = None) -> list[DateAt]:
    """All dates in a stretch of text, in order. What is no date of the calendar is left out."""
    found = [date for pattern in (_FIGURES, _WORDS, _GLUED) for date in _found(reading, pattern, start, end)]
    found.sort(key=lambda date: date.start)
    return [date for i, date in enumerate(found) if i == 0 or date.start >= found[i - 1].end]


def _found(reading: Reading, pattern: re.Pattern[str], start: int, end: int | None) -> Iterator[DateAt]:
    for match in reading.finditer(pattern, start, end):
        year, month, day = (int(re.sub(r"\s", "", match[part])) for part in ("year", "month", "day"))
        value = make_date(year, month, day)
        if value is not None:
            yield DateAt(match.start(), match.end(), value, pattern is _GLUED)
