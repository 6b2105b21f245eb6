"""The whole document, whose pointers must resolve and whose review must agree with its evidence."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from extract.notice.document import Citation, Document, Task
from extract.notice.evidence import Check, Evidence, Review
from extract.notice.programme import Ntm
from extract.notice.source import ProducedBy, Source
from extract.notice.values import Model, Pointer

SCHEMA_VERSION: Final = "1.0"


class Notice(Model):
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
    evidence: dict[Pointer, Evidence] = Field(default={})
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
