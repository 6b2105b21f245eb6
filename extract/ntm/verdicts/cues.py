"""The words that say that criteria are achieved or missing, each with the count that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.notice import Status
from extract.ntm.criteria.named import hidden_spans, name_pattern
from extract.ntm.figures.counts import COUNT, FOLDED_WORDS, parse_count
from extract.ntm.plans import is_intended
from extract.reading import Reading
from extract.words.phrases import Span, find_phrases

# 14/19 tiêu chí · 05 tiêu chí · bốn tiêu chí · 14/19 TC; folded
_COUNT = re.compile(
    rf"(?<![\d.,/])(?P<n>\d{{1,2}}|(?<!\w){FOLDED_WORDS}(?=\s+tr))\s*"
    r"(?:/|(?:\(\w+\)\s*)?(?:tren(?:\s+tong\s+so)?|trong\s+(?:tong\s+)?so))\s*"
    rf"(?P<total>\d{{1,2}}|{FOLDED_WORDS}(?=\s+tieu\s+chi))(?!\d|[./]\d)"
    r"(?!\s*(?:chi\s+tieu|xa\b|thon\b|ho\b|noi\s+dung))"
    rf"(?P<unit>\s*(?:tieu\s+chi|tc\b))?|(?P<alone>{COUNT})(?:[\s.]+(?:tieu\s+chi|tc\b(?!\s*\d))(?!\s*/)|(?<=\(\d\d|.\(\d)(?=\)\s*:)|"
    r"(?<=dat: \d\d|.dat: \d)(?=\s*\.(?!\d))|"
    # 18/19; thiếu 01: TC10 · chưa đạt 02: tiêu chí số 2, số 10
    r"(?<=(?:thieu|. con|a dat) \d\d|(?:.thieu|.. con|ua dat) \d)"
    r"(?=\s*[:(]\s*(?:(?:cac\s+)?tieu\s+chi|tc|so)\s*[\dgs]))"
)
_AFTER_CUE = re.compile(
    r"(?:,\s*(?:bao )?gom)?[\s:(–-]*"
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
_FORM = re.compile(
    r"tong so tieu chi(?:(?!\bchua\b|\bdat\b)[^.;\d]){0,160}(?P<not>chua )?dat[^.;\d]{0,120}?\bla\s*:?\s*$"
)
_FALLEN = re.compile(
    r"(?<!\w)(?:giam|tut|rot|xuong|sap\s+nhap|sap\s+xep|hop\s+nhat)(?!\w)[^.;:]*$"
)  # sau sáp nhập chỉ còn 09/19
_LISTING = re.compile(r"\s*(?:,\s*(?:gom|bao\s+gom|cu\s+the|la)\s*)?:")  # …, 03/19 tiêu chí, cụ thể:
_REST = re.compile(r"(?:con|con lai|con co)\s*:?\s*$")  # còn 03 tiêu chí …
# còn TC1, TC5 · 02 tiêu chí còn lại là số 2 và số 17
_LEFT = re.compile(
    r"(?<!\w)con(?:\s+lai)?\s*:?\s*(?=(?:cac\s+)?(?:tieu\s+chi|tc)\s*(?:so\s*)?(?::?\s*\d|:\s))|"
    r"(?<!\w)(?:phan|so)\s+con\s+lai(?=\s*(?:la|gom|:)\s*(?:cac\s+)?(?:tieu\s+chi|tc)\s)|"
    r"(?<=tieu\schi\s)chua\s+duoc(?=\s*(?::|la\b|gom\b))|"
    r"(?:(?<=tieu\schi\s)|(?<=tieu\schi,\s)|(?<=tieu\schi;\s))con\s+lai(?=\s*(?:[:(]|la\b|gom\b))"
)
# còn tiêu chí Thu nhập, Hộ nghèo: where a capital follows
_LEFT_NAMED = re.compile(r"(?<!\w)con\s+(?:lai\s+)?(?:cac\s+)?tieu\s+chi\s+(?=[a-z])")
# Như vậy xã được 10 tiêu chí
_GOT = re.compile(
    r"(?<!\w)thuc\s+hien(?:\s+duoc)?(?=\s*:?\s*\d{1,2}\s*/\s*(?:19|10|9)(?!\d))|"  # Kế hoạch giao …: thực hiện 17/19
    r"(?<=\bxa\s)(?:da\s+|moi\s+)?duoc(?=\s+\d{1,2}(?:\s*/\s*\d{1,2})?\s+tieu\s+chi)"
)
# nâng tổng số tiêu chí đạt được lên 17 · đưa số tiêu chí của xã từ 13 lên 16 · nâng tổng số lên 14 tiêu chí · dừng ở
# 14 tiêu chí · hiện có 15 tiêu chí · số tiêu chí đạt là 15, số chưa đạt là 04; not `nâng tổng số xã đạt chuẩn lên 12`,
# `hồ sơ đạt: 14`
_NO_OTHER = r"(?P<n>(?!))?(?P<total>(?!))?(?P<unit>(?!))?"  # groups of _COUNT that these lack
_HELD = re.compile(
    r"(?<!\w)(?:(?:nang|dua)\s+(?:tong\s+)?so\s+tieu\s+chi(?![^.;\d]{0,40}\bchua\b)[^.;\d]{0,40}?"
    r"(?:tu\s+\d{1,2}\s+)?len\s+(?:thanh\s+)?|nang\s+tong\s+so\s+len\s+(?=\d{1,2}\s+tieu\s+chi)|tu\s+\d{1,2}\s+(?:xuong|len)\s+(?:con\s+)?(?=\d{1,2}\s+tieu\s+chi)|(?:dung\s+(?:lai\s+)?o|hien\s+(?:moi\s+)?co)\s+(?=\d{1,2}\s+tieu\s+chi"
    r"(?!\s+(?:chua|khong)))|(?:so\s+tieu\s+chi|(?<=,\s)so)\s+(?P<no>(?:con\s+)?(?:chua|khong)\s+)?(?:da\s+)?dat"
    r"(?:\s+(?:duoc|chuan))?\s*(?:la|:)\s*)(?P<alone>\d{1,2})(?!\d|[.,/]\d|\s*[%/]|\s+(?:xa|thon|ap|ho|km|truong|co\s+so)\b)"
    rf"{_NO_OTHER}"
)
# tăng 02 tiêu chí, gồm … · hoàn thành thêm tiêu chí Chợ nông thôn: what was gained since
_GAINED = re.compile(
    rf"(?<!\w)(?:tang|(?:da|trong\s+nam|nam\s+nay)\s+dat\s+them|them\s+duoc)\s+(?:(?:them|duoc)\s+)*{COUNT}\s+tieu\s+chi(?=\s*(?:,?\s*(?:gom|la)\b|[:(]))|"
    r"(?<!\w)(?:hoan\s+thanh|da\s+dat)\s+them\s+(?:duoc\s+)?(?=(?:cac\s+)?tieu\s+chi\s)"
)
_STILL = re.compile(r"(?<!\w)con\s+(?:lai\s+)?(?:la\s+)?")
_NO_RESULT = re.compile(
    r"\s*(?:duoc\s+)?(?:chuan\s+)?(?:xa\s+|huyen\s+)?(?:nong thon|ntm|danh hieu|muc\s|ty le|ket qua|tien do|tren|"
    r"khoang|hon\s|duoi \d|gan|binh quan|\d+(?:[.,]\d+)?\s*(?:%|trieu|ty\b|km|ha\b|xa\b|m2|nguoi|ho\b|dong)|thap|cao)"
)
# đạt 61,5 …; not `đạt 14, 15, 16`
_FACTS = re.compile(r"(?!\s*\d{1,2}\s*(?:,|va)\s+\d{1,2}(?![\d%.]))\s*\d+(?:[.,]\d+)*\s*(?!\s*/|\s*tieu|\d)")
_SENTENCE = re.compile(r"\.(?=\s)|\n\s*(?=[-+•*])")
_CARE = re.compile(r"(?:khong |chua )?(?:bao|dam) (?:dam|bao)$")  # bảo đảm tiêu chí … says no result by itself
_WEAK = re.compile(rf"(?:da |chua )?hoan thanh$|(?:con |van )?(?:thieu|hut)$|(?:ngoai )?tru$|{_CARE.pattern}")


FEWEST_OF_SET = 9  # criteria: `cả 19 tiêu chí` is a count, `cả ba tiêu chí` none


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


def find_cues(
    whole: Reading, start: int, end: int, taken: Sequence[Span], named: int | None = None, since: int = 0
) -> list[Cue]:
    """The cues of [start, end), in order, outside of `taken` and of what is only intended.

    `named`: where the name of the unit ends that the stretch speaks of; a count right behind it is one achieved.
    `since`: where the paragraph begins; words of intent above it say nothing here.
    """
    hidden = [*hidden_spans(whole, start, end), *taken]
    missing = find_phrases(whole, "not_achieved", start, end)
    reached = [s for s in find_phrases(whole, "achieved", start, end) if not any(a <= s[0] < b for a, b in missing)]
    cues = [_cue(whole, span, Status.NOT_ACHIEVED) for span in missing]
    cues += [_cue(whole, span, Status.ACHIEVED) for span in reached]
    cues += [Cue(m.start(), m.end(), Status.NOT_ACHIEVED, False) for m in _LEFT.finditer(whole.flowing, start, end)]
    named_left = (m for m in _LEFT_NAMED.finditer(whole.flowing, start, end) if whole.string[m.end()].isupper())
    cues += [Cue(m.start(), m.end(), Status.NOT_ACHIEVED, False) for m in named_left]
    cues += _left_by_name(whole, start, end)
    cues += [Cue(m.start(), m.end(), Status.ACHIEVED, False) for m in _GOT.finditer(whole.flowing, start, end)]
    held, gained = (list(p.finditer(whole.flowing, start, end)) for p in (_HELD, _GAINED))
    own = [m.span() for m in (*held, *gained)]
    cues = [cue for cue in cues if not _within(cue.start, own)]
    cues += [Cue(m.start(), m.end(), Status.NOT_ACHIEVED if m["no"] else Status.ACHIEVED, False, count=m) for m in held]
    cues += [Cue(m.start(), m.end(), Status.ACHIEVED, False) for m in gained]
    cues = sorted((cue for cue in cues if not _within(cue.start, hidden)), key=lambda cue: cue.start)
    counts = [
        m
        for m in _COUNT.finditer(whole.flowing, start, end)
        if _is_count(whole, m) and not _within(m.start(), [*hidden, *own])
    ]
    named_all = [count for count in counts if _names_all(whole, count)]
    counts = [count for count in counts if count not in named_all]
    led = {cue.end for cue in cues}  # đạt cả ba tiêu chí: what is said of them is said by that cue
    apart = (count for count in named_all if not any(whole.flowing[end : count.start()].strip() == "ca" for end in led))
    cues += [Cue(count.start(), count.end(), None, False) for count in apart]
    bound = (_of_the_rest(whole, cue) for cue in _bound(whole, cues, counts, named))
    found = [cue for cue in bound if cue.count or not _no_result(whole, cue, end)]
    return [cue for cue in found if not is_intended(whole, cue.first, since=since) and not _asked(whole, cue, since)]


def _of_the_rest(whole: Reading, cue: Cue) -> Cue:
    """`hoàn thành 02 tiêu chí còn lại (số 10, số 11)` tells of what is missing."""
    rest = cue.weak and cue.count is not None and re.match(r"\s*con\s+lai(?!\w)", whole.flowing[cue.count.end() :])
    return replace(cue, status=Status.NOT_ACHIEVED) if rest and cue.status is Status.ACHIEVED else cue


def _left_by_name(whole: Reading, start: int, end: int) -> list[Cue]:
    """`15/19 tiêu chí; còn Giao thông, Trường học`: a criterion's name right behind `còn`."""
    found = _STILL.finditer(whole.flowing, start, end)
    named = (m for m in found if whole.string[m.end() : m.end() + 1].isupper())
    return [Cue(*m.span(), Status.NOT_ACHIEVED, False) for m in named if name_pattern().match(whole.flowing, m.end())]


def _asked(whole: Reading, cue: Cue, since: int) -> bool:
    """`Yêu cầu UBND xã Cư Né hoàn thành tiêu chí số 2` tells of nothing done."""
    return cue.weak and cue.status is Status.ACHIEVED and is_intended(whole, cue.first, "asked", since)


def _is_count(whole: Reading, match: re.Match[str]) -> bool:
    """`…, 18, 19` at a line's end and `Tiêu chí không đạt` on the next are no count."""
    head, _, rest = whole.string[match.start() : match.end()].rpartition("\n")
    return not (head and rest.lstrip()[:1].isupper())


def _names_all(whole: Reading, count: re.Match[str]) -> bool:
    """`đạt cả ba tiêu chí Nhà ở dân cư, Thu nhập, Hộ nghèo`: how many are named, not how many there are."""
    led = whole.flowing[max(0, count.start() - 4) : count.start()].split()[-1:] == ["ca"]
    return led and count["alone"] is not None and (parse_count(count["alone"]) or 0) < FEWEST_OF_SET


def _within(at: int, spans: Sequence[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


def _cue(whole: Reading, span: Span, status: Status) -> Cue:
    text = whole.flowing[slice(*span)]
    return Cue(*span, status, _WEAK.fullmatch(text) is not None, _CARE.fullmatch(text) is not None)


def _no_result(whole: Reading, cue: Cue, end: int) -> bool:
    """`đạt chuẩn nông thôn mới`, `đạt tỷ lệ 98%`, `đạt 61,5%` judge no criterion."""
    if cue.status is not Status.ACHIEVED:
        return False
    return _NO_RESULT.match(whole.flowing, cue.end, end) is not None or (
        _FACTS.match(whole.flowing, cue.end, end) is not None and _COUNT.match(whole.flowing, cue.end + 1, end) is None
    )


def _bound(whole: Reading, cues: list[Cue], counts: Sequence[re.Match[str]], named: int | None) -> list[Cue]:
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
    if cue.end > count.start():
        return False
    if _AFTER_CUE.fullmatch(whole.flowing, cue.end, count.start()):
        return True
    if cue.status is Status.NOT_ACHIEVED and whole.flowing[cue.end : count.start()].strip() == "them":
        return True  # riêng Minh Quang chưa đạt thêm bốn tiêu chí nữa
    # 3. Tiêu chí chưa đạt, 01 tiêu chí: Trường học
    listed = _LISTING.match(whole.flowing, count.end()) is not None
    return listed and whole.flowing[cue.end : count.start()].strip() == ","


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
    if last is None or cues[last].count or _SENTENCE.search(whole.flowing, cues[last].end, count.start()):
        return False
    cues[last] = replace(cues[last], count=count, listed=True)
    return True


_ENDS_COUNT = re.compile(r"\s*(?:[;,.:(]|$|(?:chua|khong|con|thieu|vuong|xa)(?!\w))")


def _right_behind(whole: Reading, count: re.Match[str], named: int) -> bool:
    """`Đồng Phong: 16/19; vướng ba tiêu chí …`: of as many as a set has, right behind the name."""
    of_set = count["total"] in ("19", "9", "10") and _ENDS_COUNT.match(whole.flowing, count.end()) is not None
    return of_set and _BEHIND_NAME.fullmatch(whole.flowing, named, count.start()) is not None


def _headed(whole: Reading, count: re.Match[str]) -> bool:
    """`Số tiêu chí: xã Sơn Dung 14/19, xã Sơn Mùa 11/19`: the words that a count needs lead in the list."""
    before = whole.flowing[max(0, count.start() - 240) : count.start()]
    return re.search(r"so tieu chi[^.;]{0,200}$", before) is not None


def _is_left_over(whole: Reading, at: int, count: re.Match[str]) -> bool:
    """`giảm 4 tiêu chí so với năm 2021, còn 15/19`, `hiện xã còn 16/19 tiêu chí`: what is still achieved."""
    if not count["total"]:
        return False
    most = 2 * (parse_count(count["n"]) or 0) > (parse_count(count["total"]) or 0)
    return most or _FALLEN.search(whole.flowing, max(0, at - 60), at) is not None


def _alone(whole: Reading, count: re.Match[str], named: int | None) -> Iterator[Cue]:
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
        if _BEHIND_NAME.fullmatch(whole.flowing, named, count.start()) or (count["n"] and count["unit"]):
            yield Cue(count.start(), count.end(), Status.ACHIEVED, False, count=count)
        else:
            yield Cue(count.start(), count.end(), None, False)
    elif count["alone"]:
        yield Cue(count.start(), count.end(), None, False)
