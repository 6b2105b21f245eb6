"""Provinces, districts and communes as they stood on a date, with the units of today that they went to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from normalize.confusion import distance, plain
from normalize.data import FOLDER as DATA
from normalize.fold import fold
from normalize.lexicon.unit_files import Row, UnitFile, conversion, folder, lists_in, read_units

ONE_LETTER = 1.0  # Phó Bảng is Phố Bảng in a later list; Kim Sơn became Phú Sơn by a merger
REFORM = date(2025, 7, 1)  # districts ended, communes merged, codes were given anew


class Level(StrEnum):
    """The level of a unit, as the contract writes it."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Parent:
    """A district or province above a unit."""

    type: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Successor:
    """A commune of today that a unit's area went to; `whole`: all of it."""

    code: str
    name: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit on a day. `code`: the General Statistics Office's, valid on `as_of` and ambiguous without it.

    `district` is None for a district, a province, and from 2025-07-01.
    """

    level: Level
    type: str
    name: str
    code: str
    as_of: date
    district: Parent | None
    province: Parent | None

    @property
    def successors(self) -> tuple[Successor, ...]:
        """The communes of today that a commune's area went to; empty where unknown and from 2025-07-01."""
        gone = self.level is Level.COMMUNE and self.as_of < REFORM
        return _successors(self.code, self.name) if gone else ()


_Above = tuple[Parent | None, Parent | None]  # district, province


@dataclass(frozen=True)
class UnitList:
    """The units on a day, from the list that holds then.

    `as_of`: the day asked for; `list_date`: the day of the list; `extrapolated`: the day lies before the
    earliest list, so names and codes may have been others.
    """

    as_of: date
    list_date: date
    extrapolated: bool
    file: UnitFile = field(repr=False)

    @property
    def provinces(self) -> tuple[Unit, ...]:
        return _under(self.file, "", self.as_of)

    def districts(self, province: str | None = None) -> tuple[Unit, ...]:
        """The districts of a province, by its code, or of the country; none from 2025-07-01."""
        if province is None:
            return self.all(Level.DISTRICT)
        return tuple(unit for unit in _under(self.file, province, self.as_of) if unit.level is Level.DISTRICT)

    def communes(self, parent: str | None = None) -> tuple[Unit, ...]:
        """The communes of a district or province, by its code, or of the country.

        >>> [unit.name for unit in Units.on(date(2023, 11, 30)).communes("185")][:3]
        ['Bắc Sơn', 'Long Đống', 'Vạn Thủy']
        """
        if parent is None:
            return self.all(Level.COMMUNE)
        direct = tuple(unit for unit in _under(self.file, parent, self.as_of) if unit.level is Level.COMMUNE)
        return direct or tuple(unit for d in self.districts(parent) for unit in self.communes(d.code))

    def get(self, code: str) -> Unit | None:
        """The unit with a code on this day.

        >>> [Units.on(day).get("06337").name for day in (date(2023, 1, 1), date(2025, 7, 1))]
        ['Đồng Ý', 'Tân Tri']
        """
        row = self.file.rows.get(code)
        return _unit(row, self.file, self.as_of) if row else None

    def all(self, level: Level) -> tuple[Unit, ...]:
        """Every unit of a level, by code."""
        return _all(self.file, level, self.as_of)


class Units:
    """The way in: `Units.on(date)`."""

    @staticmethod
    def on(day: date) -> UnitList:
        """The list with the latest date not after `day`; before the earliest one, that one, `extrapolated`.

        >>> Units.on(date(1990, 5, 1)).extrapolated, Units.on(date(2024, 5, 1)).list_date.isoformat()
        (True, '2023-04-08')
        """
        return _on(day, folder())

    @staticmethod
    def neighbours(day: date) -> tuple[UnitList, ...]:
        """The lists beside the one that holds on `day`, nearest first, none across 2025-07-01.

        For a name that the list of the day lacks: lists are years apart, and communes merge in between.
        """
        paths = {d: path for d, path in Units.paths().items() if (d < REFORM) == (day < REFORM)}
        if not paths:
            return ()
        own = Units.on(day).list_date
        others = sorted((d for d in paths if d != own), key=lambda d: abs((d - day).days))
        return tuple(UnitList(day, d, True, read_units(paths[d], d)) for d in others)

    @staticmethod
    def paths() -> dict[date, Path]:
        """Every list by its date, the user's own in place of ours of the same date."""
        return lists_in(DATA) | lists_in(folder() / "units")

    @staticmethod
    def version() -> str:
        """The lists' dates, those of the user with a hash, for `produced_by`."""
        shipped = lists_in(DATA)
        return "+".join(
            d.isoformat() + ("" if shipped.get(d) == path else f"~{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}")
            for d, path in sorted(Units.paths().items())
        )


@lru_cache(maxsize=512)
def _on(day: date, _folder: Path) -> UnitList:
    """`_folder` is the user's at the time, part of the cache's key only."""
    paths = Units.paths()
    held = [d for d in sorted(paths) if d <= day]
    chosen = held[-1] if held else min(paths)
    return UnitList(day, chosen, not held, read_units(paths[chosen], chosen))


@cache
def unit_names() -> frozenset[str]:
    """Every name of every list, folded, for telling a name from other words.

    >>> "quang ngai" in unit_names(), "tai nguyen" in unit_names()
    (True, False)
    """
    return frozenset(map(fold, unit_spellings()))


@cache
def unit_spellings() -> frozenset[str]:
    """Every name of every list as it is spelled there.

    >>> "Đạ Tẻh" in unit_spellings(), "Đạ Téh" in unit_spellings()
    (True, False)
    """
    files = (read_units(path, day) for day, path in Units.paths().items())
    return frozenset(row.name for file in files for row in file.rows.values())


@cache
def spelled_otherwise() -> dict[str, frozenset[str]]:
    """The spellings of a name that lists give the same unit with other marks, by each of them; most names have one.

    >>> sorted(spelled_otherwise()["Mù Căng Chải"])
    ['Mù Cang Chải', 'Mù Căng Chải']
    """
    files = [read_units(path, day) for day, path in Units.paths().items()]
    found: dict[tuple[str, str], set[str]] = {}
    for row in (row for file in files for row in file.rows.values()):
        found.setdefault((row.code, fold(row.name)), set()).add(row.name)
    return {name: frozenset(names) for names in found.values() if len(names) > 1 for name in names}


def level_of(code: str) -> Level:
    """The level that a code's length tells: 2 province, 3 district, 5 commune.

    >>> level_of("185").value
    'district'
    """
    return _LEVELS.get(len(code), Level.COMMUNE)


_LEVELS = {2: Level.PROVINCE, 3: Level.DISTRICT}


def forget_lists() -> None:
    """Read the lists anew when they are next asked for: one of them has changed."""
    for cached in (lists_in, _on, read_units, unit_names, unit_spellings, spelled_otherwise):
        cached.cache_clear()


@lru_cache(maxsize=2048)
def _under(file: UnitFile, parent: str, as_of: date) -> tuple[Unit, ...]:
    return tuple(_unit(row, file, as_of) for row in file.children.get(parent, ()))


@lru_cache(maxsize=12)
def _all(file: UnitFile, level: Level, as_of: date) -> tuple[Unit, ...]:
    return tuple(Unit(level, r.type, r.name, r.code, as_of, *above) for r, above in _of_level(file, level))


@lru_cache(maxsize=24)
def _of_level(file: UnitFile, level: Level) -> tuple[tuple[Row, _Above], ...]:
    """Worked out once a list: notices are of as many days as there are notices, and a list has ten thousand rows."""
    return tuple((row, _above(row, file)) for row in file.rows.values() if level_of(row.code) is level)


def _unit(row: Row, file: UnitFile, as_of: date) -> Unit:
    return Unit(level_of(row.code), row.type, row.name, row.code, as_of, *_above(row, file))


def _above(row: Row, file: UnitFile) -> _Above:
    above = file.rows.get(row.parent)
    top = file.rows.get(above.parent) if above and above.parent else above
    district = above if above and level_of(above.code) is Level.DISTRICT else None
    return _parent(district), _parent(top)


@lru_cache(maxsize=2048)
def _parent(row: Row | None) -> Parent | None:
    return Parent(row.type, row.name, row.code) if row else None


@lru_cache(maxsize=4096)
def _successors(code: str, name: str) -> tuple[Successor, ...]:
    """The units of today, if the last list before the reform knows this code under this name or a spelling of it."""
    last, new = (read_units(DATA / f"units-{d}.csv", date.fromisoformat(d)) for d in ("2025-01-01", "2025-07-01"))
    then = last.rows.get(code)
    if then is None or distance(plain(then.name), plain(name), True) > ONE_LETTER:
        return ()
    return tuple(Successor(after, new.rows[after].name, whole) for after, whole in conversion().get(code, ()))
