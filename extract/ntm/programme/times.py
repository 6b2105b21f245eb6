"""What time a notice speaks of: the year, the period, the days of inspection and of the figures."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.field import Field
from extract.notice import Method
from extract.ntm.plans import is_intended
from extract.ntm.survey import Survey
from extract.parts.items import sentences
from extract.reading import Reading
from extract.trail import missed
from extract.words.codes import Code, find_codes
from extract.words.dates import DateAt, find_dates
from extract.words.phrases import Span, find_phrases

_PERIOD = re.compile(
    r"(?:giai\s+doan|thoi\s+ky)\s*:?\s*(?:tu\s+nam\s+)?(?P<first>20[0-4]\d)\s*(?:[-–—]|den(?:\s+nam)?)\s*"
    r"(?P<last>20[0-4]\d)(?!\d)"
)
PROGRAMME = {"2010-2020": 2, "2011-2015": 2, "2016-2020": 3, "2021-2025": 3, "2026-2030": 3, "2026-2035": 1}
# 6 tháng cuối năm 2021 counts, cuối năm 2020 does not
_YEAR = re.compile(
    r"(?<!den )(?<!so voi )(?:(?<!cuoi )|(?<=thang cuoi ))(?<!tu )nam\s+(?P<year>20[0-4]\d)(?!\d)(?!\s*[-–]\s*\d)"
)
# … chương trình xây dựng nông thôn mới quý I/2014
_QUARTER = re.compile(r"(?<!\w)(?:quy\s+[ivx\d]{1,3}|thang\s+\d{1,2})\s*/\s*(?P<year>20[0-4]\d)(?!\d)")
# … của xã Đại Cường đến ngày 31/10/2012
_TITLE_DAY = re.compile(
    r"(?<!\w)den\s+(?:het\s+)?(?:ngay\s+)?\d{1,2}\s*[/.]\s*\d{1,2}\s*[/.]\s*(?P<year>20[0-4]\d)(?!\d)"
)
# Kết quả đến 30/6/2020
_UNTIL = re.compile(r"(?:ket qua|tieu chi|muc do|tien do|hien trang|cac xa)(?:\s+\w+){0,16}\s+den\s*$")
# Quyết định 491/QĐ-TTg, tính đến 31/12/2012 · … (Quyết định 1980/QĐ-TTg): đến 30/11/2017 bình quân
_UP_TO = re.compile(r"(?:tinh\s+|:\s*)(?:den|toi)\s+(?:het\s+)?(?:ngay\s+)?$")
# từ ngày 15/4 đến ngày 26/4/2019 · từ ngày 05 tháng 5 đến ngày 08 tháng 5 năm 2026: days of a visit
_RANGED = re.compile(r"\btu\s+(?:ngay\s+)?\d[\d/.]*(?:\s+(?:thang|nam)\s+\d{1,4}){0,2}\s+den\s+(?:het\s+)?(?:ngay\s*)?$")
# tính đến hết tháng 12/2019, … · đến hết năm 2021, toàn huyện
_MONTH_ENDED = re.compile(
    r"(?<!\w)den\s+het\s+(?:thang\s+(?P<month>\d{1,2})\s*(?:/|nam\s+)|nam\s+)(?P<year>20\d\d)(?!\d)"
    r"(?=[^.;]{0,60}?\b(?:dat|co)\s+(?:them\s+)?\d)"
)
# đến thời điểm thẩm tra (30/9/2019) · Thời điểm đánh giá: 31/10/2022
_MOMENT = re.compile(r"den thoi diem [^,.;()]{2,30}\(\s*(?:ngay\s+)?$|thoi diem [^,.;()]{0,30}:\s*(?:ngay\s+)?$")
# Số liệu trong thông báo này được lấy vào ngày 31/10/2022
_OF_FIGURES = re.compile(r"so lieu [^.;:]{0,60}\b(?:den|vao|lay|chot|cap nhat)\s+(?:het\s+)?(?:ngay\s*)?$")
_NO_FIGURES = re.compile(r"[^.;]{0,60}?\b(?:no\s+dong|giai\s+ngan)\b")  # Đến ngày 31/12/2020 hai xã không có nợ đọng
# tính đến 31/5/2020 giải ngân vốn được 42% kế hoạch · Lũy kế đến 15/8/2020, giải ngân vốn 31,6 tỷ đồng
_COUNTED = re.compile(r"(?:tinh|luy\s+ke)\s+den\s+(?:het\s+)?(?:ngay\s+)?$")
_FIGURES = re.compile(
    r"[\s,]*(?::\s*$|:\s*\W*so xa|trong (?:tong )?so|trong \d|binh quan|toan (?:huyen|tinh|xa)|(?:da )?co \d+|"
    r"qua (?:ra soat|phuc tra|danh gia)|huyen|tinh|\d{1,3} xa|(?:cac|ca|hai|ba|bon) xa (?:da|deu))(?!\w)"
)
_MET = re.compile(r"tai\s+(?:buoi|cuoc|phien|hoi\s+nghi|hop|dot)")


def find_year(survey: Survey) -> Field[int] | None:
    """The year reported on: the first of the trích yếu, else the one that the body speaks of most."""
    whole, zones = survey.whole, survey.zones
    subject = zones.subject
    title = next(_YEAR.finditer(subject.flowing), None)
    title = title or _QUARTER.search(subject.flowing) or _TITLE_DAY.search(subject.flowing)
    if title:
        return subject.field(int(title["year"]), *title.span("year"), "year_of_title")
    body = _years_told(survey)
    if not any(int(m["year"]) <= survey.where.day.year for m in body):
        missed("/ntm/year", "year_of_body", "no ‘năm’ with a year that is no part of a date", subject.string)
        return _year_of_days(survey)
    year = Counter(m["year"] for m in body).most_common(1)[0][0]
    if survey.document.date and int(year) < survey.where.day.year - 1:  # chợ xây mới năm 2010, in a report of 2012
        return _year_of_days(survey)
    match = next(m for m in body if m["year"] == year)
    field = whole.field(int(year), *match.span("year"), "year_of_body", factor=0.9)
    return (
        field
        if len({m["year"] for m in body}) == 1
        else replace(field, confidence=min(field.confidence, 0.78), review=True, why="several years are named")
    )


def _year_of_days(survey: Survey) -> Field[int] | None:
    """The year of the day that the figures hold for, else of the inspection, else of the notice; to be looked at."""
    day = find_as_of(survey) or find_inspection(survey) or survey.document.date
    if day is None:
        return None
    year = replace(day.to(day.value.year), method=Method.INFERRED, rule="year_of_days", alternatives=())
    return year.doubt("no year is named but in dates", 0.75)


def _years_told(survey: Survey) -> list[re.Match[str]]:
    """The years of the report, not of its tasks nor to come; failing those, of the opening, then any."""
    whole, zones = survey.whole, survey.zones
    found = [
        m
        for m in _YEAR.finditer(whole.flowing, zones.body_start, zones.body_end)
        if not _of_date(whole.flowing, m.start())
    ]
    past = [m for m in found if int(m["year"]) <= survey.where.day.year]
    tasks = [(survey.items[i].start, survey.items[i].end) for i in survey.asking]
    told = [m for m in past if not any(a <= m.start() < b for a, b in tasks)]
    return [m for m in told if m.start() >= survey.report_start] or told or past or found


def _of_date(text: str, at: int) -> bool:
    """`ngày 9 tháng 1 năm 2024`."""
    return re.search(r"thang\s+\d{1,2}\s*,?\s*$", text[max(0, at - 14) : at]) is not None


def find_period(survey: Survey) -> Field[str] | None:
    """The programme's period that criteria and sections refer to, of the periods printed."""
    whole = survey.whole
    scores: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for match in _PERIOD.finditer(whole.flowing, 0, survey.zones.body_end):
        period = f"{match['first']}-{match['last']}"
        if match["first"] >= match["last"]:
            continue
        before = whole.flowing[max(0, match.start() - 130) : match.start()]
        score = (
            1 + 3 * ("bo tieu chi" in before) + ("tieu chi" in before) + ("nong thon moi" in before or "ntm" in before)
        )
        score += match.start() >= survey.report_start
        if int(match["first"]) > survey.where.day.year:  # what is to come: PHƯƠNG HƯỚNG GIAI ĐOẠN 2021-2025
            score -= 6
        scores[period] += score + PROGRAMME.get(period, 0)
        if period not in first or score >= 4:
            first.setdefault(period, match.span())
    known = [period for period in scores if period in PROGRAMME] or list(scores)
    if not known:
        missed("/ntm/period", "period", "no ‘giai đoạn’ with two years, the first before the second")
        return None
    best = max(known, key=lambda period: (scores[period], period))
    rivals = tuple(sorted(period for period in known if period != best and scores[period] >= 0.7 * scores[best]))
    field = whole.field(best, first[best][0], first[best][1], "period", Method.MATCHED, 0.97)
    return replace(field, alternatives=rivals).doubt("another period is named as often", 0.7) if rivals else field


def find_inspection(survey: Survey) -> Field[dt.date] | None:
    """The last day of the inspection, appraisal or meeting that the notice concludes on."""
    told = list(_free_dates(survey))
    found = [date for date, cue in told if cue == "inspection"]
    minutes = [] if found else [date for date, cue in told if cue == "minutes"]
    if minutes:
        field = survey.whole.field(minutes[-1].value, minutes[-1].start, minutes[-1].end, "inspection", factor=0.97)
        return field.doubt("only minutes are cited of that day", 0.75)
    if not found:
        why = "no day of the body that is neither a document's nor a last day stands in a clause with such a word"
        missed("/ntm/inspected_on", "inspection", why)
        return None
    day = survey.where.day
    past = [date for date in found if date.value <= day] or found
    last = max(past, key=lambda date: date.value)
    field = survey.whole.field(last.value, last.start, last.end, "inspection", factor=0.97)
    return field if last.value <= day else field.doubt("it lies after the notice's own day")


def find_as_of(survey: Survey) -> Field[dt.date] | None:
    """The day to which the figures hold: `tính đến ngày 30/11/2019`."""
    found = [date for date, cue in _free_dates(survey) if cue == "as_of" and date.value <= survey.where.day]
    if not found and (ended := _month_ended(survey)):
        return ended
    if not found:
        missed("/ntm/as_of", "as_of", "no day stands right behind such words; a month alone is none")
        return None
    field = survey.whole.field(found[0].value, found[0].start, found[0].end, "as_of", factor=0.97)
    others = tuple(sorted({d.value.isoformat() for d in found} - {found[0].value.isoformat()}))
    return replace(field, alternatives=others).doubt("figures of several days are told", 0.7) if others else field


def _month_ended(survey: Survey) -> Field[dt.date] | None:
    """`Tính đến hết tháng 12/2019, huyện đạt 9/9 tiêu chí`: the month's last day, where figures follow."""
    for start, end in survey.reporting():
        for match in _MONTH_ENDED.finditer(survey.whole.flowing, start, end):
            year, month = int(match["year"]), int(match["month"] or 12)
            if not 1 <= month <= 12:
                continue
            last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
            if last <= survey.where.day and not is_intended(survey.whole, match.start(), since=start):
                field = survey.whole.field(last, *match.span(), "as_of", Method.INFERRED, 0.97)
                return field.doubt("a month is told, not its last day", 0.75)
    return None


def _free_dates(survey: Survey) -> Iterator[tuple[DateAt, str]]:
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
        told = _UP_TO.search(before) is not None  # Quyết định 491/QĐ-TTg, tính đến 31/12/2012
        if (_cited(whole, codes, date, start) and not told) or re.search(
            r"(?:truoc|cham nhat|hieu luc|ke|(?<!thanh )lap|ky|ban hanh|cong bo)\s+(?:tu\s+|vao\s+)?(?:ngay\s*)?$", before
        ):
            minutes = _MINUTES.search(whole.flowing, max(start, date.start - 90), end)
            if minutes and minutes.end() >= date.end and "hoi dong" in minutes[0]:
                yield date, "minutes"
            continue
        ranged = _RANGED.search(whole.flowing, max(start, date.start - 60), date.start)
        if _NO_FIGURES.match(whole.flowing, date.end, end) and not _COUNTED.search(before):
            continue
        cues = [] if ranged else find_phrases(whole, "as_of", max(start, date.start - 40), min(date.start + 5, end))
        if (
            any(date.start - cue_end <= 8 for _, cue_end in cues)
            or _MOMENT.search(before)
            or (not ranged and _OF_FIGURES.search(whole.flowing, max(start, date.start - 90), date.start))
            or (
                not ranged
                and date.value <= survey.where.day
                and (_UNTIL.search(whole.flowing, max(start, date.start - 90), date.start) or _dates_figures(survey, date))
            )
        ):
            yield date, "as_of"
        elif _is_inspected(survey, start, end, date) or _VISITED.search(before) or (visited and _NEXT_VISIT.fullmatch(whole.flowing, visited, date.start)):
            visited = date.end
            yield date, "inspection"


def _dates_figures(survey: Survey, date: DateAt) -> bool:
    """`đến 30/11/2017 bình quân 19 xã đạt 10,89 tiêu chí/xã`."""
    text = survey.whole.flowing
    return re.search(r"(?<!\w)den\s*$", text[: date.start]) is not None and _FIGURES.match(text, date.end) is not None


# 2. Xã Hồng Sơn (ngày 08/9/2026): a heading of what was found there
_VISITED = re.compile(r"^\W*(?:xa|thi tran) [^().;:,]{2,25}\((?:ngay\s+)?$")
# … làm việc tại các xã: ngày 14/4/2026 tại xã Lộc Thạnh, ngày 15/4/2026 tại xã Thiện Hưng và ngày 16/4/2026 …
_NEXT_VISIT = re.compile(r"\s+(?:tai|o|voi)\s+[^.;:,]{3,60}?(?:,|,?\s+va)\s+(?:ngay\s+)?")
# Qua theo dõi báo cáo tháng 10/2022 và kiểm tra ngày 25/10/2022
_ALSO_INSPECTED = re.compile(r"\b(?:va|qua)\s+(?:kiem\s+tra|tham\s+tra|khao\s+sat|lam\s+viec)(?:\s+thuc\s+te)?\s+(?:ngay\s*)?$")
# Căn cứ Biên bản họp Hội đồng thẩm định ngày 21/3/2024: of a meeting that a decision rests on
_MINUTES = re.compile(
    r"bien ban (?:(?:cuoc|phien) )?hop(?:(?!\bso\b)[^,;.:()\d]){0,60}(?:ngay\s*)?[\d/.]+(?: thang \d+ nam \d+)?(?: cua (?P<of>hoi dong))?"
)
# Thông báo kết luận giao ban quý I năm 2024 ngày 14/3/2024: what the notice is of, not another one
_CONCLUDED = re.compile(r"thong bao ket luan (?:(?:cua|tai) [^.;:,]{3,60} )?(?:giao ban|(?:cuoc |buoi |phien )?hop|hoi nghi|(?:buoi )?lam viec)")


_TELLING = ("bao cao ket qua", "thong bao ket qua")


def _cited(whole: Reading, codes: Sequence[Code], date: DateAt, start: int) -> bool:
    """`số 18/KH-UBND ngày 18/01/2023`, `cùng ngày 08/3/2022`: the day of a document."""
    text = whole.flowing
    before = text[max(0, date.start - 6) : date.start]
    if any(0 <= date.start - code.end <= 12 for code in codes):
        return True
    named = re.search(
        r"(?:luat|nghi quyet|quyet dinh|ke hoach|cong van|van ban|to trinh|bao cao|thong bao(?! nay)|bien ban (?:hop|hoi nghi))"
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


# Nghị quyết này đã được Hội đồng nhân dân huyện khóa XI, kỳ họp thứ bảy thông qua ngày 12 tháng 7 năm 2018
_PASSED = re.compile(r"nghi\s+quyet\s+(?:nay\s+)?(?:da\s+)?duoc\s[^.;]{0,140}thong\s+qua")


def _is_inspected(survey: Survey, start: int, end: int, date: DateAt) -> bool:
    """Does the clause around a date speak of an inspection or a meeting?"""
    whole = survey.whole
    start = max(start, whole.string.rfind(":\n", start, date.start) + 1)  # … thông báo như sau: / Ngày 17/10/2023, …
    if _PASSED.search(whole.flowing, start, date.start):
        return False
    left = max(start, date.start - 110, whole.flowing.rfind(";", start, date.start) + 1)
    if date.start - start < 12:  # Ngày 18 và 19/10/2018, …: a sentence's first words date all of it
        return bool(find_phrases(whole, "inspection", start, end))
    right = min(end, date.end + 170)
    stop = whole.flowing.find(";", date.end, right)
    return bool(find_phrases(whole, "inspection", left, stop if stop >= 0 else right))
