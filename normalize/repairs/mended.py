"""A text with what was put right in it and the words that this touched; rules that say what takes what place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from normalize.text import NONE, Text

Edit = tuple[int, int, str]  # start, end, what takes the place
# What takes the place of the group `bad` of a match, or of all of it; None where nothing does
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its repair; `words`: indices into `text.words` of those that were touched."""

    text: Text
    words: frozenset[int]


def mended(text: Text, edits: Sequence[Edit]) -> Mended:
    """Make the edits, given in rising order and apart as (start, end, new), and tell whose letters they changed.

    >>> from normalize.text import from_lines
    >>> mended(from_lines(["đạt 1§ tiêu chí"]), [(5, 6, "8")]).words
    frozenset({1})
    """
    touched = frozenset(i for start, end, _ in edits for i in text.origin[start:end] if i != NONE)
    return Mended(text.replace_all(edits) if edits else text, touched)


def edits_of(rules: Iterable[Rule], string: str) -> Iterator[Edit]:
    """What each rule puts right, rule by rule.

    >>> list(edits_of([(re.compile(r"(?<=\\d)(?P<bad>O)"), lambda _: "0")], "1O xã"))
    [(1, 2, '0')]
    """
    for pattern, what in rules:
        group = "bad" if "bad" in pattern.groupindex else 0
        for match in pattern.finditer(string):
            if (new := what(match)) not in (None, match[group]):
                yield *match.span(group), new


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in rising order; of two that meet the one that was given first.

    >>> apart([(4, 6, "a"), (5, 7, "b"), (0, 1, "c")])
    [(0, 1, 'c'), (4, 6, 'a')]
    """
    kept: list[tuple[int, int, int, str]] = []
    for start, rank, end, new in sorted((start, rank, end, new) for rank, (start, end, new) in enumerate(edits)):
        if not kept or kept[-1][2] <= start:
            kept.append((start, rank, end, new))
        elif rank < kept[-1][1]:
            kept[-1] = (start, rank, end, new)
    return [(start, end, new) for start, _, end, new in kept]
