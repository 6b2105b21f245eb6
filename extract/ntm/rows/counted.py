"""What a row of a table in text counts behind its name, and the criteria that it lists: `17/19 TC10, TC17`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.notice import Status
from extract.ntm.criteria.named import find_refs
from extract.ntm.criteria.ref import HIGHEST_NUMBER, Ref
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.rows.header import Header
from extract.ntm.rows.heads import CLAIMED, FOUND
from extract.ntm.rows.rising import rising
from extract.ntm.survey import Survey
from extract.ntm.verdicts.results.stated import StatedCount
from extract.reading import Reading, Span
from normalize.text import TextLine

COUNT = re.compile(r"\s*[|:]?\s*(?:xa\s*)?(?P<n>\d{1,2})\s*/\s*(?P<total>\d{1,2})(?!\d|[./]\d)(?!\s*tieu)\s*[|]?")
_SECOND = re.compile(r"[\s|]*(?P<m>\d{1,2})(?:\s*/\s*\d{1,2})?(?![\d/,.])")  # 4/19, behind 15/19
# 4 |An Tín 17 Cơ sở vật chất văn hóa; Môi trường: a count of a column of its own, out of as many as a set has
_BARE = re.compile(r"\s*[|:]?\s*(?P<n>\d{1,2})(?P<total>(?!))?(?=\s*[|;]|\s+[^\W\d]|\s*$)")
# 2 | Ẳng Cang 16 6, 10, 17: a count before a list of numbers, which must make the whole set
_BEFORE_LIST = re.compile(r"\s*[|:]?\s*(?P<n>\d{1,2})(?P<total>(?!))?(?=\s+\d)")
# Thu nhập (10), Nghèo đa chiều (11) · tiêu chí số 10 in brackets
_IN_BRACKETS = re.compile(r"\(\s*(?:tiêu chí\s+)?(?:số\s+|TC\s*)?(?P<n>\d{1,2})\s*\)")
_NUMBERS = re.compile(r"[\s|]*\d{1,2}(?:\s*[,;]\s*\d{1,2})*[\s|.]*")
_NUMBER = re.compile(r"(?P<n>\d{1,2})")
# TT Xã Số tiêu chí đạt Các tiêu chí đã đạt; folded
_LISTS_REACHED = re.compile(r"\b(?:cac|ten|nhung|danh\s+muc)\s+(?:tieu\s+chi|tc)\s+(?:da\s+)?dat(?!\w)")
_BETWEEN = 30  # letters of the cells between a name and its count
_DAMAGED = "the list behind it is damaged and bears nothing out"


@dataclass(frozen=True, slots=True)
class Counted:
    """A row's first count, [start, end); `missing`: the criteria listed; `second`: the count of what is missing, where
    it stands behind the first; `damaged`: what is listed bears the count out in no way; `reached`: what is listed where
    the header has the criteria that are reached."""

    match: re.Match[str]
    missing: tuple[Ref, ...]
    second: re.Match[str] | None = None
    damaged: bool = False
    reached: tuple[Ref, ...] = ()

    @property
    def span(self) -> Span:
        return self.match.span()

    @property
    def is_most(self) -> bool:
        """`18/19`: most of all there are, which no commune misses, whatever the last column lists."""
        return self.match["total"] is not None and 2 * int(self.match["n"]) > int(self.match["total"])

    @property
    def is_borne_out(self) -> bool:
        """Does a count of so many of so many leave just as many as a second count tells, or as are listed behind it?"""
        total = self.match["total"]
        if self.second is not None:
            return True
        return total is not None and int(total) - int(self.match["n"]) == len(self.missing)

    def stated(self, whole: Reading, first: Status) -> tuple[StatedCount, ...]:
        """The counts as fields; `first`: what the first of them counts."""
        match, second = self.match, self.second
        total = whole.field(int(match["total"]), *match.span("total"), "row_count") if match["total"] else None
        own = whole.field(int(match["n"]), *match.span("n"), "row_count")
        stated = StatedCount(first, own.doubt(_DAMAGED, 0.7) if self.damaged else own, total)
        if second is None:
            return (stated,)
        lacks = whole.field(int(second["m"]), *second.span("m"), "row_count")
        return stated, StatedCount(Status.NOT_ACHIEVED, lacks, None)


def counted_in(survey: Survey, header: Header, line: TextLine, at: int, lists: bool) -> Counted | None:
    """What a row counts whose name ends at `at`. `lists`: does the header say that what is missing is listed?"""
    whole = survey.whole
    match = _judged(whole, header, line) or _beside(whole, at, line.end)
    match = match or (_BARE.match(whole.flowing, at, line.end) if lists else None)
    reaches = not lists and _LISTS_REACHED.search(whole.flowing, header.start, header.end) is not None
    if match is not None:
        found: Counted | None = _with_list(survey, match, line.end, lists, reaches)
    else:
        before = _before_list if lists else _before_reached if reaches else None
        found = before(survey, at, line.end) if before else None
    return found if found and int(found.match["n"]) <= HIGHEST_NUMBER else None


def _judged(whole: Reading, header: Header, line: TextLine) -> re.Match[str] | None:
    """The last of a row's counts where the header has the communes' own first: `TT Xã Tự đánh giá Thẩm tra …`."""
    claimed = CLAIMED.search(whole.flowing, header.start, header.end)
    found = list(COUNT.finditer(whole.flowing, line.start, line.end))
    judged = claimed and FOUND.search(whole.flowing, claimed.end(), header.end)
    return found[-1] if judged and len(found) > 1 else None


def _beside(whole: Reading, start: int, end: int) -> re.Match[str] | None:
    """The count of a row: right behind the name, or the only one of the line, with a short cell or two between."""
    behind = COUNT.match(whole.flowing, start, end)
    found = list(COUNT.finditer(whole.flowing, start, end))
    if behind is None and len(found) == 1 and found[0].start() - start <= _BETWEEN:
        return found[0]
    return behind


def _with_list(survey: Survey, match: re.Match[str], end: int, lists: bool, reaches: bool) -> Counted:
    """A count and what is listed behind it as missing, or as reached: just as many figures, else as they stand."""
    if not lists:
        return Counted(match, (), reached=_reached(survey, match, end) if reaches else ())
    second = _SECOND.match(survey.whole.flowing, match.end(), end) if match["total"] else None
    second = second if second and int(match["n"]) + int(second["m"]) == int(match["total"]) else None
    start = second.end() if second else match.end()
    total = int(match["total"]) if match["total"] else criteria_of_communes(survey.where.day)
    left = total - int(match["n"])
    missing = rising(survey.whole.string, start, end, left) or _in_order(refs_in(survey.whole, start, end))
    return Counted(match, tuple(missing), second)


def _reached(survey: Survey, match: re.Match[str], end: int) -> tuple[Ref, ...]:
    """What a row lists as reached: `3/19 1, 8, 19`; nothing where it is not as many as the row counts."""
    many = int(match["n"])
    refs = rising(survey.whole.string, match.end(), end, many) or _in_order(refs_in(survey.whole, match.end(), end))
    return tuple(refs) if len(refs) == many else ()


def _in_order(refs: list[Ref]) -> list[Ref]:
    """The criteria of a cell, all in doubt where bare numbers do not rise: one was misread (`8; 13,16, 15,19`)."""
    numbers = [ref.number for ref in refs if ref.number is not None and ref.name is None]
    if all(low < high for low, high in pairwise(numbers)):
        return refs
    return [replace(ref, doubt=ref.doubt or "the numbers beside it do not rise") for ref in refs]


def _before_list(survey: Survey, start: int, end: int) -> Counted | None:
    """A row's count and the numbers behind it, if these are just as many as it leaves of the set in force; else none of
    a list that nearly is."""
    count = _BEFORE_LIST.match(survey.whole.flowing, start, end)
    left = criteria_of_communes(survey.where.day) - int(count["n"]) if count else 0
    if count is None or left <= 0:
        return None
    figures = sum(c.isdigit() for c in survey.whole.string[count.end() : end])
    refs = rising(survey.whole.string, count.end(), end, left)
    return Counted(count, tuple(refs or ()), damaged=not refs) if refs or left <= figures <= 2 * left else None


def _before_reached(survey: Survey, start: int, end: int) -> Counted | None:
    """A row's count and the numbers of what is reached: `1 Minh Ngọc 3 1, 18, 19`; the count is in doubt where they are
    not as many."""
    count = _BEFORE_LIST.match(survey.whole.flowing, start, end)
    if count is None:
        return None
    reached = _reached(survey, count, end)
    return Counted(count, (), reached=reached, damaged=not reached)


def refs_in(whole: Reading, start: int, end: int) -> list[Ref]:
    """The criteria of a cell; numbers alone count here."""
    start = next((at for at in range(start, end) if whole.string[at] not in " |"), end)
    cell = _NUMBERS.fullmatch(whole.string, start, end)
    numbers = list((_NUMBER if cell else _IN_BRACKETS).finditer(whole.string, start, end))
    if not numbers and cell is None:
        return find_refs(whole, start, end)
    known = (m for m in numbers if 1 <= int(m["n"]) <= HIGHEST_NUMBER)
    return [Ref(*m.span(), int(m["n"]), None, digits=(m.span("n"),)) for m in known]
