"""An annex of communes by criteria → assessments: a mark a cell, a total a row, a total a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.draft import AssessmentDraft, ColumnSum, StatedDraft
from extract.field import Field
from extract.notice import Criterion, Level, Method, Outcome, Status, Target, Unit
from extract.ntm.criteria.ref import Ref
from extract.ntm.criteria.sets import ChosenSet, choose_set
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import ABOVE, table_target
from extract.ntm.tables.heads.columns import latest
from extract.ntm.tables.heads.communes import FEWEST_MARKS, TOTAL_ROW, commune_in, commune_like, is_marked
from extract.ntm.tables.heads.districts import surveys_by_row
from extract.ntm.tables.heads.levels import levels_by_row
from extract.ntm.tables.kinds.matrix_layout import Layout, layout_of
from extract.ntm.tables.marks.balance import balanced
from extract.ntm.tables.marks.legend import BLANK, MARKS, Legend, read_legend, sign_of
from extract.ntm.tables.shapes.grid import Grid, GridCell, number_in, share_in
from extract.ntm.trust import AGREED, SHORT_PHRASE, vouched
from normalize.lexicon.criteria import CriteriaSet

BELOW = 400  # letters after a table in which its legend may stand
CELL = 0.995  # a mark in its cell, read by its shape
LIKELY = 0.7  # a mark that nothing explains: crosses mean yes, mostly
NOT_SURE = "it is not sure which commune the row is about"
WORKED_OUT = 0.75  # a mark that the totals leave no choice about
NOT_ADDING = 0.78  # a mark of a row of which one is wrong, or its total
NOT_EQUAL = "the marks of the row do not add up to its total"
UNTOLD = 0.6  # an empty cell of which nothing says that it was judged


@dataclass(frozen=True, slots=True)
class _Row:
    unit: Field[Unit]
    cells: tuple[tuple[int, GridCell], ...]  # criterion's number, its cell
    achieved: GridCell | None
    missing: GridCell | None
    level: Field[Target] | None = None  # that a row across above it names

    @property
    def signs(self) -> tuple[str, ...]:
        return tuple(sign_of(cell.raw) for _, cell in self.cells)


@dataclass(frozen=True, slots=True)
class MatrixFacts:
    """What an annex says: an assessment a commune, and its column totals beside what its marks add up to."""

    assessments: tuple[AssessmentDraft, ...]
    sums: tuple[ColumnSum, ...]


def read_matrix(survey: Survey, grid: Grid, period: str | None) -> MatrixFacts | None:
    """The assessments of a table of communes by criteria, whichever way round; None where it is none."""
    for turned in (grid, grid.transposed()):
        layout = layout_of(survey, turned)
        rows = list(_rows(survey, turned, layout)) if layout else []
        if layout and rows:
            return _facts(survey, turned, layout, rows, period)
    return None


def _rows(survey: Survey, grid: Grid, layout: Layout) -> Iterator[_Row]:
    claimed = set(_claimed(grid, layout))
    by_row = list(zip(surveys_by_row(survey, grid), levels_by_row(survey, grid), grid.rows, strict=True))
    for index, (own, level, row) in enumerate(by_row[layout.first :], layout.first):
        cells = tuple((number, row[j]) for j, (number, _) in layout.criteria.items() if row[j].columns == 1)
        name = row[layout.names]
        read = name.columns == 1 and index not in claimed
        unit = commune_in(own, name) or _unsure(own, name, cells) if read else None
        if unit is not None:
            yield _Row(unit, cells, _at(row, layout.achieved), _at(row, layout.missing), level)


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


def _facts(survey: Survey, grid: Grid, layout: Layout, rows: Sequence[_Row], period: str | None) -> MatrixFacts:
    whole = survey.whole.string
    around = whole[max(0, grid.span[0] - ABOVE) : grid.span[1] + BELOW]
    legend = read_legend(around, [(row.signs, _total(row)) for row in rows])
    target = table_target(survey, grid.span[0])
    refs = [Ref(0, 0, number, name) for number, name in layout.criteria.values() if name]
    highest = max(n for n, _ in layout.criteria.values())
    work = _worked(grid, layout, rows, legend)
    assessments = []
    for row, worked in zip(rows, work, strict=True):
        own = (row.level.value, row.level) if row.level else target
        chosen = choose_set(own[0], Level.COMMUNE, survey.where.day, period, refs, highest)
        if chosen is not None:
            assessments.append(_assessment(survey, row, worked, legend, own, chosen))
    of_one = len({one.target.value for one in assessments}) == 1
    sums = _sums(grid, layout, assessments, assessments[0].target.value) if of_one else ()
    return MatrixFacts(tuple(assessments), tuple(sums))


def _total(row: _Row) -> int | None:
    """The total achieved that a row prints, as `15`, `15/19` or by what is missing."""
    if row.achieved is not None:
        share = share_in(row.achieved.raw)
        return share[0] if share else number_in(row.achieved.raw)
    left = number_in(row.missing.raw) if row.missing is not None else None
    return None if left is None else len(row.cells) - left


def _sure_total(row: _Row, statuses: Sequence[Status | None]) -> int | None:
    """The row's total if its figures were read as figures, or if the marks say the same."""
    total = _total(row)
    cell = row.achieved or row.missing
    plain = cell is not None and re.fullmatch(r"[\d/ ]+", cell.raw.strip(" ().,")) is not None
    return total if plain or (None not in statuses and list(statuses).count(Status.ACHIEVED) == total) else None


@dataclass(frozen=True, slots=True)
class _Worked:
    """What the cells of a row mean once all totals were looked at.

    `why`: criterion's place in the row → the reason for a status that was not read; `agrees`: the marks add up to the
    row's total; `off`: they do not.
    """

    statuses: tuple[Status | None, ...]
    why: dict[int, str]
    agrees: bool
    off: bool


def _worked(grid: Grid, layout: Layout, rows: Sequence[_Row], legend: Legend) -> list[_Worked]:
    """The marks of all rows, filled in and put right by the totals of rows and columns."""
    width = len(layout.criteria)
    filled = [_filled(row, [_status(cell, legend) for _, cell in row.cells], legend) for row in rows]
    totals = [_sure_total(row, statuses) for row, statuses in zip(rows, filled, strict=True)]
    sums = _printed_sums(grid, layout) if all(len(row.cells) == width for row in rows) else {}
    columns = [sums.get(number) for number, _ in layout.criteria.values()]
    if len({len(row) for row in filled}) != 1:
        columns = []
    done = balanced(filled, totals, columns)
    work = []
    for i, (statuses, total) in enumerate(zip(done.statuses, totals, strict=True)):
        why = {j: reason for (row, j), reason in done.why.items() if row == i}
        agrees = total is not None and None not in statuses and i not in done.open_rows
        work.append(_Worked(statuses, why, agrees, i in done.open_rows))
    return work


def _assessment(
    survey: Survey,
    row: _Row,
    work: _Worked,
    legend: Legend,
    target: tuple[Target, Field[Target] | None],
    chosen: ChosenSet,
) -> AssessmentDraft:
    criteria = tuple(
        field
        for j, ((number, cell), status) in enumerate(zip(row.cells, work.statuses, strict=True))
        if status is not None
        and (field := _criterion_field(survey, number, cell, status, chosen.set, legend, work, work.why.get(j)))
    )
    level = target[1] or vouched(row.unit.to(target[0]), SHORT_PHRASE)
    level = replace(level, value=target[0], method=Method.MATCHED)
    set_field = replace(level.to(chosen.set.id), rule="criteria_set")
    set_field = set_field.doubt(chosen.doubt, 0.7) if chosen.doubt else set_field
    outcome = replace(
        row.unit.to(Outcome.ASSESSED), rule="table", method=Method.MATCHED, review=False, why=None, alternatives=()
    )
    outcome = vouched(outcome, AGREED)
    stated = _stated(survey, row, work)
    if row.unit.review:  # all that hangs on the unit is as doubtful as it is
        criteria = tuple(field.doubt(NOT_SURE) for field in criteria)
        level, set_field, outcome = level.doubt(NOT_SURE), set_field.doubt(NOT_SURE), outcome.doubt(NOT_SURE)
        counts = (stated.achieved, stated.not_achieved, stated.total)
        stated = StatedDraft(*(count.doubt(NOT_SURE) if count else None for count in counts))
    return AssessmentDraft(row.unit, level, outcome, set_field, stated, criteria)


def _status(cell: GridCell, legend: Legend) -> Status | None:
    """What a cell says by itself; None for an empty one that no legend explains, and for what cannot be told."""
    if cell.unread:
        return None
    sign = sign_of(cell.raw)
    if sign in legend.means:
        return legend.means[sign]
    if sign == "-":
        return Status.NOT_ACHIEVED
    return Status.ACHIEVED if sign in MARKS else None


def _filled(row: _Row, statuses: Sequence[Status | None], legend: Legend) -> list[Status | None]:
    """Empty cells are the other status of a table that has marks for one only."""
    said = {status for status in statuses if status is not None}
    other = {Status.ACHIEVED: Status.NOT_ACHIEVED, Status.NOT_ACHIEVED: Status.ACHIEVED}
    one = {legend.means[s] for s in legend.means if s != BLANK} or said
    if len(one) != 1:
        return list(statuses)
    blank = other[next(iter(one))]
    return [blank if s is None and cell.empty else s for s, (_, cell) in zip(statuses, row.cells, strict=True)]


def _criterion_field(
    survey: Survey,
    number: int,
    cell: GridCell,
    status: Status,
    chosen: CriteriaSet,
    legend: Legend,
    work: _Worked,
    why: str | None,
) -> Field[Criterion] | None:
    own = chosen.criterion(number)
    if own is None:
        return None
    value = Criterion(number=number, name=own.name, status=status)
    field = cell.field(survey.whole, value, "table_cell", CELL)
    sign = sign_of(cell.raw)
    if why is not None:
        as_read = () if cell.unread or cell.empty else (cell.raw,)
        inferred = replace(field, method=Method.INFERRED, alternatives=as_read, confidence=WORKED_OUT)
        return inferred.doubt(f"the mark was worked out from the totals: {why}", WORKED_OUT)
    if work.off:
        return field.doubt(NOT_EQUAL, NOT_ADDING)
    if work.agrees:
        return vouched(field, AGREED)
    if cell.empty and BLANK not in legend.said:
        return field.doubt("the cell is empty, and no total of the row confirms what that means", UNTOLD)
    if not cell.empty and not legend.knows(sign):
        return field.doubt(f"nothing in the table says what {cell.raw!r} means", LIKELY)
    return field


def _stated(survey: Survey, row: _Row, work: _Worked) -> StatedDraft:
    """The counts that the row prints; a total that cannot be read is what its marks add up to."""
    whole, achieved, missing, total = survey.whole, None, None, None
    if row.achieved is not None and (share := share_in(row.achieved.raw)):
        achieved, total = (row.achieved.field(whole, n, "table_total") for n in share)
    elif row.achieved is not None and (count := number_in(row.achieved.raw)) is not None:
        achieved = row.achieved.field(whole, count, "table_total")
    if row.missing is not None and (count := number_in(row.missing.raw)) is not None:
        missing = row.missing.field(whole, count, "table_total")
    unread = achieved is None or not (work.agrees or work.off)
    if row.achieved is not None and None not in work.statuses and unread:
        achieved = _added_up(survey, row.achieved, work)
    fields = (achieved, missing, total)
    if work.off:
        return StatedDraft(*(f.doubt(NOT_EQUAL, NOT_ADDING) if f else None for f in fields))
    return StatedDraft(*(vouched(f, AGREED) if f and work.agrees else f for f in fields))


def _added_up(survey: Survey, cell: GridCell, work: _Worked) -> Field[int]:
    """The total of a row's marks in place of a figure that could not be read."""
    count = work.statuses.count(Status.ACHIEVED)
    field = replace(cell.field(survey.whole, count, "table_total", method=Method.INFERRED), alternatives=(cell.raw,))
    return field.doubt("the figure cannot be read: it is what the marks of the row add up to", WORKED_OUT)


def _printed_sums(grid: Grid, layout: Layout) -> dict[int, int]:
    """Criterion → the total that the last row prints for it."""
    rows = reversed(grid.rows[layout.first :])
    row = next((r for r in rows if any(TOTAL_ROW.match(c.folded) for c in r[: layout.names + 1])), None)
    if row is None:
        return {}
    stated = {n: number_in(row[j].raw) if row[j].columns == 1 else None for j, (n, _) in layout.criteria.items()}
    return {number: total for number, total in stated.items() if total is not None}


def _sums(grid: Grid, layout: Layout, assessments: Sequence[AssessmentDraft], target: Target) -> Iterator[ColumnSum]:
    """The totals that the last row prints for each criterion, beside what the marks above add up to."""
    units = tuple(a.unit.value.code or a.unit.value.name for a in assessments)
    for number, stated in _printed_sums(grid, layout).items():
        told = [c.value.status for a in assessments for c in a.criteria if c.value.number == number]
        if len(told) < len(assessments):
            continue  # a mark that nobody could read is not missing
        counted = told.count(Status.ACHIEVED)
        yield ColumnSum(target, number, stated, counted, units)
