"""A text with what was put right in it, and the words that it was put right in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.text import NONE, Text


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its repair; `words`: indices into `text.words` of those that were touched."""

    text: Text
    words: frozenset[int]


def mended(text: Text, edits: Sequence[tuple[int, int, str]]) -> Mended:
    """Make the edits, given in rising order and apart as (start, end, new), and tell whose letters they changed.

    >>> from normalize.text import from_lines
    >>> mended(from_lines(["đạt 1§ tiêu chí"]), [(5, 6, "8")]).words
    frozenset({1})
    """
    touched = frozenset(i for start, end, _ in edits for i in text.origin[start:end] if i != NONE)
    return Mended(text.replace_all(edits) if edits else text, touched)
