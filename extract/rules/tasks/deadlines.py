"""Last days: `trước ngày 15/12/2023`, `xong trước 30/11`; those of a sentence, and those of a heading above it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from extract.field import Field, Method
from extract.notice import Task
from extract.parts.items import Item
from extract.reading import Reading
from extract.rules.tasks.outline import Outline
from extract.words.codes import find_codes
from extract.words.dates import DateAt, find_dates, find_days
from extract.words.phrases import find_phrases

# trước 17 giờ 00 phút, thứ Sáu, ngày 24/4/2023 · hạn cuối: ngày 31/7/2019 · chậm nhất là chiều ngày 05/3
_LEADS = re.compile(
    r"\s*:?\s*(?:la\s+)?(?:vao\s+)?(?:\d{1,2}\s*(?:h|gio|g)\s*(?:\d{1,2}\s*(?:phut|p|’|')?)?\s*,?\s*)?"
    r"(?:(?:sang|trua|chieu|toi)\s+)?(?:thu\s+\w+\s*,?\s*|chu\s+nhat\s*,?\s*)?(?:ngay)?\s*"
)
_LONGEST_LEAD = 45
# từ ngày 14/7/2022 đến hết ngày 12/8/2022 · từ ngày 07/02/2024 (28 tháng Chạp) đến hết ngày 14/02/2024
_PERIOD = re.compile(
    r"\btu\s+(?:(?:sang|trua|chieu|toi|dem)\s+)?(?:(?:\d{1,2}\s*(?:h|gio)\s*\d{0,2}\s*)?ngay\s+)?[\d/.\-\s]+(?:\([^)]*\)\s*)?$"
)
# Các nhiệm vụ sau đây phải hoàn thành trước ngày 31/10/2023: · II- Yêu cầu đối với xã Liêm Cần (hoàn thành trước …)
_TO_DO = re.compile(r"(?<!\w)(?:phai|hoan thanh|xong|cong viec|nhiem vu|yeu cau|de nghi|gui|nop)(?!\w)")
# Số liệu chốt đến hết ngày 30/9/2023: · Các tiêu chí đã hoàn thành trước ngày 30/6/2023:
_TOLD = re.compile(r"(?<!\w)(?:so lieu|ket qua|tinh hinh|den het|da|duoc)(?!\w)")

# gửi hồ sơ: hạn 24/11/2019 · (hạn đến ngày 24/11/2019); not hết hạn 30/6/2023, gia hạn đến ngày 30/6/2023
_OTHER_TERM = re.compile(r"[^\W\d_]\s+han(?:\s+(?:la|den|ngay|hoan\s+thanh))*$")


_AS_OF = re.compile(r"(?<!\w)[tT]ính\s+(?:đến\s+)?\Z")  # Số liệu tính đến hết ngày 31/12/2015
FAR = 3  # years: a last day so far ahead, in a year that nothing else speaks of, is hardly meant


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day and the span of the words that give it, from `trước ngày` to the date."""

    start: int
    end: int
    date: DateAt


def find_deadline(whole: Reading, start: int, end: int, issued: dt.date | None) -> Deadline | None:
    """The last day that a sentence sets. One without a year is the first such day from the notice's own on.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["báo cáo trước 17 giờ 00 phút ngày 24/4"])
    >>> found = find_deadline(Reading(text, (1.0,) * len(text.words)), 0, 38, dt.date(2023, 4, 17))
    >>> found and found.date.value.isoformat()
    '2023-04-24'
    """
    dates = find_dates(whole, start, end)
    if issued is not None:
        dates = sorted([*dates, *find_days(whole, start, end, issued)], key=lambda date: date.start)
    for cue_start, cue_end in find_phrases(whole, "deadline", start, end):
        if _AS_OF.search(whole.string, start, cue_start):
            continue
        if whole.flowing.startswith("han", cue_start) and _OTHER_TERM.search(whole.flowing, start, cue_end):
            continue
        near = [
            date
            for date in dates
            if cue_start <= date.start <= cue_end + _LONGEST_LEAD and _leads(whole, cue_end, date.start)
        ]
        if near and not _of_citation(whole, near[0], start):
            return Deadline(cue_start, near[0].end, near[0])
    return None


def _leads(whole: Reading, start: int, end: int) -> bool:
    """Nothing but `ngày`, an hour or a weekday stands between cue and date."""
    return _LEADS.fullmatch(whole.flowing[start:end]) is not None


def _of_citation(whole: Reading, date: DateAt, start: int) -> bool:
    """Does the date belong to a document's code right before it?"""
    return any(0 <= date.start - code.end <= 8 for code in find_codes(whole, start, date.start))


def ends_period(whole: Reading, start: int, deadline: Deadline) -> bool:
    """Is it the end of a period that was told with its beginning?"""
    return _PERIOD.search(whole.flowing, start, deadline.start) is not None


_DAY_NEXT = re.compile(r"[^.;:\d]{0,24}\d")


def is_due_heading(whole: Reading, item: Item) -> bool:
    """Does an item head tasks with their day: `Các nhiệm vụ sau đây phải hoàn thành trước ngày 31/10/2023:`?"""
    text = whole.flowing[item.content : item.end].rstrip()
    heads = text.endswith(":") or (item.depth <= 2 and len(text) < 160 and not text.endswith((".", ";", ",")))
    due = heads and _TO_DO.search(text) is not None and _TOLD.search(text) is None
    cues = find_phrases(whole, "deadline", item.content, item.end) if due else []
    return any(_DAY_NEXT.match(whole.flowing, end, item.end) for _, end in cues)  # not hạn, mặn gay gắt


def heading_deadline(outline: Outline, index: int) -> Deadline | None:
    """The last day that an item sets for all that is listed below it: `I. CÔNG VIỆC TRƯỚC NGÀY 31/3/2020`."""
    item = outline.items[index]
    if not outline.leads(index) or not is_due_heading(outline.whole, item):
        return None
    found = find_deadline(outline.whole, item.content, item.end, outline.issued)
    return found if found and outline.issued and found.date.value >= outline.issued else None


def inherited_deadline(outline: Outline, index: int) -> Deadline | None:
    """The last day of the nearest heading above that sets one."""
    found = (heading_deadline(outline, above) for above in outline.above(index))
    return next((deadline for deadline in found if deadline is not None), None)


def in_time(task: Field[Task], whole: Reading, issued: dt.date | None) -> Field[Task]:
    """The task, in doubt where its last day lies before the notice or in a year that no other word speaks of.

    `trước ngày 15/11/2028` in a notice of 2023 is 15/11/2023 with a figure misread.
    """
    day = task.value.deadline
    if day is None or issued is None:
        return task
    if day < issued:
        return task.doubt("the last day lies before the notice's own", 0.6)
    if day.year - issued.year < FAR or len(re.findall(rf"(?<!\d){day.year}(?!\d)", whole.string)) > 1:
        return task
    near = _near(day, issued)
    if near is None:
        return task.doubt(f"nothing else in the notice speaks of {day.year}", 0.6)
    mended = replace(task, value=task.value.model_copy(update={"deadline": near}), method=Method.INFERRED)
    mended = replace(mended, alternatives=(day.isoformat(),))
    return mended.doubt(f"nothing else in the notice speaks of {day.year}, which is a figure off {near.year}", 0.6)


def _near(day: dt.date, issued: dt.date) -> dt.date | None:
    """The same day in the notice's year or the next, if that year is one figure off and the day is still to come."""
    for year in (issued.year, issued.year + 1):
        off = sum(a != b for a, b in zip(str(year), str(day.year), strict=True))
        if off == 1 and (day.month, day.day) != (2, 29) and day.replace(year=year) >= issued:
            return day.replace(year=year)
    return None
