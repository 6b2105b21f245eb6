"""Who did not come: what is said of absence in a list, in its brackets, or in a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.ntm.attendance.cues import absences
from extract.ntm.attendance.stretches import Stretch, body_words
from extract.parts.clauses import clause_end, clause_start, open_bracket, sentence_end, sentences
from extract.parts.items import Item
from extract.reading import Reading, Span
from extract.words.runs import NAME
from normalize.letters import UPPER

# Vắng mặt không lý do: Sở Văn hóa, Thể thao và Du lịch
_LED_OFF = re.compile(r"\s*(?:khong|co)\s+(?:co\s+)?(?:ly\s+do|phep)\s*:\s*")
# UBND huyện nhắc nhở UBND xã Ia Piơr vắng mặt tại buổi làm việc
_BLAMED = re.compile(r"\b(?:nhac\s+nho|phe\s+binh|kiem\s+diem|rut\s+kinh\s+nghiem|luu\s+y)\s+(?:doi\s+voi\s+)?")
# Sở Y tế được mời nhưng [không dự] · Sở Xây dựng nhận giấy mời song [không cử ai]
_INVITED = re.compile(
    r"\s*,?\s*(?:da\s+)?(?:duoc\s+(?:gui\s+giay\s+)?moi|(?:co|nhan(?:\s+duoc)?)\s+giay\s+moi)\s+(?:(?:nhung|song|ma)\s*)?\Z"
)
# Sở Y tế vắng mặt (có lý do)
_REASON = re.compile(r"\s*(?:\(?\s*co\s+ly\s+do\)?|khong\s+(?:co\s+)?ly\s+do|khong\s+phep|co\s+phep)")

# không cử người theo [Đoàn], chỉ gửi văn bản · không tới, [Sở Tư pháp] đến muộn: not whom the words speak of
_OF_OTHERS = re.compile(r"\s*,(?!.*(?:gom|la|co|:)\s*\Z)|.*(?<!\w)(?:theo|cung|voi|cua|tai|o|trong)\s*\Z", re.DOTALL)
# 2. Vắng mặt: · Thành phần vắng · Các đơn vị không dự (02): headings of bullets; what stands beside the cue
_OF_HEADING = re.compile(
    r"\W*(?:(?:cac|so|nhung)\s+)?(?:(?:don\s+vi|co\s+quan|thanh\s+phan|thanh\s+vien|dai\s+bieu|nguoi|nganh|doan)\s+)*\Z"
)
_HEADING_ENDS = re.compile(r"\s*(?:\([^()]*\))?[\s.:]*\Z")


def heads_absent(whole: Reading, item: Item) -> bool:
    """Is an item no more than a heading over those who did not come: `2. Vắng mặt:`?"""
    return any(
        _OF_HEADING.match(whole.flowing[item.content : start]) and _HEADING_ENDS.match(whole.flowing[end : item.end])
        for start, end in absences(whole, item.content, item.end)
    )


def absent_of(whole: Reading, item: Item, cue: Span) -> Stretch:
    """Who is absent: those behind the cue, `Vắng mặt: Sở Y tế`, else those of its clause or bracket before it."""
    stop = sentence_end(whole, cue[1], item.end)
    behind = re.compile(rf"(?:\s*\([^)]*\))?[^{UPPER}).;]{{0,40}}[:{UPPER}]").match(whole.string, cue[1], stop)
    if behind and not _OF_OTHERS.match(whole.flowing[cue[1] : behind.end() - 1]):  # Vắng mặt không lý do: Sở Văn hóa
        return Stretch(cue[1] + behind[0].rfind(":") + 1, stop, True)
    start = next((a for a, b in sentences(whole, item.content, item.end) if a <= cue[0] < b), item.content)
    start = clause_start(whole.string, start, cue[0])
    opening = open_bracket(whole.string, start, cue[0])  # … (Phòng Tài nguyên và Môi trường vắng)
    if opening is not None:
        if not _names(whole, opening, cue[0]):  # Điện lực huyện (báo vắng)
            return Stretch(_last_body(whole, start, opening), opening, True)
        start = opening + 1
    blamed = _BLAMED.search(whole.flowing, start, cue[0])
    start = blamed.end() if blamed else start
    invited = _INVITED.search(whole.flowing, start, cue[0])
    return Stretch(start, invited.start() if invited else cue[0], True)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What a word of absence makes of a list: those present end at `present`, the list goes on at `then`."""

    present: int
    absent: Span
    then: int


def parted(whole: Reading, start: int, end: int) -> Iterator[Stretch]:
    """Cut a list at what it says of absence: behind `vắng mặt:`, or the bracket or clause before `vắng mặt`."""
    at = start
    for cue in absences(whole, start, end):
        if cue[0] >= at and (cut := _cut(whole, at, cue, end)):
            yield Stretch(at, cut.present, False)
            yield Stretch(*cut.absent, True)
            at = cut.then
    yield Stretch(at, end, False)


def _cut(whole: Reading, at: int, cue: Span, end: int) -> _Cut | None:
    """What one word of absence makes of a list that begins at `at`; None where it says of nobody there."""
    if led := _LED_OFF.match(whole.flowing, cue[1], end):  # Vắng mặt không lý do: Sở Văn hóa
        return _Cut(cue[0], (led.end(), end), end)
    opening = open_bracket(whole.string, at, cue[0])
    if _lists_behind(whole, cue, end):
        stop = _shut(whole, cue[1], end) if opening is not None else end
        return _Cut(cue[0], (cue[1], stop), stop)
    if opening is not None:
        return _of_bracket(whole, at, opening, cue, end)
    if whole.string[at : cue[0]].rstrip().endswith(":"):  # Đoàn Thanh niên huyện: vắng
        first = _last_body(whole, at, cue[0])
        return _Cut(first, (first, whole.string.rfind(":", first, cue[0])), clause_end(whole.string, cue[1], end))
    clause = whole.string.rfind(";", at, cue[0])  # …; Sở Xây dựng không cử cán bộ tham gia
    return _Cut(clause, (clause + 1, cue[0]), clause_end(whole.string, cue[1], end)) if clause >= 0 else None


def _lists_behind(whole: Reading, cue: Span, end: int) -> bool:
    """`vắng mặt có: Sở Y tế`: does a name follow, not the reason?"""
    if _REASON.match(whole.flowing, cue[1], end):
        return False
    lead = re.match(r"\s*:?\s*(?:(?:co|la|gom)[\s:]+)*", whole.flowing[cue[1] : end])
    return NAME.match(whole.string, cue[1] + (lead.end() if lead else 0), end) is not None


def _of_bracket(whole: Reading, at: int, opening: int, cue: Span, end: int) -> _Cut:
    """`Phòng Y tế (vắng)` says it of the body before the bracket, `… (Phòng Y tế vắng)` of the one inside."""
    shut = whole.string.find(")", cue[1], end)
    then = shut + 1 if shut >= 0 else end
    if _names(whole, opening, cue[0]):
        return _Cut(opening, (opening + 1, cue[0]), then)
    first = _last_body(whole, at, opening)
    return _Cut(first, (first, opening), then)


def _names(whole: Reading, start: int, end: int) -> bool:
    """Does a stretch hold a name: `(Phòng Y tế` vắng) does, `(báo` vắng) does not."""
    return re.search(rf"[{UPPER}]", whole.string[start:end]) is not None


def _shut(whole: Reading, start: int, end: int) -> int:
    """Where a bracket that is open at `start` closes, else the end."""
    found = whole.string.find(")", start, end)
    return found if found >= 0 else end


def _last_body(whole: Reading, start: int, end: int) -> int:
    """Where the body begins that a bracket `(vắng mặt)` belongs to."""
    cuts = [m.end() for m in re.compile(r"[;,]\s*|\bva\s+").finditer(whole.flowing, start, end)]
    heads, _ = body_words()
    for cut in reversed(cuts):
        if whole.flowing.startswith(heads, cut):
            return cut
    listed = ":" in whole.string[start:end]  # các Sở: Nội vụ, Y tế (vắng), not Phòng Giáo dục và Đào tạo (vắng)
    return cuts[-1] if cuts and (listed or not whole.flowing.startswith(heads, start)) else start
