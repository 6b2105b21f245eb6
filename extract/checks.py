"""What must agree with what. A notice says many things twice; where the two disagree, somebody must look.

Each check is one function from the draft to its verdicts. `pass`, `fail`, or `unknown` where the notice does not
state enough to decide; a check that does not apply gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor

from extract.draft import AssessmentDraft, BandDraft, NoticeDraft
from extract.field import Field
from extract.notice import Check, CheckStatus, Criterion, Status
from normalize.lexicon.criteria import set_by_id
from normalize.lexicon.types import type_of_symbol
from normalize.lexicon.units import Units


@dataclass(frozen=True, slots=True)
class Verdict:
    """A check's outcome and the pointers of the values it touches."""

    check: Check
    touched: tuple[str, ...]


def run_checks(draft: NoticeDraft) -> tuple[Verdict, ...]:
    """All checks in their order, over a whole draft."""
    return tuple(verdict for check in CHECKS for verdict in check(draft))


def _verdict(ident: str, at: str, holds: bool | None, message: str, *touched: str) -> Verdict:
    status = {True: CheckStatus.PASS, False: CheckStatus.FAIL, None: CheckStatus.UNKNOWN}[holds]
    return Verdict(Check(id=ident, at=at, status=status, message=message), touched)


def _assessments(draft: NoticeDraft) -> Iterator[tuple[str, AssessmentDraft]]:
    for index, assessment in enumerate(draft.ntm.assessments if draft.ntm else ()):
        yield f"/ntm/assessments/{index}", assessment


def _bands(draft: NoticeDraft) -> Iterator[tuple[str, BandDraft]]:
    for index, band in enumerate(draft.ntm.bands if draft.ntm else ()):
        yield f"/ntm/bands/{index}", band


def number_read(draft: NoticeDraft) -> Iterator[Verdict]:
    """A number line without a number: it was filled in by hand and could not be read, or is missing."""
    document = draft.document
    if document.symbol is not None:
        holds = None if document.number is None else True
        message = "the place of the number holds nothing that could be read" if holds is None else "the number was read"
        yield _verdict("number-read", "/document/number", holds, message)


def type_agrees(draft: NoticeDraft) -> Iterator[Verdict]:
    """The type printed as the title and the type that the symbol begins with: `THÔNG BÁO`, `TB-STNMT`."""
    kind, symbol = draft.document.type, draft.document.symbol
    if kind is None or symbol is None:
        return
    told = type_of_symbol(symbol.value)
    holds = None if told is None else told == kind.value
    yield _verdict(
        "type-agrees-with-symbol", "/document/type", holds, f"title {kind.value}, symbol {symbol.value}",
        "/document/type", "/document/type_name", "/document/symbol", "/document/code",
    )  # fmt: skip


def citations_earlier(draft: NoticeDraft) -> Iterator[Verdict]:
    """What is cited was issued before, at the latest on the same day."""
    issued = draft.document.date
    for index, citation in enumerate(draft.citations):
        if citation.date is None:
            continue
        at = f"/citations/{index}/date"
        holds = None if issued is None else citation.date.value <= issued.value
        message = f"cited {citation.date.value}, issued {issued.value if issued else 'unknown'}"
        doubtful = ["/document/date"] if issued is not None and issued.review else []
        yield _verdict("cited-before-issued", at, holds, message, at, *doubtful)


def citation_years(draft: NoticeDraft) -> Iterator[Verdict]:
    """A code with a year in it (`30/2020/NĐ-CP`) is dated in that year."""
    for index, citation in enumerate(draft.citations):
        parts = citation.code.value.split("/") if citation.code else []
        if len(parts) != 3 or citation.date is None or not parts[1].isdigit():
            continue
        holds = int(parts[1]) == citation.date.value.year
        message = f"{citation.code.value if citation.code else ''} is dated {citation.date.value}"
        yield _verdict(
            "code-year-is-date-year",
            f"/citations/{index}/code",
            holds,
            message,
            f"/citations/{index}/code",
            f"/citations/{index}/date",
        )


def listed_equals_stated(draft: NoticeDraft) -> Iterator[Verdict]:
    """As many criteria listed as stated, for each status of which any is listed."""
    for at, assessment in _assessments(draft):
        for status, stated in (
            (Status.ACHIEVED, assessment.stated.achieved),
            (Status.NOT_ACHIEVED, assessment.stated.not_achieved),
        ):
            listed = [i for i, c in enumerate(assessment.criteria) if c.value.status is status]
            if stated is None or not listed:
                continue
            touched = [f"{at}/criteria/{i}" for i in listed]
            message = f"{len(listed)} {status.value} listed, {stated.value} stated"
            yield _verdict(
                "listed-equals-stated", at, len(listed) == stated.value, message,
                f"{at}/stated/{status.value}", *touched,
            )  # fmt: skip


def stated_sums(draft: NoticeDraft) -> Iterator[Verdict]:
    """Achieved and not achieved make the total."""
    for at, assessment in _assessments(draft):
        stated = assessment.stated
        parts = (stated.achieved, stated.not_achieved, stated.total)
        if stated.achieved is None or stated.not_achieved is None or stated.total is None:
            continue
        a, n, t = (part.value for part in parts if part is not None)
        yield _verdict(
            "stated-counts-sum", f"{at}/stated", a + n == t, f"{a} achieved and {n} not, of {t}",
            f"{at}/stated/achieved", f"{at}/stated/not_achieved", f"{at}/stated/total",
        )  # fmt: skip


def criteria_within_set(draft: NoticeDraft) -> Iterator[Verdict]:
    """Each criterion belongs to the set, under its official name, and only one status is given to it."""
    for at, assessment in _assessments(draft):
        if assessment.criteria_set is None or not assessment.criteria:
            continue
        criteria = set_by_id(assessment.criteria_set.value)
        wrong = [
            i for i, field in enumerate(assessment.criteria)
            if (own := criteria.criterion(field.value.number)) is None or own.name != field.value.name
        ]  # fmt: skip
        message = (
            f"{len(assessment.criteria) - len(wrong)} of {len(assessment.criteria)} criteria stand in {criteria.id}"
        )
        yield _verdict("criteria-within-set", at, not wrong, message, *(f"{at}/criteria/{i}" for i in wrong))


def numbers_agree_with_names(draft: NoticeDraft) -> Iterator[Verdict]:
    """Number and name of each criterion, where both are printed, mean the same one."""
    for at, assessment in _assessments(draft):
        if not assessment.criteria:
            continue
        doubtful = [i for i, field in enumerate(assessment.criteria) if _disputed(field)]
        message = (
            "numbers and names agree" if not doubtful else f"{len(doubtful)} criteria whose number and name disagree"
        )
        yield _verdict(
            "criterion-number-and-name", at, not doubtful, message, *(f"{at}/criteria/{i}" for i in doubtful)
        )


def _disputed(field: Field[Criterion]) -> bool:
    return field.method.value == "inferred"


def band_counts(draft: NoticeDraft) -> Iterator[Verdict]:
    """As many communes listed in a band as stated."""
    for at, band in _bands(draft):
        if band.count is None or not band.communes:
            continue
        listed = len(band.communes)
        touched = (f"{at}/count", *(f"{at}/communes/{i}" for i in range(listed)))
        yield _verdict(
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
        yield _verdict(
            "bands-disjoint", "/ntm/bands", not twice, f"{len(twice) // 2} communes stand in two bands", *twice
        )


def bands_sum(draft: NoticeDraft) -> Iterator[Verdict]:
    """The bands of the plain target add up to the communes stated, and these to the district's."""
    if draft.ntm is None or not draft.ntm.bands:
        return
    plain = [(at, band) for at, band in _bands(draft) if band.target.value == "ntm"]
    total, counts = draft.ntm.communes_total, [band.count for _, band in plain]
    if total is not None and plain and all(count is not None for count in counts):
        summed = sum(count.value for count in counts if count is not None)
        touched = ["/ntm/communes_total", *(f"{at}/count" for at, _ in plain)]
        yield _verdict(
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
    yield _verdict(
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
        yield _verdict(
            "average-within-bands",
            at,
            low - 0.01 <= average <= high + 0.01,
            f"{average} stated, {low:.2f} to {high:.2f} possible",
            at,
        )
    if total is not None and total.value > 0:
        yield _verdict(
            "average-is-a-whole-sum",
            at,
            _is_rounded(average, total.value),
            f"{average} over {total.value} communes",
            at,
        )


def _is_rounded(average: float, communes: int) -> bool:
    """Is there a whole sum whose mean, rounded as printed, is this average? (14.29 over 17 is 243.)"""
    digits = len(f"{average}".partition(".")[2])
    slack = 10.0**-digits
    return floor((average + slack) * communes) >= ceil((average - slack) * communes)


CHECKS: tuple[Callable[[NoticeDraft], Iterator[Verdict]], ...] = (
    number_read,
    type_agrees,
    citations_earlier,
    citation_years,
    listed_equals_stated,
    stated_sums,
    criteria_within_set,
    numbers_agree_with_names,
    band_counts,
    bands_disjoint,
    bands_sum,
    total_of_district,
    average_possible,
)
