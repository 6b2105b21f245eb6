"""`Ref`: one criterion where a text names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.reading import Span, within

HIGHEST_NUMBER = 20  # of a criterion: no set has more
USUAL_TOTAL = 19  # criteria of a set, where it is not known which: all for communes until 2025 have as many


@dataclass(frozen=True, slots=True)
class Ref:
    """One criterion as it stands at [start, end): its number, the name as printed, or both; for a range one each.

    `digits`: where the figures stand that the number was read from; `doubt`: why a reviewer should look, or empty.
    """

    start: int
    end: int
    number: int | None
    name: str | None
    from_range: bool = False
    digits: tuple[Span, ...] = ()
    doubt: str = ""


def meets(ref: Ref, spans: Sequence[Span]) -> bool:
    """Does a criterion, or a figure of its number, begin inside of one of these?"""
    places = [ref.start, *(first for first, _ in ref.digits)]
    return any(within(place, spans) for place in places)
