"""The `ntm` block of a notice, or None where it reports nothing on the programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.draft import AssessmentDraft, DocumentDraft, FundingDraft, NtmDraft
from extract.field import Field
from extract.notice import Level, Unit
from extract.ntm.assessments import find_assessments
from extract.ntm.attendance.bodies import find_attendance
from extract.ntm.criteria.named import find_refs
from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.sets import period_cited, period_named
from extract.ntm.funding.part import of_programme
from extract.ntm.funding.rows import find_funding_rows
from extract.ntm.funding.sources import find_funding
from extract.ntm.merge import merged, merged_bands
from extract.ntm.programme.bands.find import find_bands
from extract.ntm.programme.bands.found import bands_of
from extract.ntm.programme.times import find_as_of, find_inspection, find_period, find_year
from extract.ntm.programme.totals import find_average, find_total
from extract.ntm.survey import Survey, make_survey
from extract.ntm.tables import read_tables
from extract.parts.zones import Zones
from extract.trail import missed
from extract.words.phrases import find_phrases
from normalize.fold import fold
from ocr.page import Table


def build_ntm(zones: Zones, document: DocumentDraft, tables: Sequence[Table] = ()) -> NtmDraft | None:
    """What a notice reports on the programme, in prose and in its ruled tables; None where it reports nothing."""
    if not _speaks_of_programme(zones):
        missed("/ntm", "ntm", "neither ‘nông thôn mới’ nor ‘NTM’ stands anywhere, nor a count of its nineteen criteria")
        return None
    survey = make_survey(zones, document)
    period = find_period(survey)
    named = period_named(survey.whole.flowing, survey.report_start, zones.body_end)
    if document.date is None:  # which set was in force is not known: the one that is cited
        named = named or period_cited(survey.whole.flowing)
    counted_by = named or (period.value if period else None)
    ruled = read_tables(survey, tables, counted_by)
    bands = find_bands(survey, ruled.spans)
    taken = [*((at.start, at.end) for at in bands), *ruled.spans]
    assessments = find_assessments(survey, taken, counted_by, ruled)
    assessments = merged(assessments, ruled.assessments)
    draft = NtmDraft(
        province=survey.where.province,
        district=_district(survey, assessments),
        year=find_year(survey),
        period=period,
        inspected_on=find_inspection(survey),
        as_of=find_as_of(survey),
        attendance=find_attendance(survey),
        communes_total=find_total(survey) or next(iter(ruled.totals), None),
        average_criteria=find_average(survey, ruled.spans) or next(iter(ruled.averages), None),
        bands=merged_bands(bands_of(bands), ruled.bands),
        assessments=assessments,
        funding=_once((*ruled.funding, *find_funding(survey), *find_funding_rows(survey, ruled.spans))),
        sums=ruled.sums,
    )
    if _reports(survey, draft):
        return draft
    if own := of_programme(survey, draft.funding):
        return replace(draft, funding=own)
    missed("/ntm", "ntm", "the programme is named, but no unit, band or figure of it is reported", zones.subject.string)
    return None


def _district(survey: Survey, assessments: Sequence[AssessmentDraft]) -> Field[Unit] | None:
    """The district that the notice is about; none where another office than its own judges communes of several."""
    district, document = survey.where.district, survey.document
    if district is None:
        return None
    own, province = fold(district.value.name), survey.where.province
    if province and fold(province.value.name) == own:  # Bắc Giang is a thành phố and a tỉnh
        own = f"{fold(district.value.type or '')} {own}"
    if any(field and own in fold(field.value) for field in (document.issuer, document.issuer_parent, document.place)):
        return district
    judged = [draft.unit.value.district for draft in assessments if draft.unit.value.level is Level.COMMUNE]
    if len({parent.code for parent in judged if parent and parent.code}) < 2:
        return district
    missed("/ntm/district", "district", "communes of several districts are judged", district.value.name)
    return None


def _once(found: tuple[FundingDraft, ...]) -> tuple[FundingDraft, ...]:
    """A source told in prose and again in a table counts once."""
    kept: dict[tuple[str, str, int], FundingDraft] = {}
    for entry in found:
        key = (fold(entry.source or ""), fold(entry.item or ""), entry.amount_vnd.value)
        kept.setdefault(key, entry)
    return tuple(kept.values())


# 13/19 tiêu chí · Quyết định số 491/QĐ-TTg: no other programme has nineteen, nor these decisions; folded
_ITS_OWN = re.compile(
    r"\d\s*/\s*19\s+tieu\s+chi|(?<!\d)(?:491|1980|318|319|320)\s*/\s*qd-ttg|tieu\s+chi.*\s\d{1,2}/19\s.*\s\d{1,2}/19\s",
    re.DOTALL,
)


FEWEST_CRITERIA = 5  # criteria that tell a list of the programme's
OTHERS = 15  # criteria that sets of other programmes have at most


def _speaks_of_programme(zones: Zones) -> bool:
    named = find_phrases(zones.whole, "ntm") or _ITS_OWN.search(zones.whole.flowing)
    return bool(named) or _lists_criteria(zones)


def _lists_criteria(zones: Zones) -> bool:
    """Does a notice that never names the programme list its criteria: five numbers, one above 15, or five names?"""
    if "tieu chi" not in zones.whole.flowing:
        return False
    refs = find_refs(zones.whole, zones.body_start, zones.body_end)
    numbers = {ref.number for ref in refs if ref.number is not None}
    names = {fold(ref.name) for ref in refs if ref.name and name_pattern().fullmatch(fold(ref.name))}
    return (len(numbers) >= FEWEST_CRITERIA and max(numbers) > OTHERS) or len(names) >= FEWEST_CRITERIA


def _reports(survey: Survey, draft: NtmDraft) -> bool:
    """Is anything of the programme told: a unit, a band, an average; money or a meeting where the title names it?"""
    if draft.bands or draft.assessments or draft.average_criteria:
        return True
    titled = bool(find_phrases(survey.zones.subject, "ntm"))
    return titled and bool(
        draft.funding or draft.communes_total or draft.as_of or draft.inspected_on or draft.attendance.present
    )
