"""Results told criterion by criterion: a heading names the criterion, below it the communes that have it and those not.

1. Tiêu chí số 15 về Y tế
Đạt: xã Ia Sao, xã Ia Hrung.
Chưa đạt: xã Ia Chia (chỉ tiêu 15.1: 88,3%).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.notice import Status
from extract.ntm.criteria.named import Ref, find_refs
from extract.ntm.survey import Survey, target_field, targets_in
from extract.ntm.verdicts.results import Result
from extract.parts.items import Item

HEADING = 140  # letters of a heading at most
# Đạt: · Các xã chưa đạt: · Số xã đã đạt gồm: · Không đạt (02 xã):; folded
_VERDICT = re.compile(
    r"\W*(?:(?:cac|so|nhung)?\s*xa\s+)?(?:(?P<no>chua|khong|con\s+chua)\s+|da\s+)?dat(?:\s+chuan|\s+yeu\s+cau)?"
    r"\s*(?:\(\s*\d{1,3}(?:/\d{1,3})?\s+xa\s*\)\s*)?(?:gom\s*)?:"
)


def find_by_criterion(survey: Survey) -> Iterator[Result]:
    """What each such line says of its communes; those in brackets explain others."""
    for index, item in enumerate(survey.items):
        verdict = _VERDICT.match(survey.whole.flowing, item.content, item.end)
        heading = _heading(survey, index) if verdict and index not in survey.asking else None
        ref = _only_criterion(survey, heading) if heading else None
        if verdict is None or heading is None or ref is None:
            continue
        status = Status.NOT_ACHIEVED if verdict["no"] else Status.ACHIEVED
        levels = targets_in(survey.whole, heading.content, heading.end)
        target = target_field(survey, levels[0]) if len({level for level, _, _ in levels}) == 1 else None
        for mention in survey.communes_in(verdict.end(), item.end):
            before = survey.whole.string[verdict.end() : mention.start]
            if before.count("(") <= before.count(")"):
                yield Result((mention.unit,), target, verdict.span(), (), ((ref, status),))


def _heading(survey: Survey, index: int) -> Item | None:
    """The item above a line of verdicts, where it is short and names no commune."""
    parent = survey.parents[index]
    item = survey.items[parent] if parent is not None else None
    if item is None or item.end - item.content > HEADING or survey.communes_in(item.content, item.end):
        return None
    return item


def _only_criterion(survey: Survey, heading: Item) -> Ref | None:
    """The one criterion that a heading names."""
    refs = find_refs(survey.whole, heading.content, heading.end)
    return refs[0] if len(refs) == 1 else None
