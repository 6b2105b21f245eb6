"""The words that say that criteria are achieved or missing, each with the count that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.notice import Status
from extract.ntm.criteria.hidden import hidden_spans
from extract.ntm.criteria.names import name_pattern
from extract.ntm.figures.counts import COUNT, parse_count
from extract.ntm.plans import is_intended
from extract.ntm.verdicts.counted import CRITERIA_COUNT, Cue, bound, find_counts
from extract.reading import Reading, Span, within
from extract.words.phrases import find_phrases
from normalize.fold import fold

# còn TC1, TC5 · 02 tiêu chí còn lại là số 2 và số 17
_LEFT = re.compile(
    r"(?<!\w)con(?:\s+lai)?\s*:?\s*(?=(?:cac\s+)?(?:tieu\s+chi|tc)\s*(?:so\s*)?(?::?\s*\d|:\s))|"
    r"(?<!\w)(?:phan|so)\s+con\s+lai(?=\s*(?:la|gom|:)\s*(?:cac\s+)?(?:tieu\s+chi|tc)\s)|"
    r"(?<=tieu\schi\s)chua\s+(?:duoc|co)(?=\s*(?::|la\b|gom\b))|"  # Sáu tiêu chí chưa có là: giao thông; …
    r"(?:(?<=tieu\schi\s)|(?<=tieu\schi,\s)|(?<=tieu\schi;\s))con\s+lai(?=\s*(?:[:(]|la\b|gom\b))"
)
# còn tiêu chí Thu nhập, Hộ nghèo: where a capital follows
_LEFT_NAMED = re.compile(r"(?<!\w)con\s+(?:lai\s+)?(?:cac\s+)?tieu\s+chi\s+(?=[a-z])")
# Như vậy xã được 10 tiêu chí · Xã đã rà và thấy: được 6 tiêu chí, gồm …
_GOT = re.compile(
    r"(?<!\w)(?:thuc\s+hien(?:\s+duoc)?|duoc)(?=\s*:?\s*\d{1,2}\s*/\s*(?:19|10|9)(?!\d))|"  # …, rà được 15/19 tiêu chí
    # xã giữ vững các tiêu chí từ số 1 đến số 14
    r"(?<!\w)(?:giu\s+vung|duy\s+tri)(?=\s+(?:cac\s+)?tieu\s+chi\s+(?:tu\s+)?so\s+\d)|"
    r"(?<!\w)thuc\s+hien\s+duoc(?=\s+\d{1,2}\s+tieu\s+chi)|"
    r"(?:(?<=\bxa\s)|(?<=[:;,.]\s)(?:huyen\s+)?)(?:da\s+|moi\s+)?duoc"
    r"(?=\s+\d{1,2}(?:\s*/\s*\d{1,2})?\s+tieu\s+chi)"
)
_NO_OTHER = r"(?P<n>(?!))?(?P<total>(?!))?(?P<unit>(?!))?"  # groups of CRITERIA_COUNT that these lack
# nâng tổng số tiêu chí đạt được lên 17 · đưa số tiêu chí của xã từ 13 lên 16; not `nâng tổng số xã đạt chuẩn lên 12`
_RAISED = (
    r"(?:nang|dua)\s+(?:tong\s+)?so\s+tieu\s+chi(?![^.;\d]{0,40}\bchua\b)[^.;\d]{0,40}?"
    r"(?:tu\s+\d{1,2}\s+)?len\s+(?:thanh\s+)?"
)
_OF_CRITERIA = r"(?=\d{1,2}\s+tieu\s+chi)"
_RAISED_TO = rf"nang\s+tong\s+so\s+len\s+{_OF_CRITERIA}"  # nâng tổng số lên 14 tiêu chí
_FROM_TO = rf"tu\s+\d{{1,2}}\s+(?:xuong|len)\s+(?:con\s+)?{_OF_CRITERIA}"  # Tạ An Khương Nam từ 19 xuống 16 tiêu chí
# dừng ở 14 tiêu chí · hiện có 15 tiêu chí · thời điểm này chỉ có 15 tiêu chí giữ được chuẩn
_STANDS_AT = (
    r"(?:dung\s+(?:lai\s+)?o|hien\s+(?:moi\s+)?co|(?<!den\s)nay\s+(?:(?:da|moi|chi)\s+)?(?:co|van|la))\s+"
    r"(?=\d{1,2}\s+tieu\s+chi(?!\s+(?:chua|khong)))"
)
# Số tiêu chí đạt: 15 · số tiêu chí đạt là 15, số chưa đạt là 04; not `hồ sơ đạt: 14`
_NUMBER_IS = (
    r"(?:so\s+tieu\s+chi|(?<=,\s)so)\s+(?P<no>(?:con\s+)?(?:chua|khong)\s+)?(?:da\s+)?dat"
    r"(?:\s+(?:duoc|chuan))?\s*(?:la|:)?\s*"
)
_HELD = re.compile(
    rf"(?<!\w)(?:{_RAISED}|{_RAISED_TO}|{_FROM_TO}|{_STANDS_AT}|{_NUMBER_IS})"
    rf"(?P<alone>\d{{1,2}})(?!\d|[.,/]\d|\s*[-–]\s*\d|\s+den\s+\d|\s*[%/]|\s+(?:xa|thon|ap|ho|km|truong|co\s+so)\b){_NO_OTHER}"
)
# tăng 02 tiêu chí, gồm … · tăng 03 tiêu chí so với cuối năm 2025, gồm: …
# hoàn thành thêm tiêu chí Chợ nông thôn: what was gained since
_GAINED = re.compile(
    rf"(?<!\w)(?:tang|(?:da|trong\s+nam|nam\s+nay)\s+dat\s+them|them\s+duoc)\s+(?:(?:them|duoc)\s+)*{COUNT}\s+tieu\s+chi"
    r"(?:\s+so\s+voi\s[^.;:(),]{3,30}?)?(?=\s*(?:,?\s*(?:gom|la)\b|[:(]))|"
    r"(?<!\w)(?:hoan\s+thanh|da\s+dat)\s+them\s+(?:duoc\s+)?(?=(?:cac\s+)?tieu\s+chi\s)"
)
_OF_COMMUNES = re.compile(r"(?:ngoai\s+)?tru\s+(?:cac\s+|hai\s+)?xa(?!\w)")  # các xã A, B đạt, ngoại trừ xã C
_STILL = re.compile(r"(?<!\w)con\s+(?:lai\s+)?(?:la\s+)?")
_NO_RESULT = re.compile(
    r"\s*(?:duoc\s+)?(?:chuan\s+)?(?:xa\s+|huyen\s+)?(?:nong thon|ntm|danh hieu|muc\s|ty le|ket qua|tien do|tren|"
    r"khoang|hon\s|duoi \d|gan|binh quan|\d+(?:[.,]\d+)?\s*(?:%|trieu|ty\b|km|ha\b|xa\b|m2|nguoi|ho\b|dong)|thap|cao)"
)
# đạt 61,5 …; not `đạt 14, 15, 16`
_FACTS = re.compile(r"(?!\s*\d{1,2}\s*(?:,|va)\s+\d{1,2}(?![\d%.]))\s*\d+(?:[.,]\d+)*\s*(?!\s*/|\s*tieu|\d)")
_CARE = re.compile(r"(?:khong |chua )?(?:bao|dam) (?:dam|bao)$")  # bảo đảm tiêu chí … says no result by itself
_WEAK = re.compile(
    r"(?:da |chua )?hoan thanh$|(?:van )?giu (?:vung )?duoc$|(?:da )?(?:lam )?xong$|(?:con )?(?:ket|mac)(?: o)?$|"
    rf"(?:con )?dang lam$|(?:con |van )?(?:thieu|hut)$|(?:ngoai )?tru$|{_CARE.pattern}"
)
FEWEST_OF_SET = 9  # criteria: `cả 19 tiêu chí` is a count, `cả ba tiêu chí` none


def find_cues(
    whole: Reading, start: int, end: int, taken: Sequence[Span], named: int | None = None, since: int = 0
) -> list[Cue]:
    """The cues of [start, end), in order, outside of `taken` and of what is only intended.

    `named`: where the name of the unit ends that the stretch speaks of; a count right behind it is one achieved.
    `since`: where the paragraph begins; words of intent above it say nothing here.
    """
    hidden = [*hidden_spans(whole, start, end), *taken]
    changed = _changed(whole, start, end)
    own = [(cue.start, cue.end) for cue in changed]
    said = [cue for cue in _said(whole, start, end) if not within(cue.start, own)]
    cues = sorted((cue for cue in [*said, *changed] if not within(cue.start, hidden)), key=lambda cue: cue.start)
    counts = find_counts(whole, start, end, [*hidden, *own])
    of_named = [count for count in counts if _names_all(whole, count)]
    cues += _unjudged(whole, cues, of_named)
    joined = bound(whole, cues, [count for count in counts if count not in of_named], named)
    found = [
        cue for cue in (_of_the_rest(whole, cue) for cue in joined) if cue.count or not _no_result(whole, cue, end)
    ]
    return [cue for cue in found if not is_intended(whole, cue.first, since=since) and not _asked(whole, cue, since)]


def _said(whole: Reading, start: int, end: int) -> list[Cue]:
    """The words that say that criteria are achieved or missing."""
    missing = [s for s in find_phrases(whole, "not_achieved", start, end) if _is_stuck(whole, s)]
    missing = [s for s in missing if not _OF_COMMUNES.match(whole.flowing, s[0])]
    reached = [span for span in find_phrases(whole, "achieved", start, end) if not within(span[0], missing)]
    cues = [_cue(whole, span, Status.NOT_ACHIEVED) for span in missing]
    cues += [_cue(whole, span, Status.ACHIEVED) for span in reached]
    cues += [Cue(*m.span(), Status.NOT_ACHIEVED, False) for m in _LEFT.finditer(whole.flowing, start, end)]
    named = (m for m in _LEFT_NAMED.finditer(whole.flowing, start, end) if whole.string[m.end()].isupper())
    cues += [Cue(*m.span(), Status.NOT_ACHIEVED, False) for m in named]
    cues += _left_by_name(whole, start, end)
    return [*cues, *(Cue(*m.span(), Status.ACHIEVED, False) for m in _GOT.finditer(whole.flowing, start, end))]


def _changed(whole: Reading, start: int, end: int) -> list[Cue]:
    """`nâng tổng số tiêu chí đạt được lên 17`, with the count it ends at; `tăng 02 tiêu chí, gồm …`, with none."""
    held = [
        Cue(*m.span(), Status.NOT_ACHIEVED if m["no"] else Status.ACHIEVED, False, count=m)
        for m in _HELD.finditer(whole.flowing, start, end)
    ]
    return [*held, *(Cue(*m.span(), Status.ACHIEVED, False) for m in _GAINED.finditer(whole.flowing, start, end))]


def _unjudged(whole: Reading, cues: Sequence[Cue], counts: Sequence[re.Match[str]]) -> list[Cue]:
    """`cả ba tiêu chí Nhà ở, …`: cues without a status; not `đạt cả ba tiêu chí`, which `đạt` judges."""
    led = {cue.end for cue in cues}
    apart = (count for count in counts if not any(whole.flowing[end : count.start()].strip() == "ca" for end in led))
    return [Cue(*count.span(), None, False) for count in apart]


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


def _names_all(whole: Reading, count: re.Match[str]) -> bool:
    """`đạt cả ba tiêu chí Nhà ở dân cư, Thu nhập, Hộ nghèo`: how many are named, not how many there are."""
    led = whole.flowing[max(0, count.start() - 4) : count.start()].split()[-1:] == ["ca"]
    return led and count["alone"] is not None and (parse_count(count["alone"]) or 0) < FEWEST_OF_SET


def _is_stuck(whole: Reading, span: Span) -> bool:
    """`kẹt tiêu chí 17`, `mắc ở tiêu chí 2`; not kết quả nor mặc dù, which differ in their marks alone."""
    first = whole.string[slice(*span)].split()[0].lower()
    return fold(first) not in ("ket", "mac") or first in ("kẹt", "mắc")


def _cue(whole: Reading, span: Span, status: Status) -> Cue:
    text = whole.flowing[slice(*span)]
    return Cue(*span, status, _WEAK.fullmatch(text) is not None, _CARE.fullmatch(text) is not None)


def _no_result(whole: Reading, cue: Cue, end: int) -> bool:
    """`đạt chuẩn nông thôn mới`, `đạt tỷ lệ 98%`, `đạt 61,5%` judge no criterion."""
    if cue.status is not Status.ACHIEVED:
        return False
    return _NO_RESULT.match(whole.flowing, cue.end, end) is not None or (
        _FACTS.match(whole.flowing, cue.end, end) is not None
        and CRITERIA_COUNT.match(whole.flowing, cue.end + 1, end) is None
    )
