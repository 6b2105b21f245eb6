"""The communes that are to reach a level: `Xã | Danh hiệu đăng ký | Năm phấn đấu`, or a list whose title says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.field import Field
from extract.notice import Method, Outcome, Target, Unit
from extract.ntm.levels import titled_target
from extract.ntm.rows.heads import DAY
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import caption_of
from extract.ntm.tables.heads.columns import own_head, shared_head
from extract.ntm.tables.heads.communes import commune_column, commune_in, commune_like
from extract.ntm.tables.heads.districts import surveys_by_row
from extract.ntm.tables.heads.levels import level_column, level_in
from extract.ntm.tables.kinds.bands import communes_in
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.trust import SHORT_PHRASE, vouched
from extract.ntm.verdicts.outcomes.named import Named
from extract.words.phrases import find_phrases

# Danh hiệu đăng ký · Năm phấn đấu · Lộ trình đạt chuẩn; folded
_PLANNED = re.compile(r"\b(?:dang\s+k[iy]|phan\s+dau|lo\s+trinh|du\s+kien)\b")
_LISTS = re.compile(r"\W*(?:ten\s+)?(?:cac\s+)?xa\s")  # Xã đăng ký đạt chuẩn nông thôn mới nâng cao
UNTOLD = 0.5  # a level that stands in the cell below only


def read_registered(survey: Survey, grid: Grid) -> list[Named]:
    """The communes of such a table, each with the level of its row, else with the one that the trích yếu names."""
    if found := list(_by_column(survey, grid)):
        return found
    names, first = commune_column(survey, grid)
    if names is None:
        return []
    column = level_column(survey, grid, [j for j in range(grid.width) if j != names], first)
    if _is_planned(survey, grid, first):
        years = [j for j in range(grid.width) if j != names and DAY.search(own_head(grid, j, first))]
        if found := list(_by_year(survey, grid, names, first, years)):
            return found
        if column is not None:
            return list(_by_row(survey, grid, names, first, column))
    level = _titled(survey)
    units = _units(survey, grid, names, first) if level is not None else ()
    return [_planned(unit, level) for unit, _ in units if level and not unit.review]  # Phòng Nông nghiệp among them


def _is_planned(survey: Survey, grid: Grid, first: int) -> bool:
    """Is what the table names still to be reached, by its heads, its caption or the trích yếu?"""
    heads = [f"{shared_head(grid, j, first)} {own_head(grid, j, first)}" for j in range(grid.width)]
    caption = caption_of(survey, grid.span[0])
    above = survey.whole.flowing[slice(*caption)] if caption else ""
    return any(_PLANNED.search(words) for words in (*heads, above, survey.zones.subject.flowing))


def _titled(survey: Survey) -> Field[Target] | None:
    """The one level that a trích yếu names which plans for it: `Danh sách xã đăng ký đạt chuẩn nông thôn mới`."""
    subject = survey.zones.subject
    planned = _PLANNED.search(subject.flowing)
    reached = planned and find_phrases(subject, "reached", planned.end(), len(subject.string))
    return titled_target(survey) if reached else None


def _by_column(survey: Survey, grid: Grid) -> Iterator[Named]:
    """The communes listed below each level: `Năm | Xã đăng ký đạt chuẩn | Xã đăng ký đạt chuẩn nâng cao`."""
    levels = {
        j: level
        for j, cell in enumerate(grid.rows[0])
        if _LISTS.match(cell.folded) and (level := level_in(survey, cell)) is not None
    }
    if not levels or not _is_planned(survey, grid, 1):
        return
    for row in grid.rows[1:]:
        for j, level in levels.items():
            yield from (_planned(unit, level) for unit in communes_in(survey, row[j]))


def _by_year(survey: Survey, grid: Grid, names: int, first: int, years: Sequence[int]) -> Iterator[Named]:
    """The level that each year's column names: `Xã | Năm 2023 | Năm 2024` over `Tân Lập | NTM | NTM nâng cao`."""
    for unit, row in _units(survey, grid, names, first):
        levels = (level_in(survey, row[j]) for j in years)
        yield from (_planned(unit, level) for level in levels if level is not None)


def _by_row(survey: Survey, grid: Grid, names: int, first: int, column: int) -> Iterator[Named]:
    rows = list(_units(survey, grid, names, first))
    for k, (unit, row) in enumerate(rows):
        level = level_in(survey, row[column])
        below = level_in(survey, rows[k + 1][1][column]) if level is None and k + 1 < len(rows) else None
        if below is not None and row[column].empty:  # a rule that is none parts a cell from its words
            level = below.doubt("the cell is empty, the one below names it", UNTOLD)
        if level is not None:
            yield _planned(unit, level)


def _units(survey: Survey, grid: Grid, names: int, first: int) -> Iterator[tuple[Field[Unit], Sequence[GridCell]]]:
    """The commune of each row, within its own district where rows across name some."""
    for own, row in list(zip(surveys_by_row(survey, grid), grid.rows, strict=True))[first:]:
        cell = row[names]
        unit = commune_in(own, cell) or commune_like(own, cell) if cell.raw and cell.columns == 1 else None
        if unit is not None:
            yield unit, row


def _planned(unit: Field[Unit], level: Field[Target]) -> Named:
    outcome = replace(unit.to(Outcome.PLANNED), rule="table", method=Method.MATCHED, review=False, why=None)
    return Named(unit, level, vouched(replace(outcome, alternatives=()), SHORT_PHRASE))
