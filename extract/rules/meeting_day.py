"""The day of minutes: they tell it again, `Hôm nay, ngày 22 tháng 10 năm 2024, …`, and are dated on it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from extract.field import Field
from extract.notice import Method
from extract.parts.zones import Zones
from extract.words.dates import DateAt, find_dates

_TODAY = re.compile(r"(?<!\w)hom nay(?!\w)[^.;]{0,60}?$")  # Hôm nay, hồi 8 giờ 00 phút ngày
# Vào lúc 08 giờ 15 phút, ngày · Hồi 7 giờ 30 ngày · Bắt đầu 14h00', thứ Sáu, ngày
_AT_HOUR = re.compile(r"(?<!\d)\d{1,2}\s*(?:gio|h|g)(?!\w{2})[^.;]{0,40}?$")
RULE = "meeting_day"
MINUTES = "bien_ban"


def by_meeting_day(zones: Zones, slug: str | None, date: Field[dt.date] | None) -> Field[dt.date] | None:
    """The letterhead's day, or the one that minutes tell where that one was not read or lies in the same month.

    `slug`: the document's type; days of other types stay. Figures of a letterhead are misread oftener (italics, hands)
    than those of the body, so the body's day is taken, for review.
    """
    today = _told(zones) if slug == MINUTES else None
    if today is None or (date is not None and date.value == today.value):
        return date
    told = zones.whole.field(today.value, today.start, today.end, RULE, Method.INFERRED)
    if date is None:
        return told.doubt("the letterhead's day was not read, the minutes say `hôm nay`", 0.75)
    if (date.value.year, date.value.month) != (today.value.year, today.value.month):
        return date.doubt(f"the minutes were held on {today.value.isoformat()}", 0.7)
    other = (date.value.isoformat(),)
    return replace(told, alternatives=other).doubt("the letterhead was read as another day than `hôm nay`", 0.7)


def held_on(zones: Zones) -> dt.date | None:
    """The day that minutes without a letterhead's day were held on: `Hồi 7 giờ 30 ngày 22 tháng 3 năm 2023, …`."""
    told = _told(zones) or _told(zones, _AT_HOUR)
    return told.value if told else None


def _told(zones: Zones, lead: re.Pattern[str] = _TODAY) -> DateAt | None:
    """The first day of the body that a wording leads to."""
    whole = zones.whole
    for found in find_dates(whole, zones.body_start, zones.body_end):
        if lead.search(whole.flowing, zones.body_start, found.start):
            return found
    return None
