"""Sentence case for words printed in capitals: `SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG` → `Sở Tài nguyên và Môi trường`."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from normalize.fold import fold
from normalize.lexicon.agencies import agency_names
from normalize.lexicon.units import Level, Units, unit_names

_ABBREVIATIONS = frozenset(
    {
        "UBND",
        "HĐND",
        "NTM",
        "MTQG",
        "PTNT",
        "BCĐ",
        "TTĐT",
        "QLDA",
        "BQL",
        "TW",
        "MTTQ",
        "LĐLĐ",
        "KCN",
        "KKT",
        "PCTT",
        "TKCN",
    }
)
_UNIT_WORDS = (
    "thành phố", "thị trấn", "thị xã", "tỉnh ủy", "huyện ủy", "thành ủy", "thị ủy", "quận ủy", "đảng ủy", "tỉnh",
    "huyện", "quận", "phường", "xã", "điện lực", "chi nhánh", "hạt kiểm lâm", "kho bạc nhà nước", "viễn thông",
)  # fmt: skip


def is_capitals(text: str) -> bool:
    """Are nearly all letters capitals? (One in ten may be misread small: `TINH QUẢNG NGÁAI`, `TiNH`.)"""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def sentence_case(text: str) -> str:
    """Sentence case with proper names in capitals, for text printed in capitals; other text is left alone.

    >>> sentence_case("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI")
    'Ủy ban nhân dân tỉnh Quảng Ngãi'
    >>> sentence_case("SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN")
    'Sở Nông nghiệp và Phát triển nông thôn'
    >>> sentence_case("UBND HUYỆN MỘ ĐỨC")
    'UBND huyện Mộ Đức'
    >>> sentence_case("HUYỆN ỦY VŨ QUANG")
    'Huyện ủy Vũ Quang'
    >>> sentence_case("SỞ NÔNG NGHIỆP VÀ PTNT ĐIỆN BIÊN"), sentence_case("VĂN PHÒNG ĐIỀU PHỐI NTM")
    ('Sở Nông nghiệp và PTNT Điện Biên', 'Văn phòng Điều phối NTM')
    >>> sentence_case("ĐIỆN LỰC LONG PHÚ"), sentence_case("TỔNG CÔNG TY HÀNG HẢI VIỆT NAM")
    ('Điện lực Long Phú', 'Tổng công ty hàng hải Việt Nam')
    """
    if not is_capitals(text):
        return text
    words = [word if _is_abbreviation(_bare(word)) else word.lower() for word in text.split()]
    lowered = _known_names(" ".join(words))
    lowered = re.sub(r"(?<!\w)(?:việt nam|hồ chí minh)(?!\w)", lambda name: name[0].title(), lowered)
    lowered = _coordinating(_province_behind(_unit_names(lowered)))
    return lowered[:1].upper() + lowered[1:]


def _is_abbreviation(word: str) -> bool:
    """Known ones, and three letters and more that no vowel makes a syllable of (`THPT`, `TNHH`)."""
    return word in _ABBREVIATIONS or (word.isalpha() and len(word) > 2 and not set(fold(word)) & set("aeiouy"))


def _bare(word: str) -> str:
    return word.strip(".,;:()-")


@cache
def _canonical() -> dict[str, str]:
    """Full names of agencies by their lower-case form."""
    return {name.lower(): name for name in agency_names()}


def _known_names(text: str) -> str:
    """Give the names of known agencies their own case; the longest first."""
    for lower in sorted(_canonical(), key=len, reverse=True):
        if lower in text.lower() and re.search(rf"(?<!\w){re.escape(lower)}(?!\w)", text.lower()):
            at = text.lower().index(lower)
            return text[:at] + _canonical()[lower] + text[at + len(lower) :]
    return text


@cache
def _provinces() -> frozenset[str]:
    """The names of all provinces, folded, of the shipped lists."""
    days = (dt.date(2023, 4, 8), dt.date(2025, 7, 1))
    return frozenset(fold(unit.name) for day in days for unit in Units.on(day).all(Level.PROVINCE))


def _province_behind(text: str) -> str:
    """Capitals for a province's name that ends the text, its unit word left out: `… điện biên`."""
    words = text.split()
    for count in (4, 3, 2):
        if len(words) > count and fold(" ".join(words[-count:])) in _provinces():
            return " ".join([*words[:-count], *(word.capitalize() for word in words[-count:])])
    return text


def _coordinating(text: str) -> str:
    """`văn phòng Điều phối`: how the programme's offices write themselves, whatever stands behind."""
    return re.sub(r"(?i)(văn phòng) điều phối", r"\1 Điều phối", text)


def _unit_names(text: str) -> str:
    """Capitals for the name after a unit word: `tỉnh quảng ngãi` → `tỉnh Quảng Ngãi`."""

    def named(match: re.Match[str]) -> str:
        words = match["name"].split()
        for count in range(min(4, len(words)), 0, -1):
            if fold(" ".join(words[:count])).replace("’", "'") in unit_names():
                return f"{match['word']} " + " ".join([w.capitalize() for w in words[:count]] + words[count:])
        return match[0]

    pattern = rf"(?<!\w)(?P<word>{'|'.join(_UNIT_WORDS)}) (?P<name>[^,;.()]+)"
    return re.sub(pattern, named, text, flags=re.IGNORECASE)
