"""Counts of criteria, and the words of a verdict that each belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.notice import Status
from extract.ntm.criteria.sets import totals_of_sets
from extract.ntm.figures.counts import COUNT, FOLDED_WORDS, parse_count
from extract.parts.clauses import FULL_STOP
from extract.reading import Reading, Span, within
from normalize.letters import UPPER

# 14/19 tiêu chí · 05 tiêu chí · bốn tiêu chí · 14/19 TC · thiếu 2: tiêu chí 6, tiêu chí 17; folded
CRITERIA_COUNT = re.compile(
    rf"(?<![\d.,/])(?P<n>\d{{1,2}}|(?<!\w){FOLDED_WORDS}(?=\s+tr))\s*"
    r"(?:/|(?:\(\w+\)\s*)?(?:tren(?:\s+tong\s+so)?|trong\s+(?:tong\s+)?so))\s*"
    rf"(?P<total>\d{{1,2}}|{FOLDED_WORDS}(?=\s+tieu\s+chi))(?!\d|[./]\d)"
    r"(?!\s*(?:chi\s+tieu|xa\b|thon\b|ho\b|noi\s+dung))"
    rf"(?P<unit>\s*(?:tieu\s+chi|tc\b))?|(?P<alone>{COUNT})(?:[\s.]+(?:tieu\s+chi|tc\b(?!\s*\d))(?!\s*/)|(?<=\(\d\d|.\(\d)(?=\)\s*:)|"
    r"(?<=dat: \d\d|.dat: \d)(?=\s*\.(?!\d))|"
    r"(?=\s*[:(]\s*(?:(?:cac\s+)?tieu\s+chi|tc|so)\s*(?:so\s*)?[\dgs]))"  # thiếu 01: TC10 · chưa đạt 02 (số 2, số 10)
)
_AFTER_CUE = re.compile(
    r"(?:,\s*(?:(?:bao )?gom|tong so|tong cong|cong))?[\s:(–-]*"  # 1. Các tiêu chí đạt, tổng số 12 tiêu chí: …
    r"(?:(?:duoc|chuan|la|so|len|tong so|co|du|hien|toan bo|ca|cac tieu chi|tieu chi)[\s:(–-]*)*"
)
_BEFORE_CUE = re.compile(
    r"\s*(?:tieu chi)?\s*(?:xa)?\s*(?:ntm|nong thon moi)?\s*(?:nang cao|kieu mau)?\s*"
    r"(?:da|hien|con lai|con|van|deu|duoc danh gia|danh gia|theo quy dinh|\s)*\s*"
)
# Xã Nhã Lộng: 19/19 tiêu chí · xã Úc Kỳ có 19/19 · Xã Dương Thành: đủ 19 tiêu chí: a name with nothing but a count
_BEHIND_NAME = re.compile(
    r"[\s:(–,-]*(?:(?:hien|da|moi|co|du|duoc|giu|giu vung|duy tri|van|so tieu chi|xa|ntm|nong thon moi)[\s:(–-]*)*"
)
# Tổng số tiêu chí của xã đã được UBND huyện thẩm tra đạt chuẩn … tính đến thời điểm thẩm tra là: 19/19 tiêu chí
# … kết quả đạt được tính đến 15/11/2023 là 7/9 tiêu chí
_FORM = re.compile(
    r"ket qua dat duoc(?:,? (?:tinh )?den (?:het )?(?:ngay |thang )?[\d/.-]{6,10},?)? la\s*:?\s*$|"
    r"tong so tieu chi(?:(?!\bchua\b|\bdat\b)[^.;\d]){0,160}(?P<not>chua )?dat[^.;\d]{0,120}?\bla\s*:?\s*$"
)
_FALLEN = re.compile(
    r"(?<!\w)(?:giam|tut|rot|xuong|sap\s+nhap|sap\s+xep|hop\s+nhat)(?!\w)[^.;:]*$"
)  # sau sáp nhập chỉ còn 09/19
_NO_STATE = re.compile(r"(?<!\w)(?:giam|tang|tut|rot|dang\s+k[iy])(?:\s+(?:them|duoc))?\s*$")
_TO_DO = re.compile(r"\s+(?:(?:con|deu|dang)\s+)?(?:can|phai|yeu)(?!\w)")  # 3/19 tiêu chí cần tập trung
_LEVEL = re.compile(
    r"\s*\(\s*(?:xa\s+)?(?:(?:nong\s+thon\s+moi|ntm)\b\s*)?(?:nang\s+cao|kieu\s+mau)?\s*\)"
)  # Xã Mỹ Hội (nông thôn mới nâng cao): 19/19
_LISTING = re.compile(r"\s*(?:,\s*(?:gom|bao\s+gom|cu\s+the|la)\s*)?:")  # …, 03/19 tiêu chí, cụ thể:
_REST = re.compile(r"(?:con|con lai|con co)\s*:?\s*$")  # còn 03 tiêu chí …
_NEXT_SENTENCE = re.compile(rf"\d\s*\.\s*[{UPPER}]")
_HOW_MANY = re.compile(r"(?:so|tong)\s+tieu\s+chi[^.;:]{0,20}dat:\s*$")  # Số tiêu chí đã đạt: 15.


@dataclass(frozen=True, slots=True)
class Cue:
    """`đạt`, `chưa đạt`, `còn` at [start, end), with its count. A weak one alone says nothing of what follows;
    a caring one (`bảo đảm`) not even where criteria follow at once. One without a status is a count that nothing
    judges: `trong đó có 02 tiêu chí cần lưu ý là …`."""

    start: int
    end: int
    status: Status | None
    weak: bool
    caring: bool = False
    count: re.Match[str] | None = None
    listed: bool = False  # the list stands between cue and count

    @property
    def first(self) -> int:
        return min(self.start, self.count.start()) if self.count else self.start

    @property
    def last(self) -> int:
        return max(self.end, self.count.end()) if self.count and not self.listed else self.end


def find_counts(whole: Reading, start: int, end: int, hidden: Sequence[Span]) -> list[re.Match[str]]:
    """The counts of criteria in [start, end), outside of hidden stretches."""
    found = CRITERIA_COUNT.finditer(whole.flowing, start, end)
    return [match for match in found if _is_count(whole, match) and not within(match.start(), hidden)]


def _is_count(whole: Reading, match: re.Match[str]) -> bool:
    """`…, 18, 19` at a line's end and `Tiêu chí không đạt` on the next are no count, nor `số 17. Tiêu chí số 4`; of
    `đạt: 15.` only words such as `số tiêu chí` make one."""
    head, _, rest = whole.string[match.start() : match.end()].rpartition("\n")
    if head and rest.lstrip()[:1].isupper():
        return False
    if _NEXT_SENTENCE.search(whole.string, match.start(), match.end()):
        return False
    of_list = match["alone"] and whole.flowing[: match.start()].endswith("dat: ") and whole.flowing[match.end()] == "."
    return not of_list or _HOW_MANY.search(whole.flowing, max(0, match.start() - 40), match.start()) is not None


def bound(whole: Reading, cues: list[Cue], counts: Sequence[re.Match[str]], named: int | None) -> list[Cue]:
    """Give each count to the cue before it, else to the one behind, else to the name before it.

    `còn 03 tiêu chí` alone says missing.
    """
    left = [count for count in counts if not _take(cues, count, lambda cue, c: _follows(whole, cue, c))]
    left = [count for count in left if not _take(cues, count, lambda cue, c: _leads(whole, cue, c))]
    left = [count for count in left if not _trails(whole, cues, count)]
    cues += [cue for count in left for cue in _alone(whole, count, named)]
    return sorted(cues, key=lambda cue: cue.first)


def _take(cues: list[Cue], count: re.Match[str], fits: Callable[[Cue, re.Match[str]], bool]) -> bool:
    """Give a count to the first cue that has none and that it fits."""
    for i, cue in enumerate(cues):
        if cue.count is None and fits(cue, count):
            cues[i] = replace(cue, count=count)
            return True
    return False


def _follows(whole: Reading, cue: Cue, count: re.Match[str]) -> bool:
    """`đạt 14/19 tiêu chí`."""
    if cue.end > count.start() or _to_complete(whole, cue, count):
        return False
    if _AFTER_CUE.fullmatch(whole.flowing, cue.end, count.start()):
        return True
    if cue.status is Status.NOT_ACHIEVED and whole.flowing[cue.end : count.start()].strip() == "them":
        return True  # riêng Minh Quang chưa đạt thêm bốn tiêu chí nữa
    # 3. Tiêu chí chưa đạt, 01 tiêu chí: Trường học
    listed = _LISTING.match(whole.flowing, count.end()) is not None
    return listed and whole.flowing[cue.end : count.start()].strip() == ","


def _to_complete(whole: Reading, cue: Cue, count: re.Match[str]) -> bool:
    """`hoàn thành 02 tiêu chí chưa đạt`: so many are missing."""
    completed = whole.flowing[cue.start : cue.end].endswith("hoan thanh")
    return completed and re.match(r"\s+(?:con\s+)?(?:chua|khong)\s+dat(?!\w)", whole.flowing[count.end() :]) is not None


def _leads(whole: Reading, cue: Cue, count: re.Match[str]) -> bool:
    """`05 tiêu chí chưa đạt`, `19/19 tiêu chí (đạt)`; not `18 tiêu chí (thiếu tiêu chí 10)`."""
    if count.end() > cue.start:
        return False
    between = whole.flowing[count.end() : cue.start]
    # 17/19 chưa đạt: 2, 17: what is missing is listed, so the count is of what is not
    of_rest = cue.status is Status.NOT_ACHIEVED and count["total"] and not count["unit"]
    if of_rest and re.match(r"\s*[:(]|\s+\d", whole.flowing[cue.end :]):
        return False
    bracketed = between.rstrip().endswith("(") and whole.flowing[cue.end : cue.end + 1] == ")"
    return _BEFORE_CUE.fullmatch(between.rstrip(" (") if bracketed else between) is not None


def _trails(whole: Reading, cues: list[Cue], count: re.Match[str]) -> bool:
    """`chưa đạt: 10; 11; 17 (03 tiêu chí)`: a bracket behind the list of the last cue, where it has no count."""
    if not whole.flowing[: count.start()].endswith("(") or whole.flowing[count.end() : count.end() + 1] != ")":
        return False
    before = [i for i, cue in enumerate(cues) if cue.last <= count.start()]
    last = before[-1] if before else None
    if last is None or cues[last].count or FULL_STOP.search(whole.flowing, cues[last].end, count.start()):
        return False
    cues[last] = replace(cues[last], count=count, listed=True)
    return True


_ENDS_COUNT = re.compile(r"\s*(?:[;,.:(–-]|$|(?:chua|khong|con|thieu|vuong|xa)(?!\w))")


def _right_behind(whole: Reading, count: re.Match[str], named: int) -> bool:
    """`Đồng Phong: 16/19; vướng ba tiêu chí …`: of as many as a set has, right behind the name."""
    of_set = count["total"] in map(str, totals_of_sets()) and _ENDS_COUNT.match(whole.flowing, count.end()) is not None
    return of_set and _BEHIND_NAME.fullmatch(whole.flowing, named, count.start()) is not None


def _headed(whole: Reading, count: re.Match[str]) -> bool:
    """`Số tiêu chí: xã Sơn Dung 14/19, xã Sơn Mùa 11/19`: the words that a count needs lead in the list."""
    before = whole.flowing[max(0, count.start() - 240) : count.start()]
    return re.search(r"so tieu chi[^.;]{0,200}$", before) is not None


def _is_left_over(whole: Reading, at: int, count: re.Match[str]) -> bool:
    """`giảm 4 tiêu chí so với năm 2021, còn 15/19`, `hiện xã còn 16/19 tiêu chí`: what is still achieved."""
    if not count["total"] or _TO_DO.match(whole.flowing, count.end()):
        return False
    most = 2 * (parse_count(count["n"]) or 0) > (parse_count(count["total"]) or 0)
    return most or _FALLEN.search(whole.flowing, max(0, at - 60), at) is not None


def _otherwise(whole: Reading, count: re.Match[str], named: int) -> bool:
    """`giảm 2/19 tiêu chí`, `có 3/19 tiêu chí cần tập trung`: do words beside it say that it is no result?"""
    before = _NO_STATE.search(whole.flowing, named, count.start())
    return before is not None or _TO_DO.match(whole.flowing, count.end()) is not None


def _alone(whole: Reading, count: re.Match[str], named: int | None) -> Iterator[Cue]:
    level = _LEVEL.match(whole.flowing, named) if named is not None else None
    named = level.end() if level and level.end() <= count.start() else named
    form = _FORM.search(whole.flowing, max(0, count.start() - 260), count.start())
    if form:
        status = Status.NOT_ACHIEVED if form["not"] else Status.ACHIEVED
        yield Cue(count.start(), count.end(), status, False, count=count)
        return
    rest = _REST.search(whole.flowing, max(0, count.start() - 12), count.start())
    if rest:
        status = Status.ACHIEVED if _is_left_over(whole, rest.start(), count) else Status.NOT_ACHIEVED
        yield Cue(rest.start(), rest.end(), status, False, count=count)
    elif (
        named is not None
        and named <= count.start()
        and (count["unit"] or count["alone"] or _headed(whole, count) or _right_behind(whole, count, named))
    ):
        led = _BEHIND_NAME.fullmatch(whole.flowing, named, count.start()) is not None
        if (led or (count["n"] and count["unit"])) and not _otherwise(whole, count, named):
            yield Cue(count.start(), count.end(), Status.ACHIEVED, False, count=count)
        else:
            yield Cue(count.start(), count.end(), None, False)
    elif count["alone"]:
        yield Cue(count.start(), count.end(), None, False)
