"""A notice surveyed once for all rules of the programme: its items, its units, its part with tasks."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from extract.draft import DocumentDraft
from extract.ntm.units.backing import backed, told_apart
from extract.ntm.units.bare import find_bare
from extract.ntm.units.communes import find_communes
from extract.ntm.units.issuing import commune_of_notice
from extract.ntm.units.link import Mention, Whereabouts
from extract.ntm.units.mentions import find_mentions, seconded
from extract.ntm.units.unprinted import with_province
from extract.ntm.units.where import find_where
from extract.parts.ancestors import ancestors, find_parents
from extract.parts.annex import annex_items
from extract.parts.clauses import sentences
from extract.parts.item_marks import PLAIN
from extract.parts.items import Item, find_items
from extract.parts.zones import Zones
from extract.reading import Reading, Span
from extract.rules.tasks import task_items

# Căn cứ Luật …; not `Theo số liệu huyện gửi, xã An Phú đạt 14/19 tiêu chí`
_BASIS = re.compile(
    r"[\s\"“]*(?:can cu|thuc hien|xet|theo(?!\s+(?:so lieu|ket qua|tong hop|bao cao\s+(?!so)))|tren co so|thi hanh)\s"
)
# Theo Báo cáo số 176/BC-VPĐP …, tính đến ngày 10/10/2023, toàn tỉnh có 161 xã, bình quân đạt 17,9 tiêu chí/xã
_FIGURES = re.compile(
    r"[,.]\s+(?:tinh\s+)?den\s+(?:ngay|het|thang|nay|thoi diem)[^.;,]{0,40},?\s+(?:(?:toan|ca)\s+(?:tinh|huyen|thi xa|"
    r"thanh pho)|\d{1,3}\s+xa)\s[^.;]{0,60}\d"
)
# II. MỤC TIÊU NĂM 2022 · 2. Chỉ tiêu phấn đấu · Phương hướng, nhiệm vụ
_AIMS = re.compile(r"(?<!\w)(?:muc tieu|mong muon|chi tieu|phan dau|phuong huong|ke hoach nam|dinh huong)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:ket qua|tinh hinh|danh gia|thuc trang|so voi)(?!\w)")
_STATE = re.compile(r"\W*(?:(?:diem\s+)?xuat phat(?:\s+diem)?|hien trang|thuc trang)(?!\w)")  # 1. Xuất phát điểm
# …. Văn phòng Điều phối nông thôn mới tỉnh đề nghị UBND huyện Lục Yên:
_REQUEST = re.compile(r"(?<!\w)(?:de nghi|yeu cau|giao|kien nghi|phan cong|chi dao)\s[^.;]*:\s*$")


@dataclass(frozen=True, slots=True)
class Survey:
    """`parents[i]` is the index of the item above item i; `asking` the items with tasks; `communes` in order."""

    zones: Zones
    document: DocumentDraft
    items: tuple[Item, ...]
    parents: tuple[int | None, ...]
    asking: frozenset[int]
    where: Whereabouts
    communes: tuple[Mention, ...]
    titled: Mention | None  # the one commune that the trích yếu names, else the one whose office reports
    report_start: int  # offset at which the opening ends
    figures_start: int  # offset of the first paragraph that is no basis: figures may stand in the opening too

    @property
    def whole(self) -> Reading:
        return self.zones.whole

    def above(self, index: int) -> Iterator[Item]:
        """The items above an item, the nearest first."""
        return (self.items[parent] for parent in self.indices_above(index))

    def indices_above(self, index: int) -> Iterator[int]:
        """The indices of the items above an item, the nearest first."""
        return ancestors(self.parents, index)

    def closes_with(self, index: int, marks: str) -> bool:
        """Is the last sign of an item one of these?"""
        item = self.items[index]
        return self.whole.string[item.content : item.end].rstrip()[-1:] in tuple(marks)

    def reporting(self) -> list[Span]:
        """The items that report, without the opening and the tasks."""
        return [
            (item.content, item.end)
            for index, item in enumerate(self.items)
            if index not in self.asking and item.end > self.figures_start
        ]

    def reports(self, at: int) -> bool:
        """Does an offset lie where the notice reports: behind its opening and before its end, or in its annex?"""
        annexed = self.items[-1].start >= self.zones.annex_start if self.items else False
        return self.report_start <= at < self.zones.body_end or (annexed and at >= self.zones.annex_start)

    def communes_in(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self.communes, start, key=attrgetter("start"))
        return list(self.communes[first : bisect_left(self.communes, end, first, key=attrgetter("start"))])


def _figures_start(zones: Zones, items: Sequence[Item]) -> int:
    """Where the first paragraph begins that cites no basis, or tells figures behind it."""
    text = zones.whole.flowing
    telling = (i.start for i in items if not _BASIS.match(text, i.content) or _FIGURES.search(text, i.content, i.end))
    return next(telling, zones.body_start)


def make_survey(zones: Zones, document: DocumentDraft) -> Survey:
    """Survey a notice. The day of its units is its own, or 31 December of the last year it names."""
    whole, title = zones.whole, _title_spans(zones)
    where = _whereabouts(zones, document, title)
    body = _requests_apart(whole, find_items(whole, zones.body_start, zones.body_end))
    annex = annex_items(whole, zones.annex_start)
    items, parents = (*body, *annex), (*find_parents(body), *_behind(len(body), find_parents(annex)))
    asking = task_items(whole, body, find_parents(body))
    told = [(item.content, item.end) for k, item in enumerate(items) if k not in asking]
    stretches = [(zones.body_start, zones.body_end), *([(annex[0].start, annex[-1].end)] if annex else ())]
    named = [mention for span in title for mention in find_communes(whole, where, *span)]
    communes = find_mentions(whole, where, stretches, items, parents)
    bare = find_bare(whole, where, told, [*named, *communes])
    communes = seconded(sorted([*communes, *bare], key=attrgetter("start")))
    titled = commune_of_notice(whole, document, where, named, communes)
    first = _figures_start(zones, items)
    opened = zones.opening_end if zones.opening_end < zones.body_end else first
    return Survey(zones, document, items, parents, asking, where, tuple(communes), titled, opened, min(first, opened))


def _whereabouts(zones: Zones, document: DocumentDraft, title: Sequence[Span]) -> Whereabouts:
    """The day, the province and the district by which the notice's names are read."""
    whole, body = zones.whole, (zones.body_start, zones.body_end)
    day = document.date.value if document.date else dt.date(_last_year(whole.flowing), 12, 31)
    printed = [field.value for field in (document.issuer, document.issuer_parent, document.place) if field]
    where = with_province(whole, find_where(whole, printed, day, title), printed)
    return backed(whole, told_apart(whole, where, printed, *body), *body)


def _requests_apart(whole: Reading, items: Sequence[Item]) -> tuple[Item, ...]:
    """A paragraph that reports and then asks, `Xã An Phú đạt 14/19 tiêu chí. … đề nghị UBND huyện:`, as two items."""
    return tuple(part for item in items for part in _parted(whole, item))


def _parted(whole: Reading, item: Item) -> Iterator[Item]:
    *before, last = sentences(whole, item.content, item.end) or [(item.content, item.end)]
    if item.depth == PLAIN and before and _REQUEST.search(whole.flowing, *last):
        yield replace(item, end=last[0])
        yield Item(last[0], last[0], item.end, PLAIN)
    else:
        yield item


def _behind(count: int, parents: Sequence[int | None]) -> list[int | None]:
    """The parents of items that stand behind so many others."""
    return [None if parent is None else parent + count for parent in parents]


def aimed(survey: Survey, index: int) -> bool:
    """Does an item stand below a heading of aims: `II. MỤC TIÊU NĂM 2024`, not `Kết quả thực hiện mục tiêu`?"""
    whole = survey.whole
    for item in survey.above(index):
        text = whole.flowing[item.content : item.end]
        if len(text) < 120 and _STATE.match(text):
            return False
        if len(text) < 120 and _AIMS.search(text) and not _DONE.search(text):
            return True
    return False


def _title_spans(zones: Zones) -> list[Span]:
    """From where the trích yếu begins to the body."""
    first = zones.subject.string.strip().split("\n")[0].strip()
    at = zones.whole.string.find(first) if first else -1
    return [(at, zones.body_start)] if at >= 0 else []


def _last_year(folded: str) -> int:
    years = [int(year) for year in re.findall(r"(?<!\d)20[0-4]\d(?!\d)", folded)]
    return max(set(years), key=years.count, default=2023)
