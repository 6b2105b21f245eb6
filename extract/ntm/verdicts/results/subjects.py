"""The units that an item speaks of which names none: those above it, before it or of the title; districts judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.ntm.survey import Survey
from extract.ntm.units.districts import find_districts
from extract.ntm.units.link import Mention
from extract.parts.item_marks import PLAIN
from extract.parts.items import Item

_NINTHS = re.compile(r"(?<!\d)0?\d\s*/\s*0?9\s+tieu\s+chi")  # the sets of districts have nine
_OF_DISTRICT = re.compile(rf"[^.;]{{0,100}}?{_NINTHS.pattern}")
_DISTRICT_SET = re.compile(r"tieu\s+chi\s+(?:quoc gia\s+)?(?:ve\s+)?huyen\s+(?:nong thon moi|ntm)")
_COUNTED = re.compile(r"[\s,]*(?:(?:da|hien|den nay|moi)\s+)*(?:dat|con|hoan thanh)\s[^.;]{0,60}?\btieu\s+chi")
# Đến thời điểm thẩm tra, xã Thạch Sơn đạt 19/19 tiêu chí
# Sau khi kiểm tra, Đoàn thẩm tra thống nhất đánh giá: xã Triệu Trạch đạt 18/19 tiêu chí
# Xã Thành Hưng đăng ký đạt chuẩn NTM nâng cao, đến nay đạt 13/19 tiêu chí
# Xã Giáp Sơn (phấn đấu đạt chuẩn nông thôn mới) đã hoàn thành 18/19 tiêu chí
# Xã Tứ Xã: đạt 18/19 · Xã Phùng Nguyên: 19/19 tiêu chí · Xã Kiến Quốc: chưa đạt tiêu chí số 5; not `UBND xã …`
_OWN_LINE = re.compile(
    r"[\s\"“]*(?:(?:nhu vay|qua|theo|sau khi|hien nay|(?:tinh\s+)?den|doi chieu)(?:\s[^.;:,]{0,60})?,\s*)?"
    r"(?:(?:doan|to|hoi\s+dong)\s[^.;:,]{0,60}?(?:danh\s+gia|ket\s+luan|ghi\s+nhan|xac\s+nhan|thong\s+nhat)\s*:?\s*)?"
    r"(?:doi\s+voi\s+)?(?:xa|huyen|thi\s+xa)\s[^.;\d(]{2,40}?(?:\s*\([^()]{3,70}\))?"
    r"(?:\s+dang\s+k[iy]\s[^.;:\d]{3,60}?,\s+(?:den\s+nay|hien\s+nay|hien))?"
    r"(?:[:,(]|\s(?:da|moi|hien|co|con|chua|khong|dat|hoan thanh))\s*"
    r"(?:(?:da|moi|hien|co|con|chua|khong|dat|hoan thanh|duoc|du|tong so)\s+)*"
    r"(?:\d{1,2}\s*/\s*\d{1,2}\s+tieu\s+chi|\d{1,2}\s+tieu\s+chi|(?:cac\s+)?tieu\s+chi\s+(?:so\s+)?\d)"
)
# huyện đã đạt 7/9 tiêu chí: the district that the notice is about
_UNNAMED = re.compile(
    r"(?<!\w)(?:huyen|thi\s+xa)(?=\s*[,:]?\s*(?:(?:da|hien|moi|den nay|co)\s+)*dat\s+0?\d\s*/\s*0?9\s+tieu\s+chi)"
)
OF_DISTRICTS = re.compile(r"tieu\s+chi\s+(?:quoc\s+gia\s+)?(?:ve\s+|cap\s+)?huyen(?!\w)")  # Về tiêu chí huyện NTM
_DISTRICT_HEAD = re.compile(rf"{OF_DISTRICTS.pattern}|(?:doi voi|ve)\s+huyen\s+(?:nong thon moi|ntm)")
_NAMED_HEAD = re.compile(
    r"(?:doi\s+voi|ket\s+qua\s+(?:cua|tai))\s+(?:huyen|thi\s+xa|thanh\s+pho)\s[^.;:\d]{2,40}[\s.:]*"
)
_GOES_ON = re.compile(r"\W*(?:(?:cac\s+)?tieu\s+chi\s+)?(?:da|chua|khong|con)\s+(?:dat|\d{1,2}[\s/]|lai\s)")
# Các xã thuộc nhóm 3 còn vướng như sau · Trong số các xã chưa về đích: none of them is the one named before
_OF_SEVERAL = re.compile(r"\W*(?:doi\s+voi\s+|trong\s+(?:so\s+)?)?(?:cac|nhung|mot\s+so)\s+xa(?!\w)")
_TABLE_HEAD = re.compile(r"S?TT\s")  # TT Nhóm xã Số xã Tên xã, above the first commune of a band
TITLE = -1  # stands for the trích yếu where an item's index is asked for


@dataclass(frozen=True, slots=True)
class Subject:
    """The units that a stretch speaks of, and where it names them."""

    mentions: tuple[Mention, ...]
    index: int


def tells_of_unit(survey: Survey, item: Item) -> bool:
    """`2. Xã Tứ Xã: đạt 18/19 tiêu chí` below `II. Kết luận`: a fact in a part that asks for something too."""
    text = survey.whole.flowing
    opens = _OWN_LINE.match(text, item.content, item.end)
    if opens is None:
        return False
    units = [*survey.communes_in(item.content, item.end), *judged_districts(survey, item)]
    return any(m.start <= opens.end() for m in units)


def spoken_of(survey: Survey, index: int, before: Subject | None) -> Subject | None:
    """The units that an item is about which names none itself. `before`: those that the item before it is about."""
    found = _from_above(survey, index) or _running(survey, before, survey.items[index]) or _of_title(survey)
    found = found or _of_district(survey, index) or _titled_district(survey) or _beside(survey, before, index)
    item = survey.items[index]
    several = _OF_SEVERAL.match(survey.whole.flowing, item.content, item.end) is not None
    return None if found and several and len(found.mentions) == 1 and found.index != TITLE else found


def _from_above(survey: Survey, index: int) -> Subject | None:
    """The units of the nearest item above that names any: the first list of them."""
    for above in survey.indices_above(index):
        item = survey.items[above]
        if mentions := survey.communes_in(item.content, item.end):
            first = mentions[0].group
            return Subject(tuple(m for m in mentions if m.group == first), above)
    return None


def _of_title(survey: Survey) -> Subject | None:
    """The commune that the whole notice is about, where its title names one only."""
    return Subject((survey.titled,), TITLE) if survey.titled else None


def _of_district(survey: Survey, index: int) -> Subject | None:
    """The district that the notice is about, below a heading of its criteria: `3. Về tiêu chí huyện nông thôn mới`."""
    if headed := _headed_district(survey, index):
        return headed
    if survey.where.district is None:
        return None
    for item in survey.above(index):
        found = _DISTRICT_HEAD.search(survey.whole.flowing, item.content, item.end)
        if found and item.end - item.content < 200:
            return Subject((Mention(*found.span(), -found.start(), survey.where.district),), TITLE)
    return None


def _titled_district(survey: Survey) -> Subject | None:
    """The one district of a trích yếu about the criteria of districts: `… tiêu chí huyện nông thôn mới nâng cao đối với
    huyện Hóc Môn`."""
    spans = survey.zones.subject_spans
    if not spans or survey.titled or not OF_DISTRICTS.search(survey.zones.subject.flowing):
        return None
    named = find_districts(survey.whole, survey.where, spans[0][0], spans[-1][1])
    return Subject(tuple(named), TITLE) if len(named) == 1 else None


def _headed_district(survey: Survey, index: int) -> Subject | None:
    """The one district that a heading names above a count of nine: `1. Đối với huyện Diên Khánh`."""
    item = survey.items[index]
    if not _NINTHS.search(survey.whole.flowing, item.content, item.end):
        return None
    for above in survey.above(index):
        if _NAMED_HEAD.fullmatch(survey.whole.flowing, above.content, above.end):
            named = find_districts(survey.whole, survey.where, above.content, above.end)
            return Subject(tuple(named), TITLE) if len(named) == 1 else None
    return None


def _running(survey: Survey, subject: Subject | None, item: Item) -> Subject | None:
    """The units that the items before speak of, if this item goes on with them."""
    if subject is None or subject.index == TITLE or item.depth == 0:
        return None
    before = survey.items[subject.index]
    opens = survey.whole.string[before.content : before.end].rstrip().endswith(":")
    return subject if (item.depth > 2 or (opens and before.depth == PLAIN)) and _introduces(survey, subject) else None


def _beside(survey: Survey, subject: Subject | None, index: int) -> Subject | None:
    """`1. Huyện Tiên Phước đạt 7/9 tiêu chí` / `2. Chưa đạt 2/9 tiêu chí`: who the item before in the row is about."""
    item = survey.items[index]
    if subject is None or subject.index == TITLE or not _GOES_ON.match(survey.whole.flowing, item.content, item.end):
        return None
    before = survey.items[subject.index]
    row = survey.parents[subject.index] == survey.parents[index] and before.depth == item.depth
    return subject if row and len(subject.mentions) == 1 else None


def _introduces(survey: Survey, subject: Subject) -> bool:
    """Is the item that names these units a line of its own, like `Xã Bàn Đạt:`, that what follows belongs to?"""
    item = survey.items[subject.index]
    text = survey.whole.string[item.content : item.end].rstrip()
    if _TABLE_HEAD.match(text):
        return False
    return len(text) <= 160 and (subject.mentions[0].start - item.content <= 30 or text.endswith((":", ")")))


def judged_districts(survey: Survey, item: Item) -> list[Mention]:
    """Districts that are judged themselves: `Huyện Phù Cát đạt 8/9 tiêu chí huyện nông thôn mới`."""
    text = survey.whole.flowing
    of_set = _DISTRICT_SET.search(text, item.content, item.end) is not None
    if not (of_set or _NINTHS.search(text, item.content, item.end)):
        return []
    mentions = find_districts(survey.whole, survey.where, item.content, item.end)
    if survey.where.district:
        unnamed = _UNNAMED.finditer(text, item.content, item.end)
        mentions = [*mentions, *(Mention(m.start(), m.end(), -m.start(), survey.where.district) for m in unnamed)]
    ways = (_COUNTED, _OF_DISTRICT) if of_set else (_OF_DISTRICT,)
    return [m for m in mentions if any(way.match(text, m.end, item.end) for way in ways)]
