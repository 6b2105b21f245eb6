"""Cells of a table that is put together again; what is only told, not read, stands where the table begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.field import Field
from extract.notice import Unit
from extract.ntm.tables.shapes.grid import Grid, GridCell
from extract.ntm.tables.worn.lines import Token, span_of
from extract.reading import Reading, Span


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes cells of a notice's text; `at`: the letter at which the table begins."""

    whole: Reading
    at: int

    def told(self, text: str) -> GridCell:
        """A cell that nothing is read in."""
        return self.cell(text, (self.at, self.at))

    def cell(self, raw: str, span: Span, *, unread: bool = False) -> GridCell:
        """A cell with this text."""
        return GridCell(0, 0, 1, 1, raw, span, (0, 0), None, 0, unread)

    def words(self, tokens: Sequence[Token]) -> GridCell:
        """The cell of some words side by side, as restored; an empty one of none."""
        return self.cell(self.whole.flat(*span_of(tokens)), span_of(tokens)) if tokens else self.told("")

    def mark(self, sign: str, span: Span) -> GridCell:
        """A sign, or `?` for a cell in which it could not be told."""
        return self.cell("" if sign == "?" else sign, span, unread=sign == "?")

    def figure(self, token: Token | None) -> GridCell:
        """A figure; without a token a cell in which it could not be read."""
        if token is None:
            return self.cell("", (self.at, self.at), unread=True)
        return self.cell(token.bare, token.span)

    def named(self, unit: Field[Unit] | None, span: Span | None = None) -> GridCell:
        """The cell of a unit that is known, where it was read, or an empty one."""
        return replace(self.cell("" if unit is None else unit.value.name, span or (self.at, self.at)), unit=unit)

    def grid(self, table: Sequence[Sequence[GridCell]], span: Span) -> Grid:
        """The cells row by row as a grid, each told its place."""
        rows = [tuple(replace(cell, row=i, column=j) for j, cell in enumerate(row)) for i, row in enumerate(table)]
        return Grid(tuple(rows), span)
