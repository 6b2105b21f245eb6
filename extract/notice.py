"""The notice document, schema version 1.0: the outer edge of the project, as pydantic models.

`Notice` is what `thongbao read` prints; `to_json` writes it and `json_schema` describes it. Values stand plain,
and how each was obtained stands apart in `evidence`, keyed by the value's JSON Pointer (RFC 6901). All of it is
frozen. The meaning of each field is told in docs/notice.md.
"""

from __future__ import annotations

import datetime
import json
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

SCHEMA_VERSION: Final = "1.0"
SCHEMA_ID = f"urn:thongbao:notice:{SCHEMA_VERSION}"  # a name, not an address: nothing is fetched


def _tidy(value: object) -> object:
    """NFC and no blanks at the ends; what is not a string is left to pydantic."""
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def _tidy_or_none(value: object) -> object:
    """An empty string states nothing, and nothing stated is null."""
    return _tidy(value) or None if isinstance(value, str) else value


def _round(digits: int) -> AfterValidator:
    """Cut the noise of binary floats, so that two machines write the same digits."""
    return AfterValidator(lambda value: round(value, digits))


Printed = Annotated[str, BeforeValidator(_tidy), Field(min_length=1)]
MaybePrinted = Annotated[str | None, BeforeValidator(_tidy_or_none)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
Pointer = Annotated[str, Field(pattern=r"^(/[^/]+)*$")]
Confidence = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False), _round(4)]
Average = Annotated[int | float, Field(ge=0.0, allow_inf_nan=False), _round(4)]  # 19, not 19.0: as printed
Count = Annotated[int, Field(ge=0)]
PageNumber = Annotated[int, Field(ge=1)]
BoxPixels = tuple[int, int, int, int]


class Kind(StrEnum):
    """What the source file is."""

    SCAN = "scan"
    DIGITAL = "digital"
    TEXT = "text"


class Urgency(StrEnum):
    """Độ khẩn, the highest first."""

    HOA_TOC = "hoa_toc"
    THUONG_KHAN = "thuong_khan"
    KHAN = "khan"


class Secrecy(StrEnum):
    """Độ mật, the highest first."""

    TUYET_MAT = "tuyet_mat"
    TOI_MAT = "toi_mat"
    MAT = "mat"


class Authority(StrEnum):
    """The right by which somebody signs: on behalf of a body, for a superior, by order, by mandate, acting."""

    TM = "TM"
    KT = "KT"
    TL = "TL"
    TUQ = "TUQ"
    Q = "Q"


class Role(StrEnum):
    """Does a notice rest on the cited document, or does it only speak of it?"""

    BASIS = "basis"
    MENTION = "mention"


class Level(StrEnum):
    """The level of an administrative unit."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"


class Target(StrEnum):
    """The level of the programme: nông thôn mới, nâng cao, kiểu mẫu."""

    NTM = "ntm"
    NANG_CAO = "nang_cao"
    KIEU_MAU = "kieu_mau"


class Outcome(StrEnum):
    """What the notice does with a unit: recognises it, judges it, or plans for it."""

    RECOGNISED = "recognised"
    ASSESSED = "assessed"
    PLANNED = "planned"


class Status(StrEnum):
    """What the notice says of one criterion. A criterion of which it says nothing is not listed."""

    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not_achieved"


class CheckStatus(StrEnum):
    """`UNKNOWN` where the notice does not state enough to check."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """How a value was obtained, from the nearest to the page to the farthest."""

    READ = "read"
    RESTORED = "restored"
    MATCHED = "matched"
    INFERRED = "inferred"
    CORRECTED = "corrected"


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
    )


class Source(_Model):
    """The file that was read, and the part of it that this notice takes."""

    name: Printed
    """The file's name without its folder."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 over the file's bytes, in hexadecimal."""
    kind: Kind
    """scan: page images; digital: a PDF with a usable text layer; text: an OCR dump."""
    pages: Count
    """Pages of the whole file."""
    range: tuple[PageNumber, PageNumber]
    """First and last page of this notice, counted from 1, both inclusive."""
    failed_pages: tuple[PageNumber, ...] = ()
    """Pages of the range that could not be read."""

    @model_validator(mode="after")
    def _range_within_file(self) -> Self:
        first, last = self.range
        if not first <= last <= self.pages:
            raise ValueError(f"pages {first} to {last} do not lie in a file of {self.pages}")
        if any(not first <= page <= last for page in self.failed_pages):
            raise ValueError(f"failed pages {self.failed_pages} must lie in the range {self.range}")
        return self


class DataVersions(_Model):
    """The versions of the data files that decided values."""

    units: str
    """The unit lists."""
    criteria: str
    """The criteria sets."""
    model: str | None = None
    """The restoration model; null where none took part."""


class ProducedBy(_Model):
    """What made this document: enough to make it again."""

    thongbao: str
    """Version of this program."""
    ocr: str | None
    """Engine, version and languages; null where no engine took part."""
    settings: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    """Hash over the settings that can change a value."""
    data: DataVersions


class Signer(_Model):
    """Who signed. All four are null where the signature block could not be read."""

    name: MaybePrinted = None
    title: MaybePrinted = None
    """The signer's own title."""
    authority: Authority | None = None
    """The last one printed, which is the signer's own."""
    for_title: MaybePrinted = None
    """The title that the authority refers to."""


class Recipient(_Model):
    """One dash of the Nơi nhận."""

    name: Printed
    purpose: MaybePrinted = None
    """What a bracket says about why."""


class Document(_Model):
    """The parts that every administrative document has."""

    type: Slug | None = None
    """ASCII slug of the printed type; cong_van where no type is printed."""
    type_name: MaybePrinted = None
    number: MaybePrinted = None
    """As printed, with leading zeros."""
    symbol: MaybePrinted = None
    code: MaybePrinted = None
    """Number and symbol, joined by a stroke."""
    issuer: MaybePrinted = None
    issuer_parent: MaybePrinted = None
    place: MaybePrinted = None
    date: datetime.date | None = None
    subject: MaybePrinted = None
    """The trích yếu, without a leading V/v or Về việc."""
    addressed_to: tuple[Printed, ...] = ()
    """Kính gửi."""
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    signer: Signer = Signer()
    recipients: tuple[Recipient, ...] = ()
    """Nơi nhận, without the Lưu line."""
    filing: tuple[Printed, ...] = ()
    """The units of the Lưu line."""


class Citation(_Model):
    """Another document that the notice names, once, where it is first named."""

    type: Slug
    code: MaybePrinted = None
    """Null only for laws that are named without one."""
    date: datetime.date | None = None
    issuer: MaybePrinted = None
    subject: MaybePrinted = None
    role: Role


class Task(_Model):
    """What the notice asks of whom."""

    addressees: tuple[Printed, ...] = ()
    text: Printed
    deadline: datetime.date | None = None
    """Only a whole date; a month, a recurring or a relative term gives null."""


class ParentUnit(_Model):
    """A unit above another."""

    name: Printed
    code: str | None = None


class Successor(_Model):
    """A unit of today that took the area of a former one."""

    code: Annotated[str, Field(pattern=r"^[0-9]{2,5}$")]
    name: Printed
    whole: bool
    """Did the whole area go there, or a part of it?"""


class Unit(_Model):
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


class Attendance(_Model):
    """The bodies that came, and those that are named absent."""

    present: tuple[Printed, ...] = ()
    absent: tuple[Printed, ...] = ()


class Band(_Model):
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


class Stated(_Model):
    """The counts that the notice prints for a unit."""

    achieved: Count | None = None
    not_achieved: Count | None = None
    total: Count | None = None


class Criterion(_Model):
    """One criterion of which the notice says something."""

    number: Annotated[int, Field(ge=1)]
    name: Printed
    """The official name in the criteria set."""
    status: Status


class Assessment(_Model):
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


class Funding(_Model):
    """One source or item with its amount."""

    source: MaybePrinted = None
    item: MaybePrinted = None
    amount_vnd: Count
    """In đồng."""


class Ntm(_Model):
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


class Check(_Model):
    """Something that was verified across fields, whether it held or not."""

    id: Printed
    at: Pointer
    status: CheckStatus
    message: Printed


class Evidence(_Model):
    """How one value was obtained, and how far it can be trusted."""

    confidence: Confidence
    """Calibrated probability that the value is right."""
    method: Method
    raw: str | None = None
    """What the engine or the file gave, untouched; null for a value that stands nowhere on paper."""
    page: PageNumber | None = None
    boxes: tuple[BoxPixels, ...] = ()
    """Pixels of the page image: left, top, right, bottom; one box a line; empty for a text source."""
    span: tuple[Count, Count] | None = None
    """Half-open offsets into the raw text of the page."""
    rule: Printed
    alternatives: tuple[str, ...] = ()
    """Other values that were thought of, the likelier first."""
    review: bool = False
    """Must a person look at it?"""
    why: MaybePrinted = None
    """The reason of an inferred or doubtful value."""

    @model_validator(mode="after")
    def _inferred_is_reviewed(self) -> Self:
        if self.method is Method.INFERRED and not self.review:
            raise ValueError("an inferred value is always for review")
        return self


class Review(_Model):
    """The values that a person must look at."""

    needed: bool = False
    fields: tuple[Pointer, ...] = ()

    @classmethod
    def of(cls, evidence: Mapping[str, Evidence]) -> Self:
        """Gather the pointers that are marked for review, in the order of the evidence.

        >>> Review.of({"/document/date": Evidence(confidence=0.5, method="read", rule="date", review=True)}).fields
        ('/document/date',)
        """
        fields = tuple(pointer for pointer, entry in evidence.items() if entry.review)
        return cls(needed=bool(fields), fields=fields)


class Notice(_Model):
    """One notice: its values, what was checked, and the evidence for each value."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """The first 16 hex digits of SHA-256 over the source's bytes and the first page's number."""
    source: Source
    produced_by: ProducedBy
    document: Document = Document()
    citations: tuple[Citation, ...] = ()
    """In order of first mention."""
    tasks: tuple[Task, ...] = ()
    ntm: Ntm | None = None
    """Null for a notice that reports nothing on the programme."""
    checks: tuple[Check, ...] = ()
    evidence: dict[Pointer, Evidence] = {}
    review: Review = Review()

    @model_validator(mode="after")
    def _pointers_resolve(self) -> Self:
        values = self.model_dump(mode="json", exclude={"evidence", "review"})
        for pointer in (*self.evidence, *(check.at for check in self.checks)):
            resolve(values, pointer)
        if self.review != Review.of(self.evidence):
            raise ValueError("review must list exactly the pointers whose evidence is marked, in their order")
        return self


def resolve(document: object, pointer: str) -> Any:  # noqa: ANN401 - a JSON value
    """The value at a JSON Pointer; ValueError where the document holds none.

    >>> resolve({"document": {"filing": ["VT", "BVMT"]}}, "/document/filing/1")
    'BVMT'
    """
    value: Any = document
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, TypeError, ValueError):
            raise ValueError(f"{pointer} points to nothing in the document") from None
    return value


def to_json(notice: Notice) -> str:
    """Write a notice: UTF-8 text, two blanks a level, field order of the contract, a newline at the end.

    The same notice gives the same bytes. Rows of numbers (boxes, spans, ranges) stay on one line.
    """
    parts: list[str] = []
    _write(notice.model_dump(mode="json"), "\n", parts)
    return "".join(parts) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a notice document, made from the models above."""
    schema = Notice.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}


def _write(value: Any, newline: str, out: list[str]) -> None:  # noqa: ANN401 - a JSON value
    inner = newline + "  "
    if isinstance(value, dict) and value:
        _write_rows("{", ((f"{_one_line(key)}: ", item) for key, item in value.items()), inner, out)
        out.append(newline + "}")
    elif isinstance(value, list) and value and not all(isinstance(item, int) for item in value):
        _write_rows("[", (("", item) for item in value), inner, out)
        out.append(newline + "]")
    else:
        out.append(_one_line(value))


def _write_rows(opening: str, rows: Iterable[tuple[str, Any]], inner: str, out: list[str]) -> None:
    out.append(opening)
    for k, (label, item) in enumerate(rows):
        out += ("," if k else "", inner, label)
        if isinstance(item, dict | list):
            _write(item, inner, out)
        else:
            out.append(_one_line(item))


# one encoder for all: `json.dumps` makes a new one for each value
_one_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
