"""A stretch of text that lists bodies, and the words that names of bodies begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.reading import Reading
from extract.words.phrases import words
from normalize.fold import fold
from normalize.letters import UPPER
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


def sentence_end(whole: Reading, start: int, end: int) -> int:
    """Where the sentence ends that goes on at `start`: at its full stop, else at `end`."""
    stop = re.compile(rf"\.\s+(?=[{UPPER}])|\.\s*$|/\.").search(whole.string, start, end)
    return stop.start() if stop else end
