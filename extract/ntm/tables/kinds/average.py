"""The average of criteria a commune, from the row of a table that gives it, beside the mean of the rows above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.field import Field
from extract.ntm.criteria.ref import USUAL_TOTAL
from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.grid import GridCell, figured_decimal
from extract.ntm.trust import AGREED, vouched

NOT_EQUAL = 0.7
# Bình quân/xã · Bình quân chung · Trung bình; folded
_AVERAGE = re.compile(r"\W*(?:binh\s+quan|trung\s+binh)\b")


def average_in(
    survey: Survey, rows: Sequence[Sequence[GridCell]], column: int, counts: Sequence[int]
) -> Field[float] | None:
    """The average in the row that is named so, in `column`; in doubt where it is not the mean of the `counts`."""
    row = next((row for row in rows if any(_AVERAGE.match(cell.folded) for cell in row[:column])), None)
    value = figured_decimal(row[column].raw) if row is not None else None
    if row is None or value is None or not 0 < value <= USUAL_TOTAL or not counts:
        return None
    field = row[column].field(survey.whole, value, "average")
    mean = sum(counts) / len(counts)
    if abs(mean - value) <= 0.051:
        return vouched(field, AGREED)
    return field.doubt(f"the rows of the table have {mean:.2f} on average", NOT_EQUAL)
