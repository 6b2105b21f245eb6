"""Where a notice lists who came to the inspection or meeting, and who did not: the stretches, not yet the bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from extract.ntm.attendance.absent import absent_of, heads_absent, parted
from extract.ntm.attendance.cues import absences, came_along, is_heading, lists_bodies, presences, unseen
from extract.ntm.attendance.marked import marked_lists, worded_lists
from extract.ntm.attendance.stretches import Stretch, body_words
from extract.ntm.survey import Survey
from extract.parts.clauses import sentence_end
from extract.parts.item_marks import PLAIN
from extract.parts.items import Item
from extract.reading import Reading, Span
from extract.words.phrases import find_phrases
from normalize.letters import SMALL, UPPER

# Tham dự buổi làm việc có đại diện lãnh đạo: … · Tham gia đoàn thẩm tra có: … · Thành phần tham dự gồm; folded
_LEADS_ON = re.compile(
    r"(?:(?!\b(?:ket\s+luan|y\s+kien|thong\s+nhat|nhat\s+tri|de\s+nghi|cho\s+rang|bieu\s+quyet)\b)[^.;:]){0,50}?(?P<led>\bco\b|\bgom\b|:)"
    r"(?:\s*(?:su\s+tham\s+gia\s+cua|mat|cac\s+dong\s+chi|dong\s+chi|dai\s+dien))?\s*:?\s*"
)
# đã kiểm tra hồ sơ và thực địa, có mặt Phòng Kinh tế huyện
_PRESENT = re.compile(r"\s*:?\s+(?=(?:so|phong|ubnd|lanh\s+dao|dai\s+dien|ban|hoi)\s)")
# Đoàn có sự tham gia của Ban Pháp chế
_SHARED = re.compile(r"\s+cua\s+")
_SHARE_IN = re.compile(r"(?<!,)\s(?:co|voi)\s+su\s+$")
# 1. Đoàn kiểm tra và các ngành: đại diện Sở … · 3. Cấp xã: UBND các xã …: whose list it is, not `Các Sở: …`
_GROUP = re.compile(
    r"(?!cac\s+(?:so|phong|ban|xa)\s*:)[^:;.]{3,60}:\s+"
    r"(?=(?:dai\s+dien|lanh\s+dao|so|phong|ubnd|uy\s+ban|thuong\s+truc|dang\s+uy|mat\s+tran|cong\s+an|chi\s+cuc)\b)"
)
# Đoàn thẩm tra do ông A, Phó Chủ tịch UBND huyện làm Trưởng đoàn, cùng đại diện các cơ quan: Phòng …
_TOGETHER = re.compile(r"(?:cung|va)\s+(?:co\s+)?(?:dai\s+dien|lanh\s+dao)\s+(?:cac\s+)?[a-z ,]{0,40}:\s*")
# cùng Sở Tài chính, Sở Xây dựng kiểm tra thực tế · đã cùng với các Sở: Y tế, …; UBND huyện kiểm tra tại 5 xã ·
# Ngày 16/11/2022 UBND huyện phối hợp với Phòng Nội vụ tổ chức kiểm tra · cùng các Sở: … đã đi thực tế 4 thôn; folded
_WITH = re.compile(
    r"(?:\bcung(?:\s+voi)?|\bngay\s+\d[^.;:]{3,120}?\bphoi\s+hop(?:\s+(?:voi|cung))?)\s+(?:dai\s+dien\s+|lanh\s+dao\s+)?"
    r"(?P<who>(?:cac\s+)?(?:so|phong|ban|hoi|chi\s+cuc|cong\s+an|uy\s+ban|van\s+phong|trung\s+tam)(?:\s|\s*:\s)"
    r"[^.:()]{3,240}?)"
    r"\s+(?:(?:da|tien\s+hanh|to\s+chuc)\s+)*(?:kiem\s+tra|tham\s+tra|tham\s+dinh|phuc\s+tra|khao\s+sat|ra\s+soat|danh\s+gia|lam\s+viec|"
    r"(?:di|xuong|ve|den|toi|len)\s+(?:thuc\s+(?:te|dia)|kiem\s+tra|tham\s+(?:tra|dinh)|khao\s+sat|lam\s+viec|xa|thon|tung|xem)|"
    r"di\s+(?!san|tich|dong|dan|cu)[a-z]+)"
    r"(?:\s|,|\.)"
)
# chúng tôi mời Phòng Kinh tế và Hạ tầng, Chi cục Thống kê huyện cùng phúc tra; folded
_ASKED_ALONG = re.compile(
    r"(?<!\w)moi\s+(?:dai\s+dien\s+|lanh\s+dao\s+)?(?P<who>(?:so|phong|ban|hoi|chi\s+cuc|cong\s+an|uy\s+ban|van\s+phong|trung\s+tam)"
    r"\s[^.:;()]{3,200}?)\s+cung\s+(?:di\s+)?(?:kiem\s+tra|tham\s+tra|tham\s+dinh|phuc\s+tra|khao\s+sat|ra\s+soat|danh\s+gia|lam\s+viec)"
)
# Cuộc họp ngày 03/9/2026 có Sở Xây dựng, Sở Y tế và Công an thành phố tham dự; folded
_CAME = re.compile(
    r"(?<!\w)co\s+(?P<who>(?:so|phong|ban|hoi|chi\s+cuc|cong\s+an|uy\s+ban|ubnd|van\s+phong|trung\s+tam|dai\s+dien|lanh\s+dao)"
    r"\s[^.:;()]{3,240}?)\s+(?:cung\s+)?(?:tham\s+du|du\s+hop|tham\s+gia\s+(?:doan|hop|kiem|tham))(?!\w)"
)
# - Sở Nội vụ: ông Nguyễn Văn A, Phó Giám đốc
_PERSON = re.compile(r"(?:\s*[:,(–-]\s*|\s)(?:có\s+)?(?:đồng chí|đ/c|ông|bà|Ông|Bà|Đồng chí)\s")
_NOT_THERE = re.compile(r"\s*(?:vang\b|(?:doan\s+)?(?:[a-z]+\s+){0,3}du\s+kien\b)")
# 4. Chủ trì: ông Trương Quang Bửu, Chủ tịch Hội đồng: the organiser; folded
_PRESIDES = re.compile(
    r"\W*(?:chu\s+(?:tri|toa)|thu\s+ky|nguoi\s+ghi|dieu\s+hanh)\b[^:.;]{0,30}:\s*(?:ong|ba|dong\s+chi|d/c)\b(?!.*\bdai\s+dien\b)",
    re.DOTALL,
)
_NAMED_FIRST = re.compile(r"\s*(?:Ông|Bà|Đồng chí|Đ/c)\s")
_ACTING = re.compile(rf"(?<!\w)đại diện\s+(?=[{UPPER}])")  # Bà B, chuyên viên, đại diện Phòng Tài chính - Kế hoạch
_REASON = re.compile(rf":\s+(?={SMALL})")
# Không có mặt: … · hồ sơ đủ thành phần, gồm: …; not THÀNH PHẦN THAM DỰ above `Tham dự có …`
_UNLED = re.compile(r"(?<!\w)(?:khong|(?<!\btham )(?<!\bnguoi )du) $")
_LEADING = 30  # letters within which an item's first words say `Các đơn vị vắng mặt`
_OPENING = 1500  # letters of the report in which it tells who came


def find_lists(survey: Survey) -> Iterator[Stretch]:
    """The stretches with names; where a legend tells what marks beside them mean, they alone decide about those."""
    marked = (*marked_lists(survey), *worded_lists(survey))
    yield from marked
    yield from (part for part in _told(survey) if not any(part.start < m.end and m.start < part.end for m in marked))


def _told(survey: Survey) -> Iterator[Stretch]:
    """The stretches from `Tham dự … có` to the end of its sentence, parts with `vắng mặt` apart."""
    for index, item in enumerate(survey.items):
        if index in survey.asking:
            continue
        at, read = item.content, list[Span]()
        far = item.start > survey.report_start + _OPENING
        if not far and (headed := _headed(survey, index)) is not None:
            yield from headed
            continue
        for cue in presences(survey.whole, item):
            if far and cue[0] > item.content:  # far from the opening only `Dự các buổi làm việc có …`
                break
            lead = _lead(survey.whole, cue, item.end) if cue[0] >= at else None
            if _is_headed(survey, index) and not survey.whole.flowing[cue[1] : item.end].strip(" .:"):
                yield from _below(survey, index)
            elif lead is not None:
                at = _end_of_list(survey.whole, lead, item.end)
                read.append((cue[0], at))
                yield from _opened(survey, index, lead, at)
        yield from _joining(survey, item)
        yield from (Stretch(*span, False) for span in came_along(survey.whole, item))
        yield from (Stretch(*span, True) for span in unseen(survey.whole, item))
        for cue in absences(survey.whole, item.content, item.end):
            if any(start <= cue[0] < end for start, end in read) or (far and not read):
                continue
            yield absent_of(survey.whole, item, cue)


def _headed(survey: Survey, index: int) -> list[Stretch] | None:
    """What stands below `1. Đoàn kiểm tra`, or, absent, below `2. Vắng mặt:`; None where an item heads neither."""
    if heads_absent(survey.whole, survey.items[index]):
        return [replace(part, end=_before_reason(survey, part), absent=True) for part in _bulleted(survey, index)]
    return list(_below(survey, index)) if _heads_bodies(survey, index) else None


def _before_reason(survey: Survey, part: Stretch) -> int:
    """`- Sở Y tế: cán bộ được cử đi chống dịch`: a body's name ends where its reason begins."""
    reason = _REASON.search(survey.whole.string, part.start, part.end)
    return reason.start() if reason else part.end


def _joining(survey: Survey, item: Item) -> Iterator[Stretch]:
    """Who inspects together with the office: `Sở đã chủ trì, cùng Sở Xây dựng, Sở Y tế kiểm tra tại 04 xã`."""
    ways = (way.finditer(survey.whole.flowing, item.content, item.end) for way in (_WITH, _ASKED_ALONG, _CAME))
    for found in chain.from_iterable(ways):
        if not find_phrases(survey.whole, "present", *found.span("who")):
            yield Stretch(found.start("who"), found.end("who"), False)


def _lead(whole: Reading, cue: Span, end: int) -> int | None:
    """Where the bodies begin that a cue leads to; None where it leads to none."""
    ways = [_LEADS_ON]
    if whole.flowing[slice(*cue)] == "co mat":  # đã kiểm tra thực địa, có mặt Phòng Kinh tế, …
        ways = [_PRESENT, _LEADS_ON]
    # Đoàn có sự tham gia của Ban Pháp chế, …; not `bảo đảm khách quan, có sự tham gia của Mặt trận và các đoàn thể`
    elif _SHARE_IN.search(whole.flowing, max(0, cue[0] - 12), cue[0]):
        ways = [_SHARED, _LEADS_ON]
    if _NOT_THERE.match(whole.flowing, cue[1], end):  # Thành phần vắng mặt: · Thành phần Đoàn dự kiến gồm
        return None
    if _UNLED.search(whole.flowing, max(0, cue[0] - 12), cue[0]):
        return None
    return next((at for way in ways if (at := _led(whole, way, cue[1], end)) is not None), None)


def _led(whole: Reading, way: re.Pattern[str], start: int, end: int) -> int | None:
    """Where a lead ends: at `có`, not at the `cơ` of `Làm việc với Đoàn tại cơ sở có Lãnh đạo UBND các xã`."""
    lead = way.match(whole.flowing, start, end)
    if lead and lead.groupdict().get("led") == "co" and whole.string[lead.start("led") + 1] == "ơ":
        return _led(whole, way, lead.end("led"), end)
    return lead.end() if lead else None


def _opened(survey: Survey, index: int, start: int, end: int) -> Iterator[Stretch]:
    """What a lead opens: the rest of its sentence, the paragraphs that go on with it, the bullets below a colon."""
    item = survey.items[index]
    yield from parted(survey.whole, start, end)
    if end < item.end:
        return
    yield from _going_on(survey, index)
    if survey.whole.string[item.content : item.end].rstrip().endswith(":"):
        yield from _bulleted(survey, index)


def _end_of_list(whole: Reading, at: int, end: int) -> int:
    """Where the sentence ends that lists bodies; on a scan a stop between two of them is a comma that lost its tail.

    `Phòng Nông nghiệp và PTNT. Phòng Nội vụ, UBND các xã: …`, not `… PTNT. Phòng Nội vụ không cử người tham gia`.
    """
    stop = sentence_end(whole, at, end)
    while stop < end and whole.text.is_read(stop - 1, stop):
        begins = stop + len(whole.string[stop:end]) - len(whole.string[stop:end].lstrip(". \n"))
        following = sentence_end(whole, begins, end)
        goes_on = lists_bodies(whole, begins, following) or whole.flowing.startswith(body_words()[1], begins)
        if not goes_on or absences(whole, begins, following):
            return stop
        stop = following
    return stop


def _going_on(survey: Survey, index: int) -> Iterator[Stretch]:
    """The rest of a list that a line's end cut into paragraphs: `…: Ủy ban MTTQ huyện;` / `Hội Nông dân huyện; …`."""
    whole, items = survey.whole, survey.items
    while index + 1 < len(items) and whole.string[items[index].content : items[index].end].rstrip()[-1:] in (";", ","):
        index += 1
        item = items[index]
        if item.depth != PLAIN or presences(whole, item):
            return
        stop = sentence_end(whole, item.content, item.end)
        yield from parted(whole, item.content, stop)
        if stop < item.end:
            return


def _is_headed(survey: Survey, index: int) -> bool:
    """Is an item nothing but a heading: `I. THÀNH PHẦN THAM DỰ`?"""
    item = survey.items[index]
    return item.depth <= 1 and not survey.whole.string[item.content : item.end].rstrip().endswith((":", "."))


def _below(survey: Survey, index: int) -> Iterator[Stretch]:
    """What stands below a heading: lists in a line, `Đại diện các đơn vị: Phòng Kinh tế, Công an huyện`, or bullets."""
    whole = survey.whole
    for child, parent in enumerate(survey.parents):
        item = survey.items[child]
        if parent != index or heads_absent(whole, item) or _PRESIDES.match(whole.flowing, item.content, item.end):
            continue
        if _grouped(survey, child):  # 2. Huyện Thăng Bình / - Lãnh đạo UBND huyện;
            yield from _below(survey, child)
            continue
        together = _TOGETHER.search(whole.flowing, item.content, item.end)
        if together:
            yield from parted(whole, together.end(), sentence_end(whole, together.end(), item.end))
        missing = absences(whole, item.content, item.end)
        if together or presences(whole, item) or (missing and missing[0][0] < item.content + _LEADING):
            continue  # these are read by themselves
        stop = _end_of_list(whole, item.content, item.end)
        group = _GROUP.match(whole.flowing, item.content, stop)
        yield from parted(whole, group.end() if group else item.content, stop)


def _heads_bodies(survey: Survey, index: int) -> bool:
    """Is an item a heading such as `1. Đoàn kiểm tra` over bullets that name bodies and no more?"""
    whole = survey.whole
    if survey.items[index].depth == PLAIN or not is_heading(whole, survey.items[index]):
        return False
    below = [survey.items[i] for i, parent in enumerate(survey.parents) if parent == index]
    listed = [lists_bodies(whole, i.content, i.end) for i in below if not absences(whole, i.content, i.end)]
    return bool(listed) and all(listed)


def _grouped(survey: Survey, index: int) -> bool:
    """Does a line name no more than whose bullets stand below it?"""
    item = survey.items[index]
    below = any(parent == index and survey.items[i].depth != PLAIN for i, parent in enumerate(survey.parents))
    return below and not survey.whole.string[item.content : item.end].rstrip().endswith((".", ";", ","))


def _bulleted(survey: Survey, index: int) -> Iterator[Stretch]:
    """One body a bullet, named before its colon: `- Sở Nội vụ: ông Nguyễn Văn A, Phó Giám đốc;`."""
    whole = survey.whole
    children = [i for i, parent in enumerate(survey.parents) if parent == index and survey.items[i].depth != PLAIN]
    for child in children or _following(survey, index):
        item = survey.items[child]
        stop = sentence_end(whole, item.content, item.end)
        group = _GROUP.match(whole.flowing, item.content, stop)
        start = group.end() if group else item.content
        if _NAMED_FIRST.match(whole.string, start, stop) and (acting := _ACTING.search(whole.string, start, stop)):
            start = acting.end()
        person = _PERSON.search(whole.string, start, stop)
        yield from parted(whole, start, person.start() if person else stop)


def _following(survey: Survey, index: int) -> Iterator[int]:
    """The numbered lines right below a paragraph that ends in a colon: `Thành phần:` / `1) Văn phòng UBND tỉnh;`."""
    depth = survey.items[index + 1].depth if index + 1 < len(survey.items) else PLAIN
    for child in range(index + 1, len(survey.items)):
        if depth == PLAIN or survey.items[child].depth != depth:
            return
        yield child
