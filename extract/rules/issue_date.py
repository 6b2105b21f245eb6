"""Place and date of issue: `Lạng Sơn, ngày 30 tháng 11 năm 2023`, often with a day filled in by hand."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, replace

from extract.field import Field, Method
from extract.parts.columns import DATE
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.rules.by_hand import guesses_at, weigh_date
from extract.rules.issue_place import place_of
from extract.trail import missed
from extract.words.dates import make_date
from normalize.letters import digits_for
from ocr.page import Guess

_LETTERS_FOR_DIGITS = digits_for("OoQDĐÐIl|][íÍÏÌ†SŠZzB§Ñg")
# Digits that a hand or a poor scan makes alike; each pair counts as a quarter of a match.
_ALIKE = frozenset(
    {
        "17",
        "71",
        "27",
        "72",
        "23",
        "32",
        "35",
        "53",
        "38",
        "83",
        "06",
        "60",
        "08",
        "80",
        "69",
        "96",
        "49",
        "94",
        "56",
        "65",
    }
)


MOST_LATER = 10  # years between a notice and the latest day that it names
LONG_SILENCE = 3  # years before a notice of which it names not one
FEWEST_NAMED = 3  # times that a text names the year that it speaks of
LAST_LIKELY = 2040  # a notice of a later year was misread
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# trước ngày 30/11/2022 · chậm nhất ngày 15/12/2022; folded
_ASKED = re.compile(
    r"(?<!\w)(?:truoc|cham\s+nhat|den\s+het|xong)\s+(?:truoc\s+)?(?:ngay\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?P<year>20\d\d)(?!\d)"
)
MOST_TIES = 2  # more days than these that fit equally well, and none is given


@dataclass(frozen=True, slots=True)
class Issued:
    place: Field[str] | None = None
    date: Field[dt.date] | None = None


def find_issued(zones: Zones, known: tuple[dt.date, ...], bodies: tuple[str, ...] = ()) -> Issued:
    """Read place and date. `known`: the days that the notice names as past; it can't be older than the latest.
    `bodies`: issuer and superior, which mostly hold the place's name.

    A day that is none of the calendar, or lies before a day that the notice names as past, is not passed on: the
    possible day that shares most digits with what was read is inferred, and marked for review.
    """
    reading = zones.place_date
    match = DATE.search(reading.folded)
    if match is None:
        for name in ("place", "date"):
            why = "the letterhead holds no ‘ngày … tháng … năm …’"
            missed(f"/document/{name}", "issue_date", why, reading.string or zones.letterhead.string)
        return Issued()
    named = Counter(int(year[0]) for year in _YEAR.finditer(zones.whole.flowing) if int(year[0]) <= LAST_LIKELY)
    known = tuple(date for date in known if date.year <= LAST_LIKELY)
    return Issued(place_of(reading, match.start(), bodies), _date(reading, match, known, named, _reported(zones)))


def _reported(zones: Zones) -> frozenset[int]:
    """The years that a notice must be of: the trích yếu's, and those of the days by which it asks for something."""
    asked = _ASKED.finditer(zones.whole.flowing)
    years = [*_YEAR.findall(zones.subject.flowing), *(day["year"] for day in asked)]
    return frozenset(map(int, years))


def _date(
    reading: Reading, match: re.Match[str], known: tuple[dt.date, ...], named: Counter[int], reported: frozenset[int]
) -> Field[dt.date] | None:
    month = _figure(reading.string[slice(*match.span("month"))].replace("H", "II"))  # tháng H năm 2018
    year = _figure(match["year"] or "")
    known = tuple(date for date in known if year is None or date.year <= year or named[date.year] >= named[year])
    likely = None if year is None else _likely_year(year, known)
    if likely is not None and likely > LAST_LIKELY:  # năm 2093, where the text speaks of 2023
        often = next((one for one, times in named.most_common(1) if times >= FEWEST_NAMED), likely)
        likely = next((one for one, _ in named.most_common() if _one_off(one, likely)), often)
    if likely is not None and likely == year and (spoken := _spoken_of(year, named)) in reported:
        likely = spoken
    if likely is not None and likely != year:
        field = _dated(reading, match, month, likely, known)
        return field and replace(field.doubt(f"the year was read as {match['year']!r}", 0.6), method=Method.INFERRED)
    return _dated(reading, match, month, year, known)


def _spoken_of(year: int, named: Counter[int]) -> int | None:
    """The year that a text speaks of most, one figure off a later one that stands nowhere but in its head.

    >>> _spoken_of(2029, Counter({2022: 9, 2021: 3, 2029: 1})), _spoken_of(2023, Counter({2022: 9, 2023: 1}))
    (2022, None)
    """
    others = {other: times for other, times in named.items() if other != year}
    often = max(others, key=lambda other: (others[other], other), default=year)
    alone = named[year] <= 1 and named[often] >= FEWEST_NAMED and max(others, default=year) < year
    return often if alone and year - often >= LONG_SILENCE and _one_off(year, often) else None


def _likely_year(year: int, known: tuple[dt.date, ...]) -> int | None:
    """The year; where it is cut, or one figure off what the notice names as past, the latest of these years.

    >>> _likely_year(202, (dt.date(2022, 8, 2),)), _likely_year(2092, (dt.date(2022, 8, 2),)), _likely_year(2092, ())
    (2022, 2022, 2092)
    """
    latest = max((date.year for date in known), default=None)
    if year < 1000:
        return latest if latest is not None and str(latest).startswith(str(year)) else None
    if latest is None or latest <= year <= latest + MOST_LATER:
        return year
    return latest if _one_off(year, latest) else year


def _one_off(a: int, b: int) -> bool:
    """Do two years differ in one figure?"""
    return sum(x != y for x, y in zip(str(a), str(b), strict=True)) == 1


def _dated(
    reading: Reading, match: re.Match[str], month: int | None, year: int | None, known: tuple[dt.date, ...]
) -> Field[dt.date] | None:
    if year is not None and (guesses_at(reading, *match.span("day")) or guesses_at(reading, *match.span("month"))):
        return _by_hand(reading, match, year, known)
    if month is None or year is None or make_date(year, month, 1) is None:
        missed("/document/date", "issue_date", "month or year are not figures that can be one", match.group())
        return None
    floor = max((date for date in known if date.year == year and date.month == month), default=None)
    raw = "".join((match["day"] or "").split())
    day = _figure(reading.string[match.start("day") : match.end("day")])
    value = make_date(year, month, day) if day is not None else None
    if value is not None and (floor is None or value >= floor):
        return _taken(reading, match, value, raw)
    return _inferred(reading, match, raw, dt.date(year, month, 1), floor)


def _by_hand(reading: Reading, match: re.Match[str], year: int, known: tuple[dt.date, ...]) -> Field[dt.date] | None:
    """A date whose day or month was filled in by hand: the likeliest that it can be, always for review."""
    weighed = weigh_date(_chances(reading, match, "day"), _chances(reading, match, "month"), year, known)
    if weighed is None:
        missed("/document/date", "issue_date", "it was filled in by hand and cannot be made out", match.group())
        return None
    value = dt.date.fromisoformat(weighed.value)
    read = (_figure(reading.string[match.start(name) : match.end(name)]) for name in ("day", "month"))
    method = None if tuple(read) == (value.day, value.month) else Method.INFERRED
    field = reading.field(value, match.start(), match.end(), "issue_date", method, 1.0, weighed.why, weighed.others)
    year_is_right = reading.confidence(*match.span("year"))
    return replace(field, confidence=round(weighed.probability * year_is_right, 4), review=True)


def _chances(reading: Reading, match: re.Match[str], name: str) -> tuple[Guess, ...]:
    """What a hand may have written there; where it is print, what was read, as sure as its words are."""
    start, end = match.span(name)
    guesses = guesses_at(reading, start, end)
    figure = _figure(reading.string[start:end])
    if guesses or figure is None:
        return guesses
    return (Guess(str(figure), reading.confidence(start, end)),)


def _taken(reading: Reading, match: re.Match[str], value: dt.date, raw: str) -> Field[dt.date]:
    field = reading.field(value, match.start(), match.end(), "issue_date")
    if raw not in (str(value.day), f"{value.day:02}"):
        return field.doubt(f"the day was read as {raw!r}")
    if not reading.folded.startswith("ngay", match.start()):  # ngàu 4 tháng 10: its first figure may be in the blot
        return field.doubt("the word before it is not read as ‘ngày’")
    if reading.mangled and len(raw) == 1:  # Decree 30/2020 writes 05; of 15 a dump may have the 5 alone
        return field.doubt("a day under ten has a nought before it: another figure may be lost", 0.75)
    month = "".join(reading.string[slice(*match.span("month"))].split())
    return field if month.isdigit() else field.doubt(f"the month was read as {month!r}")


def _figure(text: str) -> int | None:
    """Digits, also where OCR gave letters for them; None where too little is left.

    >>> _figure("0Ð"), _figure("11"), _figure("@©")
    (0, 11, None)
    """
    digits = re.sub(r"[\s.,:;'(]", "", text).translate(_LETTERS_FOR_DIGITS)
    return int(digits) if digits.isdigit() and len(digits) <= 4 else None


def _inferred(
    reading: Reading, match: re.Match[str], raw: str, month: dt.date, floor: dt.date | None
) -> Field[dt.date] | None:
    """The possible day nearest to the digits read; None where nothing read speaks for any day."""
    last = calendar.monthrange(month.year, month.month)[1]
    days = range(floor.day if floor else 1, last + 1)
    ranked = sorted(days, key=lambda day: (-likeness(raw, day), day))
    ties = sum(likeness(raw, day) == likeness(raw, ranked[0]) for day in ranked)
    blank = not re.search(r"\w", raw) and len(days) > MOST_TIES  # ngày      tháng 10 năm 2021: not filled in
    if blank or not ranked or likeness(raw, ranked[0]) < 0.5 or ties > MOST_TIES:
        missed("/document/date", "issue_date", f"too many days fit {raw!r} equally well, or none does", match.group())
        return None
    best = ranked[0]
    rivals = [
        month.replace(day=day) for day in ranked[1:] if len(days) <= 4 or likeness(raw, day) == likeness(raw, best)
    ]
    value = month.replace(day=best)
    why = _why(raw, floor, days, best)
    confidence = 0.6 if likeness(raw, ranked[1] if len(ranked) > 1 else 0) < likeness(raw, best) else 0.3
    return reading.field(
        value,
        match.start(),
        match.end(),
        "issue_date",
        Method.INFERRED,
        confidence,
        why,
        tuple(date.isoformat() for date in sorted(rivals)[:5]),
    )


def likeness(raw: str, day: int) -> float:
    """How many digits of what was read agree with a day, place by place; like-looking ones count a quarter.

    >>> likeness("70", 30), likeness("70", 28), likeness("0Ð", 5)
    (1.0, 0.5, 1.0)
    """
    read = raw.translate(_LETTERS_FOR_DIGITS)
    read = read if len(read) == 2 else read.zfill(2)[:2]
    pairs = list(zip(read, f"{day:02}", strict=True))
    return float(sum(1.0 if a == b else 0.25 if a + b in _ALIKE else 0.0 for a, b in pairs))


def _why(raw: str, floor: dt.date | None, days: range, best: int) -> str:
    read = _figure(raw)
    possible = read is not None and 1 <= read < days.stop
    reason = f"day {raw} lies too early" if possible else f"{raw!r} is no day of that month"
    body = f"; the body names {floor:%d/%m/%Y} as past" if floor else ""
    span = f"of {days.start} to {days.stop - 1}" if len(days) > 1 else "of the days left"
    return f"{reason}{body}; {span}, {best} shares most digits with what was read"
