"""Rows across a table of communes that gather the rows below them into a band.

      A. Nhóm xã đạt 19 tiêu chí (04 xã)
1   Gia Phù    + + + … 19
      B. Nhóm xã đạt từ 15 đến 18 tiêu chí (06 xã)
5   Mường Cơi  + + + … 18
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.draft import BandDraft
from extract.field import Field
from extract.notice import Target, Unit
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.communes import TOTAL_ROW, commune_column, commune_in, commune_like
from extract.ntm.tables.kinds.bands import limits_in, seconded
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.trust import AGREED, vouched

# A. Nhóm xã đạt từ 15 đến 18 tiêu chí (06 xã) · II | Xã đạt 19 tiêu chí: 04 xã; folded
_GROUP = re.compile(
    r"\W*(?:(?:[a-h]|[ivxl]{1,4}|\d{1,2})\s*[.)/:–-]\s*)?(?P<label>(?:nhom|cac|so|nhung|xa)\b[^(:\d]*\d[^(:]*?tieu\s+chi[^(:\d]*?)"
    r"\s*(?:[(:]\s*(?:co\s+)?(?P<count>\d{1,3})(?:\s*/\s*\d{1,3})?\s*xa\W*)?"
)
_MARK = re.compile(r"\W*(?:[a-h]|[ivxl]{1,4}|\d{1,2})?\W*")
_COUNT = re.compile(r"\W*(\d{1,3})(?:\s*xa)?\W*")


@dataclass(slots=True)
class _Group:
    """A row across the table, and the communes of the rows below it."""

    limits: tuple[int, int]
    count: Field[int] | None
    communes: list[Field[Unit]] = field(default_factory=list)


def read_grouped(survey: Survey, grid: Grid, target: Target) -> tuple[BandDraft, ...]:
    """The bands of the groups that have communes below them; a count and a list that agree vouch for each other."""
    names, _ = commune_column(survey, grid)
    groups = list(_groups(survey, grid, names)) if names is not None else []
    return tuple(_band(group, target) for group in groups if group.communes)


def _groups(survey: Survey, grid: Grid, names: int) -> Iterator[_Group]:
    group: _Group | None = None
    for row in grid.rows:
        headed = _headed(survey, row)
        if headed or TOTAL_ROW.match(row[0].folded):
            if group:
                yield group
            group = headed
        elif group and row[names].columns == 1 and row[names].raw:
            unit = commune_in(survey, row[names]) or commune_like(survey, row[names])
            group.communes += [unit] if unit else []
    if group:
        yield group


def _headed(survey: Survey, row: Sequence[GridCell]) -> _Group | None:
    """The group that a row opens: one cell names it, others hold its mark and how many it has at most."""
    cells = list({id(cell): cell for cell in row if cell.raw}.values())
    for cell in cells:
        match = _GROUP.fullmatch(" ".join(cell.folded.split()))
        limits = limits_in(match["label"], criteria_of_communes(survey.where.day)) if match else None
        if match is None or limits is None:
            continue
        before, behind = cells[: cells.index(cell)], cells[cells.index(cell) + 1 :]
        counts = [(other, m[1]) for other in behind if (m := _COUNT.fullmatch(other.folded))]
        counts += [(cell, match["count"])] if match["count"] else []
        if all(_MARK.fullmatch(other.folded) for other in before) and len(behind) <= min(1, len(counts)):
            count = counts[0][0].field(survey.whole, int(counts[0][1]), "table_band") if counts else None
            return _Group(limits, count)
    return None


def _band(group: _Group, target: Target) -> BandDraft:
    communes, count = tuple(group.communes), group.count
    if count and count.value == len(communes):
        count, communes = vouched(count, AGREED), tuple(seconded(unit) for unit in communes)
    return BandDraft(target, *group.limits, count, communes)
