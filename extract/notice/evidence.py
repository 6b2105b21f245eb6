"""How each value was obtained, what was checked, and what a person must look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from extract.notice.terms import CheckStatus, Method
from extract.notice.values import BoxPixels, Confidence, Count, MaybePrinted, Model, PageNumber, Pointer, Printed


class Check(Model):
    """Something that was verified across fields, whether it held or not."""

    id: Printed
    at: Pointer
    status: CheckStatus
    message: Printed


class Evidence(Model):
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


class Review(Model):
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
