"""The criteria sets of every period: which one a section counts by, which criterion a name means."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from normalize.confusion import has_marks, plain
from normalize.data import FOLDER as DATA
from normalize.fold import fold
from normalize.match import Candidate, Match, candidate, decide, score_of, shortlist

FAR, FAR_MARKED = 0.2, 0.14  # of the letters: held-out readings of 1,300 names lie nearer but for 1 in 100
SHORT = 4  # letters: ANQP, HCC, GT
NUMBER_PULL = 0.5  # letters that an agreeing number is worth when names are near


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a set: `name` is the official one, `aliases` how notices shorten it."""

    number: int
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A set of criteria. `target`: ntm, nang_cao, kieu_mau; `level`: commune, district; `count` None: not numbered.

    `signed`: its decision's day; `effective`: in force from this day; `judged_by`: the id of the set
    whose criteria are counted for it, if not its own; `source`: how well its names are known.
    """

    id: str
    level: str
    target: str
    name: str
    decision: str
    signed: date
    effective: date
    period: str
    source: str
    count: int | None = None
    amended_by: tuple[str, ...] = ()
    judged_by: str | None = None
    criteria: tuple[Criterion, ...] = ()

    def criterion(self, number: int) -> Criterion | None:
        """The criterion of a number."""
        return next((c for c in self.criteria if c.number == number), None)


@lru_cache(maxsize=1)
def criteria_sets() -> tuple[CriteriaSet, ...]:
    """Every set, oldest first.

    >>> len(criteria_sets()), criteria_sets()[0].id
    (9, 'xa-ntm-2009')
    """
    paths = sorted(DATA.glob("criteria-*.toml"))
    return tuple(sorted((_read(path.read_text("utf-8")) for path in paths), key=lambda s: (s.effective, s.id)))


def set_by_id(set_id: str) -> CriteriaSet:
    """The set with an id; KeyError when there is none.

    >>> set_by_id("xa-ntm-2021-2025").criterion(5).name
    'Trường học'
    """
    return next(s for s in criteria_sets() if s.id == set_id) if set_id in _ids() else _missing(set_id)


def match_criterion(text: str, set_id: str, number: int | None = None, marked: bool | None = None) -> Match[Criterion]:
    """The criterion of a set from its name as read, its number, or both.

    A number helps a name that lies between two; where they disagree the name's criterion is told, unsure, and
    `why` says so. Without a name the number decides.

    >>> match_criterion("T chac san xuat va phat trién kinh té nong thon", "xa-ntm-2021-2025").value.number
    13
    >>> match_criterion("Giáo dục", "xa-ntm-nang-cao-2021-2025", 14).why
    'number 14 is Y tế'
    """
    criteria = set_by_id(set_id).criteria
    numbered = next((c for c in criteria if c.number == number), None)
    read = bare_name(text)
    if not plain(read):
        return _by_number(text, numbered)
    marked = has_marks(read) if marked is None else marked
    measured = [_pulled(one, number) for one in _measured(read, set_id, number, marked)]
    found = decide(text, measured, FAR_MARKED if marked else FAR)
    if number is None or found.best is None or found.best.number == number:
        return found
    why = f"number {number} is {numbered.name}" if numbered else f"the set has no number {number}"
    return replace(found, sure=False, confidence=round(found.confidence * 0.5, 3), why=why)


def bare_name(text: str) -> str:
    """A criterion's name without "tiêu chí số 5", "TC", brackets around the number.

    >>> bare_name("Tiêu chí số 03 về Thủy lợi"), bare_name("5. Trường học"), bare_name("tiéu chi Y té")
    ('Thủy lợi', 'Trường học', 'Y té')
    """
    found = _LEAD.match(fold(text))
    return text[found.end() :].strip(" .;,:-()") if found else text.strip()


# "Tiêu chí số 03 về Thủy lợi", "TC số 5: Trường học", "5. Trường học", "(17) Môi trường"
_NUMBER = r"\(?\d{1,2}(?:\)?\s*[.:)–-]+\s*|\s+|$)"
_LEAD = re.compile(rf"\s*(?:(?:tieu chi|tc)\b[.\s]*(?:so\s*(?:{_NUMBER})?)?[:–-]?\s*(?:ve\s+)?)?(?:{_NUMBER})?")


def overlap(a: str, b: str) -> bool:
    """Do two periods share a year? A single year is a period too.

    >>> overlap("2021-2025", "2023"), overlap("2016-2020", "2021-2025")
    (True, False)
    """
    years = [[int(y) for y in re.findall(r"\d{4}", period)] for period in (a, b)]
    return all(years) and years[0][0] <= years[1][-1] and years[1][0] <= years[0][-1]


def _measured(read: str, set_id: str, number: int | None, marked: bool) -> list[Candidate[Criterion]]:
    """The nearest name of each criterion that is worth measuring, and of the one with the number."""
    names = _names(set_id)
    near = {*shortlist(plain(read), [name for name, _ in names])}
    near |= {i for i, (_, criterion) in enumerate(names) if criterion.number == number}
    best: dict[int, Candidate[Criterion]] = {}
    for name, criterion in (names[i] for i in sorted(near)):
        one = candidate(read, criterion, name, marked)
        if len(name) <= SHORT and one.cost >= 1 and name != plain(criterion.name):
            continue  # an abbreviation must be read without fault
        if criterion.number not in best or one.cost < best[criterion.number].cost:
            best[criterion.number] = one
    return list(best.values())


@lru_cache(maxsize=32)
def _names(set_id: str) -> tuple[tuple[str, Criterion], ...]:
    """Every name of a set as `plain` gives it, official or short, with its criterion."""
    return tuple((plain(name), c) for c in set_by_id(set_id).criteria for name in (c.name, *c.aliases))


def _pulled(one: Candidate[Criterion], number: int | None) -> Candidate[Criterion]:
    if one.value.number != number:
        return one
    cost = max(0.0, round(one.cost - NUMBER_PULL, 3))
    return replace(one, cost=cost, score=score_of(cost, one.name))


def _by_number(text: str, criterion: Criterion | None) -> Match[Criterion]:
    if criterion is None:
        return Match(text, None, 0.0, 0.0, 0.0, False, (), "neither name nor number")
    only = Candidate(criterion, criterion.name, 0.0, 1.0)
    return Match(text, criterion, 1.0, 1.0, 0.9, True, (only,), note="by its number alone")


def _read(text: str) -> CriteriaSet:
    record = tomllib.loads(text)
    criteria = tuple(Criterion(c["number"], c["name"], tuple(c.get("aliases", ()))) for c in record.pop("criteria", ()))
    return CriteriaSet(**{**record, "amended_by": tuple(record.get("amended_by", ())), "criteria": criteria})


@lru_cache(maxsize=1)
def _ids() -> frozenset[str]:
    return frozenset(s.id for s in criteria_sets())


def _missing(set_id: str) -> CriteriaSet:
    raise KeyError(f"no criteria set {set_id!r}; known: {', '.join(sorted(_ids()))}")
