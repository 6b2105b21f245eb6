"""Every task of a notice: the sentences that ask, with whom they ask and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.field import Field
from extract.notice import Method, Task
from extract.parts.ancestors import find_parents
from extract.parts.clauses import clause_start, sentences
from extract.parts.items import find_items
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.rules.addressed import find_addressed
from extract.rules.tasks.asking import IN_PASSING, asked_before, find_openers, task_items
from extract.rules.tasks.deadlines import (
    Deadline,
    ends_period,
    find_deadline,
    heading_deadline,
    in_time,
    inherited_deadline,
)
from extract.rules.tasks.outline import Outline
from extract.rules.tasks.rows import TaskTable, find_task_tables, row_tasks
from extract.rules.tasks.ruled import Cells, ruled_task_tables
from extract.rules.tasks.whom import (
    begins_with_doer,
    begins_with_verb,
    holds_more,
    inherited,
    of_opener,
    own_addressees,
)
from extract.rules.tasks.wording import ADDRESSING, BODY
from extract.words.phrases import word_pattern

# UBND các huyện có trách nhiệm công bố … trước ngày · Cơ sở kinh doanh … phải đăng ký, chậm nhất là ngày
_BOUND = re.compile(
    rf"\W*(?:dieu \d+\W+)?(?:{BODY}(?!\w)|(?:(?!\bda\b)[^.;]){{0,160}}?(?<!\w)"
    r"(?:phai|co trach nhiem|can|gui|nop|phan anh|dang ky|lien he|hoan thanh|ban giao|chuan bi)(?!\w))"
)
# Nếu đến hết ngày 14/8/2023 Ban không nhận được văn bản · Quá thời hạn trên · Văn phòng xin báo cáo · Văn phòng thông
# báo để các đơn vị biết; not Tổ trưởng thông báo đến từng hộ …, chậm nhất ngày 28/11/2025
_NO_TASK = re.compile(
    r"[\s\"“]*(?:neu\s+(?:den|qua|sau)\b|qua\s+(?:thoi\s+)?han\b|sau\s+(?:thoi\s+)?han\b|"
    r"[^.:]{0,60}\bxin\s+(?:bao\s+cao|cam\s+on)\b|tren day la|noi nhan|rat mong|quyet dinh nay|thong bao nay|"
    r"[^.:]{0,90}(?:tran trong|xin)?\s*thong bao\s+(?:den|de)\s(?![^.;]*\b(?:truoc|cham\s+nhat|muon\s+nhat)\b))"
)
# Thực hiện Công điện số 27/CĐ-UBND …; căn cứ bản tin dự báo, từ đêm 06/10 đến hết ngày 08/10/2025 có mưa to: a basis
_BASIS = re.compile(
    r"\W*(?:thuc\s+hien|can\s+cu)\s+[a-z ]{3,24}so\s+\d"
    r"(?!.*(?<!\w)(?:yeu\s+cau|de\s+nghi|giao|chi\s+dao|phai|can(?!\s+cu))(?!\w))"
)
# Phấn đấu trước ngày 31/12/2025 huyện đạt chuẩn: hoped for, asked of nobody; folded
_MERELY_HOPED = re.compile(r"(?<!\w)(?:phan\s+dau|du\s+kien|muc\s+tieu|hieu\s+luc|het\s+han|da\s+\w+|se)(?!\w)")
# Để kịp thời tổng hợp báo cáo Trung ương trước ngày 05/7/2024 theo quy định, Sở đề nghị các huyện …
_PURPOSE = re.compile(r"\W*(?:de|nham|theo|can cu|thuc hien)\b")
_REPORTS = re.compile(r"\b(?:bao\s+cao|to\s+trinh|bien\s+ban|de\s+an)\b")
# hoàn thành kiểm điểm trước ngày 30/9, gửi báo cáo về Ban Tổ chức trước ngày 10/10 · … trước ngày 20/4 và nộp …
# Các huyện đồng bằng làm xong trước ngày 15/4/2010, các huyện miền núi làm xong trước ngày 30/4/2010
# … xong trước ngày 31/3/2023: đề nghị Công ty Điện lực …: a semicolon read as a colon
_CUT = re.compile(
    rf";|:(?=\s+(?:de\s+nghi|yeu\s+cau|giao)\s)|(?:,(?:\s+va)?|\s+va)(?=\s+(?:{word_pattern('verbs')}|trinh)(?!\w))|"
    r",(?=\s+(?:cac|nhung|rieng)\s+[^,.;]{3,60}?\s(?:xong|hoan\s+thanh)\s(?:[^,.;]{0,20}\s)?(?:truoc|cham\s+nhat)\s)"
)

SHORTEST = 5  # letters of a task


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch that may tell a task: what is to be done stands in [at, end), behind those whom it names itself.

    `carried`: whom the clause before asks, where this one names nobody.
    """

    at: int
    end: int
    own: tuple[str, ...]
    deadline: Deadline | None
    carried: tuple[str, ...] = ()


def make_outline(zones: Zones, tables: Sequence[TaskTable], notice_date: dt.date | None) -> Outline:
    """The outline of what stands between a notice's opening and its signature, tables of tasks left out."""
    whole = zones.whole
    starts = [zones.body_start, *(table.end + 1 for table in tables)]
    ends = [*(table.start for table in tables), zones.body_end]
    items = [item for span in zip(starts, ends, strict=True) for item in find_items(whole, *span)]
    upward = _REPORTS.search(zones.title.folded)  # a report asks nothing of those whom it is addressed to
    addressed = () if upward or not zones.addressed.string else find_addressed(zones)
    return Outline(
        whole=whole,
        items=items,
        parents=find_parents(items),
        openers=find_openers(whole, items),
        issued=notice_date,
        addressed=tuple(field.value for field in addressed),
    )


def find_tasks(zones: Zones, notice_date: dt.date | None, ruled: Sequence[Cells] = ()) -> tuple[Field[Task], ...]:
    """Every task with its addressees and its last day, in order.

    In a part of the notice that asks for something, one for each sentence of a bullet; elsewhere only sentences
    that give a body a last day. `ruled`: the cells of the pages' tables.
    """
    tables = ruled_task_tables(zones.whole, ruled) or find_task_tables(zones.whole, zones.body_start, zones.body_end)
    outline = make_outline(zones, tables, notice_date)
    asking = task_items(outline.whole, outline.items, outline.parents)
    told = [
        (item.start, field)
        for index, item in enumerate(outline.items)
        for field in (_asked(outline, index) if index in asking else _asked_in_passing(outline, index))
    ]
    told += [(table.start, field) for table in tables for field in row_tasks(zones.whole, table, notice_date)]
    return tuple(in_time(field, zones.whole, notice_date) for _, field in sorted(told, key=lambda at: at[0]))


def _asked(outline: Outline, index: int) -> Iterator[Field[Task]]:
    """The tasks of an item in a part that asks: a heading's last day is that of all below it."""
    leads, whole = outline.leads(index), outline.whole
    if outline.items[index].depth == 0 and outline.is_heading(index):
        return
    if leads and heading_deadline(outline, index) is not None:
        return
    common, before = inherited_deadline(outline, index), Clause(0, 0, (), None)
    for start, end in _clauses(outline, index):
        deadline = find_deadline(whole, start, end, outline.issued) or common
        basis = _NO_TASK.match(whole.flowing, start) or _BASIS.match(whole.flowing, start, end)
        if basis or (leads and deadline is None):
            continue
        clause = before = _clause(whole, start, end, deadline, before)
        rest = deadline and ends_period(whole, start, deadline) and not clause.own
        if rest and not begins_with_verb(whole, clause.at, end):
            continue  # Nghỉ Tết Nguyên đán từ ngày 06/02/2016 đến hết ngày 14/02/2016
        yield from _task(outline, index, clause)


def _asked_in_passing(outline: Outline, index: int) -> Iterator[Field[Task]]:
    """`…, Sở đề nghị các đơn vị báo cáo trước ngày 05/9/2023`: a body asked in the middle of a sentence, by a day."""
    whole, before = outline.whole, Clause(0, 0, (), None)
    for start, end in _clauses(outline, index):
        deadline = find_deadline(whole, start, end, outline.issued)
        if deadline is None or _NO_TASK.match(whole.flowing, start) or _BASIS.match(whole.flowing, start, end):
            continue
        asked = asked_before(whole, start, deadline, outline.issued)
        if not asked and not _must(outline, index, (start, end), deadline):
            continue
        before = _clause(whole, asked[-1].start("ask") if asked else start, end, deadline, before)
        yield from _task(outline, index, before)


def _past_purpose(whole: Reading, start: int, end: int) -> int:
    """Where a sentence asks that begins with whoever asks' own last day: `Để … trước ngày 05/7, Sở đề nghị …`."""
    asked = IN_PASSING.search(whole.flowing, start, end) if _PURPOSE.match(whole.flowing, start, end) else None
    return asked.start("ask") if asked else start


def _must(outline: Outline, index: int, span: tuple[int, int], deadline: Deadline) -> bool:
    """Is a last day to come binding, though the words ask nobody?"""
    start, end = span
    whole = outline.whole
    if outline.issued is None or deadline.date.value <= outline.issued:
        return False
    if _is_bound(whole, start, deadline) or (outline.is_listed(index) and inherited(outline, index)):
        return True
    return (
        not deadline.date.yearless
        and _MERELY_HOPED.search(whole.flowing, start, end) is None
        and not ends_period(whole, start, deadline)
    )


def _is_bound(whole: Reading, start: int, deadline: Deadline) -> bool:
    """Does the clause of a last day bind a body or say what must be done, the words of the day among them?"""
    since = clause_start(whole.flowing, start, deadline.start)
    bound = any(_BOUND.match(whole.flowing, at, deadline.date.start) for at in (start, since))
    return bound or ADDRESSING.match(whole.flowing, start, deadline.date.start) is not None


def _clauses(outline: Outline, index: int) -> Iterator[tuple[int, int]]:
    """The sentences of an item; one that sets several last days, parted by a semicolon or a verb, as several."""
    item, whole = outline.items[index], outline.whole
    for first, end in sentences(whole, item.content, item.end):
        start = _past_purpose(whole, first, end)
        parts, at = [], start
        for cut in _CUT.finditer(whole.flowing, start, end):
            both = (at, cut.start()), (cut.end(), end)
            if all(find_deadline(whole, *part, outline.issued) for part in both):
                parts.append(both[0])
                at = cut.end()
        yield from [*parts, (at, end)]


def _clause(whole: Reading, start: int, end: int, deadline: Deadline | None, before: Clause) -> Clause:
    own, at = own_addressees(whole, start, end)
    if own and len(_text(whole, at, end, deadline)) < SHORTEST:
        own, at = [], start  # Các trường kê cao thiết bị, hồ sơ; hoàn thành trước …: no verb that is known but the last
    goes_on = not own and not begins_with_doer(whole, at, end)
    return Clause(at, end, tuple(own), deadline, (before.own or before.carried) if goes_on else ())


def _task(outline: Outline, index: int, clause: Clause) -> Iterator[Field[Task]]:
    """The task of a clause, if it names or takes over whom it asks, or sets a day."""
    whole, deadline = outline.whole, clause.deadline
    imperative = begins_with_verb(whole, clause.at, clause.end)
    addressees = clause.own or _from_outside(outline, index, clause, imperative)
    text = _text(whole, clause.at, clause.end, deadline)
    if (not addressees and deadline is None) or len(text) < SHORTEST:
        return
    task = Task(addressees=addressees, text=text, deadline=deadline.date.value if deadline else None)
    factor = 0.97 if deadline else 0.92
    method = Method.INFERRED if deadline and deadline.date.yearless else Method.READ
    first, last = (deadline.start, deadline.end) if deadline else (clause.at, min(clause.end, clause.at + 60))
    field = whole.field(task, first, last, "task", method, factor)
    if not addressees and not imperative:
        field = field.doubt("whom it is asked of was not found", 0.7)
    if any(map(holds_more, addressees)):
        field = field.doubt("where the name of whom it is asked of ends was not found", 0.7)
    yield _doubted(field, deadline)


def _from_outside(outline: Outline, index: int, clause: Clause, imperative: bool) -> tuple[str, ...]:
    """Whom a clause asks that does not say so: who the clause before, a heading, the opening or the address names."""
    above = tuple(inherited(outline, index))
    if not imperative and clause.deadline is None:
        return above
    names = begins_with_doer(outline.whole, clause.at, clause.end)  # somebody, though nobody that was made out
    near = clause.carried or above or (() if names else tuple(of_opener(outline, index)))
    addressed = outline.addressed if imperative and (clause.deadline or outline.openers[index] is not None) else ()
    return near or addressed


def _doubted(field: Field[Task], deadline: Deadline | None) -> Field[Task]:
    if deadline and deadline.date.repaired:
        return field.doubt("the date stands without its strokes")
    if deadline and deadline.date.yearless:
        return field.doubt("the day is printed without its year: the first such day after the notice's own", 0.75)
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
        r"[\s,;(]*(?:,\s*(?:và\s+)?(?:phải\s+)?(?:hoàn thành|xong|thời gian|thời hạn|thực hiện)\s*:?\s*)?[\s,;(]*$",
        before,
    )
    return found[0] if found else ""
