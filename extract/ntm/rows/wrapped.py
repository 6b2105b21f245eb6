"""The lines above and below a row that its last cell's text takes: a cell is centred about its row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from extract.notice import Status
from extract.ntm.criteria.named import find_refs
from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.ref import Ref
from extract.ntm.rows.counted import refs_in
from extract.ntm.verdicts.results.find import Result
from extract.reading import Reading
from normalize.text import TextLine

WRAPPED = 3  # lines that a cell's text may have above or below the row's own
_CUT = re.compile(r"[^;,.:]*\Z")  # Giao thông; Trường học; Thu
_REST = re.compile(r"[^;,.:]*")  # nhập; Hộ nghèo


def completed(
    whole: Reading, lines: Sequence[TextLine], is_row: Sequence[bool], rows: Mapping[int, tuple[Result, int]]
) -> dict[int, Result]:
    """Each row by its line, with what lines beside it list, where just as many criteria are missing as it counts.

    `rows`: the results and how many criteria each leaves. Rows that would take the same line are left as they are.
    """
    ways = {k: _completed(whole, lines, is_row, k, row, missing) for k, (row, missing) in rows.items()}
    claims = Counter(at for _, taken in ways.values() for at in taken)
    return {k: rows[k][0] if any(claims[at] > 1 for at in taken) else row for k, (row, taken) in ways.items()}


def _completed(
    whole: Reading, lines: Sequence[TextLine], is_row: Sequence[bool], at: int, row: Result, missing: int
) -> tuple[Result, tuple[int, ...]]:
    """A row with what it lacks, and the lines that this stood on: the fewest, evenly if they may be."""
    above, below = _unowned(is_row, at, -1), _unowned(is_row, at, 1)
    if len(row.refs) >= missing:
        return row, ()
    ways = product(range(len(above) + 1), range(len(below) + 1))
    for i, j in sorted(ways, key=lambda way: (sum(way), abs(way[0] - way[1]))):
        over, under = above[len(above) - i :], below[:j]
        refs = [(ref, Status.NOT_ACHIEVED) for ref in _listed(whole, lines, over, under)]
        told = {ref.number or ref.name for ref, _ in (*row.refs, *refs)}
        if len(told) == len(row.refs) + len(refs) == missing:
            return replace(row, refs=(*row.refs, *refs)), (*over, *under)
    return row, ()


def _unowned(is_row: Sequence[bool], at: int, step: int) -> list[int]:
    """The lines beside a row, one way, that are no rows."""
    found: list[int] = []
    k = at + step
    while 0 <= k < len(is_row) and len(found) < WRAPPED and not is_row[k]:
        found.append(k)
        k += step
    return found[::step]


def _listed(whole: Reading, lines: Sequence[TextLine], over: Sequence[int], under: Sequence[int]) -> Iterator[Ref]:
    """The criteria of the lines over a row and of those under it, and the name that the row itself cuts in two."""
    cut = _cut(whole, lines[over[-1]], lines[under[0]]) if over and under else None
    for part in (over, under):
        for ref in _refs(whole, lines, part):
            if cut is None or not cut.start <= ref.start < cut.end:
                yield ref
    if cut:
        yield cut


def _refs(whole: Reading, lines: Sequence[TextLine], part: Sequence[int]) -> list[Ref]:
    if len(part) == 1:
        return refs_in(whole, lines[part[0]].start, lines[part[0]].end)
    return find_refs(whole, lines[part[0]].start, lines[part[-1]].end) if part else []


def _cut(whole: Reading, above: TextLine, below: TextLine) -> Ref | None:
    """`… Trường học; Thu` over a row and `nhập; Hộ nghèo` under it: the name, where both together are one.

    It stands from the one part to the other, so that its proof holds both, and the row between.
    """
    first, last = _CUT.search(whole.flowing, above.start, above.end), _REST.match(whole.flowing, below.start, below.end)
    if first is None or last is None or not first[0].strip() or name_pattern().fullmatch(first[0].strip()):
        return None
    name = f"{whole.flat(*first.span()).strip()} {whole.flat(*last.span()).strip()}"
    known = name_pattern().fullmatch(f"{first[0].strip()} {last[0].strip()}")
    start = first.end() - len(first[0].lstrip())
    return Ref(start, last.start() + len(last[0].rstrip()), None, name) if known else None
