"""Every commune that a stretch of text names, one by one or in lists: `xã Long Đống`, `04 xã (Tân Hương, …)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.notice import Level
from extract.ntm.units.districts import DISTRICT_TYPES, district_of
from extract.ntm.units.link import Mention, Whereabouts, link_unit, without_doubles
from extract.ntm.units.names import TYPES, NameSpan, commune_of, read_names
from extract.reading import Reading
from extract.words.runs import NAME, is_type

# 02 xã đạt chuẩn nông thôn mới năm 2023 (Tân Khánh, Bàn Đạt): what the communes of a list are to reach
_REACHING = (
    r"(?:\s+(?:vung|mien|khu\s+vuc)(?:\s+(?!(?:da|duoc|dat)\b)\w+){1,3})?"
    r"(?:\s+(?:cua|thuoc|tren\s+dia\s+ban)\s+(?:huyen|tinh|thi\s+xa|thanh\s+pho)(?:\s+(?!(?:da|duoc|dat)\b)\w+){0,3})?\s+(?:(?:da|duoc|deu|con|chua|khong)\s+)*"
    r"(?:(?:chu\s+tich\s+)?(?:ubnd|uy\s+ban\s+nhan\s+dan)\s+\w+\s+(?:pho\s+)?|(?:thanh\s+pho|tinh|huyen)\s+)?(?:dat|cong\s+nhan|dang\s+ky|phan\s+dau|ve\s+dich)(?!\w)"
    r"(?:(?!\bxa\b(?!\s+(?:nong\s+thon|ntm)\b))[^.;:()\d]){0,70}?(?:20\d\d\s*)?(?:[:(]|\b(?:gom|la)\b\s*:?)"
)
# `da`: Ba xã Tiên Cảnh, Tiên Phong và Tiên Sơn, restored as Đã xã
_COUNTED = r"(?:cac|nhung|cua|tai|da(?=\s+xa\b)|\d{1,3}|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
# xã Long Đống · các xã: Long Đống, Đồng Ý · 04 xã (Tân Hương, …) · 05 xã, gồm Tiên Cảnh, …; folded
_COMMUNE = re.compile(
    rf"(?<!\w)(?:(?P<many>{_COUNTED})\s+)?(?<!hop tac )(?<!hop tac\n)"
    r"(?P<type>xa|phuong|thi\s+tran|dac\s+khu)(?!\w)"
    r"(?P<model>\s+diem(?!\w))?"
    rf"(?P<opener>{_REACHING}|\s*,?\s*(?:(?:gom|la|sau day|sau|nhu sau|bao gom|cu the)(?!\w)"
    r"(?:\s+(?:cac\s+xa|co)(?!\w))?)?\s*[:(]?)"
    r"[\s\"“]*(?=\w)"
)
_DISTRICT_AFTER = re.compile(
    r"\s*,?\s*\(?\s*(?:thuoc\s+)?(?:dia ban\s+)?(?P<type>huyen|thi\s+xa|thanh\s+pho|tp\.|quan)\s*(?=\w)"
)
_LEADS_LIST = re.compile(r"\s*[:(–-]\s*(?:(?:gom|co)\s+)?(?:\d{1,2}\s+)?(?:cac\s+)?(?:xa|phuong)\s*:?\s*")


def find_communes(reading: Reading, where: Whereabouts, start: int, end: int) -> list[Mention]:
    """Every commune named in a stretch, in order; names of one list are decided together.

    >>> import datetime as dt
    >>> from extract.ntm.units.where import find_where
    >>> from normalize.text import from_lines
    >>> text = from_lines(["các xã: Long Đống, Đồng Ý và xã Vũ Sơn đã đạt"])
    >>> reading = Reading(text, (1.0,) * len(text.words))
    >>> where = find_where(reading, ["huyện Bắc Sơn", "tỉnh Lạng Sơn"], dt.date(2023, 11, 30))
    >>> [(m.unit.value.name, m.unit.value.code) for m in find_communes(reading, where, 0, 45)]
    [('Long Đống', '06328'), ('Đồng Ý', '06337'), ('Vũ Sơn', '06355')]
    """
    found: list[Mention] = []
    for group, opener in enumerate(_COMMUNE.finditer(reading.flowing, start, end)):
        if (found and opener.start() < found[-1].end) or not is_type(reading, opener) or _is_town(reading, opener):
            continue
        kind = TYPES[" ".join(opener["type"].split())]
        spans = list(_listed(reading, opener, kind, where, end))
        district = _named_district(reading, spans, where)
        group = found[-1].group if found and _goes_on(reading, found[-1].end, opener) else group
        found += _decided(reading, spans, group, district, where, opener.start("type"))
    return found


def _is_town(reading: Reading, opener: re.Match[str]) -> bool:
    """`thị xã Giá Rai`, and not `thì xã Thạnh Hòa mới đạt 17/19`."""
    before = reading.string[: opener.start("type")].rstrip()[-3:]
    return before.lower() in ("thị", "thi") and opener["type"] == "xa"


def _goes_on(reading: Reading, end: int, opener: re.Match[str]) -> bool:
    """`xã Đồng Tâm, huyện Yên Thế và xã Ngọc Vân, huyện Tân Yên`: one list, with a district behind each name."""
    if opener["many"] or opener["opener"].strip():
        return False
    after = _DISTRICT_AFTER.match(reading.flowing, end, opener.start())
    run = NAME.match(reading.string, after.end(), opener.start()) if after else None
    between = reading.flowing[run.end() : opener.start()] if run else ""
    return re.fullmatch(r"\)?\s*(?:,|va|,\s*va)\s*", between) is not None


def names_behind(reading: Reading, where: Whereabouts, start: int, end: int) -> list[Mention]:
    """The communes listed behind a colon without the word xã: `1. Huyện Tiên Lãng (02 xã): Quyết Tiến, Kiến Thiết`.

    Where a district leads in the list they are those of that district.
    """
    colon = reading.string.find(":", start, end)
    first = re.compile(r"\s*(?=\w)").match(reading.string, colon + 1, end) if colon >= 0 else None
    if first is None:
        return []
    lead = _DISTRICT_AFTER.search(reading.flowing, start, colon)
    run = NAME.match(reading.string, lead.end(), colon) if lead else None
    district = where.district_code
    if run is not None:
        match = district_of(" ".join(run.group().split()), where.day, where.province_code)
        district = match.best.code if match.best and match.sure else district
    inside = replace(where, district=None) if district != where.district_code else where
    spans = list(read_names(reading, first.end(), end, "xã", inside))
    found = list(_decided(reading, spans, first.end(), district, inside, first.end()))
    known = sum(m.unit.value.code is not None for m in found)
    return found if 2 * known >= len(found) else []  # names that the list of another day does not have stay unsure


def _listed(reading: Reading, opener: re.Match[str], kind: str, where: Whereabouts, end: int) -> Iterator[NameSpan]:
    """The names after `xã`: one, or, after `các xã`, `04 xã (` and the like, a whole list."""
    at, many = opener.end(), bool(opener["many"]) or bool(opener["opener"].strip())
    if opener["model"] and reading.string[opener.start("model") + 1].isupper():  # xã Điềm He, not `xã điểm …`
        return read_names(reading, opener.start("model") + 1, end, kind, where, bool(opener["many"]))
    if reading.string[opener.start("opener") : at].strip(" \n,:(")[:1].isupper():  # xã La Bằng, not `xã là …`
        at, many = opener.start("opener") + 1, bool(opener["many"])
    return read_names(reading, at, end, kind, where, many)


def _named_district(reading: Reading, spans: Sequence[NameSpan], where: Whereabouts) -> str | None:
    """The district named right behind a list, or before it: `xã Quảng Lập, huyện Đơn Dương`, `Huyện Ngọc Lặc: xã …`."""
    if not spans:
        return where.district_code
    after = _DISTRICT_AFTER.match(reading.flowing, spans[-1][1]) or _district_before(reading, spans[0][0])
    run = NAME.match(reading.string, after.end()) if after else None
    if run is None:
        return where.district_code
    kind = DISTRICT_TYPES.get(" ".join(after["type"].split()), "") if after else ""
    match = district_of(" ".join(run.group().split()), where.day, where.province_code, kind)
    return match.best.code if match.best and match.score > 0.7 else where.district_code


def _district_before(reading: Reading, at: int) -> re.Match[str] | None:
    """The type word of a district that leads in a list: `Huyện Ngọc Lặc: xã Minh Sơn`, `huyện Như Xuân (02 xã: …`."""
    openers = list(_DISTRICT_AFTER.finditer(reading.flowing, max(0, at - 60), at))
    opener = openers[-1] if openers else None
    run = NAME.match(reading.string, opener.end(), at) if opener else None
    if opener is None or run is None or not _LEADS_LIST.fullmatch(reading.flowing, run.end(), at):
        return None
    return opener


def _decided(
    reading: Reading, spans: Sequence[NameSpan], group: int, district: str | None, where: Whereabouts, first: int
) -> Iterator[Mention]:
    """Names of one list: within the district named, no commune twice."""
    if district != where.district_code:
        spans = [
            (
                a,
                b,
                kind,
                commune_of(f"{kind} {reading.flat(a, b)}", where.day, district, where.province_code, reading.mangled),
            )
            for a, b, kind, _ in spans
        ]
    matches = without_doubles([match for *_, match in spans])
    for k, ((start, end, kind, _), match) in enumerate(zip(spans, matches, strict=True)):
        unsure = match.value is None
        if unsure and (reading.string[start:end].isupper() or (match.score < 0.5 and len(spans) == 1)):
            continue
        field = link_unit(reading, start, end, match, Level.COMMUNE, kind, where)
        yield Mention(start if k else min(first, start), end, group, field)
