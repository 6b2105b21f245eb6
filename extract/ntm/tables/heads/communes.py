"""Which column of a table names communes, and whom each of its cells names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.field import Field
from extract.notice import Level, Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.marks.legend import MARKS, OWN, sign_of
from extract.ntm.tables.shapes.grid import Grid, GridCell, share_in
from extract.ntm.units.districts import match_named_district
from extract.ntm.units.link import link_unit
from extract.ntm.units.names import name_ends, read_names
from extract.words.runs import NAME
from normalize.lexicon.find import match_commune

FEWEST_MARKS = 5  # that make a row one of a commune by criteria
_SIGNS = " .,;:*"
# Song An (Vũ Thư) · Song An (huyện Vũ Thư)
_WITH_DISTRICT = re.compile(
    rf"(?P<name>{NAME.pattern})\s*\(\s*(?:huyện|thị\s+xã|thành\s+phố|TX\.?|TP\.?|H\.)?\s*(?P<district>{NAME.pattern})\s*\)\s*\Z"
)
SPELT = 0.97  # likeness of a name that differs from the list in its capitals only
# Thôn · Tên thôn, bản · Khu dân cư; not Ban Chỉ huy Quân sự; folded
_VILLAGE = re.compile(
    r"(?:ten\s+)?(?:cac\s+)?(?:thon|ban|ap|buon|lang|khom|to\s+dan\s+pho|khu\s+dan\s+cu)(?:\s*[,/(-].*)?"
)
# Tổng cộng · Cộng · Tổng I · Số xã đạt · Bình quân/xã, and not Cộng Hòa, Tông Lạnh, Công Sơn; folded, so that
# the one commune called Trung Bình is not told from an average
TOTAL_ROW = re.compile(
    r"\W*(?:(?:tong|cong)(?=\W*$|\W*\d|\s*[:(/+|]|\s+(?:so|cong|hop|chung|toan|cac|xa|huyen|tinh|tieu|kinh|von|nguon|muc|ca|"
    r"diem|luot|dat|chua|luy|theo|i{1,3}|iv|v)\b)|(?:binh\s+quan|trung\s+binh)\b|so\s+(?:luong\s+)?xa\b)"
)


def commune_column(survey: Survey, grid: Grid) -> tuple[int | None, int]:
    """The column in which most communes are named, and the first row that names one."""
    best: tuple[int, int, int] | None = None
    if names_villages(grid):
        return None, 0
    for column in range(min(grid.width, 4)):
        named = [i for i, cell in enumerate(grid.column(column)) if cell.columns == 1 and commune_in(survey, cell)]
        if named and (best is None or len(named) > best[0]):
            best = len(named), column, named[0]
    if best is None or best[2] == 0:
        return None, 0
    first = best[2]
    while first > 1 and _is_data(grid.rows[first - 1], best[1]):  # the first commune's name may be misread
        first -= 1
    return best[1], first


def names_villages(grid: Grid) -> bool:
    """Does a column name villages: they may be called as communes are, and what follows is told of them."""
    return any(_is_of_villages(grid, column) for column in range(min(grid.width, 5)))


def _is_of_villages(grid: Grid, column: int) -> bool:
    head = next(
        (i for i, c in enumerate(grid.column(column)[:3]) if _VILLAGE.fullmatch(" ".join(c.folded.split()))), None
    )
    named = [cell.raw[:1].isalpha() for cell in grid.column(column)[(head or 0) + 1 :] if cell.raw]
    return head is not None and 2 * sum(named) > len(named)


def _is_data(row: Sequence[GridCell], names: int) -> bool:
    marked = sum(is_marked(cell) for cell in row)
    return row[names].raw != "" and (marked >= FEWEST_MARKS or any(share_in(cell.raw) for cell in row))


def commune_in(survey: Survey, cell: GridCell) -> Field[Unit] | None:
    """The one commune that a cell names, surely; its evidence is the cell."""
    if cell.unit is not None:
        return cell.unit
    if cell.empty or not cell.raw or len(cell.raw) > 40:
        return None
    whole, start = survey.whole, _name_start(survey, cell)
    if placed := _in_district(survey, start, cell.span[1]):
        return placed
    ends = name_ends(whole, start, cell.span[1])
    if not ends or whole.string[ends[-1] : cell.span[1]].strip(_SIGNS):  # more stands there than a name
        return None
    for a, b, kind, match in read_names(whole, start, cell.span[1], "xã", survey.where, many=False):
        left = whole.string[b : cell.span[1]].strip(_SIGNS)
        if a == start and match.sure and not left:
            return link_unit(whole, a, b, match, Level.COMMUNE, kind, survey.where)
    return None


def _in_district(survey: Survey, start: int, end: int) -> Field[Unit] | None:
    """The commune of a cell that names its district too: `Song An (Vũ Thư)`; two districts may have the name."""
    whole, where = survey.whole, survey.where
    named = _WITH_DISTRICT.match(whole.string, start, end)
    if named is None:
        return None
    district, stop = match_named_district(whole, *named.span("district"), where)
    if not district.sure or district.best is None or stop < named.end("district"):
        return None
    match = match_commune(f"xã {whole.flat(*named.span('name'))}", where.day, district.best.code)
    return link_unit(whole, *named.span("name"), match, Level.COMMUNE, "xã", where) if match.sure else None


def is_marked(cell: GridCell) -> bool:
    """Does a cell hold a mark or a verdict?"""
    sign = sign_of(cell.raw)
    return sign in MARKS or sign in OWN


def commune_like(survey: Survey, name: GridCell) -> Field[Unit] | None:
    """The unit of a row about a commune, under a name that no list decides; it is for review."""
    if TOTAL_ROW.match(name.folded):
        return None
    whole, start = survey.whole, _name_start(survey, name)
    for a, b, kind, match in read_names(whole, start, name.span[1], "xã", survey.where, many=False):
        field = link_unit(whole, a, b, match, Level.COMMUNE, kind, survey.where)
        return field if field.review else field.doubt(f"the cell reads {name.raw!r}")
    end, where = name.span[1], survey.where
    found = match_commune(whole.flat(start, end), where.day, where.district_code, where.province_code)
    field = link_unit(whole, start, end, found, Level.COMMUNE, "xã", where)
    return field if found.sure and found.score >= SPELT else field.doubt(f"the cell reads {name.raw!r}")


def _name_start(survey: Survey, cell: GridCell) -> int:
    """Where a commune's name begins in its cell: behind a number and the word xã."""
    lead = re.compile(r"[\s\d.,)-]*(?:xa\s+)?").match(survey.whole.flowing, *cell.span)
    return lead.end() if lead else cell.span[0]
