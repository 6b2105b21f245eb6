"""Units that a notice recognises (`công nhận`), or tells that another did, with the level it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.field import Field
from extract.notice import Method, Outcome, Target
from extract.ntm.levels import TargetAt, heading_target, leading_target, target_field, target_in, targets_in
from extract.ntm.survey import Survey, aimed
from extract.ntm.trust import SHORT_PHRASE, vouched
from extract.ntm.verdicts.outcomes.named import Named, outcome_at
from extract.ntm.verdicts.outcomes.units import (
    ALREADY,
    ITSELF_DONE,
    commune_told,
    indices_below,
    items_below,
    nearest,
    units_in,
)
from extract.ntm.verdicts.outcomes.whom import district_before, district_behind, passive, recognised_at
from extract.parts.clauses import clause_end, sentences
from extract.reading import Span, within
from extract.words.phrases import find_phrases

GUARD = 34  # characters before `công nhận` in which `đề nghị` or `hồ sơ` takes it back
_LIST_FOLLOWS = re.compile(r"(?:gom|sau day|sau|danh sach|cu the|nhu sau)[^.]{0,40}:?\s*$|:\s*$")
# công nhận xã nông thôn mới kiểu mẫu: without `đạt chuẩn`
_AS = re.compile(
    r"\s*(?:la\s+|danh\s+hieu\s+)?(?:xa|huyen|thi\s+xa)\s+(?:[^.;,]{0,40}?\s)?(?:nong\s+thon\s+moi|ntm)(?!\w)"
)
# Giấy mời dự Lễ công bố xã … đạt chuẩn · Kế hoạch tổ chức đón nhận Bằng công nhận xã …
_ANNOUNCED = re.compile(r"(?<!\w)(?:le|buoi le|to chuc)\s+(?:don\s+(?:nhan|bang)\b.{0,60}?|cong bo)(?!\w)")
# Thu hồi Quyết định số 1340/QĐ-UBND ngày … về việc công nhận xã Sa Sơn
_WITHDRAWN = re.compile(
    r"(?<!\w)(?:thu\s+hoi|huy\s+bo|bai\s+bo)\s+(?:quyet\s+dinh|viec\s+cong\s+nhan|bang|danh\s+hieu)(?!\w)"
)
_YEAR = re.compile(r"(?<!\w)(?:nam\s+|ngay\s+\d{1,2}\s*[/.]\s*\d{1,2}\s*[/.]\s*)(?P<year>20\d\d)(?!\d)")
_PROPOSED = re.compile(r"(?<!\w)de\s+nghi\s+(?:(?:tham\s+dinh|xet|xem\s+xet),?\s+)*cong\s+nhan(?!\w)")
_IF = re.compile(r"(?<!\w)[Nn]ếu\s")  # Nếu hoàn thành tiêu chí số 17, UBND tỉnh công nhận; not nêu trên
# Năm 2015 (03 xã): Xuân Hòa, …
_OF_YEAR = re.compile(r"\W*nam\s+(?P<year>20[0-4]\d)\s*(?:\(\s*\d{1,3}\s+xa\s*\)|co\s+\d{1,3}\s+xa)?\s*:")
# đã được UBND tỉnh công nhận
_OF_SCHOOLS = re.compile(r"\s+quoc\s+gia(?!\s+ve\s+(?:xa|nong\s+thon))")  # trường được công nhận đạt chuẩn quốc gia
_DONE = re.compile(r"(?<!\w)(?:da|duoc)(?!\w)")
# 03 xã đã được công nhận: … · 02 xã được … công nhận lại sau sáp nhập (xã Giao Long, xã Tiên Thủy)
_BEHIND = re.compile(
    r"(?:\s+(?:lai|moi|them|nam\s+20\d\d|sau\s+(?:khi\s+)?(?:sap\s+(?:nhap|xep)|hop\s+nhat)))*\s*(?:[:(]|(?:gom|la)\b)"
)


def find_recognised(survey: Survey, taken: Sequence[Span]) -> list[Named]:
    """Units recognised, by this notice or as it tells by another."""
    found = [*_in_title(survey), *_by_year(survey)]
    for index, item in enumerate(survey.items):
        if index in survey.asking or (item.start < survey.report_start and item.depth != 0):
            continue
        for start, end in sentences(survey.whole, item.content, item.end):
            for cue in find_phrases(survey.whole, "recognised", start, end):
                told = not _taken_back(survey, cue, start) and not _of_aims(survey, index, cue, start)
                if told and not within(cue[0], taken):
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
        outcome = outcome_at(whole, Outcome.RECOGNISED, cue.span(), "recognised")
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
        units = units_in(survey, item.content, clause_end(whole.string, year.end(), stop))
        level = heading_target(survey, index) or target_in(whole, head.content, head.end) or (Target.NTM, *cues[0])
        outcome = vouched(whole.field(Outcome.RECOGNISED, *year.span(), "recognised", Method.MATCHED), SHORT_PHRASE)
        late = int(year["year"]) > survey.where.day.year
        yield from (Named(unit, target_field(survey, level), outcome) for unit in units if not late)


def _taken_back(survey: Survey, cue: Span, start: int) -> bool:
    """`đề nghị công nhận`, `hồ sơ xét, công nhận`, `đủ điều kiện công nhận`: nobody is recognised yet.

    Nor by what a tờ trình proposes: `3. Nội dung trình: Công nhận xã Long Định`.
    """
    done = _DONE.search(survey.whole.flowing, max(start, cue[0] - GUARD), cue[1])
    if survey.document.type and survey.document.type.value == "to_trinh" and not done:
        return True
    if _WITHDRAWN.search(survey.whole.flowing, start, cue[0]) or _IF.search(survey.whole.string, start, cue[0]):
        return True
    # `chưa được công nhận` is one phrase and reaches into the cue
    return bool(find_phrases(survey.whole, "not_yet_recognised", max(start, cue[0] - GUARD), cue[1]))


def _of_aims(survey: Survey, index: int, cue: Span, start: int) -> bool:
    """`1. Xã Quảng Tâm hoàn thành …, được công nhận đạt chuẩn` below `II. MỤC TIÊU NĂM 2024`, without `đã`."""
    done = re.compile(r"(?<!\w)đã(?!\w)").search(survey.whole.string, max(start, cue[0] - GUARD), cue[1])
    return done is None and aimed(survey, index)


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
    outcome = outcome_at(whole, Outcome.RECOGNISED, cue, "recognised")
    mentions = recognised_at(survey, survey.items[index].content, cue, end)
    if not mentions and not _proposed_above(survey, index, targets[0][0]):
        mentions = commune_told(survey, index, survey.items[index].content, ITSELF_DONE)
    if not mentions:
        district = district_before(survey, survey.items[index].content, cue) or district_behind(survey, cue[1], end)
        if district is not None:
            yield Named(district, target_field(survey, targets[0]), outcome)
        elif _LIST_FOLLOWS.search(whole.flowing, cue[1], end):
            yield from _listed_below(survey, index, targets[0], outcome)
        return
    past = _of_earlier_year(survey, cue, end)
    for mention in mentions:
        yield Named(mention.unit, target_field(survey, nearest(survey, targets, mention, mentions)), outcome, past)
    if _LIST_FOLLOWS.search(whole.flowing, mentions[-1].end, end):
        yield from _listed_below(survey, index, targets[0], outcome)


def _of_earlier_year(survey: Survey, cue: Span, end: int) -> bool:
    """`được công nhận đạt chuẩn nông thôn mới từ năm 2015 theo Quyết định số 2546/QĐ-UBND ngày 09/12/2015`."""
    told = _YEAR.search(survey.whole.flowing, cue[1], clause_end(survey.whole.string, cue[1], end))
    return told is not None and int(told["year"]) < survey.where.day.year


def _proposed_above(survey: Survey, index: int, told: Target) -> bool:
    """`2. Xã Kim Anh đề nghị công nhận … kiểu mẫu` / `Xã đã được công nhận … nâng cao năm 2023`: what came before."""
    for item in survey.above(index):
        if proposed := _PROPOSED.search(survey.whole.flowing, item.content, item.end):
            return any(level is not told for level, _, _ in targets_in(survey.whole, proposed.end(), item.end))
    return False


def _plainly(survey: Survey, index: int, cue: Span, end: int) -> Iterator[Named]:
    """`ba xã Bản Ngoại, Mỹ Yên, Phú Lạc được Chủ tịch UBND tỉnh công nhận đạt chuẩn`: no level is named."""
    whole = survey.whole
    told = passive(survey, survey.items[index].content, cue)
    reached = find_phrases(whole, "reached", cue[1] - 1, min(cue[1] + 12, end))
    # Về nông thôn mới nâng cao: xã Hương Ngải đã được UBND Thành phố công nhận;
    closed = re.match(r"\s*[;.]", whole.flowing[cue[1] : end]) is not None
    leading = leading_target(whole, survey.items[index].content, told[0].start) if told and closed else None
    opened = _BEHIND.match(whole.flowing, cue[1], end)
    if opened and not told and ALREADY.search(whole.flowing, survey.items[index].content, cue[1]):
        told = survey.communes_in(opened.end(), end)
        leading = leading_target(whole, survey.items[index].content, cue[0]) or heading_target(survey, index)
        leading = leading or (Target.NTM, *cue)
    if not told or not (reached or leading) or (reached and _OF_SCHOOLS.match(whole.flowing, reached[0][1])):
        return
    outcome = outcome_at(whole, Outcome.RECOGNISED, cue, "recognised")
    level = leading or heading_target(survey, index) or (Target.NTM, *(reached or [cue])[0])
    target = target_field(survey, level)
    yield from (Named(mention.unit, target, outcome) for mention in told)


def _by_level(survey: Survey, index: int, cue: Span, end: int) -> Iterator[Named]:
    """`Công nhận 04 xã đạt chuẩn năm 2022, gồm:` with a level in each item below: `1. Đạt chuẩn …: xã A, xã B`."""
    whole = survey.whole
    if not _LIST_FOLLOWS.search(whole.flowing, cue[1], end):
        return
    headed = bool(find_phrases(whole, "reached", cue[1], end))
    outcome = outcome_at(whole, Outcome.RECOGNISED, cue, "recognised")
    for item in items_below(survey, index):
        levels = targets_in(whole, item.content, item.end)
        reached = headed or find_phrases(whole, "reached", item.content, item.end)
        if reached and len({target for target, _, _ in levels}) == 1:
            for unit in units_in(survey, item.content, item.end):
                yield Named(unit, target_field(survey, levels[0]), outcome)


def _listed_below(survey: Survey, index: int, target: TargetAt, outcome: Field[Outcome]) -> Iterator[Named]:
    """The units of the items below `Công nhận 02 xã …, gồm:`; `a) Xã Trinh Phú` below `1. Xã đạt chuẩn …:`, too."""
    whole = survey.whole
    for child in indices_below(survey, index):
        item = survey.items[child]
        own = targets_in(whole, item.content, item.end)
        level = own[0] if own else target
        units = units_in(survey, item.content, item.end)
        yield from (Named(unit, target_field(survey, level), outcome) for unit in units)
        if not units and own and whole.string[item.content : item.end].rstrip().endswith(":"):
            yield from _listed_below(survey, child, level, outcome)
