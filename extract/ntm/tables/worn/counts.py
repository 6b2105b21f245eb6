"""Tables of communes and numbers of criteria that lost their rules → a grid of a commune a row and what it achieved.

Which column counts what is achieved is taken from the figures where the head is destroyed: shares of all criteria, what
is achieved and missing making up all, growth between two columns, or a total below that they add up to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile

from extract.field import Field
from extract.notice import Unit
from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.rows.heads import INTENDED
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.communes import TOTAL_ROW
from extract.ntm.tables.shapes.grid import Grid
from extract.ntm.tables.worn.lines import FEWEST_ROWS, Token, span_of
from extract.ntm.tables.worn.made import Maker
from extract.ntm.tables.worn.roster import listed, listed_units

_IDLE = 2  # lines in a row that are no rows: what wraps
_LONGEST = 8  # tokens of a row's number and name, before its first count
_OVER = 4  # lines above the first row in which its head stands
_COUNT = re.compile(r"(\d{1,2})(?:/(\d{1,2}))?")
_LISTING = re.compile(r"(?<![\w.])\d{1,2}(?!\w|\.\d{3})|\b(?:19|20)\d\d\b")  # numbers of criteria, or a year
_NOTE = 4  # words behind the counts: Xã vùng III, or sums in thousands
_OF_CRITERIA = re.compile(r"\btieu\s+chi\b")
_ACHIEVED = re.compile(r"(?<!chua )(?<!khong )\bdat\b")
_MISSING = re.compile(r"\b(?:chua|khong) dat\b|\bcon (?:lai|thieu)\b")
# Đạt | Chưa đạt, side by side on a line
_SIDE_BY_SIDE = re.compile(
    rf"(?:(?:{_ACHIEVED.pattern})[ |]+(?P<then>{_MISSING.pattern}))|(?:{_MISSING.pattern})[ |]+dat\b"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A commune and the counts behind its name, as many as stand side by side; `line` among those of the notice.

    `tells_more`: criteria or years stand behind them, which rules for single rows read.
    """

    unit: Field[Unit]
    name: Sequence[Token]
    counts: tuple[Token, ...]
    line: int
    tells_more: bool

    @property
    def lists(self) -> bool:
        """`17/19 5, 17`: numbers of criteria with commas between, not counts of columns."""
        return any(count.raw.endswith((",", ";")) for count in self.counts[:-1])

    def value(self, column: int) -> int:
        return _value(self.counts[column].bare)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which of the counts is of what is achieved, and which of what is missing."""

    achieved: int
    missing: int | None = None


def count_grids(survey: Survey, lines: Sequence[Sequence[Token]]) -> list[Grid]:
    """The tables among the lines of a notice in which it is told how many criteria each commune achieved."""
    likely = [i for i, tokens in enumerate(lines) if _may_be_row(tokens)]
    near = [i for i in likely if sum(abs(i - other) <= _IDLE + 1 for other in likely) >= FEWEST_ROWS - 1]
    units = listed_units(survey) if near else []
    rows = [row for i in near if (row := _row(survey, lines[i], i, units)) is not None]
    whole = (run for run in _runs(rows) if not _wraps(survey, lines, run))
    return [grid for run in whole if (grid := _grid(survey, lines, run)) is not None]


def _wraps(survey: Survey, lines: Sequence[Sequence[Token]], run: Sequence[_Row]) -> bool:
    """Do criteria stand on lines between the rows, of cells that wrap? Rules for single rows read these."""
    own = {row.line for row in run}
    between = (lines[i] for i in range(run[0].line, run[-1].line) if i not in own and lines[i])
    return any(name_pattern().search(survey.whole.flowing, *span_of(tokens)) for tokens in between)


def _may_be_row(tokens: Sequence[Token]) -> bool:
    """Does a count stand near the beginning of a short line, behind what may be a name? Names are dear to look up."""
    counted = any(_COUNT.fullmatch(token.bare) for token in tokens[1:_LONGEST])
    return counted and len(tokens) <= 2 * _LONGEST and any(token.bare[:1].isupper() for token in tokens[:3])


def _row(survey: Survey, tokens: Sequence[Token], line: int, units: Sequence[Unit]) -> _Row | None:
    """`02 |Ea Toh 16/19 19/19 03`, `5 |Son Ha 13 1.850 305 2.155`: a commune, then counts up to what is none."""
    one = listed(survey, tokens, units)
    if one is None:
        return None
    counts = tuple(takewhile(lambda token: _COUNT.fullmatch(token.bare), tokens[one.used :]))
    behind = tokens[one.used + len(counts) :]
    return _Row(one.unit, tokens[: one.used], counts, line, _tells_more(survey, behind)) if counts else None


def _tells_more(survey: Survey, behind: Sequence[Token]) -> bool:
    """`16/19 | 2. Giao thông; 10`, `18 01 Trường học`, `19 10 2013`: are there criteria or a year behind the counts?"""
    if not behind or len(behind) > _NOTE:
        return bool(behind)
    named = name_pattern().search(survey.whole.flowing, *span_of(behind)) is not None
    return named or any(_LISTING.search(token.raw) for token in behind)


def _runs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows that stand together, those with fewer counts than most left out."""
    run: list[_Row] = []
    for row in rows:
        if run and row.line - run[-1].line > _IDLE + 1:
            yield from _whole(run)
            run = []
        run.append(row)
    yield from _whole(run)


def _whole(run: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The rows of a run that tell counts and no more, three at least, each commune once."""
    width = Counter(len(row.counts) for row in run).most_common(1)[0][0] if run else 0
    whole = [row for row in run if len(row.counts) >= width]
    once = len({row.unit.value.code for row in whole}) == len(whole)
    more = any(row.tells_more for row in run) or 2 * sum(row.lists for row in run) >= len(run)
    if once and len(whole) >= FEWEST_ROWS and not more:
        yield whole


def _grid(survey: Survey, lines: Sequence[Sequence[Token]], rows: Sequence[_Row]) -> Grid | None:
    over = lines[max(0, rows[0].line - _OVER) : rows[0].line]
    head = survey.whole.folded[over[0][0].span[0] : rows[0].name[0].span[0]] if over else ""
    total = _total_below(survey, lines, rows[-1].line)
    columns = _columns(rows, total, head, criteria_of_communes(survey.where.day))
    if columns is None:
        return None
    start, end = rows[0].name[0].span[0], rows[-1].counts[-1].span[1]
    made = Maker(survey.whole, start)
    counted = {"Số tiêu chí đạt": columns.achieved, "Số tiêu chí chưa đạt": columns.missing}
    told = {name: column for name, column in counted.items() if column is not None}
    table = [[made.told(name) for name in ("Tên xã", *told)]]
    table += [[made.named(row.unit, span_of(row.name)), *(made.figure(row.counts[j]) for j in told.values())]
              for row in rows]  # fmt: skip
    return made.grid(table, (start, end))


def _total_below(survey: Survey, lines: Sequence[Sequence[Token]], last: int) -> tuple[str, ...]:
    """The figures of the line below the rows that begins with `Tổng` or `Cộng`."""
    for tokens in lines[last + 1 : last + 2 + _IDLE]:
        if TOTAL_ROW.match(survey.whole.flowing, tokens[0].span[0]):
            return tuple(token.bare for token in tokens if re.fullmatch(r"\d+(?:/\d+)?", token.bare))
    return ()


def _columns(rows: Sequence[_Row], total: Sequence[str], head: str, most: int) -> _Columns | None:
    """What the counts are of, where head and figures leave no choice."""
    width = min(len(row.counts) for row in rows)
    shares = [j for j in range(width) if all(_share_of(row.counts[j], most) for row in rows)]
    intended = INTENDED.search(head) is not None  # Thực hiện | Kế hoạch | Còn thiếu: the later is none of now
    grown = None if intended else _grown(rows, shares or range(width), width)
    if shares and intended:
        return None
    if shares:
        return _Columns(shares[0]) if len(shares) == 1 else _Columns(grown) if grown is not None else None
    if any(row.value(j) > most for row in rows for j in range(width)) or not _OF_CRITERIA.search(head):
        return None
    if pair := _pair(rows, width, head, most):
        return pair
    if grown is not None:
        return _Columns(grown)
    summed = bool(total) and sum(row.value(0) for row in rows) == _value(total[0])
    return _Columns(0) if summed and _ACHIEVED.search(head) and not _MISSING.search(head) and width == 1 else None


def _grown(rows: Sequence[_Row], among: Sequence[int] | range, width: int) -> int | None:
    """`12/19 14/19 02`: the later of two columns whose difference stands in a third; of several the last."""
    later = [
        j
        for i, j in combinations(among, 2)
        for k in range(j + 1, width)
        if all(row.value(j) - row.value(i) == row.value(k) for row in rows) and any(row.value(k) for row in rows)
    ]
    return max(later, default=None)


def _pair(rows: Sequence[_Row], width: int, head: str, most: int) -> _Columns | None:
    """Two columns that make up all criteria in each row, in the order in which a line of the head names them."""
    pairs = [(i, j) for i, j in combinations(range(width), 2) if all(r.value(i) + r.value(j) == most for r in rows)]
    order = _SIDE_BY_SIDE.search(head)
    if len(pairs) != 1 or order is None:
        return None
    first, last = pairs[0]
    found = _Columns(first, last) if order["then"] else _Columns(last, first)
    mostly = sum(2 * row.value(found.achieved) >= most for row in rows)
    return found if 2 * mostly >= len(rows) else None  # communes that are counted have most of them


def _share_of(token: Token, most: int) -> bool:
    count = _COUNT.fullmatch(token.bare)
    return count is not None and count[2] is not None and int(count[1]) <= int(count[2]) == most


def _value(figure: str) -> int:
    """How many `14/19` or `14` counts."""
    return int(figure.partition("/")[0])
