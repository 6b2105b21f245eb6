"""Words and abbreviations of the recipients that a model without Vietnamese misreads, where only one can be meant."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from extract.words.codes import clean_symbol

_GROUP = re.compile(r"\b[A-ZĐ]{3,}\b")
_MEANT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b[DĐ]/[ce]\b"), "Đ/c"),  # D/c Phó Chủ tịch UBND tỉnh phụ trách · D/e
    (re.compile(r"\b(?:d/[ce]|đ/e)\b"), "đ/c"),  # các d/c PCT UBND tỉnh · các d/e Huyện ủy viên
    (re.compile(r"^Trường(?= BC[ĐH]\b)"), "Trưởng"),  # Truéng BCD: no school is of a committee
    (re.compile(r"^GD(?=,? (?:các |và )|, PGĐ| Sở\b)"), "GĐ"),  # GD, các PGĐ Sở
    (re.compile(r"\bCĐC\b"), "CDC"),  # CDC tỉnh: the centres for disease control, whose D has no stroke
    (re.compile(r"\bS[ốôóồổ6ð](?! ?\d)(?=[ ,.;]|$)"), "Sở"),  # Website Số, các PGĐ Sð: nobody else is a `Số`
    (re.compile(r"(?<=[A-ZĐ])&[BPD]T\b"), "&ĐT"),  # Phòng GD&BT: Giáo dục và Đào tạo
    (re.compile(r"(?<=[A-ZĐ])\s?&\s?(?=[A-ZĐ])"), "&"),  # LĐ-TB& XH
    (re.compile(r"\bxa(?=$|,)"), "xã"),  # các hội, đoàn thể xa
)


def as_meant(name: str) -> str:
    """An entry with the abbreviations and small words right that can be nothing else.

    >>> as_meant("GD, các PGĐ Số"), as_meant("D/c Chủ tịch, các d/c PCT UBND tỉnh")
    ('GĐ, các PGĐ Sở', 'Đ/c Chủ tịch, các đ/c PCT UBND tỉnh')
    """
    name = _GROUP.sub(lambda group: clean_symbol(group[0]), name)  # BCD → BCĐ, HDND → HĐND
    for misread, meant in _MEANT:
        name = misread.sub(meant, name)
    return name


@cache
def usual_entries() -> tuple[str, ...]:
    """Whole entries that offices everywhere print.

    >>> "Các chi, đảng bộ trực thuộc" in usual_entries()
    True
    """
    lines = (files("extract") / "data" / "recipients.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
