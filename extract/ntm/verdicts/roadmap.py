"""Roadmaps: rows of a year, a commune and the level that it is to reach, below `Năm | Xã | Mục tiêu`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.notice import Level, Method, Outcome
from extract.ntm.levels import target_field, targets_in
from extract.ntm.survey import Survey
from extract.ntm.trust import SHORT_PHRASE, vouched
from extract.ntm.units.link import link_unit
from extract.ntm.units.names import read_names
from extract.ntm.verdicts.outcomes.named import Named
from extract.words.phrases import find_phrases
from normalize.text import TextLine

FEWEST = 2  # rows that make a roadmap
# 2022 Cà Ná Đạt chuẩn nông thôn mới · 1 | 2023 | xã Phước Minh | …; folded
_ROW = re.compile(r"\W*(?:\d{1,2}[\s.|)]+)?(?:nam\s+)?20\d\d[\s|]+(?:xa\s+)?(?=\w)")


def find_roadmap(survey: Survey) -> list[Named]:
    """The communes of such rows as planned for their levels; two rows at least."""
    found = [named for line in survey.whole.text.lines for named in _row(survey, line)]
    return found if len(found) >= FEWEST else []


def _row(survey: Survey, line: TextLine) -> Iterator[Named]:
    """The commune of a row, where its name is followed by a level to reach and nothing else."""
    whole, where = survey.whole, survey.where
    lead = _ROW.match(whole.flowing, line.start, line.end) if survey.reports(line.start) else None
    names = read_names(whole, lead.end(), line.end, "xã", where, many=False) if lead else ()
    for start, end, kind, match in names:
        levels = targets_in(whole, end, line.end)
        reached = find_phrases(whole, "reached", end, line.end)
        if match.sure and levels and reached and not whole.string[end : reached[0][0]].strip(" |"):
            unit = link_unit(whole, start, end, match, Level.COMMUNE, kind, where)
            outcome = whole.field(Outcome.PLANNED, *reached[0], "planned", Method.MATCHED)
            yield Named(unit, target_field(survey, levels[0]), vouched(outcome, SHORT_PHRASE))
