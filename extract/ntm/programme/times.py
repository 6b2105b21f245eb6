"""What time a notice speaks of: the year, the period, the days of inspection and of the figures."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

from extract.field import Field
from extract.notice import Method
from extract.ntm.plans import is_intended
from extract.ntm.programme.days import free_dates
from extract.ntm.survey import Survey
from extract.reading import Span, within
from extract.trail import missed

# giai đoạn 2021-2025 · Bộ tiêu chí 2016 - 2020
_PERIOD = re.compile(
    r"(?:giai\s+doan|thoi\s+ky|bo\s+tieu\s+chi(?:\s+(?!nam\b)[a-z]+){0,8}?)"
    r"\s*[:.]?\s*(?:tu\s+nam\s+)?(?P<first>20[0-4]\d)\s*(?:[-–—]|den(?:\s+nam)?)\s*"
    r"(?P<last>20\d\d)(?!\d)"
)
LAST_YEAR = "2049"  # that a period ends in
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
# tính đến hết tháng 12/2019, … · đến hết năm 2021, toàn huyện
_MONTH_ENDED = re.compile(
    r"(?<!\w)den\s+het\s+(?:thang\s+(?P<month>\d{1,2})\s*(?:/|nam\s+)|nam\s+)(?P<year>20\d\d)(?!\d)"
    r"(?=[^.;]{0,60}?\b(?:dat|co)\s+(?:them\s+|binh\s+quan\s+)?\d)"
)
FARTHEST = 1  # years between a notice and the year it reports on, in all of 1,185


def find_year(survey: Survey) -> Field[int] | None:
    """The year reported on: the first of the trích yếu, else the one that the body speaks of most."""
    whole, zones = survey.whole, survey.zones
    subject = zones.subject
    title = next(_YEAR.finditer(subject.flowing), None)
    title = title or _QUARTER.search(subject.flowing) or _TITLE_DAY.search(subject.flowing)
    if title:
        titled = subject.field(int(title["year"]), *title.span("year"), "year_of_title")
        far = survey.document.date and abs(titled.value - survey.where.day.year) > FARTHEST
        return titled.doubt("it is far from the notice's own year", 0.6) if far else titled
    if torn := _year_that_lost_a_figure(survey):
        return torn
    body = _years_told(survey)
    if not any(int(m["year"]) <= survey.where.day.year for m in body):
        missed("/ntm/year", "year_of_body", "no ‘năm’ with a year that is no part of a date", subject.string)
        return _year_of_days(survey)
    year = Counter(m["year"] for m in body).most_common(1)[0][0]
    if survey.document.date and int(year) < survey.where.day.year - 1:  # chợ xây mới năm 2010, in a report of 2012
        return _year_of_days(survey)
    match = next(m for m in body if m["year"] == year)
    field = whole.field(int(year), *match.span("year"), "year_of_body", factor=0.9)
    if len({m["year"] for m in body}) > 1:
        return field.doubt("several years are named", 0.78)
    return field if survey.document.date else field.doubt("the notice's own day was not read", 0.75)


def _year_of_days(survey: Survey) -> Field[int] | None:
    """The year of the day that the figures hold for, else of the inspection, else of the notice; to be looked at."""
    day = find_as_of(survey) or find_inspection(survey) or survey.document.date
    if day is None:
        return None
    year = replace(day.to(day.value.year), method=Method.INFERRED, rule="year_of_days", alternatives=())
    return year.doubt("no year is named but in dates", 0.75)


def _year_that_lost_a_figure(survey: Survey) -> Field[int] | None:
    """`nâng cao năm 223` in the trích yếu of a notice of 2023: what its own year leaves when a figure is lost."""
    subject, year = survey.zones.subject, str(survey.where.day.year)
    torn = re.compile(r"(?<!\w)nam\s+(?P<year>2\d{2})(?!\d)").search(subject.flowing)
    if torn is None or survey.document.date is None or torn["year"] not in {year[:i] + year[i + 1 :] for i in range(4)}:
        return None
    field = subject.field(int(year), *torn.span("year"), "year_of_title", Method.INFERRED, alternatives=(torn["year"],))
    return field.doubt(f"{torn['year']!r} is no year; the notice is of {year}", 0.75)


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
    told = [m for m in past if not within(m.start(), tasks)]
    return [m for m in told if m.start() >= survey.report_start] or told or past or found


def _of_date(text: str, at: int) -> bool:
    """`ngày 9 tháng 1 năm 2024`."""
    return re.search(r"thang\s+\d{1,2}\s*,?\s*$", text[max(0, at - 14) : at]) is not None


def _meant(period: str) -> str:
    """The programme's period of which one figure of the last year was misread, else as it stands.

    >>> _meant("2026-2080"), _meant("2016-2020"), _meant("2021-2023")
    ('2026-2030', '2016-2020', '2021-2023')
    """
    if period[-4:] <= LAST_YEAR:
        return period
    alike = [one for one in PROGRAMME if one[:7] == period[:7] and one[-1] == period[-1]]
    return alike[0] if alike else period


def find_period(survey: Survey) -> Field[str] | None:
    """The programme's period that criteria and sections refer to, of the periods printed."""
    whole = survey.whole
    scores: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for match in _PERIOD.finditer(whole.flowing, 0, survey.zones.body_end):
        period = _meant(f"{match['first']}-{match['last']}")
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
        first.setdefault(period, match.span())
    known = [period for period in scores if period in PROGRAMME] or list(scores)
    if not known:
        missed("/ntm/period", "period", "no ‘giai đoạn’ with two years, the first before the second")
        return None
    best = max(known, key=lambda period: (scores[period], period))
    rivals = tuple(sorted(period for period in known if period != best and scores[period] >= 0.7 * scores[best]))
    field = whole.field(best, first[best][0], first[best][1], "period", Method.MATCHED, 0.97)
    if best[-4:] not in whole.flowing[slice(*first[best])]:
        return field.doubt("the programme has no other period that begins so", 0.7)
    if best not in PROGRAMME:  # 2021-2024; none of 414 notices means another
        return field.doubt("the programme has no such period", 0.7)
    return replace(field, alternatives=rivals).doubt("another period is named as often", 0.7) if rivals else field


def find_inspection(survey: Survey) -> Field[dt.date] | None:
    """The last day of the inspection, appraisal or meeting that the notice concludes on."""
    told = list(free_dates(survey))
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
    found = [date for date, cue in free_dates(survey) if cue == "as_of" and date.value <= survey.where.day]
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
