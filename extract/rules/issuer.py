"""Issuer and superior body: the left column of the letterhead above the number."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from extract.field import Field, Method
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.trail import missed
from extract.words.casing import sentence_case
from extract.words.codes import PARTY_TYPES
from extract.words.damage import damage, respelled, without_noise
from extract.words.places import unglued, with_marks
from normalize.fold import fold
from normalize.lexicon.agencies import agency_names
from normalize.lexicon.find import match_district, match_province
from normalize.lexicon.units import Unit, spelled_otherwise
from normalize.match import best_of

# A line that begins so names a body of its own; `TỈNH QUẢNG NGÃI` or `PHÁT TRIỂN NÔNG THÔN` goes on with one.
_HEAD = re.compile(
    r"(?:ubnd|uy ban|so|phong(?!,|\s+(?:chong|chay))|ban|van phong|chi cuc|cuc|tong cuc|bo|"
    r"tinh uy|huyen uy|thanh uy|thi uy|dang uy|dang bo|chi bo|"
    r"hdnd|hoi dong|truong|trung tam|hoi|doan|tinh doan|cong ty|tong cong ty|kho bac|ngan hang|toa an|vien|chinh phu|"
    r"thu tuong|quoc hoi|mat tran|lien doan|cong an|quan khu|to(?!\s+(?:chuc|quoc))|hat|tram|benh vien|cong doan|vuon|"
    r"ldld|mttq|bch|bcd|bcs|ban chap hanh|dien luc|doi|chi nhanh|xi nghiep|"
    r"(?:thue|thong ke)(?=\s+(?:tinh|thanh pho|co so))|"  # since 2025 without Cục
    r"tong lien doan|tong hoi|tap doan|hoc vien|huyen doan|thanh doan|thi doan|quan doan|kiem toan|cang vu|"
    r"thanh tra|bao hiem|dai(?!\s+(?:hoc|dien))|bao(?!\s+(?:ve|tro))|cum|khoa(?!\s+hoc)|lien minh|"
    r"quy(?!\s+(?:dat|hoach))|thu vien|bao tang|buu dien (?=tinh|thanh pho|huyen|trung tam)|"
    r"nha (?:van hoa|thieu nhi|xuat ban)|(?:nong|lam) truong(?!\s+phong))\b"
)
# BAN CHẤP HÀNH / ĐẢNG BỘ SỞ XÂY DỰNG · TỔNG CÔNG TY / ĐIỆN LỰC MIỀN TRUNG: a kind alone, whose name stands below
_KIND = re.compile(
    r"(?:ban chap hanh|bch|ban thuong (?:vu|truc)|ban can su)(?: (?:dang bo|dang uy|chi bo|dang|doan|hoi|cong doan))?|"
    r"dang (?:uy|bo|doan)|chi bo|(?:tong )?cong ty(?: co phan| tnhh(?: mtv| mot thanh vien)?)?|tap doan|"
    r"ban (?:quan ly|chi huy)|trung tam|van phong|chi nhanh|truong|hoi dong|uy ban|lien doan|cong doan|doan|hoi|"
    r"xi nghiep|chi cuc|cuc|so|phong|ban|vien|dai|benh vien(?: (?:da khoa|phu san|san nhi))?"
)
_DANG = re.compile(r"^Đ[ÁÀẢÃẠẲẴẰẮẶẨẪẦẤẬ]NG(?=\s+(?:BỘ|ỦY|UỶ)(?!\w))")  # ĐẲNG BỘ TỈNH NINH BÌNH
_GLUED = re.compile(r"so(?=gd|tn|nn|ld|kh|vh|gtvt)")  # SỞGD&ĐT QUẢNGNINH
_OF_UNIT = re.compile(
    r"(?P<head>uy ban nhan dan|ubnd|hoi dong nhan dan)\s+(?P<unit>(?:tinh|thanh pho|huyen|quan|thi xa)\s.+)"
)
_PARTY_OF_UNIT = re.compile(r"dang\s+bo\s+(?:tinh|thanh\s+pho|huyen|quan|thi\s+xa|xa|phuong)\s+\w")
_COMMITTEE = re.compile(r"(?P<head>huyen uy|thi uy|quan uy|thanh uy|tinh uy)\s+(?P<unit>\w.*)")
_COMMITTEES = {
    "huyen uy": "Huyện ủy", "thi uy": "Thị ủy", "quan uy": "Quận ủy", "thanh uy": "Thành ủy", "tinh uy": "Tỉnh ủy",
}  # fmt: skip
# of urgency and secrecy
_STAMP = re.compile(r"(?:hoa toc|thuong khan|khan|toi mat|tuyet mat|mat|du thao)(?: (?:hen gio|so \d+))?")
# kinds of bodies whose word has other readings: Số, Trưởng, Phóng
_KINDS = {
    fold(kind): kind
    for kind in ("SỞ", "TRƯỜNG", "PHÒNG", "HỘI", "TÒA", "VIỆN", "CỤC", "BỘ", "HẠT", "TRẠM", "ĐÀI", "BÁO", "ĐOÀN", "ĐỘI")
}
_NOISE = " _.,;:'`\"*|~"
_I_FOR_Y = str.maketrans("yýỳỷỹỵ'", "iíìỉĩị’")
_COMMITTEE_COMMA = re.compile(r"(?<=[HN][ _][ỦU]Y)[.,](?=\s\w)", re.I)  # TỈNH ỦY, QUẢNG NGÃI: a speck
SURE = 0.85  # of a name's letters, at the least, must be as in the list
_NUMBER = re.compile(
    r"[\W_]*(?:s[o068&e]{1,2}\s*[:;.,]?|8[06o]\s+(?=\d)|\w{1,3}\s*[:;])\s*[^\n]{0,16}[/⁄]|[\W_]*so\s*:\s*\S*[\d$§€£¥&@#%]|\W*v\s*/\s*v|"
    rf"[\W_]*so\s*[:.]?\s*[^\n-]{{0,10}}-\s*{fold(PARTY_TYPES)}\s*[-/]\s*(?:hu|tu|du|qu)\b"
)


def find_issuers(zones: Zones) -> tuple[Field[str] | None, Field[str] | None]:
    """(issuer, superior body). The last body named is the issuer, the one above it the superior."""
    reading = zones.letterhead
    bodies = _bodies(reading)
    if not bodies:
        why = "no line in capitals above the number begins with the name of a kind of body"
        missed("/document/issuer", "issuer", why, reading.string)
        return None, None
    if len(bodies) == 1:
        missed("/document/issuer_parent", "issuer_parent", "only one body stands above the number", reading.string)
    issuer = _name(reading, bodies[-1], "issuer")
    parent = _name(reading, bodies[-2], "issuer_parent") if len(bodies) > 1 else None
    return issuer, parent


def _bodies(reading: Reading) -> list[list[tuple[int, int]]]:
    """The lines above the number, grouped into bodies."""
    bodies: list[list[tuple[int, int]]] = []
    for match in re.finditer(r"[^\n]+", reading.folded):
        line = match.group()
        if _NUMBER.match(line):
            break
        span = (match.start(), match.end())
        text = line.strip(" -–_.,'`\"*|")
        if _STAMP.fullmatch(text) or not _is_name(reading.string[match.start() : match.end()]):
            continue
        if (_HEAD.match(text) or _GLUED.match(text)) and not _unfinished(reading, bodies):
            bodies.append([span])
        elif bodies:
            bodies[-1].append(span)
    return bodies


def _is_name(line: str) -> bool:
    """Letters enough, and mostly capitals: stamps and ruled lines are none (`ttcbth@quangngai.gov.vn`, `——_.`)."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.6 * len(letters) and "@" not in line


def _unfinished(reading: Reading, bodies: list[list[tuple[int, int]]]) -> bool:
    """Does the body so far end in a word that wants more (`BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ VÀ`), or is it a kind alone?"""
    if not bodies:
        return False
    last = fold(reading.string[slice(*bodies[-1][-1])]).strip()
    if last.endswith(("-", ",")) and (
        _PARTY_OF_UNIT.match(last) or closed_name(reading.flat(*bodies[-1][-1]).strip(_NOISE + "-–")) is not None
    ):
        return False  # UBND TỈNH QUẢNG NAM -, UBND TỈNH BẾN TRE,: whole, so the sign is a speck
    alone = len(bodies[-1]) == 1 and _KIND.fullmatch(last.strip(_NOISE)) is not None
    return alone or last.endswith((" va", " cac", " cua", ",", "-"))


def _name(reading: Reading, lines: list[tuple[int, int]], rule: str) -> Field[str]:
    """A body's name: line by line by the closed lists where they are sure, else as read in sentence case."""
    start, end = lines[0][0], lines[-1][1]
    # LAO ĐỘNG - / THƯƠNG BINH: a dash at a line's end is the name's, at its own end it is a rule's
    # and so is a comma behind a word: HỘI ĐỒNG BỒI THƯỜNG, / HỖ TRỢ VÀ TÁI ĐỊNH CƯ
    ends = _NOISE if reading.mangled else _NOISE.replace(",", "")
    text = " ".join(reading.flat(*span).lstrip(_NOISE + "-–—").rstrip(ends) for span in lines).strip(_NOISE + "-–")
    text = _COMMITTEE_COMMA.sub("", text)
    text = f"{text[:2]} {text[2:]}" if _GLUED.match(fold(text)) else text
    text = unglued(_headed_rightly(text) if reading.mangled else _DANG.sub("ĐẢNG", text))
    printed = without_noise(sentence_case(text))
    value = with_marks(printed)
    known = closed_name(value)
    if known is not None and not _printed_alike(known, value):
        known = known if reading.mangled else _spelt_as_read(known, value)
        return reading.field(known, start, end, rule, Method.MATCHED, factor=0.97)
    field = reading.field(value, start, end, rule)
    if value != printed:
        return replace(field, method=Method.RESTORED, alternatives=(printed,)).doubt(f"read as {printed!r}", 0.75)
    wrong = damage(value)
    return field.doubt(wrong, 0.7) if wrong else field


def _headed_rightly(text: str) -> str:
    """A body's name with the marks of its kind, where they were lost among capitals.

    >>> _headed_rightly("SỐ GD&ĐT KHÁNH HÒA"), _headed_rightly("TRƯỞNG THPT SỐ 1"), _headed_rightly("SỞ Y TẾ")
    ('SỞ GD&ĐT KHÁNH HÒA', 'TRƯỜNG THPT SỐ 1', 'SỞ Y TẾ')
    >>> _headed_rightly("BẢO HIỂM XÃ HỘI TỈNH HÀ NAM")
    'BẢO HIỂM XÃ HỘI TỈNH HÀ NAM'
    """
    first, blank, rest = text.partition(" ")
    insurance = fold(rest).startswith("hiem ")  # BẢO HIỂM XÃ HỘI is no newspaper
    return text if insurance else f"{_KINDS.get(fold(first), first)}{blank}{rest}"


def _printed_alike(known: str, value: str) -> bool:
    """Nothing but capitals, an apostrophe's form (`Cư M’gar`), `Đăk` for `Đắk` or `Quý` for `Quí` tells them apart: as
    printed is right.

    >>> _printed_alike("huyện Đắk Hà", "huyện Đăk Hà"), _printed_alike("huyện Đắk Hà", "huyện Đák Hà")
    (True, False)
    >>> _printed_alike("UBND huyện Phú Quí", "UBND HUYỆN PHÚ QUÝ")
    True
    """
    a, b = (text.casefold().translate(_I_FOR_Y).replace("đăk", "đắk") for text in (known, value))
    return a == b


def _spelt_as_read(known: str, value: str) -> str:
    """A body's name with the unit at its end as another list spells it, where that was read.

    >>> _spelt_as_read("Huyện ủy Mù Căng Chải", "HUYỆN UỶ MÙ CANG CHẢI")
    'Huyện ủy Mù Cang Chải'
    """
    for name, others in spelled_otherwise().items():
        read = [other for other in others if value.casefold().endswith(f" {other.casefold()}")]
        if read and known.endswith(f" {name}"):
            return known.removesuffix(name) + read[0]
    return known


def closed_name(value: str) -> str | None:
    """A body's name by the lists of agencies and units, or None where they don't decide.

    >>> closed_name("Số tài nguyên và môi trường"), closed_name("Uỷ ban nhân dân tinh quang ngaai")
    ('Sở Tài nguyên và Môi trường', 'Ủy ban nhân dân tỉnh Quảng Ngãi')
    """
    agency = best_of(value, agency_names())
    if agency.value is not None and agency.score >= SURE and respelled(value, agency.value):
        return agency.value
    committee = _committee(value)
    if committee is not None:
        return committee
    split = _OF_UNIT.match(fold(value))
    if split is None:
        return None
    unit = _unit(value[split.start("unit") :])
    head = (
        "UBND"
        if split["head"] == "ubnd"
        else "Hội đồng nhân dân"
        if split["head"].startswith("hoi")
        else "Ủy ban nhân dân"
    )
    return f"{head} {unit.type} {unit.name}" if unit else None


def _committee(value: str) -> str | None:
    """`HUYEN UY BA TRI`, its marks lost: the Party's committee of a district or province."""
    split = _COMMITTEE.fullmatch(fold(value))
    if split is None:
        return None
    kind = "tỉnh" if split["head"] == "tinh uy" else "huyện" if split["head"] == "huyen uy" else ""
    unit = _unit(f"{kind} {value[split.start('unit') :]}".strip())
    return f"{_COMMITTEES[split['head']]} {unit.name}" if unit else None


def _unit(read: str) -> Unit | None:
    """The province or district of a letterhead line; today's and earlier lists alike."""
    for day in (dt.date(2023, 4, 8), dt.date(2025, 7, 1)):
        match = match_province(read, day) if fold(read).startswith("tinh") else match_district(read, day)
        if match.sure and match.value is not None:
            return match.value
    return None
