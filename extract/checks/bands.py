"""Checks of bands, totals and averages."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from extract.checks.verdict import Verdict, verdict
from extract.draft import BandDraft, NoticeDraft
from normalize.lexicon.units import Units


def band_counts(draft: NoticeDraft) -> Iterator[Verdict]:
    """As many communes listed in a band as stated."""
    for at, band in _bands(draft):
        if band.count is None or not band.communes:
            continue
        listed = len(band.communes)
        touched = (f"{at}/count", *(f"{at}/communes/{i}" for i in range(listed)))
        yield verdict(
            "band-count",
            at,
            listed == band.count.value,
            f"{listed} communes listed, {band.count.value} stated",
            *touched,
        )


def bands_disjoint(draft: NoticeDraft) -> Iterator[Verdict]:
    """A commune stands in one band of a target only."""
    seen: dict[tuple[str, str], str] = {}
    twice: list[str] = []
    for at, band in _bands(draft):
        for i, field in enumerate(band.communes):
            key = (band.target.value, field.value.code or field.value.name)
            if key in seen:
                twice += [seen[key], f"{at}/communes/{i}"]
            seen[key] = f"{at}/communes/{i}"
    if seen:
        yield verdict(
            "bands-disjoint", "/ntm/bands", not twice, f"{len(twice) // 2} communes stand in two bands", *twice
        )


def bands_apart(draft: NoticeDraft) -> Iterator[Verdict]:
    """The ranges of one target's bands do not overlap (none of 68 notices with several has such): `đạt đủ 19` read as
    `dưới 19` makes one of 0 to 18. Which is wrong is not known, so all that meet are touched."""
    bands = list(_bands(draft))
    meet = {
        at
        for i, (a, one) in enumerate(bands)
        for b, other in bands[:i]
        if one.target is other.target and one.min <= other.max and other.min <= one.max
        for at in (a, b)
    }
    touched = [
        pointer
        for at, band in bands
        if at in meet
        for pointer in (f"{at}/count", *(f"{at}/communes/{i}" for i in range(len(band.communes))))
    ]
    if len(bands) > 1:
        yield verdict("bands-apart", "/ntm/bands", not meet, f"the ranges of {len(meet)} bands overlap", *touched)


def assessed_within_band(draft: NoticeDraft) -> Iterator[Verdict]:
    """What is said of a commune alone fits the band that lists it (553 of 553 in gold documents)."""
    placed = {
        (band.target.value, field.value.code or field.value.name): (band, f"{at}/communes/{i}")
        for at, band in _bands(draft)
        for i, field in enumerate(band.communes)
    }
    for index, assessment in enumerate(draft.ntm.assessments if draft.ntm else ()):
        unit, achieved = assessment.unit.value, assessment.stated.achieved
        found = placed.get((assessment.target.value, unit.code or unit.name))
        if found is None or achieved is None:
            continue
        band, listed = found
        at = f"/ntm/assessments/{index}/stated/achieved"
        message = f"{achieved.value} achieved, in the band of {band.min} to {band.max}"
        holds = band.min <= achieved.value <= band.max
        yield verdict("achieved-within-band", at, holds, message, at, listed)


def bands_sum(draft: NoticeDraft) -> Iterator[Verdict]:
    """The bands of the plain target add up to the communes stated, and these to the district's."""
    if draft.ntm is None or not draft.ntm.bands:
        return
    plain = [(at, band) for at, band in _bands(draft) if band.target.value == "ntm"]
    total, counts = draft.ntm.communes_total, [band.count for _, band in plain]
    if total is not None and plain and all(count is not None for count in counts):
        summed = sum(count.value for count in counts if count is not None)
        touched = ["/ntm/communes_total", *(f"{at}/count" for at, _ in plain)]
        yield verdict(
            "bands-sum-to-total",
            "/ntm/communes_total",
            summed == total.value if len(plain) > 1 else None,
            f"bands of {summed}, {total.value} stated",
            *touched,
        )


def total_of_district(draft: NoticeDraft) -> Iterator[Verdict]:
    """The communes stated are as many as the district had xã on that day. Differences are told, nothing is marked:
    a notice may count only part of them."""
    ntm, issued = draft.ntm, draft.document.date
    if (
        ntm is None
        or ntm.communes_total is None
        or ntm.district is None
        or ntm.district.value.code is None
        or issued is None
    ):
        return
    communes = Units.on(issued.value).communes(ntm.district.value.code)
    rural = sum(unit.type == "xã" for unit in communes)
    holds = True if rural == ntm.communes_total.value else None
    yield verdict(
        "total-is-districts",
        "/ntm/communes_total",
        holds,
        f"{ntm.communes_total.value} stated, the district had {rural} xã",
    )


def average_possible(draft: NoticeDraft) -> Iterator[Verdict]:
    """The average lies between what the bands allow, and is some whole sum over the communes, rounded."""
    ntm = draft.ntm
    if ntm is None or ntm.average_criteria is None:
        return
    at = "/ntm/average_criteria"
    average, total = ntm.average_criteria.value, ntm.communes_total
    bands = [band for _, band in _bands(draft) if band.target.value == "ntm" and band.count is not None]
    count = sum(band.count.value for band in bands if band.count)
    if bands and total is not None and count == total.value:
        low = sum(band.min * band.count.value for band in bands if band.count) / count
        high = sum(band.max * band.count.value for band in bands if band.count) / count
        yield verdict(
            "average-within-bands",
            at,
            low - 0.01 <= average <= high + 0.01,
            f"{average} stated, {low:.2f} to {high:.2f} possible",
            at,
        )
    if total is not None and total.value > 0:
        yield verdict(
            "average-is-a-whole-sum",
            at,
            _is_rounded(average, total.value),
            f"{average} over {total.value} communes",
            at,
        )


def _is_rounded(average: float, communes: int) -> bool:
    """Is there a whole sum whose mean, rounded as printed, is this average? (14.29 over 17 is 243.)"""
    digits = max(1, len(f"{average}".partition(".")[2]))  # 19 is exact, not rounded to the unit
    slack = 10.0**-digits
    return floor((average + slack) * communes) >= ceil((average - slack) * communes)


def _bands(draft: NoticeDraft) -> Iterator[tuple[str, BandDraft]]:
    for index, band in enumerate(draft.ntm.bands if draft.ntm else ()):
        yield f"/ntm/bands/{index}", band
