"""What was found in a set of notices, for a person to look over: a row a notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from rich.table import Table
from rich.text import Text

from extract.notice import Assessment, CheckStatus, Notice, Status

MOST_UNITS = 4  # units told of one notice; the rest is counted
_WIDTHS = {"file": 3, "issuer": 3, "units": 5}  # shares of what the other columns leave


@dataclass(frozen=True, slots=True)
class Row:
    """One notice in the words of the summary."""

    name: str
    code: str
    issuer: str
    date: str
    results: str
    review: str
    failed: str


def rows(notices: Iterable[tuple[str, Notice]]) -> list[Row]:
    """A row for each (name, notice)."""
    return [_row(name, notice) for name, notice in notices]


def as_table(rows: Iterable[Row]) -> Table:
    """The rows as a table for a terminal."""
    table = Table(header_style="bold")
    for head in ("file", "number and symbol", "issuer", "date", "units", "to review", "checks failed"):
        table.add_column(head, overflow="fold", ratio=_WIDTHS.get(head))
    for row in rows:
        table.add_row(*(Text(getattr(row, cell.name)) for cell in fields(row)))  # text, never markup
    return table


def _row(name: str, notice: Notice) -> Row:
    document = notice.document
    return Row(
        name=name,
        code=document.code or "?",
        issuer=document.issuer or "?",
        date=document.date.isoformat() if document.date else "?",
        results="\n".join(_results(notice)),
        review=f"{len(notice.review.fields)} of {len(notice.evidence)}",
        failed=str(_failed(notice) or ""),
    )


def _results(notice: Notice) -> list[str]:
    assessments = notice.ntm.assessments if notice.ntm else ()
    told = [result(assessment) for assessment in assessments[:MOST_UNITS]]
    rest = len(assessments) - len(told)
    return told + ([f"and {rest} more"] if rest else [])


def result(assessment: Assessment) -> str:
    """One unit in a line: its name, what became of it, and how many criteria.

    >>> from extract.notice import Stated, Unit
    >>> unit = Unit(level="commune", type="xã", name="Long Đống")
    >>> result(Assessment(unit=unit, target="ntm", outcome="assessed", stated=Stated(achieved=14, total=19)))
    'xã Long Đống: assessed, ntm 14/19'
    """
    unit, stated = assessment.unit, assessment.stated
    listed = sum(criterion.status is Status.ACHIEVED for criterion in assessment.criteria)
    achieved = stated.achieved if stated.achieved is not None else listed or None
    count = f" {achieved}/{stated.total or '?'}" if achieved is not None else ""
    return f"{unit.type or ''} {unit.name}: {assessment.outcome}, {assessment.target}{count}".strip()


def total(notices: Sequence[Notice]) -> str:
    """All notices in one sentence.

    >>> total([])
    '0 notices, 0 values, 0 for a person to look at, 0 checks failed'
    """
    values = sum(len(notice.evidence) for notice in notices)
    marked = sum(len(notice.review.fields) for notice in notices)
    failed = sum(map(_failed, notices))
    return f"{len(notices)} notices, {values:,} values, {marked:,} for a person to look at, {failed} checks failed"


def _failed(notice: Notice) -> int:
    return sum(check.status is CheckStatus.FAIL for check in notice.checks)
