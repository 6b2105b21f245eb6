"""Which columns of an annex are criteria, which one names communes, and where the rows' totals stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.notice import Level, Status
from extract.ntm.criteria.ref import HIGHEST_NUMBER
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.rows.heads import DAY
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.columns import latest, own_head
from extract.ntm.tables.heads.communes import commune_column, is_marked
from extract.ntm.tables.marks.legend import MARKS, OWN, sign_of
from extract.ntm.tables.shapes.grid import Grid, GridCell, number_in, share_in
from normalize.lexicon.criteria import CriteriaSet, criteria_sets, match_criterion

FEWEST_COLUMNS = 5  # columns of criteria that make such a table
HEADS_LEFT = 0.7  # share of its heads that such a table must keep
FEWEST_NAMED = 3  # where each is headed by a criterion's name and there are no others
_LEAD = r"(?:tieu\s*chi|tc)\s*(?:so\s*)?|so\s+"
_LED = re.compile(rf"(?:{_LEAD})\d")  # Tiêu chí 11 · TC11 · Số 11
_NUMBERED = re.compile(rf"(?:{_LEAD})?\(?0?(?P<n>[\dil|\]]{{1,2}})\)?\W*(?P<name>[^\W\d].*)?")
_NUMBER_BEHIND = re.compile(r"(?P<name>[^\W\d].*\w)\s*\(\s*0?(?P<n>\d{1,2})\s*\)")  # Giao thông (2)
_BEHIND_NAME = re.compile(r"(?<=\w)\s*(?:\(\w{1,3}\)?|\w?\d\w?\))$")  # Trường học (5ð) · Hộ nghèo q1)
_SUM = re.compile(r"\b(?:tong|cong|so\s+(?:luong\s+)?(?:tieu\s+chi|tc)|so\s+(?:da\s+|chua\s+)?dat)\b")
_BARE_SUM = re.compile(
    r"\W*(?:(?:tieu\s+chi|tc)\s+)?(?:da\s+|chua\s+|khong\s+)?dat\W*|\W*chua\W*"
)  # behind the last criterion
_MISSING = re.compile(r"\b(?:chua|khong|con\s+lai|thieu)\b")
_YES = {*MARKS, "1", *(sign for sign, status in OWN.items() if status is Status.ACHIEVED)}
_LETTERS = frozenset("01kc")  # K: không đạt · C: chưa đạt


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds the communes, which criterion stands in which column, and where totals stand."""

    first: int  # the first row of data
    names: int
    criteria: dict[int, tuple[int, str | None]]  # column → number, name as printed
    achieved: int | None
    missing: int | None


def layout_of(survey: Survey, grid: Grid) -> Layout | None:
    """The layout of a grid whose columns are criteria; None where it is no such one."""
    names, first = commune_column(survey, grid)
    if names is None:
        return None
    criteria = _criteria_columns(grid, names, first) or _by_place(grid, names, first, survey)
    alone = len(criteria) >= FEWEST_NAMED and len(criteria) == grid.width - 1  # nothing else is in the table
    if len(criteria) < FEWEST_COLUMNS and not alone:
        criteria = _worded(grid, first)
    if not criteria:
        return None
    sums = {j: own_head(grid, j, first) for j in range(grid.width) if j not in criteria and j != names}
    own = {j: head for j, head in sums.items() if _is_sum(grid, j, first, list(criteria), head)}
    missing = next((j for j, head in own.items() if _MISSING.search(head)), None)
    reached = {j: head for j, head in own.items() if not _MISSING.search(head)}
    dated = {j: head for j, head in reached.items() if DAY.search(head)}  # Tổng năm 2022 | Tổng năm 2023
    achieved = latest(dated) if len(dated) > 1 else next(iter(reached), None)
    return Layout(first, names, criteria, achieved, missing)


def _is_sum(grid: Grid, column: int, first: int, criteria: Sequence[int], head: str) -> bool:
    """Does a column hold the rows' totals: by its head, or, right behind the last criterion, by what stands in it?"""
    last = max(criteria)
    if _SUM.search(head) or (column > last and _BARE_SUM.fullmatch(head)):
        return True
    fitting = [row for row in grid.rows[first:] if share_in(row[column].raw) or _adds_up(row, column, criteria)]
    return column == last + 1 and 2 * len(fitting) > len(grid.rows) - first


def _adds_up(row: Sequence[GridCell], column: int, criteria: Sequence[int]) -> bool:
    """Does a cell hold how many marks its row has, whatever its head was read as: `10ng S0 TC đạt`?"""
    signs = [sign_of(row[j].raw) for j in criteria]
    return number_in(row[column].raw) in {signs.count(sign) for sign in {*signs} & _YES}


def _criteria_columns(grid: Grid, names: int, first: int) -> dict[int, tuple[int, str | None]]:
    """Column → criterion, from the row of the header that tells most of them, put right by their sequence."""
    rows = [
        {j: _numbered(cell) for j, cell in enumerate(row) if j != names and cell.columns == 1 and cell.raw}
        for row in grid.rows[:first]
        if number_in(row[names].raw) is None  # else the columns' own numbers, not the criteria's
    ]
    told = [_led_numbers(row) for row in grid.rows[:first]]
    told += [_in_sequence({j: number for j, (number, _) in row.items() if number is not None}) for row in rows]
    told += [_by_names({j: name for j, (_, name) in row.items() if name}) for row in rows]
    marked = [j for j in range(grid.width) if j != names and _is_marked_column(grid, j, first)]
    told += [_in_sequence_among(marked, {j: n for j, (n, _) in row.items() if n is not None}) for row in rows]
    best = _with_last(grid, max(told, key=len, default={}), first)
    titles = {j: name for row in rows for j, (_, name) in row.items() if name}
    return {j: (number, titles.get(j)) for j, number in best.items()}


def _led_numbers(row: Sequence[GridCell]) -> dict[int, int]:
    """The numbers of a header that says of each that it is a criterion's: `Số 11 | Số 13 | Số 15`, not all in a row."""
    led = {j: cell for j, cell in enumerate(row) if cell.columns == 1 and _LED.match(" ".join(cell.folded.split()))}
    numbers = {j: number for j, cell in led.items() if (number := _numbered(cell)[0]) is not None}
    return numbers if len(numbers) >= FEWEST_NAMED and _is_rising(numbers) else {}


def _worded(grid: Grid, first: int) -> dict[int, tuple[int, str | None]]:
    """Column → criterion where a few say so and mostly hold `Đạt` or `Chưa đạt`: `Tiêu chí số 5`."""
    heads = {j: cell for j, cell in enumerate(grid.rows[first - 1]) if _LED.match(" ".join(cell.folded.split()))}
    said = {j: [_says(row[j]) for row in grid.rows[first:]] for j in heads}
    told = {j: _numbered(cell) for j, cell in heads.items() if 2 * sum(said[j]) > len(said[j])}
    return {j: (number, name) for j, (number, name) in told.items() if number is not None}


def _says(cell: GridCell) -> bool:
    """Is a cell a verdict in words?"""
    return len(cell.raw) > 1 and sign_of(cell.raw) in OWN


def _by_place(grid: Grid, names: int, first: int, survey: Survey) -> dict[int, tuple[int, str | None]]:
    """Column → criterion by its place, below figures of two signs that were misread: `o1 | 02 | 0a | o4 | 0s | …`.

    As many columns as a commune has criteria, side by side, each of them marked; few heads may be lost.
    """
    short = [j for j in range(names + 1, grid.width) if _is_short_and_marked(grid, j, first)]
    most = criteria_of_communes(survey.where.day)
    left = sum(bool(grid.rows[first - 1][j].raw) for j in short)
    whole = len(short) == most and short[-1] - short[0] == most - 1 and left > HEADS_LEFT * most
    return {j: (number, None) for number, j in enumerate(short, 1)} if whole else {}


def _is_short_and_marked(grid: Grid, column: int, first: int) -> bool:
    """Is a column headed by two signs at most, and filled with marks, ones and noughts?"""
    return len(grid.rows[first - 1][column].raw) <= 2 and _is_marked_column(grid, column, first)


def _is_marked_column(grid: Grid, column: int, first: int) -> bool:
    """Is a column filled with marks, verdicts, ones and noughts, or letters that stand for verdicts?"""
    cells = [row[column] for row in grid.rows[first:] if row[column].columns == 1]
    marked = sum(is_marked(cell) or sign_of(cell.raw) in _LETTERS for cell in cells)
    return 2 * marked > len(cells)


def _numbered(cell: GridCell) -> tuple[int | None, str | None]:
    """The number and the words in a cell of the header."""
    words = " ".join(cell.folded.split())
    match = _NUMBERED.fullmatch(words) or _NUMBER_BEHIND.fullmatch(words)
    number = number_in(match["n"]) if match else None
    if match is None or number is None or not 1 <= number <= HIGHEST_NUMBER:
        return None, cell.raw
    return number, (match["name"] and cell.raw) or None


def _by_names(names: dict[int, str]) -> dict[int, int]:
    """Column → number by the set that knows most of the names."""
    if len(names) < FEWEST_NAMED:
        return {}
    sets = [s for s in reversed(criteria_sets()) if s.level == Level.COMMUNE.value and s.criteria]
    known = max((_numbers_of(names, s) for s in sets), key=len, default={})
    return _in_sequence(known) or (known if len(known) == len(names) and _is_rising(known) else {})


def _numbers_of(names: dict[int, str], criteria: CriteriaSet) -> dict[int, int]:
    """The numbers of the names that a set surely knows."""
    bare = {j: _BEHIND_NAME.sub("", name) for j, name in names.items() if len(name) < 90}
    matches = {j: match_criterion(name, criteria.id, None) for j, name in bare.items()}
    return {j: match.best.number for j, match in matches.items() if match.sure and match.best}


def _in_sequence(numbers: dict[int, int]) -> dict[int, int]:
    """Columns that follow each other hold numbers that follow each other: what was misread is put right."""
    if not numbers:
        return {}
    offset, count = Counter(number - column for column, number in numbers.items()).most_common(1)[0]
    apart = sum(number - column != offset for column, number in numbers.items())
    if _is_rising(numbers) and apart > 1 and len(numbers) >= FEWEST_COLUMNS:  # 1 to 5, then 10 and 11
        return numbers
    if count < FEWEST_COLUMNS - 1 or count < 0.6 * len(numbers):
        return {}
    fitting = [column for column, number in numbers.items() if number - column == offset]
    return {column: column + offset for column in range(min(fitting), max(fitting) + 1)}


def _is_rising(numbers: dict[int, int]) -> bool:
    return all(a < b for a, b in pairwise(numbers.values()))


def _in_sequence_among(columns: Sequence[int], numbers: dict[int, int]) -> dict[int, int]:
    """The same of `columns` only, where rows of groups part the criteria: `9 | III. Kinh tế | 10`."""
    places = _in_sequence({columns.index(j): number for j, number in numbers.items() if j in columns})
    return {columns[place]: number for place, number in places.items()}


def _with_last(grid: Grid, numbers: dict[int, int], first: int) -> dict[int, int]:
    """With the marked columns right behind, whose figures were misread: `17 | 1g | 1g`, up to the totals."""
    last = max(numbers, default=grid.width)
    while (
        last + 1 < grid.width and numbers[last] < HIGHEST_NUMBER and _goes_on(grid, last + 1, first, numbers[last] + 1)
    ):
        numbers = {**numbers, last + 1: numbers[last] + 1}
        last += 1
    return numbers


def _goes_on(grid: Grid, column: int, first: int, number: int) -> bool:
    """Is a column marked as criteria are, below two signs at most, or below words that end in its number: `1G 19`?"""
    head = grid.rows[first - 1][column].raw
    ends = re.search(rf"(?<!\d){number}\W*$", head) is not None
    return (len(head) <= 2 or ends) and _is_marked_column(grid, column, first)
