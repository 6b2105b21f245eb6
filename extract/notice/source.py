"""Where a document comes from: the file that was read, and the program and data that read it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from extract.notice.terms import Kind
from extract.notice.values import Count, Model, PageNumber, Printed


class Source(Model):
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


class DataVersions(Model):
    """The versions of the data files that decided values."""

    units: str
    """The unit lists."""
    criteria: str
    """The criteria sets."""
    model: str | None = None
    """The restoration model; null where none took part."""


class ProducedBy(Model):
    """What made this document: enough to make it again."""

    thongbao: str
    """Version of this program."""
    ocr: str | None
    """Engine, version and languages; null where no engine took part."""
    settings: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    """Hash over the settings that can change a value."""
    data: DataVersions
