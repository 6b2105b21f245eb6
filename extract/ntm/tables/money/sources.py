"""Small tables of money: a column of sources or works and one of amounts, with the unit in the head or above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

from extract.draft import FundingDraft, MoneySum
from extract.notice import Method
from extract.ntm.figures.money import parse_figures
from extract.ntm.funding.payers import PAYER, SOURCE_IN_TABLE, payer_and_kind
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.columns import own_head, shared_head
from extract.ntm.tables.money.amounts import (
    FIGURE,
    SUM,
    amount_in,
    factor_of,
    figures_in,
    first_row,
    source_label,
    unit_column,
    words_in,
)
from extract.ntm.tables.money.capital import read_capital
from extract.ntm.tables.money.marks import DASH, is_part, rank_of
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.trust import AGREED, vouched
from normalize.fold import fold

FEWEST = 2
WORKED_OUT, NOT_ADDING = 0.75, 0.78
_MONEY = re.compile(
    r"\b(?:so\s+tien|so\s+von|kinh\s+phi|von|gia\s+tri|ke\s+hoach|tong\s+so|tong\s+muc|du\s+toan|phan\s+bo|"
    r"(?:nghin|trieu|ty)\s+dong|nam\s+20\d\d)\b"
)
_SPENT = re.compile(r"\b(?:giai\s+ngan|thuc\s+hien|da\s+chi|thanh\s+toan|ty\s+le|con\s+lai)\b|%")
# Nguồn | Nội dung | Số vốn · STT | Công trình | Nguồn vốn | Kế hoạch · Tên xã | Nguồn | Số tiền
_WORK = re.compile(
    r"\b(?:noi\s+dung|hang\s+muc|loai\s+von|cong\s+trinh|muc\s+dich|danh\s+muc|du\s+an|tuyen|xa|don\s+vi(?!\s+tinh))\b"
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """The entries of a table of money, and its printed total beside what they add up to."""

    entries: tuple[FundingDraft, ...]
    sums: tuple[MoneySum, ...]


def read_money(survey: Survey, grid: Grid) -> MoneyFacts | None:
    """The sources and amounts of a table with a column of amounts, or one a source; None where it is no such table."""
    capital = read_capital(survey, grid)
    return MoneyFacts(*capital) if capital else _by_column(survey, grid) or _by_row(survey, grid)


def _by_row(survey: Survey, grid: Grid) -> MoneyFacts | None:
    """A source or a work a row, one column of amounts: the plan of the latest year."""
    labels = next(
        (j for j in range(grid.width) if SOURCE_IN_TABLE.search(" ".join(c.folded for c in grid.column(j)[1:]))), None
    )
    first = first_row(grid)
    heads = {j: f"{shared_head(grid, j, first)} {own_head(grid, j, first)}" for j in range(grid.width) if j != labels}
    amounts = {j: head for j, head in heads.items()
               if _MONEY.search(head) and not _SPENT.search(head) and figures_in(grid, j) >= FEWEST}  # fmt: skip
    column = _current(survey, amounts) if amounts else None
    unit = unit_column(grid, heads)
    factor = factor_of(survey, grid, f"{heads[column]} {unit}") if column is not None else None
    if labels is None or column is None or factor is None:
        return None
    works = next((j for j in [*range(labels + 1, column), *range(labels)] if _WORK.search(heads[j])), None)
    entries, printed = _read(survey, grid, labels, column, factor, works)
    if len(entries) < FEWEST or sum(SOURCE_IN_TABLE.search(fold(e.source or "")) is not None for e in entries) < FEWEST:
        return None
    entries = _with_thousands(entries, printed)
    counted = sum(entry.amount_vnd.value for entry in entries)
    if printed is not None and printed == counted:
        entries = tuple(replace(e, amount_vnd=vouched(e.amount_vnd, AGREED)) for e in entries)
    sums = (MoneySum(printed, counted, tuple(e.amount_vnd.value for e in entries)),) if printed is not None else ()
    return MoneyFacts(entries, sums)


def _with_thousands(entries: tuple[FundingDraft, ...], printed: int | None) -> tuple[FundingDraft, ...]:
    """The entries, a comma taken for the point of thousands where only so they add up: `12,904` among `31.420`."""
    missing = 0 if printed is None else printed - sum(entry.amount_vnd.value for entry in entries)
    cut = [entry for entry in entries if missing and entry.amount_vnd.value * 999 == missing and _has_comma(entry)]
    if len(cut) != 1:
        return entries
    amount = cut[0].amount_vnd
    whole = replace(amount, value=amount.value * 1000, method=Method.INFERRED, alternatives=(str(amount.value),))
    right = replace(cut[0], amount_vnd=whole.doubt("a comma is taken for a point: so the rows add up", WORKED_OUT))
    return tuple(right if entry is cut[0] else entry for entry in entries)


def _has_comma(entry: FundingDraft) -> bool:
    """Are three figures parted by a comma?"""
    return any(re.fullmatch(r"\d{1,3},\d{3}", place.raw.strip()) for place in entry.amount_vnd.places)


def _current(survey: Survey, heads: Mapping[int, str]) -> int | None:
    """The one column of amounts; of the plans of several years that of the latest year up to the notice's own."""
    if len(heads) == 1:
        return next(iter(heads))
    years = {j: int(found[-1]) for j, head in heads.items() if (found := _YEAR.findall(head))}
    past = {j: year for j, year in years.items() if year <= survey.where.day.year}
    if len(years) < len(heads) or len(set(past.values())) < len(past):
        return None
    return max(past, key=lambda j: past[j], default=None)


def _by_column(survey: Survey, grid: Grid) -> MoneyFacts | None:
    """A work a row and a source a column: `Nội dung | Ngân sách trung ương | Ngân sách huyện | Tổng cộng`."""
    first = next((i for i, row in enumerate(grid.rows) if any(FIGURE.fullmatch(c.raw.strip()) for c in row[1:])), 0)
    while first > 1 and not any(len(cell.raw) > 1 and cell.columns == 1 for cell in grid.rows[first - 1]):
        first -= 1
    heads = [grid.rows[first - 1][j] for j in range(grid.width)] if first else []
    sources = [
        j for j, cell in enumerate(heads) if SOURCE_IN_TABLE.search(cell.folded) and figures_in(grid, j) >= FEWEST
    ]
    alone = len(sources) == 1 == grid.width - 1 and PAYER.search(heads[sources[0]].folded)  # Tên xã | Ngân sách tỉnh
    told = len(sources) >= FEWEST or alone
    factor = factor_of(survey, grid, grid.rows[0][sources[0]].folded) if told else None
    works = [j for j in range(sources[0]) if _works(grid, j, first)] if sources else []
    if factor is None or not works:
        return None
    sums = _sums_of(grid, sources, first)
    entries = []
    for j in sources:
        entries += _of_source(survey, grid, (works[0], j), first, factor, sums.get(j))
    return MoneyFacts(tuple(entries), ()) if len(entries) >= FEWEST else None


def _works(grid: Grid, column: int, first: int) -> bool:
    """Does a column tell in words what the money is for?"""
    cells = [row[column] for row in grid.rows[first:]]
    return sum(len(cell.raw.split()) >= 2 for cell in cells) > len(cells) / 2


def _sums_of(grid: Grid, sources: list[int], first: int) -> dict[int, Decimal]:
    """The printed total of each source."""
    rows = [row for row in grid.rows[first:] if any(SUM.match(cell.folded) for cell in row[: sources[0]])]
    found = {j: rows[0][j].raw.strip() for j in sources} if len(rows) == 1 else {}
    return {j: Decimal(parse_figures(raw)) for j, raw in found.items() if FIGURE.fullmatch(raw)}


def _of_source(
    survey: Survey, grid: Grid, columns: tuple[int, int], first: int, factor: int, printed: Decimal | None
) -> list[FundingDraft]:
    """The amounts of one source. One that cannot be read is what the others leave of the total, and marked."""
    work, column = columns
    rows = [row for row in grid.rows[first:] if not any(SUM.match(c.folded) for c in row[: work + 1])]
    cells = [(row[work], row[column]) for row in rows if row[work].raw and (row[column].raw or row[column].unread)]
    read = [amount_in(cell, factor) for _, cell in cells]
    total = None if printed is None else int(printed * factor)
    known = sum(value for value in read if value is not None)
    agrees = total == known and None not in read
    name = words_in(survey, grid.rows[first - 1][column])
    entries = []
    for (label, cell), value in zip(cells, read, strict=True):
        field = cell.field(survey.whole, value or 0, "table_amount")
        if value is None and total is not None and read.count(None) == 1 and total > known:
            field = replace(field, value=total - known, method=Method.INFERRED, alternatives=(cell.raw,))
            field = replace(field, confidence=WORKED_OUT).doubt("it is what the column's total leaves", WORKED_OUT)
        elif value is None:
            continue
        elif agrees:
            field = vouched(field, AGREED)
        elif total is not None and None not in read:
            field = field.doubt("the column does not add up to its total", NOT_ADDING)
        item = words_in(survey, label)
        entries.append(FundingDraft(name, item, field, source_label(survey, label, name, item)))
    return entries


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row's entry and its rank: a row below one of a lower rank is a part of it."""

    mark: str  # `II`, `1`, `1.1`, `a`, `-`, or empty
    entry: FundingDraft

    @property
    def rank(self) -> int:
        return rank_of(self.mark)


def _read(
    survey: Survey, grid: Grid, labels: int, column: int, factor: int, works: int | None = None
) -> tuple[tuple[FundingDraft, ...], int | None]:
    entries: list[_Entry] = []
    printed: int | None = None
    headed: tuple[str, str] | None = None  # mark and name of a payer without an amount, whose parts follow
    for row, mark in zip(grid.rows[1:], _marks(grid, labels), strict=True):
        label, cell = row[labels], row[column]
        value = amount_in(cell, factor)
        if value is None and cell.empty and PAYER.search(label.folded):
            headed = mark, words_in(survey, label)
        if value is None or not label.raw:
            continue
        if any(SUM.match(other.folded) for other in row[: labels + 1]):
            printed = value if printed is None else printed
            continue
        name = words_in(survey, label)
        field = cell.field(survey.whole, value, "table_amount")
        headed = headed if headed and (is_part(mark, headed[0]) or _is_unmarked_part(mark, headed[0], label)) else None
        source, item = (headed[1], name) if headed else payer_and_kind(name)
        if works is not None and not row[works].empty:
            item = words_in(survey, row[works])
        named = source_label(survey, label, source, item or "")
        if label.box is None and not PAYER.search(fold(source)):  # a table of a dump, which may have lost who pays
            named = label.field(survey.whole, source, "funding_source").doubt("whose money it is was not read", 0.7)
        draft = FundingDraft(source, item, field, named)
        entries.append(_Entry(mark, draft))
    return tuple(_unfolded(entries)), printed


def _is_unmarked_part(mark: str, head: str, label: GridCell) -> bool:
    """`Vốn sự nghiệp`, whose dash is lost, below `1 | Ngân sách trung ương`: no number among numbered payers."""
    return bool(head) and not mark and PAYER.search(label.folded) is None


def _marks(grid: Grid, labels: int) -> list[str]:
    """What numbers each row below the head; an I without a II is a 1."""
    marks = [_mark(row, labels) for row in grid.rows[1:]]
    return marks if "II" in marks else ["1" if mark in ("I", "l") else mark for mark in marks]


def _mark(row: Sequence[GridCell], labels: int) -> str:
    """What numbers a row: the cell before its words, else the dash that they begin with."""
    before = [cell.raw.strip(" .)") for cell in row[:labels]]
    lead = DASH.match(row[labels].raw)
    return next((mark for mark in before if mark), lead[0] if lead else "")


def _unfolded(rows: Sequence[_Entry]) -> Iterator[FundingDraft]:
    """Rows without those that the rows below them add up to; a part that names no payer is an item of its source."""
    above: list[tuple[_Entry, bool]] = []  # the rows that this one may be part of; do their parts add up to them?
    for index, row in enumerate(rows):
        above = [(other, adds) for other, adds in above if other.rank < row.rank]
        parts = _parts(rows[index + 1 :], row.rank)
        adds = bool(parts) and sum(part.entry.amount_vnd.value for part in parts) == row.entry.amount_vnd.value
        if not adds:
            source, known = above[-1] if above else (row, False)
            is_item = (
                row.entry.item is None
                and bool(above)
                and (row.mark or known)
                and not PAYER.search(fold(row.entry.source or ""))
            )
            yield replace(row.entry, source=source.entry.source, item=row.entry.source) if is_item else row.entry
        above.append((row, adds))


def _parts(below: Sequence[_Entry], rank: int) -> list[_Entry]:
    """The rows right under a row of this rank: of the next rank that stands there."""
    own = list(takewhile(lambda other: other.rank > rank, below))
    least = min((other.rank for other in own), default=rank)
    return [other for other in own if other.rank == least]
