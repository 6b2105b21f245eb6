"""All that a notice says of units by counts and criteria: in sentences, in rows that are lines, and in tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from extract.field import Field
from extract.notice import Unit
from extract.ntm.rows.counts import CountRow
from extract.ntm.rows.tallies import find_rows
from extract.ntm.rows.verdicts import find_verdict_rows, placed, spans_of_verdicts
from extract.ntm.survey import Survey
from extract.ntm.tables import TableFacts
from extract.ntm.verdicts.alone_in_band import find_alone_in_band
from extract.ntm.verdicts.bracketed import find_bracketed
from extract.ntm.verdicts.by_criterion import find_by_criterion, find_by_place, find_counted_by_criterion
from extract.ntm.verdicts.by_topic import find_by_topic
from extract.ntm.verdicts.results.find import Result, find_results
from extract.ntm.verdicts.results.stated import Told
from extract.reading import Span, within


def all_results(survey: Survey, taken: Sequence[Span], ruled: TableFacts, dated: Sequence[CountRow]) -> list[Result]:
    """Every result, whatever told it. What rows tell is hidden from the sentences, what tables found from the rows.

    `taken`: spans that tell bands. `ruled`: what tables say. `dated`: rows of counts.
    """
    rows = find_rows(survey, taken)
    by_place = list(find_by_place(survey))
    spans = [*taken, *(row.span for row in rows), *(row.span for row in dated), *spans_of_verdicts(survey)]
    spans += [result.cue for result in by_place]
    by_topic = list(find_by_topic(survey, taken))
    told = [result.cue for result in by_topic]
    results = [*find_results(survey, spans, told), *(row.result for row in rows), *(row.result for row in dated)]
    tabled = {one.unit.value.code or one.unit.value.name for one in ruled.assessments}
    lines = find_verdict_rows(survey, results)
    rowed = (one for one in lines if not _all_in(one, tabled) and not _in_cells(one, ruled.spans))
    results += [
        *find_bracketed(survey, taken),
        *find_alone_in_band(survey),
        *find_by_criterion(survey),
        *find_counted_by_criterion(survey),
        *by_place,
        *by_topic,
        *rowed,
        *ruled.results,
    ]
    results += [result for verdicts in ruled.verdicts for result in placed(survey, verdicts, results)]
    placed_by_table = _by_name(unit for result in ruled.results for unit in result.units)
    return [_without_claims(_as_placed(result, placed_by_table), tabled) for result in results]


def _in_cells(result: Result, tables: Sequence[Span]) -> bool:
    """Were all of its criteria read by the cells of a table already?"""
    return bool(result.refs) and all(within(ref.start, tables) for ref, _ in result.refs)


def _by_name(units: Iterable[Field[Unit]]) -> dict[str, Field[Unit]]:
    """The units with a code by their names, those that share one left out."""
    found: dict[str, dict[str, Field[Unit]]] = {}
    for unit in units:
        if unit.value.code is not None:
            found.setdefault(unit.value.name, {})[unit.value.code] = unit
    return {name: next(iter(ways.values())) for name, ways in found.items() if len(ways) == 1}


def _as_placed(result: Result, placed: Mapping[str, Field[Unit]]) -> Result:
    """The result, a name that two districts have as the commune that a table places: `Nguyên Xá (Vũ Thư)`."""
    units = (placed.get(unit.value.name, unit) if unit.value.code is None else unit for unit in result.units)
    return replace(result, units=tuple(units))


def _without_claims(result: Result, tabled: Collection[str]) -> Result:
    """Without counts that units only claim of themselves, where an annex tells what was found of them."""
    if not _all_in(result, tabled):
        return result
    return replace(result, counts=tuple(count for count in result.counts if count.told is not Told.CLAIMED))


def _all_in(result: Result, tabled: Collection[str]) -> bool:
    return all((unit.value.code or unit.value.name) in tabled for unit in result.units)
