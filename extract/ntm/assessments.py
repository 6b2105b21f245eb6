"""Assessments: the units that a notice judges, recognises or plans for, with what it says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.draft import AssessmentDraft, StatedDraft
from extract.field import Field
from extract.notice import Criterion, Method, Outcome, Status, Target, Unit
from extract.ntm.criteria.sets import choose_set, criteria_of_communes, judge, numbered_apart
from extract.ntm.levels import targets_in
from extract.ntm.rows.counts import find_count_rows
from extract.ntm.survey import Survey
from extract.ntm.tables import TableFacts
from extract.ntm.told import all_results
from extract.ntm.trust import AGREED, COUNTED, SHORT_PHRASE, phrase_floor, vouched
from extract.ntm.verdicts.outcomes.named import Named
from extract.ntm.verdicts.outcomes.planned import find_fit, find_planned
from extract.ntm.verdicts.outcomes.recognised import find_recognised
from extract.ntm.verdicts.results.find import Result
from extract.ntm.verdicts.results.stated import StatedCount, Told
from extract.reading import Span
from extract.trail import missed
from normalize.lexicon.criteria import CriteriaSet

Key = tuple[str, Target]

_READ = 0.75  # a count tells how many criteria are listed, not which: figures that were hardly read stay in doubt


@dataclass(frozen=True, slots=True)
class _Judged:
    """All that the notice says of one unit at one level."""

    unit: Field[Unit]
    target: Field[Target]
    outcome: Field[Outcome]
    results: tuple[Result, ...] = ()
    past: bool = False


def find_assessments(
    survey: Survey, taken: Sequence[Span], period: str | None, ruled: TableFacts
) -> tuple[AssessmentDraft, ...]:
    """Every unit that is judged or recognised, in order of first mention; those only planned for as planned.

    `taken`: spans that tell bands. `period`: the programme's, as `2021-2025`. `ruled`: what tables say a row.
    """
    planned = [*find_planned(survey, taken), *ruled.planned]
    dated = find_count_rows(survey, taken)
    found: dict[Key, _Judged] = {}
    told = (named for named in find_recognised(survey, taken) if not _stands_in(named, ruled.named))
    for named in (*told, *ruled.named, *(row.named for row in dated if row.named)):
        _put(found, named)
    results = all_results(survey, taken, ruled, dated)
    higher = any(result.target and result.target.value is not Target.NTM for result in results)
    for result in sorted(results, key=lambda r: r.cue):
        _add(survey, found, result, planned, higher)
    for named in find_fit(survey, taken):
        _put(found, named)
    judged_units = {unit for unit, _ in found}
    for named in planned:
        key = _key(named.unit.value, named.target.value)
        if not (key[0] in judged_units and _met(found, key, named)):
            _put(found, named)
    return tuple(_draft(survey, judged, period) for key, judged in found.items() if not _only_past(found, key))


def _stands_in(named: Named, tabled: Sequence[Named]) -> bool:
    """Is it the very print that a table was read from by its cells? The lines of a table part a unit from its level."""
    return any(named.unit.places[:1] == other.unit.places[:1] != () for other in tabled)


def _only_past(found: dict[Key, _Judged], key: Key) -> bool:
    """Was a unit recognised in an earlier year, and does the notice judge it at another level now?"""
    again = any(unit == key[0] and level is not key[1] and one.results for (unit, level), one in found.items())
    return found[key].past and not found[key].results and again


def _put(found: dict[Key, _Judged], named: Named) -> None:
    """Put a unit that is named with an outcome to the others, unless it is there at this level."""
    key = _key(named.unit.value, named.target.value)
    found.setdefault(key, _Judged(named.unit, named.target, named.outcome, past=named.past))


def _key(unit: Unit, target: Target) -> Key:
    return unit.code or unit.name, target


def _met(found: dict[Key, _Judged], key: Key, named: Named) -> bool:
    """Was the plan of a unit judged under a level that the section did not name itself?"""
    return named.target.value is Target.NTM or any(
        unit == key[0] and judged.target.method is Method.INFERRED for (unit, _), judged in found.items()
    )


def _add(survey: Survey, found: dict[Key, _Judged], result: Result, planned: Sequence[Named], higher: bool) -> None:
    """Put a result to its unit; where no level is named, the one the unit is planned for, else the plain one."""
    for unit in result.units:
        target = result.target or _told_before(found, unit) or _default_target(survey, unit, result, planned, higher)
        key = _key(unit.value, target.value)
        outcome = survey.whole.field(Outcome.ASSESSED, *result.cue, "result", Method.MATCHED)
        outcome = vouched(outcome, COUNTED if result.counts else phrase_floor(survey.whole, *result.cue))
        before = found.get(key, _Judged(unit, target, outcome))
        found[key] = replace(before, results=(*before.results, result))


def _told_before(found: dict[Key, _Judged], unit: Field[Unit]) -> Field[Target] | None:
    """The one level a unit was counted by before: `Xã Phú Điền (nâng cao) đạt 16/19. … chưa đạt tại xã Phú Điền`."""
    own = _key(unit.value, Target.NTM)[0]
    judged = [one.target for (code, _), one in found.items() if code == own and one.results]
    return judged[0] if len(judged) == 1 else None


def _default_target(
    survey: Survey, unit: Field[Unit], result: Result, planned: Sequence[Named], higher: bool
) -> Field[Target]:
    """The level of a result that names none. `higher`: other results of the notice name one above the plain."""
    for named in planned:
        same = _key(named.unit.value, Target.NTM)[0] == _key(unit.value, Target.NTM)[0]
        if same and (named.target.value is Target.NTM or not _has_all(survey, result)):
            return named.target
    levels = {target for target, _, _ in targets_in(survey.zones.subject, 0, len(survey.zones.subject.string))}
    if len(levels) == 1:
        return vouched(survey.whole.field(levels.pop(), *result.cue, "target_of_title", Method.MATCHED), SHORT_PHRASE)
    plain = survey.whole.field(Target.NTM, *result.cue, "plain_target", Method.MATCHED)
    if levels and Target.NTM not in levels:
        return plain.doubt("the title speaks of several levels, and none is named here", 0.6)
    if higher:
        return plain.doubt("other units are counted at a higher level, and none is named here", 0.75)
    return vouched(plain, SHORT_PHRASE)


def _has_all(survey: Survey, result: Result) -> bool:
    """`Xã Văn Bàn giữ được 19/19 tiêu chí`: who has all of a level plans for the next one."""
    achieved = [count for count in result.counts if count.status is Status.ACHIEVED]
    usual = criteria_of_communes(survey.where.day)  # 1 Vạn Bình 19
    return any(count.value.value == (count.total.value if count.total else usual) for count in achieved)


def _draft(survey: Survey, judged: _Judged, period: str | None) -> AssessmentDraft:
    refs = [ref for result in judged.results for ref, _ in result.refs]
    stated = _stated(judged.results)
    if not refs and stated == StatedDraft():
        return AssessmentDraft(judged.unit, judged.target, judged.outcome, None)
    total = stated.total.value if stated.total else None
    chosen = choose_set(judged.target.value, judged.unit.value.level, survey.where.day, period, refs, total)
    if chosen is None:
        missed("/ntm/assessments", "criteria_set", f"no set of criteria fits {judged.unit.value.name} on that day")
        return AssessmentDraft(judged.unit, judged.target, judged.outcome, None, stated)
    criteria = _criteria(survey, judged.results, chosen.set, judged.target.review)
    set_field = judged.target.to(chosen.set.id)
    set_field = replace(set_field, rule="criteria_set", method=Method.MATCHED)
    if chosen.doubt:
        set_field = set_field.doubt(chosen.doubt, 0.7)
    stated, criteria = _agreeing(stated, criteria)
    if not survey.titled:
        stated, criteria = _disputed(stated, criteria)
    return AssessmentDraft(judged.unit, judged.target, judged.outcome, set_field, stated, criteria)


def _disputed(
    stated: StatedDraft, criteria: tuple[Field[Criterion], ...]
) -> tuple[StatedDraft, tuple[Field[Criterion], ...]]:
    """`Tân Hòa Thành đạt 16/19` and `11/19`: one count may be another unit's, and so may what stands beside it."""
    if not (stated.achieved and stated.achieved.alternatives):
        return stated, criteria
    why = "the notice gives this unit two counts of what it has achieved; this may belong to another one"
    missing = stated.not_achieved and stated.not_achieved.doubt(why, 0.7)
    return replace(stated, not_achieved=missing), tuple(c.doubt(why, 0.7) for c in criteria)


def _agreeing(
    stated: StatedDraft, criteria: tuple[Field[Criterion], ...]
) -> tuple[StatedDraft, tuple[Field[Criterion], ...]]:
    """Counts and lists that agree vouch for each other; so do three counts that add up."""
    counts = (stated.achieved, stated.not_achieved, stated.total)
    if None not in counts and sum(c.value for c in counts[:2] if c) == (counts[2].value if counts[2] else None):
        stated = stated.each(lambda count: vouched(count, AGREED))
    for status, count in ((Status.ACHIEVED, stated.achieved), (Status.NOT_ACHIEVED, stated.not_achieved)):
        listed = [field for field in criteria if field.value.status is status]
        if count and len(listed) == count.value:
            criteria = tuple(vouched(c, AGREED) if c in listed and c.confidence >= _READ else c for c in criteria)
            name = "achieved" if status is Status.ACHIEVED else "not_achieved"
            stated = replace(stated, **{name: vouched(count, AGREED)})
    return stated, criteria


def _stated(results: Sequence[Result]) -> StatedDraft:
    """The counts printed; where one is told twice with two figures, the one that adds up with the others.

    `Tự đánh giá đạt 19/19; kết quả thẩm tra đạt 14/19, chưa đạt 05/19`: 14. One that differs casts doubt on it.
    """
    counts = _found([c for r in results for c in r.counts])
    achieved = [c.value for c in counts if c.status is Status.ACHIEVED]
    missing = [c.value for c in counts if c.status is Status.NOT_ACHIEVED]
    totals = [c.total for c in counts if c.total is not None]
    sums = [(a, m, t) for t in totals for m in missing for a in achieved if a.value + m.value == t.value]
    a, m, t = sums[0] if sums else (None, None, None)
    return StatedDraft(_agreed(achieved, a), _agreed(missing, m), _agreed(totals, t))


def _found(counts: Sequence[StatedCount]) -> list[StatedCount]:
    """The counts without those that were only claimed, where an inspection found one of their kind."""
    found = {count.status for count in counts if count.told is Told.FOUND}
    return [count for count in counts if count.told is not Told.CLAIMED or count.status not in found]


def _agreed(fields: Sequence[Field[int]], fitting: Field[int] | None) -> Field[int] | None:
    """The field that fits, else the first; in doubt where another says something else."""
    if not fields:
        return None
    first = fitting or fields[0]
    others = sorted({field.value for field in fields} - {first.value})
    if others:
        return replace(first, alternatives=tuple(str(v) for v in others)).doubt(
            f"elsewhere the notice says {others[0]}"
        )
    return first


def _criteria(
    survey: Survey, results: Sequence[Result], chosen: CriteriaSet, unsure: bool
) -> tuple[Field[Criterion], ...]:
    """Each criterion once, by number; one that is told both ways is marked. `unsure`: the level is in doubt."""
    found: dict[int, Field[Criterion]] = {}
    for field in _judged_refs(survey, results, chosen, unsure):
        number = field.value.number
        before = found.get(number)
        if before is None:
            found[number] = field
        elif before.value.status is not field.value.status:
            both = (Status.ACHIEVED.value, Status.NOT_ACHIEVED.value)
            found[number] = replace(before, alternatives=both).doubt("the notice says both achieved and not achieved")
        elif before.confidence < field.confidence and before.review:
            found[number] = field
    return tuple(found[number] for number in sorted(found))


def _judged_refs(
    survey: Survey, results: Sequence[Result], chosen: CriteriaSet, unsure: bool
) -> Iterator[Field[Criterion]]:
    for result in results:
        for ref, status in result.refs:
            field = judge(survey.whole, ref, status, chosen)
            if field is None:
                why = f"‘{ref.name or ref.number}’ is no criterion of the set {chosen.id}"
                missed("/ntm/assessments/i/criteria", "criterion", why)
            elif unsure and ref.number is None and ref.name and numbered_apart(ref.name, chosen):
                yield field.doubt("the level is in doubt, and its sets number this name differently", 0.6)
            else:
                yield field
