"""Stamps of urgency and secrecy: `HỎA TỐC`, `MẬT`."""

from __future__ import annotations

import re
from typing import TypeVar

from extract.field import Field, Method
from extract.notice import Secrecy, Urgency
from extract.parts.side_by_side import columns_of
from extract.reading import Reading
from extract.trail import missed

M = TypeVar("M", Urgency, Secrecy)

_URGENCY = [
    (re.compile(r"^\W*hoa\s*toc\W*(?:hen gio\b.*)?$"), Urgency.HOA_TOC),
    (re.compile(r"^\W*thuong\s*khan\W*$"), Urgency.THUONG_KHAN),
    (re.compile(r"^\W*khan\W*$"), Urgency.KHAN),
]
_SECRECY = [
    (re.compile(r"^\W*tuyet\s*mat\W*$"), Secrecy.TUYET_MAT),
    (re.compile(r"^\W*toi\s*mat\W*$"), Secrecy.TOI_MAT),
    (re.compile(r"^\W*mat\W*$"), Secrecy.MAT),
]
HEAD_LINES = 25


def find_urgency(reading: Reading) -> Field[Urgency] | None:
    """The degree of urgency, stamped in capitals on a line of its own on the first page."""
    return _stamp(reading, _URGENCY)


def find_secrecy(reading: Reading) -> Field[Secrecy] | None:
    """The degree of secrecy, likewise."""
    return _stamp(reading, _SECRECY)


def _stamp(reading: Reading, marks: list[tuple[re.Pattern[str], M]]) -> Field[M] | None:
    for line in reading.text.lines[:HEAD_LINES]:
        last = columns_of(reading, line)[-1]  # đảng viên bị tố cáo          KHẨN
        text = reading.string[last.start : last.end]
        if not text.isupper():
            continue
        for pattern, mark in marks:
            if pattern.match(reading.folded[last.start : last.end]):
                return reading.field(mark, last.start, last.end, "stamp", Method.MATCHED)
    place = "/document/urgency" if marks is _URGENCY else "/document/secrecy"
    missed(place, "stamp", f"none of the first {HEAD_LINES} lines is such a stamp and nothing else")
    return None
