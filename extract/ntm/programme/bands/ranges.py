"""Ranges of criteria, `15 - 18 tiêu chí`, `dưới 5`, `15 trở lên`: how they are written and what they mean."""

from __future__ import annotations

import re

HIGHEST = 19  # criteria of the sets for communes; the upper end of `15 tiêu chí trở lên`
RANGE = (
    r"(?:(?P<than>duoi|tren|tu|du|ca|tron)\s+)?(?P<low>\d{1,2})(?:\s*/\s*(?P<of>\d{1,2}))?"
    r"(?:\s*(?:tieu\s+chi\s+)?(?:[-–—]|den|toi)\s*(?P<under>duoi\s+)?(?P<high>\d{1,2})(?:\s*/\s*\d{1,2})?)?"
    r"\s*(?P<unit>tieu\s+(?:chi|[a-z]{1,3}(?=\s))|tc(?!\w))?(?P<more>\s+tro\s+len)?"
)


def limits_of(match: re.Match[str]) -> tuple[int, int] | None:
    """The least and the greatest number of criteria: `dưới 5` is 0 to 4, `15 trở lên` 15 to 19."""
    low, high = int(match["low"]), match["high"]
    if high is not None:
        top = int(high) - bool(match["under"])
        return (low, top) if low <= top <= HIGHEST else None
    if match["of"] is not None and int(match["of"]) < low:
        return None
    if match["than"] == "duoi":
        return (0, low - 1) if low else None
    if match["than"] == "tren":
        return (low + 1, HIGHEST) if low < HIGHEST else None
    return (low, HIGHEST if match["more"] else low) if low <= HIGHEST else None
