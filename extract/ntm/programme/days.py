"""The days that a body tells of: of an inspection or meeting, of figures, or of minutes; not those of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.ntm.survey import Survey
from extract.parts.clauses import clause_end, clause_start, sentences
from extract.reading import Reading
from extract.words.codes import Code, find_codes
from extract.words.dates import DateAt, find_dates
from extract.words.phrases import find_phrases

# Kết quả đến 30/6/2020
_UNTIL = re.compile(r"(?:ket qua|tieu chi|muc do|tien do|hien trang|cac xa)(?:\s+\w+){0,16}\s+den\s*$")
# Quyết định 491/QĐ-TTg, tính đến 31/12/2012 · … (Quyết định 1980/QĐ-TTg): đến 30/11/2017 bình quân
# … Văn phòng Điều phối tỉnh báo cáo (chốt ngày 30/9/2025)
_UP_TO = re.compile(r"(?:(?:tinh\s+|[:(]\s*)(?:den|toi)\s+(?:het\s+)?|(?<!\w)chot\s+(?:den\s+)?)(?:ngay\s+)?$")
_IN_BRACKETS = re.compile(r"\(\s*(?:tinh\s+)?den\s+(?:het\s+)?(?:ngay\s+)?$")  # Biểu tổng hợp các xã (đến 30/11/2017)
# từ ngày 15/4 đến ngày 26/4/2019 · từ ngày 05 tháng 5 đến ngày 08 tháng 5 năm 2026: days of a visit
_RANGED = re.compile(
    r"\btu\s+(?:ngay\s+)?\d[\d/.]*(?:\s+(?:thang|nam)\s+\d{1,4}){0,2}\s+den\s+(?:het\s+)?(?:ngay\s*)?$"
)
# đến thời điểm thẩm tra (30/9/2019) · Thời điểm đánh giá: 31/10/2022
_MOMENT = re.compile(r"den thoi diem [^,.;()]{2,30}\(\s*(?:ngay\s+)?$|thoi diem [^,.;()]{0,30}:\s*(?:ngay\s+)?$")
# Số liệu trong thông báo này được lấy vào ngày 31/10/2022
_OF_FIGURES = re.compile(r"so lieu [^.;:]{0,60}\b(?:den|vao|lay|chot|cap nhat)\s+(?:het\s+)?(?:ngay\s*)?$")
# Rà soát vào ngày 28/02/2026, xã đạt 4/10 tiêu chí · Qua tự đánh giá đến ngày 30/9/2025
_REVIEWED = re.compile(
    r"\b(?:ra\s+soat|tu\s+(?:danh\s+gia|cham(?:\s+diem)?)|thong\s+ke)\s+(?:vao|den|luc|tai\s+thoi\s+diem)\s+(?:het\s+)?(?:ngay\s*)?$"
)
_NO_FIGURES = re.compile(r"[^.;]{0,60}?\b(?:no\s+dong|giai\s+ngan)\b")  # Đến ngày 31/12/2020 hai xã không có nợ đọng
# tính đến 31/5/2020 giải ngân vốn được 42% kế hoạch · Lũy kế đến 15/8/2020, giải ngân vốn 31,6 tỷ đồng
_COUNTED = re.compile(r"(?:tinh|luy\s+ke)\s+den\s+(?:het\s+)?(?:ngay\s+)?$")
_FIGURES = re.compile(
    r"[\s,]*(?::\s*$|:\s*\W*so xa|trong (?:tong )?so|trong \d|binh quan|toan (?:huyen|tinh|xa)|(?:da )?co \d+|"
    r"qua (?:ra soat|phuc tra|danh gia)|huyen|tinh|\d{1,3} xa|(?:cac|ca|hai|ba|bon) xa (?:da|deu))(?!\w)"
)
_MET = re.compile(r"tai\s+(?:buoi|cuoc|phien|hoi\s+nghi|hop|dot)")
# 2. Xã Hồng Sơn (ngày 08/9/2026): a heading of what was found there
_VISITED = re.compile(r"^\W*(?:xa|thi tran) [^().;:,]{2,25}\((?:ngay\s+)?$")
# 1. Thời gian: 08 giờ 00, ngày 24 tháng 11 năm 2022
_TIME = re.compile(
    r"\W*(?:\d\W+)?thoi\s+gian(?:\s+(?:kiem\s+tra|lam\s+viec|hop|tham\s+(?:tra|dinh)))?\s*:\s*"
    r"(?:(?:vao|luc|hoi|tu|den|sang|chieu|ngay|\d{1,2}(?:\s*(?:gio|h|g|phut|:)\s*\d{0,2})?(?:\s*phut)?)[\s,-]*)*\Z"
)
# Hôm nay, lúc 08 giờ 15 phút ngày 18 tháng 10 năm 2023, tại hội trường: what minutes are of
_TODAY = re.compile(r"\W*hom\s+nay\b[^.;]{0,60}\Z")
# … làm việc tại các xã: ngày 14/4/2026 tại xã Lộc Thạnh, ngày 15/4/2026 tại xã Thiện Hưng và ngày 16/4/2026 …
_NEXT_VISIT = re.compile(r"\s+(?:tai|o|voi)\s+[^.;:,]{3,60}?(?:,|,?\s+va)\s+(?:ngay\s+)?")
# Qua theo dõi báo cáo tháng 10/2022 và kiểm tra ngày 25/10/2022
_ALSO_INSPECTED = re.compile(
    r"\b(?:va|qua)\s+(?:kiem\s+tra|tham\s+tra|khao\s+sat|lam\s+viec)(?:\s+thuc\s+te)?\s+(?:ngay\s*)?$"
)
# Căn cứ Biên bản họp Hội đồng thẩm định ngày 21/3/2024: of a meeting that a decision rests on
_MINUTES = re.compile(
    r"bien ban (?:(?:cuoc|phien) )?hop(?:(?!\bso\b)[^,;.:()\d]){0,60}(?:ngay\s*)?[\d/.]+(?: thang \d+ nam \d+)?"
    r"(?: cua hoi dong)?"
)
# Thông báo kết luận giao ban quý I năm 2024 ngày 14/3/2024: what the notice is of, not another one
_CONCLUDED = re.compile(
    r"thong bao ket luan (?:(?:cua|tai) [^.;:,]{3,60} )?"
    r"(?:giao ban|(?:cuoc |buoi |phien )?hop|hoi nghi|(?:buoi )?lam viec)"
)
_TELLING = ("bao cao ket qua", "thong bao ket qua")
# Nghị quyết này đã được Hội đồng nhân dân huyện khóa XI, kỳ họp thứ bảy thông qua ngày 12 tháng 7 năm 2018
_PASSED = re.compile(r"nghi\s+quyet\s+(?:nay\s+)?(?:da\s+)?duoc\s[^.;]{0,140}thong\s+qua")
# Đợt kiểm tra tiếp theo dự kiến ngày 18/12/2021
_TO_COME = re.compile(r"\b(?:du\s+kien|tiep\s+theo|lan\s+sau|ky\s+sau)\b[^.;]{0,60}$")
# Ngày 18 và 19/10/2018, … · Trong các ngày 18/10/2023, 19/10/2023 và 20/10/2023, …: first words that date a sentence
_OPENING = re.compile(
    r"\W*(?:(?:trong|sang|chieu|toi|vao|tu)\s+)?(?:(?:cac|hai|ba|\d{1,2})\s+)?ngay\s+"
    r"(?:[\d/.]+(?:\s*[,&–-]\s*|\s+(?:va|den)\s+)(?:ngay\s+)?)*"
)
_HAS_BEEN = re.compile(r"\s*,?\s[^.;:,]{0,80}\sđã\s")
# Từ ngày 01/7/2025, thực hiện chủ trương …: since when, no visit; not `Từ ngày 23/9 đến ngày 25/9/2014`
_SINCE = re.compile(r"\b(?:ke\s+)?tu\s+(?:ngay\s+)?$")
_TO_ANOTHER = re.compile(r"\s*(?:den|toi|[-–])")
# hiệu lực từ ngày, lập ngày 17/11/2022: a last day, or that of a paper
_OF_PAPER = re.compile(
    r"(?<!\w)(?:truoc|cham nhat|hieu luc|(?<!thong )ke|(?<!thanh )lap|ky|ban hanh|cong bo)\s+"
    r"(?:tu\s+|vao\s+)?(?:ngay\s*)?$"
)


def free_dates(survey: Survey) -> Iterator[tuple[DateAt, str]]:
    """Dates of the body that belong to no document and no last day, with what their sentence says of them."""
    whole = survey.whole
    for index, item in enumerate(survey.items):
        if index in survey.asking:
            continue
        for start, end in sentences(whole, item.content, item.end):
            yield from _dates_of(survey, start, end)


def _dates_of(survey: Survey, start: int, end: int) -> Iterator[tuple[DateAt, str]]:
    whole = survey.whole
    dates = find_dates(whole, start, end)
    codes = find_codes(whole, start, end) if dates else []
    visited = 0
    for date in dates:
        before = whole.flowing[max(start, date.start - 40) : date.start]
        figures = _OF_FIGURES.search(whole.flowing, max(start, date.start - 90), date.start)
        told = figures is not None or _UP_TO.search(before) is not None  # Quyết định 491/QĐ-TTg, tính đến 31/12/2012
        if (_cited(whole, codes, date, start) and not told) or _OF_PAPER.search(before):
            if _is_of_minutes(whole, date, start, end):
                yield date, "minutes"
            continue
        ranged = _RANGED.search(whole.flowing, max(start, date.start - 60), date.start)
        if _NO_FIGURES.match(whole.flowing, date.end, end) and not _COUNTED.search(before):
            continue
        if _is_of_figures(survey, start, end, date, ranged is not None):
            yield date, "as_of"
        elif (
            (
                (date.value <= survey.where.day or _is_past(whole, start, date))
                and _is_inspected(survey, start, end, date)
            )
            or _VISITED.search(before)
            or (date.value <= survey.where.day and _TIME.match(whole.flowing, start, date.start))
            or (date.value <= survey.where.day and _TODAY.match(whole.flowing, start, date.start))
            or (visited and _NEXT_VISIT.fullmatch(whole.flowing, visited, date.start))
        ):
            visited = date.end
            yield date, "inspection"


def _is_past(whole: Reading, start: int, date: DateAt) -> bool:
    """`Ngày 22/8/2024, Tổ công tác của huyện đã kiểm tra` in a notice that seems older: one of both days is misread."""
    return (
        _OPENING.fullmatch(whole.flowing, start, date.start) is not None
        and _HAS_BEEN.match(whole.string, date.end) is not None
    )


def _is_of_figures(survey: Survey, start: int, end: int, date: DateAt, ranged: bool) -> bool:
    """Is a date, no range's end, the day that figures hold for?"""
    whole, before = survey.whole, survey.whole.flowing[max(start, date.start - 40) : date.start]
    if _MOMENT.search(before) or _REVIEWED.search(before) or _IN_BRACKETS.search(before):
        return True
    if ranged:
        return False
    left = max(start, date.start - 90)
    cues = find_phrases(whole, "as_of", max(start, date.start - 40), min(date.start + 5, end))
    if any(date.start - cue_end <= 8 for _, cue_end in cues) or _OF_FIGURES.search(whole.flowing, left, date.start):
        return True
    until = _UNTIL.search(whole.flowing, left, date.start) is not None or _dates_figures(survey, date)
    return date.value <= survey.where.day and until


def _is_of_minutes(whole: Reading, date: DateAt, start: int, end: int) -> bool:
    """`Căn cứ Biên bản họp Hội đồng thẩm định ngày 21/3/2024`."""
    minutes = _MINUTES.search(whole.flowing, max(start, date.start - 90), end)
    return minutes is not None and minutes.end() >= date.end and "hoi dong" in minutes[0]


def _dates_figures(survey: Survey, date: DateAt) -> bool:
    """`đến 30/11/2017 bình quân 19 xã đạt 10,89 tiêu chí/xã`."""
    text = survey.whole.flowing
    return re.search(r"(?<!\w)den\s*$", text[: date.start]) is not None and _FIGURES.match(text, date.end) is not None


def _cited(whole: Reading, codes: Sequence[Code], date: DateAt, start: int) -> bool:
    """`số 18/KH-UBND ngày 18/01/2023`, `cùng ngày 08/3/2022`: the day of a document."""
    text = whole.flowing
    before = text[max(0, date.start - 6) : date.start]
    if any(0 <= date.start - code.end <= 12 for code in codes):
        return True
    named = re.search(
        r"(?:luat|nghi quyet|quyet dinh|ke hoach|cong van|van ban|to trinh|bao cao|thong bao(?! nay)|"
        r"bien ban (?:hop|hoi nghi))"
        r"(?P<rest>(?:[^,;.):]|:(?!\s)){0,60})"  # … thông báo như sau: / Ngày 12/9/2023, Đoàn đã kiểm tra
        r"(?:ngay\s*)?$",
        text[max(start, date.start - 90) : date.start],
    )
    # UBND huyện báo cáo tại hội nghị giao ban ngày 12/8/2022: the meeting's day; báo cáo kết quả thẩm tra ngày: what a
    # report in small letters tells of, and a notice: UBND huyện thông báo kết quả thẩm tra ngày 28/9/2023 đối với 06 xã
    at = max(start, date.start - 90) + named.start() if named else start
    told = named is not None and named[0].startswith(_TELLING) and whole.string[at].islower()
    own = named is not None and not whole.flowing[start:at].strip() and _CONCLUDED.match(named[0]) is not None
    also = _ALSO_INSPECTED.search(text, max(start, date.start - 60), date.start) is not None
    met = told or own or also or (named is not None and _MET.search(named["rest"]) is not None)
    until = named is not None and re.search(r"(?<!\w)den\s+(?:het\s+)?(?:ngay\s*)?$", named[0])  # kết quả … đến ngày
    return (named is not None and not met and not until) or "cung" in before


def _is_inspected(survey: Survey, start: int, end: int, date: DateAt) -> bool:
    """Does the clause around a date speak of an inspection or a meeting?"""
    whole = survey.whole
    start = max(start, whole.string.rfind(":\n", start, date.start) + 1)  # … thông báo như sau: / Ngày 17/10/2023, …
    if _PASSED.search(whole.flowing, start, date.start) or _TO_COME.search(whole.flowing, start, date.start):
        return False
    if _SINCE.search(whole.flowing, start, date.start) and not _TO_ANOTHER.match(whole.flowing, date.end):
        return False
    left = max(date.start - 110, clause_start(whole.flowing, start, date.start))
    if date.start - start < 12 or _OPENING.fullmatch(whole.flowing, start, date.start):
        return bool(find_phrases(whole, "inspection", start, end))
    right = clause_end(whole.flowing, date.end, min(end, date.end + 170))
    return bool(find_phrases(whole, "inspection", left, right))
