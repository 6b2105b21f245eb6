"""The programme of new rural development: units, assessments, bands, money and who attended."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from extract.notice.terms import Level, Outcome, Status, Target
from extract.notice.values import Average, Count, MaybePrinted, Model, Printed


class ParentUnit(Model):
    """A unit above another."""

    name: Printed
    code: str | None = None


class Successor(Model):
    """A unit of today that took the area of a former one."""

    code: Annotated[str, Field(pattern=r"^[0-9]{2,5}$")]
    name: Printed
    whole: bool
    """Did the whole area go there, or a part of it?"""


class Unit(Model):
    """An administrative unit as it stood on a date."""

    level: Level
    type: MaybePrinted = None
    """The word before the name: xã, phường, thị trấn, huyện, thành phố, tỉnh."""
    name: Printed
    """As read where the unit could not be decided."""
    code: Annotated[str, Field(pattern=r"^[0-9]{2,5}$")] | None = None
    """Code of the General Statistics Office, valid on `as_of`; null where the name could not be decided."""
    as_of: datetime.date | None = None
    district: ParentUnit | None = Field(default=None, exclude_if=lambda parent: parent is None)
    """Stands only in a commune."""
    province: ParentUnit | None = Field(default=None, exclude_if=lambda parent: parent is None)
    """Stands only in a commune or a district."""
    successors: tuple[Successor, ...] = ()
    """Empty where the unit was not decided, or nothing is known of what followed it."""

    @model_validator(mode="after")
    def _parents_above(self) -> Self:
        if self.district and self.level is not Level.COMMUNE:
            raise ValueError("only a commune has a district above it")
        if self.province and self.level is Level.PROVINCE:
            raise ValueError("a province has no province above it")
        return self


class Attendance(Model):
    """The bodies that came, and those that are named absent."""

    present: tuple[Printed, ...] = ()
    absent: tuple[Printed, ...] = ()


class Band(Model):
    """Communes grouped by their number of criteria."""

    target: Target
    min: Count
    max: Count
    """Equal to `min` for a single number."""
    count: Count | None = None
    """As stated."""
    communes: tuple[Unit, ...] = ()
    """As listed."""

    @model_validator(mode="after")
    def _min_below_max(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"a band cannot run from {self.min} down to {self.max}")
        return self


class Stated(Model):
    """The counts that the notice prints for a unit."""

    achieved: Count | None = None
    not_achieved: Count | None = None
    total: Count | None = None


class Criterion(Model):
    """One criterion of which the notice says something."""

    number: Annotated[int, Field(ge=1)]
    name: Printed
    """The official name in the criteria set."""
    status: Status


class Assessment(Model):
    """A unit that the notice judges or recognises."""

    unit: Unit
    target: Target
    outcome: Outcome
    criteria_set: str | None = None
    """An id of the criteria data; null where neither criteria nor counts are judged."""
    stated: Stated = Stated()
    criteria: tuple[Criterion, ...] = ()
    """Sorted by number, each at most once."""

    @model_validator(mode="after")
    def _criteria_rise(self) -> Self:
        numbers = [criterion.number for criterion in self.criteria]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"criteria must be sorted by number, each once: {numbers}")
        return self


class Funding(Model):
    """One source or item with its amount."""

    source: MaybePrinted = None
    item: MaybePrinted = None
    amount_vnd: Count
    """In đồng."""


class Ntm(Model):
    """What the notice reports on the programme of new rural development."""

    province: Unit | None = None
    district: Unit | None = None
    year: Annotated[int, Field(ge=1945, le=2100)] | None = None
    """The year reported on."""
    period: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{4}$")] | None = None
    inspected_on: datetime.date | None = None
    as_of: datetime.date | None = None
    """The day to which the figures hold."""
    attendance: Attendance = Attendance()
    communes_total: Count | None = None
    average_criteria: Average | None = None
    bands: tuple[Band, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    funding: tuple[Funding, ...] = ()
