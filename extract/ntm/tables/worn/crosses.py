"""Rows of criteria with a cross for each commune that reached it: `4 | Điện x x x x x x x 8`, `6 Văn hóa 0`.

Empty cells are lost, so only a row that is full, or empty, tells of whom it speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.ref import HIGHEST_NUMBER
from extract.ntm.tables.worn.lines import FEWEST_MARKS, MarkedLine, Token, in_order, is_cross, named, span_of
from extract.reading import Reading

_MANY, _AGREEING = 8, 0.4  # rows, and the share of them with as many crosses as their totals say, that make a table
_FULL = 3  # rows in which each column has a cross
_SCRAP = 2  # letters of what is read for a cross


def crossed_of_criteria(reading: Reading, lines: Sequence[Sequence[Token]]) -> list[MarkedLine]:
    """The rows, each full, empty, or of nothing known; nothing where their totals do not count their crosses."""
    read = [(i, tokens, row) for i, tokens in enumerate(lines) if (row := _crossed(tokens)) is not None]
    named = [name_pattern().search(reading.flowing, *span_of(tokens)) for _, tokens, _ in read]
    counts = [(crosses, int(tokens[-1].bare)) for _, tokens, (_, crosses) in read]
    width = max((total for crosses, total in counts if crosses == total), default=0)
    full, agreeing = counts.count((width, width)), sum(crosses == total for crosses, total in counts)
    if len(read) < _MANY or agreeing < _AGREEING * len(read) or full < _FULL or width < FEWEST_MARKS:
        return []
    if 2 * sum(name is not None for name in named) < len(read):
        return []  # of communes
    return in_order([_row(tokens, i, first, width) for i, tokens, (first, crosses) in read if crosses <= width])


def _crossed(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Where the crosses of a row begin and how many they are; None for a line that is no row."""
    if len(tokens) < 3 or not re.fullmatch(r"\d{1,2}", tokens[-1].bare):
        return None
    first = len(tokens) - 1
    while first > 1 and len(tokens[first - 1].bare) <= _SCRAP:
        first -= 1
    crosses = sum(is_cross(token) for token in tokens[first:-1])
    number, name = named(tokens[:first])
    numbered = number is not None and 1 <= number <= HIGHEST_NUMBER and (name or crosses >= FEWEST_MARKS)
    return (first, crosses) if numbered or (number is None and name and crosses >= FEWEST_MARKS) else None


def _row(tokens: Sequence[Token], line: int, first: int, width: int) -> MarkedLine:
    """The row: what its total says of all, that it says; the total itself counts crosses, whatever these mean."""
    number, name = named(tokens[:first])
    crosses, total = sum(is_cross(token) for token in tokens[first:-1]), int(tokens[-1].bare)
    sign = "x" if width in (crosses, total) else "" if crosses == total == 0 else "?"
    span = tokens[-1].span if total in (0, width) else span_of(tokens[first:])
    return MarkedLine(number, name, (sign,) * width, span, None, line)
