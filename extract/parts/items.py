"""Items of a body: headings, bullets, paragraphs, each with its depth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from extract.reading import Reading
from normalize.letters import UPPER
from normalize.text import TextLine

PLAIN = 9  # depth of a paragraph without a marker
LED = 7  # of a paragraph that the colon of a bullet leads to
STARRED = 8  # of a dot above dashes, between a paragraph and a dash
DOT, DASHES = 6, (4, 5)
ANNEX = -1  # of an annex's head
HEADING = 0.6  # share of the usual width that a heading of one line fills at most
SHORT = 0.75  # share of the usual width; a line this short was not broken by the margin

# Phần thứ nhất, not Phần lớn ý kiến
_NTH = r"(?:(?:thứ\s+|THỨ\s+)?(?:[IVXivx]{1,5}|\d{1,2}|(?i:nhất|một|hai|ba|bốn|tư|năm|sáu))(?!\w))"
# II. KẾT QUẢ · Điều 1. Công nhận · 1. Kết quả · 3.1. Xã phấn đấu · a) Số tiêu chí · (i) Tiêu chí 8 ·
# - Đã đạt · + Vốn sự nghiệp
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"\s*(?:(?:Điều|ĐIỀU)\s+\d+\s*[.:]|(?:Phần|PHẦN)\s+{_NTH}\s*[.:]?)\s*")),
    (0, re.compile(r"\s*(?:[IVX]{1,5}|[A-D])\s*(?:[.)]\s*|/\s+|\s-\s|(?<=[IVX])-\s)(?=[^\W\d_])")),
    (
        0,
        re.compile(rf"\s*[IVXHLT1l|i]{{1,5}}\s*[.,:]\s*(?=[{UPPER}]+[ ,][{UPPER}]{{2,}})"),
    ),  # HI. NHIỆM VỤ, I1. KẾT QUẢ
    (0, re.compile(rf"\s*L\.\s+(?=[{UPPER}])")),  # L. Đánh giá chung: I. misread
    (0, re.compile(rf"\s*(?=[l1|]*[IVXH])[IVXHMl1|]{{2,5}}\s*\.\s+(?=[{UPPER}])")),  # IH. Đối với, Il. Xã
    (2, re.compile(rf"\s*\d{{1,2}}\.\s?\d{{1,2}}(?:\.\d{{1,2}})?\s*[.):/-]?\s+(?=[{UPPER}\"“])")),
    (1, re.compile(rf"\s*\d{{1,2}}\s*(?:[.)]\s*|/\s+|(?<=\d)-\s+)(?=[{UPPER}\"“])")),
    (1, re.compile(rf"\s*\d{{1,2}}\s+(?=(?:Xã|Thị trấn|Phường)\s+[{UPPER}])")),  # 1 Xã Ka Đô; its point lost
    (3, re.compile(r"\s*(?:[a-zđ](?:\s*[.)]|-)|\((?:[a-zđ]|[ivx]{1,4}|\d{1,2})\))\s+")),
    (4, re.compile(r"\s*[-–—~]{1,3}\s*(?=\w|[\"“(])")),
    (5, re.compile(r"\s*\+\s*(?=\w|[\"“(])")),
    (6, re.compile(r"\s*[*•●○▪■]\s*(?=\w|[\"“(])")),
    (6, re.compile(rf"\s*[seo°¢©®]\s+(?=[{UPPER}])")),  # s Về xã Tô Múa: a dot that was read as a letter
)
_TABLE = re.compile(r"\s*(?:STT|TT|Số TT)[\s|]+(?=\w)")  # STT Tên xã Số tiêu chí đạt: the head of a table
_CRITERION = re.compile(r"\s*(?:(?:Từ|Các)\s+t|T)iêu chí (?:từ )?(?:số )?\d")  # one a line: Tiêu chí số 3: 82% …
# one a line: Xã Hậu Mỹ      : 18/19 - thiếu 1: tiêu chí 17
_OF_UNIT = re.compile(rf"\s*(?:Xã|Thị trấn|Phường|Huyện|Thị xã)\s+[{UPPER}][^:;,.()\d]{{1,30}}:\s")
# TC5 Trường học: Trường Mầm non thiếu bếp một chiều. KHÔNG ĐẠT
_CRITERION_HEAD = re.compile(rf"\s*TC\s?\d{{1,2}}[\s.:–-]+[{UPPER}][^\W\d_][^:;.]{{2,80}}[:.](?=\s)")
_VERDICT_ENDS = re.compile(  # Tiêu chí 2. Giao thông: Đạt
    r"(?:\.|(?:[.:–-]|[Cc]hưa|[Kk]hông|CHƯA|KHÔNG)\s*(?:[ĐđD]ạt|ĐẠT);?)$"
)
_FOLLOWS = re.compile(r"(?:như sau|sau đây)\s*:$")  # … thông báo như sau: / Tại Quyết định số …


@dataclass(frozen=True, slots=True)
class Item:
    """Characters [start, end) of the whole text; `content` is where the words after the marker begin.

    `depth`: 0 for `II.` and `Điều`, 1 for `1.`, 2 for `1.1.`, 3 for `a)`, 4, 5, 6 for dash, plus and dot, `PLAIN`,
    `LED`, `STARRED`.
    """

    start: int
    content: int
    end: int
    depth: int


def find_items(whole: Reading, start: int, end: int) -> tuple[Item, ...]:
    """Cut [start, end) into items.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["II. KẾT QUẢ", "1. Xã Bàn Đạt", "a) Đạt 17/19 tiêu", "chí."])
    >>> [(i.depth, text.string[i.content : i.end]) for i in find_items(Reading(text, (1.0,) * 9), 0, 49)]
    [(0, 'KẾT QUẢ'), (1, 'Xã Bàn Đạt'), (3, 'Đạt 17/19 tiêu\\nchí.')]
    """
    lines = [line for line in whole.text.lines if start <= line.start < end and not _is_page_number(whole, line)]
    return _led(whole, _starred(whole, tuple(_joined(whole, lines))))


def _starred(whole: Reading, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, dots as heads of dashes where they lead them: `* Nguồn vốn lồng ghép:` above `- Chương trình …`."""
    lists = [tuple(run) for _, run in groupby(items, key=lambda item: item.depth in (DOT, *DASHES))]
    return tuple(
        replace(item, depth=STARRED) if item.depth == DOT and leads else item
        for run in lists
        for leads in (_dots_lead(whole, run),)
        for item in run
    )


def _dots_lead(whole: Reading, run: Sequence[Item]) -> bool:
    """Does a list begin with a dot, or a dot's colon lead to dashes, and no dash's to dots?"""
    opened = [pair for pair in pairwise(run) if _leads_in(whole, pair[0])]
    leads = run[0].depth == DOT or any(one.depth == DOT and following.depth in DASHES for one, following in opened)
    return leads and not any(one.depth in DASHES and following.depth == DOT for one, following in opened)


def _led(whole: Reading, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, with the paragraphs that a bullet's colon leads to: `+ Tiêu chí đang làm dở:` / `Tiêu chí số 2 …`.

    Only where nothing but paragraphs stands between the bullet and the next one of its kind, or a higher heading.
    """
    found = list(items)
    for first, last in _paragraphs(items):
        opener, following = items[first - 1] if first else None, items[last].depth if last < len(items) else 0
        if opener is None or opener.depth not in (DOT, *DASHES) or not (following <= 3 or following == opener.depth):
            continue
        if _leads_in(whole, opener) and not any(_leads_in(whole, item) for item in items[first:last]):
            found[first:last] = [replace(item, depth=LED) for item in items[first:last]]
    return tuple(found)


def _paragraphs(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Where paragraphs follow each other, as half-open ranges of indices."""
    at = 0
    for plain, run in groupby(items, key=lambda item: item.depth == PLAIN):
        last = at + len(list(run))
        if plain:
            yield at, last
        at = last


def _leads_in(whole: Reading, item: Item) -> bool:
    return whole.string[item.start : item.end].rstrip().endswith(":")


def _joined(whole: Reading, lines: Sequence[TextLine]) -> Iterator[Item]:
    open_item: Item | None = None
    width = sorted(line.end - line.start for line in lines)[len(lines) * 9 // 10] if lines else 0
    for k, line in enumerate(lines):
        depth, content = _marker(whole, line, lines[k - 1] if k else None, width)
        if depth is None and open_item is not None and _below_heading(whole, open_item, lines[k - 1], line, width):
            depth = PLAIN
        if open_item is not None and depth is None:
            open_item = Item(open_item.start, open_item.content, line.end, open_item.depth)
            continue
        if open_item is not None:
            yield open_item
        open_item = Item(line.start, content, line.end, PLAIN if depth is None else depth)
    if open_item is not None:
        yield open_item


# 3. Tiêu chí Thủy lợi và phòng, chống thiên tai: a heading, however long, and figures may stand below it
_OF_CRITERION = re.compile(r"\W*\d{1,2}\W+(?:ve\s+)?tieu\s+chi\s+(?!(?:da|chua|khong|con|dat)\b)[^.;:()\d]{3,80}$")
_OPEN = re.compile(r"(?:[.,;:]|\b(?:cua|va|cac|tai|theo|so|ngay|xa|huyen|tinh|ve|voi|cho))\s*$")


def _below_heading(whole: Reading, item: Item, last: TextLine, line: TextLine, width: int) -> bool:
    """Does a paragraph begin below the one short line of a heading: `4. Vốn thực hiện` / `Vốn ngân sách: 2.150`?"""
    alone = item.depth <= 1 and item.start == last.start and item.content > item.start
    text = whole.flowing[last.start : last.end]
    following = whole.string[line.start : line.end].lstrip(' "“(')[:1]
    if _OF_CRITERION.match(text) and last.end - last.start < SHORT * width:
        return alone and (following.isupper() or following.isdigit())
    short = last.end - last.start < HEADING * width and _OPEN.search(text) is None
    return alone and short and following.isupper()


def _marker(whole: Reading, line: TextLine, before: TextLine | None, width: int) -> tuple[int | None, int]:
    """The depth of the item that a line begins and where its words begin; no depth where it goes on.

    `width`: how long lines are that the margin breaks, in letters.
    """
    text = whole.string[line.start : line.end]
    last = whole.string[before.start : before.end].rstrip() if before else "."
    for depth, pattern in _MARKERS:
        found = pattern.match(text)
        broken = len(last) >= SHORT * width
        if found and depth == 1 and (_counts_on(last, found[0]) or _AWAITS.search(last)):
            continue
        if found and found[0].lstrip().startswith("(") and _INNER_MARK.search(last):
            continue
        if found and not (depth >= 2 and _goes_on(last, text[found.end() :], depth, broken)):
            return depth, line.start + found.end()
    if _opens_row(text, last, before is None, len(last) < SHORT * width):
        return PLAIN, line.start
    new_block = before is not None and (line.block != before.block or line.page != before.page)
    if before is None or _is_capitals(last) != _is_capitals(text):
        return PLAIN, line.start
    ended = last.endswith((".", ";", ":", ")")) or len(last) < SHORT * width
    if _TABLE.match(text) or (ended and text.rstrip().endswith(":") and text[:1].isupper()):
        return PLAIN, line.start
    short = len(last) < SHORT * width and not last.endswith(",")
    closed = (last.endswith((".", ":", ";", "!", "”")) or short) if new_block else (last.endswith((".", ":")) and short)
    closed = closed or _FOLLOWS.search(last) is not None
    if closed and (text.lstrip(' "“(')[:1].isupper() or _is_capitals(text)):
        return PLAIN, line.start
    return None, line.start


def _opens_row(text: str, last: str, first: bool, short: bool) -> bool:
    """Does a line begin with a criterion or a commune that it is about, below one that ends so?"""
    verdict = _VERDICT_ENDS.search(last) is not None
    criterion = (not first and verdict and _CRITERION.match(text)) or (
        (verdict or short) and _CRITERION_HEAD.match(text)
    )
    return bool(criterion or (_OF_UNIT.match(text) and (short or last.endswith((".", ";", ":")))))


def _is_page_number(whole: Reading, line: TextLine) -> bool:
    """Nothing, or a number alone: a dump keeps the numbers of pages."""
    text = whole.string[line.start : line.end].strip(" -–")
    return not text or (text.isdigit() and len(text) <= 2)


_HYPHENED = re.compile(r"(?:Lao động|Tài chính|Kinh tế|Văn hóa|Giáo dục|Gia đình)$")
_HYPHENED_ON = re.compile(r"(?:Thương binh|Kế hoạch|Kỹ thuật|Thông tin|Xã hội|Hạ tầng)(?!\w)")
_DASHED = re.compile(r"[,;:(]\s[^;,.:()\d]{2,20}\s[-–]\s[^;,.:()\d]{2,20}$")
_INNER_DASH = re.compile(r"[^\W\d_][^;,.:]{1,30}(?:\s[-–]\s|;)")


def _goes_on(last: str, rest: str, depth: int, long: bool = False) -> bool:
    """Is a mark at a line's start part of the sentence above: `số 1` / `- Quy hoạch`, `kinh tế` / `- xã hội`?

    `long`: the line above was broken by the margin.
    """
    if last.endswith((".", ";", ":", ")", "/.", "”", "…")) or _is_capitals(last):
        return False
    if depth == 2:
        return False
    if depth == 4 and _HYPHENED.search(last) and _HYPHENED_ON.match(rest):  # Lao động / - Thương binh và Xã hội
        return True
    # Y tế / - Văn hóa - Giáo dục; Sản xuất · Y tế - Văn hóa / - Giáo dục, Môi trường
    if long and depth == 4 and (_INNER_DASH.match(rest) or _DASHED.search(last)):
        return True
    number = re.search(r"(?<!\d)\d{1,2}$", last)  # a criterion's, not a year that ends a heading
    return number is not None or rest[:1].islower() or rest[:1].isdigit() or last.endswith((",", "(", "-"))


# …, từ số 14 đến số 17 và số / 19. Ba tiêu chí chưa đạt là …
_AWAITS = re.compile(r"(?<!\w)(?:số|tiêu chí|TC|khoản|ngày|tháng|năm|đến|từ|và)$|\d,$")
_INNER_MARK = re.compile(r"[^\W\d_]\S*\s+\((?:[a-zđ]|[ivx]{1,4}|\d{1,2})\)\s")  # …: (2) Hạ tầng; / (8) Môi trường
_COUNTED = re.compile(r"[;:,]\s*(\d{1,2})[.)]\s")


def _counts_on(last: str, mark: str) -> bool:
    """Does a number at a line's start go on with those inside the line above: `…; 14. Giáo dục;` / `15. Y tế; 16.`?"""
    before, own = _COUNTED.findall(last), re.search(r"\d+", mark)
    return bool(before) and own is not None and int(before[-1]) < int(own[0]) <= int(before[-1]) + 3


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return (
        len(letters) > 4
        and all(c.isupper() for c in letters)
        and not any(c.isdigit() for c in text.lstrip("0123456789. "))
    )


_HEADED = re.compile(r"\W*(?:phu\s+luc|bieu|danh\s+sach)\b")
_OF_WHOM = re.compile(r"\W*\(?\s*(?:ban\s+hanh\s+)?kem\s+theo\b")  # (Kèm theo Tờ trình số 214/TTr-UBND …)
HEAD_LINES = 8  # of an annex


def annex_items(whole: Reading, start: int) -> tuple[Item, ...]:
    """The items of a notice's annex; its head, `PHỤ LỤC … (Kèm theo Báo cáo số …)`, is one item above all others.

    None where the head neither begins as one nor tells what it belongs to: it may be another office's document.
    """
    lines = [line for line in whole.text.lines if line.start >= start]
    last = next((line for line in lines[:HEAD_LINES] if _OF_WHOM.match(whole.folded, line.start)), None)
    if last is None and lines and _HEADED.match(whole.folded, lines[0].start):
        capitals = takewhile(lambda line: whole.string[line.start : line.end].isupper(), lines[:HEAD_LINES])
        last = [lines[0], *capitals][-1]
    if last is None:
        return ()
    closed = re.compile(r"\W*\([^)]{0,300}\)").match(whole.string, last.start)
    end = next((line.end for line in lines if closed and line.start < closed.end() <= line.end), last.end)
    return (Item(lines[0].start, lines[0].start, end, ANNEX), *find_items(whole, end, len(whole.string)))
