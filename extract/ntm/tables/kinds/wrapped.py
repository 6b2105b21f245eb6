"""Small tables of bands whose lists of communes wrap above and below their rows, in text that lost the rules.

                     Hải Phú, Hải Thượng, Hải Quy, Hải Quế,
1  19/19 tiêu chí  9 Hải Ba, Hải Dương, Hải Hưng, Hải Định,
                     Hải Chánh
                     Hải Phong, Hải Sơn, Hải Trường, Hải
2  Từ 16 đến 18 tiêu chí  4
                     Lâm

Labels may wrap too:

   Đạt từ 10 đến 14 tiêu   Hòa Thành, Hòa Phong, Ea Trul,
3  07
   chí   Yang Reh, Cư Kty, Cư Drăm
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from extract.draft import BandDraft
from extract.field import Field
from extract.notice import Level, Target, Unit
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import table_target
from extract.ntm.tables.kinds.bands import FEWEST_BANDS, limits_in, seconded
from extract.ntm.trust import AGREED, vouched
from extract.ntm.units.link import Linked, link_unit, without_doubles
from extract.ntm.units.names import commune_of
from extract.reading import Span

_MOST_ROWS, _MOST_WAYS = 20, 64  # bands of a table; ways to deal out its lines that are weighed
_FAR = 6  # lines from the outermost labels at which a list may begin or end
_MOST_LINES, _LONGEST = 4, 5  # lines of one cell above its row or below; words of a name
# 1 19/19 tiêu chí 9 · > | Từ 16 đến 18 tiêu chí 4 · Đạt 17 - 18 tiêu chí 11: number, label, count; folded
_ROW = re.compile(
    r"\s*(?:\S{1,2}[\s|]{1,3})?(?P<label>(?:[a-z]+\s+){0,4}?\d{1,2}[\d\s/a-z–-]*?tieu(?:\s*chi)?(?:\s+tro\s+len)?)"
    r"[\s|:}]+(?P<count>\d{1,3})(?:\s+xa)?(?=[\s|]|$)"
)
# Đạt từ 15 đến 18 tiêu, above its row: a label that wraps, and names behind it
_LABEL = re.compile(r"\s*(?P<label>(?:[A-Za-z]+\s+){0,4}?\d{1,2}[\d\s/a-z–-]*?tieu)(?=\s*(?:\n|\Z|\||[A-Z]))")
_COUNTED = re.compile(r"\s*\S{1,2}[\s|]+(?P<count>\d{1,3})(?:\s+xa)?(?=[\s|]|$)")  # 2 03 Khuê Ngọc Điền, Hòa Tân
_LABEL_END = re.compile(r"\s*chi(?:\s+tro\s+len)?(?!\w)[\s|}]*")
_SENTENCE = re.compile(
    r"\b(?:gom|va|xa|la)\b"
)  # 03 xã gồm Nghĩa Hành, Phước Giang và Nguyễn Nghiêm; marks off, case kept
Pieces = tuple[Span, ...]  # of one cell, line by line


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The bands of such a table, and where it stands."""

    bands: tuple[BandDraft, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    limits: tuple[int, int]
    number: int
    count: Span
    names: Pieces  # what stands behind the count, if anything


def read_wrapped(survey: Survey) -> Wrapped | None:
    """The bands, where the lines around the rows can be dealt out so that each row has as many names as it counts.

    Of several ways the one whose names are more of the notice's communes; None where none is better than the others.
    Where labels lost their lines the lists are those of the bands by rank.
    """
    lines = [match.span() for match in re.finditer(r"\S[^\n]*", survey.whole.string)]
    rows = [row for i in range(len(lines)) if (row := _row(survey, lines, i)) is not None]
    if not FEWEST_BANDS <= len(rows) <= _MOST_ROWS or any(b.line - a.line > 2 * _MOST_LINES for a, b in pairwise(rows)):
        return None
    if best := _best(survey, _ways(survey, lines, rows)):
        return _made(survey, rows, best, lines)
    ranked = sorted(rows, key=lambda row: row.limits, reverse=True)
    best = _best(survey, _by_rank(survey, lines, rows, ranked)) if ranked != rows else None
    return _made(survey, ranked, best, lines) if best else None


def _best(survey: Survey, dealt: Iterator[tuple[Pieces, ...]]) -> tuple[Pieces, ...] | None:
    """The way to deal out the lines whose names are more of the notice's communes than those of any other."""
    ways = sorted(((_known(survey, way), way) for way in islice(dealt, _MOST_WAYS + 1)), reverse=True)
    wrapped = any(len(pieces) > 1 for pieces in ways[0][1]) if ways else False
    alike = len(ways) > 1 and ways[0][0] == ways[1][0]
    return None if not wrapped or len(ways) > _MOST_WAYS or alike else ways[0][1]


def _by_rank(
    survey: Survey, lines: Sequence[Span], rows: Sequence[_Row], ranked: Sequence[_Row]
) -> Iterator[tuple[Pieces, ...]]:
    """The ways where labels stand lines away from their lists: the lists follow each other from the highest band on."""
    own = {row.line: row.names for row in rows}
    for first in range(max(0, rows[0].line - _FAR), rows[0].line + 1):
        for last in range(rows[-1].line, min(len(lines) - 1, rows[-1].line + _FAR) + 1):
            spans = [span for i in range(first, last + 1) for span in own.get(i, _cut(survey, lines[i : i + 1]))]
            if all(_names_only(survey, span) for span in spans):
                yield from _in_turn(survey, spans, ranked)


def _in_turn(survey: Survey, spans: Sequence[Span], ranked: Sequence[_Row]) -> Iterator[tuple[Pieces, ...]]:
    """The lines for one row after the other, each as many as hold the names that it counts; all of them are needed."""
    if not ranked:
        yield from [()] if not spans else []
        return
    for stop in range(len(spans) + 1):
        if len(names_of(survey, spans[:stop])) == ranked[0].number:
            yield from ((tuple(spans[:stop]), *rest) for rest in _in_turn(survey, spans[stop:], ranked[1:]))


def _row(survey: Survey, lines: Sequence[Span], line: int) -> _Row | None:
    span, text = lines[line], survey.whole.flowing
    match = _ROW.match(text, *span)
    label = match or (_LABEL.match(survey.whole.unmarked, *lines[line - 1]) if line else None)
    match = match or (_COUNTED.match(text, *span) if label else None)
    limits = limits_in(_whole_label(label["label"].lower()), criteria_of_communes(survey.where.day)) if label else None
    if match is None or limits is None or _SENTENCE.search(survey.whole.unmarked, match.end(), span[1]):
        return None
    rest = re.compile(r"[^\s|:][^\n]*").search(survey.whole.string, match.end(), span[1])
    return _Row(line, limits, int(match["count"]), match.span("count"), (rest.span(),) if rest else ())


def _whole_label(label: str) -> str:
    """A label with the word that wraps behind it: `từ 15 đến 18 tiêu` [chí]."""
    return f"{label} chi" if label.endswith("tieu") else label


def _names_in(survey: Survey, span: Span) -> Span | None:
    """A line between rows without the piece of a label that wraps in it; None where nothing else stands there."""
    label = _LABEL.match(survey.whole.unmarked, *span) or _LABEL_END.match(survey.whole.flowing, *span)
    start = label.end() if label else span[0]
    rest = re.compile(r"[^\s|][^\n]*").search(survey.whole.string, start, span[1])
    return rest.span() if rest else None


def _ways(survey: Survey, lines: Sequence[Span], rows: Sequence[_Row]) -> Iterator[tuple[Pieces, ...]]:
    """The ways to deal out the lines of names around the rows so that each row has as many names as it counts."""
    above, below = lines[: rows[0].line][::-1][:_MOST_LINES], lines[rows[-1].line + 1 :][:_MOST_LINES]
    before = list(takewhile(lambda span: _names_only(survey, span), _cut(survey, above)))
    behind = list(takewhile(lambda span: _names_only(survey, span), _cut(survey, below)))
    between = [_cut(survey, lines[a.line + 1 : b.line]) for a, b in pairwise(rows)]
    if any("tieu chi" in survey.whole.flowing[slice(*span)] for gap in between for span in gap):
        return  # a row of another kind: - Xã đạt từ 5 đến 8 tiêu chí: 13 xã;
    # what is no names is of a row that was lost
    gaps = [[span for span in gap if _names_only(survey, span)] for gap in between]
    for taken in range(len(before) + 1):
        yield from _dealt(survey, rows, [*gaps, behind], tuple(reversed(before[:taken])))


def _cut(survey: Survey, lines: Sequence[Span]) -> list[Span]:
    return [names for span in lines if (names := _names_in(survey, span)) is not None]


def _dealt(
    survey: Survey, rows: Sequence[_Row], gaps: Sequence[Sequence[Span]], above: Pieces
) -> Iterator[tuple[Pieces, ...]]:
    """The ways for these rows, of which the first has the lines `above`; what it leaves is the next one's."""
    for taken in range(len(gaps[0]) + 1):
        pieces = (*above, *rows[0].names, *gaps[0][:taken])
        if len(names_of(survey, pieces)) != rows[0].number:
            continue
        if len(rows) == 1:
            yield (pieces,)
        else:
            yield from ((pieces, *rest) for rest in _dealt(survey, rows[1:], gaps[1:], tuple(gaps[0][taken:])))


def _names_only(survey: Survey, span: Span) -> bool:
    """Is a line a list of capitalised names and nothing else?"""
    parts = [part.split() for part in survey.whole.string[slice(*span)].strip(" ,|").split(",")]
    return all(0 < len(part) <= _LONGEST and part[0][:1].isupper() and part[-1][:1].isupper() for part in parts)


def names_of(survey: Survey, pieces: Sequence[Span]) -> list[Span]:
    """The spans of the names in a cell's reading, by its commas."""
    text = survey.whole.part(pieces).string
    return [match.span() for match in re.finditer(r"[^\s,;|][^,;|]*[^\s,;|.]", text)]


def _linked(survey: Survey, pieces: Pieces) -> list[tuple[Span, Linked]]:
    cell, where = survey.whole.part(pieces), survey.where
    return [
        (span, commune_of(f"xã {cell.flat(*span)}", where.day, where.district_code, where.province_code, cell.mangled))
        for span in names_of(survey, pieces)
    ]


def _known(survey: Survey, way: Sequence[Pieces]) -> int:
    """How many of the names are surely communes of the notice's."""
    return sum(match.sure for pieces in way for _, match in _linked(survey, pieces))


def _made(survey: Survey, rows: Sequence[_Row], way: Sequence[Pieces], lines: Sequence[Span]) -> Wrapped:
    spans = [lines[rows[0].line], lines[rows[-1].line], *(piece for pieces in way for piece in pieces)]
    span = min(start for start, _ in spans), max(end for _, end in spans)
    target = table_target(survey, span[0])[0]
    return Wrapped(tuple(_band(survey, row, pieces, target) for row, pieces in zip(rows, way, strict=True)), span)


def _band(survey: Survey, row: _Row, pieces: Pieces, target: Target) -> BandDraft:
    count = vouched(survey.whole.field(row.number, *row.count, "table_band"), AGREED)
    return BandDraft(target, *row.limits, count, communes_of(survey, pieces))


def communes_of(survey: Survey, pieces: Pieces) -> tuple[Field[Unit], ...]:
    """The communes of a cell whose list is as long as its count says."""
    cell, found = survey.whole.part(pieces), _linked(survey, pieces)
    matches = without_doubles([match for _, match in found])
    linked = (
        link_unit(cell, *span, match, Level.COMMUNE, "xã", survey.where)
        for (span, _), match in zip(found, matches, strict=True)
    )
    return tuple(seconded(field) for field in linked)
