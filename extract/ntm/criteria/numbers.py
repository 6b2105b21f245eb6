"""Criteria by number: `tiêu chí số 2`, `TC7-TC12`, `số 1, 2 và 3`; numbers of other things left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.ref import HIGHEST_NUMBER, Ref, meets
from extract.reading import Reading, Span, within
from normalize.letters import digits_for

UNREADABLE = "a figure was read as § or a letter"
FALLING = "the numbers of the list do not rise: one was misread"
_MISREAD = {ord(chr(letter).lower()): digit for letter, digit in digits_for("§IlGSBO").items()}  # folded
_END = r"(?!\d|[.,/]\d|\s*(?:%|/))"
_END_IN_LIST = r"(?!\d|[./]\d|,\d{3}|\s*(?:%|/))"  # số 1, 3,4,7: a blank that was lost makes no decimal
_LEAD = r"(?:(?:cac\s+)?tieu\s+chi\s*(?:so\s*)?|t/?c\s*\.?\s*(?:so\s*)?|(?<!\w)so\s+)"
# từ tiêu chí số 7 đến số 12 · TC7-TC12 · tiêu chí 1 đến 4; folded
_TO = r"\s*(?:(?:cho\s+)?(?:den|toi)(?:\s+het)?|[-–—])\s*"
_RANGE = re.compile(
    rf"(?<![\w.])(?:tu\s+{_LEAD}?|{_LEAD}:?\s*)(?P<first>\d{{1,2}}|[il](?=\s+den\s)){_END}"
    rf"{_TO}{_LEAD}?(?P<last>\d{{1,2}}){_END}(?!\s*tieu\s+chi)"
)
# Tiêu chí số 2 · tiêu chí 2 · TC2 · số 2 · misread: TC§, TC18§ (an 8 under dirt), TCG, TC1O
_NUMBER = re.compile(
    rf"(?<![\w.]){_LEAD}:?\s*(?P<number>\d{{1,2}}(?=§)|§(?!\w)|(?<=tc)1?[gsbilo](?!\w)|\d{{1,2}}{_END})§?"
    r"(?!\s+(?:tc|tieu\s+chi)(?!\w)(?!\s*(?:so\s*)?\d))"  # thống nhất 17/19 TC. 02 TC chưa đạt là …
)
# Các tiêu chí đã đạt (15/19 tiêu chí): 1, 2 và 3: bare numbers, right behind what opens their list
_TWO = r"\d{1,2}(?:\s*[,;]|\s+va)\s*\d{1,2}(?!\d|[./]\d)"  # đạt 14, 15, 16, chưa đạt 17: lists, no counts
_OPENER = (  # các tiêu chí gồm: 2, 5, 6 · chưa đạt (6, 10 và 17)
    rf"(?:[:(]|(?<!\w)(?:gom|la|so|(?:chua|khong)\s+dat|thieu|vuong|dat(?=\s+{_TWO}))(?!\w))"
)
_BARE = re.compile(
    rf"{_OPENER}\s*(?:cac\s+)?(?:tieu\s+chi\s*)?(?:so\s*)?[:(]?\s*"
    rf"(?P<number>\d{{1,2}}){_END}(?:\s?[-–]\s?(?P<last>\d{{1,2}}){_END})?(?=\s*(?:[,;.)]|va\s|den\s|$))"
)
# thiếu 02 tiêu chí: 2. Giao thông; 6 - Điện: a number of an entry, if a criterion's name stands right behind it
_ENTRY_NUMBER = re.compile(r"[:;,(]\s*(?P<number>\d{1,2})(?=\s*[.)–-]\s*[^\W\d])")
# …, 3, 5 và 9: numbers that go on with a list of numbers; `2, 3, D, 6` goes on behind one that nobody could read
_MORE = re.compile(
    r"(?:\s*[,;]\s*\d?[^\W\d](?=\s*[,;]))?\s*(?:[,;][,;:.]?\s*(?:va\s+)?|\s+va\s+|&\s*)"
    rf"(?P<number>\d{{1,2}}){_END_IN_LIST}(?:\s*(?:den|[-–])\s*(?P<last>\d{{1,2}}){_END})?"
    r"(?![^\S\n]*(?:xa|trieu|ty|dong|km|ho|nguoi|thang|tieu\s+chi|thon|m2|ha)\b)"
)
# what may stand between a number and its name: `số 1 - Quy hoạch`, `số 1 (Quy hoạch`, `tiêu chí 1 về Quy hoạch`
JOINT = re.compile(r"\s*(?:[-–—:.()]|ve\b|la\b)?\s*(?:ve\b|tieu\s+chi\b|[\"“])?\s*")
_HOW_MANY_LED = re.compile(r"so\s+tieu\s+chi\s+(?:(?:chua|da|khong)\s+)?dat\s*:?\s*$")  # Số tiêu chí chưa đạt: 11
# what may stand before `số 2`: a stop, a word of lists and verdicts, or a row's count, `8/10 Số 2, số 8`
_MAY_LEAD = re.compile(
    r"(?:^|[^\w\s]|(?<!\w)(?:va|voi|gom|la|dat|chuan|thieu|vuong|no|con|lai|den|tu|tru|rieng|ca|cac|chi|hai|ba|bon|thanh|o|ve|cua|ket|mac|them|duoc|"
    r"xong|het|nhu|sau|theo|yeu\s+cau|nhom|cham|hut|dang\s+lam|thu|do|mang)(?!\w)|(?<!\d)\d{1,2}/\d{1,2})\s*$"
)
_SPOKEN = re.compile(r"tieu chi|(?<!\w)tc(?!\w)")  # TC đạt: 1-9, 12-16
_SYMBOL = re.compile(r"\s*[-–/]\s*[A-ZĐ]{2}")  # Hướng dẫn số 15-HD/TU
NEAR = 160  # letters before a bare number in which `tiêu chí` is said


def numbered_refs(reading: Reading, start: int, end: int, hidden: Sequence[Span]) -> Iterator[Ref]:
    """The criteria that a stretch names by number, in order; lists and ranges one by one."""
    at = start
    for found in _numbers(reading, start, end):
        if found.start() < at:
            continue
        refs = list(_refs_of(found))
        at = max(found.end(), at + 1)
        if refs and not meets(refs[0], hidden) and not _is_of_others(reading, found):
            more = _MORE.match(reading.folded, at, end)
            while more and not within(more.start(), hidden):
                refs += _refs_of(more)
                at = more.end()
                more = _MORE.match(reading.folded, at, end)
            yield from _doubting_falls(refs) if reading.text.is_read(found.start(), found.end()) else refs


def _doubting_falls(refs: Sequence[Ref]) -> list[Ref]:
    """The criteria of a list on a scan, two in doubt where they do not rise: of 85 printed lists none falls.

    `số 2, 5, 6 và 1`: of 15.
    """
    found = list(refs)
    for k, (before, after) in enumerate(pairwise(refs)):
        if None not in (before.number, after.number) and (before.number or 0) >= (after.number or 0):
            found[k : k + 2] = [replace(one, doubt=one.doubt or FALLING) for one in found[k : k + 2]]
    return found


def _numbers(reading: Reading, start: int, end: int) -> list[re.Match[str]]:
    """All that may be a criterion's number, by where the figures stand; a range before the number it begins with."""
    text = reading.flowing
    found = [m for pattern in (_RANGE, _NUMBER) for m in pattern.finditer(text, start, end)]
    found += [m for m in _BARE.finditer(text, start, end) if _among_criteria(reading, m, end)]
    found += [m for m in _ENTRY_NUMBER.finditer(text, start, end) if _named_next(reading, m)]
    return sorted(found, key=lambda m: (m.start("first" if m.re is _RANGE else "number"), -m.end()))


def _named_next(reading: Reading, match: re.Match[str]) -> bool:
    """Does the name of a criterion stand right behind a number?"""
    joint = JOINT.match(reading.flowing, match.end())
    return joint is not None and name_pattern().match(reading.flowing, joint.end()) is not None


def _among_criteria(reading: Reading, match: re.Match[str], end: int) -> bool:
    """Do bare numbers stand in a list of criteria: is `tiêu chí` said just before, and no unit just behind?"""
    before = reading.flowing[max(0, match.start() - NEAR) : match.start() + 12]
    units = re.match(
        r"\s*\)?\s*(?:xa|trieu|ty|dong|km|ho|nguoi|tieu\s+chi|tc|thon)\b",
        reading.flowing[match.end("number") : end][:14],
    )
    counted = _HOW_MANY_LED.search(reading.flowing, max(0, match.start("number") - 40), match.start("number"))
    spoken = _SPOKEN.search(before) is not None or _TALLIED.search(before) is not None
    padded = match["number"].startswith("0") and match[0].lstrip().startswith(("chua", "khong", "dat"))
    return spoken and units is None and counted is None and not padded  # đạt 18, không đạt 01


# Xã Phương Viên 15/19. Chưa đạt: 6, 7 · Kế Thành 17/19 (chưa đạt 5, 17)
_TALLIED = re.compile(r"\d\s*/\s*(?:19|10|9)(?!\d)[^;]*(?:chua|khong|da)?\s*(?:dat|thieu|vuong|con)")


def _refs_of(match: re.Match[str]) -> Iterator[Ref]:
    groups = match.groupdict()
    figures = groups.get("first") or groups.get("number") or "0"
    odd = not figures.isdigit() or "§" in match[0]
    first = int(figures.translate(_MISREAD))
    last = int(groups.get("last") or first)
    if 1 <= first <= last <= HIGHEST_NUMBER:
        for number in range(first, last + 1):
            spans = tuple(match.span(g) for g in ("first", "number", "last") if groups.get(g))
            yield Ref(match.start(), match.end(), number, None, last > first, spans, UNREADABLE if odd else "")


def _is_of_others(reading: Reading, match: re.Match[str]) -> bool:
    """`Quyết định số 18`, `thôn số 3`, `trên tổng số 19`: a bare `số` behind any other word numbers something else."""
    if not match[0].lstrip().startswith("so"):
        return False
    before = reading.flowing[max(0, match.start() - 24) : match.start()]
    return _MAY_LEAD.search(before) is None or _SYMBOL.match(reading.string, match.end()) is not None
