"""Tables of money with a payer a row and a kind of capital, or a work, a column: `Ngân sách tỉnh | 4.200 | 3.000`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from extract.draft import FundingDraft, MoneySum
from extract.ntm.funding.payers import PAYER
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.columns import own_head, shared_head
from extract.ntm.tables.money.amounts import SUM, amount_in, factor_of, figures_in, first_row, source_label, words_in
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.trust import AGREED, vouched

FEWEST = 2  # kinds, and payers, of such a table
# Vốn đầu tư phát triển · Vốn sự nghiệp · Chi thường xuyên
_SOURCES = re.compile(r"(?:cac\s+)?nguon(?:\s+(?:von|kinh\s+phi|luc))?")
_OF_SUMS = re.compile(
    r"\b(?:so\s+(?:tien|von)|von|kinh\s+phi|ke\s+hoach|thuc\s+hien|giai\s+ngan|ty\s+le|nam|quy|thang|xa)\b|[\d%]"
)
# Năm 2018 | Năm 2019 | Tổng cộng: a plan by years
_OF_YEAR = re.compile(r"\W*(?:ke\s+hoach\s+|von\s+)?nam\s+20\d\d\W*(?:(?:nghin|trieu|ty)\s+dong\W*)?")
_KIND = re.compile(r"\W*(?:von\s+|chi\s+|kinh\s+phi\s+)?(?:dau\s+tu|su\s+nghiep|thuong\s+xuyen|dtpt|sn)\b")


def read_capital(survey: Survey, grid: Grid) -> tuple[tuple[FundingDraft, ...], tuple[MoneySum, ...]] | None:
    """Entries in đồng, one a payer and kind, or the row's total where no kind is told; the printed total beside what
    they add up to; None where it is no such table."""
    first = first_row(grid)
    heads = {j: own_head(grid, j, first) for j in range(grid.width)}
    kinds = {j: _head_cell(grid, j, first) for j, head in heads.items() if _KIND.match(head)}
    kinds = kinds or _years(grid, heads, first)
    labels = next((j for j in range(grid.width) if j not in kinds and _payers(grid, j, first) >= FEWEST), None)
    if not kinds and first and _SOURCES.fullmatch(heads[0].strip()):
        labels, kinds = 0, _works(grid, heads, first)
    if labels is None or len(kinds) < FEWEST or any(figures_in(grid, j) < FEWEST for j in kinds):
        return None
    totals = next((j for j, head in heads.items() if j > labels and SUM.match(head)), None)
    words = " ".join([*heads.values(), *(shared_head(grid, j, first) for j in kinds)])
    factor = factor_of(survey, grid, words)
    if factor is None:
        return None
    rows = [row for row in grid.rows[first:] if row[labels].raw]
    told = [row for row in rows if not any(SUM.match(cell.folded) for cell in row[: labels + 1])]
    entries = tuple(e for row in told for e in _of_payer(survey, row, (labels, totals), kinds, factor))
    sums = [row for row in rows if row not in told]
    printed = amount_in(sums[0][totals], factor) if len(sums) == 1 and totals is not None else None
    return _checked(entries, printed) if len(entries) >= FEWEST else None


def _years(grid: Grid, heads: Mapping[int, str], first: int) -> dict[int, GridCell]:
    """The columns of years beside one of their sums, as a plan has; none where nothing adds them up."""
    told = any(SUM.match(head) for head in heads.values())
    return {j: _head_cell(grid, j, first) for j, head in heads.items() if told and _OF_YEAR.fullmatch(head)}


def _works(grid: Grid, heads: Mapping[int, str], first: int) -> dict[int, GridCell]:
    """The columns of works: `Nguồn | Đường bản | Nhà văn hóa`; none where a head speaks of sums, years or states."""
    columns = {j: head for j, head in heads.items() if j and figures_in(grid, j) >= FEWEST and not SUM.match(head)}
    known = any(_OF_SUMS.search(head) or not head for head in columns.values())
    return {} if known else {j: _head_cell(grid, j, first) for j in columns}


def _head_cell(grid: Grid, column: int, first: int) -> GridCell:
    """The cell that names a column alone."""
    return next(c for i in reversed(range(first)) if (c := grid.rows[i][column]).columns == 1 and c.raw)


def _payers(grid: Grid, column: int, first: int) -> int:
    return sum(PAYER.search(row[column].folded) is not None for row in grid.rows[first:])


def _of_payer(
    survey: Survey,
    row: tuple[GridCell, ...],
    columns: tuple[int, int | None],
    kinds: Mapping[int, GridCell],
    factor: int,
) -> Iterator[FundingDraft]:
    """The entries of a row; surer where its kinds add up to its total."""
    labels, totals = columns
    source = words_in(survey, row[labels])
    total = amount_in(row[totals], factor) if totals is not None else None
    parts = {j: value for j in kinds if (value := amount_in(row[j], factor)) is not None}
    if not parts and totals is not None and total is not None:
        field = row[totals].field(survey.whole, total, "table_amount")
        yield FundingDraft(source, None, field, source_label(survey, row[labels], source))
    for j, value in parts.items():
        item = words_in(survey, kinds[j])
        field = row[j].field(survey.whole, value, "table_amount")
        if total is not None:
            adds = sum(parts.values()) == total
            field = vouched(field, AGREED) if adds else field.doubt("the row does not add up to its total", 0.78)
        yield FundingDraft(source, item, field, source_label(survey, row[labels], source, item))


def _checked(
    entries: tuple[FundingDraft, ...], printed: int | None
) -> tuple[tuple[FundingDraft, ...], tuple[MoneySum, ...]]:
    if printed is None:
        return entries, ()
    counted = sum(entry.amount_vnd.value for entry in entries)
    if counted == printed:
        entries = tuple(replace(e, amount_vnd=vouched(e.amount_vnd, AGREED)) for e in entries)
    return entries, (MoneySum(printed, counted, tuple(e.amount_vnd.value for e in entries)),)
