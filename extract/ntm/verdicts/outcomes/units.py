"""The units of lists, headings and sentences that speak of an outcome, and the level that belongs to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.field import Field
from extract.notice import Level, Target, Unit
from extract.ntm.levels import TargetAt, leading_paragraph
from extract.ntm.survey import Survey
from extract.ntm.units.communes import names_behind
from extract.ntm.units.link import Mention, link_unit
from extract.ntm.units.names import read_names
from extract.parts.items import Item
from extract.reading import Span

_ITSELF = re.compile(r"\W*xa\s+(?:(?:da|cung|co|se)\s+)*(?:dang\s+k[iy]|phan\s+dau|du\s+kien)")
# Xã đã được UBND tỉnh công nhận · xã Hương Ngải đã được UBND Thành phố công nhận;
RECOGNISED = r"(?:da\s+)?duoc\s(?:[^.;,]{0,60}\s)?cong\s+nhan(?!\w)"
ITSELF_DONE = re.compile(rf"\W*(?:(?:nam|den\s+nam|tu\s+nam)\s+20\d\d,?\s+)?xa\s+{RECOGNISED}")
_OF_DISTRICTS = re.compile(r"(?<!\w)cac\s+huyen\s*:")  # UBND các huyện: Đầm Dơi, U Minh: towns have these names too
ALREADY = re.compile(rf"(?<!\w){RECOGNISED}")


def indices_below(survey: Survey, index: int) -> Iterator[int]:
    """Which items make the list that one opens: below it, or, where a paragraph leads in numbered ones, beside it."""
    for child, parent in enumerate(survey.parents):
        if parent == index or (parent == survey.parents[index] and leading_paragraph(survey, child) == index):
            yield child


def items_below(survey: Survey, index: int) -> Iterator[Item]:
    """The items of the list that an item opens."""
    yield from (survey.items[child] for child in indices_below(survey, index))


def units_in(survey: Survey, start: int, end: int) -> list[Field[Unit]]:
    """The communes that a list names, with the word xã, behind one, or bare where the name is sure."""
    mentions = survey.communes_in(start, end)
    mentions = mentions or names_behind(survey.whole, survey.where, start, end)
    if mentions:
        return [mention.unit for mention in mentions]
    if _OF_DISTRICTS.search(survey.whole.flowing, start, end):
        return []
    names = read_names(survey.whole, start, end, "xã", survey.where)
    return [
        link_unit(survey.whole, a, b, match, Level.COMMUNE, kind, survey.where)
        for a, b, kind, match in names
        if match.sure
    ]


def commune_told(survey: Survey, index: int, start: int, itself: re.Pattern[str] = _ITSELF) -> list[Mention]:
    """The one commune told of before a sentence that begins with `Xã đăng ký …`, in its paragraph or above it."""
    if not itself.match(survey.whole.flowing, start):
        return []
    if before := survey.communes_in(survey.items[index].content, start):
        return before[-1:] if before[-1].group != before[0].group or len(before) == 1 else []
    named = (survey.communes_in(item.content, item.end) for item in survey.above(index))
    own = [survey.titled] if survey.titled and itself is ITSELF_DONE else []
    first = next((mentions for mentions in named if mentions), own)
    return first if len(first) == 1 else []


def cue_of(cues: Sequence[Span], mention: Mention) -> Span:
    """The cue that stands nearest to a unit."""
    return min(cues, key=lambda cue: abs(cue[0] - mention.start))


def nearest(survey: Survey, targets: Sequence[TargetAt], mention: Mention, mentions: Sequence[Mention]) -> TargetAt:
    """The level named behind a unit and before the next list of units, else the last one before it."""
    later = [other.start for other in mentions if other.start > mention.start and other.group != mention.group]
    limit = later[0] if later else None
    behind = [t for t in targets if t[1] >= mention.end and (limit is None or t[1] < limit)]
    before = [t for t in targets if t[2] <= mention.start]
    inside = [t for t in targets if mention.start <= t[1] and t[2] <= mention.end]
    if inside:  # 01 xã đạt chuẩn NTM nâng cao (Nga My)
        return inside[-1]
    if not behind and not before and ";" in survey.whole.string[mention.end : targets[0][1]]:
        return Target.NTM, mention.start, mention.end  # xã Tam Giang đạt chuẩn; xã Phú Xuân đạt chuẩn … nâng cao
    return behind[0] if behind else before[-1] if before else targets[0]
