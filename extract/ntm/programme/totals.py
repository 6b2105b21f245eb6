"""How many communes take part in all, and how many criteria they reach on average."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.field import Field
from extract.ntm.criteria.ref import USUAL_TOTAL
from extract.ntm.earlier import is_earlier
from extract.ntm.figures.counts import COUNT, parse_count
from extract.ntm.figures.money import parse_figures
from extract.ntm.plans import is_intended
from extract.ntm.survey import Survey
from extract.parts.clauses import sentences
from extract.reading import Span, within
from extract.trail import missed
from normalize.lexicon.units import Units

# Toàn huyện có 14 xã · Tổng số xã …: 17/17 xã · Huyện Phú Bình có 19 xã xây dựng · toàn bộ 11 xã; folded
_PLACE = r"(?:huyen|tinh|thi\s+xa|thanh\s+pho)"
_HAS = (
    rf"\s+(?:hien\s+)?(?:co|con)\s+(?:tong\s+so\s+)?(?P<n>{COUNT})\s+xa"
    r"(?=\s*(?:[,.;]|\(truoc|va\s|thuc|thuoc|lam|xay|tham|trien|voi\s|trong|nong\s+thon|$))"
)
LEAST_AVERAGE = 5  # criteria a commune: of 340 averages none is below 5.5; 1,78 is what is left of 11,78
# told of all that there are, whatever is said of them
_OF_ALL = (
    re.compile(
        rf"tong\s+so\s+xa\b(?:(?!\b(?:dat|duoc|hoan|len)\b)[^.;:]){{0,60}}?:?\s*(?:la\s+)?(?:\d{{1,3}}\s*/\s*)?"
        rf"(?P<n>{COUNT})(?:\s*xa)?"
        r"(?!\s*(?:trieu|ty|dong|tieu))"
    ),
    re.compile(rf"(?<![\w/])(?P<n>{COUNT})\s+xa\s+toan\s+(?:tinh|huyen|thi\s+xa|thanh\s+pho)(?!\w)"),
    re.compile(rf"don\s+vi\s+hanh\s+chinh[^.;]{{0,40}}?(?:\bco|\bgom)\s+(?P<n>{COUNT})\s+xa(?!\w)"),
)
_OPENING = re.compile(rf"\W*tinh{_HAS}")  # Tỉnh có 182 xã: what a paragraph begins with
# told of some where `đạt`, `đăng ký` or a list follows
_ALL_OF = re.compile(rf"toan\s+bo\s+(?:(?:so|ca)\s+)?(?P<n>{COUNT})(?:\s*/\s*\d{{1,3}})?\s+xa(?!\w)")
_TOTALS = (
    _ALL_OF,
    re.compile(rf"(?:toan|tren\s+dia\s+ban)\s+{_PLACE}(?:\s+[a-z' ]{{2,24}}?)?{_HAS}"),
    re.compile(rf"(?:toan|ca)\s+{_PLACE}\s*\((?:gom\s+)?(?P<n>{COUNT})\s+xa\)"),  # toàn huyện (14 xã) có
    re.compile(
        rf"(?:toan|ca)\s+{_PLACE}\s+(?P<n>{COUNT})\s+xa(?=\s*[,;]|\s+(?:co\s+)?(?:muc\s+)?dat\s+binh\s+quan|\s+deu\s)"
    ),  # toàn huyện 21 xã, …
    re.compile(rf"{_PLACE}\s+[a-z' ]{{2,24}}?,?{_HAS}"),  # Vĩnh Bảo là huyện thuần nông, có 29 xã; …
    re.compile(rf"(?:huyen|thi\s+xa|(?<![a-z] )tinh){_HAS}"),  # Huyện có 18 xã, cả 18 xã đã đạt chuẩn
    _OPENING,
    re.compile(
        rf"(?P<n>{COUNT})\s+xa\s+(?:thuc\s+hien|trien\s+khai|tham\s+gia|xay\s+dung)\s+"
        r"(?:chuong\s+trinh|nong\s+thon\s+moi|ntm|xay\s+dung)"
    ),
    re.compile(r"tong\s+so\s+(?P<n>\d{1,3})\s+xa(?!\w)"),
)
# Kết quả trên địa bàn 13 xã: · 15,58 tiêu chí/xã (12 xã) · Số xã: 8 xã, trong đó 7 xã đạt
# cả 9 xã đã được công nhận · mức độ đạt tiêu chí của 11 xã trên địa bàn huyện · chỉ đạo 15 xã rà soát:
# a total where the district has so many
_LIKELY = (
    re.compile(rf"(?<!\w)ca\s+(?P<n>{COUNT})\s+xa(?!\w)"),
    re.compile(rf"tren\s+dia\s+ban\s+(?P<n>{COUNT})\s+xa(?!\w)"),
    re.compile(rf"tieu\s+chi\s*/\s*xa\s*\((?P<n>{COUNT})\s+xa\)"),
    re.compile(rf"\bxa\s+(?:cua|trong)\s+(?:toan\s+)?{_PLACE}\s*\((?P<n>{COUNT})\s+xa\)"),  # Các xã của huyện (08 xã)
    re.compile(rf"so\s+xa\s*:\s*(?P<n>{COUNT})\s+xa\s*[,;]?\s*trong\s+do"),
    re.compile(rf"(?<!\w)(?:cua|trong)\s+(?:(?:tong\s+)?so\s+)?(?P<n>{COUNT})\s+xa(?!\w)"),
    re.compile(
        rf"(?<![\w/])(?P<n>{COUNT})\s+xa\s+(?:tren\s+dia\s+ban(?=\s*[.,;])|(?:tren\s+dia\s+ban|trong|thuoc|cua)\s+(?:toan\s+)?{_PLACE}(?!\w))"
    ),
    re.compile(rf"(?<![\w/])(?P<n>{COUNT})\s+xa\s+(?:ra\s+soat|tu\s+(?:danh\s+gia|ra\s+soat|cham))(?!\w)"),
)
_SHARE = re.compile(r"(?<![\d.,/])\d{1,3}\s*/\s*(?P<n>\d{1,3})\s+xa(?!\w)")  # 04/17 xã đạt chuẩn
_ONLY_SOME = re.compile(
    r"(?:\s+(?:xay\s+dung\s+)?(?:nong\s+thon\s+moi|ntm)\s+(?:nang\s+cao|kieu\s+mau)|\s+thuoc\s+(?:khu\s+vuc|vung)|"
    r"\s+trong\s+(?:ke\s+hoach|lo\s+trinh))(?!\w)|\s*(?:da\s+)?(?:dat(?!\s+binh\s+quan)|duoc|dang\s+ky|phan\s+dau|hoan\s+thanh|chua|con|du|de\s+nghi|ve\s+dich|gom|:|\((?!truoc))"
)
# đầu kỳ bình quân mới đạt 9,8
_EARLIER = re.compile(r"(?:dau ky|dau giai doan|xuat phat|khi bat dau|truoc khi|ban dau)")
_STATE = r"(?:(?!\btang\b|\bgiam\b|\bthieu\b|\bmoi\s+nam\b)[^.;\d])"  # not: bình quân mỗi xã tăng 1,2 tiêu chí
# bình quân mỗi xã trong số 08 xã đạt 15,25 tiêu chí
_OF_HOW_MANY = rf"{_STATE}{{0,30}}?\b(?:trong|cua)\s+(?:(?:tong\s+)?so\s+|ca\s+)?\d{{1,3}}\s+xa"
_MEAN = rf"(?:binh\s+quan|trung\s+binh)(?:{_OF_HOW_MANY})?{_STATE}"
_AVERAGE = (
    re.compile(rf"{_MEAN}{{0,70}}?(?P<n>\d{{1,2}}(?:[.,]\d{{1,3}})?)\s*(?:tieu\s*chi|tc\b)"),
    re.compile(rf"{_MEAN}{{0,40}}?tieu\s*chi{_STATE}{{0,40}}?(?P<n>\d{{1,2}}[.,]\d{{1,3}})(?!\d)"),
    re.compile(
        r"tieu\s*chi\s+binh\s+quan(?:\s+cua\s+(?:ca\s+)?\d{1,3}\s+xa)?[^.;\d]{0,30}?\s(?:la|dat|:)\s*(?P<n>\d{1,2}[.,]\d{1,3})(?!\d)"
    ),
    re.compile(r"(?<!\w)moi\s+xa\s+(?:(?:dat|co|duoc)\s+)*(?P<n>\d{1,2}[.,]\d{1,3})\s*tieu\s*chi"),
    re.compile(r"(?<!tang )(?<!giam )(?P<n>\d{1,2}[.,]\d{1,3})\s*tieu\s*chi\s*(?:ntm|nong\s+thon\s+moi)?\s*/\s*xa"),
)


def find_total(survey: Survey) -> Field[int] | None:
    """How many communes take part: `Toàn huyện có 14 xã`, `17/17 xã`, `toàn bộ 11 xã`."""
    ways = [*((p, 0.97) for p in (*_OF_ALL, *_TOTALS)), *((p, 0.95) for p in _LIKELY), (_SHARE, 0.9)]
    for pattern, factor in ways:
        for start, end in survey.reporting():
            for match in _matches(survey, pattern, start, end):
                value = _total_at(survey, pattern, match)
                if value and not is_intended(survey.whole, match.start("n"), since=start):
                    field = survey.whole.field(value, *match.span("n"), "communes_total", factor=factor)
                    return field.doubt("the district had fewer communes") if value > _most(survey) else field
    opened = _in_opening(survey)
    if opened is None:
        missed("/ntm/communes_total", "communes_total", "no number of communes is told of the whole district")
    return opened


def _matches(survey: Survey, pattern: re.Pattern[str], start: int, end: int) -> Iterator[re.Match[str]]:
    text = survey.whole.flowing
    if pattern is not _OPENING:
        yield from pattern.finditer(text, start, end)
    elif opening := pattern.match(text, start, end):
        yield opening


def _in_opening(survey: Survey) -> Field[int] | None:
    """`Căn cứ …, Văn phòng báo cáo số tiêu chí của toàn bộ 09 xã trong huyện như sau:`, if the district has so many."""
    whole, opening = survey.whole, (survey.zones.body_start, survey.report_start)
    for match in (m for pattern in (_ALL_OF, *_LIKELY) for m in pattern.finditer(whole.flowing, *opening)):
        value = parse_count(whole.flat(*match.span("n")))
        if value is not None and value == _communes(survey):
            return whole.field(value, *match.span("n"), "communes_total", factor=0.97)
    return None


def _total_at(survey: Survey, pattern: re.Pattern[str], match: re.Match[str]) -> int | None:
    """The number that a pattern found, if it is one of all communes."""
    if pattern is _SHARE and survey.whole.string[match.end() - 2].isupper():  # … : 19/19 / Xã Hậu Mỹ
        return None
    if pattern in _TOTALS and _ONLY_SOME.match(survey.whole.flowing, match.end()):
        return None
    value = parse_count(survey.whole.flat(*match.span("n")).split("/")[-1])
    there = _communes(survey)
    if pattern in _LIKELY and not (value and there and abs(value - there) <= 0.2 * there):
        return None
    return value


def _communes(survey: Survey) -> int | None:
    """How many communes the district had on the day, else the province; None where neither is known."""
    code = survey.where.district_code or survey.where.province_code
    units = Units.on(survey.where.day).communes(code) if code else []
    return sum(unit.type == "xã" for unit in units) or None


def _most(survey: Survey) -> int:
    """How many communes the district had, a few more for lists that lie a little off."""
    code = survey.where.district_code
    return len(Units.on(survey.where.day).communes(code)) + 3 if code else 10_000


def find_average(survey: Survey, taken: Sequence[Span]) -> Field[float] | None:
    """The average of criteria a commune: `Bình quân đạt 14,29 tiêu chí/xã`. `taken`: tables that are read by cells."""
    for pattern in _AVERAGE:
        for start, end in survey.reporting():
            for match in pattern.finditer(survey.whole.flowing, start, end):
                if within(match.start("n"), taken):
                    continue
                value = int(match["n"]) if match["n"].isdecimal() else float(parse_figures(match["n"]))  # 19; 13,00
                if _of_another_time(survey, start, end, match.start("n")):
                    missed("/ntm/average_criteria", "average", "of another time, or planned", match.group())
                    continue
                if 0 < value <= USUAL_TOTAL and not is_intended(survey.whole, match.start("n")):
                    field = survey.whole.field(value, *match.span("n"), "average", factor=0.98)
                    return field.doubt("hardly any district is so far behind", 0.7) if value < LEAST_AVERAGE else field
                why = f"{value} is no average of {USUAL_TOTAL} criteria"
                missed("/ntm/average_criteria", "average", why, match.group())
    missed("/ntm/average_criteria", "average", "no number stands with ‘bình quân’ and ‘tiêu chí’")
    return None


def _of_another_time(survey: Survey, start: int, end: int, at: int) -> bool:
    """Is the figure at `at` told of the beginning, or in a sentence that leads off with another time?"""
    if _EARLIER.search(survey.whole.flowing[max(start, at - 60) : at]):
        return True
    return any(is_earlier(survey, a, at) for a, b in sentences(survey.whole, start, end) if a <= at < b)
