"""A unit from its name as read: the level, the district, the province and the day narrow the candidates."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, process

from normalize.confusion import distance, has_marks, plain
from normalize.data import FOLDER
from normalize.fold import fold
from normalize.lexicon.unit_files import UnitFile
from normalize.lexicon.units import Level, Unit, UnitList, Units, level_of
from normalize.match import Candidate, Match, candidate, decide, far, score_of, shortlist

OTHER_TYPE = 0.3  # "xã" read for a phường: less than a letter, communes change type more often than name
TIE = 0.2  # districts this close to the best reading stay in play
STRANGER = 0.6  # letters that a commune elsewhere must be nearer by to make a match unsure
DOUBT = 0.2  # and to lower its confidence
NEIGHBOUR = 0.9  # score that a name needs in a list that does not hold on the day
EXTRAPOLATED = 0.97  # factor on the confidence of a match in a list that does not reach back to the day
OTHER_NAME = 0.7  # the same where the name read differs
SPELLED = 0.97  # score of a name in such a list from which the reading has no fault, where it carries marks

# "TP.Lạng Sơn", "H. Bắc Sơn", "TX Duy Tiên", "TT. Mạo Khê", "P.5"
_TYPES = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "huyen": "huyện", "h": "huyện", "quan": "quận",
    "q": "quận", "thi xa": "thị xã", "tx": "thị xã", "xa": "xã", "x": "xã", "phuong": "phường", "p": "phường",
    "thi tran": "thị trấn", "tt": "thị trấn", "dac khu": "đặc khu",
}  # fmt: skip
_TYPE = re.compile(
    r"\s*(?:(tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\s+|(tp|tx|tt|[hqxp])(?:\.\s*|\s+))(?=\S)"
)


def split_type(read: str) -> tuple[str | None, str]:
    """The type word in front of a name and the rest; an abbreviation counts with its dot or a blank.

    >>> split_type("TP. Lạng Sơn"), split_type("thị xã Duy Tiên"), split_type("Bắc Sơn")
    (('thành phố', 'Lạng Sơn'), ('thị xã', 'Duy Tiên'), (None, 'Bắc Sơn'))
    """
    found = _TYPE.match(fold(read))
    return (_TYPES[found[1] or found[2]], read[found.end() :].strip()) if found else (None, read.strip())


def spelled_out(read: str) -> str:
    """A name in whole where a notice has initials for it; any other reading as it is.

    >>> spelled_out("TP.HCM"), spelled_out("huyện Bắc Sơn")
    ('thành phố Hồ Chí Minh', 'huyện Bắc Sơn')
    """
    return _aliases().get(fold(plain(read))) or _aliases().get(fold(plain(split_type(read)[1]))) or read


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    with (FOLDER / "unit-aliases.csv").open(encoding="utf-8", newline="") as file:
        return {fold(plain(line["alias"])): line["name"] for line in csv.DictReader(file)}


def match_unit(
    read: str, candidates: Sequence[Unit], types: Collection[str] | None = None, marked: bool | None = None
) -> Match[Unit]:
    """Match a name as read, with or without its type word, against units.

    `types` leaves only units of these types (`("xã",)`); `marked` as in `match.best_match`. Names of two units
    that the reading does not tell apart are unsure; the marks of text that was restored tell nothing, so give
    `marked=False` for it.

    >>> communes = Units.on(date(2023, 11, 30)).communes("185")
    >>> [match_unit(read, communes).value.name for read in ("Vil Ling", "xa Pong Y", "Bic Son")]
    ['Vũ Lăng', 'Đồng Ý', 'Bắc Sơn']
    """
    whole = spelled_out(read)
    kept = [unit for unit in candidates if types is None or unit.type in types]
    marked = has_marks(split_type(whole)[1]) if marked is None else marked  # the marks of `xã` prove nothing
    near = shortlist(plain(split_type(whole)[1]), [plain(unit.name) for unit in kept])
    return decide(read, (_measure(whole, kept[i], marked) for i in near), far(marked))


def match_province(read: str, on: date, marked: bool | None = None) -> Match[Unit]:
    """The province of a name.

    >>> match_province("tinh Lang Son", date(2023, 5, 1)).value.code
    '20'
    """
    return match_unit(read, Units.on(on).provinces, marked=marked)


def match_district(read: str, on: date, province: str | None = None, marked: bool | None = None) -> Match[Unit]:
    """The district of a name, within the province of that code if one is given.

    >>> match_district("huyện Bic Son", date(2023, 5, 1), province="20").value.code
    '185'
    >>> match_district("Châu Thành", date(2023, 5, 1)).why
    'too close'
    """
    return match_unit(read, Units.on(on).districts(province), marked=marked)


def match_commune(
    read: str,
    on: date,
    district: str | None = None,
    province: str | None = None,
    types: Collection[str] | None = None,
    marked: bool | None = None,
) -> Match[Unit]:
    """The commune of a name, within a district or province by code.

    When the list of the day lacks it, the lists beside it are asked, and a unit found there comes with a `note`.

    >>> match_commune("Quỳnh Sơn", date(2023, 5, 1), district="185").sure
    False
    >>> match_commune("Ea DRơng", date(2024, 5, 1), district="648").best.name  # Ea Drơng in the list of 2025
    "Ea D'Rơng"
    """
    own, parent = Units.on(on), district or province
    found = match_unit(read, own.communes(parent), types, marked)
    if parent is None:
        return found
    found = against_strangers(found, own, marked)
    if found.sure:
        return _reaching(found, own)
    for beside in Units.neighbours(on):
        other = against_strangers(match_unit(read, _news(own, beside, parent), types, marked), beside, marked)
        if other.sure and other.score > max(found.score + 0.1, NEIGHBOUR):
            return _reaching(other, beside)
    return found


def find_unit(
    name: str, in_district: str | None = None, in_province: str | None = None, on: date | None = None
) -> Match[Unit]:
    """Look a name up at every level, the parents given by name, noise and all; `on` is today unless given.

    >>> find_unit("Vil Ling", in_district="Bac Son", on=date(2023, 11, 30)).value.name
    'Vũ Lăng'
    >>> [find_unit(name, on=date(2023, 5, 1)).value.level.value for name in ("tỉnh Lạng Sơn", "thành phố Lạng Sơn")]
    ['province', 'district']
    """
    units = Units.on(on or date.today())
    return _reaching(match_unit(name, _pool(units, name, in_district, in_province)), units)


def _pool(units: UnitList, name: str, in_district: str | None, in_province: str | None) -> list[Unit]:
    """The units that a name may mean, from what is said about its parents and its own type."""
    provinces = _close(match_unit(in_province, units.provinces)) if in_province else None
    if in_district:
        among = [d for p in provinces for d in units.districts(p.code)] if provinces else units.districts()
        # after 2025-07-01 "in" can only be a province
        above = _close(match_unit(in_district, among)) or _close(match_unit(in_district, units.provinces))
        return [unit for parent in above for unit in units.communes(parent.code)]
    below = [p.code for p in provinces] if provinces else [None]
    pool = [] if provinces else list(units.provinces)
    for code in below:
        pool += [*units.districts(code), *units.communes(code)]
    kind = split_type(spelled_out(name))[0]
    return [unit for unit in pool if unit.type == kind] or pool if kind else pool


def _close(match: Match[Unit]) -> list[Unit]:
    """The best and those as near; a parent that cannot be told from another leaves both in play."""
    if not match.candidates or match.why == "too far":
        return []
    limit = match.candidates[0].cost + TIE
    return [candidate.value for candidate in match.candidates if candidate.cost <= limit]


@lru_cache(maxsize=256)
def _news(own: UnitList, beside: UnitList, parent: str) -> tuple[Unit, ...]:
    """The communes under a parent that another list has and the own one lacks, by name."""
    known = {plain(unit.name) for unit in own.communes(parent)}
    return tuple(unit for unit in beside.communes(parent) if plain(unit.name) not in known)


def against_strangers(found: Match[Unit], units: UnitList, marked: bool | None) -> Match[Unit]:
    """Doubt a match when a commune elsewhere is nearer: the name may be none of this place's.

    Tried on names of a district corrupted as held-out pages were, the true one taken out: of 21 % taken for another
    one, 2 % are left, at the price of 0.4 % of the right ones.
    """
    if not found.sure or (cost := found.candidates[0].cost) <= DOUBT:
        return found
    name = split_type(found.read)[1]
    cost = min(cost, candidate(name, found.best, found.candidates[0].name, bool(marked)).cost)
    other, least = _nearest_anywhere(name, units.file, has_marks(name) if marked is None else marked)
    nearer = cost - least
    if nearer > STRANGER:
        return replace(found, sure=False, confidence=round(found.confidence * 0.3, 3), why=f"nearer to {other}")
    if nearer > DOUBT:
        return replace(found, confidence=round(found.confidence * 0.8, 3), note=f"nearer to {other}, elsewhere")
    return found


@lru_cache(maxsize=4096)
def _nearest_anywhere(read: str, file: UnitFile, marked: bool) -> tuple[str, float]:
    """The name of a commune of the country that lies nearest, and its cost."""
    names, folded = _commune_names(file)
    near = process.extract(fold(plain(read)), folded, scorer=fuzz.ratio, limit=5)
    costs = ((distance(plain(read), plain(names[i]), marked), names[i]) for _, _, i in near)
    return min(costs)[::-1]


@lru_cache(maxsize=8)
def _commune_names(file: UnitFile) -> tuple[list[str], list[str]]:
    """Every name that a commune has, each once, and the same folded."""
    names = sorted({row.name for row in file.rows.values() if level_of(row.code) is Level.COMMUNE})
    return names, [fold(plain(name)) for name in names]


def _reaching(match: Match[Unit], units: UnitList) -> Match[Unit]:
    """Tell when the list that knew the name is not one that holds on the day."""
    if not units.extrapolated or not match.sure:
        return match
    note = f"known from the list of {units.list_date}, used for {units.as_of}"
    note = f"{match.note}; {note}" if match.note else note
    # a name read right that the list lacks is likelier another, older commune than a fault of reading
    other = has_marks(split_type(match.read)[1]) and match.score < SPELLED
    factor = OTHER_NAME if other else EXTRAPOLATED
    return replace(match, confidence=round(match.confidence * factor, 3), note=note)


def _measure(read: str, unit: Unit, marked: bool) -> Candidate[Unit]:
    """The least cost over the ways to take the reading: as bare name, with type word, with a damaged one."""
    cost = min(_costs(read, unit, marked))
    return Candidate(unit, unit.name, cost, score_of(cost, unit.name))


def _costs(read: str, unit: Unit, marked: bool) -> Iterator[float]:
    name, whole = plain(unit.name), plain(read)
    yield distance(whole, name, marked)
    if len(whole) > len(name):
        yield distance(whole, f"{unit.type} {name}", marked)
    kind, bare = split_type(read)
    if kind:
        yield distance(plain(bare), name, marked) + (0.0 if kind == unit.type else OTHER_TYPE)
