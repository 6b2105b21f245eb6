"""Results: what a notice says that a unit has and has not achieved, by counts, by criteria, or by both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from extract.field import Field
from extract.notice import Method, Status, Target, Unit
from extract.ntm.criteria.named import Ref, find_refs, hidden_spans
from extract.ntm.figures.counts import parse_count
from extract.ntm.levels import TargetAt, heading_target, leading_target, target_field, targets_in
from extract.ntm.survey import Survey
from extract.ntm.trust import SHORT_PHRASE, vouched
from extract.ntm.units.districts import find_districts
from extract.ntm.units.link import Mention
from extract.ntm.verdicts.cues import Cue, find_cues
from extract.ntm.verdicts.statuses import as_opened, judged_refs
from extract.parts.items import PLAIN, Item
from extract.reading import Reading, Span, within

_NINTHS = re.compile(r"(?<!\d)0?\d\s*/\s*0?9\s+tieu\s+chi")  # the sets of districts have nine
_OF_DISTRICT = re.compile(rf"[^.;]{{0,100}}?{_NINTHS.pattern}")
_DISTRICT_SET = re.compile(r"tieu\s+chi\s+(?:quoc gia\s+)?(?:ve\s+)?huyen\s+(?:nong thon moi|ntm)")
_COUNTED = re.compile(r"[\s,]*(?:(?:da|hien|den nay|moi)\s+)*(?:dat|con|hoan thanh)\s[^.;]{0,60}?\btieu\s+chi")
# Xã Tứ Xã: đạt 18/19 · Xã Phùng Nguyên: 19/19 tiêu chí · Xã Kiến Quốc: chưa đạt tiêu chí số 5; not `UBND xã …`
_OWN_LINE = re.compile(
    r"[\s\"“]*(?:(?:nhu vay|qua|theo|sau khi|den nay|doi chieu)(?:\s[^.;:,]{0,60})?,\s*)?"
    r"(?:doi\s+voi\s+)?(?:xa|huyen|thi\s+xa)\s[^.;\d]{2,40}?(?:[:,(]|\s(?:da|moi|hien|co|con|chua|khong|dat))\s*"
    r"(?:(?:da|moi|hien|co|con|chua|khong|dat|duoc|du|tong so)\s+)*"
    r"(?:\d{1,2}\s*/\s*\d{1,2}\s+tieu\s+chi|\d{1,2}\s+tieu\s+chi|(?:cac\s+)?tieu\s+chi\s+(?:so\s+)?\d)"
)
# huyện đã đạt 7/9 tiêu chí: the district that the notice is about
_UNNAMED = re.compile(
    r"(?<!\w)(?:huyen|thi\s+xa)(?=\s*,?\s*(?:(?:da|hien|moi|den nay|co)\s+)*dat\s+0?\d\s*/\s*0?9\s+tieu\s+chi)"
)
_DISTRICT_HEAD = re.compile(
    r"tieu\s+chi\s+(?:quoc gia\s+)?(?:ve\s+|cap\s+)?huyen(?!\w)|(?:doi voi|ve)\s+huyen\s+(?:nong thon moi|ntm)"
)
_AS_MODEL = re.compile(
    r"(?<=dat\s)(?:cac\s+|cac\s+noi\s+dung\s+)?(?:tieu\s+chi|yeu\s+cau)(?:\s+xa)?\s+"
    r"(?:nong\s+thon\s+moi|ntm)\s+kieu\s+mau"
)
_GOES_ON = re.compile(r"\W*(?:(?:cac\s+)?tieu\s+chi\s+)?(?:da|chua|khong|con)\s+(?:dat|\d{1,2}[\s/]|lai\s)")
# Xã Tề Lỗ: đạt 19/19 tiêu chí nông thôn mới. Đối chiếu với Bộ tiêu chí xã nông thôn mới nâng cao, xã đạt 14/19
_OTHER_SET = re.compile(
    r"(?<=[.;]\s)(?:doi chieu|danh gia|ra soat|tinh)?\s*(?:voi|theo)\s+(?:cac\s+|bo\s+)?tieu chi[^.;:]{0,70}?"
    r"(?:nang cao|kieu mau)[^.;:,]{0,40}[,:]"
)
# đạt các tiêu chí 1, 2, 3 của Bộ tiêu chí nông thôn mới nâng cao
_OF_SET = re.compile(r"[^.;]{0,160}?\s(?:cua|theo|trong)\s+(?P<set>bo\s+tieu\s+chi\s[^.;,:(]{0,60})")
# Đạt 15/19 tiêu chí, đề nghị lùi sang năm sau: xã Chấn Thịnh: the next commune's, right before its name
_RESULT_AHEAD = re.compile(
    r"(?:\W*|.*[.;]\s+)(?P<result>(?:da\s+|moi\s+)?(?:dat|hoan\s+thanh)\s+\d{1,2}\s*/\s*\d{1,2}\s+tieu\s+chi[^.;:]{0,80}:\s*)$",
    re.DOTALL,
)
TITLE = -1  # stands for the trích yếu where an item's index is asked for
# UBND huyện báo cáo xã đạt … · tự đánh giá đạt … · năm 2017 xã đạt …, against: qua thẩm tra … · đến nay …
_CLAIMED = re.compile(
    r"(?<!\w)(?:bao cao|tu danh gia|tu cham|tu ra soat|ho so|de nghi|dau nam|truoc day|khi dang ky)(?!\w)"
)
_FOUND = re.compile(r"(?<!\w)(?:tham tra|tham dinh|kiem tra|thuc te|den nay|hien nay|hien|den thoi diem|ra soat)(?!\w)")
_YEAR = re.compile(r"(?<!\w)nam\s+(20\d\d)(?!\d)")  # the latest of several is the one found
CLAUSE = 120  # letters before a count in which its clause lies
_CLAUSE = re.compile(r"[;]|\.(?!\d)")


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


@dataclass(frozen=True, slots=True)
class Result:
    """What is said in one place of one unit, or of several at once. `cue`: the span that says it."""

    units: tuple[Field[Unit], ...]
    target: Field[Target] | None
    cue: Span
    counts: tuple[StatedCount, ...]
    refs: tuple[tuple[Ref, Status], ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    """The units that a stretch speaks of, and where it names them."""

    mentions: tuple[Mention, ...]
    index: int


def find_results(survey: Survey, taken: Sequence[Span], told: Sequence[Span] = ()) -> list[Result]:
    """Every result, in order, outside of bands and of the part with tasks.

    `told`: what other rules read there, whose communes may still be spoken of behind it.
    """
    found: list[Result] = []
    subject: _Subject | None = None
    for index, item in enumerate(survey.items):
        if (index in survey.asking and not _tells(survey, item)) or item.end <= survey.figures_start:
            continue
        inherited = _from_above(survey, index) or _running(survey, subject, item) or _of_title(survey)
        inherited = inherited or _of_district(survey, index) or _beside(survey, subject, index)
        results, subject = _of_item(survey, index, item, inherited, taken, told)
        found += results
    return found


def _tells(survey: Survey, item: Item) -> bool:
    """`2. Xã Tứ Xã: đạt 18/19 tiêu chí` below `II. Kết luận`: a fact in a part that asks for something too."""
    text = survey.whole.flowing
    opens = _OWN_LINE.match(text, item.content, item.end)
    if opens is None:
        return False
    units = [*survey.communes_in(item.content, item.end), *_judged_districts(survey, item)]
    return any(m.start <= opens.end() for m in units)


def _from_above(survey: Survey, index: int) -> _Subject | None:
    """The units of the nearest item above that names exactly one list of them."""
    for above in survey.indices_above(index):
        item = survey.items[above]
        if mentions := survey.communes_in(item.content, item.end):
            first = mentions[0].group
            return _Subject(tuple(m for m in mentions if m.group == first), above)
    return None


def _of_title(survey: Survey) -> _Subject | None:
    """The commune that the whole notice is about, where its title names one only."""
    return _Subject((survey.titled,), TITLE) if survey.titled else None


def _of_district(survey: Survey, index: int) -> _Subject | None:
    """The district that the notice is about, below a heading of its criteria: `3. Về tiêu chí huyện nông thôn mới`."""
    if survey.where.district is None:
        return None
    for item in survey.above(index):
        found = _DISTRICT_HEAD.search(survey.whole.flowing, item.content, item.end)
        if found and item.end - item.content < 200:
            return _Subject((Mention(*found.span(), -found.start(), survey.where.district),), TITLE)
    return None


def _running(survey: Survey, subject: _Subject | None, item: Item) -> _Subject | None:
    """The units that the items before speak of, if this item goes on with them."""
    if subject is None or subject.index == TITLE or item.depth == 0:
        return None
    before = survey.items[subject.index]
    opens = survey.whole.string[before.content : before.end].rstrip().endswith(":")
    return subject if (item.depth > 2 or (opens and before.depth == PLAIN)) and _introduces(survey, subject) else None


def _beside(survey: Survey, subject: _Subject | None, index: int) -> _Subject | None:
    """`1. Huyện Tiên Phước đạt 7/9 tiêu chí` / `2. Chưa đạt 2/9 tiêu chí`: who the item before in the row is about."""
    item = survey.items[index]
    if subject is None or subject.index == TITLE or not _GOES_ON.match(survey.whole.flowing, item.content, item.end):
        return None
    before = survey.items[subject.index]
    row = survey.parents[subject.index] == survey.parents[index] and before.depth == item.depth
    return subject if row and len(subject.mentions) == 1 else None


def _introduces(survey: Survey, subject: _Subject) -> bool:
    """Is the item that names these units a line of its own, like `Xã Bàn Đạt:`, that what follows belongs to?"""
    item = survey.items[subject.index]
    text = survey.whole.string[item.content : item.end].rstrip()
    return len(text) <= 160 and (subject.mentions[0].start - item.content <= 30 or text.endswith((":", ")")))


def _of_item(
    survey: Survey, index: int, item: Item, inherited: _Subject | None, taken: Sequence[Span], told: Sequence[Span]
) -> tuple[list[Result], _Subject | None]:
    """The results of an item, run by run: each list of units begins a new run."""
    hidden = hidden_spans(survey.whole, item.content, item.end)
    named = [*survey.communes_in(item.content, item.end), *_judged_districts(survey, item)]
    mentions = sorted((m for m in named if not within(m.start, [*hidden, *taken])), key=lambda m: m.start)
    starts = [m for k, m in enumerate(mentions) if not k or mentions[k - 1].group != m.group]
    starts = [m for m in starts if not _again_of(survey, m, inherited)]
    results: list[Result] = []
    subject, at = inherited, item.content
    for mention in [*starts, None]:
        stop = mention.start if mention else item.end
        stop = _ahead(survey.whole, at, stop) if mention else stop
        anew = [m.start() for m in _OTHER_SET.finditer(survey.whole.flowing, at, stop)]
        for first, last in pairwise([at, *anew, stop]):
            results += _of_run(survey, index, subject, first, last, [*taken, *told])
        if mention:
            subject = _Subject(tuple(m for m in mentions if m.group == mention.group), index)
            at = stop
    return results, subject


def _ahead(whole: Reading, start: int, name: int) -> int:
    """Where a result begins that stands right before the name of its commune; else the name itself."""
    result = _RESULT_AHEAD.match(whole.flowing, start, name)
    return result.start("result") if result else name


def _again_of(survey: Survey, mention: Mention, subject: _Subject | None) -> bool:
    """`tiêu chí số 1 đến số 19 của xã Hoàng Nam đều bảo đảm` below `A. Xã Hoàng Nam`: still the same one."""
    codes = [m.unit.value.code for m in subject.mentions] if subject else []
    own = mention.unit.value.code
    return own is not None and codes == [own] and survey.whole.flowing[: mention.start].endswith(" cua ")


def _judged_districts(survey: Survey, item: Item) -> list[Mention]:
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


def _of_run(
    survey: Survey, index: int, subject: _Subject | None, start: int, end: int, taken: Sequence[Span]
) -> Iterator[Result]:
    whole = survey.whole
    refs = [ref for ref in find_refs(whole, start, end) if not within(ref.start, taken)]
    since = survey.items[index].content
    cues = as_opened(survey, index, find_cues(whole, start, end, taken, _named_end(subject, index, start), since))
    if subject is None or not (cues or refs):
        return
    judged = judged_refs(survey, index, cues, refs, (start, end))
    counts = [count for cue in cues if cue.count for count in [_stated(whole, cue)] if count]
    if not judged and not counts:
        return
    told = next(((cue.start, cue.end) for cue in cues if cue.count or judged), None)
    told = told or (judged[0][0].start, judged[0][0].end)
    units = tuple(mention.unit for mention in subject.mentions)
    yield Result(units, _target(survey, index, subject, cues, told, start), told, tuple(counts), tuple(judged))


def _named_end(subject: _Subject | None, index: int, start: int) -> int | None:
    """Where the name of the unit ends that a run begins with; the run's start where a heading names it."""
    if subject is None:
        return None
    return max(start, subject.mentions[-1].end) if subject.index == index else start


def counts_in(whole: Reading, start: int, end: int) -> list[StatedCount]:
    """The counts of criteria that a stretch states, of whatever unit."""
    found = (_stated(whole, cue) for cue in find_cues(whole, start, end, ()))
    return [count for count in found if count is not None]


def _stated(whole: Reading, cue: Cue) -> StatedCount | None:
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
    start = max(0, at - CLAUSE, *(m.end() for m in _CLAUSE.finditer(whole.flowing, max(0, at - CLAUSE), at)))
    said = [(m.start(), Told.CLAIMED) for m in _CLAIMED.finditer(whole.flowing, start, at)]
    said += [(m.start(), Told.FOUND) for m in _FOUND.finditer(whole.flowing, start, at)]
    near = [int(m[1]) for m in _YEAR.finditer(whole.flowing, max(0, at - CLAUSE), at + CLAUSE)]
    own = list(_YEAR.finditer(whole.flowing, start, at))[-1:]
    said += [(m.start(), Told.FOUND if int(m[1]) > min(near) else Told.CLAIMED) for m in own]
    return max(said, key=lambda one: one[0])[1] if said else Told.PLAIN


def _target(
    survey: Survey, index: int, subject: _Subject, cues: Sequence[Cue], told: Span, start: int
) -> Field[Target] | None:
    """The level that a result counts for: named beside the unit, in the heading, behind the count, or above.

    `start`: where the run begins, behind the unit's name where another set was spoken of before.
    """
    whole = survey.whole
    if subject.index == TITLE:
        return _named_behind(survey, cues, told) or _field_of(survey, heading_target(survey, index))
    item = survey.items[subject.index]
    near = told[0] if subject.index == index else item.end
    first, last = subject.mentions[0].start, subject.mentions[-1].end
    beside = targets_in(whole, max(last, start) if subject.index == index else last, near)
    if not beside and subject.index != index:
        beside = targets_in(whole, item.content, first)[-1:]
    if beside:
        # đạt chuẩn từ năm 2015, nay xin thẩm tra … nâng cao: the last; a model commune is counted by the advanced set
        as_model = any(level is Target.KIEU_MAU for level, _, _ in beside)
        return target_field(survey, beside[0 if as_model or subject.index != index else -1])
    since = max(item.content, first - 60, whole.flowing.rfind(";", 0, first) + 1)
    before = targets_in(whole, since, first)[-1:] if subject.index == index else []
    above = before[0] if before else leading_target(whole, item.content, first) or heading_target(survey, index)
    if above and above[0] is Target.KIEU_MAU:  # a model commune is counted by the advanced set
        return target_field(survey, above)
    if (above is None or above[0] is Target.NANG_CAO) and (model := _model_title(survey)):
        return model
    return _model_beside(survey, index, told) or _named_behind(survey, cues, told) or _field_of(survey, above)


def _model_beside(survey: Survey, index: int, told: Span) -> Field[Target] | None:
    """`giữ vững 19/19 tiêu chí nông thôn mới nâng cao, đạt các tiêu chí nông thôn mới kiểu mẫu`: judged as a model."""
    found = _AS_MODEL.search(survey.whole.flowing, told[1], survey.items[index].end)
    named = targets_in(survey.whole, *found.span()) if found else []
    return target_field(survey, named[0]) if named else None


def _model_title(survey: Survey) -> Field[Target] | None:
    """The level of a trích yếu that speaks of model communes alone: they are counted by the advanced set."""
    subject = survey.zones.subject
    named = targets_in(subject, 0, len(subject.string))
    if {target for target, _, _ in named} != {Target.KIEU_MAU}:
        return None
    return vouched(subject.field(*named[0], "target_of_title", Method.MATCHED), SHORT_PHRASE)


def _named_behind(survey: Survey, cues: Sequence[Cue], told: Span) -> Field[Target] | None:
    """`đạt 17/19 tiêu chí nông thôn mới nâng cao`: the level right behind the count, or of the set that is named."""
    of_set = _OF_SET.match(survey.whole.flowing, told[1])
    if of_set and (level := targets_in(survey.whole, *of_set.span("set"))):
        return target_field(survey, level[0])
    ends = [cue.last for cue in cues if cue.count] or [told[1]]
    limit = min(ends[-1] + 60, next(item.end for item in survey.items if item.end >= told[1]))
    named = targets_in(survey.whole, told[0], limit)
    behind = [target for end in ends for target in named if target[2] > end and target[1] - end <= 25]
    return _field_of(survey, behind[0] if behind else None)


def _field_of(survey: Survey, target: TargetAt | None) -> Field[Target] | None:
    return target_field(survey, target) if target else None
