"""The line or lines that head a table in text: `TT Xã Số tiêu chí đạt Tiêu chí chưa đạt`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.ntm.survey import Survey
from extract.reading import Span
from normalize.text import TextLine

_FIRST = re.compile(r"\s*(?:tt|stt|so tt|xa|ten xa|don vi|\w{1,3}\s+ten xa)\b")
_OF_COMMUNES = re.compile(r"\b(?:xa|don vi)\b")
_COUNT = re.compile(r"\d\s*/\s*\d")  # Xã Ngư Thủy Bắc: số tiêu chí đạt 18/19
_SENTENCE = re.compile(r"[.:;,]\s*$")
BESIDE = 2  # lines over and below `TT Tên xã` that the heads of wider columns may take


@dataclass(frozen=True, slots=True)
class Header:
    """The header's characters, [start, end); `wrapped`: over several lines, so that which words head which column is
    not told by their order."""

    start: int
    end: int
    wrapped: bool = False

    @property
    def span(self) -> Span:
        return self.start, self.end


def find_header(survey: Survey, above: Sequence[TextLine]) -> Header | None:
    """The nearest line above that heads a table of criteria, with those beside it where it does not say so alone.

    `Số tiêu chí Số tiêu chí Các tiêu chí chưa đạt (ghi` / `TT Tên xã` / `đạt chưa đạt theo số thứ tự)`
    """
    for k in range(len(above) - 1, -1, -1):
        line = above[k]
        text = survey.whole.flowing[line.start : line.end]
        if not _FIRST.match(text) or not _OF_COMMUNES.search(text) or _COUNT.search(text):
            continue
        # Xã Thanh Quang … rà soát theo Bộ tiêu chí: a sentence; `Xã De get dạng` is a head that was misread
        if any(m.unit.value.code for m in survey.communes_in(line.start, line.end)):
            continue
        if "tieu chi" in text:
            return Header(line.start, line.end)
        if whole := _wrapped(survey, above, k):
            return whole
    return None


def _wrapped(survey: Survey, above: Sequence[TextLine], at: int) -> Header | None:
    """`TT Tên xã` with the lines over and below it, if these speak of criteria."""
    first = last = at
    while at - first < BESIDE and first > 0 and _heads(survey, above[first - 1]):
        first -= 1
    while last - at < BESIDE and last + 1 < len(above) and _heads(survey, above[last + 1]):
        last += 1
    start, end = above[first].start, above[last].end
    return Header(start, end, True) if "tieu chi" in survey.whole.flowing[start:end] else None


def _heads(survey: Survey, line: TextLine) -> bool:
    """May a line be part of a header: no sentence, no figures?"""
    text = survey.whole.flowing[line.start : line.end]
    return not _SENTENCE.search(text) and not re.search(r"\d", text)
