"""Lists that mark each body as present or absent, by a legend: `(dấu + có đến, dấu - không đến)` / `(+) Sở Y tế`, or
by a word at its line's end: `Sở Y tế ........ vắng`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from extract.ntm.attendance.cues import lists_bodies
from extract.ntm.attendance.stretches import Stretch
from extract.ntm.survey import Survey
from extract.parts.items import Item
from extract.reading import Reading
from normalize.letters import UPPER

_CAME = r"(?:co\s+(?:mat|den|du|tham\s+(?:du|gia))|(?:tham|den)\s+du|du\s+hop)"
_NOT = r"(?:vang(?:\s+mat)?|khong\s+(?:co\s+mat|den|du|tham\s+(?:du|gia)))"
_SIGN = r"[+\-–*]|[a-z]{1,2}\b|\d(?!\d)"
# dấu + có đến, dấu - không đến · (x): có mặt; (o): vắng · V là vắng, C là có mặt; folded
_SAID = re.compile(
    rf"(?<!\w)(?:(?:dau|ky\s+hieu|chu)\s+)?[(\[“\"']?(?P<mark>{_SIGN})[)\]”\"']?\s*(?:[:=]|\bla\b)?\s*"
    rf"(?P<what>{_CAME}|(?P<not>{_NOT}))(?!\w)"
)
_BETWEEN = re.compile(r"\s*[,;.]?\s*(?:(?:con|va)\s+)?\Z")  # what parts the two halves of a legend
_MARK = re.compile(r"[(\[]\s*([^\W_]{1,2}|[+\-–*])\s*[)\]]")

# Sở Xây dựng .................. có · Sở Y tế: vắng mặt; folded
_WORDED = re.compile(
    rf"[\W\d]*(?P<who>[a-z][^.…:;\n]{{5,90}}?)\s*(?:[.…]{{3,}}\s*(?P<bare>co|khong)?|:\s*)"
    rf"(?(bare)|(?P<what>{_CAME}|(?P<not>{_NOT})))\W*"
)
FEWEST_LINES = 2  # lines that make a list


@dataclass(frozen=True, slots=True)
class Legend:
    """Which marks say that a body came and which that it did not; [start, end) is where that is told."""

    start: int
    end: int
    absent: Mapping[str, bool]


def find_legend(whole: Reading, item: Item) -> Legend | None:
    """The legend of an item: two marks side by side, one for who came and one for who did not."""
    said = list(_SAID.finditer(whole.flowing, item.content, item.end))
    for first, second in pairwise(said):
        marks = {one["mark"]: one["not"] is not None for one in (first, second)}
        beside = _BETWEEN.match(whole.flowing, first.end(), second.start())
        if beside and len(marks) == 2 and len(set(marks.values())) == 2:
            return Legend(first.start(), second.end(), marks)
    return None


def marked_lists(survey: Survey) -> Iterator[Stretch]:
    """The bodies that carry a mark of the notice's legend, each a stretch: `(-) Sở Tư pháp`, `- Sở Tư pháp (v)`."""
    legend = next((found for item in survey.items if (found := find_legend(survey.whole, item))), None)
    if legend is None:
        return
    for item in survey.items:
        marks = [m for m in _MARK.finditer(survey.whole.folded, item.start, item.end) if _speaks(legend, m)]
        for k, mark in enumerate(marks):
            following = marks[k + 1].start() if k + 1 < len(marks) else item.end
            before = marks[k - 1].end() if k else item.content
            span = _behind(survey.whole, mark.end(), following) or _ahead(survey.whole, before, mark.start())
            if span:
                yield Stretch(*span, legend.absent[mark[1]])


def worded_lists(survey: Survey) -> list[Stretch]:
    """The bodies of lines that end in whether they came; none of a line that stands alone."""
    whole = survey.whole
    found = [
        Stretch(*line.span("who"), line["not"] is not None or line["bare"] == "khong")
        for at in whole.text.lines
        if survey.reports(at.start) and (line := _WORDED.fullmatch(whole.flowing, at.start, at.end))
        if lists_bodies(whole, *line.span("who"))
    ]
    return found if len(found) >= FEWEST_LINES else []


def _speaks(legend: Legend, mark: re.Match[str]) -> bool:
    return mark[1] in legend.absent and not legend.start <= mark.start() < legend.end


def _behind(whole: Reading, start: int, end: int) -> tuple[int, int] | None:
    """The body behind a mark; it ends where the next line begins with a capital."""
    ended = re.compile(rf"[.;]?\s*\n\s*(?=[{UPPER}\d])").search(whole.string, start, end)
    stop = ended.start() if ended else end
    return (start, stop) if lists_bodies(whole, start, stop) else None


def _ahead(whole: Reading, start: int, end: int) -> tuple[int, int] | None:
    """The body that a mark stands behind: `- Sở Tư pháp (v)`, `Sở Nội vụ (c), Sở Tư pháp (v)`."""
    led = re.compile(r".*(?:[:;]|\.\s)", re.DOTALL).match(whole.string, start, end)  # … Gồm: Sở Nội vụ (x)
    start = led.end() if led else start
    start = end - len(whole.string[start:end].lstrip(" \n,;.:"))
    return (start, end) if lists_bodies(whole, start, end) else None
