"""What the head of a column tells of its figures: reached, planned or grown; by which day; claimed or found."""

from __future__ import annotations

import re

from extract.ntm.levels import TargetAt, heading_target, names_body, names_set, target_in, targets_in
from extract.ntm.survey import Survey

# Đăng ký năm 2024 · Ước đạt đến 31/12 · Tăng so với năm 2010 · Kế hoạch; folded
_INTENDED = r"ke\s*hoach|uoc|phan\s*dau|du\s*kien|dang\s*ky|muc\s*tieu|nghi\s*quyet|lo\s*trinh"
INTENDED = re.compile(rf"\b(?:{_INTENDED})\b")
_NOT_REACHED = re.compile(rf"\b(?:{_INTENDED}|tang|giam|so\s+voi|ty\s*le|chenh\s*lech)\b|%")
# Xã tự đánh giá · Kết quả tự chấm · Xã báo cáo; then Đoàn thẩm tra · Huyện kiểm tra; folded
CLAIMED = re.compile(r"tu\s+(?:danh\s+gia|cham)|bao\s+cao")
FOUND = re.compile(r"tham\s+(?:dinh|tra)|kiem\s+tra|ra\s+soat|doan|hoi\s+dong|huyen|tinh")
DAY = re.compile(r"(?<!\d)(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(20\d\d)(?!\d)")  # 15/6/2014 · 11/2023 · năm 2013
NOW = (9999, 12, 31)  # Đến nay · Hiện tại, and heads without a date


def is_reached(survey: Survey, head: str) -> bool:
    """Does a column under these words, folded, tell what was reached, not what is planned or grew?"""
    return _NOT_REACHED.search(head) is None and (DAY.search(head) is None or date_of(head)[0] <= survey.where.day.year)


def date_of(head: str) -> tuple[int, int, int]:
    """The latest day that a head names, a year or a month by its end; `Đến nay` is later than all."""
    found = [(int(y), int(m or 12), int(d or 31)) for d, m, y in DAY.findall(head)]
    return max(found, default=NOW)


def level_of_head(survey: Survey, start: int, end: int) -> TargetAt | None:
    """The level that the head of rows names, else the set that is named in the paragraph which leads to them, else the
    heading above."""
    index = next((i for i, item in enumerate(survey.items) if item.start <= start < item.end), None)
    if index is None:
        return target_in(survey.whole, start, end)
    return target_in(survey.whole, start, end) or _led_by(survey, index) or heading_target(survey, index)


def _led_by(survey: Survey, index: int) -> TargetAt | None:
    """`Mức độ đạt tiêu chí xã nông thôn mới của từng xã:` right above the rows."""
    above = survey.items[index - 1] if index and survey.closes_with(index - 1, ":") else None
    if above is None or not names_set(survey, (above.content, above.end)):
        return None
    named = [one for one in targets_in(survey.whole, above.content, above.end) if not names_body(survey.whole, one)]
    return named[-1] if len({level for level, _, _ in named}) == 1 else None
