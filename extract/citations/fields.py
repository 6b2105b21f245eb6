"""Code, day and name of a cited document as fields: what they can only be, and what puts them in doubt."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extract.citations.initials import one_off
from extract.citations.laws import SLUGS, canonical_name, law_before
from extract.citations.mentions import Mention
from extract.field import Field, Method
from extract.reading import Reading
from extract.words.abbreviations import odd_group
from extract.words.codes import LOST_D, Code, doubtful_d
from extract.words.dates import DateAt
from normalize.fold import fold
from normalize.lexicon.types import type_by_slug, type_of_symbol

# 03/TT for 03/TTr-VPĐP: a type and no office; old decrees have an office and no type (89/CP, 298/TTg)
_TYPES_ALONE = frozenset({"TT", "TTr", "QĐ", "NĐ", "NQ", "KH", "BC", "TB", "CV", "HD", "KL", "QĐ-TT", "QĐ-UB"})
_YEARLY = re.compile(r"NĐ-CP|TT-B[A-ZĐ]+")  # 8/TT-BYT is what is left of 16/2018/TT-BYT
_STROKE = re.compile(r"[/⁄∕]")  # 617KH-UBND has none: 61/KH-UBND
_MANY = 5  # figures of a number on a scan (18§62, of 1862): of 5,491 in gold five have so many
_GOES_ON = re.compile(r"[-–]\s?['’‘\"]?[A-ZĐ]")  # 745/SNNMT- 'VPĐP ngày
FAR_OFF = 3  # years between code and day that no clerk confuses


def law_name(reading: Reading, mention: Mention) -> Field[str] | None:
    """The name of a coded law: `Luật Đất đai` before `số 31/2024/QH15`."""
    if mention.slug not in SLUGS.values() or mention.start == mention.code.start:
        return None
    law = law_before(reading, mention.start, mention.code.start)
    name = re.sub(r"[\s,]*(?:số|sô|só)?[\s:]*$", "", reading.flat(mention.start, mention.code.start))
    return reading.field(law.name if law else canonical_name(name), mention.start, mention.code.start, "law_name")


def code_field(reading: Reading, code: Code) -> Field[str]:
    """The code as it should be printed, in doubt where something says that it was misread or cut."""
    method = Method.RESTORED if code.repaired else None
    field = reading.field(code.text, code.start, code.end, "citation_code", method, 0.97 if code.repaired else 1.0)
    wrong = next(_faults(reading, code), None)
    return replace(field, alternatives=wrong.alternatives).doubt(wrong.why, wrong.confidence) if wrong else field


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a code, how sure it still is, and what it may have been."""

    why: str
    confidence: float = 0.6
    alternatives: tuple[str, ...] = ()


def _faults(reading: Reading, code: Code) -> Iterator[_Fault]:
    """What is wrong with a code, gravest first."""
    if code.symbol in _TYPES_ALONE and not code.year:
        yield _Fault("the symbol names no office: its end may be lost")
    if _GOES_ON.match(reading.string, code.end) and reading.text.is_read(code.start, code.end):
        yield _Fault("a dash follows it: its end may be lost")
    if code.year is None and _YEARLY.fullmatch(code.symbol):
        yield _Fault("documents of this kind are numbered with their year")
    if code.number[-1] in "17" and not code.party and _STROKE.search(reading.string, code.start, code.end) is None:
        shorter = replace(code, number=code.number[:-1]).text
        yield _Fault(f"no stroke was read: it may be the {code.number[-1]}", alternatives=(shorter,))
    if len(code.number) >= _MANY and reading.text.is_read(code.start, code.end):
        yield _Fault("few offices number so many documents: a figure may have been read twice", 0.7)
    if (reading.mangled or reading.text.is_read(code.start, code.end)) and (odd := odd_group(code.symbol)):
        yield _Fault(f"no list holds the group {odd!r}", 0.7)
    if "." in code.symbol and reading.text.is_read(code.start, code.end):  # 19/2013/TT.BYT
        yield _Fault("a stop stands in the symbol: it may be a dash", 0.7)
    if reading.mangled and doubtful_d(code.symbol):
        yield _Fault(LOST_D)


def typed(reading: Reading, field: Field[str], mention: Mention) -> Field[str]:
    """`Tờ trình số 215/TTIr-UBND`: the type's word says what the symbol begins with, where no type was read."""
    kind = type_by_slug(mention.slug)
    head, dash, rest = mention.code.symbol.partition("-")
    if kind is None or not kind.symbols or not dash or mention.head == mention.code.start:
        return field
    right = kind.symbols[0]
    if right == "TTr" and head == "TT" and reading.text.is_read(mention.code.start, mention.code.end):
        return field.doubt("a Tờ trình mostly has TTr, a Thông tư TT: its r may be lost", 0.7)
    strokeless = reading.mangled and head != right and fold(head) == fold(right)  # Đề án số 02/DA-UBND: no Dự án
    # the symbol of a type, though of another; a court's: QĐST-DS
    if (not strokeless and type_of_symbol(head) != "cong_van") or re.fullmatch(rf"{right}[A-ZĐ]{{2,}}", head):
        return field
    if not strokeless and not one_off(right, head) and fuzz.ratio(head.upper(), right.upper()) < 60:
        short = len(head) < 4 and (head[:1] == right[:1] or len(head) == len(right))  # 148/Ti-UBND, 19/2013/IT-BYT
        return field.doubt(f"a {kind.name} has {right} where {head} was read", 0.7) if short else field
    value = field.value.removesuffix(mention.code.symbol) + f"{right}-{rest}"
    return replace(field, value=value, method=Method.RESTORED, confidence=min(field.confidence, 0.93))


def date_field(reading: Reading, date: DateAt, code: Code) -> Field[dt.date]:
    """The day; in the year that the code names, where one figure makes it another far off: 51/2025/QĐ-TTg of 2095."""
    field = reading.field(date.value, date.start, date.end, "citation_date")
    year = int(code.year) if code.year else date.value.year
    if abs(year - date.value.year) < FAR_OFF or not one_off(str(year), str(date.value.year)):
        return field
    meant = date.value.replace(year=year) if (date.value.month, date.value.day) != (2, 29) else date.value
    mended = replace(field, value=meant, method=Method.INFERRED, alternatives=(date.value.isoformat(),))
    return mended.doubt(f"the code is of {year}; the year was read as {date.value.year}", 0.75)
