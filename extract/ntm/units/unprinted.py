"""The province that a commune's notice does not print: without districts, letterheads name the commune alone."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extract.field import Field
from extract.notice import Method, Unit
from extract.ntm.units.link import Whereabouts, make_unit
from extract.reading import Reading
from extract.words.runs import NAME, known_prefix
from normalize.confusion import plain
from normalize.fold import fold
from normalize.lexicon import units as lexicon
from normalize.lexicon.units import REFORM, Units

_ISSUING = re.compile(r"(?<!\w)(?:xa|phuong|dac\s+khu)\s+(?=\w)")
# Xã mới nhập từ các xã cũ của huyện Tháp Mười
_OLD_DISTRICT = re.compile(r"(?<!\w)(?:huyen|thi\s+xa|thanh\s+pho)\s+(?=\w)")


def with_province(reading: Reading, where: Whereabouts, printed: Sequence[str]) -> Whereabouts:
    """The same whereabouts, with the province of the issuing commune where none is printed; inferred, to be looked at.

    `printed`: issuer, its superior, place. A commune of a name that several provinces have is told by the districts of
    before that the notice names; where that leaves a choice, nothing is said.
    """
    if where.province is not None or where.day < REFORM:
        return where
    communes = [unit for text in printed for unit in _named(text, where.day)]
    exact = [unit for unit in communes if not reading.mangled and any(_ends_in(text, unit.name) for text in printed)]
    communes = exact or communes  # Quỳnh Phụ, and no Quỳnh Phú
    codes = {unit.province.code for unit in communes if unit.province}
    if len(codes) > 1:
        codes &= _of_old_districts(reading, where.day)
    province = Units.on(where.day).get(codes.pop()) if len(codes) == 1 else None
    at = reading.folded.find(fold(communes[0].name)) if communes else -1
    if province is None or at < 0:
        return where
    return replace(where, province=_inferred(reading, province, at, communes[0]))


def _inferred(reading: Reading, province: lexicon.Unit, at: int, commune: lexicon.Unit) -> Field[Unit]:
    field = reading.field(make_unit(province), at, at + len(commune.name), "province_of_commune", Method.INFERRED)
    return field.doubt("no province is printed; it is the one of the commune that issued the notice", 0.75)


def _named(text: str, day: dt.date) -> tuple[lexicon.Unit, ...]:
    """The communes that a line of the letterhead may mean: `UBND XÃ TRƯỜNG XUÂN`."""
    opener = _ISSUING.search(fold(text))
    return _by_name(day).get(fold(text[opener.end() :]).strip(), ()) if opener else ()


def _ends_in(text: str, name: str) -> bool:
    return plain(text).endswith(f" {plain(name)}")


@lru_cache(maxsize=4)
def _by_name(day: dt.date) -> dict[str, tuple[lexicon.Unit, ...]]:
    """Folded names of communes → the communes that have it, in the whole country."""
    found: defaultdict[str, list[lexicon.Unit]] = defaultdict(list)
    for unit in Units.on(day).communes():
        found[fold(unit.name)].append(unit)
    return {name: tuple(units) for name, units in found.items()}


def _of_old_districts(reading: Reading, day: dt.date) -> set[str]:
    """The provinces of today to which the districts of before went that a notice names."""
    before, today = Units.on(REFORM - dt.timedelta(days=1)), Units.on(day)
    names = {fold(district.name): district for district in before.districts()}
    found: set[str] = set()
    for opener in _OLD_DISTRICT.finditer(reading.flowing):
        run = NAME.match(reading.string, opener.end())
        name = known_prefix(fold(run.group()), names) if run else None
        communes = before.communes(names[name].code) if name else ()
        went = (today.get(part.code) for unit in communes[:1] for part in unit.successors[:1])
        found |= {unit.province.code for unit in went if unit and unit.province}
    return found
