"""Small tables of bands: `Số tiêu chí | Số xã | Tên xã`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.draft import BandDraft
from extract.field import Field
from extract.notice import Level, Method, Target, Unit
from extract.ntm.criteria.ref import HIGHEST_NUMBER, USUAL_TOTAL
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.programme.bands.ranges import open_end
from extract.ntm.programme.totals import find_total
from extract.ntm.rows.heads import DAY, is_reached
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.columns import latest, own_head, shared_head
from extract.ntm.tables.heads.communes import TOTAL_ROW
from extract.ntm.tables.shapes.grid import Grid, GridCell, figured, figured_decimal, number_in, share_in
from extract.ntm.trust import AGREED, vouched
from extract.ntm.units.link import link_unit, without_doubles
from extract.ntm.units.names import read_names
from normalize.fold import fold
from normalize.letters import UPPER

FEWEST_BANDS = 2  # that make a table of bands
_AVERAGE = re.compile(r"\W*(?:so\s+tieu\s+chi\s+)?(?:dat\s+)?(?:binh\s+quan|trung\s+binh)\b")
_NONE = ("", "khong", "khong co", "khong co xa nao")
# Theo biểu chi tiết
_ELSEWHERE = re.compile(r"\W*(?:theo|xem|co|chi tiet(?: tai)?)\s+(?:bieu|bang|danh sach|phu luc|phu bieu)\b")
_COUNTS = re.compile(r"\b(?:so|tong\s+so)\s*(?:luong\s*)?(?:cac\s+)?xa\b|^so\s+luong")
_NAMES = re.compile(
    r"\b(?:ten|cac|danh\s+sach|gom)\s+(?:cac\s+)?xa\b|\b(?:ten|cac|danh\s+sach)\s+don\s+vi\b|^ten\b|^cu\s+the\b|"
    r"^ghi\s+chu\b|^danh\s+sach\W*$"
)
_DOT = re.compile(rf"\s*\.\s+(?=[{UPPER}])")  # An Linh, Tân Hiệp. Tân Long: a comma read as a point
COUNTED = 0.78  # a count that the list and the sum of all tell, not its figure
BY_LIST = "the figure was misread: so many are listed, and so the bands add up to all communes"
# 19 tiêu chí · 15 - 18 tiêu chí · từ 10 đến 14 · Dưới 10 tiêu chí · 15 tiêu chí trở lên; folded
_LIMITS = re.compile(
    r"\D{0,30}?(?<![-–—])(?<![-–—] )(?P<than>duoi|tren|<|>)?\s*(?:xa\s+)?(?:dat\s+)?"
    r"(?P<low>\d{1,2})(?:\s*/\s*(?:19|20))?\s*(?:tieu\s+chi\s*)?"
    r"(?:(?:-|–|—|den|toi)\s*(?P<under>duoi\s*)?(?P<high>\d{1,2})(?:\s*/\s*(?:19|20))?\s*(?:tieu\s+chi)?)?(?P<up>\s*tro\s+len)?\W*"
)


def read_bands(survey: Survey, grid: Grid, target: Target) -> tuple[BandDraft, ...] | None:
    """The bands of a table that has a column of counts of communes and one of ranges; None where it is no such table.

    A count and a list that agree vouch for each other.
    """
    head, counted = grid.rows[0], _counted(survey, grid)
    if not counted:
        return None
    counts = latest(counted)
    names = next((j for j, cell in enumerate(head) if j not in counted and _NAMES.search(cell.folded)), None)
    free = (j for j in range(grid.width) if j not in counted and j != names)
    labels = next((j for j in free if _speaks_of_criteria(grid, j)), None)
    # Đầu năm 2019 | Số đạt | Tiêu chí số chưa đạt: counts of criteria, and what each commune lacks behind them
    if labels is None or (labels > counts and not _COUNTS.search(counted[counts])):
        return None
    bands = tuple(_bands(survey, grid, labels, counts, names, target))
    return _by_lists(bands, _total(survey, grid, labels, counts)) if len(bands) >= FEWEST_BANDS else None


def average_in_bands(survey: Survey, grid: Grid, bands: Sequence[BandDraft]) -> Field[float] | None:
    """The average in a row of a table of bands, `Số tiêu chí bình quân/xã | 17,08 | 17,92`; in doubt where the bands do
    not hold it."""
    counts = latest(_counted(survey, grid))
    row = next((row for row in grid.rows[1:] if any(_AVERAGE.match(cell.folded) for cell in row[:counts])), None)
    value = figured_decimal(row[counts].raw) if row is not None else None
    if row is None or value is None:
        return None
    many = [(band, band.count.value) for band in bands if band.count is not None]
    least, most = (sum(n * limit for (_, n), limit in zip(many, limits, strict=True)) for limits in _sides(many))
    field = row[counts].field(survey.whole, value, "average")
    agrees = least <= value * sum(n for _, n in many) <= most
    return vouched(field, AGREED) if agrees else field.doubt("the bands of the table do not hold it", 0.7)


def _sides(many: Sequence[tuple[BandDraft, int]]) -> tuple[list[int], list[int]]:
    """The least and the most criteria of each band."""
    return [band.min for band, _ in many], [band.max for band, _ in many]


def _counted(survey: Survey, grid: Grid) -> dict[int, str]:
    """The columns that count communes, with the words over them: `Số xã`, or years over numbers; none of plans."""
    first = next((i for i, row in enumerate(grid.rows) if i and any(_count(cell) is not None for cell in row[1:])), 1)
    heads = {j: f"{shared_head(grid, j, first)} {own_head(grid, j, first)}".strip() for j in range(grid.width)}
    filled = {j: head for j, head in heads.items() if _is_filled(grid, j, first) and is_reached(survey, head)}
    dated = {j: head for j, head in filled.items() if DAY.search(head) and "tieu chi" not in head}
    return {j: head for j, head in filled.items() if _COUNTS.search(head)} or dated


def _is_filled(grid: Grid, column: int, first: int) -> bool:
    """Do most cells of a column hold a number?"""
    cells = [row[column] for row in grid.rows[first:] if not row[column].empty]
    return 2 * sum(_count(cell) is not None for cell in cells) > len(cells)


def _total(survey: Survey, grid: Grid, labels: int, counts: int) -> int | None:
    """How many communes all bands hold: the table's own total, else as many as the notice says there are."""
    row = next((row for row in grid.rows[1:] if any(TOTAL_ROW.match(c.folded) for c in row[: labels + 1])), None)
    printed = _count(row[counts]) if row else None
    told = find_total(survey) if printed is None else None
    return told.value if told else printed


def _by_lists(bands: tuple[BandDraft, ...], total: int | None) -> tuple[BandDraft, ...]:
    """The bands with counts by their lists where only so they add up to all communes; these are marked."""
    listed = [len(band.communes) or (band.count.value if band.count else 0) for band in bands]
    counted = [band.count.value if band.count else 0 for band in bands]
    if total is None or sum(listed) != total or sum(counted) == total:
        return bands
    return tuple(
        band if band.count is None or band.count.value == number else replace(band, count=_inferred(band.count, number))
        for band, number in zip(bands, listed, strict=True)
    )


def _inferred(count: Field[int], number: int) -> Field[int]:
    alternatives = (str(count.value),)
    return replace(count, value=number, method=Method.INFERRED, alternatives=alternatives).doubt(BY_LIST, COUNTED)


def limits_in(text: str, total: int = USUAL_TOTAL) -> tuple[int, int] | None:
    """The lowest and the highest number of criteria that a cell names, folded; `total`: how many the set has.

    >>> limits_in("15 - 18 tieu chi"), limits_in("duoi 10 tieu chi"), limits_in("19 tieu chi"), limits_in("tong cong")
    ((15, 18), (0, 9), (19, 19), None)
    >>> limits_in("tu 10 den duoi 15 tieu chi"), limits_in("dat s - 9 tieu chi")  # its lowest was not read
    ((10, 14), None)
    >>> limits_in("8 tieu chi tro len", 10), limits_in("8 tieu chi tro len")
    ((8, 10), (8, 19))
    """
    match = _LIMITS.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    low, high = int(match["low"]), int(match["high"] or match["low"])
    high -= 1 if match["under"] else 0
    if match["than"] in ("duoi", "<"):
        low, high = 0, low - 1
    elif match["than"] in ("tren", ">"):
        low, high = low + 1, open_end(low + 1, total)
    elif match["up"]:
        high = open_end(low, total)
    return (low, high) if 0 <= low <= high <= HIGHEST_NUMBER else None


def _limits(cell: GridCell, total: int = USUAL_TOTAL) -> tuple[int, int] | None:
    return limits_in(fold(figured(cell.raw)), total) or limits_in(cell.folded, total)


def _speaks_of_criteria(grid: Grid, column: int) -> bool:
    cells = grid.column(column)
    ranges = sum(_limits(cell) is not None for cell in cells[1:])
    told = "tieu chi" in cells[0].folded or sum("tieu chi" in cell.folded for cell in cells[1:]) >= FEWEST_BANDS
    return ranges >= FEWEST_BANDS and told


def _bands(
    survey: Survey, grid: Grid, labels: int, counts: int, names: int | None, target: Target
) -> Iterator[BandDraft]:
    for row in grid.rows[1:]:
        limits = _limits(row[labels], criteria_of_communes(survey.where.day))
        if limits is None or row[labels].columns > 1:
            continue
        number = _count(row[counts])
        count = row[counts].field(survey.whole, number, "table_band") if number is not None else None
        communes = communes_in(survey, row[names]) if names is not None else ()
        if count and len(communes) == count.value:
            count, communes = vouched(count, AGREED), tuple(seconded(field) for field in communes)
        if count or communes:
            yield BandDraft(target, *limits, count, communes)


def _count(cell: GridCell) -> int | None:
    share = share_in(cell.raw)
    return share[0] if share else number_in(re.sub(r"(?i)\s*xã\W*$", "", cell.raw))


def communes_in(survey: Survey, cell: GridCell) -> tuple[Field[Unit], ...]:
    """The communes that a cell lists."""
    whole, (start, end) = survey.whole, cell.span
    if cell.folded.strip(" .-–") in _NONE or _ELSEWHERE.match(cell.folded):
        return ()
    lead = re.compile(r"(?:\W*(?:gom|cac\s+xa|xa|la)\b)*\W*").match(whole.flowing, start, end)
    found = list(read_names(whole, lead.end() if lead else start, end, "xã", survey.where))
    while found and (dot := _DOT.match(whole.string, found[-1][1], end)):
        found += read_names(whole, dot.end(), end, "xã", survey.where)
    matches = without_doubles([match for *_, match in found])
    return tuple(
        link_unit(whole, a, b, match, Level.COMMUNE, kind, survey.where)
        for (a, b, kind, _), match in zip(found, matches, strict=True)
    )


def seconded(field: Field[Unit]) -> Field[Unit]:
    """A commune of a list that has as many as its count."""
    return field if field.review else replace(field, confidence=max(field.confidence, 0.9))
