"""Tables of communes with the year or decision of their recognition that lost their rules → grids.

`1 |Mỹ Cẩm 2014 1986/QĐ-UBND 24/12/2014` below `cả 13 xã đã được công nhận đạt chuẩn, cụ thể:`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.field import Field
from extract.notice import Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.grid import Grid
from extract.ntm.tables.worn.lines import FEWEST_ROWS, Token, span_of
from extract.ntm.tables.worn.made import Maker
from extract.ntm.tables.worn.roster import listed, listed_units
from extract.words.phrases import find_phrases

_IDLE = 2  # lines in a row that are no rows: a page's number, what wraps
_ABOVE = 400  # letters over the first row in which it is told what the table is of
_TOLD = re.compile(r"20[012]\d|\d{1,5}\s*/\s*[QO0][ĐDÐđB]\S*")  # 2014 · 1986/QD-UBND
_HEAD = "Quyết định công nhận"


@dataclass(frozen=True, slots=True)
class _Row:
    """A commune, and what stands behind its name; `line` among those of the notice."""

    unit: Field[Unit]
    name: Sequence[Token]
    rest: Sequence[Token]
    line: int


def decision_grids(survey: Survey, lines: Sequence[Sequence[Token]]) -> list[Grid]:
    """The runs of such rows below words that speak of recognition."""
    likely = [i for i, tokens in enumerate(lines) if any(_TOLD.fullmatch(token.bare) for token in tokens[1:])]
    units = listed_units(survey) if len(likely) >= FEWEST_ROWS else []
    rows = [row for i in likely if units and (row := _row(survey, lines[i], i, units)) is not None]
    runs = [run for run in _runs(rows) if len(run) >= FEWEST_ROWS and _is_of_recognition(survey, run)]
    return [_grid(survey, run) for run in runs]


def _row(survey: Survey, tokens: Sequence[Token], line: int, units: Sequence[Unit]) -> _Row | None:
    """The commune that a line begins with, where a year or a decision is the next thing behind it."""
    one = listed(survey, tokens, units)
    rest = tokens[one.used :] if one else ()
    told = bool(rest) and _TOLD.fullmatch(rest[0].bare) is not None
    return _Row(one.unit, tokens[: one.used], rest, line) if one and told else None


def _runs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows that stand together."""
    run: list[_Row] = []
    for row in rows:
        if run and row.line - run[-1].line > _IDLE:
            yield run
            run = []
        run.append(row)
    yield run


def _is_of_recognition(survey: Survey, run: Sequence[_Row]) -> bool:
    """`đã được Ủy ban nhân dân tỉnh công nhận đạt chuẩn nông thôn mới, cụ thể:`, with no `đề nghị công nhận` behind."""
    at = run[0].name[0].span[0]
    over = max(0, at - _ABOVE), at
    asked = max((end for _, end in find_phrases(survey.whole, "not_yet_recognised", *over)), default=0)
    return any(start >= asked for start, _ in find_phrases(survey.whole, "recognised", *over))


def _grid(survey: Survey, run: Sequence[_Row]) -> Grid:
    made = Maker(survey.whole, run[0].name[0].span[0])
    table = [[made.told("Tên xã"), made.told(_HEAD)]]
    for row in run:
        name = replace(made.cell(survey.whole.flat(*span_of(row.name)), span_of(row.name)), unit=row.unit)
        table.append([name, made.cell(survey.whole.flat(*span_of(row.rest)), span_of(row.rest))])
    return made.grid(table, (run[0].name[0].span[0], run[-1].rest[-1].span[1]))
