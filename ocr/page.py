"""The nouns of a read page: `Box`, `Word`, `Line`, `Page`.

Pixels, top-left origin; confidence 0..1; text in NFC. Everything here is frozen: a later stage makes
new values, it never changes these.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

REFUSED = "text layer not used"  # a note on a page whose layer says something else than its print


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle on a page image, in pixels, right and bottom exclusive.

    >>> Box(0, 0, 10, 4) | Box(8, 2, 20, 6)
    Box(left=0, top=0, right=20, bottom=6)
    """

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if self.left > self.right or self.top > self.bottom:
            raise ValueError(f"a box must not be turned inside out: {self}")

    def __or__(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


class Region(StrEnum):
    """Where on the page a line stands. `BODY` where nothing is known, as in a text dump."""

    BODY = "body"
    LEFT = "left"  # the left column of a letterhead or signature block: issuer, number; recipients
    RIGHT = "right"  # its right column: state name, place and date; authority, title, signer
    MARGIN = "margin"  # page numbers, stamps of digital signatures at the edge: never part of a value


@dataclass(frozen=True, slots=True)
class Guess:
    """Digits that ink may stand for, and how probable that is (0..1)."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was read.

    `box` is None for a text dump. `start`, `end`: offsets into `Page.raw`. `by_hand`: the ink says that
    this was filled in by hand, whatever the engine read. `guesses`: what such ink may be, likeliest first, empty
    where nobody knows. `from_seal`: under a seal or a stamp.
    """

    text: str
    box: Box | None
    confidence: float
    page: int
    start: int
    end: int
    by_hand: bool = False
    from_seal: bool = False
    guesses: tuple[Guess, ...] = ()

    def __post_init__(self) -> None:
        if not unicodedata.is_normalized("NFC", self.text):
            raise ValueError(f"a word must be in NFC: {self.text!r}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence must lie in 0..1: {self.confidence}")


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, left to right, in one column. `block`: lines of one paragraph share a number.

    `indent`: how far the line's first word stands right of its column's left edge, as a share of the page's
    width; `size`: the height of its letters relative to the page's usual (1.0). Both 0.0 where unknown.
    """

    words: tuple[Word, ...]
    region: Region = Region.BODY
    block: int = 0
    indent: float = 0.0
    size: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled table: its first row and column, how many of each it takes, its box on the page.

    `words` stand in `Page.lines` too. `unread`: there is ink that nobody could read, so it is not empty.
    """

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    words: tuple[Word, ...] = ()
    unread: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Table:
    """A table found by its rules: cells from top left to bottom right; together they fill rows x columns."""

    page: int
    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was read, or that could not be: then `problem` says why and `lines` is empty.

    `raw` is what the engine or the file gave, untouched; the words' offsets point into it. `width` and
    `height` are pixels of the page image that the boxes refer to, 0 for a text dump. `tables` are those with
    rules; each row of one is a line too, cell by cell.
    """

    number: int
    width: int
    height: int
    lines: tuple[Line, ...]
    raw: str = ""
    problem: str | None = None
    notes: tuple[str, ...] = field(default=())
    tables: tuple[Table, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.problem is not None and self.lines:
            raise ValueError("a page with a problem has no lines: it is never half a page")
