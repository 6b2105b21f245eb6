"""Tables with a commune and a criterion a row and the verdict in words: `Xã | Tiêu chí | Số liệu | Đánh giá`."""

from __future__ import annotations

from extract.field import Field
from extract.notice import Status, Target, Unit
from extract.ntm.criteria.ref import Ref
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.communes import commune_in
from extract.ntm.tables.kinds.verdicts import FEWEST_CRITERIA, names_column, worded
from extract.ntm.tables.shapes.grid import Grid
from extract.ntm.verdicts.results.find import Result

FEWEST_COMMUNES = 2


def read_paired(survey: Survey, grid: Grid, level: Field[Target] | None) -> list[Result]:
    """What such a table says of each commune; nothing where it is none."""
    names = names_column(grid)
    told = list(worded(survey, grid, names)) if names else []
    if names is None or len(told) < FEWEST_CRITERIA:
        return []
    units = next((j for j in range(names) if len(_communes(survey, grid, j)) >= FEWEST_COMMUNES), None)
    if units is None:
        return []
    found: dict[str, tuple[Field[Unit], list[tuple[Ref, Status]]]] = {}
    for row, ref, status in told:
        unit = commune_in(survey, row[units])
        if unit is not None and unit.value.code is not None:
            found.setdefault(unit.value.code, (unit, []))[1].append((ref, status))
    return [
        Result((unit,), level, (refs[0][0].start, refs[0][0].end), (), tuple(refs)) for unit, refs in found.values()
    ]


def _communes(survey: Survey, grid: Grid, column: int) -> set[str]:
    """The codes of the communes that a column names."""
    units = (commune_in(survey, cell) for cell in grid.column(column))
    return {unit.value.code for unit in units if unit is not None and unit.value.code is not None}
