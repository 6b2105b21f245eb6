"""Lưu: the units that keep a copy, without numbers of copies and typists' marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.field import Field
from extract.reading import Reading
from extract.words.codes import LOST_D, clean_symbol, doubtful_d, known_d
from extract.words.damage import misread
from extract.words.names import looks_like_name
from normalize.fold import fold
from normalize.letters import SMALL, UPPER

# VT, NC (TP, Vinh): a comma in a bracket parts nothing, nor does a line's end in `VT, Văn phòng / Điều phối`
_PART = re.compile(r"(?:\([^()\n]*\)?|(?<=[^\W\d_])\n(?=[ \t]*[^\W\d_])|[^,;\n(])+")
_SHORT = ("P", "VP", "TT", "TTr", "BTV", "Ban", "CT", "PCT", "Tr", "Tp", "TP")  # a stop behind these ends no unit
# VT. PV · KGVX.Dũng · VT.KT9 · KGVX. Thg: a stop behind other capitals ends the unit
_STOP = re.compile(rf"(?<![{UPPER}])(?P<unit>[{UPPER}&/]{{2,}}\d{{0,2}})\.\s*(?P<rest>\S.*)$")
# NVTHQ-PL-Uyên · P.KT-HSĩ · KTTHTú · KTNTùng · KTTHTien502 · NC Ngân: the typist behind a unit in capitals
_TYPIST = re.compile(
    rf"(?<=[{UPPER}]{{2}})(?:-[{UPPER}]{{0,2}}{SMALL}+|\s[{UPPER}]{SMALL}+|[{UPPER}]{SMALL}{{2,}}\w*|{SMALL}+\d\w*|"
    rf"[{UPPER}](?![a-z]){SMALL}|\s+\d+\s*(?:b\w*|bản))$"
)
_COPIES = re.compile(r"[\s.]*\b\d+\s*(?:b\w?|bản)?$")
# Loan · HDiem · N.Đ.Minh · Q.Cường · nhdang: a person alone. `Văn thư` and `Hcc7` are units
_PERSON = re.compile(
    rf"(?:[{UPPER}]\.){{1,3}}{SMALL}*[{UPPER}](?:{SMALL}+|\d)\S*$|[{UPPER}]{{1,2}}{SMALL}{{2,}}$|{SMALL}+$|\d+\.\s"
)
_OFFICE = "VT"  # văn thư keeps a copy of everything, and stands first
_OFFICE_MISREAD = frozenset(
    {"VI", "V1", "VTT", "VÏ", "VF", "YT", "VỊ", "VĨ", "V1T", "VIT", "ÝT", "ỶT", "ỲT", "VTý", "VTy"}
)
_WITH_OFFICE = re.compile(rf"(VT)\s*[-–]\s*([{UPPER}]{{2,}}\d*)(?:\.\s*\d{{1,2}})?")
# VI NN, VTý NVY for VT, NN
_NO_COMMA = re.compile(rf"(?P<office>[{UPPER}1]{{2,3}}[ýyj]?)\s+(?P<unit>[{UPPER}]{{2,}}\d{{0,2}})")
_DIVISION = re.compile(rf"[{UPPER}]+\([{UPPER}]{{2,}}\)")  # VP(TH): the division that keeps it, no typist
_GLUED = "a typist's mark was cut off behind it"
_TORN = "no comma parts it from the unit beside it"
_STOPPED = re.compile(rf"VP\.\s[{UPPER}][{UPPER}-]+$")  # VP. KTNV: the office of a division, or two units
_FOREIGN = re.compile(r"(?<![^\W_])[FJWZ]\.")  # F.KT: of P.KT
_ONE_OR_TWO = "a stop parts two units or shortens one"


def find_filing(reading: Reading, start: int, end: int) -> tuple[Field[str], ...]:
    """The units of what stands behind `Lưu:`, in printed order.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["VT, NC (TP, Vinh), NVTHQ-PL-Uyên (3b), N.Đ.Minh."])
    >>> read = Reading(text, (1.0,) * len(text.words))
    >>> [field.value for field in find_filing(read, 0, len(read.string))]
    ['VT', 'NC', 'NVTHQ-PL']
    """
    units: list[Field[str]] = []
    for match in _PART.finditer(reading.string, start, end):
        wrapped = "\n" in match.group().strip()
        for value, wrong in _units(reading.flat(*match.span()), bool(units)):
            units.append(_field(reading, match, _named(value, bool(units)), wrong, wrapped))
        if not match.group().strip() or match.group().rstrip().endswith(".") or "Ký bởi" in match.group():
            break
    return tuple(units)


def _units(part: str, later: bool) -> Iterator[tuple[str, str]]:
    """The units of one part, each with why it is in doubt: something was cut off that may have been its own.

    What stands first is no typist, whatever it is like: `Lưu Trạm`, `Lưu Hội`.
    """
    bare = part.strip(" -–.;:")
    if not _DIVISION.fullmatch(bare):
        bare = re.sub(r"\s*\(.*$", "", part).strip(" -–.;:")
    if both := _WITH_OFFICE.fullmatch(bare):  # VT-NN: the office that keeps everything, and another unit
        yield from ((unit, "") for unit in both.groups())
        return
    torn = None if later else _NO_COMMA.fullmatch(bare)
    if torn and torn["office"] in _OFFICE_MISREAD:  # VT CAT is one unit
        yield from ((unit, _TORN) for unit in (_OFFICE, torn["unit"]))
        return
    stop = _STOP.match(bare)
    if stop and (stop["unit"] not in _SHORT or stop["rest"][0].isdigit()):
        one = stop["unit"] != _OFFICE and bare.endswith(f"{stop['unit']}.{stop['rest']}")  # NN.TN: one unit, or two
        yield stop["unit"], _ONE_OR_TWO if one else ""
        if re.fullmatch(rf"[{UPPER}&]{{2,}}\d{{0,2}}", stop["rest"]):
            yield stop["rest"], _GLUED
        return
    value = _COPIES.sub("", bare) if not re.match(r"\d", bare) else bare
    if len(value) == 1 and value != bare:  # L.10: a typist and the copies
        return
    value, cut = _TYPIST.subn("", value)
    value = value.strip(" -–.;:")
    unit = re.search(rf"[{UPPER}]", value) and not (later and _is_person(value))
    if value.startswith("hồ sơ ") or unit:
        beside = re.match(rf"{_OFFICE}\s", value)  # VT K10: two units, or one
        yield value, _GLUED if cut else _ONE_OR_TWO if _STOPPED.match(value) else _TORN if beside else ""


def _is_person(value: str) -> bool:
    short = len(value) == 2 and value.istitle() and fold(value[1]) in "aeiouy"  # VT, Hà (25b)
    return short or looks_like_name(value) or (not value.startswith("P.") and _PERSON.match(value) is not None)


def _named(value: str, later: bool) -> str:
    value = clean_symbol(value) if " " not in value else value
    return _OFFICE if not later and value in _OFFICE_MISREAD else value


def _field(reading: Reading, match: re.Match[str], value: str, wrong: str, wrapped: bool) -> Field[str]:
    begin = match.start() + len(match.group()) - len(match.group().lstrip(" -–.;:"))
    field = reading.field(value, begin, min(begin + len(value), match.end()), "filing")
    why = wrong or ("it runs over a line's end" if wrapped else misread(reading, begin, match.end(), value))
    why = why or ("no unit's name begins so" if _FOREIGN.search(value) else None)
    why = why or (LOST_D if reading.mangled and (doubtful_d(value) or ("Đ" in value and not known_d(value))) else None)
    why = why or ("it is hardly a unit" if len(value) == 1 else None)
    return field.doubt(why, 0.7) if why else field
