"""Nơi nhận: one entry a printed dash, and the Lưu line as filing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.field import Field
from extract.notice import Recipient
from extract.reading import Reading
from extract.zones import Zones

_HEAD = re.compile(r"^[\W_]*n\wi\s*nh\w{1,3}\s*[:;.,]?")
_DASH = re.compile(r"(?m)^[ \t'`‘’\"|]*[-–—~+•*=¬]+\s*")
_FILED = re.compile(r"[\W_]*l\w{1,2}u\s*(?:tru)?\s*[:;.,]")
# (để b/c) · (b/cáo) · (đăng Website) · (t/h) · (để biết) but not (KTTH)
_PURPOSE = re.compile(
    r"\(\s*(?P<why>(?:de\s|bao cao|b\s?/\s?c|t\s?/\s?h|p\s?/\s?h|thuc hien|phoi hop|dang\s|theo doi|chi dao|biet|de biet|"
    r"giup|thay b|dua tin|niem yet|kiem tra|th\b|bc\b|ph\b)[^()]*)\)\s*$"
)
# Tien502 glued to P.KTTH · (Vi16) · 02b · 05 bản
_TYPIST = re.compile(r"\s*(?:\(.*\)?|(?<=[A-ZĐ.])(?:[A-ZĐ][a-zà-ỹ¡]{2,}\w*|[a-zà-ỹ¡]+\d\w*)|\b\d+\s*(?:b\w*|bản)?|[.;,]+)\s*$")


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    end: int


def find_recipients(zones: Zones) -> tuple[tuple[Field[Recipient], ...], tuple[Field[str], ...]]:
    """(recipients, filing units), each entry joined over its wrapped lines, in printed order."""
    reading = zones.recipients
    recipients: list[Field[Recipient]] = []
    filing: tuple[Field[str], ...] = ()
    for entry in _entries(reading):
        filed = _FILED.match(reading.folded, entry.start, entry.end)
        if filed:
            filing = _filing(reading, filed.end(), entry.end)
            break
        recipient = _recipient(reading, entry)
        if recipient is not None:
            recipients.append(recipient)
    return tuple(recipients), filing


def _entries(reading: Reading) -> list[_Entry]:
    """The text between dashes. What stands before the first dash belongs to the heading."""
    head = _HEAD.match(reading.folded)
    start = head.end() if head else 0
    marks = [mark for mark in _DASH.finditer(reading.string) if mark.end() > start]
    if not marks:
        return _entries_without_dashes(reading, start)
    ends = [*(mark.start() for mark in marks[1:]), len(reading.string)]
    return [_Entry(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _entries_without_dashes(reading: Reading, start: int) -> list[_Entry]:
    """Some old notices list recipients without dashes, one a line, each ending in a semicolon."""
    return [_Entry(m.start(), m.end()) for m in re.compile(r"[^;\n]+(?:\n[^;\n]+)*;?").finditer(reading.string, start)]


def _recipient(reading: Reading, entry: _Entry) -> Field[Recipient] | None:
    end = _content_end(reading, entry)
    why = _PURPOSE.search(reading.folded, entry.start, end)
    purpose = reading.flat(why.start("why"), why.end("why")) if why else None
    name = reading.flat(entry.start, why.start() if why else end).strip(" -–;.,:")
    if sum(c.isalpha() for c in name) < 2:
        return None
    return reading.field(Recipient(name=name, purpose=purpose), entry.start, end, "recipient")


def _content_end(reading: Reading, entry: _Entry) -> int:
    """The entry's end without trailing blanks and stops, and without what a seal left behind its semicolon."""
    text = reading.string[entry.start : entry.end]
    stop = text.rfind(";")
    if stop >= 0 and len(re.findall(r"[^\W\d_]{2,}", text[stop:])) < 2:
        text = text[:stop]
    return entry.start + len(text.rstrip(" \n;.,:/"))


def _filing(reading: Reading, start: int, end: int) -> tuple[Field[str], ...]:
    """`VT, P.KTTHTien502.` gives VT and P.KTTH: units only, no copies and no typists' marks."""
    units = []
    for match in re.compile(r"[^,;\n]+(?:\([^)]*\))?").finditer(reading.string, start, end):
        value = match.group().strip(" -–.;:")
        while (shorter := _TYPIST.sub("", value)) != value:
            value = shorter
        if re.search(r"[A-ZĐ]", value):
            begin = match.start() + match.group().index(value)
            units.append(reading.field(value, begin, begin + len(value), "filing"))
        if not match.group().strip() or match.group().rstrip().endswith("."):
            break
    return tuple(units)
