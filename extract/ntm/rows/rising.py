"""Numbers of criteria whose commas and blanks a dump lost: `23,5,6.10 11 1317` are eight that rise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.ntm.criteria.ref import HIGHEST_NUMBER, Ref

_FIGURES = re.compile(r"\d+")
_CELL = re.compile(r"[\s|.,;:'-]*\d[\s|.,;:'\d-]*")  # nothing but figures and what parts them
LOST = "blanks or commas between its figures were lost"
Cut = tuple[tuple[int, int], ...]


def rising(string: str, start: int, end: int, many: int) -> list[Ref] | None:
    """The criteria of a cell at [start, end), where its figures can be cut in one way into `many` rising numbers.

    >>> [ref.number for ref in rising("23,5,6.10 11 1317", 0, 17, 8) or ()]
    [2, 3, 5, 6, 10, 11, 13, 17]
    >>> [(ref.number, bool(ref.doubt)) for ref in rising("610, 11", 0, 7, 3) or ()]
    [(6, True), (10, True), (11, False)]
    >>> rising("93.45 6", 0, 7, 5), rising("6, 10 Thu nhập", 0, 14, 2)  # print
    (None, None)
    """
    if _CELL.fullmatch(string, start, end) is None:
        return None
    runs = [run.span() for run in _FIGURES.finditer(string, start, end)]
    ways = list(_ways(string, runs, many, 0))
    if len(ways) != 1:
        return None
    return [_ref(string, span, span in runs) for span in ways[0]]


def _ref(string: str, span: tuple[int, int], printed: bool) -> Ref:
    return Ref(*span, int(string[slice(*span)]), None, digits=(span,), doubt="" if printed else LOST)


def _ways(string: str, runs: Sequence[tuple[int, int]], many: int, last: int) -> Iterator[Cut]:
    """All ways to cut runs of figures into so many numbers that rise from `last` on."""
    if not runs:
        yield from [()] if many == 0 else []
        return
    (start, end), rest = runs[0], runs[1:]
    for stop in range(start + 1, min(start + 2, end) + 1):
        number = int(string[start:stop])
        if many and last < number <= HIGHEST_NUMBER:
            left = [(stop, end), *rest] if stop < end else rest
            yield from (((start, stop), *more) for more in _ways(string, left, many - 1, number))
