"""Rows of a table that judges one unit, as lines: `2 Giao thông Chưa đạt` below `TT Tên tiêu chí Kết quả`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.notice import Status
from extract.ntm.criteria_list import HIGHEST, Ref, name_pattern
from extract.ntm.results import Result
from extract.ntm.survey import Survey
from extract.words.phrases import Span
from normalize.text import TextLine

# l Quy hoạch Đạt (an ordinal misread: the name tells which) · Điện Đạt (one lost)
# 2 Giao thông Chưa đạt · 15 | Y tế | Đạt · not `1. Quy hoạch: đạt`, which is a heading
_ROW = re.compile(
    r"\W*(?:(?P<n>[\dil§]{1,2})\s*[|]?\s+)?(?P<name>[^\W\d][^:;.]{1,70}?)[\s|]+"
    r"(?P<verdict>chua dat|khong dat|da dat|dat)\W*$"
)
FEWEST = 3  # rows that make a table: a single line of this form may be anything
GAP = 4  # lines between two rows: a page's number, a header that is repeated


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    ref: Ref
    status: Status


def find_verdict_rows(survey: Survey, results: Sequence[Result]) -> list[Result]:
    """What each table of verdicts says of the unit that the text before it judges."""
    return [result for table in _tables(survey) if (result := _of_table(table, results)) is not None]


def spans_of_verdicts(survey: Survey) -> list[Span]:
    """The spans of the rows' lines, so that no other rule reads them."""
    return [(row.ref.start, row.ref.end) for table in _tables(survey) for row in table]


def _tables(survey: Survey) -> list[list[_Row]]:
    tables: list[list[_Row]] = []
    rows = list(_rows(survey))
    for row in rows:
        last = tables[-1][-1] if tables else None
        rises = last is None or _number(row) == 0 or _number(row) > max(map(_number, tables[-1]))
        if last is not None and row.line - last.line <= GAP and rises:
            tables[-1].append(row)
        else:
            tables.append([row])
    return [table for table in tables if len(table) >= FEWEST]


def _number(row: _Row) -> int:
    return row.ref.number or 0


def _rows(survey: Survey) -> Iterator[_Row]:
    for index, line in enumerate(survey.whole.text.lines):
        if survey.report_start <= line.start < survey.zones.body_end:
            row = _row(survey, index, line)
            if row is not None:
                yield row


def _row(survey: Survey, index: int, line: TextLine) -> _Row | None:
    whole = survey.whole
    found = _ROW.match(whole.flowing[line.start : line.end])
    if found is None or not name_pattern().search(found["name"]):
        return None
    number = int(found["n"]) if found["n"] and found["n"].isdigit() else None
    if number is not None and not 1 <= number <= HIGHEST:
        return None
    start, end = line.start + found.start("name"), line.start + found.end("name")
    digits = ((line.start + found.start("n"), line.start + found.end("n")),) if number else ()
    name = whole.flat(start, end)
    ref = Ref(line.start + found.start(), line.start + found.end("verdict"), number, name, digits=digits)
    missing = found["verdict"] in ("chua dat", "khong dat")
    return _Row(index, ref, Status.NOT_ACHIEVED if missing else Status.ACHIEVED)


def _of_table(table: Sequence[_Row], results: Sequence[Result]) -> Result | None:
    """The table's verdicts, said of the units that the last result above it is about."""
    above = [result for result in results if result.cue[0] < table[0].ref.start]
    if not above:
        return None
    last = max(above, key=lambda result: result.cue[0])
    return Result(last.units, last.target, last.cue, (), tuple((row.ref, row.status) for row in table))
