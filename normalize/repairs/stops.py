"""Stops in a list of communes: on a worn page a comma loses its tail, and `Kim Hòa. Mỹ Hòa, Trường Thọ` is one list."""

from __future__ import annotations

import re
from collections.abc import Collection

from normalize.fold import fold
from normalize.letters import UPPER
from normalize.text import NONE, Text

_NAME = rf"[{UPPER}][\w'’]*(?:[ \n][{UPPER}][\w'’]*){{0,3}}"
# : Kim Hòa. Mỹ Hòa, · , Nhị Trường. Hiệp Hòa. · not `xã Nhị Trường. Hiệp Hòa đạt 17/19`
_PARTED = re.compile(
    rf"(?:[:,;.(]|(?<!\w)(?:xã|và))\s+(?P<left>{_NAME})(?P<stop>\.)(?=\s+(?P<right>{_NAME})\s*(?:[.,;)]|\bvà\s|$))"
)


def join_lists(text: Text, names: Collection[str]) -> Text:
    """The text with a comma for each stop between two of the names in a list; only what was read from a page."""
    known = frozenset(map(fold, names))
    edits = [(at, at + 1, ",") for at in _stops(text.string, known) if _is_read(text, at)]
    return text.replace_all(edits) if edits else text


def _stops(string: str, known: Collection[str]) -> list[int]:
    """Where a stop stands between two names of a list.

    >>> _stops("có 04 xã: Kim Hòa. Mỹ Hòa, Trường Thọ. Bình quân", ("kim hoa", "my hoa", "truong tho"))
    [17]
    """
    found, at = [], 0
    while match := _PARTED.search(string, at):
        if _key(match["left"]) in known and _key(match["right"]) in known:
            found.append(match.start("stop"))
        at = match.start("stop")  # the name behind it may end at a stop, too
    return found


def _key(name: str) -> str:
    return fold(" ".join(name.split()))


def _is_read(text: Text, at: int) -> bool:
    """Does the character come from a word that has a place on a page?"""
    return text.origin[at] != NONE and text.words[text.origin[at]].box is not None
