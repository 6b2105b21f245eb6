"""The notice while it is being found: the contract's shape, with a `Field` at every value that has evidence.

`assemble.py` walks these types by their field names, so that a value's pointer is its path here. A `None` is a
value that the notice does not state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from extract.field import Field
from extract.notice import Authority, Criterion, Outcome, Recipient, Role, Secrecy, Target, Task, Unit, Urgency


@dataclass(frozen=True, slots=True)
class SignerDraft:
    name: Field[str] | None = None
    title: Field[str] | None = None
    authority: Field[Authority] | None = None
    for_title: Field[str] | None = None


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    type: Field[str] | None = None
    type_name: Field[str] | None = None
    number: Field[str] | None = None
    symbol: Field[str] | None = None
    code: Field[str] | None = None
    issuer: Field[str] | None = None
    issuer_parent: Field[str] | None = None
    place: Field[str] | None = None
    date: Field[dt.date] | None = None
    subject: Field[str] | None = None
    addressed_to: tuple[Field[str], ...] = ()
    urgency: Field[Urgency] | None = None
    secrecy: Field[Secrecy] | None = None
    signer: SignerDraft = SignerDraft()
    recipients: tuple[Field[Recipient], ...] = ()
    filing: tuple[Field[str], ...] = ()


@dataclass(frozen=True, slots=True)
class CitationDraft:
    """`subject` carries evidence only where `code` is None, as the contract asks; `at` is the offset of the first
    mention in the notice's text."""

    type: Field[str]
    code: Field[str] | None
    date: Field[dt.date] | None
    issuer: Field[str] | None
    subject: Field[str] | None
    role: Field[Role]
    at: int


@dataclass(frozen=True, slots=True)
class AttendanceDraft:
    present: tuple[Field[str], ...] = ()
    absent: tuple[Field[str], ...] = ()


@dataclass(frozen=True, slots=True)
class BandDraft:
    target: Target
    min: int
    max: int
    count: Field[int] | None
    communes: tuple[Field[Unit], ...]


@dataclass(frozen=True, slots=True)
class StatedDraft:
    """The counts of criteria that a notice states of a unit, as far as it does."""

    achieved: Field[int] | None = None
    not_achieved: Field[int] | None = None
    total: Field[int] | None = None

    def each(self, change: Callable[[Field[int]], Field[int]]) -> StatedDraft:
        """The same counts, each of them changed."""
        counts = (self.achieved, self.not_achieved, self.total)
        return StatedDraft(*(change(count) if count else None for count in counts))


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    unit: Field[Unit]
    target: Field[Target]
    outcome: Field[Outcome]
    criteria_set: Field[str] | None
    stated: StatedDraft = StatedDraft()
    criteria: tuple[Field[Criterion], ...] = ()


@dataclass(frozen=True, slots=True)
class FundingDraft:
    """A source of money and an item of it, with an amount. `label`: the evidence of both, None where there is none."""

    source: str | None
    item: str | None
    amount_vnd: Field[int]
    label: Field[str] | None = None


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """A table's total of a criterion, beside what its marks add up to; `units`: codes or names. For a check only."""

    target: Target
    criterion: int
    stated: int
    counted: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoneySum:
    """A table's total of money in đồng, beside what its rows add up to, and their amounts. For a check only."""

    stated: int
    counted: int
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NtmDraft:
    province: Field[Unit] | None = None
    district: Field[Unit] | None = None
    year: Field[int] | None = None
    period: Field[str] | None = None
    inspected_on: Field[dt.date] | None = None
    as_of: Field[dt.date] | None = None
    attendance: AttendanceDraft = AttendanceDraft()
    communes_total: Field[int] | None = None
    average_criteria: Field[float] | None = None
    bands: tuple[BandDraft, ...] = ()
    assessments: tuple[AssessmentDraft, ...] = ()
    funding: tuple[FundingDraft, ...] = ()
    sums: tuple[ColumnSum | MoneySum, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    document: DocumentDraft
    citations: tuple[CitationDraft, ...] = ()
    tasks: tuple[Field[Task], ...] = ()
    ntm: NtmDraft | None = None
