"""Which communes head the columns of rows of verdicts: in the line above them, named, in cells or in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.field import Field
from extract.notice import Level, Unit
from extract.ntm.survey import Survey
from extract.ntm.units.link import link_unit
from extract.reading import Span
from normalize.fold import fold
from normalize.letters import UPPER
from normalize.lexicon.find import match_commune
from normalize.lexicon.units import Units
from normalize.text import TextLine

# Xã Ia Khai | X4Ia Chia | Xã Ia Grăng
_CELL = re.compile(rf"(?:^|\|)\s*(?:[Xx](?:ã|[aàáảạ4äâ])\s?)?(?P<name>[{UPPER}][^|\n]{{1,25}}?)\s*(?=\||$)", re.M)


def units_over(survey: Survey, lines: Sequence[TextLine], columns: int) -> list[Field[Unit]]:
    """The units that one of the lines over a table names, the nearest first; none unless as many as columns."""
    for line in reversed([line for line in lines if line.start >= survey.report_start]):  # the title heads no columns
        named = [mention.unit for mention in survey.communes_in(line.start, line.end)]
        named = named if len(named) == columns else _in_cells(survey, line, columns) or _in_a_row(survey, line)
        if len(named) == columns and columns > 1:
            return named
    return []


def _in_cells(survey: Survey, line: TextLine, columns: int) -> list[Field[Unit]]:
    """`Xã Ia Khai | X4Ia Chia | Xã Ia Grăng`: a commune a cell, its word in whatever state."""
    spans = [cell.span("name") for cell in _CELL.finditer(survey.whole.string, line.start, line.end)]
    found = _linked(survey, spans) if len(spans) == columns else []
    return found if len(found) == columns else []


def _in_a_row(survey: Survey, line: TextLine) -> list[Field[Unit]]:
    """`TT Tiêu chí Sơn Bua Sơn Mùa Sơn Dung`: communes of the district one behind the other, the word xã left out."""
    where = survey.where
    if where.district_code is None:
        return []
    names = sorted((unit.name for unit in Units.on(where.day).communes(where.district_code)), key=len, reverse=True)
    any_name = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(name)) for name in names)})(?!\w)")
    return _linked(survey, (m.span() for m in any_name.finditer(survey.whole.flowing, line.start, line.end)))


def _linked(survey: Survey, spans: Iterable[Span]) -> list[Field[Unit]]:
    """The communes of the notice's district that names surely mean."""
    whole, where = survey.whole, survey.where
    if where.district_code is None:
        return []
    linked = [
        (a, b, match_commune(whole.flat(a, b), where.day, where.district_code, where.province_code)) for a, b in spans
    ]
    return [link_unit(whole, a, b, match, Level.COMMUNE, "xã", where) for a, b, match in linked if match.sure]
