"""Units that a notice recognises (`công nhận`) or plans for (`phấn đấu`, `đăng ký`), with the level it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.field import Field
from extract.notice import Level, Method, Outcome, Target, Unit
from extract.ntm.plans import tells_fact
from extract.ntm.survey import (
    Survey,
    TargetAt,
    aimed,
    heading_target,
    leading_paragraph,
    leading_target,
    target_field,
    target_in,
    targets_in,
)
from extract.ntm.trust import SHORT_PHRASE, phrase_floor, vouched
from extract.ntm.units.communes import names_behind
from extract.ntm.units.districts import find_districts, match_named_district
from extract.ntm.units.link import Mention, link_unit
from extract.ntm.units.names import NAME, read_names
from extract.parts.items import Item, sentences
from extract.words.phrases import Span, find_phrases

GUARD = 34  # characters before `công nhận` in which `đề nghị` or `hồ sơ` takes it back
_DISTRICT = re.compile(r"\s*(?:huyen|thi\s+xa|thanh\s+pho)\s+(?=\w)")
_LIST_FOLLOWS = re.compile(r"(?:gom|sau day|sau|danh sach|cu the|nhu sau)[^.]{0,40}:?\s*$|:\s*$")
# công nhận xã nông thôn mới kiểu mẫu: without `đạt chuẩn`
_AS = re.compile(
    r"\s*(?:la\s+|danh\s+hieu\s+)?(?:xa|huyen|thi\s+xa)\s+(?:[^.;,]{0,40}?\s)?(?:nong\s+thon\s+moi|ntm)(?!\w)"
)


# Giấy mời dự Lễ công bố xã … đạt chuẩn · Kế hoạch tổ chức đón nhận Bằng công nhận xã …
_ANNOUNCED = re.compile(r"(?<!\w)(?:le|buoi le|to chuc)\s+(?:don\s+(?:nhan|bang)\b.{0,60}?|cong bo)(?!\w)")
_ITSELF = re.compile(r"\W*xa\s+(?:(?:da|cung|co|se)\s+)*(?:dang\s+k[iy]|phan\s+dau|du\s+kien)")
# Xã đã được UBND tỉnh công nhận · xã Hương Ngải đã được UBND Thành phố công nhận;
_RECOGNISED = r"(?:da\s+)?duoc\s(?:[^.;,]{0,60}\s)?cong\s+nhan(?!\w)"
_ITSELF_DONE = re.compile(rf"\W*(?:(?:nam|den\s+nam|tu\s+nam)\s+20\d\d,?\s+)?xa\s+{_RECOGNISED}")
_ALREADY = re.compile(rf"(?<!\w){_RECOGNISED}")
# Thu hồi Quyết định số 1340/QĐ-UBND ngày … về việc công nhận xã Sa Sơn
_WITHDRAWN = re.compile(
    r"(?<!\w)(?:thu\s+hoi|huy\s+bo|bai\s+bo)\s+(?:quyet\s+dinh|viec\s+cong\s+nhan|bang|danh\s+hieu)(?!\w)"
)
# Năm 2015 (03 xã): Xuân Hòa, …
_OF_YEAR = re.compile(r"\W*nam\s+(?P<year>20[0-4]\d)\s*(?:\(\s*\d{1,3}\s+xa\s*\)|co\s+\d{1,3}\s+xa)?\s*:")
# xã Suối Rao phải hoàn thành 04 tiêu chí: asked of it, no level that it is to reach
_TO_FULFIL = re.compile(r"(?:phai|can|hoan\s+thanh)\s[^.;]{0,30}?tieu\s+chi(?!\s+(?:ntm|nong\s+thon))")
# đã được UBND tỉnh công nhận
_DONE = re.compile(r"(?<!\w)(?:da|duoc)(?!\w)")
# 03 xã đã được công nhận: … · 02 xã được … công nhận lại sau sáp nhập (xã Giao Long, xã Tiên Thủy)
_BEHIND = re.compile(
    r"(?:\s+(?:lai|moi|them|nam\s+20\d\d|sau\s+(?:khi\s+)?(?:sap\s+(?:nhap|xep)|hop\s+nhat)))*\s*(?:[:(]|(?:gom|la)\b)"
)
# công nhận 04 xã đạt chuẩn nông thôn mới, gồm: xã Sa Nghĩa, xã Sa Bình
_OPENS = re.compile(r"(?::|\bgom)\s*(?:cac\s+)?$")


@dataclass(frozen=True, slots=True)
class Named:
    """A unit, the level of the programme, and what the notice does with it."""

    unit: Field[Unit]
    target: Field[Target]
    outcome: Field[Outcome]


def find_recognised(survey: Survey, taken: Sequence[Span]) -> list[Named]:
    """Units recognised, by this notice or as it tells by another."""
    found = [*_in_title(survey), *_by_year(survey)]
    for index, item in enumerate(survey.items):
        if index in survey.asking or (item.start < survey.report_start and item.depth != 0):
            continue
        for start, end in sentences(survey.whole, item.content, item.end):
            for cue in find_phrases(survey.whole, "recognised", start, end):
                if not _taken_back(survey, cue, start) and not _inside(cue, taken):
                    found += _recognised_by(survey, index, cue, end)
    return found


def _in_title(survey: Survey) -> Iterator[Named]:
    """`Dự Lễ công bố xã Long Hưng A đạt chuẩn nông thôn mới nâng cao`: what the trích yếu of any notice announces."""
    whole, spans = survey.whole, survey.zones.subject_spans
    if not spans or survey.titled is None:
        return
    start, end = spans[0][0], spans[-1][1]
    cue = _ANNOUNCED.search(whole.flowing, start, end)
    targets = targets_in(whole, survey.titled.end, end)
    if cue and targets and find_phrases(whole, "reached", survey.titled.end, end) and start <= survey.titled.start:
        outcome = whole.field(Outcome.RECOGNISED, *cue.span(), "recognised", Method.MATCHED)
        outcome = vouched(outcome, phrase_floor(whole, *cue.span()))
        yield Named(survey.titled.unit, target_field(survey, targets[0]), outcome)


def _by_year(survey: Survey) -> Iterator[Named]:
    """`- Năm 2015: Xuân Hòa, Bắc Lương` below `1. Các xã công nhận từng năm`."""
    whole = survey.whole
    for index, item in enumerate(survey.items):
        year, parent = _OF_YEAR.match(whole.flowing, item.content, item.end), survey.parents[index]
        head = survey.items[parent] if year and parent is not None else None
        cues = find_phrases(whole, "recognised", head.content, head.end) if head else []
        if not year or not head or not cues or index in survey.asking or _taken_back(survey, cues[0], head.content):
            continue
        stop = next((end for _, end in sentences(whole, item.content, item.end)), item.end)
        clause = whole.string.find(";", year.end(), stop)
        units = _units_of(survey, item.content, clause if clause >= 0 else stop)
        level = heading_target(survey, index) or target_in(whole, head.content, head.end) or (Target.NTM, *cues[0])
        outcome = vouched(whole.field(Outcome.RECOGNISED, *year.span(), "recognised", Method.MATCHED), SHORT_PHRASE)
        late = int(year["year"]) > survey.where.day.year
        yield from (Named(unit, target_field(survey, level), outcome) for unit in units if not late)


def _inside(span: Span, taken: Sequence[Span]) -> bool:
    return any(a <= span[0] < b for a, b in taken)


def _taken_back(survey: Survey, cue: Span, start: int) -> bool:
    """`đề nghị công nhận`, `hồ sơ xét, công nhận`, `đủ điều kiện công nhận`: nobody is recognised yet.

    Nor by what a tờ trình proposes: `3. Nội dung trình: Công nhận xã Long Định`.
    """
    done = _DONE.search(survey.whole.flowing, max(start, cue[0] - GUARD), cue[1])
    if survey.document.type and survey.document.type.value == "to_trinh" and not done:
        return True
    withdrawn = _WITHDRAWN.search(survey.whole.flowing, start, cue[0])
    return bool(withdrawn or find_phrases(survey.whole, "not_yet_recognised", max(start, cue[0] - GUARD), cue[0]))


def _recognised_by(survey: Survey, index: int, cue: Span, end: int) -> Iterator[Named]:
    whole = survey.whole
    targets = targets_in(whole, cue[1], end)
    if not targets:
        yield from _by_level(survey, index, cue, end)
        yield from _plainly(survey, index, cue, end)
        return
    # đã được công nhận nông thôn mới nâng cao
    named = targets[0][1] - cue[1] <= 1 and "duoc" in whole.flowing[max(0, cue[0] - 40) : cue[1]]
    if not (named or find_phrases(whole, "reached", cue[1], end) or _AS.match(whole.flowing, cue[1], end)):
        return
    outcome = whole.field(Outcome.RECOGNISED, *cue, "recognised", Method.MATCHED)
    outcome = vouched(outcome, phrase_floor(whole, *cue))
    mentions = _mentions_of(survey, survey.items[index].content, cue, end)
    mentions = mentions or _headed(survey, index, survey.items[index].content, _ITSELF_DONE)
    if not mentions:
        district = _district_before(survey, survey.items[index].content, cue) or _district_at(survey, cue[1], end)
        if district is not None:
            yield Named(district, target_field(survey, targets[0]), outcome)
        elif _LIST_FOLLOWS.search(whole.flowing, cue[1], end):
            yield from _listed_below(survey, index, targets[0], outcome)
        return
    for mention in mentions:
        yield Named(mention.unit, target_field(survey, _nearest(survey, targets, mention, mentions)), outcome)
    if _LIST_FOLLOWS.search(whole.flowing, mentions[-1].end, end):
        yield from _listed_below(survey, index, targets[0], outcome)


def _plainly(survey: Survey, index: int, cue: Span, end: int) -> Iterator[Named]:
    """`ba xã Bản Ngoại, Mỹ Yên, Phú Lạc được Chủ tịch UBND tỉnh công nhận đạt chuẩn`: no level is named."""
    whole = survey.whole
    told = _passive(survey, survey.items[index].content, cue)
    reached = find_phrases(whole, "reached", cue[1] - 1, min(cue[1] + 12, end))
    # Về nông thôn mới nâng cao: xã Hương Ngải đã được UBND Thành phố công nhận;
    closed = re.match(r"\s*[;.]", whole.flowing[cue[1] : end]) is not None
    leading = leading_target(whole, survey.items[index].content, told[0].start) if told and closed else None
    opened = _BEHIND.match(whole.flowing, cue[1], end)
    if opened and not told and _ALREADY.search(whole.flowing, survey.items[index].content, cue[1]):
        told = survey.communes_in(opened.end(), end)
        leading = leading_target(whole, survey.items[index].content, cue[0]) or heading_target(survey, index)
        leading = leading or (Target.NTM, *cue)
    if not told or not (reached or leading):
        return
    outcome = vouched(whole.field(Outcome.RECOGNISED, *cue, "recognised", Method.MATCHED), phrase_floor(whole, *cue))
    level = leading or heading_target(survey, index) or (Target.NTM, *(reached or [cue])[0])
    target = target_field(survey, level)
    yield from (Named(mention.unit, target, outcome) for mention in told)


def _by_level(survey: Survey, index: int, cue: Span, end: int) -> Iterator[Named]:
    """`Công nhận 04 xã đạt chuẩn năm 2022, gồm:` with a level in each item below: `1. Đạt chuẩn …: xã A, xã B`."""
    whole = survey.whole
    if not _LIST_FOLLOWS.search(whole.flowing, cue[1], end):
        return
    headed = bool(find_phrases(whole, "reached", cue[1], end))
    outcome = whole.field(Outcome.RECOGNISED, *cue, "recognised", Method.MATCHED)
    for item in _items_below(survey, index):
        levels = targets_in(whole, item.content, item.end)
        reached = headed or find_phrases(whole, "reached", item.content, item.end)
        if reached and len({target for target, _, _ in levels}) == 1:
            for unit in _units_of(survey, item.content, item.end):
                yield Named(unit, target_field(survey, levels[0]), vouched(outcome, phrase_floor(whole, *cue)))


def _mentions_of(survey: Survey, start: int, cue: Span, end: int) -> list[Mention]:
    """The communes that a clause recognises: behind the cue, `xã X được … công nhận` before it."""
    text = survey.whole.flowing
    stop = text.find(";", cue[1], end)
    if told_of := _passive(survey, start, cue):
        return told_of
    behind = survey.communes_in(cue[1], end)
    # gồm: xã Sa Nghĩa, xã Sa Bình (huyện Sa Thầy); xã Đắk Kan: the list goes on behind a semicolon
    listed = behind and _OPENS.search(text, cue[1], behind[0].start) is not None
    if stop >= 0 and not listed:
        groups = {mention.group for mention in behind if mention.start < stop or _reaches(survey, mention, end)}
        behind = [mention for mention in behind if mention.group in groups]
    return behind


def _passive(survey: Survey, start: int, cue: Span) -> list[Mention]:
    """`xã Đồng Kho được công nhận đạt chuẩn`: the list of communes that the clause of a passive cue begins with."""
    text = survey.whole.flowing
    window = text[max(start, cue[0] - 40) : cue[1]]
    if "duoc" not in window and "co quyet dinh" not in window:  # đã có quyết định của UBND tỉnh công nhận
        return []
    first = max(start, text.rfind(";", start, cue[0]) + 1, text.rfind(". ", start, cue[0]) + 1)
    before = survey.communes_in(first, cue[0])
    # ba xã được công nhận đạt chuẩn là Yên Trung, Yên Bình: the list begins with `ba xã` and goes on behind the cue
    return [mention for mention in survey.communes if before and mention.group == before[-1].group]


def _reaches(survey: Survey, mention: Mention, end: int) -> bool:
    """`…; xã Úc Kỳ đạt chuẩn nông thôn mới nâng cao`: is a unit of a later clause recognised with its own level?"""
    text = survey.whole.flowing
    first, stop = text.rfind(";", 0, mention.start) + 1, text.find(";", mention.end, end)
    stop = stop if stop >= 0 else end
    reached = find_phrases(survey.whole, "reached", mention.end, stop)
    asked = find_phrases(survey.whole, "addressing", first, mention.start)
    return bool(reached and targets_in(survey.whole, mention.end, stop) and not asked)


def _district_before(survey: Survey, start: int, cue: Span) -> Field[Unit] | None:
    """`huyện Ninh Hải được Thủ tướng Chính phủ công nhận huyện đạt chuẩn`: the district of a passive clause."""
    text = survey.whole.flowing
    if "duoc" not in text[max(start, cue[0] - 40) : cue[1]]:
        return None
    first = max(start, text.rfind(";", start, cue[0]) + 1, text.rfind(". ", start, cue[0]) + 1)
    named = find_districts(survey.whole, survey.where, first, cue[0])
    return named[-1].unit if named else None


def _district_at(survey: Survey, start: int, end: int) -> Field[Unit] | None:
    """`Công nhận huyện Yên Lạc, tỉnh Vĩnh Phúc đạt chuẩn`: the district right behind."""
    opener = _DISTRICT.match(survey.whole.flowing, start, end)
    run = NAME.match(survey.whole.string, opener.end(), end) if opener else None
    if run is None:
        return None
    match, stop = match_named_district(survey.whole, run.start(), run.end(), survey.where)
    return link_unit(survey.whole, run.start(), stop, match, Level.DISTRICT, "huyện", survey.where)


def _listed_below(survey: Survey, index: int, target: TargetAt, outcome: Field[Outcome]) -> Iterator[Named]:
    """The units of the items below `Công nhận 02 xã …, gồm:`."""
    whole = survey.whole
    for item in _items_below(survey, index):
        own = targets_in(whole, item.content, item.end)
        for unit in _units_of(survey, item.content, item.end):
            yield Named(unit, target_field(survey, own[0] if own else target), outcome)


def _items_below(survey: Survey, index: int) -> Iterator[Item]:
    """The items of the list that an item opens: below it, or, where a paragraph leads in numbered ones, beside it."""
    for child, parent in enumerate(survey.parents):
        if parent == index or (parent == survey.parents[index] and leading_paragraph(survey, child) == index):
            yield survey.items[child]


def _units_of(survey: Survey, start: int, end: int) -> list[Field[Unit]]:
    mentions = survey.communes_in(start, end)
    mentions = mentions or names_behind(survey.whole, survey.where, start, end)
    if mentions:
        return [mention.unit for mention in mentions]
    names = read_names(survey.whole, start, end, "xã", survey.where)
    return [
        link_unit(survey.whole, a, b, match, Level.COMMUNE, kind, survey.where)
        for a, b, kind, match in names
        if match.sure
    ]


def find_fit(survey: Survey, taken: Sequence[Span]) -> list[Named]:
    """Units found fit, or unfit, to be recognised: judged, though by no criteria."""
    found: list[Named] = []
    for index, item in enumerate(survey.items):
        if index in survey.asking or item.start < survey.report_start:
            continue
        for start, end in sentences(survey.whole, item.content, item.end):
            planned = find_phrases(survey.whole, "planned", start, end)  # Thống nhất để xã … đăng ký đạt chuẩn
            if not _inside((start, end), taken) and not planned:
                found += _named_in(survey, index, (start, end), "fit", Outcome.ASSESSED)
    return found


def find_planned(survey: Survey, taken: Sequence[Span]) -> list[Named]:
    """Units that are to reach a level: `xã Đồng Ý phấn đấu đạt chuẩn nông thôn mới kiểu mẫu`."""
    found: list[Named] = []
    for index, item in enumerate(survey.items):
        if item.start < survey.report_start:
            continue
        for start, end in sentences(survey.whole, item.content, item.end):
            if not _inside((start, end), taken):
                found += _named_in(survey, index, (start, end), "planned", Outcome.PLANNED)
                found += _aimed_at(survey, index, (start, end))
        found += _planned_below(survey, index)
    return found


def _planned_below(survey: Survey, index: int) -> Iterator[Named]:
    """The communes that bullets begin with below `1. Xã phấn đấu đạt chuẩn nông thôn mới nâng cao:`."""
    whole, item = survey.whole, survey.items[index]
    cues = find_phrases(whole, "planned", item.content, item.end)
    levels = targets_in(whole, item.content, item.end)
    alone = cues and survey.closes_with(index, ":") and not survey.communes_in(item.content, item.end)
    if not alone or len(levels) != 1 or not find_phrases(whole, "reached", item.content, item.end):
        return
    outcome = vouched(whole.field(Outcome.PLANNED, *cues[0], "planned", Method.MATCHED), phrase_floor(whole, *cues[0]))
    for below in _items_below(survey, index):
        first = survey.communes_in(below.content, below.end)[:1]
        if first and first[0].start <= below.content + 1:
            yield Named(first[0].unit, target_field(survey, levels[0]), outcome)


def _aimed_at(survey: Survey, index: int, span: Span) -> Iterator[Named]:
    """`Xây dựng 02 xã Đắk Sôr, Nam Xuân đạt chuẩn nông thôn mới` below `II. MỤC TIÊU NĂM 2022`."""
    whole = survey.whole
    if find_phrases(whole, "planned", *span) or tells_fact(whole, *span) or not aimed(survey, index):
        return
    targets, mentions = targets_in(whole, *span), survey.communes_in(*span)
    cues = find_phrases(whole, "reached", *span)
    for mention in mentions if cues and targets else ():
        outcome = whole.field(Outcome.PLANNED, *_cue_of(cues, mention), "planned", Method.MATCHED)
        outcome = vouched(outcome, phrase_floor(whole, *_cue_of(cues, mention)))
        yield Named(mention.unit, target_field(survey, _nearest(survey, targets, mention, mentions)), outcome)


def _named_in(survey: Survey, index: int, span: Span, group: str, outcome_of: Outcome) -> Iterator[Named]:
    """The communes of a sentence with a cue of a group, each with the level named nearest."""
    whole = survey.whole
    start, end = span
    cues = find_phrases(whole, group, start, end)
    reached = find_phrases(whole, "reached", start, end)
    # xã Đồng Ích đủ điều kiện đề nghị công nhận nông thôn mới kiểu mẫu: without `đạt chuẩn`
    led = group == "fit" and leading_target(whole, start, cues[0][0]) is not None if cues else False
    targets = targets_in(whole, start, end)
    led = led or (group == "planned" and _levels_in_brackets(survey, targets, span))
    if not cues or not (reached or led or find_phrases(whole, "recognised", start, end)):
        return
    above = heading_target(survey, index)
    mentions = survey.communes_in(start, end) or (_headed(survey, index, start) if group == "planned" else [])
    if outcome_of is Outcome.PLANNED:
        mentions = [m for m in mentions if not (_already(survey, m, span) or _only_asked(survey, m, span))]
    for mention in mentions:
        model = above if above and above[0] is Target.KIEU_MAU else None  # counted there by the advanced set
        target = model or (_nearest(survey, targets, mention, mentions) if targets else above)
        if target is not None:
            cue = _cue_of(cues, mention)
            outcome = vouched(whole.field(outcome_of, *cue, group, Method.MATCHED), phrase_floor(whole, *cue))
            yield Named(mention.unit, target_field(survey, target), outcome)


def _levels_in_brackets(survey: Survey, targets: Sequence[TargetAt], span: Span) -> bool:
    """`danh sách đăng ký năm 2023: xã Gia Điền (nông thôn mới nâng cao), xã Hiền Lương (nông thôn mới kiểu mẫu)`."""
    mentions, text = survey.communes_in(*span), survey.whole.string
    behind = {end for m in mentions for _, start, end in targets if text[m.end : start].strip() == "("}
    return bool(mentions) and len(behind) == len(mentions)


def _already(survey: Survey, mention: Mention, span: Span) -> bool:
    """`xã Hương Ngải đã được công nhận; xã Dị Nậu phấn đấu năm 2021`: does its own clause recognise it?"""
    text = survey.whole.flowing
    first, stop = max(span[0], text.rfind(";", span[0], mention.start) + 1), text.find(";", mention.end, span[1])
    stop = stop if stop >= 0 else span[1]
    return _ALREADY.search(text, mention.end, stop) is not None and not find_phrases(
        survey.whole, "planned", first, stop
    )


def _only_asked(survey: Survey, mention: Mention, span: Span) -> bool:
    """`xã Xà Bang đăng ký kiểu mẫu; xã Suối Rao phải hoàn thành 04 tiêu chí`: is its own clause of criteria?"""
    text = survey.whole.flowing
    first, stop = text.rfind(";", span[0], mention.start) + 1, text.find(";", mention.end, span[1])
    stop = stop if stop >= 0 else span[1]
    return first > 0 and _TO_FULFIL.search(text, mention.end, stop) is not None


def _headed(survey: Survey, index: int, start: int, itself: re.Pattern[str] = _ITSELF) -> list[Mention]:
    """The one commune told of before a sentence that begins with `Xã đăng ký …`, in its paragraph or above it."""
    if not itself.match(survey.whole.flowing, start):
        return []
    if before := survey.communes_in(survey.items[index].content, start):
        return before[-1:] if before[-1].group != before[0].group or len(before) == 1 else []
    named = (survey.communes_in(item.content, item.end) for item in survey.above(index))
    own = [survey.titled] if survey.titled and itself is _ITSELF_DONE else []
    first = next((mentions for mentions in named if mentions), own)
    return first if len(first) == 1 else []


def _cue_of(cues: Sequence[Span], mention: Mention) -> Span:
    return min(cues, key=lambda cue: abs(cue[0] - mention.start))


def _nearest(survey: Survey, targets: Sequence[TargetAt], mention: Mention, mentions: Sequence[Mention]) -> TargetAt:
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
