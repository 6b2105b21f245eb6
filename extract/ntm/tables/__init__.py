"""Ruled tables of the programme: annexes of communes by criteria, bands, money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.draft import AssessmentDraft, BandDraft, ColumnSum, FundingDraft, MoneySum
from extract.ntm.survey import Survey
from extract.ntm.tables.bands import read_bands
from extract.ntm.tables.grid import Grid, grids_of
from extract.ntm.tables.matrix import read_matrix, table_target
from extract.ntm.tables.money import read_money
from extract.words.phrases import Span
from ocr.page import Table

__all__ = ["TableFacts", "read_tables"]


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What the tables of a notice say; `spans`: where their text stands, so that no rule for prose reads it too."""

    assessments: tuple[AssessmentDraft, ...] = ()
    bands: tuple[BandDraft, ...] = ()
    funding: tuple[FundingDraft, ...] = ()
    sums: tuple[ColumnSum | MoneySum, ...] = ()
    spans: tuple[Span, ...] = ()


def read_tables(survey: Survey, tables: Sequence[Table], period: str | None) -> TableFacts:
    """The facts of all tables that are of a known kind; the text of the others is left to the rules for prose."""
    assessments: list[AssessmentDraft] = []
    bands: list[BandDraft] = []
    funding: list[FundingDraft] = []
    sums: list[ColumnSum | MoneySum] = []
    spans: list[Span] = []
    for grid in grids_of(survey.whole, tables):
        facts = _read(survey, grid, period)
        assessments += facts.assessments
        bands += facts.bands
        funding += facts.funding
        sums += facts.sums
        spans += facts.spans
    return TableFacts(tuple(assessments), tuple(bands), tuple(funding), tuple(sums), tuple(spans))


def _read(survey: Survey, grid: Grid, period: str | None) -> TableFacts:
    matrix = read_matrix(survey, grid, period)
    if matrix is not None:
        return TableFacts(assessments=matrix.assessments, sums=matrix.sums, spans=(grid.span,))
    bands = read_bands(survey, grid, table_target(survey, grid)[0])
    if bands is not None:
        return TableFacts(bands=bands, spans=(grid.span,))
    money = read_money(survey, grid)
    if money is not None:
        return TableFacts(funding=money.entries, sums=money.sums, spans=(grid.span,))
    return TableFacts()
