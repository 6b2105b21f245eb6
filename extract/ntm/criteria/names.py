"""The names that the official sets have for their criteria."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.ntm.criteria.short_words import shortened, written_out
from normalize.fold import fold
from normalize.lexicon.criteria import criteria_sets


@lru_cache(maxsize=1)
def name_pattern() -> re.Pattern[str]:
    """Every official name and alias of every set, folded, the longest first; commas and blanks as they come."""
    names = shortened(fold(name) for s in criteria_sets() for c in s.criteria for name in (c.name, *c.aliases))
    ways = (
        r"[\s,\-–&]+".join(map(re.escape, re.findall(r"\w+", name))) for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


@lru_cache(maxsize=1)
def official_names() -> tuple[str, ...]:
    """Every official name of every set, once."""
    return tuple(sorted({c.name for s in criteria_sets() for c in s.criteria}))


@lru_cache(maxsize=256)
def is_numbered(number: int | None, name: str | None) -> bool:
    """Has some set a criterion of this number and name?"""
    key = fold(name or "")
    return any(
        c.number == number and key in {fold(written_out(alias)) for alias in (c.name, *c.aliases)}
        for s in criteria_sets()
        for c in s.criteria
    )
