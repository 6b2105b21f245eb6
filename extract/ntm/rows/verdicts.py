"""Rows of a table of verdicts, as lines: `2 Giao thông Chưa đạt` below `TT Tên tiêu chí Kết quả`; or a column each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.field import Field
from extract.notice import Status, Unit
from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.ref import HIGHEST_NUMBER, Ref
from extract.ntm.rows.heads import CLAIMED, FOUND
from extract.ntm.rows.units_over import units_over
from extract.ntm.survey import Survey
from extract.ntm.verdicts.results.find import Result
from extract.ntm.verdicts.results.stated import StatedCount
from extract.ntm.verdicts.results.subjects import OF_DISTRICTS
from extract.reading import Span
from normalize.text import TextLine

# l Quy hoạch Đạt (an ordinal misread: the name tells which) · Điện Đạt (one lost)
# 2 Giao thông Chưa đạt · 15 | Y tế | Đạt · not `1. Quy hoạch: đạt`, which is a heading
_WORDS = "chua dat|khong dat|da dat|dat"
# (Ghi chú: Đ - đạt; K - không đạt) · Ghi chú: Đ là đạt; C là chưa đạt: letters that stand for verdicts; folded
_LEGEND = re.compile(
    r"(?<!\w)(?P<letter>[a-z+])\s*(?:[-–:=]\s*|(?=la\s))(?:la\s+)?(?:tieu\s+chi\s+)?"
    r"(?P<word>chua dat|khong dat|dat)(?!\w)"
)
# 15 |Y tế 90%; xã đạt chuẩn quốc gia về y tế Đạt Chưa đạt: cells of text between number and verdicts; folded
_NUMBERED = re.compile(
    rf"\W*(?P<n>\d{{1,2}})(?![\d.,/%])[\s|.]*(?P<cells>.*?)(?<=[\s|])(?P<verdicts>(?:{_WORDS})(?:[\s|]+(?:{_WORDS}))*)[\s|]*"
)
# Cộng số tiêu chí đạt 17 19 16 18 · Tổng số tiêu chí đạt | 15 | 12 · Số tiêu chí đạt 14/19 | 17/19; folded
_SUMS = re.compile(
    r"\W*(?:tong|cong|so\s+tieu\s+chi)\b(?:\s+(?:cong|so|tieu\s+chi|tc|da|dat))*[\s|:]+"
    r"(?P<sums>\d{1,2}(?:/\d{1,2})?(?:[\s|]+\d{1,2}(?:/\d{1,2})?)+)[\s|]*"
)
_SUM = re.compile(r"(?P<n>\d{1,2})(?:/(?P<total>\d{1,2}))?")
ABOVE = 6  # lines over the first row in which the columns' heads may stand
FEWEST_ROWS = 3  # rows that make a table: a single line of this form may be anything
HEADING = 100  # letters of a heading at most
FEWEST_NUMBERED = 6  # of which most do not name their criterion
SUMMED_UP = 200  # letters below a table within which its count is told
GAP = 4  # lines between two rows: a page's number, a header that is repeated


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a table says of criteria, whoever it judges; `span`: where its text stands; `counts`: what it adds up to."""

    span: Span
    refs: tuple[tuple[Ref, Status], ...]
    counts: tuple[StatedCount, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    ref: Ref
    statuses: tuple[Status, ...]  # one a column


def find_verdict_rows(survey: Survey, results: Sequence[Result]) -> list[Result]:
    """What each table of verdicts says of the unit that the text before it judges."""
    return [result for table in _tables(survey) for result in _of_table(survey, table, results)]


def spans_of_verdicts(survey: Survey) -> list[Span]:
    """The spans of the rows' lines, so that no other rule reads them."""
    return [(row.ref.start, row.ref.end) for table in _tables(survey) for row in table]


def _tables(survey: Survey) -> list[list[_Row]]:
    tables: list[list[_Row]] = []
    for row in _rows(survey):
        # a single row that fits nowhere was misread: 3 TỔ chức sản xuất … Đạt Chim đạt Đạt
        lone = len(tables) > 1 and len(tables[-1]) == 1
        going = next((table for table in reversed(tables[-2 if lone else -1 :]) if _goes_on(table, row)), None)
        if going is not None:
            going.append(row)
        else:
            tables.append([row])
    named = [table for table in tables if len(table) >= FEWEST_ROWS]
    return [*named, *([numbered] if len(numbered := _numbered(survey)) > sum(map(len, named)) else [])]


def _goes_on(table: Sequence[_Row], row: _Row) -> bool:
    """Is a row the next of a table: near its last, as wide, and of a higher number?"""
    rises = _number(row) == 0 or _number(row) > max(map(_number, table))
    return row.line - table[-1].line <= GAP and rises and len(row.statuses) == len(table[-1].statuses)


def _numbered(survey: Survey) -> list[_Row]:
    """Rows with cells of text between: numbers that rise, and several verdicts each, or a criterion's name and one.

    `2 Giao thông Trục xã 100%; trục ấp ≥70% 100%; 82,4% Đạt`
    """
    found = [row for k, line in enumerate(survey.whole.text.lines) if (row := _numbered_row(survey, k, line))]
    widths = Counter(len(row.statuses) for row in found)
    width = max(widths, key=lambda width: (widths[width], width), default=0)
    rows: list[_Row] = []
    for row in found:
        if len(row.statuses) == width and _number(row) > (_number(rows[-1]) if rows else 0):
            rows.append(row)
    return rows if len(rows) >= FEWEST_NUMBERED else []


def _numbered_row(survey: Survey, index: int, line: TextLine) -> _Row | None:
    found = _NUMBERED.fullmatch(survey.whole.flowing, line.start, line.end) if survey.reports(line.start) else None
    statuses = tuple(_status(one) for one in re.findall(_WORDS, found["verdicts"])) if found else ()
    if found is None or int(found["n"]) > HIGHEST_NUMBER:
        return None
    if len(statuses) == 1 and not name_pattern().match(survey.whole.flowing, found.start("cells"), line.end):
        return None
    ref = Ref(line.start, found.end("verdicts"), int(found["n"]), None, digits=(found.span("n"),))
    return _Row(index, ref, statuses)


def _number(row: _Row) -> int:
    return row.ref.number or 0


@cache
def _row_patterns(letters: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A row's form where these letters, too, stand for verdicts: with nothing behind them, and with a note."""
    verdict = _WORDS + (rf"|[{re.escape(letters)}](?!\w)" if letters else "")
    row = (
        r"\W*(?:(?P<n>[\dil§]{1,2})[\s|_]+)?(?P<name>[^\W\d][^:;.]{1,70}?)[\s|]+"
        rf"(?P<verdicts>(?:{verdict})(?:[\s|]+(?:{verdict}))*)"
    )
    noted = row + r"[\s|]+(?!yeu cau|chuan|tieu chi|duoc)(?P<note>[\w(].*)$"
    return re.compile(rf"{row}(?P<note>(?!))?\W*$"), re.compile(noted)


def _legend(survey: Survey) -> dict[str, Status]:
    """The letters that stand for verdicts, where the notice says so."""
    found = _LEGEND.finditer(survey.whole.flowing, survey.report_start, survey.zones.body_end)
    return {m["letter"]: _status(m["word"]) for m in found}


def _rows(survey: Survey) -> Iterator[_Row]:
    legend = _legend(survey)
    for index, line in enumerate(survey.whole.text.lines):
        if survey.reports(line.start):
            row = _row(survey, index, line, legend)
            if row is not None:
                yield row


def _row(survey: Survey, index: int, line: TextLine, legend: dict[str, Status]) -> _Row | None:
    whole = survey.whole
    text = whole.flowing[line.start : line.end]
    found = next((m for way in _row_patterns("".join(sorted(legend))) if (m := way.match(text))), None)
    if found is None or not name_pattern().search(found["name"]) or (found["note"] and not found["n"]):
        return None
    number = int(found["n"]) if found["n"] and found["n"].isdigit() else None
    if number is not None and not 1 <= number <= HIGHEST_NUMBER:
        return None
    start, end = line.start + found.start("name"), line.start + found.end("name")
    named = name_pattern().match(whole.flowing, start, end)  # Quy hoạch Sở Xây dựng: who judged it stands behind
    end = named.end() if named and whole.string[named.end() : end].lstrip()[:1].isupper() else end
    digits = ((line.start + found.start("n"), line.start + found.end("n")),) if number else ()
    name = whole.flat(start, end)
    ref = Ref(line.start + found.start(), line.start + found.end("verdicts"), number, name, digits=digits)
    verdicts = re.findall(rf"{_WORDS}|\S", found["verdicts"].replace("|", " "))
    return _Row(index, ref, tuple(legend.get(one) or _status(one) for one in verdicts))


def _status(verdict: str) -> Status:
    return Status.NOT_ACHIEVED if verdict in ("chua dat", "khong dat") else Status.ACHIEVED


def _of_table(survey: Survey, table: Sequence[_Row], results: Sequence[Result]) -> Iterator[Result]:
    """A column's verdicts are of the unit that heads it; of a single column, of the unit judged last above it."""
    above = survey.whole.text.lines[max(0, table[0].line - ABOVE) : table[0].line]
    heads = units_over(survey, above, len(table[0].statuses))
    counts = _summed(survey, table) if heads else []
    for column, unit in enumerate(heads):
        cue = (table[0].ref.start, table[0].ref.end)
        count = tuple(counts[column : column + 1])
        yield Result((unit,), None, cue, count, tuple((row.ref, row.statuses[column]) for row in table))
    judging = _judging(survey, table)
    if heads or judging is None:
        return
    cue = (table[0].ref.start, table[0].ref.end)
    refs = tuple((row.ref, row.statuses[judging]) for row in table)
    yield from placed(survey, Verdicts((cue[0], table[-1].ref.end), refs), results)


def _summed(survey: Survey, table: Sequence[_Row]) -> list[StatedCount]:
    """The totals right below a table, one a column: `Cộng số tiêu chí đạt 17 19 16 18`."""
    last = table[-1].line
    for line in survey.whole.text.lines[last + 1 : last + 3]:
        found = _SUMS.fullmatch(survey.whole.flowing, line.start, line.end)
        figures = list(_SUM.finditer(survey.whole.string, *found.span("sums"))) if found else []
        if len(figures) == len(table[0].statuses):
            return [_sum(survey, figure) for figure in figures]
    return []


def _sum(survey: Survey, figure: re.Match[str]) -> StatedCount:
    """A column's total, `15/19` or `15`."""
    count = survey.whole.field(int(figure["n"]), *figure.span("n"), "stated_count")
    of = survey.whole.field(int(figure["total"]), *figure.span("total"), "stated_count") if figure["total"] else None
    return StatedCount(Status.ACHIEVED, count, of)


def placed(survey: Survey, verdicts: Verdicts, results: Sequence[Result]) -> Iterator[Result]:
    """Verdicts as a result of the unit judged last above them, of the title's, or of the one summed up right below."""
    start, end = verdicts.span
    headed = _heading_unit(survey, start)
    if headed:
        yield Result((headed,), None, (start, start + 1), verdicts.counts, verdicts.refs)
        return
    above = [result for result in results if result.cue[0] < start]
    below = [result for result in results if 0 <= result.cue[0] - end < SUMMED_UP]
    if above:
        last = max(above, key=lambda result: result.cue[0])
        yield Result(last.units, last.target, last.cue, verdicts.counts, verdicts.refs)
    elif survey.titled:
        yield Result((survey.titled.unit,), None, (start, start + 1), verdicts.counts, verdicts.refs)
    elif district := _judged_district(survey):
        yield Result((district,), None, (start, start + 1), verdicts.counts, verdicts.refs)
    elif below:  # Như vậy, huyện Giao Thủy đạt 9/9 tiêu chí
        yield Result(below[0].units, below[0].target, below[0].cue, verdicts.counts, verdicts.refs)


def _judged_district(survey: Survey) -> Field[Unit] | None:
    """The notice's district, where the trích yếu speaks of its criteria: `Kết quả thực hiện bộ tiêu chí huyện …`."""
    return survey.where.district if OF_DISTRICTS.search(survey.zones.subject.flowing) else None


def _heading_unit(survey: Survey, at: int) -> Field[Unit] | None:
    """The one commune that the heading right above a table names: `2. Kết quả tại xã Chiềng Mai`."""
    headings = [item for item in survey.items if item.content < at and item.depth <= 3]
    named = survey.communes_in(headings[-1].content, min(headings[-1].end, at)) if headings else []
    short = bool(headings) and survey.whole.string.find("\n", headings[-1].content, at) - headings[-1].content < HEADING
    return named[0].unit if short and len(named) == 1 else None


def _judging(survey: Survey, table: Sequence[_Row]) -> int | None:
    """The column that counts: the only one, or the inspectors' behind `Xã tự đánh giá`; None where nothing tells."""
    columns = len(table[0].statuses)
    lines = survey.whole.text.lines[max(0, table[0].line - ABOVE) : table[0].line]
    head = " ".join(survey.whole.flowing[line.start : line.end] for line in lines)
    claimed = CLAIMED.search(head)
    damaged = len(head) if claimed is None and table[0].ref.name else 0  # the head of cells that wrap is seldom whole
    found = FOUND.search(head, claimed.end() if claimed else damaged)
    return 0 if columns == 1 else columns - 1 if found else None
