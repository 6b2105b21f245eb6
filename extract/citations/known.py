"""Documents that nearly every notice cites, `data/known_documents.csv`: what agrees with them is surer than its ink."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TypeVar

from extract.draft import CitationDraft
from extract.field import Field
from normalize.fold import fold

T = TypeVar("T")
BORNE_OUT = 0.97  # a code and its own day, or a law's name, read apart from each other and both right of one document


@dataclass(frozen=True, slots=True)
class Known:
    """A document by its code, and the day it was issued; `subject` names it. `about`: what its title says, folded,
    where one of its neighbours of that day is as well known. `alone`: notices cite it so often that a code of that day
    which differs in one figure is it, misread; laws have neighbours of their own, 57 and 58/2024/QH15."""

    code: str
    date: dt.date
    subject: str
    about: str = ""
    alone: bool = False


@cache
def known_documents() -> tuple[Known, ...]:
    """All records, in the file's order.

    >>> [one.date.isoformat() for one in known_documents() if one.code == "1980/QĐ-TTg"]
    ['2016-10-17']
    """
    rows = csv.DictReader((files("extract") / "data" / "known_documents.csv").read_text("utf-8").splitlines())
    return tuple(
        Known(row["code"], dt.date.fromisoformat(row["date"]), row["subject"], row["about"], row["alone"] == "yes")
        for row in rows
    )


@cache
def _by_code() -> dict[str, Known]:
    return {one.code: one for one in known_documents()}


def borne_out(draft: CitationDraft) -> CitationDraft:
    """A citation whose code and day, or code and law's name, are those of one known document is read right."""
    one = _by_code().get(draft.code.value) if draft.code else None
    if one is None or draft.code is None:
        return draft
    dated = draft.date is not None and draft.date.value == one.date
    named = draft.subject is not None and fold(draft.subject.value) == fold(one.subject)
    if not dated and not named:
        return draft
    return replace(
        draft, code=_at_least(draft.code), date=_at_least(draft.date) if draft.date and dated else draft.date
    )


def _at_least(field: Field[T]) -> Field[T]:
    """What a rule doubts for its own reasons stays in doubt."""
    return field if field.review else replace(field, confidence=max(field.confidence, BORNE_OUT))
