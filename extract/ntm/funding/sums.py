"""Which of the amounts of a notice is the total of which: a total is what the amounts that it opens add up to.

Sources, their totals and their items stand in one sentence, in brackets, or in bullets below each other; words such
as *tổng* are often missing (`Năm 2022 huy động 125,5 tỷ đồng, gồm: …`), so the sums decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.ntm.figures.money import Amount
from extract.reading import Reading

MOST = 30  # parts of one total
# 96 tỷ đồng, trong đó: … · … (trung ương 30 tỷ đồng, …) · … đồng để xây dựng nông thôn mới, bao gồm: …; folded
_OPENER = re.compile(r"(?<!\w)(?:trong do|gom|bao gom|cu the|chia ra|phan theo|nhu sau|huy dong tu)(?!\w)|:\s*$")
_BRACKET = re.compile(r"\s*\(")


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount with the words that name it and the item it stands in; `above`: the items above that one.

    `parts`: the indices of the amounts that add up to it; `within`: the total that it is part of; `odd`: it opens a
    list of amounts that does not add up to it; `inside`: the amount behind which it stands in brackets.
    """

    amount: Amount
    start: int  # where its words begin
    end: int  # of the amount, and of its words where they stand behind
    label: str
    item: int
    above: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    within: int | None = None
    odd: bool = False
    inside: int | None = None


def sum_up(whole: Reading, found: Sequence[Sum]) -> list[Sum]:
    """The amounts, in their order, with their totals found: the inner ones first, each part counted once."""
    sums = _bracketed(whole, found)
    after = list(range(1, len(sums) + 1))  # behind the parts of each
    for i in reversed(range(len(sums))):
        opened = _opened(whole, sums, i, after)
        parts = _adding_up(sums, i, opened)
        sums[i] = replace(sums[i], parts=parts, odd=len(opened) > 1 and not parts)
        for part in parts:
            sums[part] = replace(sums[part], within=i)
        after[i] = after[parts[-1]] if parts else i + 1
    return sums


def _bracketed(whole: Reading, found: Sequence[Sum]) -> list[Sum]:
    """Each amount with the one that opens the bracket it stands in."""
    sums = list(found)
    for i, one in enumerate(sums):
        opening = _BRACKET.match(whole.string, one.end)
        shut = whole.string.find(")", one.end) if opening else -1
        for j in range(i + 1, len(sums)):
            if sums[j].amount.start < shut and sums[j].item == one.item:
                sums[j] = replace(sums[j], inside=i)
    return sums


def _opened(whole: Reading, sums: Sequence[Sum], i: int, after: Sequence[int]) -> list[int]:
    """The amounts that may be parts of one: those in its bracket, behind its `trong đó`, or in the items below."""
    inner = [j for j in range(i + 1, len(sums)) if sums[j].inside == i]
    if inner:
        return [j for j in _steps(i + 1, inner[-1] + 1, after) if j in inner]
    first = i + 1
    if first >= len(sums) or not _opens(whole, sums[i], sums[first]):
        return []
    stop = next((j for j in range(first, len(sums)) if sums[j].inside != sums[i].inside and sums[i].inside is not None),
                len(sums))  # fmt: skip
    return _steps(first, min(stop, len(sums)), after)[:MOST]


def _steps(first: int, stop: int, after: Sequence[int]) -> list[int]:
    """The indices from `first` on, the parts of each left out."""
    steps = []
    while first < stop:
        steps.append(first)
        first = after[first]
    return steps


def _opens(whole: Reading, one: Sum, following: Sum) -> bool:
    """Does an amount lead to the next: by `trong đó`, by a colon, or as the item above the next one's?"""
    between = whole.flowing[one.amount.end : following.start]
    if one.item == following.item:
        return len(between) < 200 and _OPENER.search(between) is not None
    return one.item in following.above or (len(between) < 200 and _OPENER.search(between) is not None)


def _adding_up(sums: Sequence[Sum], i: int, opened: Sequence[int]) -> tuple[int, ...]:
    """The first of the opened amounts that add up to the total, to the last figure printed; two at least."""
    total, slack = 0, sums[i].amount.step // 2
    for count, j in enumerate(opened, 1):
        total += sums[j].amount.vnd
        slack += sums[j].amount.step // 2
        if count > 1 and abs(total - sums[i].amount.vnd) <= min(slack, sums[i].amount.vnd // 200):
            return tuple(opened[:count])
        if total > sums[i].amount.vnd + slack:
            return ()
    return ()
