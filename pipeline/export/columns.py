"""The columns of the exported tables, in order: the data dictionary and the way to each cell in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Any

from extract.notice import Assessment, CheckStatus, Criterion, Evidence, Notice, Target

SEPARATOR = "; "  # between the entries of a list that shares one cell


class Kind(StrEnum):
    """What a column holds, as the type pandas gives it: each of them knows empty cells."""

    TEXT = "string"
    WHOLE = "Int64"
    NUMBER = "Float64"
    TRUTH = "boolean"
    DAY = "date32[pyarrow]"


@dataclass(frozen=True, slots=True)
class Result:
    """What a notice says of one criterion of one unit. `at`: JSON Pointer of the unit's assessment."""

    notice: Notice
    at: str
    assessment: Assessment
    criterion: Criterion

    @property
    def evidence(self) -> Evidence | None:
        return self.notice.evidence.get(f"{self.at}/criteria/{self.assessment.criteria.index(self.criterion)}")

    @property
    def doubtful(self) -> bool:
        """Is anything marked that the row rests on?"""
        j = self.assessment.criteria.index(self.criterion)
        rests_on = {f"{self.at}/{part}" for part in ("unit", "target", "criteria_set", f"criteria/{j}")}
        return not rests_on.isdisjoint(self.notice.review.fields)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `cell` gives its value for a row's subject, a `Notice` or a `Result`."""

    name: str
    kind: Kind
    cell: Callable[[Any], Any]
    meaning: str = ""


def at(path: str) -> Callable[[Any], Any]:
    """The attribute at a dotted path, None where the way there ends early.

    >>> at("real.nothing")(1) is None
    True
    """
    return lambda subject: reduce(lambda value, name: getattr(value, name, None), path.split("."), subject)


def joined(path: str, *names: str) -> Callable[[Any], str]:
    """The entries at a path in one cell, each by the first of `names` that it has."""

    def entry(value: Any) -> str:  # noqa: ANN401 - an entry of any list of the contract
        return str(next(filter(None, (getattr(value, name) for name in names)), "")) if names else str(value)

    return lambda subject: SEPARATOR.join(entry(value) for value in at(path)(subject) or ())


def counted(path: str) -> Callable[[Any], int]:
    """How many entries there are at a path."""
    return lambda subject: len(at(path)(subject) or ())


def confidence(pointer: str) -> Column:
    """The column for the confidence of the value at a JSON Pointer, empty where the notice does not state it."""
    name = "confidence_" + "_".join(pointer.split("/")[2:])
    return Column(name, Kind.NUMBER, lambda notice: at("confidence")(notice.evidence.get(pointer)))


def results(notice: Notice) -> Iterator[Result]:
    """Every criterion that the notice states, of every unit."""
    for i, assessment in enumerate(notice.ntm.assessments if notice.ntm else ()):
        for criterion in assessment.criteria:
            yield Result(notice, f"/ntm/assessments/{i}", assessment, criterion)


def _failed_checks(notice: Notice) -> str:
    return SEPARATOR.join(check.id for check in notice.checks if check.status is CheckStatus.FAIL)


def _recognised(target: Target) -> Callable[[Notice], int]:
    def count(notice: Notice) -> int:
        assessments = notice.ntm.assessments if notice.ntm else ()
        return sum(each.outcome == "recognised" and each.target is target for each in assessments)

    return count


NOTICES: tuple[Column, ...] = (
    Column("id", Kind.TEXT, at("id")),
    Column("source", Kind.TEXT, at("source.name")),
    Column("source_sha256", Kind.TEXT, at("source.sha256")),
    Column("source_kind", Kind.TEXT, at("source.kind"), "scan, digital or text"),
    Column("first_page", Kind.WHOLE, lambda notice: notice.source.range[0]),
    Column("last_page", Kind.WHOLE, lambda notice: notice.source.range[1]),
    Column("failed_pages", Kind.TEXT, joined("source.failed_pages"), "pages that could not be read"),
    Column("thongbao", Kind.TEXT, at("produced_by.thongbao"), "version of the program"),
    Column("type", Kind.TEXT, at("document.type")),
    Column("type_name", Kind.TEXT, at("document.type_name")),
    Column("number", Kind.TEXT, at("document.number")),
    Column("symbol", Kind.TEXT, at("document.symbol")),
    Column("code", Kind.TEXT, at("document.code")),
    Column("issuer", Kind.TEXT, at("document.issuer")),
    Column("issuer_parent", Kind.TEXT, at("document.issuer_parent")),
    Column("place", Kind.TEXT, at("document.place")),
    Column("date", Kind.DAY, at("document.date")),
    Column("subject", Kind.TEXT, at("document.subject")),
    Column("addressed_to", Kind.TEXT, joined("document.addressed_to")),
    Column("urgency", Kind.TEXT, at("document.urgency")),
    Column("secrecy", Kind.TEXT, at("document.secrecy")),
    Column("signer_name", Kind.TEXT, at("document.signer.name")),
    Column("signer_title", Kind.TEXT, at("document.signer.title")),
    Column("signer_authority", Kind.TEXT, at("document.signer.authority")),
    Column("signer_for_title", Kind.TEXT, at("document.signer.for_title")),
    Column("recipients", Kind.TEXT, joined("document.recipients", "name")),
    Column("filing", Kind.TEXT, joined("document.filing")),
    Column("citations", Kind.TEXT, joined("citations", "code", "subject"), "codes, or names of laws without one"),
    Column("tasks", Kind.WHOLE, counted("tasks"), "how many"),
    Column("ntm", Kind.TRUTH, lambda notice: notice.ntm is not None, "does it report on the programme?"),
    Column("province", Kind.TEXT, at("ntm.province.name")),
    Column("province_code", Kind.TEXT, at("ntm.province.code"), "valid on province_as_of"),
    Column("province_as_of", Kind.DAY, at("ntm.province.as_of")),
    Column("district", Kind.TEXT, at("ntm.district.name")),
    Column("district_code", Kind.TEXT, at("ntm.district.code"), "valid on district_as_of"),
    Column("district_as_of", Kind.DAY, at("ntm.district.as_of")),
    Column("year", Kind.WHOLE, at("ntm.year"), "the year reported on"),
    Column("period", Kind.TEXT, at("ntm.period")),
    Column("inspected_on", Kind.DAY, at("ntm.inspected_on")),
    Column("as_of", Kind.DAY, at("ntm.as_of"), "the day to which the figures hold"),
    Column("communes_total", Kind.WHOLE, at("ntm.communes_total")),
    Column("average_criteria", Kind.NUMBER, at("ntm.average_criteria")),
    Column("units_assessed", Kind.WHOLE, counted("ntm.assessments"), "with or without criteria"),
    *(
        Column(f"recognised_{target}", Kind.WHOLE, _recognised(target), "units recognised at this level")
        for target in Target
    ),
    Column("checks_failed", Kind.TEXT, _failed_checks),
    Column("review_needed", Kind.TRUTH, at("review.needed")),
    Column("review_fields", Kind.TEXT, joined("review.fields"), "JSON Pointers of what a person must look at"),
    *(
        confidence(f"/document/{name}")
        for name in ("type", "number", "symbol", "issuer", "place", "date", "subject", "signer/name")
    ),
    *(
        confidence(f"/ntm/{name}")
        for name in ("province", "district", "year", "period", "inspected_on", "as_of", "communes_total")
    ),
    confidence("/ntm/average_criteria"),
)

RESULTS: tuple[Column, ...] = (
    Column("notice_id", Kind.TEXT, at("notice.id")),
    Column("notice_code", Kind.TEXT, at("notice.document.code")),
    Column("notice_date", Kind.DAY, at("notice.document.date")),
    Column("year", Kind.WHOLE, at("notice.ntm.year")),
    Column("as_of", Kind.DAY, at("notice.ntm.as_of"), "the day to which the figures hold"),
    Column("unit_level", Kind.TEXT, at("assessment.unit.level")),
    Column("unit_type", Kind.TEXT, at("assessment.unit.type")),
    Column("unit", Kind.TEXT, at("assessment.unit.name")),
    Column("unit_code", Kind.TEXT, at("assessment.unit.code"), "valid on unit_as_of: codes were used again in 2025"),
    Column("unit_as_of", Kind.DAY, at("assessment.unit.as_of")),
    Column("district", Kind.TEXT, at("assessment.unit.district.name")),
    Column("district_code", Kind.TEXT, at("assessment.unit.district.code")),
    Column("province", Kind.TEXT, at("assessment.unit.province.name")),
    Column("province_code", Kind.TEXT, at("assessment.unit.province.code")),
    Column("target", Kind.TEXT, at("assessment.target")),
    Column("outcome", Kind.TEXT, at("assessment.outcome")),
    Column("criteria_set", Kind.TEXT, at("assessment.criteria_set")),
    Column("stated_achieved", Kind.WHOLE, at("assessment.stated.achieved")),
    Column("stated_not_achieved", Kind.WHOLE, at("assessment.stated.not_achieved")),
    Column("stated_total", Kind.WHOLE, at("assessment.stated.total")),
    Column("criterion", Kind.WHOLE, at("criterion.number")),
    Column("criterion_name", Kind.TEXT, at("criterion.name")),
    Column("status", Kind.TEXT, at("criterion.status")),
    Column("confidence", Kind.NUMBER, at("evidence.confidence"), "that the status is right"),
    Column(
        "unit_confidence",
        Kind.NUMBER,
        lambda result: at("confidence")(result.notice.evidence.get(f"{result.at}/unit")),
        "that the unit is right",
    ),
    Column("page", Kind.WHOLE, at("evidence.page")),
    Column("review", Kind.TRUTH, at("doubtful"), "is the status, unit, target or set marked for review?"),
)
