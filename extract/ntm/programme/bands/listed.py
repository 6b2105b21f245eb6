"""Bands that no words of theirs open: told by a list of communes beside the range, or by the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.draft import BandDraft
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.earlier import is_earlier
from extract.ntm.figures.counts import COUNT
from extract.ntm.plans import is_intended
from extract.ntm.programme.bands.communes import agreeing, linked, once
from extract.ntm.programme.bands.counts import count_field
from extract.ntm.programme.bands.found import BandAt
from extract.ntm.programme.bands.levels import target_of
from extract.ntm.programme.bands.openers import BAND, BARE
from extract.ntm.programme.bands.ranges import RANGE, limits_of
from extract.ntm.survey import Survey, aimed
from extract.ntm.units.names import read_names
from extract.reading import Reading

# 05 xã còn lại gồm Ea Kuêh, Ea Tar đạt từ 11 đến 13 tiêu chí: the list stands before the range; marks off, case kept
# Năm xã khác (Hiếu Tử, Hùng Hòa, …) đạt từ 8 đến 11 tiêu chí
_LIST_FIRST = re.compile(
    rf"(?P<before>(?i:{COUNT}))\s+xa(?:\s+[a-z]+){{0,4}}?\s*(?:[,:(]|gom|la|\s)+(?P<list>(?=[A-Z])(?!So\s+xa|Co\s|Nhom\s|Dat\s)(?:(?!\bdat\b|\d\s+xa\b|\bso\s+xa\b|\),(?!\s+(?:\w+\s+)?dat\b)|\bnhom\b)[^;.])"
    rf"{{3,400}}?)\s*\)?\s+(?:(?:deu|chi|moi|hien|da)\s+)*(?:dat|hoan\s+thanh)\s+(?:duoc\s+)?{RANGE}"
)
# các xã Chi Lăng, Mai Sao, Gia Lộc (03 xã) đạt 19 tiêu chí; marks off, case kept
_LIST_COUNTED = re.compile(
    rf"[cC]ac\s+xa\s+(?P<list>(?=[A-Z])(?:(?!\bdat\b|\d\s+xa\b|\bso\s+xa\b)[^;.()]){{3,400}}?)\s*\((?P<before>{COUNT})\s+xa\)\s+"
    rf"(?:(?:deu|chi|moi|hien|da)\s+)*(?:dat|hoan\s+thanh)\s+(?:duoc\s+)?{RANGE}"
)
# + đạt 15 - 18 tiêu chí: Ngọc Mỹ, Quyết Chiến (2 xã): what an item is; marks off, case kept
_LIST_BEHIND = re.compile(
    rf"\W*(?:[xX]a\s+|[nN]hom\s+)?[dD]at\s+{RANGE}\s*:\s*(?P<list>(?=[A-Z])(?:(?!\bdat\b|\d\s+xa\b|\bso\s+xa\b)[^;.()])"
    rf"{{3,400}}?)\s*\((?P<before>{COUNT})\s+xa\)"
)
# 1 Đạt 19 tiêu chí 02 Vân Hồ, Chiềng Khoa: a row below `STT Nhóm xã Số xã Tên xã`; marks off, case kept
# 2 | Đạt 15 - 18 tiêu chí 03 Hòa Lễ · 4 |Đạt5 - 9 tiêu chí 02 Cư Pui: what a dump leaves of the rules
# Đạt 15 - 18 tiêu chí 03 Lạc Xuân, Ka Đô · Đạt dưới 10 tiêu chí 0: rows without numbers are lines
_ROW = re.compile(
    rf"(?:(?<=\s)\d{{1,2}}[\s.|]+|(?<=\n))(?:[nN]hom\s+)?(?:[xX]a\s+)?(?:[dD]at\s*)?{RANGE}[\s|]+"
    r"(?:(?P<count>\d{1,3})(?:\s+xa)?(?:[\s|]+\d{1,3}(?:[.,]\d+)?\s*%?(?=\s*\|))?[\s:|]+(?=[A-Z])|"
    r"(?P<none>0+)[ |]*(?=\n|$))"
)
# - Đạt 15 - 18 tiêu chí 07 7,4 · 10/10 tiêu chí 7 xã 6,80%
_SHARED = re.compile(
    rf"\W*(?:xa\s+)?(?:dat\s+)?{RANGE}\s+(?P<count>\d{{1,3}})(?:\s+xa)?[\s|]+\d{{1,3}}(?:[.,]\d+)?\s*%?\W*"
)
# Nhóm xã đạt 19 tiêu chí gồm: Xuân Lai, Đại Bái. · Nhóm xã đạt từ 10 đến 14 tiêu chí chỉ còn xã Lãng Ngâm.
_UNCOUNTED = re.compile(
    rf"\W*(?i:nhom\s+(?:cac\s+)?xa\s+(?:da\s+)?dat\s+{RANGE}\s*[,:]?\s*(?:gom|la|co|chi\s+con|con)?\s*:?\s*"
    r"(?:cac\s+)?(?:xa\s+)?)(?=[A-Z])"
)
_OF_GROUP = re.compile(r"\W{0,4}nhom\s")
_OF_MANY = re.compile(r"\b(?:co|tong\s+so|toan\s+bo)\s+$")


def is_of_another_time(survey: Survey, index: int, start: int, at: int) -> bool:
    """Is what stands at `at`, in a sentence that begins at `start`, only intended or told of an earlier time?"""
    return is_intended(survey.whole, at, since=start) or aimed(survey, index) or is_earlier(survey, start, at)


def with_list_first(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    """Bands whose communes stand before the range."""
    whole = survey.whole
    text = whole.unmarked.replace("\n", " ")
    listed = [*_LIST_FIRST.finditer(text, start, end), *_LIST_COUNTED.finditer(text, start, end)]
    listed += [behind] if (behind := _LIST_BEHIND.match(text, start, end)) else []
    for match in listed:
        limits = limits_of(match, criteria_of_communes(survey.where.day))
        count = count_field(whole, *match.span("before"))
        names = list(read_names(whole, match.start("list"), match.end("list"), "xã", survey.where))
        within = BARE.match(whole.flowing, start, match.start() + 1)  # Nhóm đạt 13 trở lên: một xã (Tân Hộ Cơ, đạt 14
        if within or limits is None or match["unit"] is None or not names:
            continue
        judging = len(listed) == 1 and _judges(whole, match, start, end)
        if judging or is_of_another_time(survey, index, start, match.start()):
            continue
        communes, counted = agreeing(once(linked(survey, names)), count)
        target = target_of(survey, index, match, match.end(), start)
        yield BandAt(match.start(), match.end(), BandDraft(target, *limits, counted, communes))


def _judges(whole: Reading, match: re.Match[str], start: int, end: int) -> bool:
    """`hai xã Long Định, Lấp Vò đạt 19/19 tiêu chí` judges the two, where no more bands are told beside it."""
    alone = not any(BAND.search(whole.flowing, a, b) for a, b in ((start, match.start()), (match.end(), end)))
    return match["of"] is not None and alone and _OF_MANY.search(whole.flowing[: match.start()]) is None


def rows(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    """The rows of a table of bands that was read as lines: `2 Đạt 15-18 tiêu chí 01 Tô Múa`; two of them at least."""
    whole = survey.whole
    found = list(_ROW.finditer(whole.unmarked, start, end))
    stops = [*(match.start() for match in found[1:]), end]
    for match, stop in zip(found, stops, strict=True) if len(found) > 1 else ():
        limits = limits_of(match, criteria_of_communes(survey.where.day))
        names = [] if match["none"] else list(read_names(whole, match.end(), stop, "xã", survey.where))
        if limits is None or match["unit"] is None or not (names or match["none"]):
            continue
        count = count_field(whole, *match.span("none" if match["none"] else "count"))
        communes, counted = agreeing(once(linked(survey, names)), count)
        target = target_of(survey, index, match, match.end(), start)
        last = names[-1][1] if names else match.end()
        yield BandAt(match.start(), last, BandDraft(target, *limits, counted, communes))


def uncounted(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    """`Nhóm xã đạt 19 tiêu chí gồm: Xuân Lai, Đại Bái.`: a sentence that lists a band and does not count it."""
    whole = survey.whole
    if _OF_GROUP.match(whole.flowing, start, end) is None:  # the text is copied below
        return
    match = _UNCOUNTED.match(whole.unmarked.replace("\n", " "), start, end)
    limits = limits_of(match, criteria_of_communes(survey.where.day)) if match and match["unit"] else None
    if match is None or limits is None or is_of_another_time(survey, index, start, match.end()):
        return
    names = list(read_names(whole, match.end(), end, "xã", survey.where))
    if names and not whole.string[names[-1][1] : end].strip(" .;\n"):
        target = target_of(survey, index, match, match.end(), start)
        yield BandAt(start, end, BandDraft(target, *limits, None, once(linked(survey, names))))


def shared(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    """`- Đạt 15 - 18 tiêu chí  07  7,4`: a row of ranges, numbers of communes and shares."""
    match = _SHARED.fullmatch(survey.whole.flowing, start, end)
    limits = limits_of(match, criteria_of_communes(survey.where.day)) if match and match["unit"] else None
    if match and limits:
        count = count_field(survey.whole, *match.span("count"))
        target = target_of(survey, index, match, match.end("count"), start)
        yield BandAt(start, end, BandDraft(target, *limits, count, ()))
