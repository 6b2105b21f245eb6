"""Rows of an annex whose marks the engine scattered: whom each is about and what it adds up to outlive them.

TT - 1/2/);3/4)/5)6]7/] 8] 9 |10]11)12]13]14]15]16]17]) 18] 19 as
8 | Ha Linh PP ft ley att tele ded = [ce eee tee ee 14/19
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from extract.notice import Status, Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.marks.legend import read_legend
from extract.ntm.tables.worn.lines import FEWEST_MARKS, FEWEST_ROWS, LooseRows, MarkedLine, Token, is_cross
from extract.ntm.tables.worn.roster import Listed, listed, listed_units
from normalize.fold import fold

_TOLD, _HARDLY = 0.6, 0.4  # share of the criteria's numbers that a head must tell, and where the rows tell more
_PAUSE = 2  # lines without a commune that end the rows
_LISTED = 2  # commas that make a sentence of numbers: `đạt các tiêu chí 1, 2, 3, …`
_SHARE = re.compile(r"(\d{1,2})/?(\d{2})")  # 14/19 · 1419
_COUNT = re.compile(r"\(?(\d{1,2}|[Oo])\)?")  # 5 · (0) · 0
_SUMMED = re.compile(r"\b(?:tong|cong|dat|so)\b")
_ADDED_UP = re.compile(r"\b(?:tong|cong)\b")
_MISSING = re.compile(r"\b(?:chua|khong)\b")
_PROSE = re.compile(r"\b(?:tieu\s+chi|thuc\s+hien)\b|[;.,]$")
_NOUGHT = re.compile(r"[1Il|]?[.|]?[0Oo°][-:.;|)\]]{0,2}[1Il]?")  # 0 · O · 1.0 · 10 · 0-1 · 0:
_MOSTLY = 0.75  # share of crosses in a row of which the total says all
_NEARLY = 0.8  # share of rows that end in a figure, where all of them do
_AGREEING = 2  # rows that tell which of two figures counts the crosses
_HEAD = 2  # lines of the head above the one with the numbers
_AROUND = 400  # letters around the rows in which their legend may stand
_NamedLine = tuple[int, Sequence[Token], Listed]


class _Counts(Enum):
    """What the figure at a row's end counts, as far as its head and the legend say the same."""

    ACHIEVED = "achieved"
    MISSING = "missing"
    NOTHING = "nothing"


def scattered(survey: Survey, lines: Sequence[Sequence[Token]], most: int) -> LooseRows | None:
    """The rows below the first line that numbers most of the criteria; None where they are not of communes.

    Fewer numbers will do above rows that end in shares of all criteria.
    """
    told = [_told(tokens, most) for tokens in lines]
    at = next((i for i, share in enumerate(told) if share >= _TOLD), None)
    found = [] if at is None else _named(survey, lines[at + 1 :])
    if at is None and (at := next((i for i, share in enumerate(told) if share >= _HARDLY), None)) is not None:
        found = _named(survey, lines[at + 1 :])
        found = found if 2 * sum(_share(tokens, most) is not None for _, tokens, _ in found) > len(found) else []
    if at is None or len(found) < FEWEST_ROWS:
        return None
    head = _words_over(survey, lines[max(0, at - _HEAD) : at + 1])
    missing = _MISSING.search(head) is not None
    counts = _Counts.MISSING if missing else _Counts.ACHIEVED
    summed_up = _SUMMED.search(head) or 2 * sum(_pluses_are_counted(tokens) for _, tokens, _ in found) > len(found)
    if not summed_up or _crosses_mean(survey, found) not in (None, missing):
        counts = _Counts.NOTHING
    units = tuple(one.unit for _, _, one in found)
    if (achieved := _achieved_of_pairs(survey, found, most)) is not None:
        both = (_paired(tokens, i + at + 1, one.used, most, achieved) for i, tokens, one in found)
        return LooseRows(tuple(both), units=units)
    summed = counts is _Counts.ACHIEVED and _ADDED_UP.search(head) is not None and _end_in_figures(found, most)
    rows = (_row(tokens, i + at + 1, one.used, most, counts, summed) for i, tokens, one in found)
    return LooseRows(tuple(rows), units=units, missing=missing)


def _told(tokens: Sequence[Token], most: int) -> float:
    """The share of the criteria that a line numbers in their order, whatever stands between; 0 for a sentence."""
    raw = " ".join(token.raw for token in tokens)
    found = [n for figure in re.findall(r"\d+", raw) if 1 <= (n := int(figure)) <= most]
    return _longest_rising(found) / most if raw.count(",") < _LISTED else 0.0


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
    named: list[_NamedLine] = []
    for i, tokens, one in found:
        left = [unit for unit in units if unit.code not in taken]
        own = listed(survey, tokens, left) if one.unit.review else one
        if own is not None:
            named.append((i, tokens, own))
            taken.add(own.unit.value.code)
    return named


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


def _end_in_figures(found: Sequence[_NamedLine], most: int) -> bool:
    """Do nearly all rows end in a number of criteria? Below `Tổng` or `Cộng` these count them, whatever the marks."""
    figures = [_figure(tokens[-1]) for _, tokens, one in found if len(tokens) > one.used]
    return sum(n is not None and n <= most for n in figures) >= _NEARLY * len(found)


def _row(tokens: Sequence[Token], line: int, used: int, most: int, counts: _Counts, summed: bool = False) -> MarkedLine:
    """A row of a commune. `summed`: its last figure counts what is achieved."""
    number = int(tokens[0].bare) if tokens[0].bare.isdigit() else None
    cells = tokens[used:]
    span = cells[0].span[0] if cells else tokens[-1].span[0], tokens[-1].span[1]
    row = MarkedLine(number, tokens[:used], ("?",) * most, span, None, line)
    if share := _share(cells, most):
        return replace(row, total=share)
    figure = _figure(cells[-1]) if cells and counts is not _Counts.NOTHING else None
    marks = _marked(cells[:-1], most, figure) if counts is _Counts.ACHIEVED else ()
    most_marks = sum(_sure(cell) for cell in cells[:-1])
    if summed and figure is not None and most_marks <= figure <= most and not marks:
        marks = ("x",) * most if figure == most else ()
    elif figure is None or not (marks or _borne_out(cells[:-1], figure, most, counts)):
        return row
    return replace(row, marks=marks or row.marks, total=Token(str(figure), cells[-1].span))


def _share(cells: Sequence[Token], most: int) -> Token | None:
    """`14/19` at a row's end, also where the stroke was lost."""
    share = _SHARE.fullmatch(cells[-1].bare) if cells else None
    if share and int(share[1]) <= int(share[2]) == most:
        return Token(f"{share[1]}/{share[2]}", cells[-1].span)
    return None


def _achieved_of_pairs(survey: Survey, found: Sequence[_NamedLine], most: int) -> int | None:
    """Which of two figures at the rows' ends counts what is achieved, where most rows end in two that make up all.

    The other is as many as there are crosses, or it is, as the legend says; None where neither shows in two rows.
    """
    pairs = [(tokens[one.used : -2], pair) for _, tokens, one in found if (pair := _pair(tokens[one.used :], most))]
    if 2 * len(pairs) < len(found):
        return None
    agreeing = [sum(int(pair[k].raw) == _crosses(cells) for cells, pair in pairs if _crosses(cells)) for k in (0, 1)]
    if max(agreeing) < _AGREEING or min(agreeing) > 0:
        return None
    crossed = agreeing.index(max(agreeing))
    return 1 - crossed if _crosses_mean(survey, found) else crossed


def _crosses(cells: Sequence[Token]) -> int:
    return sum(is_cross(cell) for cell in cells)


def _paired(tokens: Sequence[Token], line: int, used: int, most: int, achieved: int) -> MarkedLine:
    """A row that counts what is achieved and what is missing."""
    row = _row(tokens, line, used, most, _Counts.NOTHING)
    pair = _pair(tokens[used:], most)
    return replace(row, total=pair[achieved], left=pair[1 - achieved]) if pair else row


def _pair(cells: Sequence[Token], most: int) -> tuple[Token, Token] | None:
    """The two figures that a row ends with, where they make up all criteria: `X X X 4 15`."""
    figures = [_figure(cell) for cell in cells[-2:]]
    if len(figures) < 2 or None in figures or sum(n for n in figures if n is not None) != most:
        return None
    first, last = (Token(str(n), cell.span) for n, cell in zip(figures, cells[-2:], strict=True))
    return first, last


def _figure(cell: Token) -> int | None:
    """The figure that a cell holds; an O is none."""
    count = _COUNT.fullmatch(cell.raw.strip("|[]{}"))
    return int(count[1].replace("O", "0").replace("o", "0")) if count else None


def _pluses_are_counted(tokens: Sequence[Token]) -> bool:
    """Does a row end in the number of its pluses?"""
    pluses = sum(token.bare == "+" for token in tokens[:-1])
    return pluses >= FEWEST_MARKS and _figure(tokens[-1]) == pluses


def _marked(cells: Sequence[Token], most: int, total: int | None) -> tuple[str, ...]:
    """The marks of a row that kept all its cells and whose total they may make up; `?` for what may be either.

    `Mm | O | X | X |X | X | xX | 0-1 xX | x 8`: of ten criteria all but the second and the eighth. `+ - = + as 2`: of
    five all but the three that are no plus.
    """
    noughts = [_NOUGHT.fullmatch(cell.raw) is not None for cell in cells]
    if len(cells) != most or total is None:
        return ()
    if noughts.count(False) == total:
        return tuple("0" if nought else "x" for nought in noughts)
    if any(cell.bare == "+" for cell in cells) and sum(map(_sure, cells)) == total:
        return tuple("x" if _sure(cell) else "0" for cell in cells)
    marks = tuple("0" if nought else "x" if _sure(cell) else "?" for nought, cell in zip(noughts, cells, strict=True))
    return marks if marks.count("x") <= total <= noughts.count(False) else ()


def _sure(cell: Token) -> bool:
    """Is it a cross, a plus or a one, and nothing else?"""
    return is_cross(cell) or cell.bare in ("1", "+")


def _borne_out(cells: Sequence[Token], figure: int, most: int, counts: _Counts) -> bool:
    """Are there as many marks as the figure says: of crosses nothing else, or, where it says all, hardly anything else?

    Signs of the other kind may stand beside a plus, blanks are all that stands beside a cross.
    """
    crosses, pluses = (sum(fits(cell) for cell in cells) for fits in (is_cross, lambda cell: cell.raw == "+"))
    full = counts is _Counts.ACHIEVED and figure == most and _MOSTLY * most < crosses
    signed = counts is _Counts.ACHIEVED and pluses == figure and pluses >= FEWEST_MARKS
    return (
        signed or crosses == len(cells) == figure or (full and not any(_NOUGHT.fullmatch(cell.raw) for cell in cells))
    )
