"""The annex of a notice as items below its head."""

from __future__ import annotations

import re
from itertools import takewhile

from extract.parts.items import Item, find_items
from extract.reading import Reading

ANNEX = -1  # depth of an annex's head
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
