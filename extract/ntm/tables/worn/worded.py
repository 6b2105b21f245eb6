"""Rows of criteria with a verdict in words for each commune: `2 | Giao thông Dat Chua dat Dat`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.ntm.tables.worn.letters import MOST_ROWS
from extract.ntm.tables.worn.lines import MarkedLine, Token, in_order, named, span_of
from normalize.fold import fold

_REACHED = re.compile(r"[dbp]?at")  # Dat, Bat, at: Đạt
_NOT = re.compile(r"chua|chu'a|chwa|chira|khong")
FEWEST_COLUMNS = 2
_Told = tuple[str, Sequence[Token]]  # the mark, and its tokens


def worded(lines: Sequence[Sequence[Token]]) -> list[MarkedLine]:
    """The rows whose verdicts are as many as most rows have, in the order of their numbers."""
    read = [(line, tokens, _verdicts(tokens)) for line, tokens in enumerate(lines)]
    widths = Counter(len(verdicts) for _, _, verdicts in read if len(verdicts) >= FEWEST_COLUMNS)
    width, many = widths.most_common(1)[0] if widths else (0, 0)
    if many < MOST_ROWS:
        return []
    return in_order([_row(line, tokens, verdicts) for line, tokens, verdicts in read if len(verdicts) == width])


def _row(line: int, tokens: Sequence[Token], verdicts: Sequence[_Told]) -> MarkedLine:
    first = len(tokens) - sum(len(used) for _, used in verdicts)
    number, name = named(tokens[:first])
    span = tokens[first].span[0], tokens[-1].span[1]
    marks, spans = tuple(mark for mark, _ in verdicts), tuple(span_of(own) for _, own in verdicts)
    return MarkedLine(number, name, marks, span, None, line, spans=spans)


def _verdicts(tokens: Sequence[Token]) -> list[_Told]:
    """The verdicts at a row's end, in order: Đ for Đạt, CĐ for Chưa đạt."""
    found: list[_Told] = []
    at = len(tokens)
    while at > 1 and _REACHED.fullmatch(_plain(tokens[at - 1])):
        missing = at > 2 and _NOT.fullmatch(_plain(tokens[at - 2])) is not None
        found.append(("CĐ", tokens[at - 2 : at]) if missing else ("Đ", tokens[at - 1 : at]))
        at -= len(found[-1][1])
    return found[::-1]


def _plain(token: Token) -> str:
    return fold(token.bare)
