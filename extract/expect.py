"""What a notice is likely to name: the communes of its district, criteria, agencies, stock phrases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from extract.reading import Reading
from normalize.fold import fold
from normalize.lexicon.phrases import closed_names, phrases
from normalize.lexicon.units import Level, Unit, UnitList, Units

_DISTRICT = re.compile(r"(?<!\w)(?:huyen|thi xa|thanh pho|quan)\s+((?:[\w'’]+\s+){0,3}[\w'’]+)")
_YEAR = re.compile(r"(?<!\d)nam\s+((?:19|20)\d\d)(?!\d)")
MOST_DISTRICTS = 3
FEWEST_COMMUNES = 2  # that tell districts of one name apart


def expected_names(reading: Reading) -> tuple[str, ...]:
    """Names to expect in this notice, for the second pass of restoration."""
    districts = likely_districts(reading)
    units = [unit for district in districts for unit in units_of(reading).communes(district.code)]
    communes = [f"{unit.type} {unit.name}" for unit in units or without_districts(reading)]
    parents = [f"{d.type} {d.name}" for d in districts] + [f"tỉnh {d.province.name}" for d in districts if d.province]
    return (*phrases(), *closed_names(), *communes, *(name.split(" ", 1)[1] for name in communes), *parents)


def expected_units(reading: Reading) -> tuple[str, ...]:
    """Names of the districts and communes of the provinces that this notice names, else of its district's province.

    A commune's own notice may name neither, where there are no districts: then its own name, `XÃ IA KRÊL`.
    """
    units = units_of(reading)
    named = [p.code for p in units.provinces if fold(p.name) in reading.flowing]  # also over a line's end
    named = named or list(dict.fromkeys(d.province.code for d in likely_districts(reading) if d.province))
    if not named and not units.districts():
        communes = (unit.name for unit in units.all(Level.COMMUNE))
        return tuple(name for name in dict.fromkeys(communes) if f"xa {fold(name)}\n" in reading.folded)
    return tuple(unit.name for code in named for unit in (*units.districts(code), *units.communes(code)))


def without_districts(reading: Reading) -> tuple[Unit, ...]:
    """The communes of the province most often named, where no districts stand between."""
    units = units_of(reading)
    counts = {p.code: reading.folded.count(fold(p.name)) for p in units.provinces}
    likely = max(counts, key=lambda code: counts[code])
    return units.communes(likely) if counts[likely] and not units.districts() else ()


def named_provinces(reading: Reading) -> tuple[Unit, ...]:
    """The provinces whose names stand in a text, by their folded names."""
    return tuple(p for p in units_of(reading).provinces if fold(p.name) in reading.folded)


def likely_districts(reading: Reading) -> tuple[Unit, ...]:
    """The districts named most often, by their folded names; several where provinces share a name.

    A notice of a district may name its province nowhere: then it is known by a name that no other has.
    """
    counts = _counts(reading)
    listed = [d for d in units_of(reading).districts() if fold(d.name) in counts and d.province]
    provinces = {p.code for p in named_provinces(reading)}
    named = [d for d in listed if d.province and d.province.code in provinces]
    named = named or [d for d in listed if " " in d.name and sum(fold(d.name) == fold(o.name) for o in listed) == 1]
    named = named or _by_communes(reading, [d for d in listed if " " in d.name])
    found = sorted(named, key=lambda d: (-counts[fold(d.name)] * len(d.name.split()), d.code))
    return tuple(found[:MOST_DISTRICTS])


def _by_communes(reading: Reading, alike: Sequence[Unit]) -> list[Unit]:
    """Of districts of one name the one whose communes are named: Tam Đường beside Bản Hon, Khun Há, not Tam Dương."""
    counts = {d.code: _named_in(reading, d) for d in alike}
    code = max(counts, key=lambda one: counts[one], default="")
    most = counts.pop(code, 0)
    return [d for d in alike if d.code == code and most >= FEWEST_COMMUNES and most >= 3 * max([0, *counts.values()])]


def _named_in(reading: Reading, district: Unit) -> int:
    """How many of a district's communes a text names, those of one word aside."""
    names = {fold(unit.name) for unit in units_of(reading).communes(district.code) if " " in unit.name}
    return sum(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", reading.flowing) is not None for name in names)


def _counts(reading: Reading) -> dict[str, int]:
    """How often each run of words stands behind the word for a district."""
    counts: dict[str, int] = {}
    for match in reading.finditer(_DISTRICT):
        words = match[1].replace("’", "'").split()  # Cư M’gar
        for length in range(1, len(words) + 1):
            key = " ".join(words[:length])
            counts[key] = counts.get(key, 0) + 1
    return counts


def units_of(reading: Reading) -> UnitList:
    """The units as they stood in the first year that the notice names: its own, in the letterhead."""
    years = [int(match[1]) for match in reading.finditer(_YEAR)]
    return Units.on(dt.date(min(years[0], 2100) if years else 2023, 12, 1))
