"""Ruled tables of tasks on a page: one task a row, whose cells are known by their lines.

TT | Nội dung công việc    | Đơn vị thực hiện  | Thời hạn
1  | Rà soát hộ nghèo      | Phòng LĐ-TB&XH    | Trước ngày 15/10/2023
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.reading import Reading, Span
from extract.rules.tasks.rows import DAY, WHAT, WHEN, WHO, TaskTable

HEADS = 2  # rows at most that a head takes
Cells = Sequence[Sequence[Span]]  # of a table, a row each


def ruled_task_tables(whole: Reading, ruled: Sequence[Cells]) -> tuple[TaskTable, ...]:
    """Those of the page's tables whose head names what is to be done and until when."""
    return tuple(table for cells in ruled if (table := _table(whole, cells)) is not None)


def _table(whole: Reading, cells: Cells) -> TaskTable | None:
    for k, head in enumerate(cells[:HEADS]):
        texts = [whole.flowing[slice(*span)].strip() for span in head]
        what = next((j for j, text in enumerate(texts) if WHAT.match(text)), None)
        when = next((j for j, text in enumerate(texts) if WHEN.match(text)), None)
        if what is None or when is None or what == when:
            continue
        who = next((j for j, text in enumerate(texts) if WHO.match(text)), None)
        rows = [tuple((span,) for span in row) for row in cells[k + 1 :] if row[what] != row[when]]
        if any(DAY.search(whole.string, *row[when][0]) for row in rows):
            start, end = head[0][0], max(span[1] for row in cells for span in row)
            return TaskTable(start, end, what, who, when, tuple(rows))
    return None
