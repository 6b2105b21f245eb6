"""The communes that a decision recognises in a list, below an article or in its annex, in text that lost the rules.

I XÃ NÔNG THÔN MỚI NÂNG CAO
TT Huyện Xã
1 Can Lộc Thượng Lộc
2 Phú Lộc

1 Phúc Sơn Sơn Động Nông thôn mới
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.field import Field
from extract.notice import Level, Unit
from extract.ntm.levels import TargetAt, target_field, targets_in, titled_target
from extract.ntm.survey import Survey
from extract.ntm.tables.kinds.recognised import outcome_of, recognises
from extract.ntm.units.link import link_unit
from extract.ntm.verdicts.outcomes.named import Named
from extract.reading import Span
from normalize.letters import UPPER
from normalize.lexicon.find import match_commune, match_district
from normalize.text import TextLine

FEWEST_ROWS = 2  # rows that make a list
SURE = 0.95  # likeness of a name to the list's
_ROW = re.compile(r"\W*\d{1,3}[\s.|)]+(?=[^\W\d_])")
_TYPE = re.compile(r"(?:(?P<kind>xa)|huyen|thi\s+xa|thanh\s+pho|tp\.?)\s+(?=\w)")
_WORD = re.compile(rf"[{UPPER}][^\s|,;()]*|\d(?=[\s|]|$)")
_PART = re.compile(r"\W*(?:(?:[ivx]{1,4}|[a-d]|\d)\b[\s.)/–-]*)?(?:danh\s+sach|cac\s+xa|(?:\d{1,3}\s+)?xa)\b")
_LONGEST, _WIDEST = 5, 90  # words of a name, letters of a row


@dataclass(frozen=True, slots=True)
class _Listed:
    unit: Field[Unit]
    district: str | None  # code
    level: TargetAt | None = None  # of the row's own


def listed_recognised(survey: Survey) -> list[Named]:
    """The communes of the list, each at the level that heads its part, else at the title's."""
    if not recognises(survey):
        return []
    level, district, found = titled_target(survey), None, list[Named]()
    for line in survey.whole.text.lines:
        if line.start < survey.zones.body_start or line.end - line.start > _WIDEST:
            continue
        if row := _row(survey, line, district):
            district = row.district
            if own := target_field(survey, row.level) if row.level else level:
                found.append(Named(row.unit, own, outcome_of(row.unit)))
        elif headed := _heading(survey, line):
            level, district = target_field(survey, headed), None
    return found if len(found) >= FEWEST_ROWS else []


def _heading(survey: Survey, line: TextLine) -> TargetAt | None:
    """The one level that a line between rows names: `II XÃ NÔNG THÔN MỚI KIỂU MẪU`."""
    levels = targets_in(survey.whole, line.start, line.end) if _PART.match(survey.whole.flowing, line.start) else []
    return levels[0] if len({target for target, _, _ in levels}) == 1 else None


def _row(survey: Survey, line: TextLine, district: str | None) -> _Listed | None:
    """The commune of a numbered row: with its district before or behind it, else of the district above."""
    row = _ROW.match(survey.whole.string, line.start, line.end)
    if row is None or ":" in survey.whole.string[row.end() : line.end]:  # 2. Huyện Hưng Hà (02 xã): Thái Phương, …
        return None
    levels = targets_in(survey.whole, row.end(), line.end)  # 1 Phúc Sơn | Sơn Động | Nông thôn mới nâng cao
    end = levels[0][1] if len(levels) == 1 else line.end
    ways = (*_with_district(survey, row.end(), end), *_behind_district(survey, row.end(), end))
    found = next(iter(ways), None) or _alone(survey, row.end(), end, district)
    return replace(found, level=levels[0] if len(levels) == 1 else None) if found else None


def _with_district(survey: Survey, start: int, end: int) -> Iterator[_Listed]:
    """`1 Thụy Trình Thái Thụy`: the commune, then its district and nothing more."""
    for first, last in reversed(_names(survey, start, end, "xa")):
        code = _district(survey, last, end)
        if code and (unit := _commune(survey, (first, last), code)):
            yield _Listed(unit, code)


def _behind_district(survey: Survey, start: int, end: int) -> Iterator[_Listed]:
    """`1 Can Lộc Thượng Lộc`: the district, then its commune; more may stand behind, as the field it is a model of."""
    for first, last in reversed(_names(survey, start, end, None)):
        code = _district(survey, first, last)
        for name in reversed(_names(survey, last, end, "xa")) if code else ():
            if code and (unit := _commune(survey, name, code)):
                yield _Listed(unit, code)


def _alone(survey: Survey, start: int, end: int, district: str | None) -> _Listed | None:
    """`2 Phú Lộc` below a row that names its district; where there are no districts, of the notice's province."""
    where = survey.where
    code = district or where.district_code
    for name in reversed(_names(survey, start, end, "xa")) if code or where.province_code else ():
        if unit := _commune(survey, name, code):
            return _Listed(unit, district)
    return None


def _names(survey: Survey, start: int, end: int, kind: str | None) -> list[Span]:
    """The spans of the first word, the first two and so on, of the capitalised words that a stretch begins with.

    `kind`: what a word for the kind of unit before them must say, `xa` or nothing of it.
    """
    lead = re.compile(r"[\s|,;–-]*").match(survey.whole.string, start, end)
    at = lead.end() if lead else start
    typed = _TYPE.match(survey.whole.flowing, at, end)
    if typed and typed["kind"] != kind:
        return []
    first = at = typed.end() if typed else at
    spans: list[Span] = []
    while len(spans) < _LONGEST and (word := _WORD.match(survey.whole.string, at, end)):
        spans.append((first, word.end()))
        blank = re.compile(r" +").match(survey.whole.string, word.end(), end)
        if blank is None:
            break
        at = blank.end()
    return spans


def _district(survey: Survey, start: int, end: int) -> str | None:
    whole, where = survey.whole, survey.where
    lead = re.compile(r"[\s|,;(–-]*").match(whole.string, start, end)
    typed = _TYPE.match(whole.flowing, lead.end() if lead else start, end)
    name = whole.flat(typed.end() if typed else lead.end() if lead else start, end).strip(" .)|")
    match = match_district(name, where.day, where.province_code) if name else None
    return match.best.code if match and match.sure and match.best and match.score >= SURE else None


def _commune(survey: Survey, span: Span, district: str | None) -> Field[Unit] | None:
    whole, where = survey.whole, survey.where
    match = match_commune(f"xã {whole.flat(*span)}", where.day, district, where.province_code)
    if not match.sure or match.score < SURE:
        return None
    return link_unit(whole, *span, match, Level.COMMUNE, "xã", where)
