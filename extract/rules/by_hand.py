"""What was filled in by hand: the reader's guesses at the digits, weighed by what a number or a day can be.

Reading digits alone knows nothing of the notice. A day lies in its month, not before days that the notice names as
past, and seldom on a week-end; a number seldom has one digit.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.reading import Reading
from extract.words.dates import make_date
from ocr.page import Guess

LEAST = 0.3  # probability below which nothing is given: it would be wrong more often than right
_MOST_SURE = 0.97  # ink that one reader has seen is never surer than this
# Weighed against a working day, of 1,633 decisions and other papers cited with their dates in official texts:
# 56 were signed on a Saturday, 34 on a Sunday, 309 on each of the other days.
_SATURDAY, _SUNDAY = 0.18, 0.11
_TOO_EARLY = 0.02  # never given, but the day named as past may itself be misread
_ONE_DIGIT = 0.05  # decree 30/2020, article 8 of annex I: numbers below ten get a nought; 0 of 687 cited ones had none


@dataclass(frozen=True, slots=True)
class Weighed:
    """The likeliest value with its probability, the others from likely to unlikely, and why they are weighed so."""

    value: str
    probability: float
    others: tuple[str, ...]
    why: str


def guesses_at(reading: Reading, start: int, end: int) -> tuple[Guess, ...]:
    """The guesses at what was filled in there; none where nothing was, or where it is in two pieces."""
    filled = [word for word in reading.words(start, end) if word.by_hand]
    return filled[0].guesses if len(filled) == 1 else ()


def weigh_number(guesses: tuple[Guess, ...]) -> Weighed | None:
    """A number's likeliest reading.

    >>> weigh_number((Guess("8", 0.5), Guess("87", 0.4))).value
    '87'
    """
    weights = [(g.text, g.probability * _number_weight(g.text)) for g in guesses]
    return _weighed(weights, 1.0 - sum(g.probability for g in guesses), "filled in by hand")


def _number_weight(text: str) -> float:
    if re.fullmatch("0+", text):
        return 0.0
    return _ONE_DIGIT if len(text) == 1 else 1.0


def weigh_date(
    days: tuple[Guess, ...], months: tuple[Guess, ...], year: int, known: tuple[dt.date, ...]
) -> Weighed | None:
    """The likeliest date of a year, as ISO 8601. `known`: days that the notice names as past; it is not older.

    >>> week_end = (Guess("05", 0.4), Guess("15", 0.35), Guess("06", 0.2))  # the 5th and the 6th
    >>> weigh_date(week_end, (Guess("8", 1.0),), 2023, ()).value
    '2023-08-15'
    """
    months_left = [g for g in months if g.text.isdecimal()]
    chances: dict[dt.date, float] = {}
    for day, month in ((d, m) for d in days if d.text.isdecimal() for m in months_left):
        date = make_date(year, int(month.text), int(day.text))
        if date is not None:
            chance = day.probability * month.probability * _day_weight(date)
            chances[date] = chances.get(date, 0.0) + chance
    floors = {date: _floor(date, known, len(months_left) > 1) for date in chances}
    given = {date: p for date, p in chances.items() if (floor := floors[date]) is None or date >= floor}
    early = _TOO_EARLY * (sum(chances.values()) - sum(given.values()))
    rest = 1.0 - sum(g.probability for g in days) * sum(g.probability for g in months)
    latest = max((floor for floor in floors.values() if floor), default=None)
    past = f"; the notice names {latest:%d/%m/%Y} as past" if latest else ""
    ranked = [(date.isoformat(), p) for date, p in given.items()]
    return _weighed(ranked, rest + early, f"filled in by hand{past}")


def _floor(date: dt.date, known: tuple[dt.date, ...], by_hand: bool) -> dt.date | None:
    """The latest day named as past in the same month; in the same year where the month is in doubt too."""
    return max(
        (past for past in known if past.year == date.year and (by_hand or past.month == date.month)), default=None
    )


def _day_weight(date: dt.date) -> float:
    return {5: _SATURDAY, 6: _SUNDAY}.get(date.weekday(), 1.0)


def _weighed(weights: Iterable[tuple[str, float]], rest: float, why: str) -> Weighed | None:
    ranked = sorted(weights, key=lambda pair: (-pair[1], pair[0]))
    total = sum(p for _, p in ranked) + max(0.0, rest)
    if not ranked or total <= 0 or ranked[0][1] / total < LEAST:
        return None
    (best, p), others = ranked[0], ranked[1:]
    likely = tuple(text for text, other in others if other / total >= 0.01)[:5]
    chance = round(min(_MOST_SURE, p / total), 4)
    return Weighed(best, chance, likely, f"{why}: {_told([(t, q / total) for t, q in ranked[:3]])}")


def _told(ranked: list[tuple[str, float]]) -> str:
    first, *more = [f"{text} with {min(_MOST_SURE, p):.2f}" for text, p in ranked if p >= 0.01 or text == ranked[0][0]]
    return f"read as {first}" + (f", else {' or '.join(more)}" if more else "")
