"""Words that an engine read twice: `Huyện ủ ủy`, `UBND xí xã Tam Lãnh`, the first reading a piece of the second."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby, pairwise

from normalize.fold import fold
from normalize.text import Text
from ocr.page import Word

SHARED = 0.4  # of the narrower one's width that two readings of one print share; boxes of neighbours touch at times


def without_doubles(text: Text) -> Text:
    """The text without the less sure of two readings of one print: a shorter one before one that begins like it.

    >>> from ocr.page import Box, Line, Page
    >>> from normalize.text import from_pages
    >>> words = ("Huyện", 344, 405, 0.93), ("ủ", 414, 425, 0.93), ("ủy", 417, 441, 0.97)
    >>> row = tuple(Word(w, Box(a, 1356, b, 1390), sure, 1, a, a + len(w)) for w, a, b, sure in words)
    >>> without_doubles(from_pages([Page(1, 0, 0, (Line(row),), "")])).string
    'Huyện ủy\\n'
    """
    doubled = {i for i, (a, b) in enumerate(pairwise(text.words)) if _is_doubled(a, b)}
    return text.replace_all([(*span, "") for span in _spans(text, doubled)]) if doubled else text


def _is_doubled(first: Word, second: Word) -> bool:
    """Is the first word a poorer reading of what the second one stands for?"""
    if first.box is None or second.box is None or first.page != second.page or first.confidence >= second.confidence:
        return False
    shared = min(first.box.right, second.box.right) - max(first.box.left, second.box.left)
    if shared <= SHARED * min(first.box.width, second.box.width):
        return False
    level = min(first.box.bottom, second.box.bottom) > max(first.box.top, second.box.top)
    return level and len(first.text) <= len(second.text) and fold(first.text[:1]) == fold(second.text[:1])


def _spans(text: Text, words: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where words stand in the text, each with the blank behind it."""
    for origin, run in groupby(range(len(text.origin)), key=lambda at: text.origin[at]):
        if origin in words:
            at = list(run)
            blank = text.string[at[-1] + 1 : at[-1] + 2] == " "
            yield at[0], at[-1] + 1 + blank
