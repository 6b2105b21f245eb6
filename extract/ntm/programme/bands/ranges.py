"""Ranges of criteria, `15 - 18 tiêu chí`, `dưới 5`, `15 trở lên`: how they are written and what they mean."""

from __future__ import annotations

import re

from extract.ntm.criteria.ref import USUAL_TOTAL

RANGE = (
    r"(?:(?P<than>duoi|tren|tu|du|ca|tron)\s+)?(?P<low>\d{1,2})(?:\s*/\s*(?P<of>\d{1,2}))?"
    r"(?:\s*(?:tieu\s+chi\s+)?(?:[-–—]|den|toi)\s*(?P<under>duoi\s+)?(?P<high>\d{1,2})(?:\s*/\s*\d{1,2})?)?"
    r"\s*(?P<unit>tieu\s+(?:chi|[a-z]{1,3}(?=\s))|tc(?!\w))?(?P<more>\s+tro\s+len)?"
)


def limits_of(match: re.Match[str], total: int = USUAL_TOTAL) -> tuple[int, int] | None:
    """The least and the greatest number of criteria: `dưới 5` is 0 to 4, `15 trở lên` 15 to all of them.

    `total`: how many criteria the set has.
    """
    low, high = int(match["low"]), match["high"]
    if high is not None:
        top = int(high) - bool(match["under"])
        return (low, top) if low <= top <= USUAL_TOTAL else None
    if match["of"] is not None and int(match["of"]) < low:
        return None
    if match["than"] == "duoi":
        return (0, low - 1) if low else None
    if match["than"] == "tren":
        return (low + 1, open_end(low + 1, total)) if low < USUAL_TOTAL else None
    return (low, open_end(low, total) if match["more"] else low) if low <= USUAL_TOTAL else None


def open_end(low: int, total: int) -> int:
    """Where `low trở lên` ends: at all criteria of the set; more than it has are of an older one.

    >>> open_end(8, 10), open_end(15, 10), open_end(15, 19)
    (10, 19, 19)
    """
    return total if low <= total else USUAL_TOTAL
