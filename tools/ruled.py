"""Ruled tables of a sample: thin black lines, heads that wrap and span, rows that go on over the page.

In a row the cell `<` belongs to the cell on its left and `^` to the cell above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from press import Press, Word, mm, words_of

INK = (20, 20, 20)
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is set: widths out of 1, how each column stands (l, m, r), points and the rows of its head."""

    shares: tuple[float, ...]
    stand: str = ""                  # empty: narrow columns centred, wide ones from the left
    points: float | None = None      # None: one less than the body
    head: int = 1
    middle: bool = False             # short cells stand in the middle of their row's height

    @staticmethod
    def of(columns: str) -> Shape:
        """A shape from its line: `!table head=2 points=10 6m 24l 35r`, widths in hundredths.

        >>> Shape.of("head=2 30l 70m")
        Shape(shares=(0.3, 0.7), stand='lm', points=None, head=2, middle=True)
        """
        words = columns.split()
        options = dict(word.split("=") for word in words if "=" in word)
        widths = [word for word in words if "=" not in word]
        points = float(options["points"]) if "points" in options else None
        shares = tuple(float(word[:-1]) / 100 for word in widths)
        return Shape(shares, "".join(word[-1] for word in widths), points, int(options.get("head", 1)), middle=True)


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    wide: int = 1                    # columns it takes
    high: int = 1                    # rows it takes
    lines: list[list[Word]] = field(default_factory=list)


def _cells(rows: Sequence[Row], columns: int) -> list[_Cell]:
    """The cells with their spans; a span never crosses another."""
    at: dict[tuple[int, int], _Cell] = {}
    made: list[_Cell] = []
    for r, row in enumerate(rows):
        for c in range(columns):
            text = row[c] if c < len(row) else ""
            if text == "<":
                at[r, c] = at[r, c - 1]
                at[r, c].wide = max(at[r, c].wide, c - at[r, c].column + 1)
            elif text == "^":
                at[r, c] = at[r - 1, c]
                at[r, c].high = r - at[r, c].row + 1
            else:
                at[r, c] = _Cell(r, c)
                made.append(at[r, c])
    return made


class Ruled:
    """One table on a press."""

    def __init__(self, press: Press, rows: Sequence[Row], shape: Shape) -> None:
        self.press, self.rows, self.shape = press, rows, shape
        self.size = shape.points or press.points - 1
        self.step = press.leading * 0.92 * (self.size / (press.points - 1))
        self.edges = [press.left]
        for share in shape.shares:
            self.edges.append(round(self.edges[-1] + share * (press.right - press.left)))
        self.cells = _cells(rows, len(shape.shares))
        for cell in self.cells:
            self._break(cell)
        self.heights = self._heights()

    def _span(self, cell: _Cell) -> tuple[int, int]:
        return self.edges[cell.column], self.edges[cell.column + cell.wide]

    def _break(self, cell: _Cell) -> None:
        left, right = self._span(cell)
        text = self.rows[cell.row][cell.column] if cell.column < len(self.rows[cell.row]) else ""
        words = words_of(text, "b" if cell.row < self.shape.head else "")
        spare = min(mm(3), (right - left) * 0.1)
        cell.lines = self.press.broken(words, right - left - spare, points=self.size)

    def _heights(self) -> list[float]:
        """Pixels of each row; what a tall cell lacks goes to its last row."""
        pad = mm(1.6)
        found = [self.step + pad] * len(self.rows)
        for cell in sorted(self.cells, key=lambda one: one.high):
            last = cell.row + cell.high
            lacking = self.step * len(cell.lines) + pad - sum(found[cell.row:last])
            found[last - 1] += max(0.0, lacking)
        return found

    def draw(self) -> None:
        """Draw the table from the press's `y` on, over as many pages as it takes."""
        press, first = self.press, 0
        kept = sum(self.heights[: self.shape.head + 1])
        if press.y - self.step + kept > press.bottom:
            press.new_page()
        tops: list[float] = []
        for row, high in enumerate(self.heights):
            if row > self.shape.head and press.y - self.step + high > press.bottom:
                self._strip(first, row, tops)
                press.new_page()
                first = row
            tops.append(press.y - self.step * 0.95)
            press.y += high
        self._strip(first, len(self.rows), tops)
        press.y += press.gap + mm(1)

    def _strip(self, first: int, end: int, tops: list[float]) -> None:
        """The cells of the rows from `first` to `end`, all on the page at hand."""
        for cell in self.cells:
            if first <= cell.row < end:
                low = tops[cell.row] + sum(self.heights[cell.row : cell.row + cell.high])
                self._cell(cell, tops[cell.row], low)

    def _cell(self, cell: _Cell, top: float, low: float) -> None:
        left, right = self._span(cell)
        self.press.draw.rectangle((left, top, right, low), outline=INK, width=3)
        stand = self._stand(cell, right - left)
        x = {"m": (left + right) / 2, "l": left + mm(1.5), "r": right - mm(1.5)}[stand]
        y = top + self.step * 0.95
        if self.shape.middle:
            y += (low - top - mm(1.6) - self.step * len(cell.lines)) / 2
        for place, line in enumerate(cell.lines):
            self.press.put(line, x, y + place * self.step, self.size, anchor=stand)

    def _stand(self, cell: _Cell, wide: float) -> str:
        if not self.shape.stand:
            return "m" if wide < mm(40) else "l"
        return "m" if cell.row < self.shape.head or cell.wide > 1 else self.shape.stand[cell.column]
