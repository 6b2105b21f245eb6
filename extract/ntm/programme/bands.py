"""Bands: communes grouped by the number of criteria they reach, in bullets or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.draft import BandDraft
from extract.field import Field
from extract.notice import Level, Method, Target, Unit
from extract.ntm.figures.counts import COUNT, parse_count
from extract.ntm.plans import is_intended
from extract.ntm.programme.earlier import is_earlier
from extract.ntm.survey import Survey, TargetAt, aimed, heading_target, leading_target, target_in, targets_in
from extract.ntm.trust import AGREED, COUNTED, vouched
from extract.ntm.units.link import link_unit, without_doubles
from extract.ntm.units.names import NAME, NameSpan, read_names
from extract.parts.items import sentences
from extract.reading import Reading
from extract.trail import missed

HIGHEST = 19  # criteria of the sets for communes; the upper end of `15 tiêu chí trở lên`
_RANGE = (
    r"(?:(?P<than>duoi|tren|tu|du|ca|tron)\s+)?(?P<low>\d{1,2})(?:\s*/\s*(?P<of>\d{1,2}))?"
    r"(?:\s*(?:tieu\s+chi\s+)?(?:[-–—]|den|toi)\s*(?P<under>duoi\s+)?(?P<high>\d{1,2})(?:\s*/\s*\d{1,2})?)?"
    r"\s*(?P<unit>tieu\s+(?:chi|[a-z]{1,3}(?=\s)))?(?P<more>\s+tro\s+len)?"
)
# Số xã đạt 15-18 tiêu chí · 05 xã đạt từ 15 đến 18 tiêu chí · Nhóm đạt 19 tiêu chí · xã dưới 5 tiêu chí; folded
_AT = r"(?:o|thuoc|nam\s+(?:o|trong))\s+(?:muc|nhom)(?:\s+dat)?"  # 02 xã ở mức 15 - 18 tiêu chí
# 05 xã rớt xuống còn 16-18 tiêu chí
_VERB = (
    rf"(?:(?:da|deu|hien|moi|co|chi)\s+)*(?:(?:{_AT}|dat|hoan\s+thanh|co|giu\s+vung|duy\s+tri|giu|bao\s+dam|"
    r"(?:giam|rot|tut|ha)(?:\s+xuong)?\s+con|xuong\s+con)\s+)?(?:(?:trong\s+)?khoang\s+(?:tu\s+)?)?"
)
_UNITS = r"(?:xa|nhom(?:\s+xa)?|nhom\s+(?:\d|thu\s+[a-z]+)|don\s+vi)"
# not `Trong 08 xã còn lại, 03 xã đạt …`, nor `cả hai xã đều đạt 19/19`, which speaks of the two named before
# chín xã còn lại · 04/22 xã (18,2%) · các xã còn lại (05 xã) · mười lăm xã đạt chuẩn (19 tiêu chí)
_BAND = re.compile(
    rf"(?<!\bca\s(?=(?:hai|ba|0?[23])\s))(?:(?P<before>{COUNT}|khong(?:\s+con|\s+co)?)\s+)?(?:so\s+)?{_UNITS}(?:\s+nao)?(?:\s+con\s+lai)?"
    r"(?:\s+(?:cua|trong|thuoc|tren\s+dia\s+ban)\s+(?:toan\s+)?(?:huyen|tinh|thi\s+xa|thanh\s+pho)"
    r"(?:\s+(?!(?:co|con|da|moi|gom|thi)\s)[a-z' ]{2,24}?)?)?"
    rf"(?:\s*,\s+(?:dat\s+)?(?:ty\s+le|chiem)\s+[\d.,]+\s*%|\s*\((?:chiem\s+)?[\d.,]+\s*%\)|\s*\((?P<within>{COUNT})\s+xa\))?\s*,?\s+{_VERB}"
    r"(?:duoc\s+|chuan\s+(?:(?:ntm|nong\s+thon\s+moi)\s*)?(?:[(,–-]\s*(?:dat\s+)?(?=\d{1,2}(?:\s*(?:[-–/]|den)\s*\d{1,2})?\s+tieu\s+chi))?|"
    rf"so\s+tieu\s+chi\s+(?:dat\s+)?)?{_RANGE}(?!\d)(?!(?:(?<=\d)\s+|(?<=\d\s))(?:xa|don\s+vi)(?!\w))"
)
# • Đạt 16 - 18 tiêu chí: 02 xã (Viên An, Liêu Tú): what an item begins with, its subject stands above
_BARE = re.compile(
    rf"(?P<before>(?!))?(?P<within>(?!))?\W*(?:\w\s+)?(?:(?:so|nhom(?:\s+\d)?)\s+)?\(?(?:dat\s+)?(?:duoc\s+)?{_RANGE}"
    r"(?:\s+(?:(?:ntm|nong\s+thon\s+moi)(?:\s+(?:nang\s+cao|kieu\s+mau))?|nang\s+cao|kieu\s+mau))?\s*\)?\s*"
    rf"(?:[:,–-]\s*(?:co\s+)?|(?:co|con|la|gom)\s+)(?=(?:{COUNT})\s+xa(?!\w))"
)
# số xã đạt 19 tiêu chí là 5 xã; đạt từ 15 đến 18 tiêu chí là 2 xã: what goes on with a list of bands
_CLAUSE = re.compile(
    rf"(?P<before>(?!))?(?P<within>(?!))?(?<=[;,:]\s)dat\s+{_RANGE}\s*(?::|la|co)\s*(?=(?:{COUNT})\s+xa(?!\w))"
)
_SHORT = re.compile(
    rf"(?P<before>(?!))?(?P<within>(?!))?(?:(?<=[:;,]\s)|(?<=^))(?:dat\s+)?{_RANGE}\s*[:–-]\s*(?:co\s+)?(?=(?:{COUNT})\s+xa(?!\w))"
)
# Thấp nhất, dưới 5 tiêu chí, là 02 xã Thuận Hòa và Thạnh Hòa Sơn
_RANKED = re.compile(
    r"(?P<before>(?!))?(?P<within>(?!))?(?:cao|thap|nhieu|it)\s+nhat\s*[,:(]?\s*(?:la\s+)?(?:dat\s+|moi\s+dat\s+)?"
    rf"{_RANGE}\s*[,:)]?\s*(?:la|co|gom)\s+(?=(?:{COUNT})\s+xa(?!\w))"
)
# 05 xã còn lại gồm Ea Kuêh, Ea Tar đạt từ 11 đến 13 tiêu chí: the list stands before the range; marks off, case kept
_LIST_FIRST = re.compile(
    rf"(?P<before>{COUNT})\s+xa(?:\s+[a-z]+){{0,4}}?\s*(?:[,:(]|gom|la|\s)+(?P<list>(?=[A-Z])(?!So\s+xa|Co\s|Nhom\s|Dat\s)(?:(?!\bdat\b|\d\s+xa\b)[^;.])"
    rf"{{3,400}}?)\s*\)?\s+(?:(?:deu|chi|moi|hien|da)\s+)*(?:dat|hoan\s+thanh)\s+(?:duoc\s+)?{_RANGE}"
)
# các xã Chi Lăng, Mai Sao, Gia Lộc (03 xã) đạt 19 tiêu chí; marks off, case kept
_LIST_COUNTED = re.compile(
    rf"[cC]ac\s+xa\s+(?P<list>(?=[A-Z])(?:(?!\bdat\b|\d\s+xa\b)[^;.()]){{3,400}}?)\s*\((?P<before>{COUNT})\s+xa\)\s+"
    rf"(?:(?:deu|chi|moi|hien|da)\s+)*(?:dat|hoan\s+thanh)\s+(?:duoc\s+)?{_RANGE}"
)
# + đạt 15 - 18 tiêu chí: Ngọc Mỹ, Quyết Chiến (2 xã): what an item is; marks off, case kept
_LIST_BEHIND = re.compile(
    rf"\W*(?:[xX]a\s+|[nN]hom\s+)?[dD]at\s+{_RANGE}\s*:\s*(?P<list>(?=[A-Z])(?:(?!\bdat\b|\d\s+xa\b)[^;.()])"
    rf"{{3,400}}?)\s*\((?P<before>{COUNT})\s+xa\)"
)
# 1 Đạt 19 tiêu chí 02 Vân Hồ, Chiềng Khoa: a row below `STT Nhóm xã Số xã Tên xã`; marks off, case kept
# Đạt 15 - 18 tiêu chí 03 Lạc Xuân, Ka Đô · Đạt dưới 10 tiêu chí 0: rows without numbers are lines
_ROW = re.compile(
    rf"(?:(?<=\s)\d{{1,2}}\s+|(?<=\n))(?:[nN]hom\s+)?(?:[xX]a\s+)?(?:[dD]at\s+)?{_RANGE}[\s|]+"
    r"(?:(?P<count>\d{1,3})(?:\s+xa)?(?:[\s|]+\d{1,3}(?:[.,]\d+)?\s*%?(?=\s*\|))?[\s:|]+(?=[A-Z])|"
    r"(?P<none>0+)[ |]*(?=\n|$))"
)
# - Đạt 15 - 18 tiêu chí 07 7,4 · 10/10 tiêu chí 7 xã 6,80%
_SHARED = re.compile(
    rf"\W*(?:xa\s+)?(?:dat\s+)?{_RANGE}\s+(?P<count>\d{{1,3}})(?:\s+xa)?[\s|]+\d{{1,3}}(?:[.,]\d+)?\s*%?\W*"
)
# … : 06 xã · , có 04 xã · là bốn xã · : 06/17 xã
_AFTER = re.compile(
    r"(?:\s+(?:(?:ntm|nong\s+thon\s+moi)(?:\s+(?:nang\s+cao|kieu\s+mau))?|nang\s+cao|kieu\s+mau))?(?:\s+(?:dong|nhieu|it)\s+nhat)?\s*\)?"
    r"(?:\s*,?\s*(?:tinh\s+)?den\s+(?:het\s+)?(?:ngay\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*,?)?\s*[:,(–-]?\s*"
    rf"(?:(?:co|la|gom|hien\s+co|voi)\s+)?(?P<count>{COUNT})\s+(?:xa|don\s+vi)(?!\w)(?!\s+(?:da\s+)?(?:dat|hoan\s+thanh)\s)"
)
# Số xã đạt 15 - 18 tiêu chí: 2; · số xã đạt 8 - 11 tiêu chí là 05 (Tư, Mà Cooi, …)
_BARE_AFTER = re.compile(r"\s*(?::|la|co)\s*(?P<count>\d{1,3}(?:\s*/\s*\d{1,3})?)\s*(?:[;.(]|$)")
_NONE_AFTER = re.compile(r"\s*:?\s*(?:khong(?:\s+co)?(?:\s+xa)?|0+(?:\s+xa)?)\s*(?:[.;,]|$)")
_ENDS = re.compile(r"(?<!\w)(?:tang|giam|so voi|binh quan|trong do)(?!\w)")
_NEXT_GROUP = re.compile(rf";\s*(?:va\s+)?{COUNT}\s+xa(?!\w)")  # …; 05 xã …: others are told of
_REST = re.compile(r";\s*(?:cac xa|xa|so xa)?\s*(?:con lai|rieng)(?!\w)")
_LISTED = re.compile(rf"\((?P<count>{COUNT})\s+xa\)\s*[.;,]?\s*$")  # …: Nga My, Hà Châu (02 xã)
# Tiến độ thực hiện Bộ tiêu chí xã nông thôn mới nâng cao; folded
_OF_SET = re.compile(
    r"(?<!\w)tieu\s+chi\s+(?:(?:xa|ve|cua|quoc gia)\s+)*(?:(?:nong\s+thon\s+moi|ntm)\s+)?(?:nang\s+cao|kieu\s+mau)"
)
_LEVEL = re.compile(r"\s+(?:(?:xa\s+)?(?:nong\s+thon\s+moi|ntm)\s+)?(nang\s+cao|kieu\s+mau)(?!\w)")
_COLON = re.compile(r":\s*\n\s*(?=(?:Đạt|Số xã|Nhóm|Xã đạt|Có \d))")
_OF_MANY = re.compile(r"\b(?:co|tong\s+so|toan\s+bo)\s+$")
_STARTS = re.compile(r"(?:[(:,;]|(?<=xa\s)[-–]|\b(?:gom|la|va|xa|tran|phuong|do))\s*[:(]?\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class BandAt:
    """A band and where it is told, so that no other rule reads the same words."""

    start: int
    end: int
    band: BandDraft


def find_bands(survey: Survey) -> list[BandAt]:
    """Every band, in order; one told in two groups comes once."""
    found: list[BandAt] = []
    for index, item in enumerate(survey.items):
        if index in survey.asking:
            continue
        for start, end in sentences(survey.whole, item.content, item.end):
            for first, last in _below_colon(survey.whole, start, end):
                found += _in_sentence(survey, index, first, last)
    return _merged(found)


def _below_colon(whole: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`Kết quả đến ngày 20/12/2021:` and, on the next line, `Đạt 19 tiêu chí có 6 xã`: two parts of one paragraph."""
    cuts = [start, *(match.end() for match in _COLON.finditer(whole.string, start, end)), end]
    yield from pairwise(cuts)


def _in_sentence(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    whole = survey.whole
    turned = [*_turned(survey, index, start, end), *_rows(survey, index, start, end)]
    turned += _tabled(survey, index, start, end)
    yield from turned
    bare = _BARE.match(whole.flowing, start, end)
    bare = bare if bare and (bare["unit"] or "dat" in bare[0]) else None  # not `Nhóm 1: Sáu xã đạt 19 tiêu chí`
    heads = [
        (match, count)
        for match in (_with_more(whole, bare, end) if bare else _spoken(whole, start, end) or _short(whole, start, end))
        if (count := _counted(whole, match, end))
        and not any(one.start < match.end() and match.start() < one.end for one in turned)
    ]
    starts = sorted([*(match.start() for match, _ in heads), *(one.start for one in turned), end])
    for match, count in heads:
        stop = next(at for at in starts if at > match.start())
        ends = _REST.search(whole.flowing, match.end(), stop)
        stop = ends.start() if ends else stop  # what is told of the others is no part of the band
        limits = _limits(match)
        if limits is None:
            missed(
                "/ntm/bands",
                "band_count",
                f"no range of at most {HIGHEST} criteria",
                whole.string[match.start() : stop],
            )
            continue
        if _is_of_another_time(survey, index, start, match.start()):
            missed("/ntm/bands", "band_count", "intended, or of another time", whole.string[match.start() : stop])
            continue
        told = match.end() if _LISTED.match(whole.flowing, count[0] - 1, end) else max(match.end(), count[1])
        counted = _count(whole, *count)
        communes, counted = _agreeing(_communes(survey, told, stop) or _below(survey, index, counted), counted)
        yield BandAt(
            match.start(),
            stop,
            BandDraft(_target(survey, index, match, told, start), *limits, counted, communes),
        )


def _is_of_another_time(survey: Survey, index: int, start: int, at: int) -> bool:
    """Is what stands at `at`, in a sentence that begins at `start`, only intended or told of an earlier time?"""
    return is_intended(survey.whole, at, since=start) or aimed(survey, index) or is_earlier(survey, start, at)


def _with_more(whole: Reading, bare: re.Match[str], end: int) -> list[re.Match[str]]:
    """`Đạt 5 - 9 tiêu chí: 8 xã; đạt dưới 5 tiêu chí: 2 xã`: two bands in one bullet."""
    return [bare, *_CLAUSE.finditer(whole.flowing, bare.end(), end)]


def _spoken(whole: Reading, start: int, end: int) -> list[re.Match[str]]:
    """Bands with their subject, and the clauses that go on with them."""
    found = [m for pattern in (_BAND, _RANKED) for m in pattern.finditer(whole.flowing, start, end)]
    more = list(_CLAUSE.finditer(whole.flowing, start, end))
    more = more if found or len(more) > 1 else []
    apart = [m for m in more if not any(one.start() < m.end() and m.start() < one.end() for one in found)]
    return sorted([*found, *apart], key=lambda match: match.start())


def _short(whole: Reading, start: int, end: int) -> list[re.Match[str]]:
    """`19 tiêu chí: 04 xã; 18 tiêu chí: 05 xã`, two of them at least."""
    found = list(_SHORT.finditer(whole.flowing, start, end))
    return found if len(found) > 1 else []


def _turned(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    """Bands whose communes stand before the range."""
    whole = survey.whole
    text = whole.unmarked.replace("\n", " ")
    listed = [*_LIST_FIRST.finditer(text, start, end), *_LIST_COUNTED.finditer(text, start, end)]
    listed += [behind] if (behind := _LIST_BEHIND.match(text, start, end)) else []
    for match in listed:
        limits, count = _limits(match), _count(whole, *match.span("before"))
        names = list(read_names(whole, match.start("list"), match.end("list"), "xã", survey.where))
        within = _BARE.match(whole.flowing, start, match.start() + 1)  # Nhóm đạt 13 trở lên: một xã (Tân Hộ Cơ, đạt 14
        if within or limits is None or match["unit"] is None or not names:
            continue
        if (len(listed) == 1 and _judges(whole, match, start, end)) or _is_of_another_time(
            survey, index, start, match.start()
        ):
            continue
        communes, counted = _agreeing(_once(_linked(survey, names)), count)
        target = _target(survey, index, match, match.end(), start)
        yield BandAt(match.start(), match.end(), BandDraft(target, *limits, counted, communes))


def _judges(whole: Reading, match: re.Match[str], start: int, end: int) -> bool:
    """`hai xã Long Định, Lấp Vò đạt 19/19 tiêu chí` judges the two, where no more bands are told beside it."""
    alone = not any(_BAND.search(whole.flowing, a, b) for a, b in ((start, match.start()), (match.end(), end)))
    return match["of"] is not None and alone and _OF_MANY.search(whole.flowing[: match.start()]) is None


def _rows(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    """The rows of a table of bands that was read as lines: `2 Đạt 15-18 tiêu chí 01 Tô Múa`; two of them at least."""
    whole = survey.whole
    found = list(_ROW.finditer(whole.unmarked, start, end))
    stops = [*(match.start() for match in found[1:]), end]
    for match, stop in zip(found, stops, strict=True) if len(found) > 1 else ():
        limits = _limits(match)
        names = [] if match["none"] else list(read_names(whole, match.end(), stop, "xã", survey.where))
        if limits is None or match["unit"] is None or not (names or match["none"]):
            continue
        count = _count(whole, *match.span("none" if match["none"] else "count"))
        communes, counted = _agreeing(_once(_linked(survey, names)), count)
        target = _target(survey, index, match, match.end(), start)
        last = names[-1][1] if names else match.end()
        yield BandAt(match.start(), last, BandDraft(target, *limits, counted, communes))


def _tabled(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    """`- Đạt 15 - 18 tiêu chí  07  7,4`: a row of ranges, numbers of communes and shares."""
    match = _SHARED.fullmatch(survey.whole.flowing, start, end)
    limits = _limits(match) if match and match["unit"] else None
    if match and limits:
        count = _count(survey.whole, *match.span("count"))
        target = _target(survey, index, match, match.end("count"), start)
        yield BandAt(start, end, BandDraft(target, *limits, count, ()))


def _linked(survey: Survey, names: Sequence[NameSpan]) -> list[Field[Unit]]:
    """The communes that the names of one list mean, no two the same."""
    matches = without_doubles([match for *_, match in names])
    return [
        link_unit(survey.whole, a, b, match, Level.COMMUNE, kind, survey.where)
        for (a, b, kind, _), match in zip(names, matches, strict=True)
    ]


def _counted(whole: Reading, match: re.Match[str], end: int) -> tuple[int, int] | None:
    """Where the number of communes stands, told to whoever listens where there is none."""
    span = _count_span(whole, match, end)
    if span is None and match["unit"] is not None:
        missed("/ntm/bands", "band_count", "no number of communes stands beside it", whole.string[match.start() : end])
    return span


def _count_span(whole: Reading, match: re.Match[str], end: int) -> tuple[int, int] | None:
    """Where the number of communes stands: before `xã`, else behind the range."""
    sure = match["unit"] is not None
    if match["within"]:
        return match.span("within") if sure else None
    if sure and match["before"] and not match["before"].startswith("khong"):
        return match.span("before")
    after = _AFTER.match(whole.flowing, match.end(), end)
    if after and (sure or ":" in after[0]):
        return after.span("count")
    alone = _BARE_AFTER.match(whole.flowing, match.end(), end) if sure and match["before"] is None else None
    if alone and match[0].startswith(("so xa", "xa dat")):
        return alone.span("count")
    listed = _LISTED.search(whole.flowing, match.end(), end) if sure and match["before"] is None else None
    if listed:
        return listed.span("count")
    none = _NONE_AFTER.match(whole.flowing, match.end(), end) if sure else None
    if none and match["before"] is None and "khong" in none[0]:
        return none.start() + none[0].index("k"), none.end()
    return match.span("before") if match["before"] and sure else None


def _limits(match: re.Match[str]) -> tuple[int, int] | None:
    """The least and the greatest number of criteria: `dưới 5` is 0 to 4, `15 trở lên` 15 to 19."""
    low, high = int(match["low"]), match["high"]
    if high is not None:
        top = int(high) - bool(match["under"])
        return (low, top) if low <= top <= HIGHEST else None
    if match["of"] is not None and int(match["of"]) < low:
        return None
    if match["than"] == "duoi":
        return (0, low - 1) if low else None
    if match["than"] == "tren":
        return (low + 1, HIGHEST) if low < HIGHEST else None
    return (low, HIGHEST if match["more"] else low) if low <= HIGHEST else None


def _count(whole: Reading, start: int, end: int) -> Field[int] | None:
    text = whole.flat(start, end).split("/")[0]
    if whole.flowing.startswith("khong", start):
        return whole.field(0, start, end, "band_count").doubt("no commune is left in it: some count that as no band")
    value = parse_count(text)
    return None if value is None else whole.field(value, start, end, "band_count")


def _target(survey: Survey, index: int, match: re.Match[str], told: int, start: int) -> Target:
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


def _communes(survey: Survey, start: int, end: int) -> tuple[Field[Unit], ...]:
    """The communes listed behind a band, all lists of it together, each commune once."""
    whole = survey.whole
    ends = _ENDS.search(whole.flowing, start, end) or _NEXT_GROUP.search(whole.flowing, start, end)
    end = ends.start() if ends else end
    spans = []
    at = start
    while True:
        opener = _STARTS.search(whole.flowing, at, end)
        if opener is None:
            break
        names = (
            list(read_names(whole, opener.end(), end, "xã", survey.where))
            if NAME.match(whole.string, opener.end())
            else []
        )
        spans += [name for name in names if name[3].sure or name[3].score >= 0.5 or len(names) > 1]
        at = names[-1][1] if names else opener.end()
    return _once(_linked(survey, spans))


def _below(survey: Survey, index: int, count: Field[int] | None) -> tuple[Field[Unit], ...]:
    """The communes of the bullet below `1. Nhóm đã đạt 19/19 tiêu chí NTM: 05 xã`, where they are as many."""
    items, below = survey.items, index + 1
    if count is None or below >= len(items) or survey.parents[below] != index:
        return ()
    names = list(read_names(survey.whole, items[below].content, items[below].end, "xã", survey.where))
    sure = len(names) == count.value and all(match.sure for *_, match in names)
    return _once(_linked(survey, names)) if sure else ()


def _right_behind(whole: Reading, told: int) -> TargetAt | None:
    """`03 xã đạt 19/19 tiêu chí nông thôn mới nâng cao`: the level right behind the count."""
    found = target_in(whole, told, min(told + 30, len(whole.string)))
    return found if found and found[1] - told <= 2 else None


def _agreeing(
    communes: tuple[Field[Unit], ...], count: Field[int] | None
) -> tuple[tuple[Field[Unit], ...], Field[int] | None]:
    """A list as long as its count vouches for it, and the count for the list."""
    if count is None or count.value != len(communes) or not communes:
        return communes, count
    return tuple(vouched(unit, COUNTED) if unit.value.code else unit for unit in communes), vouched(count, AGREED)


def _once(fields: Sequence[Field[Unit]]) -> tuple[Field[Unit], ...]:
    kept: dict[str, Field[Unit]] = {}
    for field in fields:
        kept.setdefault(field.value.code or field.value.name, field)
    return tuple(kept.values())


def _merged(found: Sequence[BandAt]) -> list[BandAt]:
    """One band told in two groups is one; the same band told again is not counted twice."""
    kept: dict[tuple[Target, int, int], BandAt] = {}
    rest: list[BandAt] = []
    for at in found:
        key = (at.band.target, at.band.min, at.band.max)
        first = kept.get(key)
        if first is None:
            kept[key] = at
        else:
            kept[key] = replace(first, band=_joined(first.band, at.band))
            rest.append(replace(at, band=kept[key].band))
    return [*kept.values(), *(replace(at, band=kept[at.band.target, at.band.min, at.band.max].band) for at in rest)]


def _joined(a: BandDraft, b: BandDraft) -> BandDraft:
    communes = _once([*a.communes, *b.communes])
    apart = a.communes and b.communes and len(communes) == len(a.communes) + len(b.communes)
    if not (apart and a.count and b.count):
        return replace(a, communes=communes, count=a.count or b.count)
    total = replace(
        a.count, value=a.count.value + b.count.value, method=Method.MATCHED, places=a.count.places + b.count.places,
        confidence=round(a.count.confidence * b.count.confidence, 4),
    )  # fmt: skip
    return replace(a, count=total, communes=communes)


def bands_of(found: Sequence[BandAt]) -> tuple[BandDraft, ...]:
    """The bands alone, each once."""
    return tuple({(at.band.target, at.band.min, at.band.max): at.band for at in found}.values())
