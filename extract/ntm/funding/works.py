"""What money is for, where its words name only the payer: a work, a criterion or a commune that leads the clause."""

from __future__ import annotations

import re

from extract.ntm.criteria.names import name_pattern
from extract.ntm.funding.payers import PAYER
from extract.ntm.survey import Survey
from normalize.fold import fold

# Trường Mầm non Hồng Quang: 7,4 tỷ đồng (ngân sách tỉnh 4 tỷ đồng, …): what is built for it; folded
WORK = re.compile(
    r"(?:truong|tram|nha|duong|lo|cau|cho|kenh|ho|san|cong\s+trinh|he\s+thong|tuyen|ngam|dap|cong|khu|xay\s+dung|"
    r"bai|muong|gieng|tru\s+so|cong\s+vien|thiet\s+che|nghia\s+trang)\s"
)
# Cho Trường Mầm non Việt Thành, ngân sách huyện … · Lộ ấp Ngọc An do ngân sách tỉnh … · Giao thông: ngân sách tỉnh …
_LEAD = re.compile(
    rf"\W*(?:(?:cho|doi voi)\s+(?P<to>[^,;:]{{4,80}}?)\s*,\s|(?P<by>[^,;:]{{4,80}}?)\s+do\s+(?={PAYER.pattern})|"
    rf"(?P<of>[^,;:]{{4,60}}?)\s*:\s+(?={PAYER.pattern}))"
)
_BY = re.compile(rf"(?P<work>.+?)\s+do\s+(?P<payer>{PAYER.pattern}.*)")
_PLACE = re.compile(r"(?:xa|thi tran|thon|xom|ban|ap|khom)\s+\w")
# 4,2 tỷ đồng cho Trường Tiểu học Vũ Hòa và 2,35 tỷ đồng cho …: behind the amount
_BEHIND = re.compile(
    r"\s+(?:để\s+xây\s+dựng|xây\s+dựng|đầu\s+tư|cho)\s+(?P<work>[^;,.()\d:]{4,80}?)"
    r"(?=\s*(?:[;,.(]|và\s+(?:[^\W\d]+\s+){0,3}\d|$|\n\s*[-+]))"
)


def is_work(name: str) -> bool:
    return WORK.match(f"{fold(name)} ") is not None and not PAYER.search(fold(name))


def work_behind(survey: Survey, start: int, stop: int) -> tuple[str, int] | None:
    """The work that an amount is for and where its name ends: `4,2 tỷ đồng cho Trường Tiểu học Vũ Hòa`."""
    found = _BEHIND.match(survey.whole.string, start, stop)
    name = " ".join(found["work"].split()) if found else ""
    return (name, found.end()) if found and is_work(name) else None


def without_work(label: str) -> str:
    """The payer alone: `Lộ giao thông ấp Ngọc An do ngân sách tỉnh` is the provincial budget's."""
    found = _BY.fullmatch(fold(label))
    return label[found.start("payer") :] if found and WORK.match(found["work"]) else label


def work_before(survey: Survey, item: int, at: int) -> str | None:
    """What the clause before an offset begins with, or its item with its one colon, if that is what money is for."""
    text, begins = survey.whole.flowing, survey.items[item].content
    clause = max(begins, *(text.rfind(stop, begins, at) + len(stop) for stop in ("; ", ". ", "sau: ")))
    for start in dict.fromkeys((clause, begins)):
        lead = _LEAD.match(text, start, min(len(text), at + 1))
        if lead and (start == clause or (lead["of"] and text.count(": ", begins, at) == 1)):
            name = survey.whole.flat(*lead.span(lead.lastgroup or 0)).strip(" .,:;-–+")
            return name if is_for(name) else None
    return None


def is_for(name: str) -> bool:
    """Does a name say what money is for, and no payer: `Nhà tập luyện đa năng`, `Giao thông`, `xã An Viễn`?"""
    key = fold(name)
    known = WORK.match(key) or _PLACE.match(key) or name_pattern().fullmatch(key)
    return known is not None and not PAYER.search(key)
