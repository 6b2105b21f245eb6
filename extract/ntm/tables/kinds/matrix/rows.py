"""The rows of an annex: the commune of each, its cells by criterion, its totals, and those of the last row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.field import Field
from extract.notice import Target, Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.columns import latest
from extract.ntm.tables.heads.communes import FEWEST_MARKS, TOTAL_ROW, commune_in, commune_like, is_marked
from extract.ntm.tables.heads.districts import surveys_by_row
from extract.ntm.tables.heads.levels import levels_by_row
from extract.ntm.tables.kinds.matrix.layout import Layout
from extract.ntm.tables.marks.legend import sign_of
from extract.ntm.tables.shapes.grid import Grid, GridCell, number_in, share_in


@dataclass(frozen=True, slots=True)
class Row:
    """A commune, its cells by criterion, and its totals where the table has columns of them."""

    unit: Field[Unit]
    cells: tuple[tuple[int, GridCell], ...]  # criterion's number, its cell
    achieved: GridCell | None
    missing: GridCell | None
    level: Field[Target] | None = None  # that a row across above it names

    @property
    def signs(self) -> tuple[str, ...]:
        return tuple(sign_of(cell.raw) for _, cell in self.cells)


def rows_of(survey: Survey, grid: Grid, layout: Layout) -> Iterator[Row]:
    """The rows of communes, the last state of each; those whose commune no list decides if they hold marks."""
    claimed = set(_claimed(grid, layout))
    by_row = list(zip(surveys_by_row(survey, grid), levels_by_row(survey, grid), grid.rows, strict=True))
    for index, (own, level, row) in enumerate(by_row[layout.first :], layout.first):
        cells = tuple((number, row[j]) for j, (number, _) in layout.criteria.items() if row[j].columns == 1)
        name = row[layout.names]
        read = name.columns == 1 and index not in claimed
        unit = commune_in(own, name) or _unsure(own, name, cells) if read else None
        if unit is not None:
            yield Row(unit, cells, _at(row, layout.achieved), _at(row, layout.missing), level)


def _claimed(grid: Grid, layout: Layout) -> Iterator[int]:
    """The rows beside the one that tells the last state of a commune: `Xã Tân Lập | Tự đánh giá` over `Thẩm tra`."""
    by_name = groupby(range(layout.first, len(grid.rows)), lambda i: id(grid.rows[i][layout.names]))
    for rows in (list(group) for _, group in by_name):
        heads = {i: _beside(grid.rows[i], layout) for i in rows}
        yield from (i for i in rows if len(rows) > 1 and i != latest(heads))


def _beside(row: Sequence[GridCell], layout: Layout) -> str:
    """What stands between the commune's name and its criteria, folded."""
    return " ".join(cell.folded for cell in row[layout.names + 1 : min(layout.criteria)])


def _unsure(survey: Survey, name: GridCell, cells: Sequence[tuple[int, GridCell]]) -> Field[Unit] | None:
    """The unit of a row that is marked as communes' are, under a name that no list decides; it is for review."""
    marked = sum(is_marked(cell) for _, cell in cells)
    return commune_like(survey, name) if name.raw and marked >= FEWEST_MARKS else None


def _at(row: Sequence[GridCell], column: int | None) -> GridCell | None:
    return None if column is None or row[column].empty else row[column]


def total_of(row: Row) -> int | None:
    """The total achieved that a row prints, as `15`, `15/19` or by what is missing."""
    if row.achieved is not None:
        share = share_in(row.achieved.raw)
        return share[0] if share else number_in(row.achieved.raw)
    left = number_in(row.missing.raw) if row.missing is not None else None
    return None if left is None else len(row.cells) - left


def printed_sums(grid: Grid, layout: Layout) -> dict[int, int]:
    """Criterion → the total that the last row prints for it."""
    rows = reversed(grid.rows[layout.first :])
    row = next((r for r in rows if any(TOTAL_ROW.match(c.folded) for c in r[: layout.names + 1])), None)
    if row is None:
        return {}
    stated = {n: number_in(row[j].raw) if row[j].columns == 1 else None for j, (n, _) in layout.criteria.items()}
    return {number: total for number, total in stated.items() if total is not None}
