"""`Outline`: the items of a notice's body, what each stands under, and what a task takes from outside its sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.parts.ancestors import ancestors
from extract.parts.item_marks import PLAIN
from extract.parts.items import Item
from extract.reading import Reading


@dataclass(frozen=True, slots=True)
class Outline:
    """Items in order; `parents[i]` is the index of the item above item i.

    `issued`: the notice's own day, which tells the year of a day printed without one. `addressed`: those whom a
    letter is addressed to. `openers[i]`: the item whose last words ask for item i, `Sở đề nghị UBND xã:`.
    """

    whole: Reading
    items: Sequence[Item]
    parents: Sequence[int | None]
    openers: Sequence[int | None]
    issued: dt.date | None = None
    addressed: tuple[str, ...] = ()

    def above(self, index: int) -> Iterator[int]:
        """The items that an item stands under, the nearest first."""
        return ancestors(self.parents, index)

    def leads(self, index: int) -> bool:
        """Does an item only lead to what is listed below it?"""
        below = any(
            parent == index and item.depth != PLAIN for item, parent in zip(self.items, self.parents, strict=True)
        )
        return below or self.whole.string[: self.items[index].end].rstrip().endswith(":")

    def is_listed(self, index: int) -> bool:
        """Is it a bullet, or the one paragraph right below a heading: `2. Các đơn vị chủ rừng`?"""
        depth = self.items[index].depth
        return depth in (3, 4, 5) or (depth == PLAIN and self.parents[index] == index - 1)

    def is_heading(self, index: int) -> bool:
        item = self.items[index]
        return self.whole.string[item.content : item.end].isupper()
