"""The communes that a table says are recognised: a decision's annex `TT | Tên xã | Huyện`, or a column of years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.field import Field
from extract.notice import Level, Method, Outcome, Target, Unit
from extract.ntm.levels import target_field, target_in, targets_in, titled_target
from extract.ntm.rows.heads import is_reached
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import caption_of, led_by, row_target
from extract.ntm.tables.heads.columns import own_head, shared_head
from extract.ntm.tables.heads.communes import TOTAL_ROW, commune_column, commune_in, commune_like
from extract.ntm.tables.heads.districts import surveys_by_row
from extract.ntm.tables.heads.levels import levels_over
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.trust import SHORT_PHRASE, vouched
from extract.ntm.units.districts import match_named_district
from extract.ntm.units.link import link_unit
from extract.ntm.verdicts.outcomes.named import Named
from extract.words.phrases import find_phrases
from extract.words.runs import NAME
from normalize.lexicon.find import match_commune

LONGEST = 40  # letters of a cell that names a commune
_HEAD = re.compile(r"\b(?:ten xa|xa|ten don vi|don vi|dia phuong)\b")
_DISTRICT = re.compile(r"(?:huyen|thi xa|thanh pho|tp\.?)\s+(?=\w)")
_UNDER = re.compile(r"\W*(?:thuoc\s+)?(?:huyen|don vi cap huyen|ten huyen)\b")
_LEAD = re.compile(r"[\s\d.,)-]*(?:xa\s+)?")
# Năm được công nhận · Năm đạt chuẩn · Quyết định công nhận đạt chuẩn NTM · Thời gian về đích; folded
_YEARS = re.compile(
    r"(?=.*\b(?:cong\s*nhan|dat\s*chuan|ve\s*dich)\b)(?=.*\b(?:nam|ngay|thoi\s*(?:gian|diem)|quyet\s*dinh|qd)\b)"
)
_DECISION = re.compile(r"\b(?:quyet\s*dinh|qd)\b")  # Số Quyết định, below a title of recognition
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DECIDED = re.compile(r"(?<!\d)\d{1,4}\s*/\s*Q[ĐD]|^\s*[xX]\s*$")  # 2143/QĐ-UBND ngày 20/12/2018
_NO_UNIT = re.compile(r"\W*(?:huyen|thi xa|thanh pho|\d+\s*xa)\b")


def read_recognised(survey: Survey, grid: Grid) -> list[Named] | None:
    """The communes of such a list with the level of the trích yếu; None where the notice recognises nothing in it."""
    subject = survey.zones.subject
    levels = targets_in(subject, 0, len(subject.string))
    names = _names_column(grid)
    if names is None or not levels or not recognises(survey):
        return None
    level = vouched(subject.field(*levels[0], "target_of_title", Method.MATCHED), SHORT_PHRASE)
    lead = led_by(survey, grid.span[0])  # Điều 2. Công nhận 04 xã có tên sau đây đạt chuẩn nông thôn mới nâng cao:
    own = row_target(survey, lead) if lead else None
    only = own is not None or len({target for target, _, _ in levels}) == 1
    found = list(_rows(survey, grid, names, own[1] if own else level, only))
    return found or None


def dated_recognised(survey: Survey, grid: Grid) -> list[Named]:
    """The communes beside which a column gives the year or the decision of their recognition, at its level."""
    names, first = commune_column(survey, grid)
    if names is None:
        return []
    here, levels = surveys_by_row(survey, grid), levels_over(survey, grid, first)
    heads = {j: f"{shared_head(grid, j, first)} {own_head(grid, j, first)}" for j in range(grid.width) if j != names}
    titled = _recognising_title(survey)
    years = [
        j
        for j, head in heads.items()
        if (_YEARS.search(head) or (titled and _DECISION.search(head))) and is_reached(survey, head)
    ]
    caption = caption_of(survey, grid.span[0])
    found: list[Named] = []
    captioned = row_target(survey, caption) if caption else None
    for j in years:
        level = levels.get(j) or (captioned[1] if captioned else None) or titled
        for own, row in list(zip(here, grid.rows, strict=True))[first:]:
            unit = commune_in(own, row[names]) or commune_like(own, row[names]) if row[names].raw else None
            if unit is not None and row[j].columns == 1 and (outcome := _dated(survey, row[j])):
                found.append(Named(unit, level or _plain(outcome), outcome))
    return found


def _recognising_title(survey: Survey) -> Field[Target] | None:
    """The one level of a trích yếu that tells of recognition: `Danh sách các xã đã được công nhận đạt chuẩn NTM`."""
    subject = survey.zones.subject
    told = find_phrases(subject, "recognised") and not find_phrases(subject, "not_yet_recognised")
    return titled_target(survey) if told else None


def _dated(survey: Survey, cell: GridCell) -> Field[Outcome] | None:
    """Recognised, where a cell holds a year or a decision; in doubt where the year has not come yet."""
    year = _YEAR.search(cell.raw)
    if year is None and _DECIDED.search(cell.raw) is None:
        return None
    field = cell.field(survey.whole, Outcome.RECOGNISED, "table")
    ahead = year is not None and int(year[0]) > survey.where.day.year
    return field.doubt("the year of its recognition has not come yet", 0.7) if ahead else vouched(field, SHORT_PHRASE)


def _plain(outcome: Field[Outcome]) -> Field[Target]:
    return replace(outcome.to(Target.NTM), rule="plain_target")


def outcome_of(unit: Field[Unit]) -> Field[Outcome]:
    """That a unit of such a list is recognised."""
    outcome = replace(unit.to(Outcome.RECOGNISED), rule="table", method=Method.MATCHED, review=False, why=None)
    return vouched(replace(outcome, alternatives=()), SHORT_PHRASE)


def recognises(survey: Survey) -> bool:
    """Is it a decision whose trích yếu says `công nhận`?"""
    kind = survey.document.type
    subject = survey.zones.subject
    cues = find_phrases(subject, "recognised")
    asked = find_phrases(subject, "not_yet_recognised")
    return kind is not None and kind.value == "quyet_dinh" and bool(cues) and not asked


def _names_column(grid: Grid) -> int | None:
    return next((j for j in range(grid.width) if _HEAD.search(grid.rows[0][j].folded)
                 and not _DISTRICT.match(grid.rows[0][j].folded)), None)  # fmt: skip


def _rows(survey: Survey, grid: Grid, names: int, level: Field[Target], only: bool) -> Iterator[Named]:
    district: str | None = None
    beside = next((j for j, cell in enumerate(grid.rows[0]) if j != names and _UNDER.match(cell.folded)), None)
    for row in grid.rows[1:]:
        district = _district(survey, row, beside) or district
        if (headed := _headed(survey, row[names])) is not None:
            level, only = headed, True
            continue
        unit = _unit(survey, row[names], district)
        if unit is None or (unit.value.code is None and _is_no_unit(row[names])):  # there is a commune called Huyền Hội
            continue
        own = next((found for cell in row if (found := target_in(survey.whole, *cell.span))), None)
        target = target_field(survey, own) if own else level if only else level.doubt("several levels are named", 0.7)
        yield Named(unit, target, outcome_of(unit))


def _is_no_unit(name: GridCell) -> bool:
    """Does a row sum up others, or name a district?"""
    return TOTAL_ROW.match(name.folded) is not None or _NO_UNIT.match(name.folded) is not None


def _headed(survey: Survey, cell: GridCell) -> Field[Target] | None:
    """The one level that a row across the table names: `II | Xã đạt chuẩn nông thôn mới kiểu mẫu`."""
    levels = targets_in(survey.whole, *cell.span) if cell.columns > 1 or len(cell.raw) > LONGEST else []
    return target_field(survey, levels[0]) if len({target for target, _, _ in levels}) == 1 else None


def _district(survey: Survey, row: tuple[GridCell, ...], beside: int | None) -> str | None:
    """The district that a cell of the row names: `Huyện Tam Đảo`, or the name alone below `Huyện`."""
    for j, cell in enumerate(row):
        lead = _DISTRICT.match(survey.whole.flowing, *cell.span)
        start = lead.end() if lead else cell.span[0] if j == beside else None
        run = NAME.match(survey.whole.string, start, cell.span[1]) if start is not None else None
        span = run.span() if run else cell.span if j == beside and cell.raw else None  # ba Tri: a capital misread
        if span is not None:
            match, _ = match_named_district(survey.whole, *span, survey.where)
            return match.best.code if match.sure and match.best else None
    return None


def _unit(survey: Survey, cell: GridCell, district: str | None) -> Field[Unit] | None:
    if not cell.raw or len(cell.raw) > LONGEST:
        return None
    whole, where = survey.whole, survey.where
    lead = _LEAD.match(whole.flowing, *cell.span)
    start = lead.end() if lead else cell.span[0]
    run = NAME.match(whole.string, start, cell.span[1])
    if run is None or whole.string[run.end() : cell.span[1]].strip(" .,;"):
        return None
    code = district or where.district_code
    match = match_commune(f"xã {whole.flat(*run.span())}", where.day, code, where.province_code)
    return link_unit(whole, *run.span(), match, Level.COMMUNE, "xã", where)
