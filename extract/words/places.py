"""Provinces named in a text, whose marks were misread: Kho bạc Nhà nước Hai Phòng is that of Hải Phòng."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache

from normalize.fold import fold
from normalize.lexicon.units import Units

_SHORTEST = 5  # letters of a province's name without its blank
_DAYS = (dt.date(2023, 4, 8), dt.date(2025, 7, 1))  # with all provinces there have been lately
# UBND xã Hải Phong · UBND các xã: Thanh Hòa, Tân Thành · Đ/c Nguyễn Hải Phong: other places, and persons, have the
# letters of a province
_BELOW = re.compile(r"(?<!\w)(?:xa|phuong|thi\s+tran|huyen|quan|thon|ap|ban|khu|truong|ong|ba|dong\s+chi|d/c|dc)(?!\w)")
_OF_PROVINCE = re.compile(r"(?<!\w)t[ìíĩịi]nh $")  # Cục Thuế tĩnh Khánh Hòa


def with_marks(text: str) -> str:
    """The text with provinces' names as they are written, where it speaks of no smaller place and no person.

    >>> with_marks("Kho bạc Nhà nước Hai Phòng"), with_marks("UBND xã Hải Phong"), with_marks("Ông Lê Hải Phong")
    ('Kho bạc Nhà nước Hải Phòng', 'UBND xã Hải Phong', 'Ông Lê Hải Phong')
    """
    folded = fold(text)
    pattern, names = _provinces()
    for match in () if _BELOW.search(folded) else reversed(list(pattern.finditer(folded))):
        read, name = text[slice(*match.span())], names[match[0]]
        if all(word.istitle() for word in read.split()) and _letters(read) != _letters(name):
            text = text[: match.start()] + name + text[match.end() :]
        if all(word.istitle() for word in read.split()):
            text = _OF_PROVINCE.sub("tỉnh ", text[: match.start()]) + text[match.start() :]
    return text


def unglued(text: str) -> str:
    """Capitals with the blanks of a province's name that stands at a word's end, as close print loses them.

    >>> unglued("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG VĨNHLONG"), unglued("Y TẾTÂYNINH"), unglued("SỞ Y TẾ")
    ('SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG VĨNH LONG', 'Y TẾ TÂY NINH', 'SỞ Y TẾ')
    """
    return " ".join(_parted(word) if len(word) >= _SHORTEST and word.isupper() else word for word in text.split(" "))


def _parted(word: str) -> str:
    for name in _provinces()[1]:
        glued = name.replace(" ", "")
        if fold(word).endswith(glued):
            first, last = word[: len(word) - len(glued)], word[len(word) - len(glued) :]
            cut = len(name.split()[0])
            return f"{first} {last[:cut]} {last[cut:]}".strip() if name.count(" ") == 1 else word
    return word


def _letters(name: str) -> list[str]:
    """Letters and marks wherever a tone stands: those of Hòa and Hoà are the same."""
    return sorted(unicodedata.normalize("NFD", name))


@cache
def _provinces() -> tuple[re.Pattern[str], dict[str, str]]:
    known = (unit.name for day in _DAYS for unit in Units.on(day).provinces)
    names = {fold(name): name for name in known if " " in name and "-" not in name}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"), names
