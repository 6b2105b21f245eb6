"""Rows of letters or of ones and noughts, as a foreign model reads them: `Pha Mu picb|p|DI|[CcCD] 12`, `1 it 0 dl. 3`.

It runs letters and rules together and reads Đ as D, p or H, and a lone 1 as anything short; what stands there is taken
only where it adds up to the row's total. Rows of criteria have none: they are taken where they hold a mark a column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.ntm.criteria.ref import HIGHEST_NUMBER
from extract.ntm.tables.worn.lines import FEWEST_MARKS, FEWEST_ROWS, MarkedLine, Token, in_order, named, span_of

SHORT = 3  # letters that a lone 1 may be read as
MOST_ROWS = 6  # of criteria without a flaw, that make such a table
SURE = 0.5  # share of ones that must be read as such
# D]D|DICDJ · picbDID|[CcCD] · D]Hy]: not achieved, achieved, or a rule between cells; two letters that touch are one
_YES_OR_RULE = r"(?P<yes>[DPBbHpĐd]{1,2})|[\s|\]\[)(}{/\\IiJjl1YyTLn!.,:;_—–-]"
_PAIR = re.compile(rf"(?P<no>[Cc]{{1,3}}[DPBbHpĐ]{{1,2}}|[Kk][DPBbHpĐ]{{0,2}})|{_YES_OR_RULE}")  # Đ and CĐ, K, KĐ
_SINGLE = re.compile(rf"(?P<no>[CcG]{{1,2}})|{_YES_OR_RULE}")  # Đ and C: pilclplp|p/clp|pD/D|pD|[Cc]c|D/D
# one cell of a row of verdicts: Đ, D, Dp; C, Cc, ic, CĐ; K, KĐ; + and x; - and 0
_YES = re.compile(r"[DĐÐđdPpBb]{1,2}|[xX×+]{1,2}")
_NO = re.compile(r"[CcGe]{1,2}|ic|[Cc][ĐDÐ]{1,2}|[KkH](?:[ĐDÐ]{1,2})?|[-–—0Oo]")
_RULES = re.compile(r"[|\[\](){}.]+")
_NOUGHT = frozenset("0Oo")
_ONE = frozenset("1lI|")


@dataclass(frozen=True, slots=True)
class _Read:
    """A row's tokens cut into name, cells and total; `marks` as many as cells could be told."""

    line: int
    tokens: Sequence[Token]
    first: int  # of the cells
    last: int  # of the total behind them, and of how many are missing behind that
    marks: tuple[str, ...]
    total: int | None

    def row(self, marks: tuple[str, ...]) -> MarkedLine:
        number, name = named(self.tokens[: self.first])
        span = self.tokens[self.first].span[0], self.tokens[self.last - 1].span[1]
        total = self.tokens[self.last] if self.total is not None else None
        left = self.tokens[self.last + 1] if self.last + 1 < len(self.tokens) else None
        return MarkedLine(number, name, marks, span, total, self.line, left)


def lettered(lines: Sequence[Sequence[Token]]) -> list[MarkedLine]:
    """The rows of Đ and CĐ, K or C; `?` in all cells of one whose letters do not add up to its total."""
    return max((_lettered_as(lines, cell) for cell in (_PAIR, _SINGLE)), key=_told)


def _told(rows: Sequence[MarkedLine]) -> int:
    return sum("?" not in row.marks for row in rows)


def _lettered_as(lines: Sequence[Sequence[Token]], cell: re.Pattern[str]) -> list[MarkedLine]:
    rows = [row for i, tokens in enumerate(lines) if (row := _lettered(tokens, i, cell)) is not None]
    adding = [row for row in rows if row.marks.count("Đ") == row.total and len(row.marks) >= FEWEST_MARKS]
    if len(adding) < FEWEST_ROWS:
        return []
    width = Counter(len(row.marks) for row in adding).most_common(1)[0][0]
    whole = [row in adding and len(row.marks) == width for row in rows]
    return [row.row(row.marks if good else ("?",) * width) for row, good in zip(rows, whole, strict=True)
            if good or len(row.marks) > width / 2]  # fmt: skip


def _lettered(tokens: Sequence[Token], line: int, cell: re.Pattern[str]) -> _Read | None:
    """The first cut behind a name from which on all is letters of marks and rules, up to the totals."""
    counts = [int(token.bare) if re.fullmatch(r"\d{1,2}", token.bare) else None for token in tokens[-2:]]
    if not counts or counts[-1] is None:
        return None
    last = len(tokens) - (2 if len(tokens) > 2 and counts[0] is not None else 1)
    for first in range(1, last):
        marks = _cells(" ".join(token.raw for token in tokens[first:last]), cell)
        if marks is not None and len(marks) >= FEWEST_MARKS and any(c.isalpha() for t in tokens[:first] for c in t.raw):
            return _Read(line, tokens, first, last, marks, int(tokens[last].bare))
    return None


def _cells(text: str, cell: re.Pattern[str]) -> tuple[str, ...] | None:
    """The marks of a stretch; None where it holds anything else.

    >>> _cells("picb|p|DI|[CcCD] D]Hy]", _PAIR), _cells("pilclplp", _SINGLE), _cells("Mu D|D", _PAIR)
    (('Đ', 'CĐ', 'Đ', 'Đ', 'CĐ', 'Đ', 'Đ'), ('Đ', 'CĐ', 'Đ', 'Đ'), None)
    """
    found, at = [], 0
    while at < len(text):
        match = cell.match(text, at)
        if match is None:
            return None
        found += ["CĐ"] if match["no"] else ["Đ"] if match["yes"] else []
        at = match.end()
    return tuple(found)


def judged(lines: Sequence[Sequence[Token]]) -> list[MarkedLine]:
    """The rows of criteria, `10 Thu nhập Đ Đ C C`, that have a mark for each of as many columns; `?` where it is none.

    Rows that lost or gained a mark say nothing, and stay for their totals: `2 Giao thông K K D K 1`.
    """
    return _judged(lines, [None] * len(lines)) or _judged(*_without_totals(lines))


def _without_totals(lines: Sequence[Sequence[Token]]) -> tuple[list[Sequence[Token]], list[Token | None]]:
    """The lines without a figure at their end, and these figures."""
    totals = [line[-1] if len(line) > 1 and re.fullmatch(r"\d{1,2}", line[-1].bare) else None for line in lines]
    return [line if total is None else line[:-1] for line, total in zip(lines, totals, strict=True)], totals


def _judged(lines: Sequence[Sequence[Token]], totals: Sequence[Token | None]) -> list[MarkedLine]:
    rows = [(i, tokens, _tail(tokens)) for i, tokens in enumerate(lines) if _of_criterion(tokens) or _all_marks(tokens)]
    whole = Counter(len(tail) for _, _, tail in rows if len(tail) >= FEWEST_MARKS and all(map(_mark, tail)))
    width, many = whole.most_common(1)[0] if whole else (0, 0)
    if many < MOST_ROWS or sum("C" in "".join(map(_mark, tail)) for _, _, tail in rows) == 0:
        return []
    found = []
    for line, tokens, tail in rows:
        if len(tail) != width and not _of_criterion(tokens):
            continue
        while len(tail) > width and not _mark(tail[0]):  # Nhà ở dân cư Đ Đ C
            tail = tail[1:]
        cells = tail[-width:]
        marks = tuple(_mark(token) or "?" for token in cells) if len(tail) == width else ("?",) * width
        number, name = named(tokens[: len(tokens) - len(cells)])
        if any(map(_mark, cells)):  # 2. Hướng xử lý: no row
            spans = tuple(token.span for token in cells) if len(tail) == width else ()
            found.append(MarkedLine(number, name, marks, span_of(cells), totals[line], line, spans=spans))
    return in_order(found)


def _all_marks(tokens: Sequence[Token]) -> bool:
    """Does a line that lost its number end in marks alone: `Nhà ở dân cư Đ Đ Đ Đ`?"""
    tail = _tail(tokens)
    return FEWEST_MARKS <= len(tail) < len(tokens) and all(map(_mark, tail))


def _of_criterion(tokens: Sequence[Token]) -> bool:
    """Does a line begin with a criterion's number?"""
    return len(tokens) > FEWEST_MARKS and tokens[0].bare.isdigit() and 1 <= int(tokens[0].bare) <= HIGHEST_NUMBER


def _tail(tokens: Sequence[Token]) -> Sequence[Token]:
    """The marks at a row's end: what is no longer than two letters."""
    first = len(tokens)
    while first > 1 and len(tokens[first - 1].bare) <= 2:
        first -= 1
    return tokens[first:]


def _mark(token: Token) -> str:
    """`Đ`, `C`, or nothing where it is neither."""
    bare = _RULES.sub("", token.raw)
    return "Đ" if _YES.fullmatch(bare) else "CĐ" if _NO.fullmatch(bare) else ""


def binary(lines: Sequence[Sequence[Token]], width: int) -> list[MarkedLine]:
    """The rows of as many ones and noughts as the head has numbers; where the total fits, all that is no 0 is 1."""
    rows = [row for i, tokens in enumerate(lines) if (row := _binary(tokens, i, width)) is not None]
    ones = [mark for row in rows for mark in row.marks if mark != "0"]
    adding = [row for row in rows if row.total == width - row.marks.count("0")]
    if len(adding) < FEWEST_ROWS or ones.count("1") < SURE * len(ones) or not any("0" in row.marks for row in rows):
        return []
    return [row.row(tuple(m if m == "0" else "1" for m in row.marks) if row in adding else row.marks) for row in rows]


def _binary(tokens: Sequence[Token], line: int, width: int) -> _Read | None:
    first = len(tokens) - 1 - width
    if first < 1 or not any(c.isalpha() for token in tokens[:first] for c in token.raw):
        return None
    cells = [token.bare for token in tokens[first:-1]]
    if any(len(cell) > SHORT for cell in cells) or sum(c in _NOUGHT or c in _ONE for c in cells) < FEWEST_MARKS:
        return None
    marks = tuple("0" if cell in _NOUGHT else "1" if cell in _ONE else "?" for cell in cells)
    total = int(tokens[-1].bare) if re.fullmatch(r"\d{1,2}", tokens[-1].bare) else None
    possible = total is not None and marks.count("1") <= total <= width - marks.count("0")
    return _Read(line, tokens, first, len(tokens) - 1, marks, total if possible else None)
