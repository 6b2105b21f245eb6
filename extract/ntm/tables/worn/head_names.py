"""Which commune stands over which column of a head that lost its rules: by whole names, or by a syllable of each.

Names stand on one line, or a syllable a line below each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, product

from rapidfuzz import fuzz

from extract.field import Field
from extract.notice import Method, Unit
from extract.ntm.survey import Survey
from extract.ntm.tables.worn.lines import FEWEST_MARKS, Token, span_of
from extract.ntm.tables.worn.roster import as_letters, listed_units, nearest_unit
from extract.reading import Span
from normalize.fold import fold

_ALIKE = 74  # likeness of a syllable in a head to one of a commune's name
_NAMED = 0.9  # confidence of a commune that is read in such a head
_IN_ORDER = 0.6  # of one that only the order of a list puts over its column
_AMONG = 0.7  # of one that stands over some column, nobody knows which
_BESIDE = 2  # tokens that may stand over a column of totals: Số xã


def columns_of(survey: Survey, head: Sequence[Sequence[Token]], width: int) -> dict[int, Field[Unit]]:
    """Column → commune, from a line of the head that holds a syllable of each; the one that is left by exclusion."""
    bare = ([token for token in tokens if fold(token.bare) != "xa"] for tokens in head)  # Xã Bình | Xã Vĩnh
    head = [tokens for tokens in bare if tokens]
    units = [unit for unit in listed_units(survey) if unit.type == "xã"]
    if whole := _whole_names(survey, head, width, units) or _stacked_names(survey, head, width, units):
        return whole
    if survey.where.district_code is None:
        return {}
    best: tuple[int, Sequence[Token], dict[int, Unit]] = (0, (), {})
    for tokens in head:
        for skip in range(len(tokens) - width + 1):
            own = tokens[skip : skip + width]
            found = _assigned(own, units)
            fixed = (0 in found and width - 1 in found) or len(tokens) == width  # else it could stand a column aside
            if fixed and len(found) > best[0]:
                best = len(found), own, found
    enough = best[0] >= max(FEWEST_MARKS, round(0.8 * width))
    return _fields(survey, best[1], best[2], units) if enough else {}


def columns_in_order(survey: Survey, width: int) -> dict[int, Field[Unit]]:
    """Column → commune below a head that is lost: where the notice names just as many, in the order of their list."""
    if len({mention.unit.value.code for mention in survey.communes} - {None}) != width:
        return {}
    lists = groupby(survey.communes, key=lambda mention: mention.group)
    listed = next((own for _, group in lists if len(own := [mention.unit for mention in group]) == width), [])
    why = "the head of its column is lost; the notice names just these communes in this order"
    return {j: unit.doubt(why, _IN_ORDER) for j, unit in enumerate(listed)}


def columns_in_any_order(survey: Survey, width: int, table: Span) -> dict[int, Field[Unit]]:
    """Column → commune below a head that is lost, where the district has, or the notice names, just so many.

    Who stands where is not known: good for rows that say the same of all of them, and for nothing else.
    """
    named = {code: mention.unit for mention in survey.communes if (code := mention.unit.value.code)}
    own = [unit for unit in listed_units(survey) if unit.type == "xã"] if survey.where.district_code else []
    if len(own) == width:
        return {j: named.get(unit.code or "") or _somewhere(survey, unit, table) for j, unit in enumerate(own)}
    return dict(enumerate(named.values())) if len(named) == width else {}


def _somewhere(survey: Survey, unit: Unit, table: Span) -> Field[Unit]:
    """A commune of the district where the notice has its name, else where the table about all of them stands."""
    name = re.search(rf"\b{re.escape(fold(unit.name))}\b", fold(survey.whole.flowing))
    if name:
        return replace(survey.whole.field(unit, *name.span(), "unit", Method.MATCHED), confidence=_NAMED)
    why = "the head of its column is lost; the district has just as many communes as the table has columns"
    return survey.whole.field(unit, *table, "unit", Method.INFERRED).doubt(why, _AMONG)


def _whole_names(
    survey: Survey, head: Sequence[Sequence[Token]], width: int, units: Sequence[Unit]
) -> dict[int, Field[Unit]]:
    """Column → commune, where the nearest line of the head that holds whole names holds one a column, side by side."""
    for tokens in reversed(head):
        start, end = span_of(tokens)
        text = f" {fold(survey.whole.string[start:end])} "
        at = {text.find(f" {fold(unit.name)} "): unit for unit in units}
        found = sorted(((place, unit) for place, unit in at.items() if place >= 0), key=lambda one: one[0])
        beside = all(re.fullmatch(r"[\s|]*", text[p + 1 + len(u.name) : q]) for (p, u), (q, _) in pairwise(found))
        if len(found) == width and beside:
            fields = (
                survey.whole.field(unit, start + place, start + place + len(unit.name), "unit", Method.MATCHED)
                for place, unit in found
            )
            return {j: replace(field, confidence=_NAMED) for j, field in enumerate(fields)}
    return {}


def _stacked_names(
    survey: Survey, head: Sequence[Sequence[Token]], width: int, units: Sequence[Unit]
) -> dict[int, Field[Unit]]:
    """Column → commune, where the last lines of the head hold a syllable a column, below each other.

    TT Tên tiêu chí Dong |Hoanh| Luc V6 | Dong | Hic
    Tam | M6 | Hon | Ngai | Van | Dong
    """
    for over, under in reversed(list(pairwise(head))):
        for first, last in product(_lasts(over, width), _lasts(under, width)):
            pairs = list(zip(first, last, strict=True))
            found = [nearest_unit("".join(as_letters(token.bare) for token in pair), units) for pair in pairs]
            named = {j: unit for j, unit in enumerate(found) if unit is not None}
            if len(named) == width == len({unit.code for unit in named.values()}):
                return {j: _beneath(survey, pairs[j], unit) for j, unit in named.items()}
    return {}


def _lasts(tokens: Sequence[Token], width: int) -> Iterator[Sequence[Token]]:
    """The tokens that may stand over the columns: the last ones, but for up to two over a column of totals."""
    for beside in range(min(_BESIDE, len(tokens) - width) + 1):
        yield tokens[len(tokens) - beside - width : len(tokens) - beside]


def _beneath(survey: Survey, pair: tuple[Token, Token], unit: Unit) -> Field[Unit]:
    """The commune whose syllables stand below each other; what lies between them on the page is of other columns."""
    return replace(survey.whole.field(unit, *pair[1].span, "unit", Method.MATCHED), confidence=_NAMED)


def _assigned(tokens: Sequence[Token], units: Sequence[Unit]) -> dict[int, Unit]:
    """Columns whose syllable fits one commune only; each commune once."""
    fits = {j: _fitting(token, units) for j, token in enumerate(tokens)}
    found: dict[int, Unit] = {}
    while single := [(j, left[0]) for j, left in _left(fits, found) if len(left) == 1]:
        found[single[0][0]] = single[0][1]
    return found


def _left(fits: dict[int, list[Unit]], found: dict[int, Unit]) -> Iterator[tuple[int, list[Unit]]]:
    taken = {unit.code for unit in found.values()}
    return ((j, [u for u in us if u.code not in taken]) for j, us in fits.items() if j not in found)


def _fitting(token: Token, units: Sequence[Unit]) -> list[Unit]:
    """The communes that have this syllable, else those that have one like it."""
    likes = [max(fuzz.ratio(fold(token.bare), part) for part in fold(unit.name).split()) for unit in units]
    least = 100 if 100 in likes else _ALIKE
    return [unit for unit, like in zip(units, likes, strict=True) if like >= least]


def _fields(
    survey: Survey, tokens: Sequence[Token], found: dict[int, Unit], units: Sequence[Unit]
) -> dict[int, Field[Unit]]:
    fields = {
        j: replace(survey.whole.field(unit, *tokens[j].span, "unit", Method.MATCHED), confidence=_NAMED)
        for j, unit in found.items()
    }
    taken = {unit.code for unit in found.values()}
    columns = [j for j in range(len(tokens)) if j not in found]
    left = [unit for unit in units if unit.code not in taken]
    if len(columns) == 1 and len(left) == 1:
        last = survey.whole.field(left[0], *tokens[columns[0]].span, "unit", Method.INFERRED)
        fields[columns[0]] = last.doubt("of the district's communes it is the only one without a column", 0.75)
    return fields
