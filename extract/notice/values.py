"""Single values of the document, each with what pydantic holds it to, and the base of all its models."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


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


class Model(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
    )
