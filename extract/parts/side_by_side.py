"""Signers side by side: their titles in one line, their names in another, parted by blanks.

`NGƯỜI ĐƯỢC ỦY QUYỀN          GIÁM ĐỐC` above `Hoàng Lệ Quyên          Vi Đình Tuyển`. Who presides or grants stands at
the right; the others sign for the other side and are nobody's here. A scan's lines know their side already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.reading import Reading
from extract.words.authorities import IN_WORDS
from extract.words.names import looks_like_name
from extract.words.titles import match_title
from normalize.text import TextLine

GAP = 3  # blanks between two columns; centred print has one or two between words
_AUTHORITY = re.compile(rf"(?:TM|KT|TL|TUQ|Q)\.|T/M|{IN_WORDS}")  # THƯ KÝ          TM. HỘI ĐỒNG
_HEADED = re.compile(r"\s*(?:noi\s+(?:nhan|gui)|gui\s*:|[-–+*])")


@dataclass(frozen=True, slots=True)
class Column:
    """Characters [start, end) of the whole text, and the middle of where they stand in their raw line."""

    start: int
    end: int
    middle: float


def columns_of(whole: Reading, line: TextLine) -> list[Column]:
    """What several blanks part in a line of a text; one column for a line of a scan."""
    groups: list[list[re.Match[str]]] = []
    for word in re.compile(r"\S+").finditer(whole.string, line.start, line.end):
        if not groups or whole.blanks(groups[-1][-1].end(), word.start()) >= GAP:
            groups.append([])
        groups[-1].append(word)
    return [_column(whole, group[0].start(), group[-1].end()) for group in groups]


def _column(whole: Reading, start: int, end: int) -> Column:
    return Column(
        start, end, (whole.inset(start) + whole.inset(end - 1) + len(whole.string[start:end].split()[-1])) / 2
    )


def titles_beside(whole: Reading, line: TextLine) -> list[Column]:
    """The columns of a line in capitals, the last of them a known title or an authority; none for another line."""
    columns = columns_of(whole, line)
    text = whole.line(line)
    if len(columns) < 2 or not text.isupper() or _HEADED.match(whole.folded, line.start):
        return []
    last = whole.string[columns[-1].start : columns[-1].end]
    return columns if _AUTHORITY.match(last) or match_title(last, 90) else []


def names_beside(whole: Reading, line: TextLine) -> bool:
    """Is a line nothing but names, two or more?"""
    columns = columns_of(whole, line)
    return len(columns) > 1 and all(looks_like_name(whole.string[c.start : c.end]) for c in columns)


def of_the_last(titles: Sequence[Column], columns: Sequence[Column]) -> Column | None:
    """The column that stands below the last title, nearer to its middle than to any other's; None where none does."""
    last = titles[-1]
    below = [c for c in columns if min(titles, key=lambda title: abs(title.middle - c.middle)) is last]
    return below[-1] if below else None
