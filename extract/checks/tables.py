"""Checks of tables: the totals that they print for each criterion against the marks above them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from extract.checks.verdict import Verdict, verdict
from extract.draft import ColumnSum, MoneySum, NoticeDraft


def column_totals(draft: NoticeDraft) -> Iterator[Verdict]:
    """As many communes marked as achieving each criterion as the table's last row says; one verdict a table."""
    sums = [one for one in draft.ntm.sums if isinstance(one, ColumnSum)] if draft.ntm else []
    for (target, units), group in groupby(sums, key=lambda one: (one.target, one.units)):
        columns = list(group)
        wrong = [column for column in columns if column.stated != column.counted]
        touched = [pointer for column in wrong for pointer in _cells(draft, column)]
        told = ", ".join(f"{c.criterion}: {c.stated} stated, {c.counted} marked" for c in wrong[:4])
        message = (
            told
            or f"{len(columns)} totals of criteria over {len(units)} communes agree with the marks ({target.value})"
        )
        yield verdict("table-totals", "/ntm/assessments", not wrong, message, *touched)


def money_totals(draft: NoticeDraft) -> Iterator[Verdict]:
    """The rows of a table of money add up to its total; where they do not, each is for review."""
    for one in (one for one in draft.ntm.sums if isinstance(one, MoneySum)) if draft.ntm else ():
        entries = enumerate(draft.ntm.funding if draft.ntm else ())
        touched = [f"/ntm/funding/{i}/amount_vnd" for i, entry in entries if entry.amount_vnd.value in one.amounts]
        message = f"rows of {one.counted:,} đồng, {one.stated:,} stated"
        yield verdict("table-money-total", "/ntm/funding", one.counted == one.stated, message, *touched)


def _cells(draft: NoticeDraft, column: ColumnSum) -> Iterator[str]:
    for i, assessment in enumerate(draft.ntm.assessments if draft.ntm else ()):
        unit = assessment.unit.value.code or assessment.unit.value.name
        if unit in column.units and assessment.target.value is column.target:
            for j, field in enumerate(assessment.criteria):
                if field.value.number == column.criterion:
                    yield f"/ntm/assessments/{i}/criteria/{j}"
