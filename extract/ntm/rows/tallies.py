"""Rows of a table as lines of text: `1 Tiên Mỹ 17/19 TC10, TC17` below `TT Xã Số tiêu chí đạt Tiêu chí chưa đạt`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.field import Field
from extract.notice import Level, Status, Target
from extract.ntm.criteria.ref import Ref
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.levels import target_field, target_in
from extract.ntm.rows.counted import COUNT, counted_in, refs_in
from extract.ntm.rows.header import Header, find_header
from extract.ntm.rows.heads import level_of_head
from extract.ntm.rows.wrapped import WRAPPED, completed
from extract.ntm.survey import Survey
from extract.ntm.units.link import link_unit
from extract.ntm.units.names import read_names
from extract.ntm.verdicts.results.find import Result
from extract.reading import Reading, Span, within
from extract.words.phrases import find_phrases
from normalize.text import TextLine

# 1 Tiên Mỹ 17/19 TC10, TC17: the ordinal, then after the name the count and the rest
_ORDINAL = re.compile(r"\s*(?:\d{1,3}[\s.)|_]+)?(?:xa\s+)?(?=\w)")
_BARE_ROW = re.compile(r"\W*\d{1,3}[\s.|)‘'_]+[^\W\d][^|\d]{1,28}?[\s|]+\d{1,2}(?!\d|[./,%])")
# Số tiêu chí đạt · Số tiêu chí còn chưa đạt · Số tiêu chí đăng ký năm 2023: what the first column of counts counts
_COUNTED = re.compile(
    r"so\s+(?:luong\s+)?(?:tieu\s+chi|tc)\s+(?:(?:con|da)\s+)?"
    r"(?:(?P<missing>(?:chua|khong)\s+dat|thieu)|(?P<planned>dang\s+ky|phan\s+dau|du\s+kien|ke\s+hoach|uoc)|dat)(?!\w)"
)
# Tuy Phước Đông oe 19/19: a level may stand there, misread; a district may as well
_CELL = re.compile(r"(?!huyen|thi\s+xa|thanh\s+pho|tx|tp)(?<![^\W\d])[^\W\d]{2}")
# TT Xã Mục tiêu đăng ký Số tiêu chí đạt · STT Xã Nội dung đề nghị Tiêu chí chưa đạt: a column of levels
_LEVELS = re.compile(
    r"\b(?:muc\s+(?:tieu|chuan|do\s+(?:dang\s+ky|nong\s+thon\s+moi|ntm))|danh\s+hieu|noi\s+dung\s+(?:de\s+nghi|dang\s+ky))\b"
)
HEADER_LINES = 40  # rows of one table below its header


@dataclass(frozen=True, slots=True)
class Row:
    """A row's result and the span of its line."""

    span: Span
    result: Result


def find_rows(survey: Survey, taken: Sequence[Span]) -> list[Row]:
    """The rows of tables that give a commune's count of criteria, and what is missing where the header says so."""
    lines = [line for line in survey.whole.text.lines if line.start >= survey.report_start]  # annexes too
    return list(_rows(survey, lines, taken))


def _rows(survey: Survey, lines: Sequence[TextLine], taken: Sequence[Span]) -> Iterator[Row]:
    text = survey.whole.flowing
    counted = [bool(COUNT.search(text, at.start, at.end) or _BARE_ROW.match(text, at.start, at.end)) for at in lines]
    found: dict[int, tuple[Result, Span | None]] = {}
    for k, line in enumerate(lines):
        if not counted[k] or within(line.start, taken):
            continue
        row = _row(survey, line, lines[max(0, k - HEADER_LINES) : k])
        if row is not None:
            found[k] = row
    missing = {k: _missing(result, criteria_of_communes(survey.where.day)) for k, (result, _) in found.items()}
    listing = {k: (result, missing[k]) for k, (result, header) in found.items() if header}
    told = completed(survey.whole, lines, counted, listing) | _shared_out(survey.whole, lines, found, missing)
    for k, (result, _) in found.items():
        yield Row((lines[k].start, lines[k].end), told.get(k, result))


def _shared_out(
    whole: Reading,
    lines: Sequence[TextLine],
    found: Mapping[int, tuple[Result, Span | None]],
    missing: Mapping[int, int],
) -> dict[int, Result]:
    """Rows by line, each with its share of the criteria that all lines of its table list, in order.

    Cells that are centred begin above their row and end below it: whose a line is, only the counts tell. Nothing where
    the lines do not list just as many as the rows miss.
    """
    shared: dict[int, Result] = {}
    for listing in dict.fromkeys(listing for _, listing in found.values() if listing):
        own = {k: result for k, (result, of) in found.items() if of == listing}
        needed = {k: missing[k] for k in own}
        first, last = next(k for k, line in enumerate(lines) if line.end > listing[0]) + 1, max(own)
        for end in range(last + 1, min(last + 1 + WRAPPED, len(lines)) + 1):
            refs = [ref for k in range(first, end) for ref in _refs_of_line(whole, lines, own, k)]
            if len(refs) == sum(needed.values()) and (dealt := _dealt(own, needed, refs)):
                shared |= dealt
                break
    return shared


def _refs_of_line(whole: Reading, lines: Sequence[TextLine], rows: Mapping[int, Result], at: int) -> list[Ref]:
    return [ref for ref, _ in rows[at].refs] if at in rows else refs_in(whole, lines[at].start, lines[at].end)


def _dealt(rows: Mapping[int, Result], needed: Mapping[int, int], refs: Sequence[Ref]) -> dict[int, Result]:
    """Each row with the next of the criteria; nothing where one gets one twice, or not what its own line has."""
    dealt, at = {}, 0
    for k, row in rows.items():
        own, at = refs[at : at + needed[k]], at + needed[k]
        names = {ref.number or ref.name for ref in own}
        if len(names) < len(own) or any(ref not in own for ref, _ in row.refs):
            return {}
        dealt[k] = replace(row, refs=tuple((ref, Status.NOT_ACHIEVED) for ref in own))
    return dealt


def _missing(row: Result, most: int) -> int:
    """How many criteria a row's count leaves, of its own total or of the `most` that there are."""
    count = row.counts[0]
    if count.status is Status.NOT_ACHIEVED:
        return count.value.value
    return max(0, (count.total.value if count.total else most) - count.value.value)


def _row(survey: Survey, line: TextLine, above: Sequence[TextLine]) -> tuple[Result, Span | None] | None:
    """What a line says of the commune it begins with; the second value: the header, if it says that what is missing is
    listed."""
    whole, header = survey.whole, find_header(survey, above)
    ordinal = _ORDINAL.match(whole.flowing, line.start, line.end)
    counted = _COUNTED.search(whole.flowing, header.start, header.end) if header else None
    if ordinal is None or header is None or (counted and counted["planned"]):
        return None
    names = list(read_names(whole, ordinal.end(), line.end, "xã", survey.where, many=False))
    if not names or not names[0][3].sure:
        return None
    start, end, kind, match = names[0]
    lists = bool(find_phrases(whole, "not_achieved", header.start, header.end))
    own = counted_in(survey, header, line, end, lists)
    if own is None or (header.wrapped and not own.is_borne_out):
        return None
    lacks = counted is not None and counted["missing"] is not None and not own.is_most
    stated = own.stated(whole, Status.NOT_ACHIEVED if lacks else Status.ACHIEVED)
    refs = [(ref, Status.NOT_ACHIEVED) for ref in own.missing] + [(ref, Status.ACHIEVED) for ref in own.reached]
    unit = link_unit(whole, start, end, match, Level.COMMUNE, kind, survey.where)
    target = _target(survey, header, (end, own.span[0]))
    return Result((unit,), target, own.span, stated, tuple(refs)), header.span if lists else None


def _target(survey: Survey, header: Header, cells: Span) -> Field[Target] | None:
    """The level that a row's own cells name, else the header, else the heading above; in doubt if cells hold more."""
    whole = survey.whole
    own = target_in(whole, *cells)
    found = own or level_of_head(survey, header.start, header.end)
    unread = target_field(survey, found or (Target.NTM, *cells))
    if own is None and _LEVELS.search(whole.flowing, header.start, header.end):
        return unread.doubt("the row's cell for the level was not found", 0.6)
    if own is None and _CELL.search(whole.flowing, *cells):
        return unread.doubt("a cell between the name and the count was not understood", 0.6)
    return target_field(survey, found) if found else None
