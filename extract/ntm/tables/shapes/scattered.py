"""Rows of an annex whose marks the engine scattered: whom each is about and what it adds up to outlive them.

TT - 1/2/);3/4)/5)6]7/] 8] 9 |10]11)12]13]14]15]16]17]) 18] 19 as
8 | Ha Linh PP ft ley att tele ded = [ce eee tee ee 14/19
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum

from extract.notice import Status, Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.marks.legend import read_legend
from extract.ntm.tables.shapes.lines import FEWEST, LooseRows, MarkedLine, Token, is_cross
from extract.ntm.tables.shapes.roster import Listed, listed, listed_units
from normalize.fold import fold

_TOLD = 0.6  # share of the criteria's numbers that a head must tell
_PAUSE = 2  # lines without a commune that end the rows
_LISTED = 2  # commas that make a sentence of numbers: `đạt các tiêu chí 1, 2, 3, …`
_SHARE = re.compile(r"(\d{1,2})/?(\d{2})")  # 14/19 · 1419
_COUNT = re.compile(r"\(?(\d{1,2}|[Oo])\)?")  # 5 · (0) · 0
_SUMMED = re.compile(r"\b(?:tong|cong|dat|so)\b")
_MISSING = re.compile(r"\b(?:chua|khong)\b")
_PROSE = re.compile(r"\b(?:tieu\s+chi|thuc\s+hien)\b|[;.,]$")
_NOUGHT = re.compile(r"[1Il|]?[.|]?[0Oo°][-:.;|)\]]{0,2}[1Il]?")  # 0 · O · 1.0 · 10 · 0-1 · 0:
_MOSTLY = 0.75  # share of crosses in a row of which the total says all
_HEAD = 2  # lines of the head above the one with the numbers
_AROUND = 400  # letters around the rows in which their legend may stand
_NamedLine = tuple[int, Sequence[Token], Listed]


class _Counts(Enum):
    """What the figure at a row's end counts, as far as its head and the legend say the same."""

    ACHIEVED = "achieved"
    MISSING = "missing"
    NOTHING = "nothing"


def scattered(survey: Survey, lines: Sequence[Sequence[Token]], most: int) -> LooseRows | None:
    """The rows below the first line that numbers most of the criteria; None where they are not of communes."""
    at = next((i for i, tokens in enumerate(lines) if _numbers(tokens, most)), None)
    found = [] if at is None else _named(survey, lines[at + 1 :])
    if at is None or len(found) < FEWEST:
        return None
    head = _words_over(survey, lines[max(0, at - _HEAD) : at + 1])
    missing = _MISSING.search(head) is not None
    counts = _Counts.MISSING if missing else _Counts.ACHIEVED
    if not _SUMMED.search(head) or _crosses_mean(survey, found) not in (None, missing):
        counts = _Counts.NOTHING
    rows = (_row(tokens, i + at + 1, one.used, most, counts) for i, tokens, one in found)
    return LooseRows(tuple(rows), units=tuple(one.unit for _, _, one in found), missing=missing)


def _numbers(tokens: Sequence[Token], most: int) -> bool:
    """Does a line number the criteria in their order, whatever stands between them?"""
    raw = " ".join(token.raw for token in tokens)
    found = [n for figure in re.findall(r"\d+", raw) if 1 <= (n := int(figure)) <= most]
    return raw.count(",") < _LISTED and _longest_rising(found) >= _TOLD * most


def _longest_rising(numbers: Sequence[int]) -> int:
    """How many of the numbers are in rising order.

    >>> _longest_rising([1, 2, 3, 5, 1, 6, 7, 7, 9])
    7
    """
    ends: list[int] = []
    for number in numbers:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
    return len(ends)


def _named(survey: Survey, lines: Sequence[Sequence[Token]]) -> list[_NamedLine]:
    """The lines that begin with a commune of the notice, up to the first stretch without any; each commune once.

    Names that were read right are dealt out first, what only comes near to a name gets one of the others.
    """
    units = listed_units(survey)
    found = list(_first_stretch(survey, lines, units))
    taken = {one.unit.value.code for _, _, one in found if not one.unit.review}
    left = [unit for unit in units if unit.code not in taken]
    again = ((i, tokens, listed(survey, tokens, left) if one.unit.review else one) for i, tokens, one in found)
    return [(i, tokens, one) for i, tokens, one in again if one is not None]


def _first_stretch(survey: Survey, lines: Sequence[Sequence[Token]], units: Sequence[Unit]) -> Iterator[_NamedLine]:
    idle = 0
    for i, tokens in enumerate(lines):
        one = None if _is_prose(tokens) else listed(survey, tokens, units)
        idle = idle + 1 if one is None else 0
        if idle > _PAUSE:
            return
        if one is not None:
            yield i, tokens, one


def _crosses_mean(survey: Survey, found: Sequence[_NamedLine]) -> bool | None:
    """Does a cross mean that a criterion is missing, by the table's legend?"""
    start, end = found[0][1][0].span[0], found[-1][1][-1].span[1]
    means = read_legend(survey.whole.string[max(0, start - _AROUND) : end + _AROUND], []).means.get("x")
    return None if means is None else means is Status.NOT_ACHIEVED


def _is_prose(tokens: Sequence[Token]) -> bool:
    return _PROSE.search(fold(" ".join(token.raw for token in tokens)).lower()) is not None


def _words_over(survey: Survey, lines: Sequence[Sequence[Token]]) -> str:
    """The words of the head, folded, without a legend that stands above it."""
    spans = [(tokens[0].span[0], tokens[-1].span[1]) for tokens in lines]
    texts = [survey.whole.flowing[start:end] for start, end in spans]
    return " ".join(text for text in texts if not read_legend(text, []).said)


def _row(tokens: Sequence[Token], line: int, used: int, most: int, counts: _Counts) -> MarkedLine:
    number = int(tokens[0].bare) if tokens[0].bare.isdigit() else None
    cells = tokens[used:]
    span = cells[0].span[0] if cells else tokens[-1].span[0], tokens[-1].span[1]
    figure = _figure(cells) if counts is not _Counts.NOTHING else None
    marks = _zeroed(cells[:-1], most, figure) if counts is _Counts.ACHIEVED else ()
    borne_out = figure is not None and (marks or _borne_out(cells[:-1], figure, most, counts))
    total = _share(cells, most) or (Token(str(figure), cells[-1].span) if borne_out else None)
    return MarkedLine(number, tokens[:used], marks or ("?",) * most, span, total, line)


def _share(cells: Sequence[Token], most: int) -> Token | None:
    """`14/19` at a row's end, also where the stroke was lost."""
    share = _SHARE.fullmatch(cells[-1].bare) if cells else None
    if share and int(share[1]) <= int(share[2]) == most:
        return Token(f"{share[1]}/{share[2]}", cells[-1].span)
    return None


def _figure(cells: Sequence[Token]) -> int | None:
    """The figure at a row's end; an O is none."""
    count = _COUNT.fullmatch(cells[-1].raw.strip("|[]{}")) if cells else None
    return int(count[1].replace("O", "0").replace("o", "0")) if count else None


def _zeroed(cells: Sequence[Token], most: int, total: int | None) -> tuple[str, ...]:
    """The marks of a row that kept all its cells, and as many noughts among them as its total leaves.

    `Mm | O | X | X |X | X | xX | 0-1 xX | x 8`: of ten criteria all but the second and the eighth.
    """
    marks = tuple("0" if _NOUGHT.fullmatch(cell.raw) else "x" for cell in cells)
    return marks if len(marks) == most and marks.count("x") == total else ()


def _borne_out(cells: Sequence[Token], figure: int, most: int, counts: _Counts) -> bool:
    """Are there as many crosses as the figure says and nothing else, or, where it says all, hardly anything else?"""
    crosses = sum(is_cross(cell) for cell in cells)
    full = counts is _Counts.ACHIEVED and figure == most and _MOSTLY * most < crosses
    return crosses == len(cells) == figure or (full and not any(_NOUGHT.fullmatch(cell.raw) for cell in cells))
