"""Whom a task is asked of: the bodies that a sentence begins with, or that a heading above it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extract.parts.items import PLAIN, UPPER, Item
from extract.reading import Reading
from extract.rules.tasks.wording import ADDRESSING, BODY, BODY_FIRST, VERB

# UBND huyện Kỳ Anh: a body, the kind of its unit, and its name
_PLACED = re.compile(rf"(?i:{BODY})(?:\s+(?:tinh|huyen|thanh pho|thi xa|xa|phuong))?(?:\s+[A-Z][\w'’]*)+(?=\s+[a-z])")
# UBND huyện Càng Long đóng cửa bãi rác: the kind of its unit tells where a name may end, `Sở Giao thông` has none
_PLACED_UNIT = re.compile(
    rf"(?i:{BODY})\s+(?:tinh|huyen|thanh\s+pho|thi\s+xa|xa|phuong)(?:\s+[A-Z][\w'’]*)+(?=\s+[a-z])"
)
_JOINS = re.compile(r"\s+(?:va|cung|phoi\s+hop)\b")


def own_addressees(whole: Reading, start: int, end: int) -> tuple[list[str], int]:
    """The bodies that a sentence begins with, and where what they are to do begins."""
    lead = ADDRESSING.match(whole.flowing, start, end)
    at = lead.end() if lead else start
    if not BODY_FIRST.match(whole.flowing, at, end):
        return [], start
    colon = whole.string.find(":", at, end)
    # a name's own words are capitals: `Sở Giao thông vận tải`, `Ban Quản lý dự án`
    verb = next((m for m in VERB.finditer(whole.flowing, at, end) if whole.string[m.start()].islower()), None)
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


def inherited(whole: Reading, items: Sequence[Item], parents: Sequence[int | None], index: int) -> list[str]:
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
        bodies = _of_heading(whole, item) or own_addressees(whole, item.content, item.end)[0]
        if bodies:
            return bodies
        above = parents[above]
    return []


def _of_heading(whole: Reading, item: Item) -> list[str]:
    """`Đối với UBND huyện Bắc Sơn`: a heading that is nothing but the bodies' names."""
    at = _past_lead(whole, item)
    text = re.sub(r"\s*(?:(?:có|chịu) trách nhiệm|thực hiện|cần)?\s*:?$", "", whole.flat(at, item.end))
    if (
        not BODY_FIRST.match(whole.flowing, at, item.end)
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
