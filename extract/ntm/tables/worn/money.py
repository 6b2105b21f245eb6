"""Tables of money that lost their rules → grids: rows of a name and figures that add up to the total below them.

A total that all rows make up bears out every figure and which rows belong together, whatever became of the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

from extract.ntm.figures.money import find_amounts, parse_figures
from extract.ntm.funding.payers import PAYER, SOURCE_IN_TABLE
from extract.ntm.survey import Survey
from extract.ntm.tables.money.amounts import FIGURE, SUM, told_factor
from extract.ntm.tables.money.marks import is_part, rank_of
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.tables.worn.lines import Token, span_of
from extract.ntm.tables.worn.made import Maker
from normalize.fold import fold

_IN_ALL = "Tổng số"  # the head of a column of totals
_FEWEST = 2  # rows that make a table
_IDLE = 2  # lines in a row without a figure: the rest of a name or note that wraps
_OVER = 5  # lines above the first row in which its head stands
_RULES = "|_[]"
_MARK = re.compile(r"(?:[IVXl]{1,4}|\d{1,2}(?:\.\d{1,2}){0,2}|[A-Za-zđ])[.)]?|[-–+*]")
_SCALE = re.compile(r"\W*(?:ty|ti|tr|trieu|nghin|ngan|dong|d)\b")
_UNITS = {10**6: "triệu đồng", 10**9: "tỷ đồng", 10**3: "nghìn đồng", 1: "đồng"}
_CAPITAL = re.compile(r"\bvon\s+(?:dau\s+tu|su)\b")  # else Đầu tư phát triển | Sự nghiệp, without Vốn
_KINDS = re.compile(r"\bdau tu\b.*\bnghiep\b")  # Vốn đầu tư Vốn sự / phát triển nghiệp
_GROWTH = re.compile(r"\bphat\b.*\btrien\b")
_PLAN_THEN_SPENT = re.compile(
    r"\b(?:ke hoach|huy dong|von giao|duoc giao|bo tri|phan bo)\b.*\b(?:giai ngan|thuc hien|da chi)\b"
)
_WORKS = re.compile(r"\bnguon von\s+noi dung\b")  # TT Nguồn vốn Nội dung
_OF_PAYERS = re.compile(r"(?:trung uong|nhan dan|nha nuoc|chinh phu)\b")  # capitals within the names of who pays
_YEAR = re.compile(r"\bnam\s+(20\d\d)(?=[\s|]+(?:nam\s+20\d\d|tong|cong)\b)")  # Năm 2018 Năm 2019 Năm 2020 Tổng cộng


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: what numbers it, its name, its figures from the left; `line` among those of the notice.

    `places`: the column of each figure, where some are empty.
    """

    mark: Sequence[Token]
    name: Sequence[Token]
    figures: tuple[Token, ...]
    line: int
    places: tuple[int, ...] = ()

    @property
    def sign(self) -> str:
        return self.mark[0].raw.strip(_RULES) if self.mark else ""

    def value(self, column: int) -> Decimal:
        return parse_figures(self.figures[column].bare) if column < len(self.figures) else Decimal(0)

    @property
    def last(self) -> Decimal:
        return self.value(len(self.figures) - 1)


def money_grids(survey: Survey, lines: Sequence[Sequence[Token]]) -> list[Grid]:
    """The tables of money among the lines of a notice: each a name a row, its amounts in the unit that is told."""
    grids = []
    for at, tokens in enumerate(lines):
        total = _row(tokens, at)
        if total is None or not SUM.match(fold(survey.whole.flat(*span_of(total.name)))):
            continue
        rows = _rows_above(lines, total)
        if rows and (grid := _grid(survey, lines, rows, total)) is not None:
            grids.append(grid)
    return grids


def _row(tokens: Sequence[Token], line: int) -> _Row | None:
    """`1 | Ngân sách tỉnh 6.840 3.215 47,0` or `2 Ngân sách tỉnh 9.400 Đã giao`: a name, then figures, then words."""
    mark = tokens[:1] if tokens and _MARK.fullmatch(tokens[0].raw.strip(_RULES)) else tokens[:0]
    rest = tokens[len(mark) :]
    first = next((i for i, token in enumerate(rest) if i and _is_figure(token)), None)
    if first is None or not any(c.isalpha() for token in rest[:first] for c in token.raw):
        return None
    stop = next((i for i, token in enumerate(rest) if i > first and not _is_figure(token)), len(rest))
    named = max(i for i in range(first) if any(c.isalnum() for c in rest[i].raw)) + 1  # no - - of empty cells
    behind = rest[stop:]
    if any(map(_is_figure, behind)) or (behind and _SCALE.match(fold(behind[0].raw))):  # 64,3 tỷ đồng (5,4%)
        return None
    return _Row(mark, rest[:named], tuple(rest[first:stop]), line)


def _is_figure(token: Token) -> bool:
    return FIGURE.fullmatch(token.bare) is not None


def _rows_above(lines: Sequence[Sequence[Token]], total: _Row) -> list[_Row]:
    """The rows that add up to a total, in their order; none where no run of lines above it does."""
    rows: list[_Row] = []
    idle = 0
    for at in range(total.line - 1, -1, -1):
        row = _row(lines[at], at) or (_head_of_parts(lines[at], at, rows[0]) if rows else None)
        idle = 0 if row else idle + 1
        if idle > _IDLE or (row and len(row.figures) > len(total.figures)):
            break
        if row is not None:
            rows.insert(0, row)
    runs = (rows[first:] for first in range(len(rows) - _FEWEST + 1))
    return next((run for run in runs if _adds_up(run, total, 0) or _last_add_up(run, total)), [])


def _head_of_parts(tokens: Sequence[Token], line: int, below: _Row) -> _Row | None:
    """`Ngân sách trung ương`, without an amount, above `- Đầu tư phát triển 21.600`."""
    mark = tokens[:1] if _MARK.fullmatch(tokens[0].raw.strip(_RULES)) else tokens[:0]
    name, sign = tokens[len(mark) :], tokens[0].raw.strip(_RULES) if mark else ""
    led = is_part(below.sign, sign) and name and PAYER.search(fold(" ".join(token.raw for token in name)))
    return _Row(mark, name, (), line) if led and not any(map(_is_figure, name)) else None


def _adds_up(rows: Sequence[_Row], total: _Row, column: int) -> bool:
    """Do all rows, or those that are no parts of others, make up the total in a column?"""
    if sum(row.value(column) for row in _without_parts(rows, column)) == total.value(column):
        return True
    highest = min(rank_of(row.sign) for row in rows)
    whole = [row for row in rows if not row.sign or rank_of(row.sign) == highest]
    return any(sum(row.value(column) for row in some) == total.value(column) for some in (rows, whole))


def _without_parts(rows: Sequence[_Row], column: int) -> Iterator[_Row]:
    """The rows but those without a number that make up the numbered one above them."""
    numbered = [i for i, row in enumerate(rows) if row.sign]
    parts: set[int] = set()
    for i in numbered:
        own = list(takewhile(lambda j: not rows[j].sign, range(i + 1, len(rows))))
        if own and sum(rows[j].value(column) for j in own) == rows[i].value(column):
            parts.update(own)
    return (row for i, row in enumerate(rows) if i not in parts)


def _last_add_up(rows: Sequence[_Row], total: _Row) -> bool:
    """Do the last figures make up that of the total: `Vốn đầu tư | Vốn sự nghiệp | Cộng`?"""
    return len(total.figures) > 1 and sum(row.last for row in rows if row.figures) == total.last


def _grid(survey: Survey, lines: Sequence[Sequence[Token]], rows: Sequence[_Row], total: _Row) -> Grid | None:
    """The table of these rows, its head told by the figures and the words above; None where the unit is not told."""
    over = [line for line in lines[max(0, rows[0].line - _OVER) : rows[0].line] if line]
    head = survey.whole.flowing[over[0][0].span[0] : rows[0].name[0].span[0]] if over else ""
    unit, columns = _unit(survey, head, total), _columns(rows, total, head)
    if unit is None or not columns:
        return None
    if columns[max(columns)] == _IN_ALL:
        rows = [_placed(row, rows, total) for row in rows]
    start = (rows[0].mark or rows[0].name)[0].span[0]
    made = Maker(survey.whole, start)
    named = ("Nguồn vốn", "Nội dung") if _WORKS.search(head) else ("Nguồn vốn",)
    table = [[made.told(name) for name in ("TT", *named, *(f"{name} ({unit})" for name in columns.values()))]]
    table += [_cells(made, row, columns, len(named) > 1) for row in [*_without_scraps(rows), total]]
    return made.grid(table, (start, total.figures[-1].span[1]))


def _placed(row: _Row, rows: Sequence[_Row], total: _Row) -> _Row:
    """A row with empty cells: its last figure in the last column, one before it in the one that it completes.

    `4 | Nhân dân đóng góp - - 6.480` · `3 Ngân sách huyện 1.900  1.900`
    """
    last = len(total.figures) - 1
    if len(row.figures) == 1:
        return replace(row, places=(last,))
    if len(row.figures) != 2 or last < 2:
        return row
    full = [other for other in rows if len(other.figures) > last]
    sums = (sum(other.value(j) for other in full) + row.value(0) for j in range(last))
    own = next((j for j, told in enumerate(sums) if told == total.value(j)), None)
    if own is None:
        return replace(row, figures=row.figures[1:], places=(last,))
    return replace(row, places=(own, last))


def _without_scraps(rows: Sequence[_Row]) -> list[_Row]:
    """The rows; a letter before the name of one alone is a scrap: `a | Vốn lồng ghép` between numbers."""
    lettered = [row for row in rows if re.fullmatch(r"[a-zđA-HJ-UW-Z]", row.sign)]
    return [replace(row, mark=()) if len(lettered) == 1 and row is lettered[0] else row for row in rows]


def _cells(made: Maker, row: _Row, columns: Mapping[int, str], works: bool) -> list[GridCell]:
    """The cells of a row; `works`: does the head have a column of what the money is for?"""
    own = dict(zip(row.places or range(len(row.figures)), row.figures, strict=True))
    figures = (made.figure(own[j]) if j in own else made.told("") for j in columns)
    mark = made.cell(row.sign, span_of(row.mark)) if row.mark else made.told("")
    payer = _payer(row.name) if works else len(row.name)
    item = [made.words(row.name[payer:])] if works else []
    return [mark, made.words(row.name[:payer]), *item, *figures]


def _payer(name: Sequence[Token]) -> int:
    """How many words name who pays: `Ngân sách tỉnh` of `Ngân sách tỉnh Vốn đầu tư`, where a capital begins a cell."""
    words = [fold(token.raw) for token in name]
    for many in range(1, len(name)):
        goes_on = _OF_PAYERS.match(" ".join(words[many:]))
        if name[many].raw[0].isupper() and not goes_on and SOURCE_IN_TABLE.match(" ".join(words[:many])):
            return many
    return len(name)


def _unit(survey: Survey, head: str, total: _Row) -> str | None:
    """What the figures count: as a sentence does that tells the same total, else as the words above the rows say."""
    told_sums = {amount.vnd for amount in find_amounts(survey.whole)}
    scales = (scale for scale in _UNITS if scale > 1 and total.value(0) * scale in told_sums)
    factor = next(scales, None) or told_factor(head)
    return _UNITS.get(factor) if factor else None


def _columns(rows: Sequence[_Row], total: _Row, head: str) -> dict[int, str]:
    """The columns that are read, with what stands over them; none where nothing tells which of several is which."""
    many = len(total.figures)
    if many == 1 or (many == 2 and all(_is_part_of(row, total) for row in [*rows, total])):
        return {0: "Số tiền"}
    if many == 3 and _KINDS.search(head) and all(_adds_up(rows, total, j) for j in range(3)) and _are_sums(rows):
        return dict(enumerate((_IN_ALL, *_kinds(head))))
    if many == 3 and _KINDS.search(head) and _last_add_up(rows, total) and _end_in_sums(rows):
        return dict(enumerate((*_kinds(head), _IN_ALL)))
    years = _YEAR.findall(head)
    if years and len(years) == many - 1 and _last_add_up(rows, total) and _end_in_sums([*rows, total]):
        return dict(enumerate((*(f"Năm {year}" for year in years), _IN_ALL)))
    spent = many == 3 and all(_is_share(row) for row in [*rows, total])
    return {0: "Kế hoạch"} if spent or (many == 2 and _PLAN_THEN_SPENT.search(head)) else {}


def _kinds(head: str) -> list[str]:
    """The two kinds of capital, as a head names them."""
    invested = "đầu tư phát triển" if _GROWTH.search(head) else "đầu tư"
    kinds = invested, "sự nghiệp"
    return [f"Vốn {kind}" for kind in kinds] if _CAPITAL.search(head) else [kind.capitalize() for kind in kinds]


def _end_in_sums(rows: Sequence[_Row]) -> bool:
    """Is the last figure of each row but one what the others make up, where there are others?"""
    whole = [row for row in rows if len(row.figures) > 1]
    right = sum(2 * row.last == sum(row.value(j) for j in range(len(row.figures))) for row in whole)
    return right >= max(_FEWEST, len(whole) - 1)


def _are_sums(rows: Sequence[_Row]) -> bool:
    """Is the first figure of each row what the others make up, where there are others?"""
    return all(row.value(0) == row.value(1) + row.value(2) for row in rows if len(row.figures) > 1)


def _is_part_of(row: _Row, total: _Row) -> bool:
    """`Ngân sách tỉnh 6.300 12,03` of 52.350: is the second figure how many of a hundred of the total the first is?"""
    whole = total.value(0)
    return len(row.figures) == 2 and whole > 0 and abs(100 * row.value(0) / whole - row.value(1)) < Decimal("0.06")


def _is_share(row: _Row) -> bool:
    """`6.840 3.215 47,0`: is the third figure how many of a hundred of the first the second is?"""
    plan, spent, share = (row.value(j) for j in range(3))
    return plan > 0 and abs(100 * spent / plan - share) < 1
