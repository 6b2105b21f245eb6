"""Every task of a notice: the sentences that ask, with whom they ask and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from extract.field import Field
from extract.notice import Method, Task
from extract.parts.items import PLAIN, Item, find_items, find_parents, sentences
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.rules.tasks.asking import task_items
from extract.rules.tasks.deadlines import Deadline, find_deadline
from extract.rules.tasks.whom import inherited, own_addressees
from extract.rules.tasks.wording import BODY
from extract.words.phrases import word_pattern

# …, Sở đề nghị các đơn vị báo cáo · Chủ tịch UBND tỉnh giao Sở Nông nghiệp; not `đã giao`, `được giao`
_IN_PASSING = re.compile(rf"(?<!da )(?<!duoc )(?<!xet )(?P<ask>(?:de nghi|yeu cau|giao|phan cong)\s+{BODY}(?!\w))")
# UBND các huyện có trách nhiệm công bố … trước ngày · Cơ sở kinh doanh … phải đăng ký, chậm nhất là ngày
_BOUND = re.compile(
    rf"\W*(?:dieu \d+\W+)?(?:{BODY}(?!\w)|(?:(?!\bda\b)[^.;]){{0,160}}?(?<!\w)"
    r"(?:phai|co trach nhiem|can|gui|nop|phan anh|dang ky|lien he|hoan thanh|ban giao|chuan bi)(?!\w))"
)
_NO_TASK = re.compile(
    r"[\s\"“]*(?:tren day la|noi nhan|rat mong|quyet dinh nay|thong bao nay|"
    r"[^.:]{0,90}(?:tran trong|xin)?\s*thong bao\s+(?:den|de)\s)"
)
# Phấn đấu trước ngày 31/12/2025 huyện đạt chuẩn: hoped for, asked of nobody; folded
_MERELY_HOPED = re.compile(r"(?<!\w)(?:phan\s+dau|du\s+kien|muc\s+tieu|hieu\s+luc|het\s+han|da\s+\w+|se)(?!\w)")
# hoàn thành kiểm điểm trước ngày 30/9, gửi báo cáo về Ban Tổ chức trước ngày 10/10
_CUT = re.compile(rf";|,(?=\s+(?:va\s+)?(?:{word_pattern('verbs')})(?!\w))")


def find_tasks(zones: Zones, notice_date: dt.date | None) -> tuple[Field[Task], ...]:
    """Every task with its addressees and its last day, in order.

    In a part of the notice that asks for something, one for each sentence of a bullet; elsewhere only sentences
    that give a body a last day.
    """
    whole = zones.whole
    items = find_items(whole, zones.body_start, zones.body_end)
    parents = find_parents(items)
    asking = task_items(whole, items, parents)
    return tuple(
        task
        for index in range(len(items))
        for task in _tasks_of(whole, items, parents, index, index in asking, notice_date)
    )


def _tasks_of(
    whole: Reading,
    items: Sequence[Item],
    parents: Sequence[int | None],
    index: int,
    asking: bool,
    notice_date: dt.date | None,
) -> Iterator[Field[Task]]:
    item = items[index]
    if not asking:
        yield from _asked_in_passing(whole, items, parents, index, notice_date)
        return
    if item.depth == 0 and _is_heading(whole, item):
        return
    children = any(parent == index and items[i].depth != PLAIN for i, parent in enumerate(parents))
    children = children or whole.string[: item.end].rstrip().endswith(":")
    for start, end in _clauses(whole, item):
        deadline = find_deadline(whole, start, end)
        if _NO_TASK.match(whole.flowing, start) or (children and deadline is None):
            continue
        task = _task(whole, items, parents, index, (start, end), deadline)
        if task is not None:
            yield _in_time(task, notice_date)


def _in_time(task: Field[Task], notice_date: dt.date | None) -> Field[Task]:
    early = notice_date and task.value.deadline and task.value.deadline < notice_date
    return task.doubt("the last day lies before the notice's own", 0.6) if early else task


def _asked_in_passing(
    whole: Reading,
    items: Sequence[Item],
    parents: Sequence[int | None],
    index: int,
    notice_date: dt.date | None,
) -> Iterator[Field[Task]]:
    """`…, Sở đề nghị các đơn vị báo cáo trước ngày 05/9/2023`: a body asked in the middle of a sentence, by a day."""
    item = items[index]
    for start, end in _clauses(whole, item):
        deadline = find_deadline(whole, start, end)
        if deadline is None:
            continue
        asked = list(_IN_PASSING.finditer(whole.flowing, start, deadline.start))
        bound = notice_date is not None and deadline.date.value > notice_date and (
            _is_bound(whole, start, deadline)
            or (_is_listed(items, parents, index) and inherited(whole, items, parents, index))
            or _MERELY_HOPED.search(whole.flowing, start, end) is None
        )  # fmt: skip
        if not asked and not bound:
            continue
        task = _task(whole, items, parents, index, (asked[-1].start("ask") if asked else start, end), deadline)
        if task is not None:
            yield _in_time(task, notice_date)


def _is_bound(whole: Reading, start: int, deadline: Deadline) -> bool:
    """Does the clause of a last day bind a body or say what must be done, the words of the day among them?"""
    since = whole.flowing.rfind(";", start, deadline.start) + 1 or start
    return any(_BOUND.match(whole.flowing, at, deadline.date.start) for at in (start, since))


def _is_listed(items: Sequence[Item], parents: Sequence[int | None], index: int) -> bool:
    """Is it a bullet, or the one paragraph right below a heading: `2. Các đơn vị chủ rừng`?"""
    return items[index].depth in (3, 4, 5) or (items[index].depth == PLAIN and parents[index] == index - 1)


def _clauses(whole: Reading, item: Item) -> Iterator[tuple[int, int]]:
    """The sentences of an item; one that sets several last days, parted by a semicolon or a verb, as several."""
    for start, end in sentences(whole, item.content, item.end):
        cuts = (m.start() for m in _CUT.finditer(whole.flowing, start, end))
        parts, at = [], start
        for cut in cuts:
            if find_deadline(whole, at, cut) and find_deadline(whole, cut, end):
                parts.append((at, cut))
                at = cut + 1
        yield from [*parts, (at, end)]


def _is_heading(whole: Reading, item: Item) -> bool:
    return whole.string[item.content : item.end].isupper()


def _task(
    whole: Reading,
    items: Sequence[Item],
    parents: Sequence[int | None],
    index: int,
    span: tuple[int, int],
    deadline: Deadline | None,
) -> Field[Task] | None:
    start, end = span
    own, text_start = own_addressees(whole, start, end)
    addressees = own or inherited(whole, items, parents, index)
    if not addressees and deadline is None:
        return None
    text = _text(whole, text_start, end, deadline)
    if len(text) < 5:
        return None
    task = Task(addressees=tuple(addressees), text=text, deadline=deadline.date.value if deadline else None)
    factor = 0.97 if deadline else 0.92
    first, last = (deadline.start, deadline.end) if deadline else (text_start, min(end, text_start + 60))
    field = whole.field(task, first, last, "task", Method.READ, factor)
    if not addressees:
        field = field.doubt("whom it is asked of was not found", 0.7)
    if deadline and deadline.date.repaired:
        field = field.doubt("the date stands without its strokes")
    return field


def _text(whole: Reading, start: int, end: int, deadline: Deadline | None) -> str:
    """What is to be done, in one line, without the words of the last day."""
    if deadline is None or not start <= deadline.start < end:
        return whole.flat(start, end).strip(' ,;:.-/“”"')
    before = whole.flat(start, deadline.start)
    before = before[: len(before) - len(_trailing(before))]
    after = whole.flat(deadline.end, end)
    after = "" if after.startswith(";") else after.strip(" .;,/")
    return f"{before} {after}".strip(' ,;:.-/“”"')


def _trailing(before: str) -> str:
    """The words that only lead to the last day: `, hoàn thành`, `, xong`, `, thời gian`."""
    found = re.search(
        r"[\s,;(]*(?:,\s*(?:và\s+)?(?:phải\s+)?(?:hoàn thành|xong|thời gian|thời hạn|thực hiện)\s*)?[\s,;(]*$", before
    )
    return found[0] if found else ""
