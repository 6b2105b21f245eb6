"""The district that each row of a table of several lies in: of a row across, `II | Huyện Đồng Phú`, or of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.field import Field
from extract.notice import Level, Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.levels import alone
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.units.districts import DISTRICT_TYPES, match_named_district
from extract.ntm.units.link import link_unit
from extract.words.runs import NAME

# II. Huyện Đồng Phú · TP. Bến Tre, alone in its row but for the row's mark; folded
_ACROSS = re.compile(
    r"\W*(?:(?:[ivx]{1,4}|[a-h]|\d{1,2})\s*[.)/–-]\s*)?(?P<type>huyen|thi\s+xa|thanh\s+pho|tp\.?|tx\.?)\s+(?=\w)"
)


def surveys_by_row(survey: Survey, grid: Grid) -> list[Survey]:
    """The survey as each row is to be read: within its own district where rows across name some."""
    return list(_by_row(survey, grid))


def _by_row(survey: Survey, grid: Grid) -> Iterator[Survey]:
    here = survey
    for row in grid.rows:
        if (district := _across(survey, row)) is not None:
            here = replace(survey, where=replace(survey.where, district=district))
        yield here


def _across(survey: Survey, row: Sequence[GridCell]) -> Field[Unit] | None:
    """The district that a row names which holds nothing else than its mark."""
    told = alone(row)
    return district_in(survey, told) if told else None


def district_in(survey: Survey, cell: GridCell) -> Field[Unit] | None:
    """The district that a cell names behind its type: `Huyện Minh Hóa`, `Thị xã Ba Đồn`."""
    whole = survey.whole
    lead = _ACROSS.match(whole.flowing, *cell.span)
    run = NAME.match(whole.string, lead.end(), cell.span[1]) if lead else None
    if lead is None or run is None:
        return None
    kind = DISTRICT_TYPES.get(" ".join(lead["type"].split()), "")
    match, end = match_named_district(whole, run.start(), run.end(), survey.where, kind)
    if not match.sure or match.best is None or whole.string[end : cell.span[1]].strip(" .:;"):
        return None
    return link_unit(whole, run.start(), end, match, Level.DISTRICT, "huyện", survey.where)
