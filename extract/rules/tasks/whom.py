"""Whom a task is asked of: the bodies that a sentence begins with, or that a heading above it names."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from extract.parts.items import PLAIN, UPPER, Item
from extract.reading import Reading
from extract.rules.tasks.outline import Outline
from extract.rules.tasks.wording import ADDRESSING, BODY, BODY_FIRST, DOER, DOER_FIRST, NO_BODY, VERB

# UBND huyện Kỳ Anh: a body, the kind of its unit, and its name
_PLACED = re.compile(rf"(?i:{BODY})(?:\s+(?:tinh|huyen|thanh pho|thi xa|xa|phuong))?(?:\s+[A-Z][\w'’]*)+(?=\s+[a-z])")
# UBND huyện Càng Long đóng cửa bãi rác: the kind of its unit tells where a name may end, `Sở Giao thông` has none
_PLACED_UNIT = re.compile(
    rf"(?i:{BODY})\s+(?:tinh|huyen|thanh\s+pho|thi\s+xa|xa|phuong)(?:\s+[A-Z][\w'’]*)+(?=\s+[a-z])"
)
# Riêng UBND huyện Phú Giáo cô lập ngay máy chủ
_APART = re.compile(r"[\s\"“]*rieng\s+(?:doi voi\s+)?")
_TOPIC = re.compile(r"[\s\"“]*[^:;.,()]{2,60}:\s+")
# Đội 3 (địa bàn xã Hợp Hòa): phát dọn
_BRACKETS = re.compile(r"\s*\([^)]*\)")
# Sở Nông nghiệp và PTNT đề nghị UBND huyện Hải Hậu:
_ASKED = re.compile(rf"(?<!\w)(?:de nghi|yeu cau|giao|kien nghi|phan cong)\s+(?={NO_BODY}{DOER}(?!\w))")
_JOINS = re.compile(r"\s+(?:va|cung|phoi\s+hop)\b")


def own_addressees(whole: Reading, start: int, end: int) -> tuple[list[str], int]:
    """The bodies that a sentence begins with, and where what they are to do begins."""
    lead = ADDRESSING.match(whole.flowing, start, end) or _APART.match(whole.flowing, start, end)
    at = lead.end() if lead else _past_topic(whole, start, end)
    if not DOER_FIRST.match(whole.flowing, at, end):
        return [], start
    colon = whole.string.find(":", at, end)
    verb = _first_verb(whole, at, end)
    stop = verb if verb is not None else end
    if 0 <= colon < stop and not _is_list_colon(whole, at, colon):
        return split_bodies(_BRACKETS.sub("", whole.flat(at, colon))), colon + 1
    if verb is None and (lead is None or not BODY_FIRST.match(whole.flowing, at, end)):
        return [], start
    if verb is None:  # Đề nghị UBND huyện Kỳ Anh cấp 300 tấn xi măng: a verb that no list has
        named = _PLACED.match(whole.unmarked, at, end)
        stop = named.end() if named else end
    placed = _PLACED_UNIT.match(whole.unmarked, at, stop)
    stop = placed.end() if placed and not _JOINS.match(whole.flowing, placed.end()) else stop
    return split_bodies(whole.flat(at, stop)), stop


def _first_verb(whole: Reading, start: int, end: int) -> int | None:
    """Where a body's name ends; its own words are capitals: `Sở Giao thông vận tải`, `Ban Quản lý dự án`."""
    found = (m.start() for m in VERB.finditer(whole.flowing, start, end))
    return next((at for at in found if whole.string[at].islower()), None)


def _past_topic(whole: Reading, start: int, end: int) -> int:
    """Where a sentence begins behind its topic: `Về đơn thư tồn đọng: Ủy ban Kiểm tra Huyện ủy giải quyết`."""
    topic = _TOPIC.match(whole.flowing, start, end)
    body = topic is not None and BODY_FIRST.match(whole.flowing, topic.end(), end)
    return topic.end() if topic and body and _first_verb(whole, topic.end(), end) is not None else start


def begins_with_verb(whole: Reading, start: int, end: int) -> bool:
    """Does a sentence begin with what is to be done, so that it names nobody: `Lập danh sách học sinh, gửi …`?"""
    at = next((k for k in range(start, end) if whole.string[k].isalpha()), start)
    return VERB.match(whole.flowing, at, end) is not None


def _is_list_colon(whole: Reading, start: int, colon: int) -> bool:
    """`UBND các xã: Tiên Mỹ, …` lists names behind its colon."""
    return (
        re.search(r"cac\s+(?:xa|so|huyen|phong|ban|don vi)(?:,?\s*\w+){0,2}\s*$", whole.flowing[start:colon])
        is not None
    )


def inherited(outline: Outline, index: int) -> list[str]:
    """The bodies that the nearest heading above names, or the words that open the list: `Sở đề nghị UBND xã:`."""
    items, whole, above = outline.items, outline.whole, outline.parents[index]
    closed = above is not None and whole.string[: items[above].end].rstrip().endswith((".", ";"))
    if closed and items[index].depth == PLAIN:
        return []  # a paragraph after a list does not belong to the list's last entry
    for at in outline.above(index):
        bodies = _of_heading(whole, items[at]) or own_addressees(whole, items[at].content, items[at].end)[0]
        if bodies:
            return bodies
    return _of_opener(outline, index)


def _of_opener(outline: Outline, index: int) -> list[str]:
    """The bodies asked in the words that open a list: `Phòng Nội vụ đề nghị các cơ quan thực hiện như sau:`."""
    opener = outline.openers[index]
    if opener is None or not (outline.items[opener].depth == PLAIN or opener in outline.above(index)):
        return []
    item, whole = outline.items[opener], outline.whole
    asked = [m.end() for m in _ASKED.finditer(whole.flowing, item.content, item.end)]
    if not asked or opener == index:
        return []
    verb = _first_verb(whole, asked[-1], item.end)
    return split_bodies(whole.flat(asked[-1], verb if verb is not None else item.end))


def _of_heading(whole: Reading, item: Item) -> list[str]:
    """`Đối với UBND huyện Bắc Sơn`: a heading that is nothing but the bodies' names."""
    at = _past_lead(whole, item)
    text = re.sub(
        r"\s*(?:\([^()]*\))?\s*(?:(?:có|chịu) trách nhiệm|thực hiện|cần)?\s*:?$", "", whole.flat(at, item.end)
    )
    if (
        not DOER_FIRST.match(whole.flowing, at, item.end)
        or len(text) > 200
        or text.isupper()
        or text.endswith((".", ";"))
    ):
        return []
    return split_bodies(text)


def _past_lead(whole: Reading, item: Item) -> int:
    """Where the words behind `Đối với` begin, also where it was misread (`Đội vé6i UBND`)."""
    lead = ADDRESSING.match(whole.flowing, item.content, item.end)
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
