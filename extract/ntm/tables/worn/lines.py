"""Lines of a table that lost its rules, as a dump gives them: `4 | Côn Lôn x x x x 19`, `3 | Thủy lợi + - - + 2`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.field import Field
from extract.notice import Unit
from extract.ntm.tables.marks.legend import sign_of
from extract.reading import Reading, Span
from normalize.fold import fold

FEWEST_ROWS = 3  # that make a table
FEWEST_MARKS = 3  # that make a row
_CROSS = re.compile(r"[xk×]{1,2}|[a-z][xk]|[xk][a-z]")  # Xx · xX · KX · fx: crosses as a foreign model reads them
_SIGNS = frozenset({"x", "+", "-", "✓", "0", "d", "k", "c", "kd", "cd", "dat"})
_SHARE = re.compile(r"(\d{1,2})(?:/\d{1,2})?")
_RULES = "|[]{}"
_NUMBER = re.compile(r"\d{1,2}")
_FLAW = 0.25  # share of its crosses that a line may lose or gain


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between blanks and rules: as the engine gave it, and its span in the notice's text."""

    raw: str
    span: Span

    @property
    def bare(self) -> str:
        return self.raw.strip(_RULES + "()°.,;'\"")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A row: its number, its name, its marks in order (`+`, `-`, `x`; `?` for what may be either), its total.

    `spans`: of each mark, where they were told apart.
    """

    number: int | None
    name: Sequence[Token]
    marks: tuple[str, ...]
    span: Span  # of the marks
    total: Token | None
    line: int
    left: Token | None = None  # how many are missing, where the row counts both
    spans: tuple[Span, ...] = ()

    @property
    def signs(self) -> list[tuple[str, Span]]:
        """Each mark with where it stands."""
        return list(zip(self.marks, self.spans or (self.span,) * len(self.marks), strict=True))

    @property
    def count(self) -> int | None:
        return int(self.total.bare.partition("/")[0]) if self.total else None


@dataclass(frozen=True, slots=True)
class LooseRows:
    """The rows of an annex, a commune each.

    `sums`: the totals of the columns below; `units`: of the rows, where their names were looked for already;
    `missing`: the rows' totals count what is not achieved.
    """

    rows: tuple[MarkedLine, ...]
    sums: tuple[Token | None, ...] = ()
    units: tuple[Field[Unit] | None, ...] = ()
    missing: bool = False


def span_of(tokens: Sequence[Token]) -> Span:
    """From where the first of some tokens begins to where the last one ends."""
    return tokens[0].span[0], tokens[-1].span[1]


def lines_of(reading: Reading) -> list[list[Token]]:
    """The tokens of each line that holds any."""
    lines, at = [], 0
    for line in reading.string.split("\n"):
        lines.append(tokens_of(reading, at, at + len(line)))
        at += len(line) + 1
    return [line for line in lines if line]


def tokens_of(reading: Reading, start: int, end: int) -> list[Token]:
    """The tokens of a line, without the rules between them, as they were read before any restoration."""
    matches = list(re.compile(r"[^\s|]+").finditer(reading.string, start, end))
    homes = [words[0] if len(words := reading.words(*match.span())) == 1 else None for match in matches]
    shares, met = Counter(map(id, homes)), Counter[int]()
    found = []
    for match, word in zip(matches, homes, strict=True):
        parts = [part for part in word.text.split("|") if part] if word else []
        raw = parts[met[id(word)]] if len(parts) == shares[id(word)] else match.group()
        met[id(word)] += 1
        if raw.strip(_RULES):
            found.append(Token(raw, match.span()))
    return found


def crossed(tokens: Sequence[Token], line: int) -> MarkedLine | None:
    """A line of crosses and their total: empty cells are lost, so where the crosses stand is not known."""
    if len(tokens) < FEWEST_MARKS + 2 or not _NUMBER.fullmatch(tokens[-1].bare):
        return None
    first = len(tokens) - 1
    while first and (_CROSS.fullmatch(fold(tokens[first - 1].bare).lower()) or _strays(tokens, first - 1)):
        first -= 1
    count, total = sum(is_cross(token) for token in tokens[first:-1]), int(tokens[-1].bare)
    number, name = named(tokens[:first])
    if not name or count < FEWEST_MARKS or abs(count - total) > max(1, _FLAW * total):
        return None
    span = tokens[first].span[0], tokens[-2].span[1]
    return MarkedLine(number, name, ("x",) * count, span, tokens[-1], line)


def is_cross(token: Token) -> bool:
    """Is it a cross, as a foreign model reads them?"""
    return _CROSS.fullmatch(fold(token.bare).lower()) is not None


def _strays(tokens: Sequence[Token], index: int) -> bool:
    """Is it a scrap between crosses?"""
    return len(tokens[index].bare) <= 1 and index > 1 and is_cross(tokens[index - 1]) and index < len(tokens) - 1


def named(tokens: Sequence[Token]) -> tuple[int | None, Sequence[Token]]:
    """The number and the name that a row begins with, from its tokens before the marks."""
    number = int(tokens[0].bare) if tokens and _NUMBER.fullmatch(tokens[0].bare) else None
    name = [token for token in (tokens[1:] if number is not None else tokens) if any(c.isalpha() for c in token.raw)]
    return number, name[:6]


def filled(tokens: Sequence[Token], line: int) -> MarkedLine | None:
    """A line of which no cell was lost: a sign a criterion, and the total behind: `1 Quý Sơn x - x … x 17/19`."""
    share = _SHARE.fullmatch(tokens[-1].bare) if tokens else None
    stop = len(tokens) - 1 if share else len(tokens)
    first = stop
    while first and sign_of(tokens[first - 1].raw) in _SIGNS:
        first -= 1
    number, name = named(tokens[:first])
    if not name or stop - first < FEWEST_MARKS:
        return None
    marks = tuple(token.raw for token in tokens[first:stop])
    span = tokens[first].span[0], tokens[stop - 1].span[1]
    return MarkedLine(number, name, marks, span, tokens[-1] if share else None, line)


def signed(lines: Sequence[Sequence[Token]]) -> list[MarkedLine]:
    """The lines that hold a sign for each column; of what is neither + nor - it is not said which it was."""
    runs = [_run(tokens) for tokens in lines]
    sure = Counter(n for n, tokens in zip(runs, lines, strict=True) if n >= FEWEST_MARKS and _all_signs(tokens, n))
    if not sure or sure.most_common(1)[0][1] < FEWEST_ROWS:
        return []
    width = sure.most_common(1)[0][0]
    rows = (_signed(tokens, run, width, i) for i, (tokens, run) in enumerate(zip(lines, runs, strict=True)))
    return in_order([row for row in rows if row is not None])


def _run(tokens: Sequence[Token]) -> int:
    """How many single signs stand before a line's last figure."""
    if len(tokens) < FEWEST_MARKS + 1 or not _NUMBER.fullmatch(tokens[-1].bare):
        return 0
    count = 0
    for token in reversed(tokens[:-1]):
        if len(token.raw) != 1:
            break
        count += 1
    return count


def _all_signs(tokens: Sequence[Token], count: int) -> bool:
    return all(token.raw in "+-–" for token in tokens[-1 - count : -1])


def _signed(tokens: Sequence[Token], run: int, width: int, line: int) -> MarkedLine | None:
    signs = [token.raw for token in tokens[max(0, len(tokens) - 1 - width) : -1]]
    if run < FEWEST_MARKS or sum(sign in "+-–" for sign in signs) < 1:
        return None
    total = int(tokens[-1].bare)
    number, name = named(tokens[: len(tokens) - 1 - min(run, width)])
    span = tokens[-1 - min(run, width)].span[0], tokens[-2].span[1]
    if run < width:
        fits = sum(sign == "+" for sign in signs[-run:]) == total
        unknown = "-" if fits and total == 0 else "?"
        return MarkedLine(number, name, (unknown,) * width, span, tokens[-1] if fits else None, line)
    unknown = "-" if signs.count("+") == total else "?"  # as many crosses as the total says: the others are none
    marks = tuple(sign if sign in "+-" else unknown for sign in signs)
    if total > width - marks.count("-"):  # a + is sooner lost than made
        marks = tuple(sign.replace("-", "?") for sign in marks)
    possible = marks.count("+") <= total <= width
    return MarkedLine(number, name, marks, span, tokens[-1] if possible else None, line)


def in_order(rows: Sequence[MarkedLine]) -> list[MarkedLine]:
    """The rows with rising numbers; those that lost theirs, or had them misread, get what is left between their
    neighbours', and those for which nothing fits go.

    >>> def said(*numbers):
    ...     return [row.number for row in in_order([MarkedLine(n, (), (), (0, 0), None, 0) for n in numbers])]
    >>> said(1, 2, None, None, 5), said(11, 12, 3, 14), said(1, None, 5), said(None, 2)
    ([1, 2, 3, 4, 5], [11, 12, 13, 14], [1, 5], [1, 2])
    """
    kept = set(_rising([row.number for row in rows]))
    out: list[MarkedLine] = []
    at = 0
    while at < len(rows):
        if at in kept:
            out.append(rows[at])
            at += 1
            continue
        stop = next((i for i in range(at, len(rows)) if i in kept), None)
        first = (out[-1].number or 0) + 1 if out else 1
        if stop is not None and (rows[stop].number or 0) - first == stop - at:
            out += [replace(row, number=first + i) for i, row in enumerate(rows[at:stop])]
        at = stop if stop is not None else len(rows)
    return out


def _rising(numbers: Sequence[int | None]) -> list[int]:
    """The places of the longest run of numbers that rise."""
    best: list[list[int]] = []
    for i, number in enumerate(numbers):
        if number is not None:
            before = [run for run in best if (numbers[run[-1]] or 0) < number]
            best.append([*max(before, key=len, default=[]), i])
    return max(best, key=len, default=[])
