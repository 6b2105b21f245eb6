"""Tables with a criterion a row and the communes that reach it, or do not, by name: `Tiêu chí | Xã chưa đạt`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.field import Field
from extract.notice import Status, Target
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.columns import own_head, shared_head
from extract.ntm.tables.kinds.bands import communes_in
from extract.ntm.tables.kinds.verdicts import FEWEST_CRITERIA, criteria_rows, names_column
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.verdicts.results.find import Result
from normalize.fold import fold

_NOT = re.compile(r"\bxa\b.*\b(?:chua|khong)\s+(?:dat|hoan\s+thanh)|\b(?:chua|khong)\s+dat\b.*\bxa\b")
_YES = re.compile(r"\bxa\b.*\b(?:dat|hoan\s+thanh)\b|\bdat\b.*\bxa\b")
_BETWEEN = re.compile(r"\b(?:cac|xa|va|gom|\d+)\b|[\W\d]")  # what may stand between the names of a list


def read_by_criterion(survey: Survey, grid: Grid, level: Field[Target] | None) -> list[Result]:
    """What such a table says of each commune that it names; nothing where it is none."""
    names = names_column(grid)
    if names is None:
        return []
    columns = {j: status for j in range(names + 1, grid.width) if (status := _status(grid, j)) is not None}
    return [result for j, status in columns.items() for result in _column(survey, grid, names, j, status, level)]


def _status(grid: Grid, column: int) -> Status | None:
    """What a column that names communes tells of them, by its head."""
    first = next((i for i, cell in enumerate(grid.column(column)) if i and cell.rows == 1), 1)
    head = f"{shared_head(grid, column, first)} {own_head(grid, column, first)}"
    return Status.NOT_ACHIEVED if _NOT.search(head) else Status.ACHIEVED if _YES.search(head) else None


def _column(
    survey: Survey, grid: Grid, names: int, column: int, status: Status, level: Field[Target] | None
) -> Iterator[Result]:
    rows = list(criteria_rows(survey, grid, names))
    for row, ref in rows if len(rows) >= FEWEST_CRITERIA else ():
        for unit in communes_in(survey, row[column]) if _lists(survey, row[column]) else ():
            if unit.value.code is not None:
                yield Result((unit,), level, (ref.start, ref.end), (), ((ref, status),))


def _lists(survey: Survey, cell: GridCell) -> bool:
    """Does a cell hold names of communes and nothing else: not `Đường từ xã Tân Lập đi Vũ Sơn đã cứng hóa`?"""
    rest = survey.whole.flowing[slice(*cell.span)]
    for unit in communes_in(survey, cell):
        rest = rest.replace(fold(unit.value.name), " ", 1)
    return _BETWEEN.sub("", rest) == ""
