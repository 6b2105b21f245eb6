"""Annexes of communes by criteria in text that lost their rules → grids; what the text does not tell is unread there.

Rows keep their order and their totals. Where empty cells are lost, a row of 19 crosses still says all, and the totals
of rows and columns say more (`balance`); nothing else is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, takewhile, zip_longest

from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.grid import Grid
from extract.ntm.tables.worn.column_sums import column_sums
from extract.ntm.tables.worn.crosses import crossed_of_criteria
from extract.ntm.tables.worn.letters import binary, judged, lettered
from extract.ntm.tables.worn.lines import (
    FEWEST_ROWS,
    LooseRows,
    MarkedLine,
    Token,
    crossed,
    filled,
    signed,
    span_of,
)
from extract.ntm.tables.worn.made import Maker
from extract.ntm.tables.worn.scattered import scattered
from extract.ntm.tables.worn.turned import by_criteria
from extract.ntm.tables.worn.worded import worded

_HEAD = 4  # lines above the first row in which the columns are named
FEWEST_WHOLE_ROWS = 2  # that lost no cell
MANY, MOST_AGREE = 5, 0.4  # rows of crosses, and the share of them with as many as their totals, that make an annex
_ACHIEVED, _MISSING = "Tổng số tiêu chí đạt", "Tổng số tiêu chí chưa đạt"  # what a row's total counts


def loose_grids(survey: Survey, lines: Sequence[Sequence[Token]]) -> list[Grid]:
    """The annexes that the lines of a notice hold without rules."""
    crosses = by_criteria(survey, lines, crossed_of_criteria(survey.whole, lines))
    if crosses is not None:
        return [crosses]
    named = scattered(survey, lines, _all(survey))
    for read in (_of_filled, _of_letters, _of_binary, _of_crosses):
        marked = read(survey, lines)
        crosses_mean_missing = named is not None and named.missing and read in (_of_filled, _of_crosses)
        if marked is not None and not crosses_mean_missing:
            return [_by_communes(survey, _completed(marked, named))]
    if named is not None:
        return [_by_communes(survey, named)]
    grids = (by_criteria(survey, lines, rows(lines)) for rows in (signed, judged, worded))
    return [grid for grid in grids if grid is not None][:1]


def _completed(marked: LooseRows, named: LooseRows | None) -> LooseRows:
    """The rows whose marks were read, and among them those of which only the commune and the total were."""
    if named is None or {row.line for row in named.rows} <= {row.line for row in marked.rows}:
        return marked
    units = dict(zip((row.line for row in named.rows), named.units, strict=True))
    # figures that count what is missing say nothing among rows that count what is achieved
    known = {row.line: replace(row, total=None) if named.missing else row for row in named.rows}
    known |= {row.line: row for row in marked.rows if row.line not in known or "?" not in row.marks}
    rows = tuple(known[line] for line in sorted(known))
    merged = replace(named, rows=rows, units=tuple(units.get(row.line) for row in rows), missing=False)
    return merged if len({len(row.marks) for row in rows}) == 1 else marked


def _of_filled(survey: Survey, lines: Sequence[Sequence[Token]]) -> LooseRows | None:
    """Rows that lost no cell: as many signs as the head has numbers, or as a commune has criteria."""
    rows = [row for i, tokens in enumerate(lines) if (row := filled(tokens, i)) is not None]
    width = len(rows[0].marks) if rows else 0
    rows = [row for row in rows if len(row.marks) == width]
    if len(rows) < FEWEST_WHOLE_ROWS or not (
        width == _all(survey) or _numbers_columns(lines[: rows[0].line][-_HEAD:], width)
    ):
        return None
    return LooseRows(tuple(rows))


def _of_letters(survey: Survey, lines: Sequence[Sequence[Token]]) -> LooseRows | None:
    """Rows of Đ and CĐ run together, for as many criteria as a commune has or the head numbers."""
    rows = lettered(lines)
    width = len(rows[0].marks) if rows else 0
    if not rows or not (width == _all(survey) or _numbers_columns(lines[: rows[0].line][-_HEAD:], width)):
        return None
    return LooseRows(tuple(rows), tuple(_sums_of_all(survey, lines, rows)))


def _of_binary(survey: Survey, lines: Sequence[Sequence[Token]]) -> LooseRows | None:
    """Rows of ones and noughts below a head that numbers the criteria: `TC1 TC2 … TC10`."""
    heads = ((i, _numbered(tokens)) for i, tokens in enumerate(lines))
    at, width = next(((i, width) for i, width in heads if width), (0, 0))
    rows = binary(lines[at + 1 :], width) if width else []
    if not rows:
        return None
    rows = [replace(row, line=row.line + at + 1) for row in rows]
    return LooseRows(tuple(rows), tuple(_sums_of_all(survey, lines, rows)))


def _sums_of_all(
    survey: Survey, lines: Sequence[Sequence[Token]], rows: Sequence[MarkedLine]
) -> Sequence[Token | None]:
    """The totals of the columns, where no row between them was lost."""
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        return []
    return column_sums(survey, lines[rows[-1].line + 1 :][:2], len(rows[0].marks), len(rows))


def _numbered(tokens: Sequence[Token]) -> int:
    """How many criteria a head numbers as TC1, TC2 …; 0 where it does not. A figure or two may be misread: TCS."""
    short = [token.bare for token in tokens if re.fullmatch(r"TC\w{1,2}", token.bare)]
    right = sum(name == f"TC{n}" for n, name in enumerate(short, 1))
    return len(short) if len(short) >= FEWEST_ROWS and right >= 0.7 * len(short) else 0


def _by_communes(survey: Survey, read: LooseRows) -> Grid:
    """A grid of a commune a row, and the totals of the columns below."""
    start, end, width = read.rows[0].name[0].span[0], read.rows[-1].span[1], len(read.rows[0].marks)
    made = Maker(survey.whole, start)
    totalled, both = any(row.total for row in read.rows), any(row.left for row in read.rows)
    numbers = (made.told(str(n)) for n in range(1, width + 1))
    table = [[made.told("Tên xã"), *numbers, made.told(_MISSING if read.missing else _ACHIEVED)]]
    if both:
        table[0].append(made.told(_MISSING))
    for row, unit in zip_longest(read.rows, read.units):
        name = replace(made.cell(survey.whole.flat(*span_of(row.name)), span_of(row.name)), unit=unit)
        figure = made.figure(row.total) if totalled else made.told("")
        table.append([name, *(made.mark(sign, span) for sign, span in row.signs), figure])
        if both:
            table[-1].append(made.figure(row.left))
    if read.sums:
        table.append([made.told("Tổng cộng"), *(made.figure(token) for token in read.sums), made.told("")])
        end = max(token.span[1] for token in read.sums if token)
    return made.grid(table, (start, end))


def _all(survey: Survey) -> int:
    """How many criteria a commune has."""
    return criteria_of_communes(survey.where.day)


def _numbers_columns(head: Sequence[Sequence[Token]], width: int) -> bool:
    """Does a line above the rows number its columns, and no more: `TT Tên xã 1 2 3 … 10 Tổng`?

    Two rows of six crosses below nineteen columns lost their blanks.
    """
    return any(_columns_numbered(tokens) == width for tokens in head)


def _columns_numbered(tokens: Sequence[Token]) -> int:
    """How many columns a line numbers from 1 on."""
    figures = (token.bare for token in tokens if token.bare.isdigit())
    return sum(1 for _ in takewhile(lambda pair: pair[0] == str(pair[1]), zip(figures, count(1), strict=False)))


def _of_crosses(survey: Survey, lines: Sequence[Sequence[Token]]) -> LooseRows | None:
    most = _all(survey)
    rows = [row for i, tokens in enumerate(lines) if (row := crossed(tokens, i)) is not None]
    full = [row for row in rows if row.count == most and len(row.marks) > 0.75 * most]
    agreeing = sum(len(row.marks) == row.count for row in rows)  # as many crosses as the total says
    if len(rows) < FEWEST_ROWS or any(row.count is None or row.count > most for row in rows):
        return None
    if not full and (agreeing < MOST_AGREE * len(rows) or len(rows) < MANY):
        return None
    sums = column_sums(survey, lines[rows[-1].line + 1 :][:2], most, len(rows))
    full_rows = (replace(row, marks=(("x" if row.count == most else "?"),) * most) for row in rows)
    return LooseRows(tuple(full_rows), tuple(sums))
