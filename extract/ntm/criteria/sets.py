"""Which set of criteria a section counts by, and which criterion of it each number and name means."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.field import Field
from extract.notice import Criterion, Level, Method, Status, Target
from extract.ntm.criteria.ref import USUAL_TOTAL, Ref
from extract.ntm.trust import IN_LIST, vouched
from extract.reading import Reading
from normalize.fold import fold
from normalize.lexicon.criteria import CriteriaSet, criteria_sets, match_criterion, overlap

ENOUGH = 2  # names that only another set has, before it is taken against what the heading says


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """A set with the reasons to doubt it, empty where there are none."""

    set: CriteriaSet
    doubt: str = ""


def choose_set(
    target: Target, level: Level, day: dt.date, period: str | None, refs: Sequence[Ref], total: int | None = None
) -> ChosenSet | None:
    """The set of a level of the programme in a period, or on a day where none is printed.

    Names and numbers that fit another set of the same time better overrule a heading, with a doubt. A level that
    had no national set then (nâng cao before 2021) takes the plain one.

    >>> choose_set(Target.KIEU_MAU, Level.COMMUNE, dt.date(2023, 11, 30), None, ()).set.id
    'xa-ntm-nang-cao-2021-2025'
    >>> choose_set(Target.NTM, Level.COMMUNE, dt.date(2019, 11, 30), "2016-2020", ()).set.id
    'xa-ntm-2016-2020'
    """
    alive = _alive(level, day, period)
    wanted = "nang_cao" if target is Target.KIEU_MAU else target.value
    own = next((s for s in alive if s.target == wanted), None)
    doubt = "" if own else "no national set of this level was in force; the plain one is taken"
    if period and alive and not overlap(alive[0].period, period):
        doubt = doubt or f"no set of {period} was in force yet"
    chosen = own or next((s for s in alive if s.target == "ntm"), None)
    if chosen is None:
        return None
    better = _better(chosen, alive, refs)
    if better:
        return ChosenSet(better, f"the criteria are those of {better.id}, the section speaks of {chosen.id}")
    if total and chosen.count and total != chosen.count:
        doubt = doubt or f"the notice counts {total} criteria, the set has {chosen.count}"
    return ChosenSet(chosen, doubt)


# kết quả theo bộ tiêu chí ban hành tại Quyết định số 491/QĐ-TTg ngày 16/4/2009; folded
_NAMED_SET = re.compile(
    r"(?:theo|doi\s+chieu(?:\s+voi)?)\s+(?:cac\s+)?(?:bo\s+)?tieu\s+chi[^.;]{0,100}?quyet\s+dinh\s+(?:so\s+)?"
    r"(?P<code>\d{2,4}(?:/\d{4})?/qd-ttg)"
)

_DECISION = re.compile(r"(?<!\d)\d{2,4}(?:/\d{4})?/qd-ttg(?!\w)")


def period_named(flowing: str, start: int, end: int) -> str | None:
    """The period of the one set for communes whose decision a report counts by, where it says so.

    >>> period_named("theo bo tieu chi tai quyet dinh so 491/qd-ttg ngay 16/4/2009", 0, 60)
    '2009-2016'
    """
    return _period_of({match["code"] for match in _NAMED_SET.finditer(flowing, start, end)})


def period_cited(flowing: str) -> str | None:
    """The period of the one set for communes whose decision a notice cites, in whatever words.

    >>> period_cited("tham tra tung tieu chi theo quyet dinh so 491/qd-ttg ngay 16/4/2009")
    '2009-2016'
    """
    return _period_of({match[0] for match in _DECISION.finditer(flowing)})


def _period_of(codes: set[str]) -> str | None:
    periods = {s.period for s in criteria_sets() if s.level == Level.COMMUNE.value and fold(s.decision) in codes}
    return periods.pop() if len(periods) == 1 else None


def criteria_of_communes(day: dt.date) -> int:
    """How many criteria the plain set for communes had on a day: 19, from 2026 on 10.

    >>> criteria_of_communes(dt.date(2019, 11, 30)), criteria_of_communes(dt.date(2026, 3, 1))
    (19, 10)
    """
    chosen = choose_set(Target.NTM, Level.COMMUNE, day, None, ())
    return (chosen.set.count if chosen else None) or USUAL_TOTAL


@cache
def totals_of_sets() -> frozenset[int]:
    """How many criteria the sets have.

    >>> sorted(totals_of_sets())
    [9, 10, 19]
    """
    return frozenset(s.count for s in criteria_sets() if s.count)


def _alive(level: Level, day: dt.date, period: str | None) -> list[CriteriaSet]:
    """The sets of the time that a notice speaks of, the latest first."""
    known = [s for s in reversed(criteria_sets()) if s.level == level.value and s.criteria]
    # giai đoạn 2016 - 2020 in a notice of June 2016: its set came in October; 2010 - 2020 in one of 2011
    sets = [s for s in known if s.effective <= day] or known
    if period and any(overlap(s.period, period) for s in sets):
        fitting = [s for s in sets if overlap(s.period, period)]
        exact = [s for s in fitting if s.period == period]
        return exact or fitting
    latest = next((s.period for s in sets if s.effective <= day), None)
    return [s for s in sets if s.period == latest] or sets[-1:]


def _better(chosen: CriteriaSet, alive: Sequence[CriteriaSet], refs: Sequence[Ref]) -> CriteriaSet | None:
    """Another set that number and name agree in where they do not in the chosen one."""
    scores = {s.id: sum(_fits(s, ref) for ref in refs) for s in alive}
    best = max(alive, key=lambda s: (scores[s.id], s.id == chosen.id))
    return best if scores[best.id] >= scores[chosen.id] + ENOUGH else None


def _fits(s: CriteriaSet, ref: Ref) -> bool:
    """Does the set know this name, under this number where one stands there?"""
    if ref.name is None:
        return False
    if ref.number is not None:
        return match_criterion(ref.name, s.id, ref.number).sure
    own = s.criteria
    return any(ref.name.casefold() == c.name.casefold() for c in own)


def numbered_apart(name: str, chosen: CriteriaSet) -> bool:
    """Does the name have another number in a set of the same time: `Y tế` is 15 of the plain set, 14 of nâng cao?

    >>> plain = next(s for s in criteria_sets() if s.id == "xa-ntm-2021-2025")
    >>> numbered_apart("Y tế", plain), numbered_apart("Giao thông", plain)
    (True, False)
    """
    same = [s for s in criteria_sets() if (s.level, s.period) == (chosen.level, chosen.period) and s.criteria]
    ways = (match_criterion(name, s.id) for s in same)
    return len({match.value.number for match in ways if match.sure and match.value}) > 1


def judge(reading: Reading, ref: Ref, status: Status, chosen: CriteriaSet) -> Field[Criterion] | None:
    """The criterion that a number, a name, or both mean in a set.

    Where the two disagree a name that is read well wins over the number, marked with both.
    """
    match = match_criterion(ref.name or "", chosen.id, ref.number)
    numbered = chosen.criterion(ref.number) if ref.number is not None else None
    named = match.best
    if named is None or (not match.sure and numbered is None):
        return None if numbered is None else _field(reading, ref, numbered.number, numbered.name, status, 0.97)
    if numbered is None or named.number == numbered.number:
        return _field(reading, ref, named.number, named.name, status, 0.97 if ref.number is None else 0.995)
    both = (f"{numbered.number} {numbered.name}", f"{named.number} {named.name}")
    if match.score < 0.75 or re.search(r"\d", ref.name or ""):
        field = _field(reading, ref, numbered.number, numbered.name, status, 0.8)
        return replace(field, alternatives=both).doubt(f"beside number {numbered.number} stands {ref.name!r}", 0.7)
    if _sub_name(ref.name or "", numbered.name):
        return _field(reading, ref, numbered.number, numbered.name, status, 0.95)
    field = _field(reading, ref, named.number, named.name, status, 0.7)
    return replace(field, method=Method.INFERRED, alternatives=both).doubt(
        f"number {numbered.number} is {numbered.name}, the name printed is that of {named.number}"
    )


def _sub_name(name: str, official: str) -> bool:
    """Is one name a part of the other (`Môi trường` of `Môi trường và an toàn thực phẩm`)?"""
    a, b = name.casefold(), official.casefold()
    return a in b or b in a


def _field(reading: Reading, ref: Ref, number: int, name: str, status: Status, factor: float) -> Field[Criterion]:
    value = Criterion(number=number, name=name, status=status)
    field = reading.field(value, ref.start, ref.end, "criterion", Method.MATCHED, factor)
    if ref.doubt:
        return field.doubt(ref.doubt, 0.6)
    if ref.name and ref.number is not None:  # number and name vouch for each other, however badly read
        return vouched(field, round(0.97 * factor, 4))
    if ref.name:
        return vouched(field, IN_LIST)
    figures = math.prod(reading.confidence(*span) for span in ref.digits)  # the words between say nothing of it
    return vouched(field, round(figures * factor, 4)) if ref.digits else field
