"""Rows of criteria that lost their rules → a grid of a criterion a row and a commune a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.field import Field
from extract.notice import Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.grid import Grid
from extract.ntm.tables.worn.column_sums import column_sums
from extract.ntm.tables.worn.head_names import columns_in_any_order, columns_in_order, columns_of
from extract.ntm.tables.worn.lines import FEWEST_MARKS, FEWEST_ROWS, MarkedLine, Token, span_of
from extract.ntm.tables.worn.made import Maker

_HEAD = 4  # lines above the first row in which the columns are named
_BELOW = 3  # lines in which their totals may stand


def by_criteria(survey: Survey, lines: Sequence[Sequence[Token]], rows: Sequence[MarkedLine]) -> Grid | None:
    """A grid of a criterion a row and a commune a column; None where nothing tells which communes these are."""
    if len(rows) < FEWEST_ROWS:
        return None
    width, first = len(rows[0].marks), rows[0].line
    units = columns_of(survey, lines[max(0, first - _HEAD) : first], width) or columns_in_order(survey, width)
    if units:
        sums = column_sums(survey, lines[rows[-1].line + 1 :][:_BELOW], width, rows[-1].number or len(rows))
        return _grid(survey, rows, units, sums)
    if width < FEWEST_MARKS:  # two columns are read as lines of text
        return None
    units = columns_in_any_order(survey, width, rows[0].span)
    return _grid(survey, [_same_of_all(row) for row in rows], units, ()) if units else None


def _same_of_all(row: MarkedLine) -> MarkedLine:
    """The row where it says the same of all communes, or its total does; else one of which only the number is known."""
    width = len(row.marks)
    if len(set(row.marks)) == 1:
        return row
    return replace(row, marks=("?",) * width, total=row.total if row.count in (0, width) else None)


def _grid(
    survey: Survey, rows: Sequence[MarkedLine], units: dict[int, Field[Unit]], sums: Sequence[Token | None]
) -> Grid:
    made = Maker(survey.whole, rows[0].span[0])
    totalled = any(row.total for row in rows)
    columns = range(len(rows[0].marks))
    table = [[made.told("Tiêu chí"), *(made.named(units.get(j)) for j in columns), made.told("Số xã đạt")]]
    for row in _without_gaps(rows):
        marks = [made.mark(sign, span) for sign, span in row.signs]
        name = survey.whole.flat(*span_of(row.name)) if row.name else ""
        figure = made.figure(row.total) if totalled else made.told("")
        table.append([made.told(f"{row.number} {name}".strip()), *marks, figure])
    end = rows[-1].span[1]
    if sums:
        table.append([made.told("Tổng số tiêu chí đạt"), *(made.figure(token) for token in sums), made.told("")])
        end = max([end, *(token.span[1] for token in sums if token)])
    return made.grid(table, (rows[0].span[0], end))


def _without_gaps(rows: Sequence[MarkedLine]) -> Iterator[MarkedLine]:
    """The rows, and for each number between two of them that no line has a row of which nothing is known."""
    yield rows[0]
    for before, row in pairwise(rows):
        for lost in range((before.number or 0) + 1, row.number or 0):
            yield replace(row, number=lost, name=(), marks=("?",) * len(row.marks), spans=(), total=None)
        yield row
