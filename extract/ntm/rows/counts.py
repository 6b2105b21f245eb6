"""Rows of counts at several dates, as lines: `3 | Lạc Lâm 09 19 19 10 2013` below `2010 2013 6/2014 2010 công nhận`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.field import Field
from extract.notice import Level, Method, Outcome, Status, Target, Unit
from extract.ntm.criteria.ref import HIGHEST_NUMBER
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.levels import target_field
from extract.ntm.rows.heads import DAY, date_of, is_reached, level_of_head
from extract.ntm.survey import Survey
from extract.ntm.trust import SHORT_PHRASE, vouched
from extract.ntm.units.link import link_unit
from extract.ntm.verdicts.outcomes.named import Named
from extract.ntm.verdicts.results.find import Result
from extract.ntm.verdicts.results.stated import StatedCount
from extract.reading import Span, within
from normalize.lexicon.find import match_commune
from normalize.text import TextLine

# 3 | Lạc Lâm 09 19 19 10 2013 · 1 Lạc Xuân 07 14 16 - · 6 |Mỹ Hưng 17 Đăng ký năm 2021
# Đắk Búk So | 4 | 14: no number, but cells
_ROW = re.compile(
    r"\W*(?:\d{1,2}[\s.|)‘'_]+|(?=[^|\d]{3,30}\|\s*\d))(?:[Xx]ã\s+)?"
    r"(?P<name>[^\W\d](?:[^|\d]|(?<=[^\W\d])\d(?!\d)){1,28}?)[\s|]+(?P<counts>\d{1,2}(?:[\s|]+\d{1,2}){0,5})"
    r"(?:[\s|]+(?:(?P<year>20\d\d)|[-–]|[^\W\d][^\d|]{2,40}(?:20\d\d)?))?[\s|]*"
)
_REACHED = re.compile(r"so\s+tieu\s+chi(?:\s+(?!chua)\w+){0,3}\s+dat|\bdat\s+tieu\s+chi")
_RECOGNISED = re.compile(r"\b(?:cong\s+nhan|dat\s+chuan|ve\s+dich)\b")
HEAD = 4  # lines above the first row that may head the columns
FEWEST_ROWS = 3  # rows


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row's result, the span of its line, and the recognition that its last cell dates."""

    span: Span
    result: Result
    named: Named | None


def find_count_rows(survey: Survey, taken: Sequence[Span]) -> list[CountRow]:
    """The rows of each such table, at the latest date that its head names; nothing where that is not told."""
    lines = [line for line in survey.whole.text.lines if not within(line.start, taken)]
    rows = [(_ROW.fullmatch(survey.whole.string, line.start, line.end), i) for i, line in enumerate(lines)]
    found: list[CountRow] = []
    for told, run in groupby(rows, key=lambda row: len(_counts(row[0])) if row[0] is not None else 0):
        own = list(run)
        if told and len(own) >= FEWEST_ROWS:
            found += _of_table(
                survey, lines[max(0, own[0][1] - HEAD) : own[0][1]], [match for match, _ in own if match]
            )
    return found


def _counts(row: re.Match[str]) -> list[Span]:
    return [match.span() for match in re.compile(r"\d+").finditer(row.string, *row.span("counts"))]


def _of_table(survey: Survey, head: Sequence[TextLine], rows: Sequence[re.Match[str]]) -> Iterator[CountRow]:
    texts = [survey.whole.flowing[line.start : line.end] for line in head]
    column = _achieved(survey, texts, rows)
    if column is None or not any("tieu chi" in text for text in texts):
        return
    level = _level(survey, head)
    recognised = any(_RECOGNISED.search(text) for text in texts)
    rest = _rest(rows, column, criteria_of_communes(survey.where.day))
    for row in rows:
        unit, spans = _unit(survey, row), _counts(row)
        if unit is not None and _value(row, spans[column]) <= HIGHEST_NUMBER:
            missing = spans[rest] if rest is not None else None
            result = _result(survey, unit, level, spans[column], missing)
            yield CountRow(row.span(), result, _named(survey, unit, level, row) if recognised else None)


def _level(survey: Survey, head: Sequence[TextLine]) -> Field[Target] | None:
    """The level that the lines over the columns name which speak of criteria, else the heading above."""
    lines = [line for line in head if "tieu chi" in survey.whole.flowing[line.start : line.end]]
    found = level_of_head(survey, lines[0].start, lines[-1].end) if lines else None
    return target_field(survey, found) if found else None


def _achieved(survey: Survey, head: Sequence[str], rows: Sequence[re.Match[str]]) -> int | None:
    """The column of what is achieved: the only one, that of the latest date, or the last before what is missing."""
    columns = range(len(_counts(rows[0])))
    if len(columns) == 1:
        return 0 if any(_REACHED.search(text) for text in head) else None
    latest = _latest(survey, head, len(columns))
    if latest is not None or not any("chua dat" in text for text in head):
        return latest
    ways = ((j, _rest(rows, j, criteria_of_communes(survey.where.day))) for j in reversed(columns))
    return next((j for j, rest in ways if rest is not None and j < rest), None)


def _rest(rows: Sequence[re.Match[str]], column: int, most: int) -> int | None:
    """The column of what is missing: with the one of what is achieved it makes up all criteria, in each row."""
    told = [[_value(row, span) for span in _counts(row)] for row in rows]
    ways = (j for j in range(len(told[0])) if all(row[j] + row[column] == most for row in told))
    return next((j for j in ways if j != column), None)


def _value(row: re.Match[str], span: Span) -> int:
    return int(row.string[slice(*span)])


def _latest(survey: Survey, head: Sequence[str], columns: int) -> int | None:
    """The column of the latest date, where a line of the head has one for each, or for all but the last, the growth."""
    for text in head:
        dates = [match[0] for match in DAY.finditer(text)]
        if len(dates) >= 2 and len(dates) in (columns, columns - 1):
            reached = [j for j, date in enumerate(dates) if is_reached(survey, date)]
            return max(reached, key=lambda j: (date_of(dates[j]), -j), default=None)
    return None


def _unit(survey: Survey, row: re.Match[str]) -> Field[Unit] | None:
    where = survey.where
    match = match_commune(
        f"xã {survey.whole.flat(*row.span('name'))}", where.day, where.district_code, where.province_code
    )
    return link_unit(survey.whole, *row.span("name"), match, Level.COMMUNE, "xã", where) if match.sure else None


def _result(
    survey: Survey, unit: Field[Unit], level: Field[Target] | None, achieved: Span, missing: Span | None
) -> Result:
    told = ((Status.ACHIEVED, achieved), (Status.NOT_ACHIEVED, missing))
    counts = tuple(_stated(survey, status, span) for status, span in told if span)
    return Result((unit,), level, achieved, counts, ())


def _stated(survey: Survey, status: Status, span: Span) -> StatedCount:
    count = int(survey.whole.string[slice(*span)])
    return StatedCount(status, survey.whole.field(count, *span, "row_count"), None)


def _named(survey: Survey, unit: Field[Unit], level: Field[Target] | None, row: re.Match[str]) -> Named | None:
    """Recognised, in the year that a row ends with; of the plain level where the head names none."""
    if not row["year"] or int(row["year"]) > survey.where.day.year:
        return None
    outcome = vouched(survey.whole.field(Outcome.RECOGNISED, *row.span("year"), "table", Method.MATCHED), SHORT_PHRASE)
    return Named(unit, level or replace(outcome.to(Target.NTM), rule="plain_target"), outcome)
