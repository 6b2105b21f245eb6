"""Units that are found fit to be recognised, or that plan to reach a level (`phấn đấu`, `đăng ký`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.field import Field
from extract.notice import Outcome, Target, Unit
from extract.ntm.levels import (
    TargetAt,
    heading_target,
    leading_paragraph,
    leading_target,
    target_field,
    targets_in,
)
from extract.ntm.plans import tells_fact
from extract.ntm.survey import Survey, aimed
from extract.ntm.units.link import Mention
from extract.ntm.verdicts.outcomes.named import Named, outcome_at
from extract.ntm.verdicts.outcomes.units import ALREADY, commune_told, cue_of, items_below, nearest, units_in
from extract.parts.clauses import clause_end, clause_start, sentences
from extract.reading import Span, within
from extract.words.phrases import find_phrases
from normalize.letters import UPPER

# xã Suối Rao phải hoàn thành 04 tiêu chí: asked of it, no level that it is to reach
_TO_FULFIL = re.compile(r"(?:phai|can|hoan\s+thanh)\s[^.;]{0,30}?tieu\s+chi(?!\s+(?:ntm|nong\s+thon))")

# lĩnh vực nổi trội đăng ký là cảnh quan môi trường: a field is registered, no level
_OF_FIELD = re.compile(r"(?<!\w)linh\s+vuc\s[^,;.:]{0,30}$")
_PROPOSES = re.compile(r"(?:trinh|de\s+nghi)\s[^.;:]{0,60}?cong\s+nhan(?!\w)")
# 1 2017 02 Tân Lĩnh, Mường Lai · 3 Năm 2019 03 xã Mai Sơn, Khánh Thiện, Tô Mậu: a row and what it wraps
_YEAR_ROW = re.compile(
    rf"(?m)^[^\w\n]{{0,5}}(?:\w{{1,2}}[^\w\n]{{1,5}})?(?:[Nn]ăm\s+)?20\d\d[\s|:]+(?:(?P<count>\d{{1,2}})[\s|]+)?(?:xã\s+)?"
    rf"(?P<names>[{UPPER}][^\n\d]*(?:\n(?![^\w\n]{{0,5}}(?:\w{{1,2}}[^\w\n]{{1,5}})?(?:[Nn]ăm\s+)?20\d\d|Tổng|Cộng)[{UPPER}][^\n\d:]*)*)"
)
# Thực hiện Kế hoạch số 46/KH-UBND …, xã Hòa Sơn đăng ký đạt chuẩn nông thôn mới nâng cao: behind what it is based on
_BEHIND_BASIS = re.compile(
    r"(?<!\w)20\d\d(?!\d)[^.;:]{0,160}?,\s+(?=(?:cac\s+|\d{1,2}\s+)?xa\s[^.;]{0,160}?(?:dang\s+k[iy]|phan\s+dau)\s)"
)
# Xã Mỹ Nhơn đăng ký xây dựng xã nông thôn mới kiểu mẫu vào năm 2025
_TO_BUILD = re.compile(r"dang\s+k[iy]\s+xay\s+dung\s+(?:xa\s+)?(?:dat\s+)?(?:chuan\s+)?(?=nong\s+thon|ntm)")

# Xã Lộc Bắc đạt 14/19 tiêu chí, còn 05 tiêu chí … - Năm 2024, các xã Lộc Đức, Lộc Quảng đăng ký: a result of its own
_RESULT = re.compile(r"\s+(?:(?:da|moi|hien|chi)\s+)*dat\s+\d{1,2}\s*/\s*\d{1,2}\s+tieu\s+chi")


def find_fit(survey: Survey, taken: Sequence[Span]) -> list[Named]:
    """Units found fit, or unfit, to be recognised: judged, though by no criteria."""
    found: list[Named] = []
    for index, item in enumerate(survey.items):
        if index in survey.asking or item.start < survey.report_start:
            continue
        for start, end in sentences(survey.whole, item.content, item.end):
            planned = find_phrases(survey.whole, "planned", start, end)  # Thống nhất để xã … đăng ký đạt chuẩn
            if not within(start, taken) and not planned:
                found += _named_in(survey, index, (start, end), "fit", Outcome.ASSESSED)
    return found


def find_planned(survey: Survey, taken: Sequence[Span]) -> list[Named]:
    """Units that are to reach a level: `xã Đồng Ý phấn đấu đạt chuẩn nông thôn mới kiểu mẫu`."""
    found: list[Named] = []
    for index, item in enumerate(survey.items):
        told = item.content
        if item.end <= survey.figures_start:
            behind = _BEHIND_BASIS.search(survey.whole.flowing, item.content, item.end)
            if behind is None:
                continue
            told = behind.end()
        for begins, end in sentences(survey.whole, told, item.end):
            start = max([begins, *(last for first, last in taken if first <= begins < last)])  # behind a table
            if start < end:
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
    if not alone:
        return
    outcome = outcome_at(whole, Outcome.PLANNED, cues[0], "planned")
    by_year = list(_rows_of_years(survey, index)) if len({level for level, _, _ in levels}) == 1 else []
    if by_year:
        yield from (Named(unit, target_field(survey, levels[-1]), outcome) for unit in by_year)
        return
    if len(levels) != 1 or not find_phrases(whole, "reached", item.content, item.end):
        yield from _lists_of_levels(survey, index, outcome)
        return
    for below in items_below(survey, index):
        first = survey.communes_in(below.content, below.end)[:1]
        own = targets_in(whole, below.content, below.end)  # - Xã Phú Hội đạt chuẩn nông thôn mới kiểu mẫu
        if first and first[0].start <= below.content + 1:
            yield Named(first[0].unit, target_field(survey, own[0] if own else levels[0]), outcome)


def _rows_of_years(survey: Survey, index: int) -> Iterator[Field[Unit]]:
    """The communes of the rows of years that a paragraph leads to, in doubt where they are not as many as the row says:
    `1 2017 02 Tân Lĩnh, Mường Lai` below `Lộ trình đăng ký đạt chuẩn nông thôn mới của các xã như sau:`."""
    whole = survey.whole
    below = [(item.start, item.end) for item in items_below(survey, index)]
    rows = [row for span in below or _next(survey, index) for row in _YEAR_ROW.finditer(whole.string, *span)]
    for row in rows if len(rows) > 1 else ():
        units = units_in(survey, *row.span("names"))
        wrong = row["count"] is not None and int(row["count"]) != len(units)
        yield from (
            unit.doubt(f"{row['count']} communes are told, {len(units)} found") if wrong else unit for unit in units
        )


def _next(survey: Survey, index: int) -> list[Span]:
    """The paragraph below one."""
    return [(item.start, item.end) for item in survey.items[index + 1 : index + 2]]


def _lists_of_levels(survey: Survey, index: int, outcome: Field[Outcome]) -> Iterator[Named]:
    """`a) Đạt chuẩn nông thôn mới nâng cao: xã Xuân Thành, xã Đức Thành;` below `… danh sách đăng ký như sau:`."""
    for below in items_below(survey, index):
        head = survey.whole.string.find(":", below.content, below.end)
        levels = targets_in(survey.whole, below.content, head) if head > 0 else []
        if len(levels) == 1 and find_phrases(survey.whole, "reached", below.content, head):
            for mention in survey.communes_in(head, below.end):
                yield Named(mention.unit, target_field(survey, levels[0]), outcome)


def _aimed_at(survey: Survey, index: int, span: Span) -> Iterator[Named]:
    """`Xây dựng 02 xã Đắk Sôr, Nam Xuân đạt chuẩn nông thôn mới` below `II. MỤC TIÊU NĂM 2022`."""
    whole = survey.whole
    if find_phrases(whole, "planned", *span) or tells_fact(whole, *span) or not aimed(survey, index):
        return
    targets, mentions = targets_in(whole, *span), survey.communes_in(*span)
    cues = find_phrases(whole, "reached", *span)
    for mention in mentions if cues and targets else ():
        outcome = outcome_at(whole, Outcome.PLANNED, cue_of(cues, mention), "planned")
        yield Named(mention.unit, target_field(survey, nearest(survey, targets, mention, mentions)), outcome)


def _named_in(survey: Survey, index: int, span: Span, group: str, outcome_of: Outcome) -> Iterator[Named]:
    """The communes of a sentence with a cue of a group, each with the level named nearest."""
    whole = survey.whole
    start, end = span
    cues = [cue for cue in find_phrases(whole, group, start, end) if not _OF_FIELD.search(whole.flowing, start, cue[0])]
    cues = cues or (_agreed_above(survey, index, start) if group == "fit" else [])
    reached = find_phrases(whole, "reached", start, end)
    # xã Đồng Ích đủ điều kiện đề nghị công nhận nông thôn mới kiểu mẫu: without `đạt chuẩn`
    led = group == "fit" and leading_target(whole, start, cues[0][0]) is not None if cues else False
    targets = targets_in(whole, start, end)
    led = led or (group == "planned" and _levels_in_brackets(survey, targets, span))
    led = led or (group == "planned" and _TO_BUILD.search(whole.flowing, start, end) is not None)
    if not cues or not (reached or led or find_phrases(whole, "recognised", start, end)):
        return
    above = heading_target(survey, index)
    mentions = survey.communes_in(start, end) or (commune_told(survey, index, start) if group == "planned" else [])
    if outcome_of is Outcome.PLANNED:
        mentions = [m for m in mentions if not (_already(survey, m, span) or _only_asked(survey, m, span))]
        mentions = [m for m in mentions if not _only_judged(survey, m, mentions, cues)]
    for mention in mentions:
        model = above if above and above[0] is Target.KIEU_MAU else None  # counted there by the advanced set
        told = nearest(survey, targets, mention, mentions) if targets else above
        target = _bracketed(survey, targets, mention) or model or told
        if target is not None:
            outcome = outcome_at(whole, outcome_of, cue_of(cues, mention), group)
            yield Named(mention.unit, target_field(survey, target), outcome)


def _agreed_above(survey: Survey, index: int, start: int) -> list[Span]:
    """`a/ Trình Chủ tịch UBND tỉnh công nhận: xã Ông Đình, xã Tân Dân` below `Do đó Hội đồng thống nhất:`."""
    lead = leading_paragraph(survey, index)
    if lead is None or not survey.closes_with(lead, ":") or not _PROPOSES.match(survey.whole.flowing, start):
        return []
    return find_phrases(survey.whole, "fit", survey.items[lead].content, survey.items[lead].end)


def _bracketed(survey: Survey, targets: Sequence[TargetAt], mention: Mention) -> TargetAt | None:
    """`đăng ký thêm xã Hải Quế (nâng cao)`: the level in the bracket behind the name."""
    return next((one for one in targets if survey.whole.string[mention.end : one[1]].strip() == "("), None)


def _levels_in_brackets(survey: Survey, targets: Sequence[TargetAt], span: Span) -> bool:
    """`danh sách đăng ký năm 2023: xã Gia Điền (nông thôn mới nâng cao), xã Hiền Lương (nông thôn mới kiểu mẫu)`."""
    mentions = survey.communes_in(*span)
    return bool(mentions) and all(_bracketed(survey, targets, mention) for mention in mentions)


def _already(survey: Survey, mention: Mention, span: Span) -> bool:
    """`xã Hương Ngải đã được công nhận; xã Dị Nậu phấn đấu năm 2021`: does its own clause recognise it?"""
    text = survey.whole.flowing
    first, stop = clause_start(text, span[0], mention.start), clause_end(text, mention.end, span[1])
    return ALREADY.search(text, mention.end, stop) is not None and not find_phrases(
        survey.whole, "planned", first, stop
    )


def _only_judged(survey: Survey, mention: Mention, mentions: Sequence[Mention], cues: Sequence[Span]) -> bool:
    """`Xã Lộc Bắc đạt 14/19 tiêu chí … các xã Lộc Đức, Lộc Quảng đăng ký`: do others stand between its result and the
    plan? A stop between the two may be lost."""
    result = _RESULT.match(survey.whole.flowing, mention.end)
    plan = next((start for start, _ in cues if start > mention.end), None)
    if result is None or plan is None:
        return False
    return any(result.end() <= other.start < plan for other in mentions)


def _only_asked(survey: Survey, mention: Mention, span: Span) -> bool:
    """`xã Xà Bang đăng ký kiểu mẫu; xã Suối Rao phải hoàn thành 04 tiêu chí`: is its own clause of criteria?"""
    text = survey.whole.flowing
    first, stop = clause_start(text, span[0], mention.start), clause_end(text, mention.end, span[1])
    return first > span[0] and _TO_FULFIL.search(text, mention.end, stop) is not None
