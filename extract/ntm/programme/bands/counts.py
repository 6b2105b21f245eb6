"""How many communes a band has: the count before `xã`, behind the range, or `không có`."""

from __future__ import annotations

import re

from extract.field import Field
from extract.ntm.figures.counts import COUNT, parse_count
from extract.reading import Reading
from extract.trail import missed

# … : 06 xã · , có 04 xã · là bốn xã · : 06/17 xã
_AFTER = re.compile(
    r"(?:\s+(?:(?:ntm|nong\s+thon\s+moi)(?:\s+(?:nang\s+cao|kieu\s+mau))?|nang\s+cao|kieu\s+mau))?(?:\s+(?:chiem\s+)?(?:dong|nhieu|it)\s+nhat)?\s*\)?"
    r"(?:\s*,?\s*(?:tinh\s+)?den\s+(?:het\s+)?(?:ngay\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*,?)?\s*[:,(–-]?\s*"
    rf"(?:(?:co|la|gom|hien\s+co|voi)\s+)?(?P<count>{COUNT})\s+(?:xa|don\s+vi)(?!\w)(?!\s+(?:da\s+)?(?:dat|hoan\s+thanh)\s)"
)
# Số xã đạt 15 - 18 tiêu chí: 2; · số xã đạt 8 - 11 tiêu chí là 05 (Tư, Mà Cooi, …)
_BARE_AFTER = re.compile(r"\s*(?::|la|co)\s*(?P<count>\d{1,3}(?:\s*/\s*\d{1,3})?)\s*(?:[;.(]|$)")
_NONE_AFTER = re.compile(r"\s*:?\s*(?:khong(?:\s+co)?(?:\s+xa)?|0+(?:\s+xa)?)\s*(?:[.;,]|$)")
LISTED = re.compile(rf"\((?P<count>{COUNT})\s+xa\)\s*[.;,]?\s*$")  # …: Nga My, Hà Châu (02 xã)


def counted_at(whole: Reading, match: re.Match[str], end: int) -> tuple[int, int] | None:
    """Where the number of communes stands, told to whoever listens where there is none."""
    span = _count_span(whole, match, end)
    if span is None and match["unit"] is not None:
        missed("/ntm/bands", "band_count", "no number of communes stands beside it", whole.string[match.start() : end])
    return span


def _count_span(whole: Reading, match: re.Match[str], end: int) -> tuple[int, int] | None:
    """Where the number of communes stands: before `xã`, else behind the range."""
    sure = match["unit"] is not None
    if match["within"]:
        return match.span("within") if sure else None
    if sure and match["before"] and not match["before"].startswith("khong"):
        return match.span("before")
    after = _AFTER.match(whole.flowing, match.end(), end)
    if after and (sure or ":" in after[0]):
        return after.span("count")
    alone = _BARE_AFTER.match(whole.flowing, match.end(), end) if sure and match["before"] is None else None
    if alone and match[0].startswith(("so xa", "xa dat")):
        return alone.span("count")
    listed = LISTED.search(whole.flowing, match.end(), end) if sure and match["before"] is None else None
    if listed:
        return listed.span("count")
    none = _NONE_AFTER.match(whole.flowing, match.end(), end) if sure else None
    if none and match["before"] is None and "khong" in none[0]:
        return none.start() + none[0].index("k"), none.end()
    return match.span("before") if match["before"] and sure else None


def count_field(whole: Reading, start: int, end: int) -> Field[int] | None:
    """The number of communes at [start, end); `không` is none of them, in doubt."""
    text = whole.flat(start, end).split("/")[0]
    if whole.flowing.startswith("khong", start):
        return whole.field(0, start, end, "band_count").doubt("no commune is left in it: some count that as no band")
    value = parse_count(text)
    return None if value is None else whole.field(value, start, end, "band_count")
