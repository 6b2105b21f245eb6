"""The words that open a band, with their range: `Số xã đạt 15-18 tiêu chí`, `05 xã đạt từ 15 đến 18 tiêu chí`."""

from __future__ import annotations

import re

from extract.ntm.figures.counts import COUNT
from extract.ntm.programme.bands.ranges import RANGE
from extract.reading import Reading

# Số xã đạt 15-18 tiêu chí · 05 xã đạt từ 15 đến 18 tiêu chí · Nhóm đạt 19 tiêu chí · xã dưới 5 tiêu chí; folded
_AT = r"(?:o|thuoc|nam\s+(?:o|trong))\s+(?:muc|nhom)(?:\s+dat)?"  # 02 xã ở mức 15 - 18 tiêu chí
# 05 xã rớt xuống còn 16-18 tiêu chí
_VERB = (
    rf"(?:(?:da|deu|hien|moi|co|chi)\s+)*(?:(?:{_AT}|dat|hoan\s+thanh|co|giu\s+vung|duy\s+tri|giu|bao\s+dam|"
    r"(?:giam|rot|tut|ha)(?:\s+xuong)?\s+con|xuong\s+con|nam(?=\s+(?:trong\s+)?khoang))\s+)?"
    r"(?:(?:trong\s+)?khoang\s+(?:tu\s+)?)?"
)
# xã · Nhóm 1 - đạt 19 tiêu chí có 03 xã · nhóm thứ hai · nhóm xã
_UNITS = r"(?:xa|nhom\s+(?:\d(?!\d)|thu\s+[a-z]+)(?:\s*[-–:])?|nhom(?:\s+xa)?|don\s+vi)"
# not `Trong 08 xã còn lại, 03 xã đạt …`, nor `cả hai xã đều đạt 19/19`, which speaks of the two named before
# chín xã còn lại · 04/22 xã (18,2%) · các xã còn lại (05 xã) · mười lăm xã đạt chuẩn (19 tiêu chí)
BAND = re.compile(
    rf"(?<!\bca\s(?=(?:hai|ba|0?[23])\s))(?:(?<!\btang\s)(?<!\bgiam\s)(?<!\bthem\s)(?P<before>{COUNT}|khong(?:\s+con|\s+co)?)\s+)?(?:so\s+)?{_UNITS}(?:\s+nao)?(?:\s+con\s+lai)?"
    r"(?:\s+(?:cua|trong|thuoc|tren\s+dia\s+ban)\s+(?:toan\s+)?(?:huyen|tinh|thi\s+xa|thanh\s+pho)"
    r"(?:\s+(?!(?:co|con|da|moi|gom|thi)\s)[a-z' ]{2,24}?)?)?"
    rf"(?:\s*,\s+(?:dat\s+)?(?:ty\s+le|chiem)\s+[\d.,]+\s*%|\s*\((?:chiem\s+)?[\d.,]+\s*%\)|\s*\((?P<within>{COUNT})\s+xa\))?\s*,?\s+{_VERB}"
    r"(?:duoc\s+|chuan\s+(?:(?:ntm|nong\s+thon\s+moi)\s*)?(?:[(,–-]\s*(?:dat\s+)?(?=\d{1,2}(?:\s*(?:[-–/]|den)\s*\d{1,2})?\s+tieu\s+chi))?|"
    rf"so\s+tieu\s+chi\s+(?:dat\s+)?)?{RANGE}(?!\d)(?!(?:(?<=\d)\s+|(?<=\d\s))(?:xa|don\s+vi)(?!\w))"
    r"(?!\s*(?:chua|khong)\s+dat(?!\w))"
)
# • Đạt 16 - 18 tiêu chí: 02 xã (Viên An, Liêu Tú) · - Đạt 19 tiêu chí ......... 23 xã: what an item begins with, its
# subject stands above
BARE = re.compile(
    rf"(?P<before>(?!))?(?P<within>(?!))?\W*(?:\w\s+)?(?:(?:so|nhom(?:\s+\d)?)\s+)?\(?(?:dat\s+)?(?:duoc\s+)?{RANGE}"
    r"(?:\s+(?:(?:ntm|nong\s+thon\s+moi)(?:\s+(?:nang\s+cao|kieu\s+mau))?|nang\s+cao|kieu\s+mau))?\s*\)?\s*"
    rf"(?:[:,–-]\s*(?:co\s+)?|[.…]{{3,}}\s*|(?:co|con|la|gom)\s+)(?=(?:{COUNT})\s+xa(?!\w))"
)
# số xã đạt 19 tiêu chí là 5 xã; đạt từ 15 đến 18 tiêu chí là 2 xã: what goes on with a list of bands
_CLAUSE = re.compile(
    rf"(?P<before>(?!))?(?P<within>(?!))?(?<=[;,:]\s)dat\s+{RANGE}\s*(?::|la|co)\s*(?=(?:{COUNT})\s+xa(?!\w))"
)
_SHORT = re.compile(
    rf"(?P<before>(?!))?(?P<within>(?!))?(?:(?<=[:;,]\s)|(?<=^))(?:dat\s+)?{RANGE}\s*[:–-]\s*(?:co\s+)?(?=(?:{COUNT})\s+xa(?!\w))"
)

# Thấp nhất, dưới 5 tiêu chí, là 02 xã Thuận Hòa và Thạnh Hòa Sơn
_RANKED = re.compile(
    r"(?P<before>(?!))?(?P<within>(?!))?(?:cao|thap|nhieu|it)\s+nhat\s*[,:(]?\s*(?:la\s+)?(?:dat\s+|moi\s+dat\s+)?"
    rf"{RANGE}\s*[,:)]?\s*(?:la|co|gom)\s+(?=(?:{COUNT})\s+xa(?!\w))"
)


def with_more(whole: Reading, bare: re.Match[str], end: int) -> list[re.Match[str]]:
    """`Đạt 5 - 9 tiêu chí: 8 xã; đạt dưới 5 tiêu chí: 2 xã`: two bands in one bullet."""
    return [bare, *_CLAUSE.finditer(whole.flowing, bare.end(), end)]


def spoken(whole: Reading, start: int, end: int) -> list[re.Match[str]]:
    """Bands with their subject, and the clauses that go on with them."""
    found = [m for pattern in (BAND, _RANKED) for m in pattern.finditer(whole.flowing, start, end)]
    more = list(_CLAUSE.finditer(whole.flowing, start, end))
    more = more if found or len(more) > 1 else []
    apart = [m for m in more if not any(one.start() < m.end() and m.start() < one.end() for one in found)]
    return sorted([*found, *apart], key=lambda match: match.start())


def short(whole: Reading, start: int, end: int) -> list[re.Match[str]]:
    """`19 tiêu chí: 04 xã; 18 tiêu chí: 05 xã`, two of them at least."""
    found = list(_SHORT.finditer(whole.flowing, start, end))
    return found if len(found) > 1 else []
