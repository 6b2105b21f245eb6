"""Tables with a group of criteria a row, and which of them are reached and which are not.

Nhóm tiêu chí             | Tiêu chí đạt | Tiêu chí chưa đạt   | Đạt/tổng số
II. Hạ tầng kinh tế - xã hội | Số 4, 8   | Số 2, 3, 5, 6, 7, 9 | 2/8
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.notice import Status
from extract.ntm.criteria.ref import Ref
from extract.ntm.rows.verdicts import Verdicts
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.communes import commune_column
from extract.ntm.tables.kinds.tallies import refs_in
from extract.ntm.tables.kinds.verdicts import FEWEST_CRITERIA
from extract.ntm.tables.shapes.grid import Grid

# Tiêu chí đạt · Các tiêu chí chưa đạt · Đạt tiêu chí · Tiêu chí còn thiếu; not `Số tiêu chí đạt`, which counts
_HEAD = re.compile(
    r"\W*(?:(?:cac|nhung)\s+)?(?:tieu\s+chi\s+)?"
    r"(?:(?P<no>(?:con\s+)?(?:chua|khong)\s+dat|con\s+(?:thieu|lai)|thieu)|(?:da\s+)?dat)(?:\s+chuan)?(?:\s+tieu\s+chi)?\W*"
)


def read_by_group(survey: Survey, grid: Grid) -> Verdicts | None:
    """The criteria of both columns; None where the table is no such one, or has communes in its rows."""
    columns = _columns(grid)
    if set(columns.values()) != {Status.ACHIEVED, Status.NOT_ACHIEVED} or commune_column(survey, grid)[0] is not None:
        return None
    found = tuple(_listed(survey, grid, columns))
    return Verdicts(grid.span, found) if len(found) >= FEWEST_CRITERIA else None


def _columns(grid: Grid) -> dict[int, Status]:
    heads = {j: _HEAD.fullmatch(" ".join(cell.folded.split())) for j, cell in enumerate(grid.rows[0])}
    return {j: Status.NOT_ACHIEVED if head["no"] else Status.ACHIEVED for j, head in heads.items() if head}


def _listed(survey: Survey, grid: Grid, columns: dict[int, Status]) -> Iterator[tuple[Ref, Status]]:
    for row in grid.rows[1:]:
        for column, status in columns.items():
            if row[column].raw:
                yield from ((ref, status) for ref in refs_in(survey, row[column]))
