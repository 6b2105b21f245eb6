"""Tables that a text keeps by blanks or strokes: `1     Lương Mông    18      1     17`, `1 | Quy hoạch | Đạt`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.ntm.criteria.names import name_pattern
from extract.ntm.survey import Survey
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.reading import Reading, Span
from normalize.fold import fold

GAP = 2  # blanks that part two cells; one parts two words
FEWEST_CELLS = 3  # letterheads and signatures have two columns; a table of two says in its head what it counts
INDENT = 12  # blanks before what goes on with a last cell
LEANING = 4  # blanks by which the rest of a cell may stand in from its beginning
FEWEST_ROWS = 3  # its head among them


DRAWN = re.compile(r"\s*(?:[|+][\s|+=:–-]*[–=-][\s|+=:–-]*|[-–=_]{8,}\s*)")  # |-----|-----|: a rule between two rows
_NUMBERED = re.compile(r"\A\s*\d{1,2}\s*[.)]?\s*")
_NOTES = re.compile(r"\W*ghi\s+chu\W*")
_SUM = re.compile(r"\W*(?:tong|cong(?!\s+dong))\b")
_OF_COMMUNES = re.compile(r"(?:ten\s+)?(?:xa|don\s+vi|dia\s+phuong)")  # Xã    Lĩnh vực nổi trội
# Mức đạt    Số xã · Tên xã    Ngân sách tỉnh (triệu đồng)
_COUNTED = re.compile(
    r"so\s+(?:luong|xa|tien|von)\b|kinh\s+phi|tong\s+so|[^\d:]{0,40}\b(?:nghin|ngan|trieu|ty|ti)\s+dong\W*$"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a line, as spans of the notice's text."""

    cells: tuple[Span, ...]


def aligned_grids(survey: Survey) -> list[Grid]:
    """The tables of a text without boxes: lines one below the other with the same number of cells."""
    runs: list[list[_Row]] = [[]]
    lines = list(_lines(survey.whole))
    for row, following in zip(lines, [*lines[1:], _Row(())], strict=True):
        if len(row.cells) == 1 and _hangs(survey.whole, runs[-1], row.cells[0], following):
            continue
        if len(row.cells) == 1 and _hangs_on(survey.whole, runs[-1], row.cells[0]):
            runs.append([])  # a cell of the last row goes on below it: not read by its cells, which would cut it
            runs[-2].clear()
            continue
        if len(row.cells) == 1 and _wraps(survey.whole, runs[-1], row.cells[0]):
            runs[-1][-1] = _Row((*runs[-1][-1].cells[:-1], (runs[-1][-1].cells[-1][0], row.cells[0][1])))
            continue
        short = bool(row.cells and runs[-1]) and len(row.cells) == len(runs[-1][-1].cells) - 1
        if short and _SUM.match(survey.whole.flowing, *row.cells[0]):
            row = _Row(((row.cells[0][0], row.cells[0][0]), *row.cells))  # a row of totals has no number
        counted = short and _NUMBERED.match(survey.whole.string[slice(*row.cells[0])]) is not None
        if counted and _NOTES.fullmatch(survey.whole.flowing, *runs[-1][0].cells[-1]):
            row = _Row((*row.cells, (row.cells[-1][1], row.cells[-1][1])))  # nothing is noted of it
        if runs[-1] and len(row.cells) != len(runs[-1][-1].cells):
            runs.append([])
        runs[-1].append(row)
    return [_grid(survey.whole, run) for run in runs if len(run) >= FEWEST_ROWS and _is_table(survey.whole, run[0])]


def _lines(reading: Reading) -> Iterator[_Row]:
    """The lines with their cells; a first cell that is empty is one where the line above has one left of its strokes.

    `  Xã      | Số 11    | Số 13`, and below it `          | Hộ nghèo | Tổ chức`
    """
    edge: int | None = None  # letters before the first stroke of the last line that has a cell left of it
    for line in reading.text.lines:
        if DRAWN.fullmatch(reading.string, line.start, line.end):
            continue
        cells = tuple(cells_of(reading, line.start, line.end))
        stroke = reading.string.find("|", line.start, line.end)
        if stroke < 0:
            yield _Row(cells)
            continue
        inset, leads = reading.inset(stroke), bool(reading.string[line.start : stroke].strip())
        below = not leads and edge is not None and abs(inset - edge) <= 1
        yield _Row(((line.start, line.start), *cells) if below else cells)
        edge = inset if leads or below else None


def _wraps(reading: Reading, run: Sequence[_Row], cell: Span) -> bool:
    """Does a line that stands far in go on with the last cell of the row above?"""
    table = len(run) >= FEWEST_ROWS - 1 and len(run[-1].cells) >= FEWEST_CELLS
    return table and reading.inset(cell[0]) >= INDENT


def _hangs(reading: Reading, run: Sequence[_Row], cell: Span, following: _Row) -> bool:
    """Does a line hold the rest of a criterion's name in a cell above, with a row of the same table below it?

    Its number tells the criterion without that rest. What other cells say would be cut: their tables end there.
    """
    if len(run) < FEWEST_ROWS - 1 or len(run[-1].cells) < FEWEST_CELLS or len(run[-1].cells) != len(following.cells):
        return False
    above = [c for c in run[-1].cells[:-1] if abs(reading.inset(cell[0]) - reading.inset(c[0])) <= LEANING]
    return any(_is_criterion(f"{reading.flat(*one)} {reading.flat(*cell)}") for one in above)


def _hangs_on(reading: Reading, run: Sequence[_Row], cell: Span) -> bool:
    """Does a line that is no paragraph stand below an inner cell of the row above?"""
    inset = reading.inset(cell[0])
    if len(run) < FEWEST_ROWS - 1 or len(run[-1].cells) < FEWEST_CELLS or not 0 < inset < INDENT:
        return False
    small = reading.string[cell[0] : cell[0] + 1].islower()
    return small and any(abs(inset - reading.inset(c[0])) <= 1 for c in run[-1].cells[1:-1])


def _is_criterion(text: str) -> bool:
    """`13. Tổ chức sản xuất và phát triển kinh tế nông thôn`, with its number or without."""
    return name_pattern().fullmatch(_NUMBERED.sub("", fold(text))) is not None


def _is_table(reading: Reading, head: _Row) -> bool:
    if len(head.cells) != FEWEST_CELLS - 1:
        return len(head.cells) >= FEWEST_CELLS
    of_communes = _OF_COMMUNES.fullmatch(reading.flowing, *head.cells[0])
    return bool(of_communes or _COUNTED.match(reading.flowing, *head.cells[-1]))


def cells_of(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """The cells of a line: what strokes part, empty ones too, or blanks in a row."""
    strokes = [m.start() for m in re.finditer(r"\|", reading.string[start:end])]
    if len(strokes) >= FEWEST_CELLS:
        yield from _between(reading.string, start, end, [start + at for at in strokes])
        return
    words = list(re.compile(r"\S+").finditer(reading.string, start, end))
    first, last = -1, -1
    for word in words:
        if word.group().strip("|") == "" or (last >= 0 and reading.blanks(last, word.start()) >= GAP):
            if first >= 0:
                yield from _uncrowded(reading.string, first, last)
            first = -1
        if word.group().strip("|"):
            first, last = (word.start() if first < 0 else first), word.end()
    if first >= 0:
        yield from _uncrowded(reading.string, first, last)


def _uncrowded(text: str, start: int, end: int) -> Iterator[Span]:
    """Numbers of columns that one blank parts, as those of two figures do: `9  10 11 12`; a cell else."""
    words = [(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", text[start:end])]
    numbers = [int(text[a:b]) for a, b in words if re.fullmatch(r"\d{1,2}", text[a:b])]
    counted = len(numbers) == len(words) > 1 and all(b == a + 1 for a, b in pairwise(numbers))
    yield from words if counted else [(start, end)]


def _between(text: str, start: int, end: int, strokes: Sequence[int]) -> Iterator[Span]:
    """The cells between strokes; before the first and behind the last only where something stands there."""
    edges = [start - 1, *strokes, end]
    for k, (left, right) in enumerate(pairwise(edges)):
        inside = text[left + 1 : right]
        if inside.strip() or 0 < k < len(edges) - 2:
            first = left + 1 + len(inside) - len(inside.lstrip())
            yield (first, first + len(inside.strip())) if inside.strip() else (right, right)


def _cell(reading: Reading, row: int, column: int, span: Span) -> GridCell:
    return GridCell(row, column, 1, 1, reading.flat(*span), span, (0, 0), None, 0, False)


def _grid(reading: Reading, rows: Sequence[_Row]) -> Grid:
    table = tuple(tuple(_cell(reading, i, j, span) for j, span in enumerate(row.cells)) for i, row in enumerate(rows))
    return Grid(table, (rows[0].cells[0][0], rows[-1].cells[-1][1]))
