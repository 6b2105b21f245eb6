"""Last days: `trước ngày 15/12/2023`, `xong trước 30/11/2023`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.reading import Reading
from extract.words.codes import find_codes
from extract.words.dates import DateAt, find_dates
from extract.words.phrases import find_phrases


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day and the span of the words that give it, from `trước ngày` to the date."""

    start: int
    end: int
    date: DateAt


def find_deadline(whole: Reading, start: int, end: int) -> Deadline | None:
    """The last day that a sentence sets: `trước ngày 15/12/2023`, `xong trước 30/11/2023`."""
    dates = find_dates(whole, start, end)
    for cue_start, cue_end in find_phrases(whole, "deadline", start, end):
        near = [
            date for date in dates if cue_start <= date.start <= cue_end + 30 and _leads(whole, cue_end, date.start)
        ]
        if near and not _of_citation(whole, near[0], start):
            return Deadline(cue_start, near[0].end, near[0])
    return None


def _leads(whole: Reading, start: int, end: int) -> bool:
    """Nothing but `ngày`, an hour or a weekday stands between cue and date."""
    return (
        re.fullmatch(
            r"\s*(?:la\s+)?(?:\d{1,2}\s*(?:h|gio|g)\s*\d{0,2}\s*,?\s*)?(?:thu\s+\w+\s*,?\s*)?(?:ngay)?\s*",
            whole.flowing[start:end],
        )
        is not None
    )


def _of_citation(whole: Reading, date: DateAt, start: int) -> bool:
    """Does the date belong to a document's code right before it?"""
    return any(0 <= date.start - code.end <= 8 for code in find_codes(whole, start, date.start))
