"""The levels of the programme that the heads of a table name: over columns, and in rows across it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.field import Field
from extract.notice import Target
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import row_target
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.trust import SHORT_PHRASE, vouched

LONGEST = 40  # letters of a cell that holds a level's name, more or less: not `Giải pháp để nâng cao chất lượng …`
_BARE_LEVELS = {"nang cao": Target.NANG_CAO, "kieu mau": Target.KIEU_MAU}
MARK = 3  # letters of a row's mark at most: III, 12


def levels_over(survey: Survey, grid: Grid, first: int) -> dict[int, Field[Target]]:
    """Column → the level of the programme that the words over it name, by themselves or over its neighbours, too."""
    found: dict[int, Field[Target]] = {}
    for row in grid.rows[:first]:
        for j, cell in enumerate(row):
            level = level_in(survey, cell) if cell.columns < grid.width else None
            if level is not None:
                found[j] = level
    return found


def level_in(survey: Survey, cell: GridCell) -> Field[Target] | None:
    """The one level of a head; `nâng cao` and `kiểu mẫu` name theirs alone: `Xã NTIM nâng cao`."""
    named = row_target(survey, cell.span)
    bare = [target for words, target in _BARE_LEVELS.items() if words in " ".join(cell.folded.split())]
    if named is not None or len(bare) != 1 or len(cell.raw) > LONGEST:
        return named[1] if named else None
    return vouched(cell.field(survey.whole, bare[0], "target"), SHORT_PHRASE)


def level_column(survey: Survey, grid: Grid, columns: Sequence[int], first: int) -> int | None:
    """The one of these columns in which most rows name a level, whatever its head is: `Đề nghị công nhận`."""
    told = {j: sum(level_in(survey, row[j]) is not None for row in grid.rows[first:]) for j in columns}
    most = max(told, key=lambda j: told[j], default=None)
    return most if most is not None and 2 * told[most] > len(grid.rows) - first else None


def levels_by_row(survey: Survey, grid: Grid) -> list[Field[Target] | None]:
    """The level that the nearest row across above each row names: `II | Xã nông thôn mới kiểu mẫu`."""
    return list(_by_row(survey, grid))


def _by_row(survey: Survey, grid: Grid) -> Iterator[Field[Target] | None]:
    level: Field[Target] | None = None
    for index, row in enumerate(grid.rows):
        told = alone(row) if index else None  # the first row is the table's head
        level = (level_in(survey, told) if told else None) or level
        yield level


def alone(row: Sequence[GridCell]) -> GridCell | None:
    """The one cell of a row that holds more than the row's mark."""
    told = [cell for cell in dict.fromkeys(row) if len(cell.raw) > MARK]
    return told[0] if len(told) == 1 else None
