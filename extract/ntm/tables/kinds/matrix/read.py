"""An annex of communes by criteria → assessments: a mark a cell, a total a row, a total a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.draft import AssessmentDraft, ColumnSum
from extract.notice import Level, Status, Target
from extract.ntm.criteria.ref import Ref
from extract.ntm.criteria.sets import choose_set
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import ABOVE, table_target
from extract.ntm.tables.heads.communes import is_marked
from extract.ntm.tables.kinds.matrix.drafts import assessment_of
from extract.ntm.tables.kinds.matrix.layout import Layout, layout_of
from extract.ntm.tables.kinds.matrix.marks import work_out
from extract.ntm.tables.kinds.matrix.rows import Row, printed_sums, rows_of, total_of
from extract.ntm.tables.marks.legend import read_legend
from extract.ntm.tables.shapes.grid import Grid

BELOW = 400  # letters after a table in which its legend may stand


@dataclass(frozen=True, slots=True)
class MatrixFacts:
    """What an annex says: an assessment a commune, and its column totals beside what its marks add up to."""

    assessments: tuple[AssessmentDraft, ...]
    sums: tuple[ColumnSum, ...]


LONGEST_SIGN = 3  # letters


def read_matrix(survey: Survey, grid: Grid, period: str | None) -> MatrixFacts | None:
    """The assessments of a table of communes by criteria, whichever way round; None where it is none."""
    for turned in (grid, grid.transposed()):
        layout = layout_of(survey, turned)
        rows = list(rows_of(survey, turned, layout)) if layout else []
        if layout and rows and not _is_of_words(rows):
            return _facts(survey, turned, layout, rows, period)
    return None


def _is_of_words(rows: Sequence[Row]) -> bool:
    """Do most cells hold words that are no verdict, as those of a table of tasks do, whose rows are numbered too?"""
    told = [cell for row in rows for _, cell in row.cells if cell.raw]
    return 2 * sum(len(cell.raw) > LONGEST_SIGN and not is_marked(cell) for cell in told) > len(told)


def _facts(survey: Survey, grid: Grid, layout: Layout, rows: Sequence[Row], period: str | None) -> MatrixFacts:
    whole = survey.whole.string
    around = whole[max(0, grid.span[0] - ABOVE) : grid.span[1] + BELOW]
    legend = read_legend(around, [(row.signs, total_of(row)) for row in rows])
    target = table_target(survey, grid.span[0])
    refs = [Ref(0, 0, number, name) for number, name in layout.criteria.values() if name]
    highest = max(n for n, _ in layout.criteria.values())
    assessments = []
    for row, worked in zip(rows, work_out(grid, layout, rows, legend), strict=True):
        own = (row.level.value, row.level) if row.level else target
        chosen = choose_set(own[0], Level.COMMUNE, survey.where.day, period, refs, highest)
        if chosen is not None:
            assessments.append(assessment_of(survey, row, worked, legend, own, chosen))
    of_one = len({one.target.value for one in assessments}) == 1
    sums = _sums(grid, layout, assessments, assessments[0].target.value) if of_one else ()
    return MatrixFacts(tuple(assessments), tuple(sums))


def _sums(grid: Grid, layout: Layout, assessments: Sequence[AssessmentDraft], target: Target) -> Iterator[ColumnSum]:
    """The totals that the last row prints for each criterion, beside what the marks above add up to."""
    units = tuple(a.unit.value.code or a.unit.value.name for a in assessments)
    for number, stated in printed_sums(grid, layout).items():
        told = [c.value.status for a in assessments for c in a.criteria if c.value.number == number]
        if len(told) < len(assessments):
            continue  # a mark that nobody could read is not missing
        counted = told.count(Status.ACHIEVED)
        yield ColumnSum(target, number, stated, counted, units)
