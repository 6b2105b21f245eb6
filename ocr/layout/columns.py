"""The letterhead and the signature block: two columns side by side, told apart by the gutter between them.

The engine reads them across. What tells columns from a justified line with wide blanks is a gutter, a strip
that no word crosses over several rows, and a word or two of what such columns always say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from ocr.layout.segment import Segment, bare, beside

_GUTTER = 1.4  # em; narrowest gutter; the longest issuers leave 5 mm to the state's name
_GUTTER_OF_STATE = 0.8  # em; beside the state's name, which no justified line holds


@dataclass(frozen=True, slots=True)
class Zone:
    """Two columns side by side: the segments of each. `signed`: a signature block, else a letterhead."""

    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    signed: bool

    @property
    def members(self) -> frozenset[int]:
        return frozenset(id(segment) for segment in (*self.left, *self.right))

    @property
    def top(self) -> int:
        return min(segment.box.top for segment in (*self.left, *self.right))


_STATE = frozenset(
    ["cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam", "doc", "lap", "tu", "do", "hanh", "phuc", "dang", "san"]
)
_SIGNED = re.compile(
    r"^\W*(k[tr]|tm|tl|tuq|q)[.,]|^\W*[tk]/[mtl]\b|chu tich|giam doc|van phong|truong|chanh|chi cuc|chu nhiem|vien"
)
_RECIPIENTS = re.compile(r"n[oa]i nh[ae][nm]")  # Nơi nhận, read as Nơi nhậm
_RECEIVED = re.compile(rf"{_RECIPIENTS.pattern}|^\W*luu\W+v")
_ENDS_HEAD = re.compile(r"^\W*kinh g[uư]i")
_LIST_EDGE = 0.62  # of the page's width: no list of recipients beside a signature reaches further
_TITLE_LENGTH = 45  # letters; "KT. CHỦ NHIỆM ỦY BAN KIỂM TRA" and longer ones are broken over lines


def find_zones(segments: list[Segment], width: int, em: float) -> list[Zone]:
    """The letterhead and the signature block, wherever they stand; an attached letter brings its own."""
    zones: list[Zone] = []
    rest = segments
    for _ in range(6):  # more pairs of columns than a page can hold
        best = max(_candidates(rest, width, em), key=len_of, default=None)
        if best is None:
            break
        zones.append(best)
        rest = [s for s in rest if id(s) not in best.members]
    if any(zone.signed for zone in zones):
        return zones
    lone = _lone_list(rest, width, em)
    return [*zones, lone] if lone else zones


def _lone_list(segments: list[Segment], width: int, em: float) -> Zone | None:
    """Recipients beside which little or nothing was read: a seal hid the titles. The second look may find them."""
    head = next((s for s in segments if _RECIPIENTS.search(s.bare) and s.box.right < width / 2), None)
    if head is None:
        return None
    below = [s for s in segments if s.box.top >= head.box.top - em / 2]
    left = [s for s in below if s.box.right < _LIST_EDGE * width and s.certain]  # no scrap of a seal parts columns
    gutter = max(s.box.right for s in (head, *left)) + _GUTTER * em
    right = [s for s in below if s.box.left >= gutter]
    certain = sum(s.certain for s in below)
    return Zone(tuple(left), tuple(right), True) if len(left) + sum(s.certain for s in right) == certain else None


def len_of(zone: Zone) -> int:
    return len(zone.left) + len(zone.right)


def _candidates(segments: list[Segment], width: int, em: float) -> list[Zone]:
    step = max(1, round(em * 0.7))
    found: dict[tuple[frozenset[int], frozenset[int]], Zone | None] = {}  # neighbouring gutters part the same columns
    ordered = [(s, s.certain) for s in sorted(segments, key=lambda s: s.box.top + s.box.bottom)]
    for gutter in range(round(0.2 * width), round(0.75 * width), step):
        for run in _runs(ordered, gutter):
            left = [s for s in run if s.box.right <= gutter]
            right = [s for s in run if s.box.left >= gutter]
            columns = frozenset(map(id, left)), frozenset(map(id, right))
            if columns not in found:
                found[columns] = _zone(left, right, segments, em)
    return [zone for zone in found.values() if zone is not None]


def _runs(ordered: list[tuple[Segment, bool]], gutter: int) -> list[list[Segment]]:
    """The stretches of the page, top to bottom, in which no certain segment crosses the gutter. `ordered`: from top to
    bottom, each with: is it certain?"""
    runs: list[list[Segment]] = [[]]
    for segment, certain in ordered:
        if segment.box.left < gutter < segment.box.right:
            if certain:
                runs.append([])
        else:
            runs[-1].append(segment)
    return [run for run in runs if len(run) >= 3]


def _zone(left: list[Segment], right: list[Segment], page: list[Segment], em: float) -> Zone | None:
    if _is_letterhead(right):
        span = _pairs(left, right, _GUTTER_OF_STATE * em)
        return _letterhead(left, right, *span, page, em) if span is not None else None
    start = _signature_start(left, right)
    if start is None:
        return None
    sides = [[s for s in side if s.box.bottom > start - em / 2] for side in (left, right)]
    span = _pairs(sides[0], sides[1], _GUTTER * em)
    if span is None or any(_is_table(side, em) for side in sides):
        return None
    return _signature(left, right, span[0], em)


def _pairs(left: list[Segment], right: list[Segment], least: float) -> tuple[int, int] | None:
    """Top and foot of the rows that both columns have; None where there is none or the gutter is below the `least`."""
    pairs = [(a, b) for a in left for b in right if a.certain and b.certain and beside(a, b)]
    if not pairs or min(b.box.left - a.box.right for a, b in pairs) < least:
        return None
    return min(min(a.box.top, b.box.top) for a, b in pairs), max(max(a.box.bottom, b.box.bottom) for a, b in pairs)


def _is_letterhead(right: list[Segment]) -> bool:
    """Does a line of the right column name the state, or the party? Most of its words, as OCR loses some."""
    return any(_names_state(segment.text) for segment in right[:8])


@lru_cache(maxsize=4096)
def _names_state(text: str) -> bool:
    words = re.findall(r"\w+", bare(text))
    return len(set(words) & _STATE) >= 4 and sum(word in _STATE for word in words) > 0.6 * len(words)


def _signature_start(left: list[Segment], right: list[Segment]) -> int | None:
    """Where the recipients or a title in capitals begin; None where there is neither."""
    listed = [s.box.top for s in left if _RECEIVED.search(s.bare)]
    return min([*listed, *(s.box.top for s in right if _is_title(s.text))], default=None)


@lru_cache(maxsize=4096)
def _is_title(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return 4 < len(letters) < _TITLE_LENGTH and capitals > 0.8 * len(letters) and bool(_SIGNED.search(bare(text)))


def _is_table(column: list[Segment], em: float) -> bool:
    """Has the column columns of its own in several rows, as a table has?"""
    words = [s for s in column if s.certain and any(c.isalnum() for c in s.text)]
    split = sum(any(beside(a, b) and b.box.left - a.box.right > _GUTTER * em for b in words) for a in words)
    return split >= 3


def _letterhead(
    left: list[Segment], right: list[Segment], first: int, last: int, page: list[Segment], em: float
) -> Zone | None:
    """Rows down to the last pair, and below it what goes on in its column: `V/v …` under the number.

    A title whose box specks make higher than its letters begins above the last row's foot, but its middle lies below.
    """
    centre = (min(s.box.left for s in page) + max(s.box.right for s in page)) / 2
    axis = median(s.middle for s in right if s.box.top < last)
    kept_left = _going_on(left, first, last, em)
    kept_right = [
        s
        for s in _going_on(right, first, last, em)
        if (s.box.top + s.box.bottom) / 2 < last or abs(s.middle - axis) < abs(s.middle - centre)
    ]
    return Zone(tuple(kept_left), tuple(kept_right), False) if kept_left and kept_right else None


def _going_on(column: list[Segment], first: int, last: int, em: float) -> list[Segment]:
    """The column's segments above `last`, and below it as long as they follow each other closely."""
    kept: list[Segment] = []
    end = last
    for segment in sorted(column, key=lambda s: s.box.top):
        if segment.box.top > last and (segment.box.top - end > 1.0 * em or _ENDS_HEAD.search(segment.bare)):
            break
        if segment.box.bottom < first - 6 * em:
            continue
        kept.append(segment)
        end = max(end, segment.box.bottom)
    return kept


def _signature(left: list[Segment], right: list[Segment], first: int, em: float) -> Zone | None:
    """From the first pair to the end of the run, and above it what stands on the right column's axis."""
    start = min((s.box.top for s in left if _RECIPIENTS.search(s.bare)), default=first)
    axis = median(s.middle for s in right if s.box.bottom > first)
    kept_right = [s for s in right if s.box.bottom > first]
    for segment in sorted((s for s in right if s.box.bottom <= first), key=lambda s: -s.box.bottom):
        top = min(s.box.top for s in kept_right)
        if top - segment.box.bottom < 1.5 * em and abs(segment.middle - axis) < 3 * em:
            kept_right.append(segment)
    kept_left = [s for s in left if s.box.bottom > min(start, first) or s.box.top >= start]
    return Zone(tuple(kept_left), tuple(kept_right), True) if kept_left and kept_right else None
