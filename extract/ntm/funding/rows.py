"""Rows of a table of money, as lines: `1 Ngân sách trung ương 14.574` below `Đơn vị tính: triệu đồng`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from extract.draft import FundingDraft
from extract.ntm.figures.money import TABLE_FIGURE, parse_figures, scale_of
from extract.ntm.funding.labels import without_letter
from extract.ntm.funding.payers import SOURCE_IN_TABLE, payer_and_kind
from extract.ntm.survey import Survey
from extract.reading import Span, within
from normalize.fold import fold
from normalize.letters import SMALL
from normalize.text import TextLine

_ROUND = r"1[.,]?000(?:[.,]?000)?(?!\d)"  # 1.000 đồng
# Đơn vị tính: triệu đồng · (ĐVT: 1.000 đồng) · tính bằng nghìn đồng · Số tiền (triệu đồng); folded
_UNIT = re.compile(
    rf"(?:don\s*vi(?:\s+tinh)?|dvt|tinh\s+(?:bang|theo))\s*[:;.]?\s*(?:la\s+)?(?P<round>{_ROUND})?\s*"
    r"(?P<a>nghin|ngan|trieu|ty|ti)?\s*(?:dong|d(?!\w))|"
    r"(?:so\s+(?:tien|von)|kinh\s+phi|gia\s+tri|ke\s+hoach|thuc\s+hien|von)(?:\s+[a-z]+){0,3}\s*[|(]+\s*"
    rf"(?P<also>{_ROUND})?\s*(?P<b>nghin|ngan|trieu|ty|ti)?\s*dong\s*\)|"
    r"nguon(?:\s+(?:von|kinh\s+phi))?[\s|]+\(?(?P<c>nghin|ngan|trieu|ty|ti)\s*dong\W*$"  # Nguồn vốn    Triệu đồng
)
# Triệu đồng · (1.000 đồng): nothing else in the line that heads a column of figures; folded
_ALONE = re.compile(rf"\W*(?P<round>{_ROUND})?\s*(?P<a>nghin|ngan|trieu|ty|ti)?\s+dong\W*")
# 1 Ngân sách trung ương 14.574 · - Vốn sự nghiệp | 1.250 | 1.100 · II. Vốn tín dụng 12.000
_ROW = re.compile(
    rf"^\W*(?:(?P<mark>\d{{1,2}}(?:\.\d)?|[IVXl]{{1,4}}|[a-dđ])\s*[.)|]?\s+)?(?P<label>[^\W\d][^\d|]{{3,90}}?)[\s|:]+"
    rf"(?P<first>{TABLE_FIGURE})(?P<more>(?:[\s|]+(?:{TABLE_FIGURE})%?)*)[\s|.;]*$"
)
# 1 Ngân sách Trung ương: a source without an amount, whose items follow it as 1.1 and 1.2
_SOURCE_ROW = re.compile(r"^\s*(?:(?P<mark>\d{1,2})\s*[.)|]?\s+)?(?P<label>[^\W\d][^\d|]{3,90}?)\W*$")
_REST = re.compile(rf"\s*{SMALL}[^\d\n]{{0,60}}$")  # Hỗ trợ xây dựng nhà văn hóa … 310 / và khu thể thao
_TOTAL = r"^\W*(?:tong|cong\b(?!\s+(?:dong|ty)))"  # Tổng cộng 14.574
_NO_SOURCE = re.compile(rf"{_TOTAL}|\bnam$")  # chuyển nguồn sang năm 2021
# TT | Nội dung | Nguồn vốn | Số tiền; folded
_WORKS = re.compile(r"(?:noi\s+dung|hang\s+muc|cong\s+trinh)[\s|]+(?:nguon(?:\s+von)?|nguon\s+kinh\s+phi)[\s|]")
_SOURCE_BEHIND = re.compile(
    r"(?P<item>.{4,}?)[\s|]+"
    r"(?P<source>(?:Ngân sách|Vốn|Nguồn|Đóng góp|Nhân dân|Cộng đồng|Doanh nghiệp|Tín dụng|Xã hội hóa)\b.*)"
)
KINDS = ("Vốn đầu tư", "Vốn sự nghiệp")
LINES = 30  # of one table below the line that gives its unit
FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    vnd: int
    span: Span
    parts: tuple[tuple[int, Span], ...]  # the amounts behind the first, with their places
    above: str | None = None  # the source in whose row no amount stands
    goes_on: bool = False  # does the line below begin as the rest of a name does?


def find_funding_rows(survey: Survey, taken: Sequence[Span] = ()) -> tuple[FundingDraft, ...]:
    """The sources that tables of money list; totals left out. A row whose parts follow it is their source.

    `taken`: where ruled tables stand that were read by their cells.
    """
    lines = [
        line for line in survey.whole.text.lines
        if survey.reports(line.start) and not within(line.start, taken)
    ]  # fmt: skip
    found: list[FundingDraft] = []
    for index, line in enumerate(lines):
        factor = _factor(survey, line)
        if factor:
            below = lines[index + 1 : index + 1 + LINES]
            rows = list(_rows(survey, below, factor))
            head = survey.whole.flowing[line.start : rows[0].span[0]] if rows else ""
            works = _WORKS.search(head) is not None
            summed = _adds_up(rows, _totals(survey, below, factor))
            found += _by_kind(survey, line.end, rows) or _entries(survey, rows, works, summed)
    return tuple(found)


def _factor(survey: Survey, line: TextLine) -> int | None:
    """What the figures below a line are told in, if it says that: 1000000 below `Đơn vị tính: triệu đồng`."""
    unit = _UNIT.search(survey.whole.flowing, line.start, line.end)
    if unit:
        round_sum = re.sub(r"\D", "", unit["round"] or unit["also"] or "1")
        return scale_of(unit["a"] or unit["b"] or unit["c"]) * int(round_sum)
    alone = _ALONE.fullmatch(survey.whole.flowing, line.start, line.end)
    if alone is None or not (alone["a"] or alone["round"]):
        return None
    return scale_of(alone["a"]) * int(re.sub(r"\D", "", alone["round"] or "1"))


def _totals(survey: Survey, lines: Sequence[TextLine], factor: int) -> Iterator[tuple[int, int]]:
    """The totals that a table prints, `Cộng 14.465.500`, with where they stand."""
    for line in lines:
        row = _ROW.match(survey.whole.string[line.start : line.end])
        if row and re.match(_TOTAL, fold(row["label"])):
            yield int(parse_figures(row["first"]) * factor), line.start


def _adds_up(rows: Sequence[_Row], totals: Iterator[tuple[int, int]]) -> bool:
    """Do the rows above a printed total add up to it? Then each of them is a source, whatever its name."""
    return any(sum(row.vnd for row in rows if row.span[0] < at) == total for total, at in totals)


def _rows(survey: Survey, lines: Sequence[TextLine], factor: int) -> Iterator[_Row]:
    source: re.Match[str] | None = None
    for line, below in zip_longest(lines, lines[1:]):
        row = _ROW.match(survey.whole.string[line.start : line.end])
        if row is None:
            source = _SOURCE_ROW.match(survey.whole.string[line.start : line.end])
            source = source if source and SOURCE_IN_TABLE.search(fold(source["label"])) else None
            continue
        if source and not _is_under(row, source):
            source = None
        vnd = parse_figures(row["first"]) * factor
        label = without_letter(" ".join(row["label"].split()).strip(" .,:;|-"))
        if vnd == vnd.to_integral_value() and not _NO_SOURCE.search(fold(label)):
            span = (line.start + row.start("first"), line.start + row.end("first"))
            above = " ".join(source["label"].split()) if source else None
            goes_on = below is not None and _REST.match(survey.whole.string, below.start, below.end) is not None
            yield _Row(label, int(vnd), span, tuple(_behind(row, line.start, factor)), above, goes_on)


def _behind(row: re.Match[str], at: int, factor: int) -> Iterator[tuple[int, Span]]:
    """The amounts behind a row's first one."""
    for match in re.compile(TABLE_FIGURE).finditer(row.string, *row.span("more")):
        yield int(parse_figures(match[0]) * factor), (at + match.start(), at + match.end())


def _by_kind(survey: Survey, head: int, rows: Sequence[_Row]) -> list[FundingDraft]:
    """`Ngân sách tỉnh 4.200 3.000 1.200` below `Tổng số | Vốn đầu tư | Vốn sự nghiệp`: a total, and a part a kind.

    Where the first of three figures is the sum of the others in each row that has three. Heads of such tables lose
    their order in a text, so the kinds are taken in their usual one, for review.
    """
    split = [row for row in rows if len(row.parts) == len(KINDS)]
    words = survey.whole.flowing[head : rows[0].span[0]] if rows else ""
    named = re.search(r"dau\s+tu", words) and re.search(r"su\s", words) and "nghiep" in words
    if len(split) < FEWEST or not named or any(sum(v for v, _ in row.parts) != row.vnd for row in split):
        return []
    kinds = (f"{KINDS[0]} phát triển" if re.search(r"phat\s+trien", words) else KINDS[0], KINDS[1])
    told = []
    for row in rows:
        own = [*zip(kinds, row.parts, strict=True)] if row in split else [(None, (row.vnd, row.span))]
        for kind, (vnd, span) in own:
            field = survey.whole.field(vnd, *span, "amount_in_table", factor=0.97)
            field = field.doubt("the columns' heads stand in their usual order, not in the text's", 0.78)
            told.append(FundingDraft(row.label, kind, field, replace(field.to(row.label), rule="funding_source")))
    return told


def _is_under(row: re.Match[str], source: re.Match[str]) -> bool:
    """`1.1` under `1`; below a source without a number what a dash leads."""
    if source["mark"]:
        return (row["mark"] or "").startswith(f"{source['mark']}.")
    return row[0].lstrip().startswith(("-", "–", "+"))


def _entries(survey: Survey, rows: Sequence[_Row], works: bool, summed: bool) -> Iterator[FundingDraft]:
    """Rows that name sources; where the next rows add up to one, it is their source and no entry of its own.

    `works`: rows name a work and behind it its source: `1 Hệ thống truyền thanh Ngân sách xã 735.500.000`.
    `summed`: they add up to the table's total.
    """
    if sum(SOURCE_IN_TABLE.search(fold(row.above or row.label)) is not None for row in rows) < FEWEST:
        return
    parent, left = None, 0
    for index, row in enumerate(rows):
        parts = 0 if summed else _parts(rows, index)  # rows of one rank all add up to the total
        if parts:
            parent, left = row.label, parts
            continue
        source, item = (parent, row.label) if left else (row.above, row.label) if row.above else (row.label, None)
        source, item = (source, item) if item else payer_and_kind(row.label)
        if item is None and works and (behind := _SOURCE_BEHIND.match(row.label)):
            source, item = behind["source"], behind["item"]
        left = max(0, left - 1)
        if left == 0 and item is None and not summed and not SOURCE_IN_TABLE.search(fold(row.label)):
            continue
        field = survey.whole.field(row.vnd, *row.span, "amount_in_table", factor=0.97)
        label = None
        if row.parts:
            field = field.doubt(f"the row has {1 + len(row.parts)} columns of figures; the first was taken", 0.75)
            label = replace(field.to(source or row.label), rule="funding_source")
        if row.goes_on:
            field = field.doubt("its name goes on in the line below, as far as that is its own", 0.75)
            label = replace(field.to(source or row.label), rule="funding_source")
        yield FundingDraft(source, item, field, label)


def _parts(rows: Sequence[_Row], index: int) -> int:
    """How many rows below a row add up to it: two at least, or none."""
    total = 0
    for count, row in enumerate(rows[index + 1 : index + 7], 1):
        total += row.vnd
        if total == rows[index].vnd and count > 1:
            return count
    return 0
