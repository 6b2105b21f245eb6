"""The level that a result counts for: named beside the unit, in the heading, behind the count, or above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.field import Field
from extract.notice import Target
from extract.ntm.levels import TargetAt, heading_target, leading_target, target_field, targets_in, titled_target
from extract.ntm.survey import Survey
from extract.ntm.verdicts.counted import Cue
from extract.ntm.verdicts.results.subjects import TITLE, Subject
from extract.parts.clauses import clause_start
from extract.reading import Span

_AS_MODEL = re.compile(
    r"(?<=dat\s)(?:cac\s+|cac\s+noi\s+dung\s+)?(?:tieu\s+chi|yeu\s+cau)(?:\s+xa)?\s+"
    r"(?:nong\s+thon\s+moi|ntm)\s+kieu\s+mau"
)
# đạt các tiêu chí 1, 2, 3 của Bộ tiêu chí nông thôn mới nâng cao
_OF_SET = re.compile(r"[^.;]{0,160}?\s(?:cua|theo|trong)\s+(?P<set>bo\s+tieu\s+chi\s[^.;,:(]{0,60})")


def target_of(
    survey: Survey, index: int, subject: Subject, cues: Sequence[Cue], told: Span, start: int
) -> Field[Target] | None:
    """The level that a result counts for: named beside the unit, in the heading, behind the count, or above.

    `start`: where the run begins, behind the unit's name where another set was spoken of before.
    """
    if subject.index == TITLE:
        own = targets_in(survey.whole, survey.items[index].content, told[0])
        only = own[0] if len({level for level, _, _ in own}) == 1 else None
        return _named_behind(survey, cues, told) or _field_of(survey, only or heading_target(survey, index))
    if beside := _beside_unit(survey, index, subject, told, start):
        return target_field(survey, beside)
    above = _before_unit(survey, index, subject)
    if above and above[0] is Target.KIEU_MAU:  # a model commune is counted by the advanced set
        return target_field(survey, above)
    if (above is None or above[0] is Target.NANG_CAO) and (model := _model_title(survey)):
        return model
    led = None if subject.index == index else leading_target(survey.whole, survey.items[index].content, told[0])
    return _model_beside(survey, index, told) or _named_behind(survey, cues, told) or _field_of(survey, led or above)


def _beside_unit(survey: Survey, index: int, subject: Subject, told: Span, start: int) -> TargetAt | None:
    """The level named behind the unit, or, where a heading names the unit, before it there."""
    item, own = survey.items[subject.index], subject.index == index
    first, last = subject.mentions[0].start, subject.mentions[-1].end
    beside = targets_in(survey.whole, max(last, start) if own else last, told[0] if own else item.end)
    if not beside and not own:
        beside = targets_in(survey.whole, item.content, first)[-1:]
    # đạt chuẩn từ năm 2015, nay xin thẩm tra … nâng cao: the last; a model commune is counted by the advanced set
    as_model = any(level is Target.KIEU_MAU for level, _, _ in beside)
    return beside[0 if as_model or not own else -1] if beside else None


def _before_unit(survey: Survey, index: int, subject: Subject) -> TargetAt | None:
    """The level named right before the unit, else what leads in its item, else what the headings above name."""
    item, first = survey.items[subject.index], subject.mentions[0].start
    since = max(first - 60, clause_start(survey.whole.flowing, item.content, first))
    stop = survey.whole.flowing.rfind(". ", since, first)
    if stop >= 0 and survey.communes_in(item.content, stop):
        since = stop  # … đạt chuẩn nông thôn mới kiểu mẫu đầu năm nay. Xã An Viễn …: of others
    before = targets_in(survey.whole, since, first)[-1:] if subject.index == index else []
    return before[0] if before else leading_target(survey.whole, item.content, first) or heading_target(survey, index)


def _model_beside(survey: Survey, index: int, told: Span) -> Field[Target] | None:
    """`giữ vững 19/19 tiêu chí nông thôn mới nâng cao, đạt các tiêu chí nông thôn mới kiểu mẫu`: judged as a model."""
    found = _AS_MODEL.search(survey.whole.flowing, told[1], survey.items[index].end)
    named = targets_in(survey.whole, *found.span()) if found else []
    return target_field(survey, named[0]) if named else None


def _model_title(survey: Survey) -> Field[Target] | None:
    """The level of a trích yếu that speaks of model communes alone: they are counted by the advanced set."""
    titled = titled_target(survey)
    return titled if titled and titled.value is Target.KIEU_MAU else None


def _named_behind(survey: Survey, cues: Sequence[Cue], told: Span) -> Field[Target] | None:
    """`đạt 17/19 tiêu chí nông thôn mới nâng cao`: the level right behind the count, or of the set that is named."""
    of_set = _OF_SET.match(survey.whole.flowing, told[1])
    if of_set and (level := targets_in(survey.whole, *of_set.span("set"))):
        return target_field(survey, level[0])
    ends = [cue.last for cue in cues if cue.count] or [told[1]]
    limit = min(ends[-1] + 60, next((item.end for item in survey.items if item.end >= told[1]), told[1]))
    named = targets_in(survey.whole, told[0], limit)
    behind = [target for end in ends for target in named if target[2] > end and target[1] - end <= 25]
    return _field_of(survey, behind[0] if behind else None)


def _field_of(survey: Survey, target: TargetAt | None) -> Field[Target] | None:
    return target_field(survey, target) if target else None
