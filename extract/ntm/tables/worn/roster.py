"""Who the rows of a table are about, by the list of the notice's communes, whatever the engine made of their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from extract.field import Field
from extract.notice import Method, Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.worn.lines import Token
from extract.ntm.units.link import make_unit
from normalize.fold import fold
from normalize.lexicon.units import Units

_LONGEST = 5  # tokens of a name: `Ea H ' leo 2`
ALIKE, _LEAD = 80, 9  # likeness of a name to the list's, and how much less the next may have
_AS_LETTERS = str.maketrans("06", "oo")  # ô and ơ as a foreign model reads them
_SURE, _NEAR = 0.95, 0.8  # one that is the list's but for its blanks, and one that only comes near


@dataclass(frozen=True, slots=True)
class Listed:
    """The commune that a row begins with, and how many of the row's tokens its number and name take."""

    unit: Field[Unit]
    used: int


def listed_units(survey: Survey) -> list[Unit]:
    """The communes of the notice's district as they stood on its day; where it has none, of its province."""
    units, where = Units.on(survey.where.day), survey.where
    if where.district_code is not None:
        return [make_unit(unit) for unit in units.communes(where.district_code)]
    own = (u for u in units.communes() if where.province_code and u.province and u.province.code == where.province_code)
    return [make_unit(unit) for unit in own]


def listed(survey: Survey, tokens: Sequence[Token], units: Sequence[Unit]) -> Listed | None:
    """The one commune of a list whose name stands at a row's beginning, behind its number; blanks count for nothing.

    `1|Lacxun |D]/D]` is Lạc Xuân, `5|QuangLap|D` Quảng Lập, `if Phu Kim 0` Phú Kim.
    """
    ways = [
        (fuzz.ratio(read, squeezed(unit.name)), first, stop, unit)
        for first in range(min(2, len(tokens)))
        if first == 0 or len(tokens[0].bare) <= 2
        for stop in range(first + 1, min(first + _LONGEST, len(tokens)) + 1)
        if len(read := squeezed("".join(as_letters(token.bare) for token in tokens[first:stop]))) > 1
        for unit in units
    ]
    score, first, stop, unit = max(ways, key=lambda way: way[0], default=(0, 0, 0, None))
    near = score - _LEAD if score < 100 else 99.9  # An Trường, letter by letter, beside An Trường A
    if unit is None or score < ALIKE or any(s > near and u.code != unit.code for s, _, _, u in ways):
        return None
    return Listed(_field(survey, tokens[first:stop], unit, exact=score == 100), stop)


def nearest_unit(read: str, units: Sequence[Unit]) -> Unit | None:
    """The one commune whose name some letters come near to, well before all others, whatever blanks and marks."""
    name = squeezed(read)
    ranked = sorted(((fuzz.ratio(name, squeezed(unit.name)), unit) for unit in units), key=lambda one: -one[0])
    if not ranked or ranked[0][0] < ALIKE or any(score > ranked[0][0] - _LEAD for score, _ in ranked[1:2]):
        return None
    return ranked[0][1]


def as_letters(token: str) -> str:
    """Tan H6 Co → Tan Ho Co; a figure by itself belongs to the name: Sơn Kim 2."""
    return token if token.isdigit() else token.translate(_AS_LETTERS)


@lru_cache(maxsize=8192)  # the same names are compared with each row
def squeezed(name: str) -> str:
    """A name's letters and figures alone, folded."""
    return "".join(c for c in fold(name) if c.isalnum())


def _field(survey: Survey, name: Sequence[Token], unit: Unit, *, exact: bool) -> Field[Unit]:
    span = name[0].span[0], name[-1].span[1]
    field = survey.whole.field(unit, *span, "unit", Method.MATCHED)
    if exact:
        return replace(field, confidence=_SURE)
    read = " ".join(token.raw for token in name)
    return replace(field, confidence=_NEAR).doubt(f"of the communes here {unit.name} comes nearest to {read!r}", _NEAR)
