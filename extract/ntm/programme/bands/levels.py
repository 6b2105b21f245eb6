"""The level of the programme by whose criteria a band counts."""

from __future__ import annotations

import re

from extract.notice import Target
from extract.ntm.levels import TargetAt, heading_target, leading_target, target_in, targets_in
from extract.ntm.survey import Survey
from extract.reading import Reading

# Tiến độ thực hiện Bộ tiêu chí xã nông thôn mới nâng cao; folded
_OF_SET = re.compile(
    r"(?<!\w)tieu\s+chi\s+(?:(?:xa|ve|cua|quoc gia)\s+)*(?:(?:nong\s+thon\s+moi|ntm)\s+)?(?:nang\s+cao|kieu\s+mau)"
)
_LEVEL = re.compile(r"\s+(?:(?:xa\s+)?(?:nong\s+thon\s+moi|ntm)\s+)?(nang\s+cao|kieu\s+mau)(?!\w)")


def target_of(survey: Survey, index: int, match: re.Match[str], told: int, start: int) -> Target:
    """The level of a band: of its own words, else what leads in the sentence, the heading or the title.

    `told`: where its count ends; `start`: where its sentence begins.
    """
    own = target_in(survey.whole, match.start(), told + 2) or _right_behind(survey.whole, told)
    own = own or _of_level(survey.whole, match.end())
    own = own or leading_target(survey.whole, start, match.start())
    above = own or heading_target(survey, index) or _titled(survey)
    return above[0] if above else Target.NTM


def _of_level(whole: Reading, at: int) -> TargetAt | None:
    """`03 xã đạt từ 15 đến 17 tiêu chí nâng cao`: the level right behind the word for criteria."""
    found = _LEVEL.match(whole.flowing, at) if whole.flowing.endswith("tieu chi", 0, at) else None
    return (Target("_".join(found[1].split())), *found.span()) if found else None


def _titled(survey: Survey) -> TargetAt | None:
    """The level by whose criteria the notice counts, where its title says so: not `xã đạt chuẩn … nâng cao`."""
    subject = survey.zones.subject
    counted = _OF_SET.search(subject.flowing)
    found = targets_in(subject, 0, len(subject.string)) if counted else []
    return found[0] if len({target for target, _, _ in found}) == 1 else None


def _right_behind(whole: Reading, told: int) -> TargetAt | None:
    """`03 xã đạt 19/19 tiêu chí nông thôn mới nâng cao`: the level right behind the count."""
    found = target_in(whole, told, min(told + 30, len(whole.string)))
    return found if found and found[1] - told <= 2 else None
