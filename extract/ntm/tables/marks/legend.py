"""What the marks of a table mean: by themselves (`đạt`), by its legend (`x: đạt`), or by its totals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.notice import Status
from normalize.fold import fold

BLANK = ""  # the sign of an empty cell
_VERDICT = (
    r"(?P<verdict>(?:tieu\s+chi\s+)?"
    r"(?:chua\s+dat|khong\s+(?:con\s+)?dat|con\s+dat|chua\s+hoan\s+thanh|da\s+dat|hoan\s+thanh|dat))"
)
_SIGN = r"(?P<sign>(?:o\s+)?(?:de\s+)?trong|[x+✓✔v*1-]|[0o]|kd|k|cd|c|d)"
# x: đạt · 1 - đạt · (+) là đạt · dấu "x": tiêu chí đạt · ô trống: chưa đạt; folded
_SIGN_FIRST = re.compile(
    rf"(?<!\w)[\"“'(]?{_SIGN}[\"”')]?\s*(?:[:=]|la\s|-\s|thi\s)\s*(?:la\s+)?(?:xa\s+)?{_VERDICT}(?!\s*[:=]\s*[\"“'(]?[x+✓0-](?!\w))"
)
# Đạt: x; chưa đạt: 0 · đạt chuẩn đánh dấu x · xã đạt tiêu chí đánh dấu x, chưa đạt để trống
_VERDICT_FIRST = re.compile(
    rf"(?<!\w){_VERDICT}(?:\s+(?:tieu\s+chi|chuan))?\s*"
    rf"(?:[:=]|(?:thi\s+)?danh\s+dau|ky\s+hieu(?:\s+la)?|(?=de\s+trong\b))\s*[\"“'(]?{_SIGN}(?!\w)"
)
OWN = {
    "dat": Status.ACHIEVED, "da dat": Status.ACHIEVED, "d": Status.ACHIEVED, "dat chuan": Status.ACHIEVED,
    "chua dat": Status.NOT_ACHIEVED, "khong dat": Status.NOT_ACHIEVED, "cd": Status.NOT_ACHIEVED,
    "kd": Status.NOT_ACHIEVED, "chua": Status.NOT_ACHIEVED,
}  # fmt: skip
_TICKS = {"✔": "✓", "v": "✓", "*": "x", "o": "0", "–": "-", "—": "-", "cdd": "cd"}
MARKS = frozenset("x+✓")
_AGREEING = 2  # rows whose totals must agree before they tell what a mark means


@dataclass(frozen=True, slots=True)
class Legend:
    """What each sign means; `said`: signs that the table's own legend explains; `counted`: those its totals do."""

    means: Mapping[str, Status]
    said: frozenset[str]
    counted: frozenset[str]

    def knows(self, sign: str) -> bool:
        return sign in self.said or sign in self.counted or sign in OWN


def sign_of(raw: str) -> str:
    """What stands in a cell, as one sign: folded, ticks and dashes as one.

    >>> sign_of("X"), sign_of(" đạt "), sign_of("–"), sign_of("")
    ('x', 'dat', '-', '')
    """
    bare = " ".join(fold(raw).strip(" .,;:()'“”").split()) or raw.strip()
    return _TICKS.get(bare, bare)


def read_legend(around: str, rows: Sequence[tuple[Sequence[str], int | None]]) -> Legend:
    """The legend of a table. `around`: the text about it; `rows`: the signs of each row and its printed total achieved.

    >>> legend = read_legend("Ghi chú: x: đạt; ô trống: chưa đạt", [])
    >>> legend.means["x"], legend.means[BLANK]
    (<Status.ACHIEVED: 'achieved'>, <Status.NOT_ACHIEVED: 'not_achieved'>)
    >>> sorted(read_legend("Xã đạt tiêu chí đánh dấu x, chưa đạt để trống.", []).said)
    ['', 'x']
    >>> read_legend("", [(["x", "", "x"], 2), (["x", "", ""], 1)]).counted
    frozenset({'x'})
    """
    signs = {sign for row, _ in rows for sign in row}
    said = {sign: status for sign, status in _said(around).items() if sign != "1" or sign in signs}  # Tiêu chí 1: đạt
    means = {sign: status for sign, status in OWN.items() if sign in signs} | said
    counted = {
        sign: status
        for sign in signs & (MARKS | {"0", "1", "-"})
        if sign not in means and (status := _counted(sign, rows))
    }
    return Legend({**means, **counted}, frozenset(said), frozenset(counted))


def _said(around: str) -> dict[str, Status]:
    text = " ".join(fold(around).split())
    found: dict[str, Status] = {}
    for pattern in (_SIGN_FIRST, _VERDICT_FIRST):
        for match in pattern.finditer(text):
            negative = match["verdict"].startswith(("chua", "khong")) or "chua" in match["verdict"]
            sign = BLANK if "trong" in match["sign"] else _TICKS.get(match["sign"], match["sign"])
            found.setdefault(sign, Status.NOT_ACHIEVED if negative else Status.ACHIEVED)
    return found


def _counted(sign: str, rows: Sequence[tuple[Sequence[str], int | None]]) -> Status | None:
    """What a sign must mean for the totals to be right: there are as many, or as many others."""
    known = [(row.count(sign), len(row), total) for row, total in rows if total is not None]
    if len(known) < _AGREEING:
        return None
    as_achieved = sum(count == total for count, _, total in known)
    as_missing = sum(size - count == total for count, size, total in known)
    most = max(as_achieved, as_missing)
    if most < max(_AGREEING, 0.6 * len(known)) or as_achieved == as_missing:
        return None
    return Status.ACHIEVED if as_achieved > as_missing else Status.NOT_ACHIEVED
