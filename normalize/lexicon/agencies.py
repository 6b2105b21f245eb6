"""Agencies by full name, abbreviation and days of existence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from normalize.data import FOLDER as DATA
from normalize.fold import fold
from normalize.match import Match, best_of


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that issues or receives documents.

    `level`: central, province, district, commune; `short`: its groups in symbols (`STNMT`); `aliases`: other ways
    to print it (`Sở TN&MT`); `since`, `until`: first and last day, None where open; `examples` as read.
    """

    name: str
    level: str
    short: tuple[str, ...]
    aliases: tuple[str, ...]
    since: date | None
    until: date | None
    examples: tuple[str, ...]


@lru_cache(maxsize=1)
def agencies() -> tuple[Agency, ...]:
    """Every agency known, from `data/agencies.csv`; the list is open, unknown names must pass through.

    >>> next(a for a in agencies() if "STNMT" in a.short).name
    'Sở Tài nguyên và Môi trường'
    """
    with (DATA / "agencies.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_agency(record) for record in csv.DictReader(file))


@lru_cache(maxsize=1)
def agency_names() -> tuple[str, ...]:
    """Names of agencies, in full and as they are shortened, each once.

    >>> {"Sở Nội vụ", "Sở Nông nghiệp và PTNT"} <= set(agency_names())
    True
    """
    return tuple(dict.fromkeys(name for agency in agencies() for name in (agency.name, *agency.aliases)))


@lru_cache(maxsize=1)
def agencies_folded() -> dict[str, str]:
    """The names of agencies by their letters without marks.

    >>> agencies_folded()["so cong thuong"]
    'Sở Công Thương'
    """
    return {fold(name): name for name in reversed(agency_names())}


def agencies_on(day: date) -> tuple[Agency, ...]:
    """The agencies that existed on a day.

    >>> "Sở Nông nghiệp và Môi trường" in {a.name for a in agencies_on(date(2023, 5, 1))}
    False
    """
    return tuple(a for a in agencies() if (a.since or day) <= day <= (a.until or day))


def agencies_of(short: str) -> tuple[Agency, ...]:
    """The agencies that a group of a symbol may mean, several for `UBND`, none for an unknown one.

    >>> [a.name for a in agencies_of("SNN")]
    ['Sở Nông nghiệp và Phát triển nông thôn']
    """
    return tuple(a for a in agencies() if short in a.short)


def match_agency(read: str, on: date | None = None, marked: bool | None = None) -> Match[str]:
    """The name, full or short, that a reading means: one of `name` and `aliases` of the agencies of a day.

    >>> match_agency("So Tai nguyén va Mdi trwong", date(2023, 11, 30)).value
    'Sở Tài nguyên và Môi trường'
    """
    among = agencies_on(on) if on else agencies()
    return best_of(read, tuple(dict.fromkeys(name for a in among for name in (a.name, *a.aliases))), marked)


def _agency(record: dict[str, str]) -> Agency:
    short, aliases, examples = (_list(record[key]) for key in ("short", "aliases", "examples"))
    since, until = (date.fromisoformat(record[key]) if record[key] else None for key in ("since", "until"))
    return Agency(record["name"], record["level"], short, aliases, since, until, examples)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
