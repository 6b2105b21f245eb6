"""Provinces named in a text, whose marks were misread: Hai Phòng is Hải Phòng, for no other place has such a name."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache

from normalize.fold import fold
from normalize.lexicon.units import Units

_DAYS = (dt.date(2023, 4, 8), dt.date(2025, 7, 1))  # with all provinces there have been lately


def with_marks(text: str) -> str:
    """The text with provinces' names as they are written; names of one syllable are left, as words are like them.

    >>> with_marks("Kho bạc Nhà nước Hai Phòng"), with_marks("Báo Hải Phòng"), with_marks("phòng hai phong")
    ('Kho bạc Nhà nước Hải Phòng', 'Báo Hải Phòng', 'phòng hai phong')
    """
    pattern, names = _provinces()
    for match in reversed(list(pattern.finditer(fold(text)))):
        read = text[slice(*match.span())]
        if not _alike(read, names[match[0]]) and all(word[0].isupper() and not word.isupper() for word in read.split()):
            text = text[: match.start()] + names[match[0]] + text[match.end() :]
    return text


def _alike(read: str, name: str) -> bool:
    """Do they differ at most in where a tone mark stands: Hòa, Hoà?"""
    letters, others = (sorted(unicodedata.normalize("NFD", one)) for one in (read, name))
    return letters == others


@cache
def _provinces() -> tuple[re.Pattern[str], dict[str, str]]:
    known = (unit.name for day in _DAYS for unit in Units.on(day).provinces)
    names = {fold(name): name for name in known if " " in name and "-" not in name}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"), names
