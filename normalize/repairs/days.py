"""Days that were misread: `20/7!2017`, `ngàu 23 tháng 11`, `ngày 08 N 10 năm 2026`, `tháng 10 năm 2926`.

How a day is written leaves no choice for what stands between its figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.letters import UPPER
from normalize.repairs.mended import Edit, Rule, edits_of
from normalize.syllable import pronounceable, spelling

_YEAR = r"20\d\d(?!\d)"
_RULES: tuple[Rule, ...] = (
    (re.compile(rf"(?<=\d[/.]\d)[!|](?={_YEAR})|(?<=\d[/.]\d\d)[!|](?={_YEAR})"), lambda _: "/"),  # 20/7!2017
    (re.compile(rf"(?<![\w/.])\d{{1,2}}(?P<bad>[Il|!/])(?=\d{{1,2}}[Il|!]{_YEAR})"), lambda _: "/"),  # 27I8I2026
    (re.compile(rf"(?<=\d[Il|!/]\d)(?P<bad>[Il|!])(?={_YEAR})"), lambda _: "/"),
    (re.compile(rf"(?<=\d[Il|!/]\d\d)(?P<bad>[Il|!])(?={_YEAR})"), lambda _: "/"),
    # Luật Khám bệnh, chữa bệnh ngàu 23 tháng 11: the y of an italic face
    (
        re.compile(r"(?<!\w)[Nn]g(?P<bad>[àáảãạ][uvụùxjw])(?=\s\d{1,3}(?:\s+tháng\s|[/.-]\d))"),
        lambda _: "ày",
    ),
    # ngày 08 N 10 năm 2026
    (
        re.compile(rf"(?<!\w)ngày\s\d{{1,2}}\s(?P<bad>(?!tháng\s)[^\W\d]{{1,6}})(?=\s\d{{1,2}}\snăm\s{_YEAR})"),
        lambda _: "tháng",
    ),
    # tháng 10 năm 2926 · 20/10/2926
    (re.compile(r"(?<=\snăm )2[689oO](?=[012]\d(?!\d))|(?<=\d/)2[689oO](?=[012]\d(?!\d))"), lambda _: "20"),
    # Yên Thành, rà 27 Miếng 02 năm 2024: a line with a place and a day says nothing else
    (
        re.compile(
            rf"^[{UPPER}]\w+(?:\s[{UPPER}]\w+){{0,3}}[,.]\s(?P<bad>[^\W\d]{{2,6}}\s(?P<day>\d{{1,2}})\s[^\W\d]{{4,6}})"
            rf"(?=\s\d{{1,2}}\snăm\s{_YEAR}\W*$)",
            re.M,
        ),
        lambda match: f"ngày {match['day']} tháng",
    ),
    # U Minh Thượng. DườU 14 tháng 9 năm 2022: what is no word stands before a day
    (
        re.compile(rf"(?<=[,.]\s)(?P<bad>[^\W\d]{{3,6}})(?=\s\d{{1,2}}\stháng\s\d{{1,2}}\snăm\s{_YEAR})"),
        lambda match: "ngày" if _is_none(match["bad"]) else None,
    ),
)


def day_edits(string: str) -> Iterator[Edit]:
    """What takes the place of what in days.

    >>> def mended(string: str) -> str:
    ...     for start, end, new in sorted(day_edits(string), reverse=True):
    ...         string = string[:start] + new + string[end:]
    ...     return string
    >>> mended("ngày 20/7!2017, ngày 27I8I2026, ngàu 23 tháng 8 năm 2009")
    'ngày 20/7/2017, ngày 27/8/2026, ngày 23 tháng 8 năm 2009'
    >>> mended("ngày 08 N 10 năm 2026, tháng 10 năm 2926; U Minh Thượng, DườU 14 tháng 9 năm 2022")
    'ngày 08 tháng 10 năm 2026, tháng 10 năm 2026; U Minh Thượng, ngày 14 tháng 9 năm 2022'
    >>> mended("Yên Thành, rà 27 Miếng 02 năm 2024")
    'Yên Thành, ngày 27 tháng 02 năm 2024'
    """
    return edits_of(_RULES, string)


def _is_none(word: str) -> bool:
    """Is it no word, by its syllable or by its capitals: `DườU`?"""
    return not pronounceable(spelling(word)) or (not word.isupper() and not word[1:].islower())
