"""Place of issue: where the body sits that issues the notice, as its letterhead says."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz

from extract.field import Field, Method
from extract.reading import Reading
from normalize.confusion import plain
from normalize.fold import fold
from normalize.letters import UPPER
from normalize.lexicon.units import spelled_otherwise, unit_spellings

# Ủy ban nhân dân huyện Phú Giáo, Văn phòng Điều phối nông thôn mới tỉnh Lào Cai: where a body sits
_SEAT = re.compile(rf"(?i:\b(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường))\s+((?:[{UPPER}][\w'’]*\s?)+)$")

_CITY = re.compile(r"^(?:Thành phố|TP\.?)\s+")  # Thành phố Thủ Đức


def place_of(reading: Reading, end: int, bodies: tuple[str, ...]) -> Field[str] | None:
    """The place as printed; its marks as in the name of the body that sits there."""
    start = reading.string.rfind("\n", 0, end) + 1
    value = reading.flat(start, end).strip(" ,.;:-_–'\"|")
    if sum(c.isalpha() for c in value) < 2:
        return None
    if any(value.casefold() in body.casefold() for body in bodies):  # Đắk Song, though the superior is of Đắk Nông
        return _spelled(_whole_place(reading.field(value, start, end, "place"), bodies))
    for body in bodies:
        near = fuzz.partial_ratio_alignment(fold(value), fold(body), score_cutoff=85)
        rest = re.match(r"\w{0,2}(?!\w)", body[near.dest_end :]) if near else None  # Mường Ản, cut at the column's end
        cut = near.dest_end + (rest.end() if rest else 0) if near else 0
        named = body[near.dest_start : cut].strip() if near and len(value) > 4 else value
        if named.casefold() == value.casefold() or len(named.split()) != len(value.split()):
            continue
        if value not in unit_spellings() or named in spelled_otherwise().get(value, ()):  # Đăk Hà, below ĐẮK HÀ
            return reading.field(named, start, end, "place", Method.MATCHED, factor=0.97)
        if named in unit_spellings():  # Đồng Xuân, below HUYỆN ĐÔNG XUÂN: one of the two was misread
            own = replace(reading.field(value, start, end, "place"), alternatives=(named,))
            return own.doubt(f"the issuer sits in {named!r}", 0.75)
    return _spelled(reading.field(value, start, end, "place"))


def _spelled(place: Field[str]) -> Field[str]:
    """A place that no list spells so, wherever its tones stand, is in doubt: of 1,073 right ones three are none."""
    name = _CITY.sub("", place.value.replace("’", "'"))
    return place if plain(name) in _spellings() else place.doubt(f"no unit is spelled {name!r}", 0.75)


@cache
def _spellings() -> frozenset[str]:
    return frozenset(map(plain, unit_spellings()))


def _whole_place(place: Field[str], bodies: tuple[str, ...]) -> Field[str]:
    """A place whose first word was not read has it from the body that sits there: Giáo, of huyện Phú Giáo."""
    seats = [seat[1] for body in bodies if (seat := _SEAT.search(body))]
    cut = next((seat for seat in seats if seat.casefold().endswith(f" {place.value.casefold()}")), None)
    if cut is None or place.value.casefold() in {seat.casefold() for seat in seats}:
        return place
    whole = cut.title() if cut.isupper() else cut
    inferred = replace(place, value=whole, method=Method.INFERRED, alternatives=(place.value,))
    return inferred.doubt(f"read as {place.value!r}, the end of the name of the issuer's seat", 0.75)
