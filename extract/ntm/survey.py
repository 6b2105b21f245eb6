"""A notice surveyed once for all rules of the programme: its items, its units, its part with tasks."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.draft import DocumentDraft
from extract.field import Field
from extract.notice import Level, Method, Target
from extract.ntm.trust import phrase_floor, vouched
from extract.ntm.units.backing import backed, told_apart
from extract.ntm.units.bare import find_bare
from extract.ntm.units.communes import find_communes
from extract.ntm.units.link import Linked, Mention, Whereabouts, link_unit
from extract.ntm.units.names import name_ends, read_names
from extract.ntm.units.unprinted import with_province
from extract.ntm.units.where import find_where
from extract.parts.items import PLAIN, Item, annex_items, find_items, find_parents, sentences
from extract.parts.zones import Zones
from extract.reading import Reading, Span
from extract.rules.tasks import task_items
from extract.words.phrases import find_phrases
from normalize.fold import fold
from normalize.lexicon.find import match_commune

# Căn cứ Luật …; not `Theo số liệu huyện gửi, xã An Phú đạt 14/19 tiêu chí`
_BASIS = re.compile(
    r"[\s\"“]*(?:can cu|thuc hien|xet|theo(?!\s+(?:so lieu|ket qua|tong hop|bao cao\s+(?!so)))|tren co so|thi hanh)\s"
)
# Vũ Sơn: đạt 15/19 · Kiến Quốc mới được 16/19 tiêu chí
_BEHIND_NAME = re.compile(
    r"\s*(?:[:(–-]|(?:da|moi|hien)?\s*dat\s|con\s|chua\s|(?:(?:da|moi|hien)\s+)?(?:duoc|co|du|hoan thanh)\s+\d|"
    r"\d{1,2}\s+tieu\s+chi|tang\s|dung\s+o\s|la\s+xa\s|thi\s)"
)
_VERB = re.compile(r"\s(?=[^\W\d_A-ZĐ]\w*\s)")  # a word behind the name
_SENTENCE_END = re.compile(r"[.;]\s+")
# Riêng Hải Đường còn vướng … · Biểu dương Đức Hiệp.: what may stand before a commune that a sentence is about
_LEAD = re.compile(r"(?:rieng|con|doi voi|voi|bieu duong|phe binh|ghi nhan|hoan nghenh)\s+(?=\w)")
# Trong các xã …, Ea Kiết là · Đến nay Gia Hiệp đạt · Tổng cộng Hòa Bắc đạt
_AMONG = re.compile(
    r"(?:trong\s+(?:so\s+)?(?:cac|nhung|\d{1,2})\s+xa\s[^.;:,]{0,60},|(?:den\s+nay|hien\s+nay|tong\s+cong|nhu\s+vay|ket\s+qua),?)\s+"
)
_OWN = re.compile(r"(?:^|\s)(?:[Xx]ã|[Pp]hường|[Tt]hị trấn)\s+(?P<name>\S.*)$")
# II. MỤC TIÊU NĂM 2022 · 2. Chỉ tiêu phấn đấu · Phương hướng, nhiệm vụ
_OF_ITSELF = re.compile(r"(?<!\w)(?:(?:toan|cua)\s+xa|xa\s+(?:ta|nha|da|hien|moi|dat))(?!\w)")
_AIMS = re.compile(r"(?<!\w)(?:muc tieu|chi tieu|phan dau|phuong huong|ke hoach nam|dinh huong)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:ket qua|tinh hinh|danh gia|thuc trang|so voi)(?!\w)")
# …. Văn phòng Điều phối nông thôn mới tỉnh đề nghị UBND huyện Lục Yên:
_REQUEST = re.compile(r"(?<!\w)(?:de nghi|yeu cau|giao|kien nghi|phan cong|chi dao)\s[^.;]*:\s*$")
# - Xã Lâm Trung Thủy (nâng cao): đã đạt · Về nâng cao: Phước Hậu 19/19 tiêu chí
_ADVANCED = re.compile(r"(?<=\()\s*(?:xa\s+)?nang\s+cao(?=\s*[),])|(?<=\bve\s)nang\s+cao(?=\s*[:,])")
# Về nông thôn mới nâng cao: 02 xã đạt 19/19 tiêu chí; 04 xã đạt …
_LED = re.compile(r"\W*(?:\w{1,3}[.)]\s+)?(?:(?:ve|doi voi|theo|ket qua)\s[^:;.]{0,90}[:,]|[^:;.]{0,60}:)")
_LED_ANEW = re.compile(r"(?<=[.;]\s)(?:ve|doi voi)\s[^:;.]{0,60}[:,]")
# Văn phòng Điều phối nông thôn mới · Ban Chỉ đạo xây dựng nông thôn mới
_NAMING = re.compile(r"(?:dieu phoi|ban chi dao[^,;.:]*|chuong trinh[^,;.:]*|xay dung)\s*$")
TargetAt = tuple[Target, int, int]  # a level and the span of the words that name it


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
        parent = self.parents[index]
        while parent is not None:
            yield parent
            parent = self.parents[parent]

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
        first = bisect_left(self.communes, start, key=_start)
        return list(self.communes[first : bisect_left(self.communes, end, first, key=_start)])


def _figures_start(zones: Zones, items: Sequence[Item]) -> int:
    """Where the first paragraph begins that cites no basis."""
    return next((i.start for i in items if not _BASIS.match(zones.whole.flowing, i.content)), zones.body_start)


_COMMUNE_HEAD = re.compile(r"[Xx]ã\s+(?P<name>\S+(?:\s\S+){0,3}?)\W*")


def _start(mention: Mention) -> int:
    return mention.start


def make_survey(zones: Zones, document: DocumentDraft) -> Survey:
    """Survey a notice. The day of its units is its own, or 31 December of the last year it names."""
    whole = zones.whole
    items = _requests_apart(whole, find_items(whole, zones.body_start, zones.body_end))
    annexed = annex_items(whole, zones.annex_start)
    day = document.date.value if document.date else dt.date(_last_year(whole.flowing), 12, 31)
    printed = [field.value for field in (document.issuer, document.issuer_parent, document.place) if field]
    where = find_where(whole, printed, day, _title_spans(zones, document))
    where = with_province(whole, where, printed)
    where = told_apart(whole, where, printed, zones.body_start, zones.body_end)
    where = backed(whole, where, zones.body_start, zones.body_end)
    asking = task_items(whole, items, find_parents(items))
    items, parents = (*items, *annexed), [*find_parents(items), *_behind(len(items), find_parents(annexed))]
    communes = find_communes(whole, where, zones.body_start, zones.body_end)
    communes += find_communes(whole, where, annexed[0].start, annexed[-1].end) if annexed else []
    communes = [*communes, *_bare(whole, where, items, communes)]
    communes = [*communes, *_misread(whole, where, items, parents, communes)]
    communes = [*communes, *_again(whole, where, items, communes)]
    told = [(item.content, item.end) for k, item in enumerate(items) if k not in asking]
    named = [m for span in _title_spans(zones, document) for m in find_communes(whole, where, *span)]
    communes = _seconded(sorted([*communes, *find_bare(whole, where, told, [*named, *communes])], key=_start))
    titled = named[0] if len({m.unit.value.code for m in named}) == 1 and named[0].unit.value.code else None
    titled = titled or (None if named else _reporting(document, communes) or _issuing(whole, document, where))
    first = _figures_start(zones, items)
    opened = zones.opening_end if zones.opening_end < zones.body_end else first
    return Survey(
        zones, document, items, tuple(parents), asking, where, tuple(communes), titled, opened, min(first, opened)
    )


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


def _reporting(document: DocumentDraft, communes: Sequence[Mention]) -> Mention | None:
    """The commune whose own office issued the notice: `UBND xã Ân Hảo` reports on itself."""
    issuer = document.issuer.value if document.issuer else ""
    own = _OWN.search(issuer)
    name = fold(own["name"]) if own else None
    return next((m for m in communes if m.unit.value.code and fold(m.unit.value.name) == name), None)


def _issuing(whole: Reading, document: DocumentDraft, where: Whereabouts) -> Mention | None:
    """The commune whose office issued a notice that only says `xã ta`, `xã nhà`, `toàn xã`: from the letterhead."""
    issuer = document.issuer.value if document.issuer else ""
    own = _OWN.search(issuer)
    at = whole.folded.find(fold(own["name"])) if own and _OF_ITSELF.search(whole.flowing) else -1
    if own is None or at < 0:
        return None
    end = at + len(own["name"])
    match = match_commune(f"xã {own['name']}", where.day, where.district_code, where.province_code)
    unit = link_unit(whole, at, end, match, Level.COMMUNE, "xã", where)
    return Mention(at, end, -1 - at, unit) if match.sure else None


def aimed(survey: Survey, index: int) -> bool:
    """Does an item stand below a heading of aims: `II. MỤC TIÊU NĂM 2024`, not `Kết quả thực hiện mục tiêu`?"""
    whole = survey.whole
    for item in survey.above(index):
        text = whole.flowing[item.content : item.end]
        if len(text) < 120 and _AIMS.search(text) and not _DONE.search(text):
            return True
    return False


def _seconded(mentions: Sequence[Mention]) -> list[Mention]:
    """A commune named surely in one place is vouched for where it was read badly."""
    best: dict[str, float] = {}
    for mention in mentions:
        code = mention.unit.value.code or ""
        best[code] = max(best.get(code, 0.0), mention.unit.confidence)
    return [
        replace(m, unit=vouched(m.unit, round(0.97 * best[m.unit.value.code], 4))) if m.unit.value.code else m
        for m in mentions
    ]


def _bare(whole: Reading, where: Whereabouts, items: Sequence[Item], known: Sequence[Mention]) -> Iterator[Mention]:
    """Communes that an item begins with without the word xã: `- Vũ Sơn: đạt 15/19 tiêu chí`."""
    taken = {mention.start for mention in known}
    for item in items:
        for at in _openings(whole, item) if item.depth else ():
            if at in taken or not whole.string[at : at + 1].isupper():
                continue
            told = [end for end in name_ends(whole, at, item.end) if _is_told_of(whole, item, at, end)]
            names = read_names(whole, at, item.end, "xã", where, many=False) if told else ()
            for start, end, kind, match in names:
                if match.sure and match.score >= 0.95 and end in told:
                    yield Mention(start, end, -1 - at, link_unit(whole, start, end, match, Level.COMMUNE, kind, where))


def _misread(
    whole: Reading, where: Whereabouts, items: Sequence[Item], parents: Sequence[int | None], known: Sequence[Mention]
) -> Iterator[Mention]:
    """`3. Xã ng Cang` in a row of headings of communes: the name that the list has most like it, in doubt."""
    heads = {
        i: head
        for i, item in enumerate(items)
        if (head := _COMMUNE_HEAD.fullmatch(whole.string, item.content, item.end))
    }
    starts = {mention.start for mention in known}
    named = {(parents[i], items[i].depth) for i, head in heads.items() if items[i].content in starts}
    for i, head in heads.items():
        if items[i].content in starts or (parents[i], items[i].depth) not in named:
            continue
        match = match_commune(
            f"xã {whole.flat(*head.span('name'))}", where.day, where.district_code, where.province_code
        )
        if match.sure:
            unit = link_unit(whole, *head.span("name"), match, Level.COMMUNE, "xã", where)
            yield Mention(items[i].content, head.end("name"), -1 - items[i].content, unit)


def _is_told_of(whole: Reading, item: Item, at: int, end: int) -> bool:
    """Does a name stand alone as a heading, `1. Long Giang`, or does a figure or a verb follow?"""
    alone = at == item.content and not whole.string[end : item.end].strip()
    return alone or _BEHIND_NAME.match(whole.flowing, end, item.end) is not None


def _again(whole: Reading, where: Whereabouts, items: Sequence[Item], known: Sequence[Mention]) -> Iterator[Mention]:
    """Communes that a sentence begins with, without the word xã, that were named before: `Riêng Hải Đường còn …`."""
    taken = {at for mention in known for at in range(mention.start, mention.end)}
    codes = {mention.unit.value.code for mention in known} - {None}
    known_names = tuple({fold(mention.unit.value.name) for mention in known if mention.unit.value.code})
    for item in items:
        ends = _SENTENCE_END.finditer(whole.flowing, item.content, item.end)
        for at in (item.content, *(end.end() for end in ends)):
            lead = _LEAD.match(whole.flowing, at, item.end)
            among = _AMONG.match(whole.flowing, at, item.end)
            at = lead.end() if lead else among.end() if among else at
            if at in taken or not whole.string[at : at + 1].isupper():
                continue
            told = [end for end in name_ends(whole, at, item.end) if _BEHIND_NAME.match(whole.flowing, end, item.end)]
            # 1.2. Gia Hiệp trồng chủ yếu cà phê
            headed = item.depth != PLAIN and at == item.content and whole.folded.startswith(known_names, at)
            names = read_names(whole, at, item.end, "xã", where, many=False) if lead or told or headed else ()
            for start, end, kind, match in names:
                about = lead or end in told or (headed and _VERB.match(whole.string, end, item.end))
                if (_is_same(match, codes) and about) or (end in told and _is_of(match, where)):
                    yield Mention(start, end, -1 - at, link_unit(whole, start, end, match, Level.COMMUNE, kind, where))


def _is_same(match: Linked, codes: Collection[str | None]) -> bool:
    """Is a name surely that of a commune of these?"""
    return match.sure and match.score >= 0.95 and match.best is not None and match.best.code in codes


def _is_of(match: Linked, where: Whereabouts) -> bool:
    """Is a name letter by letter that of a commune of the notice's district?"""
    district = match.best.district if match.best else None
    return match.sure and match.score >= 0.99 and district is not None and district.code == where.district_code


def _openings(whole: Reading, item: Item) -> Iterator[int]:
    """Where an item begins, and the lines of it that begin a sentence: `Sơn Thành: 14/19; vướng …`."""
    yield item.content
    for match in re.compile(r"[.;]\s*\n\s*").finditer(whole.string, item.content, item.end):
        yield match.end()


def _title_spans(zones: Zones, document: DocumentDraft) -> list[tuple[int, int]]:
    """Where the trích yếu stands in the whole text."""
    del document
    first = zones.subject.string.strip().split("\n")[0].strip()
    at = zones.whole.string.find(first) if first else -1
    return [(at, zones.body_start)] if at >= 0 else []


def _last_year(folded: str) -> int:
    years = [int(year) for year in re.findall(r"(?<!\d)20[0-4]\d(?!\d)", folded)]
    return max(set(years), key=years.count, default=2023)


def target_in(reading: Reading, start: int, end: int) -> TargetAt | None:
    """The level of the programme that a stretch names first, with its span; the longer name wins.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["đạt chuẩn NTM kiểu mẫu"])
    >>> target_in(Reading(text, (1.0,) * 5), 0, 22)
    (<Target.KIEU_MAU: 'kieu_mau'>, 10, 22)
    """
    return next(iter(targets_in(reading, start, end)), None)


def targets_in(reading: Reading, start: int, end: int) -> list[TargetAt]:
    """All levels of the programme that a stretch names, in order."""
    found = [
        (a, -b, target)
        for target in (Target.KIEU_MAU, Target.NANG_CAO, Target.NTM)
        for a, b in find_phrases(reading, target.value, start, end)
    ]
    found += [(m.start(), -m.end(), Target.NANG_CAO) for m in _ADVANCED.finditer(reading.flowing, start, end)]
    kept: list[TargetAt] = []
    for a, minus_b, target in sorted(found):
        if not kept or a >= kept[-1][2]:
            kept.append((target, a, -minus_b))
    return kept


def leading_target(reading: Reading, start: int, end: int) -> TargetAt | None:
    """The one level that the words name which lead in a stretch, or in the last sentence of it that begins with such:
    `Về nông thôn mới nâng cao, xã An Mỹ đạt …. Xã Xuân Hòa đạt …`; None of several."""
    leads = [_LED.match(reading.flowing, start, end), *_LED_ANEW.finditer(reading.flowing, start, end)]
    for lead in reversed(leads):
        found = targets_in(reading, *lead.span()) if lead else []
        if len({target for target, _, _ in found}) == 1:
            return found[0]
    return None


def heading_target(survey: Survey, index: int) -> TargetAt | None:
    """The level that the nearest item above names, if it names one only."""
    lead = leading_paragraph(survey, index)
    leads = [survey.items[lead]] if lead is not None and survey.closes_with(lead, ":") else []
    for item in (*leads, *survey.above(index)):
        found = [one for one in targets_in(survey.whole, item.content, item.end) if not names_body(survey.whole, one)]
        if found and len({target for target, _, _ in found}) == 1:
            return found[0]
    return None


def leading_paragraph(survey: Survey, index: int) -> int | None:
    """The paragraph that leads in a list of `a)`, `b)`: `Kết quả theo Bộ tiêu chí xã nông thôn mới nâng cao:`."""
    first, depth = index, survey.items[index].depth
    while first and survey.items[first].depth == depth:
        first -= 1
    leads = survey.items[first].depth == PLAIN and survey.parents[first] == survey.parents[index]
    return first if leads and depth != PLAIN else None


def names_body(whole: Reading, target: TargetAt) -> bool:
    """`Văn phòng Điều phối nông thôn mới tỉnh` and `Ban Chỉ đạo xây dựng nông thôn mới` name no level."""
    level, start, _ = target
    return level is Target.NTM and _NAMING.search(whole.flowing, max(0, start - 40), start) is not None


def target_field(survey: Survey, target: TargetAt) -> Field[Target]:
    """The field of a level that is named."""
    value, start, end = target
    return vouched(
        survey.whole.field(value, start, end, "target", Method.MATCHED), phrase_floor(survey.whole, start, end)
    )
