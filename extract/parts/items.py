"""Items of a body: headings, bullets, paragraphs, each with its depth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extract.parts.item_marks import PLAIN, SHORT, is_page_number, marker_of
from extract.reading import Reading
from normalize.letters import SMALL, UPPER
from normalize.text import TextLine

LED = 7  # of a paragraph that the colon of a bullet leads to
STARRED = 8  # of a dot above dashes, between a paragraph and a dash
DOT, DASHES = 6, (4, 5)
HEADING = 0.6  # share of the usual width that a heading of one line fills at most
LONGEST_HEADING = 50  # letters of a heading that lost its number
_ONE = re.compile(r"\s*1\s*[.)]")
_ROMAN = re.compile(r"\s*(?:(?P<one>I)|(?P<two>II|[1lI|][ỊÍ]|H))\s*[.)/]")
_POINTLESS = re.compile(rf"\s*[LIl|1]\s+(?=[{UPPER}]{SMALL})")  # L Xã đăng ký nông thôn mới kiểu mẫu


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
    lines = [line for line in whole.text.lines if start <= line.start < end and not is_page_number(whole, line)]
    return _led(whole, _starred(whole, _with_romans(whole, tuple(_joined(whole, lines)))))


def _with_romans(whole: Reading, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with a heading whose I was misread or lost: `1. Có mặt` above `1. Ông …`, `Người dự` above `1. Phòng …`
    where II. goes on."""
    ones = [item.depth == 1 and _ONE.match(whole.string, item.start) is not None for item in items]
    ranks = [_rank(whole, item) for item in items]
    lost = ranks.index("II") if "II" in ranks and "I" not in ranks else 0  # before which the first heading stands
    found = list(items)
    for k, item in enumerate(items[:-1]):
        if any(ranks) and ones[k] and ones[k + 1]:
            found[k] = replace(item, depth=0)
        elif k < lost and item.depth == PLAIN and _is_short_heading(whole, item):
            bare = _POINTLESS.match(whole.string, item.start)
            if ones[k + 1] or bare:
                found[k], lost = replace(item, content=bare.end() if bare else item.content, depth=0), 0
    return tuple(found)


def _rank(whole: Reading, item: Item) -> str:
    """`I` or `II` where it numbers a heading."""
    mark = _ROMAN.match(whole.string, item.start) if item.depth == 0 else None
    return "" if mark is None else "I" if mark["one"] else "II"


def _is_short_heading(whole: Reading, item: Item) -> bool:
    text = whole.string[item.start : item.end].rstrip()
    return len(text) <= LONGEST_HEADING and "\n" not in text and text[-1:].isalpha()


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
        depth, content = marker_of(whole, line, lines[k - 1] if k else None, width)
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
