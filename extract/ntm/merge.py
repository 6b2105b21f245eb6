"""What prose and tables say of the same unit, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.draft import AssessmentDraft, BandDraft, StatedDraft
from extract.field import Field
from extract.notice import Criterion, Outcome

Key = tuple[str, str]


def merged(prose: Sequence[AssessmentDraft], tables: Sequence[AssessmentDraft]) -> tuple[AssessmentDraft, ...]:
    """Each unit at each level once, in the order of first mention; where the two disagree both are marked."""
    found: dict[Key, AssessmentDraft] = {}
    for one in (*prose, *tables):
        key = one.unit.value.code or one.unit.value.name, one.target.value.value
        found[key] = _joined(found[key], one) if key in found else one
    return tuple(found.values())


def merged_bands(prose: Sequence[BandDraft], tables: Sequence[BandDraft]) -> tuple[BandDraft, ...]:
    """Each band of a target once; where text and table count differently the count is marked."""
    found: dict[tuple[str, int, int], BandDraft] = {}
    for band in (*prose, *tables):
        key = band.target.value, band.min, band.max
        before = found.get(key)
        if before is not None:
            communes = before.communes if len(before.communes) >= len(band.communes) else band.communes
            band = replace(before, count=_agreed(before.count, band.count), communes=communes)
        found[key] = band
    return tuple(found.values())


def _joined(first: AssessmentDraft, second: AssessmentDraft) -> AssessmentDraft:
    """What the text says first, then the table; what is judged in the table is more than planned."""
    criteria = {field.value.number: field for field in first.criteria}
    for field in second.criteria:
        before = criteria.get(field.value.number)
        criteria[field.value.number] = field if before is None else _weighed(before, field)
    stated = StatedDraft(
        _agreed(first.stated.achieved, second.stated.achieved),
        _agreed(first.stated.not_achieved, second.stated.not_achieved),
        _agreed(first.stated.total, second.stated.total),
    )
    return replace(
        first,
        outcome=second.outcome if first.outcome.value is Outcome.PLANNED else first.outcome,
        criteria_set=first.criteria_set or second.criteria_set,
        stated=stated,
        criteria=tuple(criteria[number] for number in sorted(criteria)),
    )


def _weighed(a: Field[Criterion], b: Field[Criterion]) -> Field[Criterion]:
    """The surer of two fields; marked where they give another status."""
    best, other = (a, b) if (not a.review, a.confidence) >= (not b.review, b.confidence) else (b, a)
    if a.value.status is b.value.status or (other.review and not best.review):
        return best
    both = (a.value.status.value, b.value.status.value)
    return replace(best, alternatives=both).doubt("the text and the table of the notice do not say the same")


def _agreed(a: Field[int] | None, b: Field[int] | None) -> Field[int] | None:
    if a is None or b is None:
        return a or b
    if a.value == b.value:
        return a if a.confidence >= b.confidence else b
    return replace(a, alternatives=(str(b.value),)).doubt(f"elsewhere the notice says {b.value}")
