"""Counts of criteria that a notice states, and how it comes by them: found, or only claimed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from extract.field import Field
from extract.notice import Status
from extract.ntm.figures.counts import parse_count
from extract.ntm.verdicts.counted import Cue
from extract.ntm.verdicts.cues import find_cues
from extract.parts.clauses import statement_start
from extract.reading import Reading

# UBND huyện báo cáo xã đạt … · tự đánh giá đạt … · năm 2017 xã đạt …, against: qua thẩm tra … · đến nay …
_CLAIMED = re.compile(
    r"(?<!\w)(?:bao cao|tu danh gia|tu cham|tu ra soat|ho so|de nghi|dau nam|truoc day|khi dang ky)(?!\w)"
)
_FOUND = re.compile(r"(?<!\w)(?:tham tra|tham dinh|kiem tra|thuc te|den nay|hien nay|hien|den thoi diem|ra soat)(?!\w)")
_YEAR = re.compile(r"(?<!\w)nam\s+(20\d\d)(?!\d)")  # the latest of several is the one found
CLAUSE = 120  # letters before a count in which its clause lies


class Told(Enum):
    """`UBND huyện báo cáo xã đạt 19/19; qua thẩm tra, xã đạt 17/19`: claimed, then found."""

    PLAIN = 0
    CLAIMED = 1
    FOUND = 2


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A printed count of criteria achieved or missing, with the total behind its stroke.

    `told`: how the sentence comes by it: as found by an inspection, as claimed before one, or neither.
    """

    status: Status
    value: Field[int]
    total: Field[int] | None
    told: Told = Told.PLAIN


def counts_in(whole: Reading, start: int, end: int) -> list[StatedCount]:
    """The counts of criteria that a stretch states, of whatever unit."""
    found = (stated_by(whole, cue) for cue in find_cues(whole, start, end, ()))
    return [count for count in found if count is not None]


def stated_by(whole: Reading, cue: Cue) -> StatedCount | None:
    """The count that belongs to a cue; None where it has none, says nothing by itself, or counts no criteria."""
    match = cue.count
    if match is None or cue.status is None:
        return None
    group = "n" if match["n"] else "alone"
    value = parse_count(whole.flat(*match.span(group)))
    if value is None or value > 60:
        return None
    of = parse_count(whole.flat(*match.span("total"))) if match["total"] else None
    total = whole.field(of, *match.span("total"), "stated_total") if of is not None else None
    field = whole.field(value, *match.span(group), "stated_count")
    if total and value > total.value:
        field = field.doubt(f"{value} of {total.value} is impossible", 0.3)
    return StatedCount(cue.status, field, total, _told(whole, cue.first))


def _told(whole: Reading, at: int) -> Told:
    """What the words of the clause before a count say of where it comes from; the last of them decides."""
    start = statement_start(whole.flowing, max(0, at - CLAUSE), at)
    said = [(m.start(), Told.CLAIMED) for m in _CLAIMED.finditer(whole.flowing, start, at)]
    said += [(m.start(), Told.FOUND) for m in _FOUND.finditer(whole.flowing, start, at)]
    near = [int(m[1]) for m in _YEAR.finditer(whole.flowing, max(0, at - CLAUSE), at + CLAUSE)]
    own = list(_YEAR.finditer(whole.flowing, start, at))[-1:]
    said += [(m.start(), Told.FOUND if int(m[1]) > min(near) else Told.CLAIMED) for m in own]
    return max(said, key=lambda one: one[0])[1] if said else Told.PLAIN
