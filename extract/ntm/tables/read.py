"""All tables of a notice, each read as the first kind that it is → `TableFacts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from extract.draft import AssessmentDraft, BandDraft, ColumnSum, FundingDraft, MoneySum
from extract.field import Field
from extract.ntm.rows.verdicts import Verdicts
from extract.ntm.survey import Survey
from extract.ntm.tables.heads.caption import table_target
from extract.ntm.tables.heads.communes import names_villages
from extract.ntm.tables.kinds.banded import read_banded
from extract.ntm.tables.kinds.bands import average_in_bands, read_bands
from extract.ntm.tables.kinds.by_criterion import read_by_criterion
from extract.ntm.tables.kinds.by_group import read_by_group
from extract.ntm.tables.kinds.grouped import read_grouped
from extract.ntm.tables.kinds.listed import listed_recognised
from extract.ntm.tables.kinds.matrix.read import read_matrix
from extract.ntm.tables.kinds.paired import read_paired
from extract.ntm.tables.kinds.recognised import dated_recognised, read_recognised
from extract.ntm.tables.kinds.registered import read_registered
from extract.ntm.tables.kinds.tallies import read_tallies
from extract.ntm.tables.kinds.verdicts import read_verdicts
from extract.ntm.tables.kinds.wrapped import read_wrapped
from extract.ntm.tables.money.sources import read_money
from extract.ntm.tables.shapes.aligned import aligned_grids
from extract.ntm.tables.shapes.grid import Grid, grids_of
from extract.ntm.tables.shapes.halves import stacked
from extract.ntm.tables.shapes.pages import joined_over_pages
from extract.ntm.tables.shapes.pairs import without_pairs
from extract.ntm.tables.shapes.placed import placed_grids
from extract.ntm.tables.worn.by_lists import read_by_lists
from extract.ntm.tables.worn.counts import count_grids
from extract.ntm.tables.worn.decisions import decision_grids
from extract.ntm.tables.worn.lines import Token, lines_of
from extract.ntm.tables.worn.loose import loose_grids
from extract.ntm.tables.worn.money import money_grids
from extract.ntm.verdicts.outcomes.named import Named
from extract.ntm.verdicts.results.find import Result
from extract.reading import Span
from ocr.page import Table


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What the tables of a notice say; `spans`: where their text stands, so that no rule for prose reads it too."""

    assessments: tuple[AssessmentDraft, ...] = ()
    bands: tuple[BandDraft, ...] = ()
    funding: tuple[FundingDraft, ...] = ()
    sums: tuple[ColumnSum | MoneySum, ...] = ()
    spans: tuple[Span, ...] = ()
    results: tuple[Result, ...] = ()
    verdicts: tuple[Verdicts, ...] = ()
    named: tuple[Named, ...] = ()
    averages: tuple[Field[float], ...] = ()
    totals: tuple[Field[int], ...] = ()
    planned: tuple[Named, ...] = ()


def read_tables(survey: Survey, tables: Sequence[Table], period: str | None) -> TableFacts:
    """The facts of all tables that are of a known kind; the text of the others is left to the rules for prose."""
    ruled = joined_over_pages(survey.whole, grids_of(survey.whole, tables))
    told = [_read(survey, stacked(grid), period) for grid in ruled]
    if not told:  # a text without rules: by its blanks, else by the marks of its rows, else by the names in them
        told = [facts for grid in _by_blanks(survey) if (facts := _read(survey, stacked(grid), period)) != TableFacts()]
    lines = [] if ruled else lines_of(survey.whole)
    told = told or [_read(survey, grid, period) for grid in loose_grids(survey, lines)]
    taken = [span for facts in told for span in facts.spans]
    told += [_read(survey, grid, period) for grid in _worn(survey, lines, taken)]
    wrapped = None if ruled else read_wrapped(survey)
    if not ruled and wrapped is None and not any(facts.bands for facts in told):
        wrapped = read_by_lists(survey)
    if wrapped is not None:
        told.append(TableFacts(bands=wrapped.bands, spans=(wrapped.span,)))
    told = told or [TableFacts(named=tuple(listed_recognised(survey)))]
    return TableFacts(
        *(tuple(one for facts in told for one in getattr(facts, part.name)) for part in fields(TableFacts))
    )


def _by_blanks(survey: Survey) -> list[Grid]:
    """The tables of a text by its blanks: those with empty cells by the heads above, the others by their number."""
    placed = placed_grids(survey)
    apart = [
        grid
        for grid in aligned_grids(survey)
        if not any(one.span[0] < grid.span[1] and grid.span[0] < one.span[1] for one in placed)
    ]
    return sorted([*placed, *apart], key=lambda grid: grid.span)


def _worn(survey: Survey, lines: Sequence[Sequence[Token]], taken: Sequence[Span]) -> list[Grid]:
    """The small tables that lost their rules and blanks and were not read by either."""
    found = [*money_grids(survey, lines), *count_grids(survey, lines), *decision_grids(survey, lines)]
    return [grid for grid in found if not any(a < grid.span[1] and grid.span[0] < b for a, b in taken)]


def _read(survey: Survey, grid: Grid, period: str | None) -> TableFacts:
    grid = without_pairs(grid)
    matrix = read_matrix(survey, grid, period)
    dated = tuple(dated_recognised(survey, grid))
    target = table_target(survey, grid.span[0])[0]
    grouped = read_grouped(survey, grid, target)
    if matrix is not None:
        return TableFacts(matrix.assessments, grouped, sums=matrix.sums, spans=(grid.span,), named=dated)
    turned = read_bands(survey, grid.transposed(), target)  # Số tiêu chí | 19 | 15 - 18 over Số xã | 5 | 7
    banded = read_banded(survey, grid, target) if turned is None else None
    if banded is not None:
        average, total = (banded.average,) if banded.average else (), (banded.total,) if banded.total else ()
        return TableFacts(bands=banded.bands, spans=(grid.span,), averages=average, totals=total)
    bands = turned or read_bands(survey, grid, target)
    if bands is not None:
        mean = average_in_bands(survey, grid, bands) if turned is None else None
        return TableFacts(bands=bands, spans=(grid.span,), averages=(mean,) if mean else ())
    money = read_money(survey, grid)
    if money is not None:
        return TableFacts(funding=money.entries, sums=money.sums, spans=(grid.span,))
    told = _rows(survey, grid, dated)
    return replace(told, bands=grouped, spans=(grid.span,)) if grouped else told


def _rows(survey: Survey, grid: Grid, dated: tuple[Named, ...]) -> TableFacts:
    """What the rows of a table say one by one, of communes or of criteria."""
    tallies = read_tallies(survey, grid)
    if tallies is not None:
        average = (tallies.average,) if tallies.average else ()
        return TableFacts(results=tallies.results, spans=(grid.span,), named=dated, averages=average)
    paired = read_paired(survey, grid, table_target(survey, grid.span[0])[1])
    if paired:
        return TableFacts(results=tuple(paired), spans=(grid.span,))
    verdicts = read_verdicts(survey, grid) or read_by_group(survey, grid)
    if verdicts is not None:
        return TableFacts(verdicts=(verdicts,), spans=(grid.span,))
    results = tuple(read_by_criterion(survey, grid, table_target(survey, grid.span[0])[1]))
    if results:
        return TableFacts(results=results, spans=(grid.span,))
    named = tuple(read_recognised(survey, grid) or dated)
    planned = () if named else tuple(read_registered(survey, grid))
    told = named or names_villages(grid)  # what is told of villages is none of the communes
    return TableFacts(named=named, spans=(grid.span,) if told else (), planned=planned)
