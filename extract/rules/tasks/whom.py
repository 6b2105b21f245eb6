"""Whom a task is asked of: the bodies that a sentence begins with, or that a heading above it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from extract.parts.item_marks import PLAIN
from extract.parts.items import Item
from extract.reading import Reading
from extract.rules.tasks.outline import Outline
from extract.rules.tasks.wording import ADDRESSING, BODY, BODY_FIRST, DOER, DOER_FIRST, NO_BODY, VERB
from extract.words.runs import split_list
from normalize.fold import fold
from normalize.letters import UPPER

# UBND huyện Kỳ Anh: a body, the kind of its unit, and its name
_PLACED = re.compile(rf"(?i:{BODY})(?:\s+(?:tinh|huyen|thanh pho|thi xa|xa|phuong))?(?:\s+[A-Z][\w'’]*)+(?=\s+[a-z])")
# UBND huyện Càng Long đóng cửa bãi rác: the kind of its unit tells where a name may end, `Sở Giao thông` has none
_PLACED_UNIT = re.compile(
    rf"(?i:{BODY})\s+(?:tinh|huyen|thanh\s+pho|thi\s+xa|xa|phuong)(?:\s+[A-Z][\w'’]*)+(?=\s+[a-z])"
)
# Riêng UBND huyện Phú Giáo cô lập · Hai là, UBND xã Quế Minh · Thời gian tới, Ủy ban nhân dân huyện
_APART = re.compile(
    r"[\s\"“]*(?:rieng\s+(?:doi voi\s+)?|voi\s+|(?:mot|hai|ba|bon|nam|sau)\s+la\s*[,:]\s*|thoi\s+gian\s+toi\s*,\s*)"
)
_TOPIC = re.compile(r"[\s\"“]*[^:;.,()]{2,60}:\s+")
# Xã An Đức chưa đủ điều kiện · Hội đồng nhất trí: what is said of a body, not what it is asked; with its marks
_NO_NAME = re.compile(r"(?<!\w)(?:chưa|đủ|đã|đạt|không|nhất trí|cam kết|trước ngày)(?!\w)")
# các chi bộ sinh hoạt chuyên đề trong quý II-2013: it holds a verb that no list has
_TIMED = re.compile(r"trong (?:quý|tháng|năm)|(?:trước|từ) ngày|\d/\d")
_NAMES_DOER = re.compile(r"[^;:]{2,40}|[^,;:]{2,70}")
_ALIKE = re.compile(r"\W*(?:[Bb](?:ắn|án|àn|ạn|ão)|[Đđ]oạn|[Hh]ỏi)(?!\w)")  # Bắn pháo hiệu: no Ban
# Hội đồng đề nghị UBND huyện Phú Tân chỉ đạo
_ASKER = re.compile(rf"(?<!\w)(?:kinh\s+)?(?:de nghi|yeu cau)\s+(?={NO_BODY}{BODY}(?!\w))")
# Sở Nông nghiệp và PTNT đề nghị UBND huyện Hải Hậu: · not Tuyên giáo, not giao ban
_ASKED = re.compile(
    rf"(?<!\w)(?<!tuyen )(?:de nghi|yeu cau|giao(?!\s+ban\b)|kien nghi|phan cong)\s+(?={NO_BODY}{DOER}(?!\w))"
)
# Đối với UBND huyện Bắc Sơn có trách nhiệm:
_TAIL = re.compile(r"\s*(?:(?:có|chịu) trách nhiệm|thực hiện|cần)?\s*:?$")
# Yêu cầu đối với xã Liêm Cần (hoàn thành trước ngày 30/10/2014)
_DATED = re.compile(r"\s*\([^()]*\d{4}\)\s*:?$")
# UBND xã Minh Ngọc làm xong 02 bể chứa: a verb that no list has; not `UBND xã Minh Ngọc đạt`
_PLACED_DOING = re.compile(rf"{_PLACED_UNIT.pattern}(?!\s+(?:va|cung|da|dat|chua|co|duoc|la|con|khong|voi|de)\b)")
_JOINS = re.compile(r"\s+(?:va|cung|phoi\s+hop)\b")
_OTHER_KIND = re.compile(r"(?:thành phố|thị xã|thị trấn|quận|huyện|xã|phường)\s+\w")


def own_addressees(whole: Reading, start: int, end: int) -> tuple[list[str], int]:
    """The bodies that a sentence begins with, and where what they are to do begins.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["Riêng Người dự tuyển nộp hồ sơ"])
    >>> own_addressees(Reading(text, (1.0,) * len(text.words)), 0, 30)
    (['Người dự tuyển'], 21)
    """
    lead = ADDRESSING.match(whole.flowing, start, end) or _APART.match(whole.flowing, start, end)
    at = lead.end() if lead else _past_asker(whole, _past_topic(whole, start, end), end)
    body = BODY_FIRST.match(whole.flowing, at, end) is not None
    if not begins_with_doer(whole, at, end):
        return [], start
    colon = whole.string.find(":", at, end)
    verb = _first_verb(whole, at, end)
    stop = verb if verb is not None else end
    if 0 <= colon < stop and not _is_list_colon(whole, at, colon):
        stop = colon
    elif verb is None and not (body and (lead or _PLACED_DOING.match(whole.unmarked, at, end))):
        return [], start
    else:
        stop = _name_end(whole, at, stop, verb is None)
    told = colon + 1 if stop == colon else stop
    if not body and not _is_doer(whole.flat(at, stop), stop != colon or begins_with_verb(whole, told, end)):
        return [], start
    return split_bodies(whole.flat(at, stop)), told


def _is_doer(name: str, verb_follows: bool) -> bool:
    """Is it whoever is asked, and no unit that is told of: `Xã An Đức chưa đủ điều kiện`, `Xã Tứ Xã: 18/19`?"""
    return verb_follows and _NO_NAME.search(name) is None and _NAMES_DOER.fullmatch(name) is not None


def _name_end(whole: Reading, start: int, stop: int, open_end: bool) -> int:
    """Where a body's name ends before `stop`, a verb or, with an open end, that of the sentence."""
    if open_end:  # Đề nghị UBND huyện Kỳ Anh cấp 300 tấn xi măng: a verb that no list has
        named = _PLACED.match(whole.unmarked, start, stop)
        stop = named.end() if named else stop
    placed = _PLACED_UNIT.match(whole.unmarked, start, stop)
    return placed.end() if placed and not _JOINS.match(whole.flowing, placed.end()) else stop


def begins_with_doer(whole: Reading, start: int, end: int) -> bool:
    """Does a sentence begin with whoever is to do something?"""
    return DOER_FIRST.match(whole.flowing, start, end) is not None and _ALIKE.match(whole.string, start, end) is None


def _past_asker(whole: Reading, start: int, end: int) -> int:
    """Where the body stands that another asks: `Hội đồng đề nghị UBND huyện Phú Tân chỉ đạo …`."""
    asked = _ASKER.search(whole.flowing, start, end) if BODY_FIRST.match(whole.flowing, start, end) else None
    between = whole.flowing[start : asked.start()] if asked else ""
    return asked.end() if asked and re.search(r"[.,;:]", between) is None and VERB.search(between) is None else start


def _first_verb(whole: Reading, start: int, end: int) -> int | None:
    """Where a body's name ends; its own words are capitals: `Sở Giao thông vận tải`, `Ban Quản lý dự án`."""
    found = (m.start() for m in VERB.finditer(whole.flowing, start, end))
    return next((at for at in found if whole.string[at].islower()), None)


def _past_topic(whole: Reading, start: int, end: int) -> int:
    """Where a sentence begins behind its topic: `Về đơn thư tồn đọng: Ủy ban Kiểm tra Huyện ủy giải quyết`."""
    topic = None if BODY_FIRST.match(whole.flowing, start, end) else _TOPIC.match(whole.flowing, start, end)
    body = topic is not None and BODY_FIRST.match(whole.flowing, topic.end(), end)
    return topic.end() if topic and body and _first_verb(whole, topic.end(), end) is not None else start


def holds_more(name: str) -> bool:
    """Does a body's name hold words of its task, as the verb behind it is in no list?

    >>> holds_more("các chi bộ sinh hoạt chuyên đề trong quý II-2013"), holds_more("Các chi bộ ấp")
    (True, False)
    """
    return _TIMED.search(name) is not None


def begins_with_verb(whole: Reading, start: int, end: int) -> bool:
    """Does a sentence begin with what is to be done, so that it names nobody: `Lập danh sách học sinh, gửi …`?"""
    at = next((k for k in range(start, end) if whole.string[k] not in ' \n,;:"“'), start)
    return VERB.match(whole.flowing, at, end) is not None


def _is_list_colon(whole: Reading, start: int, colon: int) -> bool:
    """`UBND các xã: Tiên Mỹ, …` lists names behind its colon, `UBND các xã: nhập lại số liệu` does not."""
    if whole.string[colon + 1 : colon + 4].lstrip()[:1].islower():
        return False
    return not begins_with_verb(whole, colon, len(whole.string)) and (
        re.search(r"cac\s+(?:xa|so|huyen|phong|ban|don vi)(?:,?\s*\w+){0,2}\s*$", whole.flowing[start:colon])
        is not None
    )


def inherited(outline: Outline, index: int) -> list[str]:
    """The bodies that the nearest heading above names."""
    items, whole, above = outline.items, outline.whole, outline.parents[index]
    closed = above is not None and whole.string[: items[above].end].rstrip().endswith((".", ";"))
    if closed and items[index].depth == PLAIN:
        return []  # a paragraph after a list does not belong to the list's last entry
    for at in outline.above(index):
        bodies = _of_heading(whole, items[at]) or own_addressees(whole, items[at].content, items[at].end)[0]
        if bodies:
            return bodies
    return []


def of_opener(outline: Outline, index: int) -> list[str]:
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
    text = _TAIL.sub("", _DATED.sub("", whole.flat(at, item.end)))
    if (
        not (DOER_FIRST if at > item.content else BODY_FIRST).match(whole.flowing, at, item.end)
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
        return list(_of_units(listed["head"], listed["type"], split_list(listed["names"])))
    shared = re.match(
        r"(UBND|Ủy ban nhân dân|Huyện ủy|HĐND)\s*,\s*((?:Ban|Mặt trận|UBND|HĐND).*?)(\s(?:huyện|tỉnh|xã)\s.+)$", text
    )
    if shared:
        return [shared[1] + shared[3], shared[2] + shared[3]]
    sectors = re.match(r"(?:[Cc]ác\s+)?(?P<kind>Sở|[Cc]ác sở)\s*:\s*(?P<names>.+)$", text)
    if sectors:
        names = re.split(r"\s*[;]\s*", sectors["names"])
        return [name if BODY_FIRST.match(fold(name)) else f"Sở {name}" for name in names]
    return [text] if text else []


def _of_units(head: str, kind: str, names: Sequence[str]) -> Iterator[str]:
    """Each name of a list with what stands before all of them; one of another kind, and another body, by itself.

    >>> list(_of_units("UBND", "huyện", ["Bắc Sơn", "thành phố Lạng Sơn", "Phòng Nội vụ"]))
    ['UBND huyện Bắc Sơn', 'UBND thành phố Lạng Sơn', 'Phòng Nội vụ']
    """
    for name in names:
        if _OTHER_KIND.match(name):
            yield f"{head} {name}"
        elif re.match(rf"[{UPPER}]", name):
            yield name if BODY_FIRST.match(fold(name)) else f"{head} {kind} {name}"
