"""Ruled tables of the programme: annexes of communes by criteria, and bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.draft import AssessmentDraft, BandDraft, ColumnSum
from extract.ntm.survey import Survey
from extract.ntm.tables.grid import grids_of
from extract.ntm.tables.matrix import read_matrix
from extract.words.phrases import Span
from ocr.page import Table

__all__ = ["TableFacts", "read_tables"]


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What the tables of a notice say; `spans`: where their text stands, so that no rule for prose reads it too."""

    assessments: tuple[AssessmentDraft, ...] = ()
    bands: tuple[BandDraft, ...] = ()
    sums: tuple[ColumnSum, ...] = ()
    spans: tuple[Span, ...] = ()


def read_tables(survey: Survey, tables: Sequence[Table], period: str | None) -> TableFacts:
    """The facts of all tables that are of a known kind; the text of the others is left to the rules for prose."""
    facts = TableFacts()
    for grid in grids_of(survey.whole, tables):
        matrix = read_matrix(survey, grid, period)
        if matrix is not None:
            facts = TableFacts(
                (*facts.assessments, *matrix.assessments), facts.bands, (*facts.sums, *matrix.sums),
                (*facts.spans, grid.span),
            )  # fmt: skip
    return facts
