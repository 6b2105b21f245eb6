"""The communes that a notice names, whichever way they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.ntm.trust import vouched
from extract.ntm.units.communes import find_communes
from extract.ntm.units.link import Mention, Whereabouts
from extract.ntm.units.openings import at_items, misread, named_again
from extract.parts.items import Item
from extract.reading import Reading, Span


def find_mentions(
    whole: Reading,
    where: Whereabouts,
    stretches: Sequence[Span],
    items: Sequence[Item],
    parents: Sequence[int | None],
) -> list[Mention]:
    """The communes of some stretches: with the word xã, as openings of items, misread, and named again without it."""
    found = [mention for span in stretches for mention in find_communes(whole, where, *span)]
    found = [*found, *at_items(whole, where, items, found)]
    found = [*found, *misread(whole, where, items, parents, found)]
    return [*found, *named_again(whole, where, items, found)]


def seconded(mentions: Sequence[Mention]) -> list[Mention]:
    """A commune named surely in one place is vouched for where it was read badly."""
    best: dict[str, float] = {}
    for mention in mentions:
        code = mention.unit.value.code or ""
        best[code] = max(best.get(code, 0.0), mention.unit.confidence)
    return [
        replace(m, unit=vouched(m.unit, round(0.97 * best[m.unit.value.code], 4))) if m.unit.value.code else m
        for m in mentions
    ]
