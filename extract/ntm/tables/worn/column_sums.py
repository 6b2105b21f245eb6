"""The totals of the columns below a table that lost its rules: `Tổng số tiêu chí đạt 14 17 11 10 19 19 18 108`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.ntm.survey import Survey
from extract.ntm.tables.worn.lines import Token
from normalize.fold import fold

_TOTAL = ("tong", "cong", "so xa", "so tieu chi")


def column_sums(survey: Survey, lines: Sequence[Sequence[Token]], width: int, most: int) -> list[Token | None]:
    """The totals of the columns; None for each that cannot be one, nothing where they cannot add up."""
    for tokens in lines:
        label = fold(survey.whole.string[tokens[0].span[0] :][:12]).lower()
        tokens = _figures(survey, tokens)
        if not label.startswith(_TOTAL) or len(tokens) <= width:
            continue
        last = tokens[-1].bare
        grand = int(last) if last.isdigit() and int(last) > most and len(tokens) > width + 1 else None
        own = tokens[-width:] if grand is None else tokens[-width - 1 : -1]
        read = [token if _may_be(token, most) else None for token in own]
        left = 0 if grand is None else grand - sum(int(_count_in(token)) for token in read if token)
        return list(read) if 0 <= left <= read.count(None) * most else []
    return []


def _figures(survey: Survey, tokens: Sequence[Token]) -> list[Token]:
    """The figures of a row, rules that stick to them cut off: `a1|7]11]11}10} 9 }11] 181`; in `1}` they may be one."""
    span = tokens[0].span[0], tokens[-1].span[1]
    found = re.compile(r"(?<!\d)\d[)}](?!\d)|[^\s|\[\]{}()]+").finditer(survey.whole.string, *span)
    return [Token(match.group(), match.span()) for match in found]


def _may_be(token: Token, most: int) -> bool:
    count = _count_in(token)
    return count.isdigit() and len(count) <= 2 and int(count) <= most


def _count_in(token: Token) -> str:
    """What a total counts, out of how many or not: 17 of `17/19`."""
    return token.raw.strip("|[]").partition("/")[0]
