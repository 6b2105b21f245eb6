"""The province and the district that a notice is about: what letterhead, title and text name most."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extract.field import Field
from extract.notice import Level, Method, Unit
from extract.ntm.units.districts import DISTRICT, Vote, district_of, find_votes, longest_best
from extract.ntm.units.link import Linked, Whereabouts, link_unit, make_unit
from extract.reading import Reading
from extract.words.runs import prefixes
from normalize.fold import fold
from normalize.lexicon import units as lexicon
from normalize.lexicon.find import match_province

TITLED, PRINTED = 8.0, 5.0  # weight of a district in the trích yếu, and in the letterhead, beside 1 in the text
MOST_OF_ALL = 0.6  # of the weight of all districts that the one taken has at least
SURELY = 5.0  # weight of a district that letterhead or title name, or the text often
# tỉnh Lạng Sơn · Tỉnh ủy Lạng Sơn
_PROVINCE = re.compile(r"(?<!\w)(?P<type>tinh|thanh\s+pho|tp\.?)\s+(?:uy\s+)?(?=\w)")
_PRINTED_DISTRICT = re.compile(r"(?i:(?P<type>huyện|thị xã|thành phố)\s+(?:[ủỦ]y\s+)?)(?P<name>.+)$")
_WHOLE = 0.9  # likeness of a whole name in the letterhead to a district's
_HEADED = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp)(?!\w)")


def find_where(
    reading: Reading, printed: Sequence[str], day: dt.date, title: Sequence[tuple[int, int]] = ()
) -> Whereabouts:
    """The province and district that a notice is about.

    `printed`: issuer, its superior, place: strings that weigh more than a mention in the text; `title`: spans of
    the trích yếu, which weigh most for the district.
    """
    where = Whereabouts(day)
    province = _province(reading, printed, where)
    where = replace(where, province=province)
    district = _the_district(reading, printed, title, where)
    where = replace(where, district=district)
    if province is None and district is not None and district.value.code:
        where = replace(where, province=_province_of(district, day))
    return where


def _province(reading: Reading, printed: Sequence[str], where: Whereabouts) -> Field[Unit] | None:
    votes = list(find_votes(reading, _PROVINCE, lambda read, _: _province_match(read, where.day)))
    weights: dict[str, float] = {}
    for vote in votes:
        weights[_code(vote.match)] = weights.get(_code(vote.match), 0) + vote.weight
    for text in _of_provinces(printed):
        match = _province_match(_without_body(text), where.day)
        if match.sure and match.score > 0.85:
            weights[_code(match)] = weights.get(_code(match), 0) + 3
    above = _above_printed(printed, where.day)
    if above in weights:  # học tập kinh nghiệm tại tỉnh Thái Nguyên: of another one a mention says little
        weights[above] += SURELY
    if not weights or (above and above not in weights):
        return None
    code = max(weights, key=lambda code: weights[code])
    best = [vote for vote in votes if _code(vote.match) == code]
    if best:
        vote = max(best, key=lambda vote: vote.match.score)
        return link_unit(reading, vote.start, vote.end, vote.match, Level.PROVINCE, "tỉnh", where)
    return _from_printed(reading, printed, code, where)


def _above_printed(printed: Sequence[str], day: dt.date) -> str | None:
    """The province of the district that the letterhead names, where only one province has such a district."""
    found = (_printed_district(text, day, None) for text in printed)
    whole = (match for match in found if match and match.score >= _WHOLE and match.read in _tails(printed))
    above = {match.best.province.code for match in whole if match.best and match.best.province}
    return above.pop() if len(above) == 1 else None


def _tails(printed: Sequence[str]) -> set[str]:
    """What stands behind each word of the letterhead's names: of Vĩnh Thạnh, Vĩnh alone is none of them."""
    return {" ".join(text.split()[i:]) for text in printed for i in range(len(text.split()))}


def _printed_district(text: str, day: dt.date, province: str | None) -> Linked | None:
    """The district that a string of the letterhead surely names: `UBND HUYỆN BẮC SƠN`, `Huyện ủy Bắc Sơn`."""
    found = _PRINTED_DISTRICT.search(text)
    match = district_of(found["name"], day, province, found["type"].lower()) if found else None
    return match if match and match.sure else None


def _of_provinces(printed: Sequence[str]) -> list[str]:
    """The strings of the letterhead that can name a province: not a district's office, nor the place where it sits.

    `UBND huyện Quang Bình`, `Quang Bình, ngày …`: a district of Hà Giang, however near to Quảng Bình its name is.
    """
    below = re.compile(r"(?<!\w)(?:huyen|thi xa|quan|xa|phuong|thi tran)(?!\w)")
    local = any(below.search(fold(text)) for text in printed)
    return [text for text in printed if not below.search(fold(text)) and (not local or _HEADED.search(fold(text)))]


def _from_printed(reading: Reading, printed: Sequence[str], code: str, where: Whereabouts) -> Field[Unit] | None:
    """The province from the place of the letterhead, where the words `tỉnh X` stand nowhere."""
    for text in _of_provinces(printed):
        name = _without_body(text)
        match = _province_match(name, where.day)
        at = reading.folded.find(fold(name))
        if _code(match) == code and at >= 0:
            return link_unit(reading, at, at + len(name), match, Level.PROVINCE, "tỉnh", where)
    return None


def _without_body(text: str) -> str:
    """The name behind `UBND tỉnh`; the text itself where no such words stand before it."""
    found = re.search(r"(?:tỉnh|thành phố|Tỉnh|Thành phố|TP\.?)\s+(?:[ủỦ]y\s+)?(.+)$", text)
    return found[1] if found else text


@lru_cache(maxsize=512)
def _province_match(read: str, day: dt.date) -> Linked:
    return longest_best([match_province(name, day) for name in prefixes(read, most=5) or [read]])


def _code(match: Linked) -> str:
    return match.best.code if match.best else ""


def _the_district(
    reading: Reading, printed: Sequence[str], title: Sequence[tuple[int, int]], where: Whereabouts
) -> Field[Unit] | None:
    """The district of the title, else of the issuer, else the one that has most of the mentions."""
    if not lexicon.Units.on(where.day).districts():
        return None
    votes = _district_votes(reading, where)
    weights = _weights(votes, printed, title, where)
    code = _outweighing(weights)
    named = [vote for vote in votes if _code(vote.match) == code]
    if code is None or not named:
        return None
    vote = max(named, key=lambda vote: vote.match.score)
    district = link_unit(reading, vote.start, vote.end, vote.match, Level.DISTRICT, "huyện", where)
    several = len(weights) > 1 and weights[code] < SURELY
    return district.doubt("several districts are named, none in letterhead or title", 0.75) if several else district


def _district_votes(reading: Reading, where: Whereabouts) -> list[Vote]:
    """The districts that the text names; a city that is the province itself is none."""
    votes = find_votes(reading, DISTRICT, lambda read, kind: district_of(read, where.day, where.province_code, kind))
    return [vote for vote in votes if not _is_province_city(vote, where)]


def _weights(
    votes: Sequence[Vote], printed: Sequence[str], title: Sequence[tuple[int, int]], where: Whereabouts
) -> dict[str, float]:
    """Code of a district → the weight of its mentions; one in the title or the letterhead weighs more."""
    weights: defaultdict[str, float] = defaultdict(float)
    for vote in votes:
        titled = any(start <= vote.start < end for start, end in title)
        weights[_code(vote.match)] += vote.weight + (TITLED if titled else 0)
    for text in printed:
        if match := _printed_district(text, where.day, where.province_code):
            weights[_code(match)] += PRINTED
    return dict(weights)


def _outweighing(weights: Mapping[str, float]) -> str | None:
    """The district that has most of the weight of all."""
    code = max(weights, key=lambda code: weights[code], default=None)
    return code if code is not None and weights[code] >= MOST_OF_ALL * sum(weights.values()) else None


def _is_province_city(vote: Vote, where: Whereabouts) -> bool:
    """`thành phố Cần Thơ` where the province itself is called so."""
    if where.province is None or vote.match.best is None:
        return False
    city, province = vote.match.best, where.province.value
    return city.name == province.name and city.type == province.type == "thành phố"


def _province_of(district: Field[Unit], day: dt.date) -> Field[Unit] | None:
    """The province above a district, which the notice does not print."""
    above = district.value.province
    unit = lexicon.Units.on(day).get(above.code) if above and above.code else None
    if unit is None:
        return None
    field = district.to(make_unit(unit))
    return replace(field, method=Method.INFERRED, rule="province_of_district").doubt(
        "no province is printed; it is the district's", 0.75
    )
