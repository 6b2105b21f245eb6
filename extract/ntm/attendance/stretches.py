"""A stretch of text that lists bodies, and the words that names of bodies begin with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract.words.phrases import words
from normalize.fold import fold
from normalize.lexicon.agencies import agencies


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [start, end) of the whole text that list bodies, of those present or of those absent."""

    start: int
    end: int
    absent: bool


@cache
def body_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First words of bodies, and the fields of departments, both folded, the longest first."""
    known = [name for agency in agencies() for name in (agency.name, *agency.aliases)]
    fields = {fold(name[3:]) for name in known if name.startswith("Sở ")} | set(words("departments"))
    return words("heads"), tuple(sorted(fields, key=len, reverse=True))
