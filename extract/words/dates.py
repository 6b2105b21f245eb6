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
# ngày 02 tháng § năm 2022: an 8, worn
# ngày 30 tháng 11 năm 2023 · các ngày 02, 03 và 04 tháng 6 năm 2020: the last of them
_WORDS = re.compile(
    r"(?:ngay\s+|(?<=thoi diem )|(?<=den het ))(?:\d{1,2}\s*(?:,|va\b|den\b|[-–])\s*(?:ngay\s+)?){0,6}"
    r"(?P<day>\d{1,2}|§)\s+thang\s+(?P<month>\d{1,2}|§)\s*(?:,\s*)?nam\s+(?P<year>(?:19|20)\d\d)(?!\d)"
)
# ngày 30/9 năm 2016
_MIXED = re.compile(
    r"(?<=ngay\s)\s*(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})\s*(?:,\s*)?nam\s+(?P<year>(?:19|20)\d\d)(?!\d)"
)
# trước ngày 30/6 · chậm nhất 15/9 · trước ngày 5 tháng 9, without a year; not `đạt 3/4 xã`, `05/6 hằng năm`
_YEARLESS = re.compile(
    r"(?<![\d/.,\-])(?P<day>\d{1,2})(?:\s?/\s?|\s+thang\s+)(?P<month>\d{1,2})(?!\s?[/⁄∕.\-]\s?\d|\d)"
    r"(?!\s*(?:,\s*)?nam\b|\s+(?:hang|moi|tieu\s+chi|chi\s+tieu|xa|thon|huyen|truong|ho|so|tong)\b)"
)
# ngày 30/11/2023 misread without its strokes: 30112023, 3052024
_GLUED = re.compile(r"(?<=ngay\s)(?P<day>[0-3]\d)(?P<month>[01]\d|[1-9])(?P<year>20[0-4]\d)(?!\d)")


LAPSED = 60  # days: one that lies so little before the notice is rather behind it than a year ahead


@dataclass(frozen=True, slots=True)
class DateAt:
    """A date and the span it stands at; `repaired` where strokes were missing, `yearless` where no year is printed."""

    start: int
    end: int
    value: dt.date
    repaired: bool = False
    yearless: bool = False


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
    found = [date for pattern in (_FIGURES, _WORDS, _MIXED, _GLUED) for date in _found(reading, pattern, start, end)]
    found.sort(key=lambda date: date.start)
    return [date for i, date in enumerate(found) if i == 0 or date.start >= found[i - 1].end]


def _found(reading: Reading, pattern: re.Pattern[str], start: int, end: int | None) -> Iterator[DateAt]:
    for match in reading.finditer(pattern, start, end):
        year, month, day = (int(re.sub(r"\s", "", match[part]).replace("§", "8")) for part in ("year", "month", "day"))
        value = make_date(year, month, day)
        if value is not None:
            yield DateAt(match.start(), match.end(), value, pattern is _GLUED or "§" in match[0])


def find_days(reading: Reading, start: int, end: int, since: dt.date) -> list[DateAt]:
    """The days without a year in a stretch of text, each the first from `since` on; one just behind is left out.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["Báo cáo trước ngày 30/6, lần hai trước 15/01."])
    >>> days = find_days(Reading(text, (1.0,) * len(text.words)), 0, 45, dt.date(2019, 5, 14))
    >>> [day.value.isoformat() for day in days]
    ['2019-06-30', '2020-01-15']
    """
    found = []
    for match in reading.finditer(_YEARLESS, start, end):
        value = _next_day(int(match["month"]), int(match["day"]), since)
        if value is not None:
            found.append(DateAt(match.start(), match.end(), value, yearless=True))
    return found


def _next_day(month: int, day: int, since: dt.date) -> dt.date | None:
    """The first 30/6 from a day on; none where one has just passed."""
    days = [made for year in (since.year, since.year + 1) if (made := make_date(year, month, day))]
    coming = next((made for made in days if made >= since), None)
    return coming if coming and (coming - since).days <= 365 - LAPSED else None
