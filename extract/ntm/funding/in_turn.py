"""Payers named together before their amounts: `ngân sách tỉnh, ngân sách huyện đối ứng lần lượt 4 và 2 tỷ đồng`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from extract.ntm.figures.money import Amount
from extract.ntm.funding.labels import label_of
from extract.ntm.funding.payers import PAYER
from extract.reading import Reading
from normalize.fold import fold

_IN_TURN = re.compile(
    r"(?P<names>.+?)(?:\s+(?:đã|đối\s+ứng|bố\s+trí|hỗ\s+trợ))*\s+lần\s+lượt(?:\s+(?:là|được|bố\s+trí|hỗ\s+trợ))*\s*$"
)
_PARTS = re.compile(rf"\s*(?:,|\bva\b)\s+(?={PAYER.pattern}|von\b)")
_NEXT = re.compile(r"\s*(?:,|và|;)?\s*(?:và\s+)?")  # between two of the amounts


def names_in_turn(text: str) -> list[str]:
    """The payers that the words before an amount name, in order; none where they name no list of them.

    >>> names_in_turn("; ngân sách tỉnh, ngân sách huyện đối ứng lần lượt ")
    ['ngân sách tỉnh', 'ngân sách huyện']
    """
    found = _IN_TURN.match(" ".join(text.split()))
    if found is None:
        return []
    cuts = [0, *(end for part in _PARTS.finditer(fold(found["names"])) for end in part.span()), len(found["names"])]
    names = [found["names"][a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [label_of(name) for name in names] if len(names) > 1 else []


def follow_in_turn(reading: Reading, amounts: Sequence[Amount]) -> int:
    """How many amounts, the first of them included, stand in one row: `14,6 tỷ đồng, 22,35 tỷ đồng và 71,8 tỷ đồng`."""
    rows = takewhile(lambda pair: _NEXT.fullmatch(reading.string, pair[0].end, pair[1].start), pairwise(amounts))
    return 1 + sum(1 for _ in rows)
