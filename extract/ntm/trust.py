"""How far what surrounds a value vouches for it, beyond how well its words were read."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from extract.field import Field
from extract.reading import Reading

T = TypeVar("T")

# Floors of confidence; the shapes were chosen on the samples for writing, docs/design.md tells how they did elsewhere
WHOLE_PHRASE = 0.97  # four syllables and more of a closed phrase: nothing else is misread into it
SHORT_PHRASE = 0.9  # two or three syllables
COUNTED = 0.95  # `đạt` right before `14/19 tiêu chí`
IN_LIST = 0.9  # a criterion's name as an entry of a list of them
AGREED = 0.97  # as many listed as stated


def vouched(field: Field[T], floor: float) -> Field[T]:
    """The field with at least this confidence, unless it is marked for a reason of its own."""
    return field if field.review else replace(field, confidence=max(field.confidence, floor))


def phrase_floor(reading: Reading, start: int, end: int) -> float:
    """The floor for a closed phrase that stands at [start, end), by its length in syllables."""
    syllables = len(reading.string[start:end].split())
    return WHOLE_PHRASE if syllables >= 4 else SHORT_PHRASE if syllables >= 2 else 0.0
