"""What each item stands under: its parent, and the items above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.parts.item_marks import PLAIN
from extract.parts.items import STARRED, Item


def find_parents(items: Sequence[Item]) -> list[int | None]:
    """For each item the index of the one it stands under: the nearest before it of lesser depth.

    A paragraph stands between `a)` and the dashes: what is listed below it belongs to it.

    >>> find_parents([Item(0, 0, 1, depth) for depth in (0, 1, 4, 4, 5, 1, PLAIN, 4)])
    [None, 0, 1, 1, 3, 0, 5, 6]
    """
    above: list[int] = []
    parents: list[int | None] = []
    for index, item in enumerate(items):
        while above and _rank(items[above[-1]]) >= _rank(item):
            above.pop()
        parents.append(above[-1] if above else None)
        above.append(index)
    return parents


def ancestors(parents: Sequence[int | None], index: int) -> Iterator[int]:
    """The indices of the items above an item, the nearest first.

    >>> list(ancestors([None, 0, 1, 1], 3))
    [1, 0]
    """
    parent = parents[index]
    while parent is not None:
        yield parent
        parent = parents[parent]


def _rank(item: Item) -> float:
    return {PLAIN: 3.5, STARRED: 3.7}.get(item.depth, item.depth)
