"""Results told criterion by criterion: a heading names the criterion, below it the communes that have it and those not.

1. Tiêu chí số 15 về Y tế
Đạt: xã Ia Sao, xã Ia Hrung.
Chưa đạt: xã Ia Chia (chỉ tiêu 15.1: 88,3%).

or in one line, with how many communes that are:

Tiêu chí số 11 - Hộ nghèo: 07 xã đạt (Lạc Lâm, Ka Đô, …); 01 xã chưa đạt (Pró).
Tiêu chí số 1 - Quy hoạch: 8/8 xã đạt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.field import Field
from extract.notice import Status, Unit
from extract.ntm.criteria.named import find_refs
from extract.ntm.criteria.ref import Ref
from extract.ntm.levels import target_field, targets_in
from extract.ntm.survey import Survey
from extract.ntm.verdicts.reported import is_reported
from extract.ntm.verdicts.results.find import Result
from extract.parts.clauses import sentences
from extract.parts.items import Item

HEADING = 140  # letters of a heading at most
# Đạt: · Các xã chưa đạt: · Số xã đã đạt gồm: · Không đạt (02 xã):; folded
_TOLD = (
    r"(?:(?:cac|so|nhung)?\s*xa\s+)?(?:(?P<no>chua|khong|con\s+chua)\s+|da\s+)?dat(?:\s+chuan|\s+yeu\s+cau)?"
    r"\s*(?:\(\s*\d{1,3}(?:/\d{1,3})?\s+xa\s*\)\s*)?(?:gom\s*)?:"
)
_VERDICT = re.compile(rf"\W*{_TOLD}")
_AGAIN = re.compile(rf"(?<=[;.])\s+{_TOLD}")  # Đạt: xã A, xã B; chưa đạt: xã C
# 06 xã đạt (… · còn 02/08 xã chưa đạt, gồm: … · 8/8 xã đạt. · còn 03 xã là … · cả 05 xã chưa đạt; folded
_LISTING = r"(?P<list>(?:gom|la|bao\s+gom)?\s*(?:cac\s+xa\s*)?[:(]|gom\s|la\s)"
_COUNT = re.compile(
    r"(?<![\d/,.])(?P<all>(?<!\w)(?:ca|tat\s+ca|toan\s+bo)\s+)?(?P<left>(?<!\w)con\s+)?(?P<many>\d{1,3})(?:\s*/\s*(?P<of>\d{1,3}))?"
    r"\s+xa(?!\w)(?P<verdict>\s+(?:(?:con|da|deu)\s+)*(?:(?P<no>chua|khong)\s+)?dat(?:\s+(?:chuan|yeu\s+cau|tieu\s+chi(?:\s+nay)?))?)?"
    rf"\s*,?\s*(?:{_LISTING}|[;.]|$)"
)
# Tiêu chí Hành chính công chưa đạt tại xã Phú Điền và xã Mỹ Đông; folded
_PLACED = re.compile(
    r"(?<!\w)(?P<no>(?:chua|khong)\s+)?(?:deu\s+)?dat(?:\s+(?:chuan|yeu\s+cau))?\s+(?:tai|o)\s+(?:cac\s+|hai\s+|ba\s+|\d+\s+)?xa\s"
)
_LIST_END = re.compile(r"[;]|\.(?=\s|$)")


def find_by_criterion(survey: Survey) -> Iterator[Result]:
    """What each such line says of its communes; those in brackets explain others."""
    for index, item in enumerate(survey.items):
        verdict = _VERDICT.match(survey.whole.flowing, item.content, item.end)
        heading = _heading(survey, index) if verdict and is_reported(survey, verdict.start()) else None
        ref = _only_criterion(survey, heading) if heading else None
        if verdict is None or heading is None or ref is None:
            continue
        levels = targets_in(survey.whole, heading.content, heading.end)
        target = target_field(survey, levels[0]) if len({level for level, _, _ in levels}) == 1 else None
        verdicts = [verdict, *_AGAIN.finditer(survey.whole.flowing, verdict.end(), item.end)]
        for told, end in zip(verdicts, [*(later.start() for later in verdicts[1:]), item.end], strict=True):
            status = Status.NOT_ACHIEVED if told["no"] else Status.ACHIEVED
            for mention in survey.communes_in(told.end(), end):
                before = survey.whole.string[told.end() : mention.start]
                if before.count("(") <= before.count(")"):
                    yield Result((mention.unit,), target, told.span(), (), ((ref, status),))


def find_counted_by_criterion(survey: Survey) -> Iterator[Result]:
    """What one line says of one criterion: counts of communes, each with as many names, or with none where all have it.

    Who all are is known where the notice names as many communes as there are said to be.
    """
    everybody = list({mention.unit.value.code: mention.unit for mention in reversed(survey.communes)}.values())
    for index, item in enumerate(survey.items):
        counts = [] if index in survey.asking else _counts(survey, item)
        head = survey.whole.string[item.content : counts[0].start()] if counts else ""
        if not counts or len(head) > HEADING or survey.communes_in(item.content, counts[0].start()):
            continue
        refs = find_refs(survey.whole, item.content, counts[0].start())
        if len(refs) != 1:
            continue
        ends = [*(count.start() for count in counts[1:]), item.end]
        for count, end in zip(counts, ends, strict=True):
            missing = count["no"] or (count["left"] and not count["verdict"])
            status = Status.NOT_ACHIEVED if missing else Status.ACHIEVED
            for unit in _counted(survey, count, end, everybody):
                yield Result((unit,), None, count.span(), (), ((refs[0], status),))


def find_by_place(survey: Survey) -> Iterator[Result]:
    """`Tiêu chí Thu nhập chưa đạt tại xã Thạnh Lợi và xã Phú Điền.`: criteria, a verdict and its places."""
    for index, item in enumerate(survey.items):
        for start, end in () if index in survey.asking else sentences(survey.whole, item.content, item.end):
            verdict = _PLACED.search(survey.whole.flowing, start, end)
            if verdict is None or survey.communes_in(start, verdict.start()) or not is_reported(survey, start):
                continue
            named = find_refs(survey.whole, start, verdict.start())
            verdicts = [verdict, *_PLACED.finditer(survey.whole.flowing, verdict.end(), end)]
            for told, stop in zip(verdicts, [*(later.start() for later in verdicts[1:]), end], strict=True):
                status = Status.NOT_ACHIEVED if told["no"] else Status.ACHIEVED
                units = tuple(mention.unit for mention in survey.communes_in(told.start(), stop))
                if named and units:
                    yield Result(units, None, (start, end), (), tuple((ref, status) for ref in named))


def _counts(survey: Survey, item: Item) -> list[re.Match[str]]:
    """The counts of a line that judge: `06 xã đạt`, `còn 03 xã`."""
    found = _COUNT.finditer(survey.whole.flowing, item.content, item.end)
    return [count for count in found if (count["verdict"] or count["left"]) and is_reported(survey, count.start())]


def _counted(survey: Survey, count: re.Match[str], end: int, everybody: list[Field[Unit]]) -> list[Field[Unit]]:
    """The communes behind a count, or everybody; none where they are not as many as it says."""
    if count["list"]:
        stop = survey.whole.string.find(")", count.end(), end) if count["list"].endswith("(") else -1
        last = _LIST_END.search(survey.whole.string, count.end(), end)
        stop = stop if stop >= 0 else last.start() if last else end
        named = [mention.unit for mention in survey.communes_in(count.start(), stop)]
    elif count["all"] or (count["many"] == count["of"] and not count["no"]):
        named = everybody
    else:
        return []
    return named if len(named) == int(count["many"]) else []


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
