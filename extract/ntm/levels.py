"""Levels of the programme: which one words name (`nâng cao`, `kiểu mẫu`), and whose they are in a list."""

from __future__ import annotations

import re

from extract.field import Field
from extract.notice import Method, Target
from extract.ntm.survey import Survey
from extract.ntm.trust import SHORT_PHRASE, phrase_floor, vouched
from extract.parts.clauses import sentences
from extract.reading import Reading, Span
from extract.words.phrases import find_phrases

# - Xã Lâm Trung Thủy (nâng cao): đã đạt · Về nâng cao: Phước Hậu 19/19 tiêu chí · * Nâng cao: xã Hiếu Trung 18/19
_ADVANCED = re.compile(
    r"(?<=\()\s*(?:xa\s+)?nang\s+cao(?=\s*[),])|(?<=\bve\s)nang\s+cao(?=\s*[:,])|"
    r"(?:(?<=[-–+•*.)]\s)|(?<=\n))nang\s+cao(?=\s*:)|"
    r"(?:(?<=kieu\smau,\s)|(?<=kieu\smau\sva\s))nang\s+cao(?!\w)"  # nông thôn mới kiểu mẫu, nâng cao quý III
)
# Về nông thôn mới nâng cao: 02 xã đạt 19/19 tiêu chí; 04 xã đạt … · Đối chiếu với bộ tiêu chí nâng cao thì có 11 xã …
_LED = re.compile(
    r"\W*(?:\w{1,3}[.)]\s+)?(?:(?:ve|doi\s+(?:voi|chieu)|(?:neu\s+)?(?:tinh|xet|so)\s+(?:theo|voi)|theo|ket qua)"
    r"\s[^:;.]{0,90}(?:[:,]|\sthi\s)|[^:;.]{0,60}:)"
)
_LED_ANEW = re.compile(r"(?<=[.;]\s)(?:ve|doi voi)\s[^:;.]{0,60}[:,]")
# Văn phòng Điều phối nông thôn mới · Ban Chỉ đạo xây dựng nông thôn mới
_NAMING = re.compile(r"(?:dieu phoi|ban chi dao[^,;.:]*|chuong trinh[^,;.:]*|xay dung)\s*$")
# Mức độ đạt tiêu chí xã nông thôn mới của từng xã · Bộ tiêu chí quốc gia về xã nông thôn mới; folded
_SET = re.compile(r"(?<!\w)tieu\s+chi\s+(?:quoc\s+gia\s+)?(?:ve\s+)?xa\s+(?:nong\s+thon\s+moi|ntm)(?!\w)")
TargetAt = tuple[Target, int, int]  # a level and the span of the words that name it


def target_in(reading: Reading, start: int, end: int) -> TargetAt | None:
    """The level of the programme that a stretch names first, with its span; the longer name wins.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["đạt chuẩn NTM kiểu mẫu"])
    >>> target_in(Reading(text, (1.0,) * 5), 0, 22)
    (<Target.KIEU_MAU: 'kieu_mau'>, 10, 22)
    """
    return next(iter(targets_in(reading, start, end)), None)


def targets_in(reading: Reading, start: int, end: int) -> list[TargetAt]:
    """All levels of the programme that a stretch names, in order."""
    found = [
        (a, -b, target)
        for target in (Target.KIEU_MAU, Target.NANG_CAO, Target.NTM)
        for a, b in find_phrases(reading, target.value, start, end)
    ]
    found += [(m.start(), -m.end(), Target.NANG_CAO) for m in _ADVANCED.finditer(reading.flowing, start, end)]
    kept: list[TargetAt] = []
    for a, minus_b, target in sorted(found):
        if not kept or a >= kept[-1][2]:
            kept.append((target, a, -minus_b))
    return kept


def leading_target(reading: Reading, start: int, end: int) -> TargetAt | None:
    """The one level that the words name which lead in a stretch, or in the last sentence of it that begins with such:
    `Về nông thôn mới nâng cao, xã An Mỹ đạt …. Xã Xuân Hòa đạt …`; None of several."""
    leads = [_LED.match(reading.flowing, start, end), *_LED_ANEW.finditer(reading.flowing, start, end)]
    for lead in reversed(leads):
        found = targets_in(reading, *lead.span()) if lead else []
        if len({target for target, _, _ in found}) == 1:
            return found[0]
    return None


def heading_target(survey: Survey, index: int) -> TargetAt | None:
    """The level that the nearest item above names, if it names one only; what leads a list in does so by its last
    sentence: `24 xã đã đạt chuẩn nông thôn mới. Về nông thôn mới nâng cao, qua rà soát cho thấy:`."""
    lead = leading_paragraph(survey, index)
    leads = _leading_in(survey, lead) if lead is not None and survey.closes_with(lead, ":") else []
    for start, end in (*leads, *((item.content, item.end) for item in survey.above(index))):
        found = [one for one in targets_in(survey.whole, start, end) if not names_body(survey.whole, one)]
        if found and len({target for target, _, _ in found}) == 1:
            return found[0]
    return None


def _leading_in(survey: Survey, index: int) -> list[Span]:
    """The last sentence of what leads in a list, and all of it."""
    item = survey.items[index]
    return [sentences(survey.whole, item.content, item.end)[-1], (item.content, item.end)]


def leading_paragraph(survey: Survey, index: int) -> int | None:
    """The paragraph that leads in a list of `a)`, `b)`: `Kết quả theo Bộ tiêu chí xã nông thôn mới nâng cao:`."""
    first, depth = index, survey.items[index].depth
    while first and survey.items[first].depth == depth:
        first -= 1
    beside = survey.parents[first] == survey.parents[index]  # below its mark, if it has one: a speck before it
    return first if beside and survey.items[first].depth > depth else None


def titled_target(survey: Survey) -> Field[Target] | None:
    """The one level that the trích yếu names; None of several."""
    subject = survey.zones.subject
    named = targets_in(subject, 0, len(subject.string))
    if len({target for target, _, _ in named}) != 1:
        return None
    return vouched(subject.field(*named[0], "target_of_title", Method.MATCHED), SHORT_PHRASE)


def names_set(survey: Survey, span: Span) -> bool:
    """`Mức độ đạt tiêu chí xã nông thôn mới của từng xã`: is the set of criteria named, and not the programme?"""
    return _SET.search(survey.whole.flowing, *span) is not None


def names_body(whole: Reading, target: TargetAt) -> bool:
    """`Văn phòng Điều phối nông thôn mới tỉnh` and `Ban Chỉ đạo xây dựng nông thôn mới` name no level."""
    level, start, _ = target
    return level is Target.NTM and _NAMING.search(whole.flowing, max(0, start - 40), start) is not None


def target_field(survey: Survey, target: TargetAt) -> Field[Target]:
    """The field of a level that is named."""
    value, start, end = target
    return vouched(
        survey.whole.field(value, start, end, "target", Method.MATCHED), phrase_floor(survey.whole, start, end)
    )
