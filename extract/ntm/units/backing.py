"""Do the communes that a notice lists lie in the district it was taken to be about? If not, whose are they?"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from extract.field import Field
from extract.notice import Method, Unit
from extract.ntm.units.link import Whereabouts, make_unit
from extract.reading import Reading
from extract.words.runs import joined, known_prefix, listed_runs
from normalize.fold import fold
from normalize.lexicon.units import Units

FEWEST_NAMES = 4  # names that must speak for another district
MOST_OWN = 0.34  # of the names may lie in the district that was read, if another is to be taken
LEAST_OTHER = 0.7  # of the names must lie in the other
FEWEST_APART = 2  # communes that tell districts of one name apart, three times as many as another's
_DISTRICT_NAME = re.compile(r"(?:[Hh]uyện|[Tt]hị xã)\s+(?:[ủỦ]y\s+)?(?P<name>.+)$")
# xã Vĩ Thượng · 03 xã (Vĩ Thượng, Yên Hà) · các xã: Tân Bắc; folded
_OPENER = re.compile(r"(?<!\w)xa\s*[:(]?\s*(?=\w)")


def backed(reading: Reading, where: Whereabouts, start: int, end: int) -> Whereabouts:
    """The same whereabouts, or those of the district that the communes named in [start, end) lie in, inferred.

    `huyện Quảng Ninh, tỉnh Quảng Bình` was read, and Vĩ Thượng, Yên Hà and Tân Bắc are communes of Quang Bình in Hà
    Giang: the letterhead was misread.
    """
    if where.district is None or where.district_code is None:
        return where
    runs = set(_runs(reading, start, end))
    if _at_home(runs, where.district_code, where.day) > MOST_OWN * len(runs):
        return where  # the common case, told without asking for every commune of the country
    names = set(commune_names(reading, where.day, start, end))
    votes = Counter(code for name in names for code in _districts_of(where.day)[name])
    code, most = next(iter(votes.most_common(1)), ("", 0))
    if most < FEWEST_NAMES or most < LEAST_OTHER * len(names) or votes[where.district_code] > MOST_OWN * len(names):
        return where
    return _moved(where, where.district, code, f"{most} of {len(names)} communes named lie in")


def told_apart(reading: Reading, where: Whereabouts, printed: Sequence[str], start: int, end: int) -> Whereabouts:
    """The same whereabouts, with the one of several districts of a name whose communes the notice names; inferred.

    `UBND HUYỆN CHỢ MỚI` without a province is one of An Giang or of Bắc Kạn: Nhơn Mỹ and Kiến An lie in An Giang.
    `printed`: issuer, its superior, place.
    """
    if where.province is not None or where.district is not None:
        return where
    named = [run for text in printed if (run := _DISTRICT_NAME.search(text))]
    same = [
        unit
        for unit in Units.on(where.day).districts()
        if any(fold(unit.name) == fold(run["name"]) for run in named) and unit.province
    ]
    runs = {*_runs(reading, start, end), *(fold(text) for text in printed)}  # its town is where it is issued
    votes = Counter({unit.code: _at_home(runs, unit.code, where.day) for unit in same})
    (code, most), *others = votes.most_common(2) or [("", 0)]
    at = reading.folded.find(fold(named[0]["name"])) if named else -1
    if most < FEWEST_APART or any(3 * other > most for _, other in others) or at < 0:
        return where
    units = Units.on(where.day)
    district, above = units.get(code), next(unit.province for unit in same if unit.code == code)
    province = units.get(above.code) if above else None
    if district is None or province is None:
        return where
    read = reading.field(make_unit(district), at, at + len(district.name), "district_of_communes", Method.INFERRED)
    field = read.doubt(f"{len(same)} districts have that name; {most} of {len(runs)} communes named lie in this", 0.75)
    return replace(where, district=field, province=field.to(make_unit(province)))


def _at_home(runs: Collection[str], district: str, day: dt.date) -> int:
    """How many of the runs begin with the name of a commune of a district."""
    own = {fold(unit.name) for unit in Units.on(day).communes(district)}
    return sum(any(run == name or run.startswith(f"{name} ") for name in own) for run in runs)


def _moved(where: Whereabouts, read: Field[Unit], code: str, why: str) -> Whereabouts:
    units = Units.on(where.day)
    district = units.get(code)
    province = units.get(district.province.code) if district and district.province else None
    if district is None or province is None:
        return where
    field = read.to(make_unit(district))
    field = replace(field, method=Method.INFERRED, alternatives=(f"{read.value.type} {read.value.name}",))
    field = field.doubt(f"{why} {district.type} {district.name}, not in {read.value.name}", 0.75)
    return replace(where, district=field, province=field.to(make_unit(province)))


def commune_names(reading: Reading, day: dt.date, start: int, end: int) -> Iterator[str]:
    """The names behind `xã` and in its lists that some commune of the country has, folded."""
    yield from (name for run in _runs(reading, start, end) if (name := _known(run, day)))


def _runs(reading: Reading, start: int, end: int) -> Iterator[str]:
    """The runs of capitalised words behind `xã` and in its lists, folded."""
    for opener in _OPENER.finditer(reading.flowing, start, end):
        yield from (fold(joined(run)) for run in listed_runs(reading, opener.end(), end))


def _known(run: str, day: dt.date) -> str | None:
    """The longest head of a run that is the name of some commune of the country."""
    return known_prefix(run, _districts_of(day))


@lru_cache(maxsize=4)
def _districts_of(day: dt.date) -> dict[str, frozenset[str]]:
    """Folded names of communes → codes of the districts that had one of that name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for commune in Units.on(day).communes():
        if commune.district is not None and commune.district.code:
            found[fold(commune.name)].add(commune.district.code)
    return {name: frozenset(codes) for name, codes in found.items()}
