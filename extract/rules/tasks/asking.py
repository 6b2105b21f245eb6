"""Which items of a notice stand in a part that asks for something."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from extract.parts.item_marks import PLAIN
from extract.parts.items import Item
from extract.reading import Reading
from extract.rules.tasks.deadlines import Deadline, is_due_heading
from extract.rules.tasks.wording import ADDRESSING, BODY, BODY_FIRST, NO_BODY
from extract.words.phrases import find_phrases
from extract.words.runs import of_name

# …, Chi cục đề nghị các đơn vị: · yêu cầu thực hiện các nội dung sau:
_ASKS = re.compile(
    rf"(?<!xet )(?<!duoc )(?:de nghi|yeu cau|giao(?!\s+ban\b)|kien nghi|phan cong)(?:\s+{BODY}(?!\w)[^.:;]{{0,80}}|"
    r"(?:\s+(?:mot so|cac|nhung|thuc hien|noi dung|cong viec|nhiem vu|nhu))*\s+sau(?: day)?|"
    r"\s+thuc hien[^.:;]{0,40})?\s*:\s*$|"
    # Chủ tịch UBND huyện có ý kiến chỉ đạo: · Ban Thường vụ chỉ đạo một số nội dung sau:
    r"(?:y kien chi dao|chi dao|yeu cau|phan cong)"
    r"(?:\s+(?:cu the|nhu sau|mot so|noi dung|nhiem vu|cac|sau))*\s*:\s*$"
)
# … về việc đề nghị cung cấp số liệu, Ủy ban nhân dân huyện báo cáo một số nội dung như sau: an answer, no request
_REPORTS_BACK = re.compile(r",[^,:]*\b(?:bao\s+cao|tra\s+loi|phuc\s+dap|thong\s+tin)\b[^,:]*:\s*$")
# …, Sở đề nghị các đơn vị báo cáo · Chủ tịch UBND tỉnh giao Sở Nông nghiệp; not `đã giao`, `được giao`
IN_PASSING = re.compile(rf"(?<!da )(?<!duoc )(?<!xet )(?P<ask>(?:de nghi|yeu cau|giao|phan cong)\s+{BODY}(?!\w))")
# Chúng tôi đã bảo UBND xã Đại Minh sửa lại số liệu trước ngày 10/6/2016: asked by whoever writes, still to be done
_HAVE_ASKED = re.compile(
    r"(?:chung\s+toi|doan|to)(?:\s+(?:kiem\s+tra|tham\s+(?:dinh|tra)|phuc\s+tra|giam\s+sat|cong\s+tac))?\s+(?:cung\s+)?da\s+"
    rf"(?:bao|nhac(?:\s+nho)?|dan|yeu\s+cau|de\s+nghi|giao|huong\s+dan|thong\s+nhat\s+voi)\s+(?:cho\s+)?(?P<ask>{BODY}(?!\w))"
)
# Điều 2. UBND huyện Đô Lương có trách nhiệm:
_CHARGED = re.compile(
    rf"[\s\"“]*{NO_BODY}{BODY}(?!\w)[^.:;]{{0,120}}?\b(?:co|chiu)\s+(?:trach\s+nhiem|nhiem\s+vu)[^.:;]{{0,60}}:\s*$"
)
# Ban Thường vụ Huyện ủy ghi nhận cố gắng của các xã: said, not asked
_ACKNOWLEDGES = re.compile(
    r"(?<!\w)(?:ghi nhan|bieu duong|danh gia cao|(?:co ban )?(?:nhat tri|thong nhat) voi|hoan nghenh)(?!\w)"
)
# 1. Đối với 02 xã đề nghị thẩm định, công nhận năm 2020: who asks, not what is asked for; folded
_CANDIDATES = re.compile(
    r"\bxa\s+de\s+nghi\s+(?:(?:duoc|cap|tinh|huyen)\s+)*(?:tham\s+dinh|tham\s+tra|cong\s+nhan|xet)\b"
)
# Đối với các xã đăng ký về đích năm 2024: xã Hà Hiệu đạt 17/19 tiêu chí: how they stand; folded
_STANDING = re.compile(r"[^.;:]{0,80}:\s*xa\s[^.;:]{2,40}?\s(?:(?:da|hien|moi)\s+)*dat\s+(?:duoc\s+)?\d{1,2}\s*/\s*\d")
# Kết quả thực hiện nhiệm vụ · Xã Bàn Đạt: headings of what is behind; folded
_LOOKS_BACK = (
    "ket qua", "tinh hinh", "danh gia", "xa ", "ve muc do", "cong tac", "thong qua", "phe duyet",
)  # fmt: skip


def task_items(whole: Reading, items: Sequence[Item], parents: Sequence[int | None]) -> frozenset[int]:
    """The indices of the items that stand in a part of the notice that asks for something."""
    found: set[int] = set()
    openers = find_openers(whole, items)
    for index, item in enumerate(items):
        above = parents[index]
        listed = openers[index] is not None and item.depth < PLAIN
        if (above is not None and above in found) or listed or _opens_tasks(whole, item):
            found.add(index)
    beside = {i for i in range(len(items)) if _beside(whole, items, parents, i, found)}
    below = {i for i, item in enumerate(items) if item.depth == PLAIN and parents[i] in beside}
    return frozenset(found | beside | below)


def find_openers(whole: Reading, items: Sequence[Item]) -> list[int | None]:
    """For each item the index of the one whose last words ask for it: below `Chi cục đề nghị:`."""
    openers: list[int | None] = []
    for index, item in enumerate(items):
        last = openers[-1] if openers and 0 < item.depth < PLAIN else None
        opener = index if _asks(whole, item) else last
        # … báo cáo và đề nghị như sau: 1. Kết quả thẩm tra
        openers.append(None if _is_result(whole, item) else opener)
    return openers


def _beside(whole: Reading, items: Sequence[Item], parents: Sequence[int | None], index: int, found: set[int]) -> bool:
    """Does an item that begins with a body stand in one row with items that ask for something?"""
    item = items[index]
    row = [i for i, parent in enumerate(parents) if parent == parents[index] and items[i].depth == item.depth]
    if _ACKNOWLEDGES.search(whole.flowing, item.content, min(item.end, item.content + 120)):
        return False
    asked = item.depth in (1, 3, 4) and any(i in found for i in row if abs(i - index) < 12)
    return asked and BODY_FIRST.match(whole.flowing, item.content, item.end) is not None


def asked_before(whole: Reading, start: int, deadline: Deadline, issued: dt.date | None) -> list[re.Match[str]]:
    """Where a clause asks a body for what its last day bounds; what was asked before only where the day is to come."""
    asked = list(IN_PASSING.finditer(whole.flowing, start, deadline.start))
    to_come = issued is not None and deadline.date.value > issued
    return asked or (list(_HAVE_ASKED.finditer(whole.flowing, start, deadline.start)) if to_come else [])


def _asks(whole: Reading, item: Item) -> bool:
    """`…, Chi cục đề nghị các đơn vị:` asks for what is listed below."""
    found = _ASKS.finditer(whole.flowing, item.content, item.end)
    asking = next((match for match in found if not of_name(whole, match.start())), None)
    return asking is not None and _REPORTS_BACK.search(asking[0]) is None


def _opens_tasks(whole: Reading, item: Item) -> bool:
    """Is this `III. NHIỆM VỤ …`, `Điều 3. Giao Sở …`, `2. Đối với UBND các xã …`, `- Đề nghị UBND huyện …`?"""
    lead = ADDRESSING.match(whole.flowing, item.content, item.end)
    if lead and BODY_FIRST.match(whole.flowing, lead.end(), item.end):
        return _STANDING.match(whole.flowing, lead.end(), item.end) is None
    if _CHARGED.match(whole.flowing, item.content, item.end) or is_due_heading(whole, item):
        return True
    if lead and lead[0].strip().startswith("giao") and whole.string[lead.end() : lead.end() + 1].isupper():
        return True  # Giao SG Nông nghiệp: a body's first word misread
    closed = whole.string[item.content : item.end].rstrip().endswith((".", ";", ","))
    heading = item.depth <= 1 and item.end - item.content < 160 and not closed
    return heading and bool(find_phrases(whole, "task_section", item.content, item.end)) and not _is_result(whole, item)


def _is_result(whole: Reading, item: Item) -> bool:
    """`KẾT QUẢ THỰC HIỆN NHIỆM VỤ` and `Xã Bàn Đạt (đề nghị công nhận …)` look back."""
    text = whole.flowing[item.content : item.end]
    return text.lstrip().startswith(_LOOKS_BACK) or "de nghi cong nhan" in text or _CANDIDATES.search(text) is not None
