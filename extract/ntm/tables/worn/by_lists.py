"""Tables of bands that lost labels or counts, in text without rules: where a list of communes ends, a row ends.

TT Nhóm xã Số xã Tên xã
1 | Đạt 19 tiêu chí 2 Mường Khoa, Song Pe
    Phiêng Ban, Hồng Ngài, Tà Xùa, Phiêng Côn,
a | Đa 10, ta aeueh 7 | Chiềng Sại, Pắc Ngà, Tạ Khoa
4 | Đạt 5 - 9 tiêu chí 3 Hua Nhàn, Làng Chếu, Xím
    Vàng
Tổng cộng 12

A line without a comma at its end closes a list, unless a name wraps there. Each list must then be as long as its row
counts, wherever the count was read, and all of them as long as the total; a label that was lost is what the bands
around it leave, and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from rapidfuzz import fuzz

from extract.draft import BandDraft
from extract.field import Field, Method
from extract.notice import Target
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import table_target
from extract.ntm.tables.kinds.bands import FEWEST_BANDS, limits_in
from extract.ntm.tables.kinds.wrapped import Pieces, Wrapped, communes_of, names_of
from extract.ntm.tables.worn.roster import ALIKE, as_letters, listed_units, squeezed
from extract.ntm.trust import AGREED, vouched
from extract.reading import Span

_HEADS = (re.compile(r"\bnhom\b|\bmuc\s+(?:do|dat)\b"), re.compile(r"\bs\w{1,2}\s+(?:xa|luong)\b"),
          re.compile(r"\b(?:t[ea]n|cac)\s+xa\b|\bdanh\s+sach\b"))  # fmt: skip
_HEADED = 2  # of these on a line
_BEGINS = re.compile(r"\W*(?:[st]?tt|nhom|muc|phan|xep|so|ket\s+qua)\b[^:]{0,60}(?=\n|$)")  # of a table, not of a list
_TOTAL = re.compile(r"\W*(?:tong|cong)\b\D{0,30}(?P<all>\d{1,3})\s*$")
_PROSE = re.compile(r"(?:[a-zđà-ỹ]+\s+){5}")  # five small words in a row
_MOST_LINES = 40  # of such a table
# Đạt từ 15 đến 18 tiêu chí · Đạt từ 8 đến 9, whose end wraps
_LABEL = re.compile(
    r"(?:[a-z]+\s+){0,4}?\d{1,2}[\d\s/a-z–-]*?tieu\s*chi(?:\s+tro\s+len)?|\bdat\s+(?:tu\s+)?\d{1,2}\s*(?:[-–]|den)\s*\d{1,2}\b"
)
_COUNT = re.compile(r"(?<![\w,./])\d{1,3}(?=(?:\s+xa)?[\s|:}]+(?:[A-ZĐ]|$))")
_FIGURE = re.compile(r"(?<=[^\n\d])(?<![\w,./])\d{1,3}(?!\w|[,./]\d)")  # anywhere but at a line's head
_LADDER = ((19, 19), (15, 18), (10, 14), (5, 9), (0, 4))  # into which nearly all offices sort communes
_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:\s\d)?")
_LEAD = 3  # words before the first name of a line that are no name
_FOUND, _BORNE_OUT = 0.8, 0.5  # share of names that are communes here, and of rows whose count says the same
_LOST = "its label is lost: the bands around it leave only this"
_UNSURE = 0.7


@dataclass(frozen=True, slots=True)
class _Row:
    """A band: its list, and what of its label and count was read beside it. `figures`: all that stand there."""

    limits: tuple[int, int] | None
    count: Span | None
    figures: frozenset[int | None]
    names: Pieces


class _Roster:
    """The communes that a notice may speak of."""

    def __init__(self, survey: Survey) -> None:
        self._names = [squeezed(unit.name) for unit in listed_units(survey)]

    def likeness(self, words: Sequence[str]) -> float:
        """How like the name of one these words are, of 100."""
        name = squeezed("".join(map(as_letters, words)))
        return max((fuzz.ratio(name, own) for own in self._names), default=0.0) if len(name) > 1 else 0.0

    def has(self, words: Sequence[str]) -> bool:
        return self.likeness(words) >= ALIKE


def read_by_lists(survey: Survey) -> Wrapped | None:
    """The bands below the first head of such a table; None where lists, counts and total do not bear each other out."""
    text = survey.whole.flowing
    lines = [match.span() for match in re.finditer(r"\S[^\n]*", survey.whole.string)]
    told = (
        sum(head.search(text, *span) is not None for head in _HEADS) if _BEGINS.match(text, *span) else 0
        for span in lines
    )
    heads = (i for i, many in enumerate(told) if many >= _HEADED)
    found = (_below(survey, lines[i + 1 :][:_MOST_LINES]) for i in heads)
    return next((wrapped for wrapped in found if wrapped is not None), None)


def _below(survey: Survey, spans: Sequence[Span]) -> Wrapped | None:
    text, roster = survey.whole.flowing, _Roster(survey)
    foot = next((total for span in spans if (total := _TOTAL.match(text, *span))), None)
    spans = list(takewhile(lambda span: span[0] < foot.start() if foot else not _is_prose(survey, span), spans))
    lists = _lists(survey, spans, roster)
    rows = [_row(survey, spans, own, lists[k - 1][-1][0] if k else -1) for k, own in enumerate(lists)]
    if not _agree(survey, rows, roster, int(foot["all"]) if foot else None):
        return None
    bands = tuple(_bands(survey, rows, table_target(survey, spans[0][0])[0]))
    return Wrapped(bands, (spans[0][0], rows[-1].names[-1][1])) if len(bands) >= FEWEST_BANDS else None


def _is_prose(survey: Survey, span: Span) -> bool:
    return _PROSE.search(survey.whole.string, *span) is not None


def _lists(survey: Survey, spans: Sequence[Span], roster: _Roster) -> list[list[tuple[int, Span]]]:
    """The lines of each list, by their places among the table's, and where their names stand."""
    found: list[list[tuple[int, Span]]] = []
    for i, span in enumerate(spans):
        words = list(_NAME.finditer(survey.whole.string, _behind_label(survey, span), span[1]))
        above = survey.whole.part([own for _, own in found[-1]]).string.rstrip(" |.\n") if found else ""
        runs_on, cut = above.endswith(","), above.rpartition(",")[2].split()
        start = _first_name(survey, words, roster)
        joint = None if runs_on or not found else _wrapped(words, cut, roster)
        if joint is not None:
            found[-1].append((i, (joint, span[1])))
        elif start is not None and runs_on:
            found[-1].append((i, (start, span[1])))
        elif start is not None:
            found.append([(i, (start, span[1]))])
    return found


def _behind_label(survey: Survey, span: Span) -> int:
    """Where a line's label and count end: the last count, stroke or label before its names."""
    counts = [match.end() for match in _COUNT.finditer(survey.whole.unmarked, *span)]
    label = _LABEL.search(survey.whole.flowing, *span)
    stroke = survey.whole.string.find("|", span[0], span[1])
    return max([span[0], stroke + 1, *counts[:2], *([label.end()] if label else [])])


def _first_name(survey: Survey, words: Sequence[re.Match[str]], roster: _Roster) -> int | None:
    """Where the first name of a line begins, behind scraps of the columns before it; None where it has none."""
    end = words[-1].end() if words else 0
    names = (survey.whole.string[word.start() : end].partition(",")[0].split() for word in words[:_LEAD])
    likeness, at = max(((roster.likeness(name), -at) for at, name in enumerate(names)), default=(0.0, 0))
    return words[-at].start() if likeness >= ALIKE else None


def _wrapped(words: Sequence[re.Match[str]], cut: Sequence[str], roster: _Roster) -> int | None:
    """Where the rest of a name stands that the line above begins with: `… Vĩnh Phước, Phong` / `: S Hiệp, Hưng Hội`."""
    ways = [
        (roster.likeness((*cut, *rest)), -at)
        for at in range(min(_LEAD, len(words)))
        for stop in range(at + 1, min(at + _LEAD, len(words)) + 1)
        if _is_torn(cut, rest := [word[0] for word in words[at:stop]], roster)
    ]
    return words[-max(ways)[1]].start() if ways else None


def _is_torn(cut: Sequence[str], rest: Sequence[str], roster: _Roster) -> bool:
    """Do two pieces make a commune's name, a liker one than either alone, of which one is none?"""
    whole, parts = roster.likeness((*cut, *rest)), [roster.likeness(cut), roster.likeness(rest)]
    return whole >= ALIKE > min(parts) and whole > max(parts)


def _row(survey: Survey, spans: Sequence[Span], own: Sequence[tuple[int, Span]], before: int) -> _Row:
    """A list with the label and the count that stand on or between its lines, or above them."""
    names = tuple(span for _, span in own)
    size = str(len(names_of(survey, names)))
    near = [spans[i] for i in (*range(own[0][0], own[-1][0] + 1), *range(before + 1, own[0][0]))]
    figures = [match for span in near for match in _FIGURE.finditer(survey.whole.unmarked, span[0] + 1, span[1])]
    right = next((match.span() for match in figures if match[0].lstrip("0") == size), None)
    told = frozenset(int(match[0]) for match in figures)
    return _Row(next(_labels(survey, near), None), right, told, names)


def _labels(survey: Survey, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    most = criteria_of_communes(survey.where.day)
    for span in spans:
        label = _LABEL.search(survey.whole.flowing, *span)
        whole = "" if label is None or label[0].endswith(("chi", "len")) else " tieu chi"
        if label and (limits := limits_in(f"{label[0]}{whole}", most)):
            yield limits


def _agree(survey: Survey, rows: Sequence[_Row], roster: _Roster, total: int | None) -> bool:
    """Are there as many names as the total says, or as each row counts, and nearly all of them communes?"""
    counted = sum(row.count is not None for row in rows)
    named = [survey.whole.part(row.names).flat(*span) for row in rows for span in names_of(survey, row.names)]
    enough = len(named) == total and counted >= _BORNE_OUT * len(rows) if total else counted >= len(rows) - 1
    known = sum(roster.has(name.split()) for name in named)
    limits = [row.limits for row in rows if row.limits]
    falling = all(a[0] > b[1] for a, b in pairwise(limits))
    if any(" và " in name for name in named):
        return False  # a sentence
    return len(rows) >= FEWEST_BANDS and enough and known >= _FOUND * len(named) and falling and bool(limits)


def _bands(survey: Survey, rows: Sequence[_Row], target: Target) -> Iterator[BandDraft]:
    known = _limits(rows, criteria_of_communes(survey.where.day))
    for row, limits in zip(rows, known, strict=True):
        count, communes = _count(survey, row), communes_of(survey, row.names)
        if limits is not None and row.limits is None:
            count, communes = count.doubt(_LOST, _UNSURE), tuple(one.doubt(_LOST, _UNSURE) for one in communes)
        if limits is not None:
            yield BandDraft(target, *limits, count, communes)


def _limits(rows: Sequence[_Row], most: int) -> list[tuple[int, int] | None]:
    """The bands' limits: as read, what their neighbours leave, or the next of the usual ones if a figure says so.

    >>> told = ((19, 19), None), (None, None), ((10, 14), None), (None, 5)
    >>> _limits([_Row(limits, None, frozenset({figure}), ()) for limits, figure in told], 19)
    [(19, 19), (15, 18), (10, 14), (5, 9)]
    """
    found: list[tuple[int, int] | None] = []
    for k, row in enumerate(rows):
        before = found[-1] if found else (most + 1, most + 1)
        after = rows[k + 1].limits if k + 1 < len(rows) else None
        left = _between(before, after) if before and after else None
        found.append(row.limits or left or _usual(before, row))
    return found


def _usual(before: tuple[int, int] | None, row: _Row) -> tuple[int, int] | None:
    following = _LADDER[_LADDER.index(before) + 1 :][:1] if before in _LADDER else ()
    return next((limits for limits in following if row.figures & set(limits)), None)


def _between(before: tuple[int, int], after: tuple[int, int]) -> tuple[int, int] | None:
    low, high = after[1] + 1, before[0] - 1
    return (low, high) if low <= high else None


def _count(survey: Survey, row: _Row) -> Field[int]:
    """How many names the row lists: read beside them, or counted."""
    number = len(names_of(survey, row.names))
    if row.count:
        return vouched(survey.whole.field(number, *row.count, "table_band"), AGREED)
    field = survey.whole.field(number, row.names[0][0], row.names[-1][1], "table_band", Method.INFERRED)
    return replace(field, confidence=_UNSURE).doubt("its count is lost: so many names stand in its row", _UNSURE)
