"""Rows of a table as lines of text: `1 Tiên Mỹ 17/19 TC10, TC17` below `TT Xã Số tiêu chí đạt Tiêu chí chưa đạt`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.field import Field
from extract.notice import Level, Status, Target
from extract.ntm.criteria_list import HIGHEST, Ref, find_refs
from extract.ntm.results import Result, StatedCount
from extract.ntm.survey import Survey, heading_target, target_field, target_in
from extract.ntm.units import link_unit, read_names
from extract.reading import Reading
from extract.words.phrases import Span, find_phrases
from normalize.text import TextLine

# 1 Tiên Mỹ 17/19 TC10, TC17: the ordinal, then after the name the count and the rest
_ORDINAL = re.compile(r"\s*(?:\d{1,3}\s*[.)|]?\s+)?(?:xa\s+)?(?=\w)")
_COUNT = re.compile(r"\s*[|:]?\s*(?:xa\s*)?(?P<n>\d{1,2})\s*/\s*(?P<total>\d{1,2})(?!\d|[./]\d)(?!\s*tieu)\s*[|]?")
HEADER_LINES = 40  # rows of one table below its header


@dataclass(frozen=True, slots=True)
class Row:
    """A row's result and the span of its line."""

    span: Span
    result: Result


def find_rows(survey: Survey, taken: Sequence[Span]) -> list[Row]:
    """The rows of tables that give a commune's count of criteria, and what is missing where the header says so."""
    lines = [line for line in survey.whole.text.lines if survey.report_start <= line.start < survey.zones.body_end]
    return list(_rows(survey, lines, taken))


def _rows(survey: Survey, lines: Sequence[TextLine], taken: Sequence[Span]) -> Iterator[Row]:
    for k, line in enumerate(lines):
        if any(a <= line.start < b for a, b in taken):
            continue
        row = _row(survey, line, lines[max(0, k - HEADER_LINES) : k])
        if row is not None:
            yield Row((line.start, line.end), row)


def _row(survey: Survey, line: TextLine, above: Sequence[TextLine]) -> Result | None:
    whole = survey.whole
    if _COUNT.search(whole.flowing, line.start, line.end) is None:
        return None
    ordinal = _ORDINAL.match(whole.flowing, line.start, line.end)
    names = list(read_names(whole, ordinal.end(), line.end, "xã", survey.where, many=False)) if ordinal else []
    if not names or not names[0][3].sure:
        return None
    start, end, kind, match = names[0]
    count = _COUNT.match(whole.flowing, end, line.end)
    header = _header(survey, above)
    if count is None or header is None:
        return None
    unit = link_unit(whole, start, end, match, Level.COMMUNE, kind, survey.where)
    status = Status.NOT_ACHIEVED if find_phrases(whole, "not_achieved", header.start, header.end) else None
    refs = tuple((ref, status) for ref in _refs(whole, count.end(), line.end)) if status else ()
    stated = StatedCount(Status.ACHIEVED, whole.field(int(count["n"]), *count.span("n"), "row_count"),
                         whole.field(int(count["total"]), *count.span("total"), "row_count"))  # fmt: skip
    return Result((unit,), _target(survey, header), count.span(), (stated,), refs)


def _refs(whole: Reading, start: int, end: int) -> list[Ref]:
    """The criteria of a cell; numbers alone count here."""
    cell = re.compile(r"[\s|]*\d{1,2}(?:\s*[,;]\s*\d{1,2})*[\s|.]*").fullmatch(whole.string, start, end)
    if cell is None:
        return find_refs(whole, start, end)
    numbers = re.compile(r"\d{1,2}").finditer(whole.string, start, end)
    return [Ref(*m.span(), int(m[0]), None, digits=(m.span(),)) for m in numbers if 1 <= int(m[0]) <= HIGHEST]


def _header(survey: Survey, above: Sequence[TextLine]) -> TextLine | None:
    """The nearest line above that heads a table of criteria."""
    for line in reversed(above):
        text = survey.whole.flowing[line.start : line.end]
        if (
            re.search(r"\b(?:xa|don vi)\b", text)
            and "tieu chi" in text
            and re.match(r"\s*(?:tt|stt|so tt|xa|ten xa|don vi)\b", text)
        ):
            return line
    return None


def _target(survey: Survey, header: TextLine) -> Field[Target] | None:
    whole = survey.whole
    found = target_in(whole, header.start, header.end)
    index = next((i for i, item in enumerate(survey.items) if item.start <= header.start < item.end), None)
    found = found or (heading_target(survey, index) if index is not None else None)
    return target_field(survey, found) if found else None
