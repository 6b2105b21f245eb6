"""Lines of the letterhead that an engine read below the title: place and date, the number."""

from __future__ import annotations

import re

from extract.parts.columns import DATE
from extract.reading import Reading
from normalize.text import TextLine

_PLACE = re.compile(r"\W*(?:[^\W\d_]+\W+){1,5}$")  # Giang Thành, ngày 04 tháng 11 năm 2014
# Số: 3/2 /TTr-UBND · số 4/2 -TB/HU: alone on their line; folded
_NUMBER = re.compile(r"\W*s[o06]\s*[:.]?\s*\d\S{0,5}\s{0,3}[-/–]\s*[a-z]{1,5}\s?[-/]\s?[a-z]{2,10}(?:-[a-z]{2,8})?\W*")
BELOW = 12  # lines below the title in which they may stand


def strays(whole: Reading, lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Those of the lines below a title that belong above it; only in dumps, which have lost where a line stood.

    >>> from normalize.text import from_lines
    >>> read = Reading(from_lines(["Giang Thành, ngày 04 tháng 11 năm 2014", "Kết quả thực hiện"]), (1.0,) * 12)
    >>> [read.string[line.start : line.end] for line in strays(read, read.text.lines)]
    ['Giang Thành, ngày 04 tháng 11 năm 2014']
    """
    if any(word.box for word in whole.text.words[:1]):
        return ()
    return tuple(line for line in lines[:BELOW] if _of_head(whole.folded[line.start : line.end]))


def _of_head(line: str) -> bool:
    date = DATE.search(line)
    alone = date is not None and not line[date.end() :].strip(" .,") and _PLACE.match(line[: date.start()]) is not None
    return alone or _NUMBER.fullmatch(line) is not None
