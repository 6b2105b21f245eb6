"""A row of an annex → an assessment: its criteria, its counts, and how sure each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.draft import AssessmentDraft, StatedDraft
from extract.field import Field
from extract.notice import Criterion, Method, Outcome, Status, Target
from extract.ntm.criteria.sets import ChosenSet
from extract.ntm.survey import Survey
from extract.ntm.tables.kinds.matrix.marks import Worked
from extract.ntm.tables.kinds.matrix.rows import Row
from extract.ntm.tables.marks.balance import ALL_OF_COLUMN, ALL_OF_ROW, BOTH
from extract.ntm.tables.marks.legend import BLANK, Legend, sign_of
from extract.ntm.tables.shapes.grid import GridCell, number_in, share_in
from extract.ntm.trust import AGREED, SHORT_PHRASE, vouched
from normalize.lexicon.criteria import CriteriaSet

CELL = 0.995  # a mark in its cell, read by its shape
LIKELY = 0.7  # a mark that nothing explains: crosses mean yes, mostly
TOLD = 0.95  # a mark that a total of all, or of none, tells
WORKED_OUT = 0.75  # a mark that the totals leave no choice about
NOT_ADDING = 0.78  # a mark of a row of which one is wrong, or its total
NOT_EQUAL = "the marks of the row do not add up to its total"
UNTOLD = 0.6  # an empty cell of which nothing says that it was judged


def assessment_of(
    survey: Survey,
    row: Row,
    work: Worked,
    legend: Legend,
    target: tuple[Target, Field[Target] | None],
    chosen: ChosenSet,
) -> AssessmentDraft:
    """The assessment of the unit of a row. `target`: its level, and the words that name it where any do."""
    criteria = tuple(_criteria(survey, row, work, legend, chosen.set))
    level = target[1] or vouched(row.unit.to(target[0]), SHORT_PHRASE)
    level = replace(level, value=target[0], method=Method.MATCHED)
    set_field = replace(level.to(chosen.set.id), rule="criteria_set")
    set_field = set_field.doubt(chosen.doubt, 0.7) if chosen.doubt else set_field
    outcome = replace(
        row.unit.to(Outcome.ASSESSED), rule="table", method=Method.MATCHED, review=False, why=None, alternatives=()
    )
    outcome = vouched(outcome, AGREED)
    stated = _stated(survey, row, work)
    return AssessmentDraft(row.unit, level, outcome, set_field, stated, criteria)


def _criteria(
    survey: Survey, row: Row, work: Worked, legend: Legend, chosen: CriteriaSet
) -> Iterator[Field[Criterion]]:
    for place, ((number, cell), status) in enumerate(zip(row.cells, work.statuses, strict=True)):
        own = chosen.criterion(number)
        if own is not None and status is not None:
            value = Criterion(number=number, name=own.name, status=status)
            field = cell.field(survey.whole, value, "table_cell", CELL)
            yield _weighed(field, cell, legend, work, work.why.get(place))


def _weighed(
    field: Field[Criterion], cell: GridCell, legend: Legend, work: Worked, why: str | None
) -> Field[Criterion]:
    """How sure a criterion is by its mark, the totals and the legend. `why`: how it was worked out if not read."""
    if why in (ALL_OF_ROW, ALL_OF_COLUMN, BOTH):  # printed, and told by totals: of 411 in 521 dumps all are right
        return replace(field, method=Method.MATCHED, confidence=max(field.confidence, TOLD), why=why)
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
    if not cell.empty and not legend.knows(sign_of(cell.raw)):
        return field.doubt(f"nothing in the table says what {cell.raw!r} means", LIKELY)
    return field


def _stated(survey: Survey, row: Row, work: Worked) -> StatedDraft:
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
    stated = StatedDraft(achieved, missing, total)
    if work.off:
        return stated.each(lambda count: count.doubt(NOT_EQUAL, NOT_ADDING))
    return stated.each(lambda count: vouched(count, AGREED)) if work.agrees else stated


def _added_up(survey: Survey, cell: GridCell, work: Worked) -> Field[int]:
    """The total of a row's marks in place of a figure that could not be read."""
    count = work.statuses.count(Status.ACHIEVED)
    field = replace(cell.field(survey.whole, count, "table_total", method=Method.INFERRED), alternatives=(cell.raw,))
    return field.doubt("the figure cannot be read: it is what the marks of the row add up to", WORKED_OUT)
