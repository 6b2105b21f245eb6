"""Tables of tasks that a text keeps by blanks: one task a row, its last day in a column of its own.

TT   Nội dung công việc              Cơ quan chủ trì       Thời hạn
1    Hướng dẫn các xã lập kế hoạch   Phòng Nông nghiệp     Trước ngày
     thực hiện năm 2021              và PTNT               15/5/2021
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.field import Field
from extract.notice import Method, Task
from extract.reading import Reading, Span
from extract.rules.tasks.whom import split_bodies
from extract.words.dates import DateAt, find_dates, find_days
from normalize.text import TextLine

_GAP = 2  # blanks that part two cells; one parts two words
_LEAN = 3  # blanks by which a cell may stand before the head of its column
# the heads of columns; `Thời gian` alone may be when something takes place
WHAT = re.compile(r"\W*(?:noi\s+dung|(?:cong\s+)?viec|nhiem\s+vu|ten\s+cong\s+viec|hoat\s+dong)\b")
WHO = re.compile(
    r"\W*(?:co\s+quan|don\s+vi|bo\s+phan|nguoi|to\s+chuc)?\s*(?:chu\s+tri|thuc\s+hien|phu\s+trach|chiu\s+trach\s+nhiem)"
    r"(?:\s+thuc\s+hien)?\W*$|\W*(?:co\s+quan|don\s+vi|ai(?:\s+lam|\s+phu\s+trach)?|nguoi\s+lam|giao\s+cho)\W*$"
)
WHEN = re.compile(
    r"\W*(?:thoi\s+han|han\W*$|hoan\s+thanh\W*$|(?:hoan\s+thanh|xong)\s+truoc|ngay\s+(?:hoan\s+thanh|xong)|"
    r"han\s+(?:cuoi|chot|hoan\s+thanh|nop)|thoi\s+gian\s+(?:hoan\s+thanh|xong))\b"
)
_RULE = re.compile(r"[|+\-=_─│┼]+")  # what draws a table: | between cells, ----+---- below its head
_NUMBER = re.compile(r"\W*(?:stt|tt|so\s+tt)\b")


DAY = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}|ngày\s+\d")
# IV. CHẾ ĐỘ THÔNG TIN, BÁO CÁO: alone on its line, no rest of a cell
_MARKED = re.compile(r"\s*(?:[IVX]{1,5}|\d{1,2}|[a-zđ])\s*[.)/-]|\s*(?:Điều|Phần)\s|\s*[-+*]\s")


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table's lines as a span, and its rows: of each column the pieces of its cell, one a line."""

    start: int
    end: int
    what: int
    who: int | None
    when: int
    rows: tuple[tuple[tuple[Span, ...], ...], ...]


def find_task_tables(whole: Reading, start: int, end: int) -> tuple[TaskTable, ...]:
    """The tables between two offsets whose head names what is to be done and until when."""
    lines = [line for line in whole.text.lines if start <= line.start < end]
    found = (_table(whole, line, lines[k + 1 :]) for k, line in enumerate(lines))
    return tuple(table for table in found if table is not None)


def _table(whole: Reading, head: TextLine, lines: Sequence[TextLine]) -> TaskTable | None:
    cells = _cells(whole, head, ())
    if len(cells) < 2:
        return None
    what, when = _column(whole, cells, WHAT), _column(whole, cells, WHEN)
    if what is None or when is None or what == when:
        return None
    numbered = _NUMBER.match(whole.flowing, *cells[0]) is not None
    rows, end = _rows(whole, lines, [whole.inset(start) for start, _ in cells], numbered)
    dated = any(DAY.search(whole.string, *span) for row in rows for span in row[when])
    return TaskTable(head.start, end, what, _column(whole, cells, WHO), when, rows) if dated else None


def _rows(
    whole: Reading, lines: Sequence[TextLine], insets: Sequence[int], numbered: bool
) -> tuple[tuple[tuple[tuple[Span, ...], ...], ...], int]:
    """The rows below a head, and where the last ends. A cell that a column's width broke goes on in the next line."""
    rows: list[list[list[Span]]] = []
    end = 0
    for line in lines:
        drawn = _between_strokes(whole, line, len(insets))
        placed = drawn or [(_column_at(whole, span, insets), span) for span in _cells(whole, line, insets)]
        if not placed:  # a rule between two rows
            continue
        begins = placed[0][0] == 0 and (numbered or len(placed) > 1)
        if not begins and not rows and numbered and _fits(whole, placed, insets):
            continue  # Hoàn thành / trước ngày: the head's second line
        if not (drawn or _fits(whole, placed, insets)) or not (begins or rows):
            break
        if begins and numbered and not whole.string[slice(*placed[0][1])].strip(".) ").isdigit():
            break
        if begins:
            rows.append([[] for _ in insets])
        for column, span in placed:
            rows[-1][column].append(span)
        end = line.end
    return tuple(tuple(tuple(cell) for cell in row) for row in rows), end


def _between_strokes(whole: Reading, line: TextLine, columns: int) -> list[tuple[int, Span]]:
    """The cells of a line with a stroke between each two columns, `1 | Sửa chợ | UBND xã | 31/8/2019`, by their number;
    none of another line."""
    strokes = [match.start() for match in re.compile(r"\|").finditer(whole.string, line.start, line.end)]
    edges = [line.start - 1, *strokes, line.end]
    cells = [_trimmed(whole, left + 1, right) for left, right in pairwise(edges)]
    cells = cells[1:] if len(cells) > columns and _is_blank(cells[0]) else cells  # | 1 | Sửa chợ |
    cells = cells[:-1] if len(cells) > columns and _is_blank(cells[-1]) else cells
    return [(k, cell) for k, cell in enumerate(cells) if not _is_blank(cell)] if len(cells) == columns else []


def _is_blank(span: Span) -> bool:
    return span[0] >= span[1]


def _trimmed(whole: Reading, start: int, end: int) -> Span:
    """A span without the blanks at both its ends."""
    text = whole.string[start:end]
    return end - len(text.lstrip()), end - len(text) + len(text.rstrip())


def _cells(whole: Reading, line: TextLine, insets: Sequence[int]) -> list[Span]:
    """The cells of a line: blanks in a row part them, one blank where a column begins, or a stroke."""
    cells: list[Span] = []
    ruled = False
    for word in re.compile(r"\S+").finditer(whole.string, line.start, line.end):
        if _RULE.fullmatch(word[0]):
            ruled = True
            continue
        parted = ruled or not cells or whole.blanks(cells[-1][1], word.start()) >= _GAP
        ruled = False
        if not parted and whole.inset(word.start()) not in insets:
            cells[-1] = (cells[-1][0], word.end())
        else:
            cells.append(word.span())
    return cells


def _column(whole: Reading, cells: Sequence[Span], head: re.Pattern[str]) -> int | None:
    return next((k for k, (a, b) in enumerate(cells) if head.match(whole.flowing[a:b])), None)


def _column_at(whole: Reading, span: Span, insets: Sequence[int]) -> int:
    """The column that a cell stands in; -1 where it stands before all of them."""
    return sum(inset <= whole.inset(span[0]) + _LEAN for inset in insets) - 1


def _fits(whole: Reading, placed: Sequence[tuple[int, Span]], insets: Sequence[int]) -> bool:
    """Is a line one of the table's: a cell a column, none as wide as a paragraph, and no heading?"""
    columns = [column for column, _ in placed]
    start, end = placed[0][1]
    after = insets[columns[0] + 1] if columns[0] + 1 < len(insets) else None
    wide = after is not None and whole.inset(start) + end - start > after
    heading = len(placed) == 1 and _MARKED.match(whole.string, start, end) is not None
    return columns[0] >= 0 and len(set(columns)) == len(columns) and not wide and not heading


def row_tasks(whole: Reading, table: TaskTable, issued: dt.date | None) -> Iterator[Field[Task]]:
    """One task a row; a row whose last column names no day has none."""
    for row in table.rows:
        what, when = row[table.what], row[table.when]
        text = _joined(whole, what)
        if len(text) < 5:
            continue
        days = [day for span in when for day in _days(whole, span, issued)]
        who = split_bodies(_joined(whole, row[table.who])) if table.who is not None else []
        task = Task(addressees=tuple(who), text=text, deadline=days[-1].value if days else None)
        method = Method.INFERRED if days and days[-1].yearless else Method.READ
        at = (days[-1].start, days[-1].end) if days else what[0]
        field = whole.field(task, *at, "task", method, 0.95)
        yield field.doubt("the day is printed without its year", 0.75) if method is Method.INFERRED else field


def _days(whole: Reading, span: Span, issued: dt.date | None) -> list[DateAt]:
    days = find_days(whole, *span, issued) if issued else []
    return sorted([*find_dates(whole, *span), *days], key=lambda day: day.start)


def _joined(whole: Reading, pieces: Sequence[Span]) -> str:
    return " ".join(whole.flat(*piece) for piece in pieces).strip(" ,;:.")
