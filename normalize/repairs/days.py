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
    # 27I8I2026: the first stroke, then the second, which 20/7!2017 has alone
    (re.compile(rf"(?<![\w/.])\d{{1,2}}(?P<bad>[Il|!])(?=\d{{1,2}}[Il|!/]{_YEAR})"), lambda _: "/"),
    (re.compile(rf"(?:(?<=\d[Il|!/.]\d)|(?<=\d[Il|!/.]\d\d))[Il|!](?={_YEAR})"), lambda _: "/"),
    # Luật Khám bệnh, chữa bệnh ngàu 23 tháng 11: the y of an italic face
    (
        re.compile(r"(?<!\w)[Nn]g(?P<bad>[àáảãạ][uvụùxjw])(?=\s\d{1,3}(?:\s+tháng\s|[/.-]\d))"),
        lambda _: "ày",
    ),
    # Công văn số 512/SGD&ĐT-GDTrH nsàu 28/02/2024: what is no word stands between a code and its day
    (
        re.compile(rf"\d/\S*[^\W\d]\s(?P<bad>[^\W\d]{{3,6}})(?=\s\d{{1,2}}/\d{{1,2}}/{_YEAR})"),
        lambda match: "ngày" if _is_none(match["bad"]) else None,
    ),
    # chậm nhất ngày I 1/12/2023
    (re.compile(rf"(?<=ngày\s)(?P<bad>[Il|]\s)(?=[0-2]/\d{{1,2}}/{_YEAR})"), lambda _: "1"),
    # ngày 08 N 10 năm 2026
    (
        re.compile(rf"(?<!\w)ngày\s\d{{1,2}}\s(?P<bad>(?!tháng\s)[^\W\d]{{1,6}})(?=\s\d{{1,2}}\snăm\s{_YEAR})"),
        lambda _: "tháng",
    ),
    # tháng 10 năm 2926 · 20/10/2926, not 12/2815 hộ
    (
        re.compile(r"(?:tháng\s\d{1,2}\snăm\s|\d/\d{1,2}/)(?P<bad>2[689oO])(?=[012]\d(?!\d))"),
        lambda _: "20",
    ),
    # Yên Thành, rà 27 Miếng 02 năm 2024: a line with a place and a day says nothing else; not `đợt 2 tháng 10`
    (
        re.compile(
            rf"^[{UPPER}]\w+(?:\s[{UPPER}]\w+){{0,3}}[,.]\s(?P<bad>[^\W\d]{{2,6}}\s(?P<day>\d{{1,2}})\s(?!tháng\s)[^\W\d]{{4,6}})"
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

    >>> list(day_edits("ngày 20/7!2017, ngày 27I8I2026, ngàu 23 tháng 8 năm 2009"))
    [(23, 24, '/'), (9, 10, '/'), (25, 26, '/'), (34, 36, 'ày')]
    >>> list(day_edits("ngày 08 N 10 năm 2026, tháng 10 năm 2926; U Minh Thượng, DườU 14 tháng 9 năm 2022"))
    [(8, 9, 'tháng'), (36, 38, '20'), (57, 61, 'ngày')]
    >>> list(day_edits("chậm nhất ngày I 1/12/2023"))
    [(15, 17, '1')]
    >>> list(day_edits("số 512/SGD&ĐT-GDTH nsàu 28/02/2024"))
    [(19, 23, 'ngày')]
    >>> list(day_edits("Yên Thành, rà 27 Miếng 02 năm 2024"))
    [(11, 22, 'ngày 27 tháng')]
    >>> list(day_edits("tỷ lệ 12/2815 hộ; năm 2815 hộ\\nTân Lập, đợt 2 tháng 10 năm 2022"))  # print
    []
    """
    return edits_of(_RULES, string)


def _is_none(word: str) -> bool:
    """Is it no word, by its syllable or by its capitals: `DườU`?"""
    return not pronounceable(spelling(word)) or (not word.isupper() and not word[1:].islower())
