"""Units as a notice writes them, linked to the list of its day, with how sure each link is."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.field import Field
from extract.notice import Level, Method, ParentUnit, Successor, Unit
from extract.reading import Reading
from normalize.lexicon import units as lexicon
from normalize.match import Match

Linked = Match[lexicon.Unit]


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named at [start, end), type word included where one stands; `group` is shared within one list."""

    start: int
    end: int
    group: int
    unit: Field[Unit]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the notice is about: its day, province and district."""

    day: dt.date
    province: Field[Unit] | None = None
    district: Field[Unit] | None = None

    @property
    def province_code(self) -> str | None:
        return self.province.value.code if self.province else None

    @property
    def district_code(self) -> str | None:
        return self.district.value.code if self.district else None


def make_unit(unit: lexicon.Unit) -> Unit:
    """A unit of the lists as the notice document writes it."""
    return Unit(
        level=Level(unit.level.value),
        type=unit.type,
        name=unit.name,
        code=unit.code,
        as_of=unit.as_of,
        district=ParentUnit(name=unit.district.name, code=unit.district.code) if unit.district else None,
        province=ParentUnit(name=unit.province.name, code=unit.province.code) if unit.province else None,
        successors=tuple(Successor(code=s.code, name=s.name, whole=s.whole) for s in unit.successors),
    )


def link_unit(
    reading: Reading, start: int, end: int, match: Linked, level: Level, kind: str, where: Whereabouts
) -> Field[Unit]:
    """A field from a name at [start, end) and what it was matched to. Unsure: no code, the name as read."""
    unit = match.value
    if unit is None:
        return _undecided(reading, start, end, match, level, kind, where)
    field = reading.field(make_unit(unit), start, end, "unit", Method.MATCHED)
    # a name that a closed list holds letter by letter was hardly misread into it
    words = field.confidence if match.score < 0.99 else max(field.confidence, 0.97)
    field = replace(field, confidence=round(math.sqrt(words) * match.confidence, 4))
    if match.note:
        return replace(field, why=match.note)
    if match.score < 0.8:
        return field.doubt(f"read as {reading.flat(start, end)!r}, far from {unit.name}", 0.75)
    return field


def _undecided(
    reading: Reading, start: int, end: int, match: Linked, level: Level, kind: str, where: Whereabouts
) -> Field[Unit]:
    above = level is Level.COMMUNE and where.district
    top = level is not Level.PROVINCE and where.province
    unit = Unit(
        level=level,
        type=kind,
        name=reading.flat(start, end),
        as_of=where.day,
        district=ParentUnit(name=above.value.name, code=above.value.code) if above else None,
        province=ParentUnit(name=top.value.name, code=top.value.code) if top else None,
    )
    names = tuple(f"{c.value.type} {c.value.name} ({c.value.code})" for c in match.candidates[:4])
    field = reading.field(unit, start, end, "unit", Method.READ, alternatives=names)
    return field.doubt(f"no unit of the list is surely meant ({match.why or 'no candidates'})")


def without_doubles(matches: Sequence[Linked]) -> list[Linked]:
    """Two names of one list are two communes: the worse of two that claim the same one loses it.

    The loser takes its next candidate where that is nearly as good, unsure either way.
    """
    best: dict[str, int] = {}
    for index, match in enumerate(matches):
        code = match.best.code if match.best else None
        if code and (code not in best or match.score > matches[best[code]].score):
            best[code] = index
    return [
        match if match.best is None or best[match.best.code] == index else _second(match, set(best))
        for index, match in enumerate(matches)
    ]


def _second(match: Linked, taken: set[str]) -> Linked:
    free = [c for c in match.candidates if c.value.code not in taken]
    if match.score >= 0.999 or not free:  # the same name printed twice is the notice's own doing
        return match if match.score >= 0.999 else replace(match, sure=False, why="another name of the list fits better")
    return replace(
        match, best=free[0].value, score=free[0].score, sure=False, why="another name of the list fits better"
    )
