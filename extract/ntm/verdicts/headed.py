"""What headings say of criteria: of those listed below, `Các tiêu chí chưa đạt:`, or of the one they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.notice import Status
from extract.ntm.criteria.ref import Ref
from extract.ntm.levels import leading_paragraph
from extract.ntm.survey import Survey
from extract.ntm.verdicts.counted import Cue
from extract.ntm.verdicts.cues import find_cues
from extract.parts.item_marks import PLAIN

# … cây xanh dọc tuyến 62%. Kết luận: đạt.
_VERDICT = re.compile(
    r"(?:ket luan|danh gia|ket qua|nhu vay|do do)(?:(?!\b(?:chua|khong)\s+the\b)[^.;:]){0,50}?\s*:?\s*"
    r"(?P<not>chua\s+|khong\s+)?dat"
    r"(?:\s+(?:chuan|tieu chi|yeu cau)(?:\s+so\s+\d{1,2})?)?[\s.]*$"
)
# 2. Các tiêu chí đã đạt · 3. Các tiêu chí chưa đạt (04) · 3. Các tiêu chí chưa đạt, chỉ tiêu vướng mắc
_LISTING = re.compile(
    r"\s*(?:ve\s+)?(?:cac|nhung)?\s*tieu chi (?:da |chua |khong |con )?dat(?: chuan| duoc)?\s*"
    r"(?:,\s*chi tieu[^.;:\d]{0,30})?(?:\([^)]*\)|:?\s*\d{1,2}(?:\s*/\s*\d{1,2})?\s+tieu chi)?[\s.]*"
)
_HEADED = re.compile(r"\W*(?:(?:ve\s+)?tieu\s+chi\s*(?:so\s*\d{1,2}\s*)?(?:ve\s+)?)?[\W\d]*")  # Tiêu chí Giao thông
# … tháng 9 chưa đạt, đến ngày thẩm tra đã là 95,2%. Tiêu chí đạt.
_SAID = re.compile(
    r"(?<=[.;]\s)(?:tieu\s+chi(?:\s+nay)?\s+(?:duoc\s+danh\s+gia\s+(?:la\s+)?)?|(?:danh\s+gia|ket\s+luan|ket\s+qua)\s*:\s*)(?P<not>chua\s+|khong\s+)?dat(?:\s+(?:chuan|yeu\s+cau))?[\s.]*$"
)
HEADING = 140  # letters of a heading at most


def carried(survey: Survey, index: int, refs: Sequence[Ref], start: int) -> Iterator[tuple[Ref, Status]]:
    """The criteria of a bullet below `Các tiêu chí chưa đạt (05 tiêu chí):`, or of a list that a page's end cut."""
    if not refs or survey.whole.flowing.rfind(".", start, refs[0].start) >= 0 or refs[0].start - start > 70:
        return
    parent = _opener(survey, index)
    if parent is not None and (survey.closes_with(parent, ":") or _lists_criteria(survey, parent)):
        status = _open_status(survey, parent)
    elif survey.items[index].depth == PLAIN and index and survey.closes_with(index - 1, ";,"):
        status = _open_status(survey, index - 1)
    else:
        return
    if status is not None:
        yield from ((ref, status) for ref in refs)


def by_conclusion(survey: Survey, index: int, refs: Sequence[Ref]) -> Iterator[tuple[Ref, Status]]:
    """The criterion of a heading, `2. Tiêu chí số 2 về Giao thông`, by the verdict that ends what stands below it."""
    item, text = survey.items[index], survey.whole.flowing
    below = [survey.items[i] for i, parent in enumerate(survey.parents) if parent == index]
    line = survey.whole.string.find("\n", item.content, item.end)
    head = line if line >= 0 else item.end
    own = [ref for ref in refs if ref.start < head]
    last = max([item.end, *(one.end for one in below)])
    said = (
        len(own) == 1
        and _HEADED.fullmatch(text, item.content, own[0].start)
        and _SAID.search(text, own[0].end, item.end)
    )
    if said:
        yield own[0], Status.NOT_ACHIEVED if said["not"] else Status.ACHIEVED
        return
    if len({ref.start for ref in own}) != 1 or last == head or head - item.content > HEADING:
        return
    alone = not re.search(r"\w", text[own[0].end : head]) and _HEADED.fullmatch(text, item.content, own[0].start)
    verdict = _VERDICT.search(text, head, last) if alone or head == item.end else None
    if verdict:
        yield own[0], Status.NOT_ACHIEVED if verdict["not"] else Status.ACHIEVED


def as_opened(survey: Survey, index: int, cues: Sequence[Cue]) -> list[Cue]:
    """The cues, bare counts among them missing ones below `Các xã còn vướng như sau:`: `+ Đắk La: 01 tiêu chí (…)`."""
    bare = [cue for cue in cues if cue.count and cue.start == cue.count.start("alone") and not cue.count["total"]]
    parent = _opener(survey, index) if bare else None
    if parent is None or not survey.closes_with(parent, ":"):
        return list(cues)
    missing = _open_status(survey, parent) is Status.NOT_ACHIEVED
    return [replace(cue, status=Status.NOT_ACHIEVED) if missing and cue in bare else cue for cue in cues]


def _opener(survey: Survey, index: int) -> int | None:
    """The item above a bullet, or the paragraph below that item which leads in the bullets."""
    lead = leading_paragraph(survey, index)
    return lead if lead is not None else survey.parents[index]


def _lists_criteria(survey: Survey, index: int) -> bool:
    """Is an item the heading of a list, `2. Các tiêu chí đã đạt`, though no colon ends it?"""
    item = survey.items[index]
    return _LISTING.fullmatch(survey.whole.flowing, item.content, item.end) is not None


def _open_status(survey: Survey, index: int) -> Status | None:
    """The status that an item's last words leave open."""
    item = survey.items[index]
    cues = [cue for cue in find_cues(survey.whole, item.content, item.end, (), since=item.content) if cue.status]
    return cues[-1].status if cues else None
