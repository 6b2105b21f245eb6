"""The words that announce who came, `Dự giao ban có`, `Đoàn gồm:`, `* Xã An Hữu:`, and those that say who did not."""

from __future__ import annotations

import re
from functools import cache

from extract.ntm.attendance.names import NO_HEAD
from extract.parts.clauses import sentences
from extract.parts.items import Item
from extract.reading import Reading, Span
from extract.words.phrases import find_phrases, word_pattern
from normalize.letters import UPPER

# Dự giao ban có đại diện … · Đến dự có · Dự tại điểm cầu tỉnh: …; not Dự án, Dự kiến
_CAME_TO = re.compile(r"(?:Đến d|Về d|D)ự(?!\s+(?:án|toán|kiến|thảo|báo|phòng|trù|thầu|luật|trữ))(?=\s)")
# Đại diện UBND xã Đại Lịch cùng dự · Đại diện Văn phòng HĐND và UBND huyện cùng tham gia giám sát
_CAME_ALONG = re.compile(
    r"\W*(?P<who>(?:dai\s+dien|lanh\s+dao)\s+[^.;:]{3,160}?)\s+(?:(?:cung\s+)?(?:tham\s+)?du|(?:cung\s+)?tham\s+gia|"
    r"cung\s+(?:tham\s+gia|tham\s+du|lam\s+viec|di)\s+[^.;:,]{3,50})\s*[.;]?\s*"
)
# Phòng Kinh tế, Phòng Y tế có mặt; Phòng Tư pháp … vắng
_PRESENT = re.compile(
    rf"(?P<who>(?:(?:dai\s+dien|lanh\s+dao|cac)\s+)*{word_pattern('heads')}\s[^.;:]{{3,200}}?)\s+(?:deu\s+)?"
    r"(?:co\s+mat|den\s+du)(?:\s+(?:day\s+)?du)?\s*(?=[.;]|\Z)"
)
# Không thấy Sở Xây dựng và Công an tỉnh tới dự
_UNSEEN = re.compile(r"(?:khong|chua)\s+thay\s+(?P<who>[^.;:]{4,160}?)\s+(?:den|toi|ve|tham)\s+(?:du|hop)(?!\w)")
# song không bố trí được người · chưa sắp xếp được cán bộ tham gia · được mời nhưng không tới: · không có ai đến
_NOT_COME = re.compile(
    r"(?<!\w)(?:khong|chua)\s+(?:(?:bo\s+tri|sap\s+xep|cu)\s+duoc\s+(?:nguoi|can\s+bo|dai\s+bieu|dai\s+dien|ai)"
    r"(?:\s+(?:tham\s+)?(?:du|gia|den|toi|hop)(?!\w))*|co\s+ai\s+(?:den|toi|du)(?:\s+du)?(?!\w)|"
    r"(?:den|toi)(?:\s+duoc)?(?:\s+(?:du|hop))?(?=\s*[.,;:)]))"
)
# Xã Mỹ Lợi A: UBND xã Mỹ Lợi A · Tổ 1 (xã Thiên Lộc): Văn phòng … · Đại diện xã: Lãnh đạo UBND xã
_WHOSE = re.compile(
    r"(?:(?:dai\s+dien|ve\s+phia|phia|cap)\s+)?"
    r"(?:xa|huyen|thi\s+tran|tinh|co\s+so|dia\s+phuong|doan|to)\b[^.;:]{0,60}?(?=\s*:\s)"
)
# Cơ quan cùng kiểm tra: Phòng Nội vụ · Bên được kiểm tra: UBND xã Kim Liên
_TAKING_PART = re.compile(
    r"(?:(?:cac\s+)?(?:co\s+quan|don\s+vi|nganh|ben)\s+)?(?:cung\s+|phoi\s+hop\s+|duoc\s+|tham\s+gia\s+)+"
    r"(?:kiem\s+tra|tham\s+(?:tra|dinh)|phuc\s+tra|khao\s+sat|giam\s+sat|lam\s+viec)(?=\s*:\s)"
)
# 1. Thành phần Tổ thẩm tra · 1. Đoàn kiểm tra · 2. Địa phương: headings of bullets
_HEADING = re.compile(
    r"(?:thanh\s+phan\s+)?(?:doan|to|hoi\s+dong)(?:\s+\w+){0,6}|"
    r"(?:ve\s+)?(?:phia\s+\w+(?:\s+\w+){0,4}|dia\s+phuong|co\s+so)|"
    r"(?:cap\s+)?(?:xa|huyen)(?:\s+\w+){0,4}"
)
# Xã Cư An: UBND xã đã ban hành …; marks kept: a list of bodies tells nothing they did
_TOLD = re.compile(
    r"(?<!\w)(?:có|đã|được|phải|cần|không|chưa|còn|đạt|chủ trì|phối hợp|thực hiện|báo cáo|hướng dẫn|hoàn thành|"
    r"tiêu chí|trước|ngày|năm|tiếp tục|là|rà soát|chỉ đạo(?! xây))(?!\w)"
)
_NAME_BEFORE = re.compile(rf"[{UPPER}]\w*\s\Z")  # huyện Hòa [Vang]
_NAME_BEHIND = re.compile(rf"\s[{UPPER}][\w']*\s[{UPPER}]")  # ông [Vàng] Seo Chúng
_ASIDES = re.compile(r"\([^()]*\)")


@cache
def _first() -> re.Pattern[str]:
    """The first words of a list of bodies: `các Sở`, `đại diện Phòng`, `05 đơn vị (Phòng`."""
    return re.compile(
        rf"[\s:(]*(?:\d{{1,2}}\s+(?:don\s+vi|co\s+quan|thanh\s+vien)[\s:(]+)?(?:(?:(?<=gom\s)co|dai\s+dien|lanh\s+dao|cac|dong\s+chi)[\s:]+)*(?!{NO_HEAD.pattern})(?:{word_pattern('heads')})(?!\w)"
    )


@cache
def _team() -> re.Pattern[str]:
    """`Đoàn gồm: Phòng …`, `Đoàn có Phòng …`, `Đoàn khảo sát … tại xã Thành An, gồm đại diện Phòng …`."""
    first = _first().pattern
    told = r"\b(?:dat|thong\s+nhat|xac\s+nhan|ket\s+luan|de\s+nghi)\b"
    return re.compile(
        rf"\b(?:doan|to(?!\s+chuc))\b"
        rf"(?:(?:(?!{told})[^.;:]){{0,110}}?(?=\s+gom\b{first})|(?:\s+\w+){{0,5}}?(?=\s+co\b{first}))"
    )


def absences(whole: Reading, start: int, end: int) -> list[Span]:
    """Where it is said of somebody not to have come; neither `huyện Hòa Vang` nor `ông Vàng Seo Chúng`."""
    told = [match.span() for match in _NOT_COME.finditer(whole.flowing, start, end)]
    phrases = [
        (a, b) for a, b in find_phrases(whole, "absent", start, end) if not any(a < y and x < b for x, y in told)
    ]
    return sorted(told + [span for span in phrases if not _is_named(whole, *span)])


def _is_named(whole: Reading, start: int, end: int) -> bool:
    """Is the one word `Vang` part of a name? Old dumps write `Vang: Sở Y tế`, so what stands beside it decides.
    Nor is the `cao ban` of `nâng cao ban hành` a `cáo bận`."""
    if whole.flowing[start:end].split() == ["cao", "ban"]:
        return whole.flat(start, end).lower() != "cáo bận"
    if whole.string[start:end] not in ("Vang", "Vàng", "Váng", "Vảng"):
        return False
    if whole.string.startswith(":", end) and whole.string[:start].endswith("\n"):  # a line begins so, and no name
        return False
    return _NAME_BEFORE.search(whole.string, 0, start) is not None or _NAME_BEHIND.match(whole.string, end) is not None


def presences(whole: Reading, item: Item) -> list[Span]:
    """Where an item announces who came."""
    missing = absences(whole, item.content, item.end)
    found = find_phrases(whole, "present", item.content, item.end) + _announced(whole, item)
    kept: list[Span] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        inside = any(a < end and start < b for a, b in missing)  # Đơn vị không cử cán bộ tham gia: …
        if not inside and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _announced(whole: Reading, item: Item) -> list[Span]:
    """The announcements that are no fixed phrase: a sentence's first `Dự`, a team with its members, a label."""
    found = [
        m.span()
        for m in _team().finditer(whole.flowing, item.content, item.end)
        if whole.string[m.start() : m.end()].split()[0].lower() in ("đoàn", "tổ")
    ]
    for start, end in sentences(whole, item.content, item.end):
        came = _CAME_TO.match(whole.string, start, end)
        found += [came.span()] if came else []
        at = start + len(whole.string[start:end]) - len(whole.string[start:end].lstrip())
        label = _WHOSE.match(whole.flowing, at, end)
        label = None if label and _TOLD.search(whole.flat(*label.span())) else label
        label = label or _TAKING_PART.match(whole.flowing, at, end)
        if label and lists_bodies(whole, label.end(), end):
            found.append(label.span())
    return found


def came_along(whole: Reading, item: Item) -> list[Span]:
    """Who is said to have come behind the name: `Đại diện UBND xã Đại Lịch cùng dự.`"""
    found = [_CAME_ALONG.fullmatch(whole.flowing, *span) for span in sentences(whole, item.content, item.end)]
    starts = [start for start, _ in sentences(whole, item.content, item.end)]
    there = [_PRESENT.match(whole.flowing, start, item.end) for start in starts]
    return [one.span("who") for one in (*found, *there) if one]


def unseen(whole: Reading, item: Item) -> list[Span]:
    """Who is said not to have been seen: `Chưa thấy Sở Y tế đến dự`."""
    return [one.span("who") for one in _UNSEEN.finditer(whole.flowing, item.content, item.end)]


def lists_bodies(whole: Reading, start: int, end: int) -> bool:
    """Does a stretch begin with a body, and tell nothing that one did?"""
    if _first().match(whole.flowing, start, end) is None:
        return False
    stop = next((b for _, b in sentences(whole, start, end)), end)
    return _TOLD.search(_ASIDES.sub("", whole.flat(start, stop))) is None


def is_heading(whole: Reading, item: Item) -> bool:
    """Does an item name no more than a team or a place: `1. Đoàn kiểm tra`?"""
    return _HEADING.fullmatch(whole.flowing[item.content : item.end].strip(" :")) is not None
