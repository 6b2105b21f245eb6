"""Tasks: what a notice asks of whom, and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extract.field import Field
from extract.notice import Method, Task
from extract.parts.items import PLAIN, UPPER, Item, find_items, find_parents, sentences
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.words.codes import find_codes
from extract.words.dates import DateAt, find_dates
from extract.words.phrases import find_phrases, word_pattern

# the first words of bodies that can be asked for something, and what they do; folded
BODY = word_pattern("bodies")
# Bố trí kinh phí · Phòng, chống dịch · Báo cáo kết quả: no Bộ, no Phòng, no Báo
_NO_BODY = (
    r"(?!(?:bo\s+(?:tri|sung|nhiem)|ban\s+hanh|phong\s*,?\s+(?:chong|trao|ngua)|bao\s+(?:cao|dam|ve|quan)|"
    r"hoi\s+(?:nghi|thao|y)|truong\s+hop|so\s+(?:sanh|lieu|ket))\b)"
)
_BODY = re.compile(rf"[\s\"“]*{_NO_BODY}(?:dong chi\s+)?{BODY}(?!\w)")
# Đối với UBND các xã · Giao Sở Nội vụ · Đề nghị UBND huyện · Yêu cầu các sở
_ADDRESSING = re.compile(
    # Giáo viên, Giáo dục are no `giao`
    r"[\s\"“]*(?:doi voi|giao(?!\s+(?:vien|duc|su|an|xu)\b)(?: cho| trach nhiem cho| nhiem vu cho)?|"
    r"de nghi|yeu cau|kinh de nghi|phan cong)\s*:?\s+"
)
# what a body does: where its name ends. `tổ chức thành viên`, `xây dựng nông thôn mới`, `Ban chỉ đạo` and
# `chương trình` are parts of names
_VERB = re.compile(
    rf"(?<!\w)(?:{word_pattern('verbs')}|to chuc(?!\s+(?:thanh vien|chinh tri|hoi|doan))|xay dung(?!\s+nong thon)|"
    r"(?<!ban )chi dao|(?<!ban )quan ly|(?<!chuong )trinh)(?!\w)"
)
# …, Chi cục đề nghị các đơn vị: · yêu cầu thực hiện các nội dung sau:
_ASKS = re.compile(
    rf"(?<!xet )(?<!duoc )(?:de nghi|yeu cau|giao(?!\s+ban\b)|kien nghi|phan cong)(?:\s+{BODY}(?!\w)[^.:;]{{0,80}}|"
    r"(?:\s+(?:mot so|cac|nhung|thuc hien|noi dung|cong viec|nhiem vu|nhu))*\s+sau(?: day)?|"
    r"\s+thuc hien[^.:;]{0,40})?\s*:\s*$|"
    # Chủ tịch UBND huyện có ý kiến chỉ đạo: · Ban Thường vụ chỉ đạo một số nội dung sau:
    r"(?:y kien chi dao|chi dao|yeu cau|phan cong)"
    r"(?:\s+(?:cu the|nhu sau|mot so|noi dung|nhiem vu|cac|sau))*\s*:\s*$"
)
# Điều 2. UBND huyện Đô Lương có trách nhiệm:
_CHARGED = re.compile(
    rf"[\s\"“]*{_NO_BODY}{BODY}(?!\w)[^.:;]{{0,120}}?\b(?:co|chiu)\s+(?:trach\s+nhiem|nhiem\s+vu)[^.:;]{{0,60}}:\s*$"
)
# …, Sở đề nghị các đơn vị báo cáo · Chủ tịch UBND tỉnh giao Sở Nông nghiệp; not `đã giao`, `được giao`
_IN_PASSING = re.compile(rf"(?<!da )(?<!duoc )(?<!xet )(?P<ask>(?:de nghi|yeu cau|giao|phan cong)\s+{BODY}(?!\w))")
# UBND các huyện có trách nhiệm công bố … trước ngày · Cơ sở kinh doanh … phải đăng ký, chậm nhất là ngày
_BOUND = re.compile(
    rf"\W*(?:dieu \d+\W+)?(?:{BODY}(?!\w)|(?:(?!\bda\b)[^.;]){{0,160}}?(?<!\w)"
    r"(?:phai|co trach nhiem|can|gui|nop|phan anh|dang ky|lien he|hoan thanh|ban giao|chuan bi)(?!\w))"
)
# Ban Thường vụ Huyện ủy ghi nhận cố gắng của các xã: said, not asked
_ACKNOWLEDGES = re.compile(
    r"(?<!\w)(?:ghi nhan|bieu duong|danh gia cao|(?:co ban )?(?:nhat tri|thong nhat) voi|hoan nghenh)(?!\w)"
)
# UBND huyện Kỳ Anh: a body, the kind of its unit, and its name
_PLACED = re.compile(rf"(?i:{BODY})(?:\s+(?:tinh|huyen|thanh pho|thi xa|xa|phuong))?(?:\s+[A-Z][\w'’]*)+(?=\s+[a-z])")
# UBND huyện Càng Long đóng cửa bãi rác: the kind of its unit tells where a name may end, `Sở Giao thông` has none
_PLACED_UNIT = re.compile(
    rf"(?i:{BODY})\s+(?:tinh|huyen|thanh\s+pho|thi\s+xa|xa|phuong)(?:\s+[A-Z][\w'’]*)+(?=\s+[a-z])"
)
_JOINS = re.compile(r"\s+(?:va|cung|phoi\s+hop)\b")
_NO_TASK = re.compile(
    r"[\s\"“]*(?:tren day la|noi nhan|rat mong|quyet dinh nay|thong bao nay|"
    r"[^.:]{0,90}(?:tran trong|xin)?\s*thong bao\s+(?:den|de)\s)"
)


# Phấn đấu trước ngày 31/12/2025 huyện đạt chuẩn: hoped for, asked of nobody; folded
_MERELY_HOPED = re.compile(r"(?<!\w)(?:phan\s+dau|du\s+kien|muc\s+tieu|hieu\s+luc|het\s+han|da\s+\w+|se)(?!\w)")
# hoàn thành kiểm điểm trước ngày 30/9, gửi báo cáo về Ban Tổ chức trước ngày 10/10
_CUT = re.compile(rf";|,(?=\s+(?:va\s+)?(?:{word_pattern('verbs')})(?!\w))")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day and the span of the words that give it, from `trước ngày` to the date."""

    start: int
    end: int
    date: DateAt


def task_items(whole: Reading, items: Sequence[Item], parents: Sequence[int | None]) -> frozenset[int]:
    """The indices of the items that stand in a part of the notice that asks for something."""
    found: set[int] = set()
    listing = False  # below `Chi cục đề nghị:`
    for index, item in enumerate(items):
        above = parents[index]
        listing = (listing and 0 < item.depth < PLAIN) or _asks(whole, item)
        listing = listing and not _is_result(whole, item)  # … báo cáo và đề nghị như sau: 1. Kết quả thẩm tra
        listed = listing and item.depth < PLAIN
        if (above is not None and above in found) or listed or _opens_tasks(whole, item):
            found.add(index)
    beside = {i for i in range(len(items)) if _beside(whole, items, parents, i, found)}
    below = {i for i, item in enumerate(items) if item.depth == PLAIN and parents[i] in beside}
    return frozenset(found | beside | below)


def _beside(whole: Reading, items: Sequence[Item], parents: Sequence[int | None], index: int, found: set[int]) -> bool:
    """Does an item that begins with a body stand in one row with items that ask for something?"""
    item = items[index]
    row = [i for i, parent in enumerate(parents) if parent == parents[index] and items[i].depth == item.depth]
    if _ACKNOWLEDGES.search(whole.flowing, item.content, min(item.end, item.content + 120)):
        return False
    asked = item.depth in (1, 3, 4) and any(i in found for i in row if abs(i - index) < 12)
    return asked and _BODY.match(whole.flowing, item.content, item.end) is not None


def _asks(whole: Reading, item: Item) -> bool:
    """`…, Chi cục đề nghị các đơn vị:` asks for what is listed below."""
    return _ASKS.search(whole.flowing, item.content, item.end) is not None


def _opens_tasks(whole: Reading, item: Item) -> bool:
    """Is this `III. NHIỆM VỤ …`, `Điều 3. Giao Sở …`, `2. Đối với UBND các xã …`, `- Đề nghị UBND huyện …`?"""
    lead = _ADDRESSING.match(whole.flowing, item.content, item.end)
    if lead and _BODY.match(whole.flowing, lead.end(), item.end):
        return True
    if _CHARGED.match(whole.flowing, item.content, item.end):
        return True
    if lead and lead[0].strip().startswith("giao") and whole.string[lead.end() : lead.end() + 1].isupper():
        return True  # Giao SG Nông nghiệp: a body's first word misread
    closed = whole.string[item.content : item.end].rstrip().endswith((".", ";", ","))
    heading = item.depth <= 1 and item.end - item.content < 160 and not closed
    return heading and bool(find_phrases(whole, "task_section", item.content, item.end)) and not _is_result(whole, item)


# 1. Đối với 02 xã đề nghị thẩm định, công nhận năm 2020: who asks, not what is asked for; folded
_CANDIDATES = re.compile(
    r"\bxa\s+de\s+nghi\s+(?:(?:duoc|cap|tinh|huyen)\s+)*(?:tham\s+dinh|tham\s+tra|cong\s+nhan|xet)\b"
)


def _is_result(whole: Reading, item: Item) -> bool:
    """`KẾT QUẢ THỰC HIỆN NHIỆM VỤ` and `Xã Bàn Đạt (đề nghị công nhận …)` look back."""
    text = whole.flowing[item.content : item.end]
    return (
        text.lstrip().startswith(("ket qua", "tinh hinh", "danh gia", "xa ", "ve muc do", "cong tac"))
        or "de nghi cong nhan" in text
        or _CANDIDATES.search(text) is not None
    )


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
        deadline = _deadline(whole, start, end)
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
        deadline = _deadline(whole, start, end)
        if deadline is None:
            continue
        asked = list(_IN_PASSING.finditer(whole.flowing, start, deadline.start))
        bound = notice_date is not None and deadline.date.value > notice_date and (
            _is_bound(whole, start, deadline)
            or (_is_listed(items, parents, index) and _inherited(whole, items, parents, index))
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
            if _deadline(whole, at, cut) and _deadline(whole, cut, end):
                parts.append((at, cut))
                at = cut + 1
        yield from [*parts, (at, end)]


def _is_heading(whole: Reading, item: Item) -> bool:
    return whole.string[item.content : item.end].isupper()


def _deadline(whole: Reading, start: int, end: int) -> Deadline | None:
    """The last day that a sentence sets: `trước ngày 15/12/2023`, `xong trước 30/11/2023`."""
    dates = find_dates(whole, start, end)
    for cue_start, cue_end in find_phrases(whole, "deadline", start, end):
        near = [
            date for date in dates if cue_start <= date.start <= cue_end + 30 and _leads(whole, cue_end, date.start)
        ]
        if near and not _of_citation(whole, near[0], start):
            return Deadline(cue_start, near[0].end, near[0])
    return None


def _leads(whole: Reading, start: int, end: int) -> bool:
    """Nothing but `ngày`, an hour or a weekday stands between cue and date."""
    return (
        re.fullmatch(
            r"\s*(?:la\s+)?(?:\d{1,2}\s*(?:h|gio|g)\s*\d{0,2}\s*,?\s*)?(?:thu\s+\w+\s*,?\s*)?(?:ngay)?\s*",
            whole.flowing[start:end],
        )
        is not None
    )


def _of_citation(whole: Reading, date: DateAt, start: int) -> bool:
    """Does the date belong to a document's code right before it?"""
    return any(0 <= date.start - code.end <= 8 for code in find_codes(whole, start, date.start))


def _task(
    whole: Reading,
    items: Sequence[Item],
    parents: Sequence[int | None],
    index: int,
    span: tuple[int, int],
    deadline: Deadline | None,
) -> Field[Task] | None:
    start, end = span
    own, text_start = _own_addressees(whole, start, end)
    addressees = own or _inherited(whole, items, parents, index)
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


def _own_addressees(whole: Reading, start: int, end: int) -> tuple[list[str], int]:
    """The bodies that a sentence begins with, and where what they are to do begins."""
    lead = _ADDRESSING.match(whole.flowing, start, end)
    at = lead.end() if lead else start
    if not _BODY.match(whole.flowing, at, end):
        return [], start
    colon = whole.string.find(":", at, end)
    # a name's own words are capitals: `Sở Giao thông vận tải`, `Ban Quản lý dự án`
    verb = next((m for m in _VERB.finditer(whole.flowing, at, end) if whole.string[m.start()].islower()), None)
    stop = verb.start() if verb else end
    if 0 <= colon < stop and not _is_list_colon(whole, at, colon):
        return split_bodies(whole.flat(at, colon)), colon + 1
    if verb is None and lead is None:
        return [], start
    if verb is None:  # Đề nghị UBND huyện Kỳ Anh cấp 300 tấn xi măng: a verb that no list has
        named = _PLACED.match(whole.unmarked, at, end)
        stop = named.end() if named else end
    placed = _PLACED_UNIT.match(whole.unmarked, at, stop)
    stop = placed.end() if placed and not _JOINS.match(whole.flowing, placed.end()) else stop
    return split_bodies(whole.flat(at, stop)), stop


def _is_list_colon(whole: Reading, start: int, colon: int) -> bool:
    """`UBND các xã: Tiên Mỹ, …` lists names behind its colon."""
    return (
        re.search(r"cac\s+(?:xa|so|huyen|phong|ban|don vi)(?:,?\s*\w+){0,2}\s*$", whole.flowing[start:colon])
        is not None
    )


def _inherited(whole: Reading, items: Sequence[Item], parents: Sequence[int | None], index: int) -> list[str]:
    """The bodies that the nearest heading above names."""
    above = parents[index]
    if (
        above is not None
        and items[index].depth == PLAIN
        and whole.string[: items[above].end].rstrip().endswith((".", ";"))
    ):
        return []  # a paragraph after a list does not belong to the list's last entry
    while above is not None:
        item = items[above]
        bodies = _of_heading(whole, item) or _own_addressees(whole, item.content, item.end)[0]
        if bodies:
            return bodies
        above = parents[above]
    return []


def _of_heading(whole: Reading, item: Item) -> list[str]:
    """`Đối với UBND huyện Bắc Sơn`: a heading that is nothing but the bodies' names."""
    at = _past_lead(whole, item)
    text = re.sub(r"\s*(?:(?:có|chịu) trách nhiệm|thực hiện|cần)?\s*:?$", "", whole.flat(at, item.end))
    if not _BODY.match(whole.flowing, at, item.end) or len(text) > 200 or text.isupper() or text.endswith((".", ";")):
        return []
    return split_bodies(text)


def _past_lead(whole: Reading, item: Item) -> int:
    """Where the words behind `Đối với` begin, also where it was misread (`Đội vé6i UBND`)."""
    lead = _ADDRESSING.match(whole.flowing, item.content, item.end)
    if lead:
        return lead.end()
    words = list(re.compile(r"\S+\s*").finditer(whole.flowing, item.content, item.end))[:2]
    misread = len(words) == 2 and fuzz.ratio("".join(w[0] for w in words).strip(), "doi voi") >= 70
    return words[1].end() if misread else item.content


def split_bodies(text: str) -> list[str]:
    """Single bodies from words that name several.

    >>> split_bodies("UBND các xã: Tiên Mỹ, Tiên Hà")
    ['UBND xã Tiên Mỹ', 'UBND xã Tiên Hà']
    >>> split_bodies("UBND, Ban chỉ đạo các chương trình huyện Bắc Sơn")
    ['UBND huyện Bắc Sơn', 'Ban chỉ đạo các chương trình huyện Bắc Sơn']
    """
    text = text.strip(" ,;:.-")
    listed = re.match(
        r"(?P<head>UBND|Ủy ban nhân dân|Lãnh đạo UBND)\s+các\s+(?P<type>xã|huyện|phường)\s*:?\s+(?P<names>.+)$", text
    )
    if listed and re.match(rf"[{UPPER}]", listed["names"]):
        names = re.split(r"\s*[,;]\s*|\s+và\s+", listed["names"])
        return [f"{listed['head']} {listed['type']} {name}" for name in names if re.match(rf"[{UPPER}]", name)]
    shared = re.match(
        r"(UBND|Ủy ban nhân dân|Huyện ủy|HĐND)\s*,\s*((?:Ban|Mặt trận|UBND|HĐND).*?)(\s(?:huyện|tỉnh|xã)\s.+)$", text
    )
    if shared:
        return [shared[1] + shared[3], shared[2] + shared[3]]
    sectors = re.match(r"(?:[Cc]ác\s+)?Sở\s*:\s*(.+)$", text)
    if sectors:
        return [f"Sở {name}" for name in re.split(r"\s*[;]\s*", sectors[1])]
    return [text] if text else []


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
