"""Minutes and the day that they tell: `Hôm nay, ngày …`."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.field import Field
from extract.notice import Method
from extract.rules.meeting_day import by_meeting_day
from tests.notices import HEAD, zones_of

HELD = dt.date(2024, 10, 22)
MINUTES = "Hôm nay, hồi 8 giờ 00 phút ngày 22 tháng 10 năm 2024"


def zones(told: str):
    body = f"{told}, Đoàn thẩm tra tiến hành làm việc."
    return zones_of(f"{HEAD}\nBIÊN BẢN\nThẩm tra tiêu chí\n\n{body}\n\nNơi nhận:\n- Lưu: VT.")


def read(day: dt.date) -> Field[dt.date]:
    return Field(day, 0.96, Method.READ, "issue_date")


@pytest.mark.parametrize(
    ("letterhead", "given", "marked"),
    [
        (dt.date(2024, 10, 22), HELD, False),
        (dt.date(2024, 10, 29), HELD, True),  # an italic 2 was read as 9
        (None, HELD, True),
        (dt.date(2024, 11, 2), dt.date(2024, 11, 2), True),  # another month: whose slip it is, nobody knows
    ],
)
def test_minutes_are_dated_on_the_day_of_the_meeting(letterhead, given, marked):
    date = by_meeting_day(zones(MINUTES), "bien_ban", read(letterhead) if letterhead else None)
    assert date is not None
    assert (date.value, date.review) == (given, marked)


def test_other_days_and_other_documents_change_nothing():
    date = read(dt.date(2024, 10, 29))
    assert by_meeting_day(zones(MINUTES), "thong_bao", date) == date
    assert by_meeting_day(zones("Ngày 22 tháng 10 năm 2024"), "bien_ban", date) == date
